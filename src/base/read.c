/* read.c: what people type into fields, as values (declared in text.h). */
#include "base/text.h"
#include "base/date.h"
#include <string.h>
#include <strings.h>

struct scan { const char *at; };

static void blanks(struct scan *s)
{
	while (*s->at == ' ' || *s->at == '\t' || *s->at == '\r' || *s->at == '\n')
		s->at++;
}

static bool number(struct scan *s, int64_t limit, int64_t *value_r, int *digits_r)
{
	int64_t v = 0;
	int n = 0;
	for (; *s->at >= '0' && *s->at <= '9'; s->at++, n++) {
		v = v * 10 + (*s->at - '0');
		if (v > limit)
			return false;
	}
	*value_r = v;
	*digits_r = n;
	return n > 0;
}

static bool at_end(struct scan *s)
{
	blanks(s);
	return *s->at == '\0';
}

static bool skip(struct scan *s, const char *word)
{
	size_t n = strlen(word);
	if (strncasecmp(s->at, word, n) != 0)
		return false;
	s->at += n;
	return true;
}

bool read_int(const char *text, int64_t *value_r)
{
	struct scan s = { text };
	int64_t v;
	int n;
	if (text == NULL)
		return false;
	blanks(&s);
	bool minus = skip(&s, "-");
	if (!number(&s, 1000000000000LL, &v, &n) || !at_end(&s))
		return false;
	*value_r = minus ? -v : v;
	return true;
}

/* Whole euros, with points (or blanks) between groups of three if any. */
static bool euros(struct scan *s, int64_t *value_r)
{
	int64_t v, group;
	int n;
	if (!number(s, 100000000, &v, &n))
		return false;
	while (n <= 3 && *s->at == '.' && strspn(s->at + 1, "0123456789") == 3) {
		s->at++;
		if (!number(s, 999, &group, &n))
			return false;
		v = v * 1000 + group;
		if (v > 100000000)
			return false;
	}
	*value_r = v;
	return true;
}

bool read_money(const char *text, money *value_r)
{
	struct scan s = { text };
	int64_t whole, cents = 0;
	int n = 0;
	if (text == NULL)
		return false;
	blanks(&s);
	bool minus = skip(&s, "-");
	if (!euros(&s, &whole))
		return false;
	if (*s.at == ',' || *s.at == '.') {
		s.at++;
		if (number(&s, 99, &cents, &n) && n > 2)
			return false;
		if (n == 1)
			cents *= 10;
		if (n == 0 && !skip(&s, "-") && !skip(&s, "–"))
			return false;
	}
	blanks(&s);
	(void)(skip(&s, "€") || skip(&s, "EUR") || skip(&s, "CHF"));
	if (!at_end(&s))
		return false;
	*value_r = (money){ (minus ? -1 : 1) * (whole * 100 + cents) };
	return true;
}

bool read_minutes(const char *text, minutes *value_r)
{
	struct scan s = { text };
	int64_t first, second = 0;
	int n;
	if (text == NULL)
		return false;
	blanks(&s);
	if (!number(&s, 100000, &first, &n))
		return false;
	if (*s.at == ',' || *s.at == '.') {                      /* 1,5 h */
		s.at++;
		if (!number(&s, 9, &second, &n) || n != 1)
			return false;
		blanks(&s);
		if (!skip(&s, "std") && !skip(&s, "h"))
			return false;
		(void)skip(&s, ".");
		*value_r = (minutes){ first * 60 + second * 6 };
		return at_end(&s);
	}
	bool colon = skip(&s, ":");
	blanks(&s);
	if (colon || skip(&s, "std.") || skip(&s, "std") || skip(&s, "h")) {
		blanks(&s);
		if (number(&s, 59, &second, &n) ? colon && n != 2 : colon)
			return false;
		first = first * 60 + second;
		blanks(&s);
	}
	(void)(skip(&s, "minuten") || skip(&s, "min.") || skip(&s, "min") || skip(&s, "′") || skip(&s, "'"));
	if (!at_end(&s))
		return false;
	*value_r = (minutes){ first };
	return true;
}

bool read_daytime(const char *text, daytime *value_r)
{
	struct scan s = { text };
	int64_t hour, min = 0;
	int n, m = 2;
	if (text == NULL)
		return false;
	blanks(&s);
	if (!number(&s, 2400, &hour, &n) || n > 4)
		return false;
	if (n > 2) {
		min = hour % 100;
		hour /= 100;
	} else if (*s.at == ':' || *s.at == '.' || *s.at == 'h') {
		bool may_end = *s.at++ == 'h';                   /* 9h, 9h30 */
		if (number(&s, 59, &min, &m) ? m != 2 : !may_end || m > 0)
			return false;
	}
	blanks(&s);
	(void)(skip(&s, "uhr") || skip(&s, "h"));
	if (!at_end(&s) || min > 59 || hour > 24 || (hour == 24 && min > 0))
		return false;
	*value_r = (daytime){ hour * 60 + min };
	return true;
}

/* Two figures of a year mean the century that puts it at most 20 years ahead (birthdays lie in the past). */
static int full_year(int64_t year, int figures, day today)
{
	if (figures > 2)
		return (int)year;
	int now = date_civil(today).year, y = now - now % 100 + (int)year;
	return y > now + 20 ? y - 100 : y;
}

bool read_day(const char *text, day today, day *value_r)
{
	struct scan s = { text };
	int64_t d, m, y;
	int n;
	if (text == NULL)
		return false;
	blanks(&s);
	if (strlen(s.at) >= 10 && s.at[4] == '-') {
		char iso[11];
		memcpy(iso, s.at, 10);
		iso[10] = '\0';
		s.at += 10;
		day found;
		if (!date_from_iso(iso, &found) || !at_end(&s))
			return false;
		*value_r = found;
		return true;
	}
	if (!number(&s, 31, &d, &n) || !skip(&s, "."))
		return false;
	blanks(&s);
	if (!number(&s, 12, &m, &n))
		return false;
	bool dot = skip(&s, ".");
	blanks(&s);
	int year = date_civil(today).year;
	if (*s.at != '\0') {
		if (!dot || !number(&s, 9999, &y, &n) || (n != 2 && n != 4))
			return false;
		year = full_year(y, n, today);
	}
	if (!at_end(&s) || !date_exists(year, (int)m, (int)d))
		return false;
	*value_r = date_day(year, (int)m, (int)d);
	return true;
}

int64_t read_length(const char *text)
{
	if (text == NULL || *text == '\0' || strlen(text) > 15 || strspn(text, "0123456789") != strlen(text))
		return -1;
	int64_t n = 0;
	for (; *text; text++)
		n = n * 10 + (*text - '0');
	return n;
}
