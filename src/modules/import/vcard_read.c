#include "modules/import/vcard_read.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/content_line.h"
#include "modules/import/encoding.h"
#include "modules/import/person.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct card { bool open; int depth; struct found_person person; const char *formatted; bool anything; };

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 2045, 6.7; what is no hexadecimal stays as it stands. */
static const char *quoted_printable(struct arena *a, const char *s, const char *charset)
{
	size_t n = 0;
	char *to = arena_buffer(a, strlen(s) + 1);
	for (; *s != '\0'; s++) {
		if (*s == '=' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			to[n++] = (char)(hex(s[1]) * 16 + hex(s[2]));
			s += 2;
		} else if (*s != '=' || s[1] != '\0') {
			to[n++] = *s;
		}
	}
	return encoding_from(a, charset, to, n).s;
}

static const char *value_of(struct arena *a, const struct content_line *line)
{
	if (content_line_is(line, "ENCODING", "QUOTED-PRINTABLE"))
		return quoted_printable(a, line->value, content_line_param(line, "CHARSET"));
	return line->value;
}

static const char *part(struct arena *a, const char *value, char separator, size_t n)
{
	char *s = content_line_part(a, value, separator, n);
	if (s == NULL)
		return NULL;
	s = text_clean(a, s, false);
	return *s == '\0' ? NULL : s;
}

static const char *whole(struct arena *a, const char *value, bool multiline)
{
	char *s = text_clean(a, content_line_text(a, value), multiline);
	return *s == '\0' ? NULL : s;
}

static void set(const char **field, const char *value)
{
	if (*field == NULL)
		*field = value;
}

static void address(struct arena *a, struct found_person *p, const char *value)
{
	if (p->street != NULL || p->town != NULL)
		return;
	p->street = part(a, value, ';', 2);
	p->town = part(a, value, ';', 3);
	p->postcode = part(a, value, ';', 5);
	p->country = part(a, value, ';', 6);
}

static void name(struct arena *a, struct found_person *p, const char *value)
{
	set(&p->last, part(a, value, ';', 0));
	set(&p->first, part(a, value, ';', 1));
	const char *middle = part(a, value, ';', 2);
	if (middle != NULL && p->first != NULL)
		p->first = arena_printf(a, "%s %s", p->first, middle);
	set(&p->title, part(a, value, ';', 3));
}

static void birthday(struct found *f, const char *file, const struct content_line *line, struct found_person *p, const char *value, day today)
{
	if (*value != '\0' && person_read_birthday(value, today, false, p) == PERSON_DATE_NONE)
		found_lost(f, file, line->line, line->raw, _("The birthday was not understood. The rest of the card was read."));
	const char *omitted = content_line_param(line, "X-APPLE-OMIT-YEAR");
	if (omitted != NULL && p->birthday_year && strncmp(value, omitted, strlen(omitted)) == 0)
		(void)person_read_birthday(arena_printf(f->arena, "1604%s", value + 4), today, false, p);
}

static void mail(struct arena *a, struct found_person *p, const char *value)
{
	const char *s = whole(a, value, false);
	if (s == NULL)
		return;
	if (p->mail == NULL)
		p->mail = text_cut(a, s, 120);
	else
		person_add_note(a, p, _("E-mail"), s);
}

static void property(struct found *f, const char *file, struct card *c, const struct content_line *line, day today)
{
	struct arena *a = f->arena;
	struct found_person *p = &c->person;
	const char *key = line->name;
	if (strcmp(key, "PHOTO") == 0 || strcmp(key, "LOGO") == 0 || strcmp(key, "SOUND") == 0 || strcmp(key, "KEY") == 0)
		return;
	const char *value = value_of(a, line);
	if (strcmp(key, "N") == 0)
		name(a, p, value);
	else if (strcmp(key, "FN") == 0)
		set(&c->formatted, whole(a, value, false));
	else if (strcmp(key, "ORG") == 0)
		set(&p->company, part(a, value, ';', 0));
	else if (strcmp(key, "TEL") == 0) {
		if (!content_line_is(line, "TYPE", "FAX"))
			person_add_phone(a, p, whole(a, value, false), content_line_is(line, "TYPE", "CELL"));
	} else if (strcmp(key, "EMAIL") == 0)
		mail(a, p, value);
	else if (strcmp(key, "ADR") == 0)
		address(a, p, value);
	else if (strcmp(key, "BDAY") == 0)
		birthday(f, file, line, p, value, today);
	else if (strcmp(key, "NOTE") == 0)
		person_add_note(a, p, NULL, whole(a, value, true));
	else if (strcmp(key, "NICKNAME") == 0)
		person_add_note(a, p, _("Nickname"), whole(a, value, false));
}

static void finish(struct found *f, const char *file, struct card *c)
{
	if (!text_equal(c->formatted, c->person.company))    /* a company's card repeats its name there */
		person_split_name(f->arena, &c->person, c->formatted);
	if (!person_done(f, &c->person))
		found_lost(f, file, c->person.line, NULL, _("This card holds no name, company, phone or e-mail. It was left out."));
	c->open = false;
}

static bool is_end(const struct content_line *line, const char *what)
{
	return strcmp(line->name, what) == 0 && strncasecmp(line->value, "VCARD", 5) == 0;
}

static void one_line(struct found *f, const char *file, struct card *c, const struct content_line *line, day today)
{
	if (line->name == NULL) {
		if (c->open && strspn(line->raw, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != strlen(line->raw))
			found_lost(f, file, line->line, line->raw, _("This is no line of a card. It was skipped."));
	} else if (is_end(line, "BEGIN")) {
		if (c->open)
			found_odd(f, file, c->person.line, c->formatted, _("This card has no end. It was read up to the next one."));
		if (c->open)
			finish(f, file, c);
		*c = (struct card){ .open = true, .person = { .file = file, .line = line->line, .birthday = { NONE } } };
	} else if (is_end(line, "END")) {
		if (c->open)
			finish(f, file, c);
	} else if (c->open) {
		property(f, file, c, line, today);
	}
}

void vcard_read(struct found *f, const struct found_file *file, day today)
{
	struct content_walk walk;
	struct content_line line;
	struct card card = { 0 };
	size_t before = f->persons.n;
	content_line_start(&walk, f->arena, file->bytes, file->n);
	while (content_line_next(&walk, &line))
		one_line(f, file->name, &card, &line, today);
	if (card.open) {
		found_odd(f, file->name, card.person.line, card.formatted, _("The file breaks off in this card. It was read as far as it goes."));
		finish(f, file->name, &card);
	}
	found_note(f, _("%s: %zu address cards."), file->name, f->persons.n - before);
}
