#include "base/out.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void out_reserve(struct out *o, size_t more)
{
	size_t cap = o->cap ? o->cap * 2 : 1024;
	while (cap <= o->len + more)
		cap *= 2;
	o->s = arena_widen(o->arena, o->s, o->cap, cap);
	o->cap = cap;
}

void out_html(struct out *o, struct html h)
{
	if (h.markup != NULL)
		out_raw(o, h.markup);
}

static const char *escape_of(char c)
{
	switch (c) {
	case '&':  return "&amp;";
	case '<':  return "&lt;";
	case '>':  return "&gt;";
	case '"':  return "&quot;";
	case '\'': return "&#39;";
	default:   return NULL;
	}
}

void out_text(struct out *o, const char *s)
{
	if (s == NULL)
		return;
	for (;;) {
		size_t plain = strcspn(s, "&<>\"'");
		out_bytes(o, s, plain);
		s += plain;
		if (*s == '\0')
			return;
		out_raw(o, escape_of(*s++));
	}
}

void out_printf(struct out *o, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	out_text(o, arena_vprintf(o->arena, fmt, ap));
	va_end(ap);
}

static char digit(int64_t n) { return (char)('0' + n % 10); }

void out_int(struct out *o, int64_t i)
{
	char digits[24], *p = digits + sizeof digits;
	if (i >= 0 && i < 10) {
		*--p = digit(i);
		out_bytes(o, p, 1);
		return;
	}
	uint64_t u = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (i < 0)
		*--p = '-';
	out_bytes(o, p, (size_t)(digits + sizeof digits - p));
}

/* A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"). Numbers that
 * we wrote ourselves may begin with a minus. */
void out_csv(struct out *o, const char *text, bool ours)
{
	out_raw(o, "\"");
	if (!ours && text != NULL && *text != '\0' && strchr("=+-@\t\r", *text) != NULL)
		out_raw(o, "'");
	for (const char *s = text; s != NULL && *s != '\0'; s++)
		out_bytes(o, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	out_raw(o, "\"");
}

void out_size(struct out *o, size_t n) { out_int(o, (int64_t)n); }
void out_bool(struct out *o, bool b) { out_text(o, b ? _("yes") : _("no")); }

static const char *money_format(char *text, size_t size, money m)
{
	char digits[24];
	bool german = lang_current() == LANG_DE;
	uint64_t abs = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
	int n = snprintf(digits, sizeof digits, "%" PRIu64, abs / 100), at = 0;
	if (m.cents < 0)
		text[at++] = '-';
	for (int i = 0; i < n && at < (int)size - 6; i++) {
		text[at++] = digits[i];
		if ((n - i - 1) % 3 == 0 && i < n - 1)
			text[at++] = german ? '.' : ',';
	}
	snprintf(text + at, size - (size_t)at, "%c%02d", german ? ',' : '.', (int)(abs % 100));
	return text;
}

void out_money(struct out *o, money m)
{
	char text[48];
	if (m.cents != NONE)
		out_raw(o, money_format(text, sizeof text, m));
}

void out_minutes(struct out *o, minutes m)
{
	if (m.min != NONE)
		out_int(o, m.min);
}

void out_daytime(struct out *o, daytime t)
{
	if (t.min == NONE)
		return;
	out_int(o, t.min / 60);
	char mm[3] = { ':', (char)('0' + t.min % 60 / 10), (char)('0' + t.min % 10) };
	out_bytes(o, mm, 3);
}

void out_day(struct out *o, day d)
{
	if (d.n == NONE)
		return;
	struct civil c = date_civil(d);
	const char *between = lang_current() == LANG_DE ? "." : "/";
	out_int(o, c.day);
	out_raw(o, between);
	out_int(o, c.month);
	out_raw(o, between);
	out_int(o, c.year);
}

void out_instant(struct out *o, instant t)
{
	if (t.s == NONE)
		return;
	day d;
	daytime m;
	zone_local(t, &d, &m);
	out_day(o, d);
	out_raw(o, " ");
	out_daytime(o, m);
}

void out_iso_day(struct out *o, day d)
{
	static _Thread_local struct { day day; char text[10]; } last = { .day = { NONE } };   /* a page names its own day in each link */
	if (d.n == NONE)
		return;
	if (d.n != last.day.n) {
		struct civil c = date_civil(d);
		if (c.year < 1000 || c.year > 9999) {
			out_raw(o, arena_printf(o->arena, "%04d-%02d-%02d", c.year, c.month, c.day));
			return;
		}
		const char text[] = { digit(c.year / 1000), digit(c.year / 100), digit(c.year / 10), digit(c.year), '-',
			digit(c.month / 10), digit(c.month), '-', digit(c.day / 10), digit(c.day) };
		memcpy(last.text, text, sizeof last.text);
		last.day = d;
	}
	out_bytes(o, last.text, sizeof last.text);
}

void out_iso_daytime(struct out *o, daytime t)
{
	if (t.min == NONE)
		return;
	int64_t hour = t.min / 60, min = t.min % 60;
	char text[] = { digit(hour / 10), digit(hour), ':', digit(min / 10), digit(min) };
	out_bytes(o, text, sizeof text);
}

const char *weekday_short(day d)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	return lang_text(names[date_weekday(d) - 1]);
}

const char *weekday_long(day d)
{
	static const char *const names[] = {
		N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")
	};
	return lang_text(names[date_weekday(d) - 1]);
}

const char *month_long(int month)
{
	static const char *const names[] = {
		N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
		N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")
	};
	return lang_text(names[month - 1]);
}

const char *month_short(int month)
{
	static const char *const names[] = {
		N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May|short"), N_("Jun"),
		N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")
	};
	return lang_text(names[month - 1]);
}

char *day_month(struct arena *a, day d)
{
	struct civil c = date_civil(d);
	return arena_printf(a, _("%d %s"), c.day, month_long(c.month));
}

char *day_month_short(struct arena *a, day d)
{
	struct civil c = date_civil(d);
	return arena_printf(a, _("%d %s"), c.day, month_short(c.month));
}

char *day_short(struct arena *a, day d)
{
	struct civil c = date_civil(d);
	return arena_printf(a, _("%s %d %s"), weekday_short(d), c.day, month_short(c.month));
}

char *day_long(struct arena *a, day d)
{
	struct civil c = date_civil(d);
	return arena_printf(a, _("%s %d %s %d"), weekday_long(d), c.day, month_long(c.month), c.year);
}

char *daytime_text(struct arena *a, daytime t)
{
	int64_t hour = t.min / 60, min = t.min % 60;
	char text[] = { digit(hour / 10), digit(hour), ':', digit(min / 10), digit(min) };
	return hour < 10 ? arena_copy(a, text + 1, sizeof text - 1) : arena_copy(a, text, sizeof text);
}

char *money_text(struct arena *a, money m)
{
	char text[48];
	return arena_text(a, m.cents == NONE ? "" : money_format(text, sizeof text, m));
}

char *hours_text(struct arena *a, minutes m)
{
	if (m.min < 60)
		return arena_printf(a, "%d min", (int)m.min);
	return arena_printf(a, "%d h %02d", (int)(m.min / 60), (int)(m.min % 60));
}

void out_query(struct out *o, const char *key, const char *value)
{
	if (text_empty(value))
		return;
	out_raw(o, o->len == 0 ? "?" : "&");
	out_raw(o, key);
	out_raw(o, "=");
	out_raw(o, url_encode(o->arena, value));
}
