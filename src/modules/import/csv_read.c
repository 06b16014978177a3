#include "modules/import/csv_read.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/csv_rows.h"
#include "modules/import/encoding.h"
#include "modules/import/person.h"
#include <string.h>

enum field { NOTHING, IGNORED, NAME, LAST, FIRST, TITLE, COMPANY, MOBILE, PHONE, MAIL, BIRTHDAY, STREET, NUMBER, POSTCODE, TOWN, COUNTRY, NOTE };

static const char *const field_names[] = { [NOTHING] = NULL, [IGNORED] = NULL, [NAME] = N_("Name"), [LAST] = N_("Last name"),
	[FIRST] = N_("First name"), [TITLE] = N_("Title"), [COMPANY] = N_("Company"), [MOBILE] = N_("Mobile"), [PHONE] = N_("Phone"),
	[MAIL] = N_("E-mail"), [BIRTHDAY] = N_("Birthday"), [STREET] = N_("Street"), [NUMBER] = N_("House number"),
	[POSTCODE] = N_("Postcode"), [TOWN] = N_("Town"), [COUNTRY] = N_("Country"), [NOTE] = N_("Note") };

/* Folded, only letters and figures. Order matters only for equal words. */
static const struct { const char *heading; enum field field; } headings[] = {
	{ "name", NAME }, { "kunde", NAME }, { "kundin", NAME }, { "kundenname", NAME }, { "fullname", NAME }, { "displayname", NAME },
	{ "anzeigename", NAME }, { "vollername", NAME }, { "namevorname", NAME }, { "vorundnachname", NAME }, { "vornamename", NAME },
	{ "nachname", LAST }, { "lastname", LAST }, { "familienname", LAST }, { "zuname", LAST }, { "surname", LAST }, { "familyname", LAST },
	{ "name1", LAST }, { "kundennachname", LAST },
	{ "vorname", FIRST }, { "firstname", FIRST }, { "givenname", FIRST }, { "name2", FIRST }, { "rufname", FIRST },
	{ "titel", TITLE }, { "title", TITLE }, { "nameprefix", TITLE }, { "suffix", IGNORED },
	{ "firma", COMPANY }, { "company", COMPANY }, { "organization1name", COMPANY }, { "organizationname", COMPANY }, { "organisation", COMPANY },
	{ "handy", MOBILE }, { "mobil", MOBILE }, { "mobiltelefon", MOBILE }, { "mobilephone", MOBILE }, { "mobile", MOBILE }, { "handynummer", MOBILE },
	{ "mobilnummer", MOBILE }, { "telmobil", MOBILE }, { "telefonmobil", MOBILE }, { "cell", MOBILE }, { "mobilfunk", MOBILE }, { "natel", MOBILE },
	{ "telefon", PHONE }, { "tel", PHONE }, { "telefonnummer", PHONE }, { "telefonprivat", PHONE }, { "telprivat", PHONE }, { "festnetz", PHONE },
	{ "phone", PHONE }, { "homephone", PHONE }, { "businessphone", PHONE }, { "telefongeschaftlich", PHONE }, { "phone1value", PHONE }, { "phone2value", PHONE },
	{ "rufnummer", PHONE }, { "telefon1", PHONE }, { "telefon2", PHONE }, { "telnr", PHONE }, { "telefonnr", PHONE }, { "otherphone", PHONE },
	{ "primaryphone", PHONE }, { "haupttelefon", PHONE }, { "weiterestelefon", PHONE }, { "teldienstlich", PHONE },
	{ "email", MAIL }, { "mail", MAIL }, { "emailadresse", MAIL }, { "emailaddress", MAIL }, { "email1value", MAIL }, { "mailadresse", MAIL },
	{ "email1", MAIL }, { "email2adresse", MAIL }, { "email2address", MAIL }, { "email2value", MAIL },
	{ "geburtstag", BIRTHDAY }, { "geburtsdatum", BIRTHDAY }, { "birthday", BIRTHDAY }, { "gebdatum", BIRTHDAY }, { "geb", BIRTHDAY }, { "dateofbirth", BIRTHDAY },
	{ "geborenam", BIRTHDAY }, { "gebdat", BIRTHDAY }, { "birthdate", BIRTHDAY },
	{ "strasse", STREET }, { "street", STREET }, { "adresse", STREET }, { "anschrift", STREET }, { "strassehausnummer", STREET }, { "strassehausnr", STREET },
	{ "strassenr", STREET }, { "strasseprivat", STREET }, { "homestreet", STREET }, { "address1street", STREET }, { "strasseundhausnummer", STREET }, { "address", STREET },
	{ "hausnummer", NUMBER }, { "hausnr", NUMBER }, { "nr", IGNORED }, { "housenumber", NUMBER },
	{ "plz", POSTCODE }, { "postleitzahl", POSTCODE }, { "postcode", POSTCODE }, { "zip", POSTCODE }, { "postleitzahlprivat", POSTCODE }, { "homepostalcode", POSTCODE },
	{ "address1postalcode", POSTCODE }, { "postalcode", POSTCODE }, { "zipcode", POSTCODE },
	{ "ort", TOWN }, { "stadt", TOWN }, { "wohnort", TOWN }, { "town", TOWN }, { "city", TOWN }, { "ortprivat", TOWN }, { "homecity", TOWN }, { "address1city", TOWN },
	{ "land", COUNTRY }, { "country", COUNTRY }, { "landregion", COUNTRY }, { "homecountryregion", COUNTRY }, { "address1country", COUNTRY }, { "landregionprivat", COUNTRY },
	{ "notiz", NOTE }, { "notizen", NOTE }, { "bemerkung", NOTE }, { "bemerkungen", NOTE }, { "notes", NOTE }, { "kommentar", NOTE }, { "info", NOTE }, { "note", NOTE },
	{ "hinweis", NOTE }, { "anmerkung", NOTE },
	{ "anrede", IGNORED }, { "geschlecht", IGNORED }, { "gender", IGNORED }, { "id", IGNORED }, { "kundennr", IGNORED }, { "kundennummer", IGNORED },
	{ "fax", IGNORED }, { "faxprivat", IGNORED }, { "salutation", IGNORED },
};

struct list { struct found *found; const char *file; day today; struct csv_rows rows; size_t heading; enum field *fields; size_t n; bool slash_month; size_t dates[6]; };

static enum field known(struct arena *a, const char *heading)
{
	char *s = text_fold(a, heading);
	size_t n = 0;
	for (const char *from = s; *from != '\0'; from++)
		if ((*from >= 'a' && *from <= 'z') || (*from >= '0' && *from <= '9'))
			s[n++] = *from;
	s[n] = '\0';
	for (size_t i = 0; i < COUNT(headings); i++)
		if (strcmp(headings[i].heading, s) == 0)
			return headings[i].field;
	return NOTHING;
}

/* The heading is the row among the first thirty with the most known words; at least two, or one that names people. */
static bool find_heading(struct list *l)
{
	size_t best = 0;
	for (size_t i = 0; i < l->rows.n && i < 30; i++) {
		size_t score = 0;
		bool names = false;
		for (size_t k = 0; k < l->rows.at[i].n; k++) {
			enum field f = known(l->found->arena, l->rows.at[i].cells[k]);
			score += f != NOTHING;
			names = names || f == NAME || f == LAST || f == FIRST || f == COMPANY || f == MAIL || f == PHONE || f == MOBILE;
		}
		if (names && score > best) {
			best = score;
			l->heading = i;
		}
	}
	return best > 0;
}

/* "Name" beside "Vorname" is the last name. */
static void map_columns(struct list *l)
{
	struct arena *a = l->found->arena;
	const struct csv_row *row = &l->rows.at[l->heading];
	bool first = false, last = false;
	l->n = row->n;
	l->fields = arena_array(a, enum field, row->n);
	for (size_t i = 0; i < row->n; i++) {
		l->fields[i] = known(a, row->cells[i]);
		first = first || l->fields[i] == FIRST;
		last = last || l->fields[i] == LAST;
	}
	for (size_t i = 0; i < row->n; i++) {
		if (l->fields[i] == NAME && first && !last)
			l->fields[i] = LAST;
		const char *name = field_names[l->fields[i]];
		if (*row->cells[i] != '\0')
			*arena_push(a, &l->found->mappings) = (struct found_mapping){ l->file, text_cut(a, text_clean(a, row->cells[i], false), 60),
				l->fields[i] == IGNORED ? _("(left out)") : name == NULL ? NULL : _(name) };
	}
}

static void birthday(struct list *l, const struct csv_row *row, const char *s, struct found_person *p)
{
	enum person_date how = person_read_birthday(s, l->today, l->slash_month, p);
	l->dates[how]++;
	if (how == PERSON_DATE_NONE)
		found_lost(l->found, l->file, row->line, s, _("The birthday was not understood. The rest of the row was read."));
}

static void keep(const char **field, const char *value)
{
	if (*field == NULL)
		*field = value;
}

static void take(struct list *l, const struct csv_row *row, size_t column, struct found_person *p, const char **number_r, const char **name_r)
{
	struct arena *a = l->found->arena;
	enum field field = column < l->n ? l->fields[column] : NOTHING;
	const char *s = text_cut(a, text_clean(a, row->cells[column], field == NOTE), field == NOTE ? 2000 : 200);
	if (*s == '\0')
		return;
	switch (field) {
	case IGNORED: break;
	case NAME: keep(name_r, s); break;
	case LAST: keep(&p->last, s); break;
	case FIRST: keep(&p->first, s); break;
	case TITLE: keep(&p->title, s); break;
	case COMPANY: keep(&p->company, s); break;
	case MOBILE: person_add_phone(a, p, s, true); break;
	case PHONE: person_add_phone(a, p, s, false); break;
	case BIRTHDAY: birthday(l, row, s, p); break;
	case STREET: keep(&p->street, s); break;
	case NUMBER: keep(number_r, s); break;
	case POSTCODE: keep(&p->postcode, s); break;
	case TOWN: keep(&p->town, s); break;
	case COUNTRY: keep(&p->country, s); break;
	case MAIL:
		if (p->mail == NULL)
			p->mail = s;
		else
			person_add_note(a, p, _("E-mail"), s);
		break;
	case NOTE: person_add_note(a, p, NULL, s); break;
	case NOTHING:
		person_add_note(a, p, column < l->n && *l->rows.at[l->heading].cells[column] != '\0' ?
		    l->rows.at[l->heading].cells[column] : NULL, s);
		break;
	}
}

static void one_row(struct list *l, const struct csv_row *row)
{
	struct arena *a = l->found->arena;
	struct found_person p = { .file = l->file, .line = row->line, .birthday = { NONE } };
	const char *number = NULL, *name = NULL;
	if (row->broken || row->n > l->n + 1) {
		found_lost(l->found, l->file, row->line, row->cells[0], row->broken ? _("A quotation mark in this row is not closed. The row was left out.") :
		    _("This row has more cells than the heading. It was left out."));
		return;
	}
	for (size_t i = 0; i < row->n; i++)
		take(l, row, i, &p, &number, &name);
	person_split_name(a, &p, name);
	if (p.street != NULL && number != NULL)
		p.street = arena_printf(a, "%s %s", p.street, number);
	if (!person_done(l->found, &p))
		found_lost(l->found, l->file, row->line, row->cells[0], _("This row holds no name, company, phone or e-mail. It was left out."));
}

/* 02/03/1980 is 2 March, unless some date of the list only makes sense the American way. */
static void look_at_dates(struct list *l)
{
	bool month_first = false, day_first = false;
	for (size_t c = 0; c < l->n; c++)
		for (size_t i = l->heading + 1; l->fields[c] == BIRTHDAY && i < l->rows.n; i++) {
			if (c >= l->rows.at[i].n || strchr(l->rows.at[i].cells[c], '/') == NULL)
				continue;
			struct found_person p = { 0 };
			const char *s = l->rows.at[i].cells[c];
			bool german = person_read_birthday(s, l->today, false, &p) == PERSON_DATE_SLASH_DAY;
			bool american = person_read_birthday(s, l->today, true, &p) == PERSON_DATE_SLASH_MONTH;
			month_first = month_first || (american && !german);
			day_first = day_first || (german && !american);
		}
	l->slash_month = month_first && !day_first;
}

static void tell(struct list *l, const struct encoding_text *text, size_t before)
{
	char sign = l->rows.separator;
	const char *separator = sign == ';' ? _("semicolon") : sign == ',' ? _("comma") : sign == '\t' ? _("tab") : _("bar");
	found_note(l->found, _("%s: list, %s, separator %s, heading in line %d, %zu persons."), l->file, text->name, separator,
	    l->rows.at[l->heading].line, l->found->persons.n - before);
	if (l->dates[PERSON_DATE_SLASH_DAY] > 0)
		found_note(l->found, _("%s: dates like 02/03/1980 were read as 2 March."), l->file);
	if (l->dates[PERSON_DATE_SLASH_MONTH] > 0)
		found_note(l->found, _("%s: dates like 02/03/1980 were read as 3 February."), l->file);
	if (text->bad > 0)
		found_odd(l->found, l->file, 0, l->file, _("Some letters could not be read. They are shown as �."));
}

void csv_read(struct found *f, const struct found_file *file, day today)
{
	struct encoding_text text = encoding_utf8(f->arena, file->bytes, file->n);
	struct list l = { .found = f, .file = file->name, .today = today, .rows = csv_rows_split(f->arena, text.s, text.n) };
	size_t before = f->persons.n;
	if (!find_heading(&l)) {
		found_lost(f, file->name, 0, file->name, _("No heading was found that names people (for example: Name, First name, Phone). Nothing of this file was read."));
		return;
	}
	map_columns(&l);
	look_at_dates(&l);
	for (size_t i = 0; i < l.heading; i++)
		found_odd(f, file->name, l.rows.at[i].line, l.rows.at[i].cells[0], _("This line stands above the heading and was not read as a person."));
	for (size_t i = l.heading + 1; i < l.rows.n; i++)
		one_row(&l, &l.rows.at[i]);
	tell(&l, &text, before);
}
