/* base_test.c: the ground floor: arena, output, translations, text. */
#include "base/arena.h"
#include "base/embedded.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include "check.h"
#include <stdint.h>

static void arena_pieces(struct arena *a)
{
	for (size_t n = 1; n < 200000; n = n * 3 + 1) {
		unsigned char *piece = arena_alloc(a, n);
		CHECK((uintptr_t)piece % 16 == 0);
		CHECK(piece[0] == 0 && piece[n - 1] == 0);
		memset(piece, 0xAA, n);
	}
	CHECK_TEXT(arena_copy(a, "abcdef", 3), "abc");
	CHECK_TEXT(arena_text(a, NULL), NULL);
	CHECK_TEXT(arena_printf(a, "%d %s", 7, "Tage"), "7 Tage");
	char *wide = arena_printf(a, "%5000d", 1);
	CHECK_INT(strlen(wide), 5000);
	arena_reset(a);
	unsigned char *again = arena_alloc(a, 1000);
	bool clean = true;
	for (int i = 0; i < 1000; i++)
		clean &= again[i] == 0;
	CHECK(clean);
}

static void arena_lists(struct arena *a)
{
	struct { int *at; size_t n, cap; } list = { 0 };
	for (int i = 0; i < 10000; i++)
		*arena_push(a, &list) = i;
	CHECK_INT(list.n, 10000);
	bool same = true;
	for (int i = 0; i < 10000; i++)
		same &= list.at[i] == i;
	CHECK(same);
}

#define SHOWN(value) ({ struct out o_ = { .arena = a }; put(&o_, (value)); o_.s; })

static void out_values(struct arena *a)
{
	CHECK_TEXT(SHOWN("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
	CHECK_TEXT(SHOWN(((struct html){ "<b>" })), "<b>");
	CHECK_TEXT(SHOWN((const char *)NULL), NULL);
	CHECK_TEXT(SHOWN(-12), "-12");
	CHECK_TEXT(SHOWN(INT64_MIN), "-9223372036854775808");
	CHECK_TEXT(SHOWN((size_t)12), "12");
	CHECK_TEXT(SHOWN((money){ 123450 }), "1.234,50");
	CHECK_TEXT(SHOWN((money){ -5 }), "-0,05");
	CHECK_TEXT(SHOWN((money){ 100000000 }), "1.000.000,00");
	CHECK_TEXT(SHOWN((money){ NONE }), NULL);
	CHECK_TEXT(SHOWN((minutes){ 45 }), "45");
	CHECK_TEXT(SHOWN((daytime){ 545 }), "9:05");
	CHECK_TEXT(SHOWN((daytime){ 1440 }), "24:00");
	CHECK_TEXT(SHOWN((day){ 20780 }), "23.11.2026");
	CHECK_TEXT(SHOWN((bool)true), "ja");
	struct out o = { .arena = a };
	out_printf(&o, "%s & %d", "<x>", 3);
	CHECK_TEXT(o.s, "&lt;x&gt; &amp; 3");
	o = (struct out){ .arena = a };
	out_iso_day(&o, (day){ 20780 });
	out_iso_daytime(&o, (daytime){ 545 });
	CHECK_TEXT(o.s, "2026-11-2309:05");
}

static void out_grows(struct arena *a)
{
	struct out o = { .arena = a };
	for (int i = 0; i < 20000; i++)
		out_raw(&o, "0123456789");
	CHECK_INT(o.len, 200000);
	CHECK_INT(strlen(o.s), 200000);
	CHECK(memcmp(o.s + 199990, "0123456789", 10) == 0);
}

static void out_dates(struct arena *a)
{
	day d = { 20780 };
	CHECK_TEXT(day_long(a, d), "Montag 23. November 2026");
	CHECK_TEXT(day_short(a, d), "Mo 23. Nov.");
	CHECK_TEXT(day_month(a, d), "23. November");
	CHECK_TEXT(month_short(5), "Mai");
	CHECK_TEXT(hours_text(a, (minutes){ 125 }), "2 h 05");
	CHECK_TEXT(hours_text(a, (minutes){ 45 }), "45 min");
	CHECK_TEXT(money_text(a, (money){ 5800 }), "58,00");
	CHECK_TEXT(daytime_text(a, (daytime){ 545 }), "9:05");
	lang_use(LANG_EN);
	CHECK_TEXT(day_long(a, d), "Monday 23 November 2026");
	CHECK_TEXT(month_short(5), "May");
	CHECK_TEXT(SHOWN((money){ 123450 }), "1,234.50");
	lang_use(LANG_DE);
}

static void texts(struct arena *a)
{
	CHECK(text_equal(NULL, NULL) && text_equal("a", "a") && !text_equal("a", NULL) && !text_equal("a", "b"));
	CHECK(text_empty(NULL) && text_empty(" \t\n") && !text_empty(" a"));
	CHECK_INT(text_length("Bäcker 😀"), 8);
	CHECK(text_valid("Bäcker", 7));
	CHECK(!text_valid("a\0b", 3));
	CHECK(!text_valid("\xC0\x80", 2));                       /* an overlong zero */
	CHECK(!text_valid("\xED\xA0\x80", 3));                   /* half of a surrogate pair */
	CHECK(!text_valid("\xF4\x90\x80\x80", 4));               /* beyond Unicode */
	CHECK(!text_valid("\xC3", 1));
	CHECK_TEXT(text_digits(a, "+49 (0) 151/23-4"), "490151234");
	CHECK_TEXT(text_cut(a, "Müller", 3), "Mül…");
	CHECK_TEXT(text_cut(a, "Müller", 6), "Müller");
	CHECK_TEXT(url_encode(a, "a b/ä&?"), "a%20b%2F%C3%A4%26%3F");
	size_t n = 0;
	CHECK_TEXT(url_decode(a, "a+b%C3%A4%2f", 12, &n), "a bä/");
	CHECK_INT(n, 6);
	CHECK(url_decode(a, "%4", 2, &n) == NULL && url_decode(a, "%zz", 3, &n) == NULL && url_decode(a, "%", 1, &n) == NULL);
}

static void cleaning(struct arena *a)
{
	static const struct { const char *typed; bool multiline; const char *wanted; } cases[] = {
		{ "  Anna \t  Berg ", false, "Anna Berg" },
		{ "Anna\nBerg", false, "Anna Berg" },
		{ "a\r\nb", true, "a\nb" },
		{ "\n\na\n\n\n\nb\n\n", true, "a\n\nb" },
		{ "a \n b", true, "a\nb" },
		{ "a\x01\x7F" "b", false, "ab" },
		{ "Anna\u202Egreb", false, "Annagreb" },
		{ "An\u200Bna\uFEFF", false, "Anna" },
		{ "\u00A0Anna\u3000Berg", false, "Anna Berg" },
		{ "Ba\u0308cker", false, "B\u00E4cker" },
		{ "a\xFF" "b", false, "a\uFFFD" "b" },
		{ "👩‍🦰", false, "👩‍🦰" },
		{ "Anna Berg, 12:30!", true, "Anna Berg, 12:30!" },
		{ "Anna ", false, "Anna" },
		{ " Anna", false, "Anna" },
		{ "Anna  Berg", false, "Anna Berg" },
		{ "Anna\x7F", false, "Anna" },
		{ "", false, "" },
		{ "   ", true, "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(text_clean(a, cases[i].typed, cases[i].multiline), cases[i].wanted);
}

static void folding(struct arena *a)
{
	static const struct { const char *text, *wanted, *written; } cases[] = {
		{ "Bäcker", "backer", "baecker" },
		{ "BÄCKER", "backer", "baecker" },
		{ "Ba\u0308cker", "backer", "baecker" },
		{ "Weiß", "weiss", NULL },
		{ "WEIẞ", "weiss", NULL },
		{ "Özgül", "ozgul", "oezguel" },
		{ "Łukasz", "lukasz", NULL },
		{ "Søren Ægir", "soren aegir", "soeren aegir" },
		{ "Émile Çelik", "emile celik", NULL },
		{ "Nguyễn", "nguyen", NULL },
		{ "Иванова", "иванова", NULL },
		{ "", "", NULL },
		{ "a\xFF" "b", "ab", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_TEXT(text_fold(a, cases[i].text), cases[i].wanted);
		CHECK_TEXT(text_fold_long(a, cases[i].text), cases[i].written);
	}
}

int main(void)
{
	struct arena *a = arena_new();
	CHECK_INT(lang_load(LANG_DE, catalogues[0].bytes, catalogues[0].size), 0);
	CHECK_INT(lang_load(LANG_EN, "no catalogue", 12), -1);
	arena_pieces(a);
	arena_lists(a);
	out_values(a);
	out_grows(a);
	out_dates(a);
	texts(a);
	cleaning(a);
	folding(a);
	arena_free(a);
	return check_end();
}
