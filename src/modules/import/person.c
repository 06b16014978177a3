#include "modules/import/person.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const titles[] = { "Dr.", "Prof.", "Dr", "Prof", "Dipl.-Ing.", "Mag.", "Ing.", "med." };
static const char *const forms[] = { "Herr", "Frau", "Hr.", "Fr.", "Herrn", "Familie", "Fam.", "Mr.", "Mrs.", "Ms." };
static const char *const particles[] = { "von", "van", "de", "del", "della", "di", "da", "zu", "zum", "zur", "el", "al", "bin", "ben", "le", "la", "ten", "ter", "der", "den", "dem" };

static bool one_of(const char *const *words, size_t n, const char *s, size_t length)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(words[i]) == length && strncasecmp(words[i], s, length) == 0)
			return true;
	return false;
}

static const char *joined(struct arena *a, const char *left, const char *right, size_t n)
{
	return left == NULL ? arena_copy(a, right, n) : arena_printf(a, "%s %.*s", left, (int)n, right);
}

/* Takes forms of address and titles off the front. */
static const char *past_titles(struct arena *a, struct found_person *p, const char *s)
{
	for (;;) {
		size_t n = strcspn(s, " ");
		if (s[n] == '\0')
			return s;
		if (one_of(titles, COUNT(titles), s, n))
			p->title = joined(a, p->title, s, n);
		else if (!one_of(forms, COUNT(forms), s, n))
			return s;
		s += n + 1;
	}
}

void person_split_name(struct arena *a, struct found_person *p, const char *name)
{
	if (text_empty(name) || p->last != NULL || p->first != NULL)
		return;
	const char *s = past_titles(a, p, text_clean(a, name, false));
	const char *comma = strchr(s, ',');
	if (comma != NULL && comma > s) {
		p->last = arena_copy(a, s, (size_t)(comma - s));
		char *rest = text_clean(a, comma + 1, false);
		p->first = *rest == '\0' ? NULL : past_titles(a, p, rest);
		return;
	}
	const char *last = strrchr(s, ' ');
	if (last == NULL) {
		p->last = arena_text(a, s);
		return;
	}
	for (const char *back = last; back > s;) {           /* "von der Heide" belongs together */
		const char *word = back;
		while (word > s && word[-1] != ' ')
			word--;
		if (word == s || !one_of(particles, COUNT(particles), word, (size_t)(back - word)))
			break;
		last = word - 1;
		back = last;
	}
	p->first = arena_copy(a, s, (size_t)(last - s));
	p->last = arena_text(a, last + 1);
}

static bool german_mobile(const char *number)
{
	const char *s = number;
	while (*s == ' ' || *s == '(')
		s++;
	if (text_starts(s, "+49") || text_starts(s, "0049"))
		s += *s == '+' ? 3 : 4;
	else if (*s == '0')
		s++;
	else
		return false;
	while (*s != '\0' && strchr(" -/()0", *s) != NULL)
		s++;
	return s[0] == '1' && s[1] >= '5' && s[1] <= '7';
}

static bool same_number(struct arena *a, const char *one, const char *other)
{
	return one != NULL && strcmp(text_digits(a, one), text_digits(a, other)) == 0;
}

void person_add_phone(struct arena *a, struct found_person *p, const char *number, bool mobile)
{
	if (text_empty(number))
		return;
	if (strncasecmp(number, "tel:", 4) == 0)
		number += 4;
	number = text_cut(a, text_clean(a, number, false), 40);
	if (same_number(a, p->mobile, number) || same_number(a, p->phone, number) || same_number(a, p->phone_other, number))
		return;
	if ((mobile || german_mobile(number)) && p->mobile == NULL)
		p->mobile = number;
	else if (p->phone == NULL)
		p->phone = number;
	else if (p->phone_other == NULL)
		p->phone_other = number;
	else
		person_add_note(a, p, _("Phone"), number);
}

void person_add_note(struct arena *a, struct found_person *p, const char *label, const char *text)
{
	if (text_empty(text) || (p->note != NULL && strlen(p->note) > 3000))
		return;
	text = text_cut(a, text_clean(a, text, true), 2000);
	const char *line = label == NULL ? text : arena_printf(a, "%s: %s", label, text);
	p->note = p->note == NULL ? line : arena_printf(a, "%s\n%s", p->note, line);
}

bool person_done(struct found *f, struct found_person *p)
{
	if (p->last == NULL && p->first != NULL) {
		p->last = p->first;
		p->first = NULL;
	}
	if (p->last == NULL)
		p->last = p->company != NULL ? p->company : p->mail != NULL ? p->mail : p->mobile != NULL ? p->mobile : p->phone;
	if (p->last == NULL)
		return false;
	p->last = text_cut(f->arena, p->last, 80);
	if (p->first != NULL)
		p->first = text_cut(f->arena, p->first, 80);
	*arena_push(f->arena, &f->persons) = *p;
	return true;
}

static bool plausible(int year, int month, int mday, day today, struct found_person *p)
{
	if (!date_exists(year, month, mday))
		return false;
	bool known = year >= 1900 && year != 1904 && date_day(year, month, mday).n <= today.n;
	if (!known && year != 1904 && year != 1604)
		return false;                                /* 1604: what Apple writes where the year is unknown */
	p->birthday = date_day(known ? year : 1904, month, mday);
	p->birthday_year = known;
	return true;
}

static int two_figures(const char *s)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return 0;
	return (s[0] - '0') * 10 + (s[1] - '0');
}

/* Reads up to three numbers and the signs between them. */
static int numbers(const char *s, int v[3], char *sign_r)
{
	int n = 0;
	*sign_r = '\0';
	while (*s == ' ')
		s++;
	while (n < 3 && *s >= '0' && *s <= '9') {
		v[n] = 0;
		for (int k = 0; *s >= '0' && *s <= '9' && k < 8; k++)
			v[n] = v[n] * 10 + (*s++ - '0');
		n++;
		if (*s == '.' || *s == '/' || *s == '-')
			*sign_r = *s++;
		while (*s == ' ')
			s++;
	}
	return *s == '\0' || *s == 'T' || n == 3 ? n : 0;
}

enum person_date person_read_birthday(const char *s, day today, bool slash_month, struct found_person *p)
{
	int v[3] = { 0 };
	char sign;
	if (text_starts(s, "--") && strlen(s) >= 6) {        /* vCard 4: --0203, vCard 3: --02-03 */
		int m = two_figures(s + 2), d = two_figures(s[4] == '-' ? s + 5 : s + 4);
		return plausible(1904, m, d, today, p) ? PERSON_DATE_NO_YEAR : PERSON_DATE_NONE;
	}
	int n = numbers(s, v, &sign);
	if (n == 1 && v[0] > 10000000)
		return plausible(v[0] / 10000, v[0] / 100 % 100, v[0] % 100, today, p) ? PERSON_DATE_ISO : PERSON_DATE_NONE;
	if (n == 2 && sign == '.')
		return plausible(1904, v[1], v[0], today, p) ? PERSON_DATE_NO_YEAR : PERSON_DATE_NONE;
	if (n < 3)
		return PERSON_DATE_NONE;
	if (v[0] > 1000)
		return plausible(v[0], v[1], v[2], today, p) ? PERSON_DATE_ISO : PERSON_DATE_NONE;
	int now = date_civil(today).year, year = v[2];
	if (year < 100)
		year += now / 100 * 100 - (year > now % 100 ? 100 : 0);
	if (sign == '/' && (slash_month || v[1] > 12) && plausible(year, v[0], v[1], today, p))
		return PERSON_DATE_SLASH_MONTH;
	if (!plausible(year, v[1], v[0], today, p))
		return PERSON_DATE_NONE;
	return sign == '/' ? PERSON_DATE_SLASH_DAY : PERSON_DATE_GERMAN;
}
