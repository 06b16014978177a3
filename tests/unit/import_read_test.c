/* What the readers make of files like those that Google, Outlook, Exchange, Apple, Android, iPhones and Excel write; each
 * of them with every line end, cut off at every byte, and with bytes that are wrong. */
#include "base/date.h"
#include "base/out.h"
#include "modules/import/csv_rows.h"
#include "modules/import/encoding.h"
#include "modules/import/found.h"
#include "modules/import/person.h"
#include "modules/import/zone_name.h"
#include "check.h"
#include <stdlib.h>

static const char *const fixtures[] = { "google.ics", "outlook.ics", "exchange.ics", "apple.ics", "thunderbird.ics", "android.vcf",
	"iphone.vcf", "outlook2003.vcf", "excel.csv", "outlook.csv" };
static day today;

static struct found_file load(struct arena *a, const char *name)
{
	char *bytes = arena_buffer(a, 1 << 16);
	FILE *in = fopen(arena_printf(a, "tests/files/%s", name), "rb");
	CHECK(in != NULL);
	size_t n = in == NULL ? 0 : fread(bytes, 1, 1 << 16, in);
	if (in != NULL)
		fclose(in);
	return (struct found_file){ .name = name, .bytes = bytes, .n = n };
}

static struct found *read_bytes(struct arena *a, const char *name, const char *bytes, size_t n)
{
	struct found *f = arena_new_of(a, struct found);
	struct found_file file = { .name = name, .bytes = bytes, .n = n };
	f->arena = a;
	found_read(f, &file, today);
	return f;
}

static struct found *read_fixture(struct arena *a, const char *name)
{
	struct found_file file = load(a, name);
	return read_bytes(a, name, file.bytes, file.n);
}

/* Every line break becomes `with`; those inside the quoted cells of lists too, which reads the same. */
static struct found *with_breaks(struct arena *a, const char *name, const char *with)
{
	struct found_file file = load(a, name);
	struct out o = { .arena = a };
	for (size_t i = 0; i < file.n; i++) {
		if (file.bytes[i] == '\r')
			continue;
		if (file.bytes[i] == '\n')
			out_bytes(&o, with, strlen(with));
		else
			out_bytes(&o, file.bytes + i, 1);
	}
	return read_bytes(a, name, o.s, o.len);
}

static const char *t(const char *s)
{
	return s == NULL ? "-" : s;
}

/* Everything that was found, as text. */
static const char *shown(struct arena *a, const struct found *f)
{
	struct out o = { .arena = a };
	for (size_t i = 0; i < f->events.n; i++) {
		const struct found_event *e = &f->events.at[i];
		out_printf(&o, "%lld-%lld %lld-%lld %s %s %d%d%d%d\n", (long long)e->day.n, (long long)e->last_day.n, (long long)e->start.min,
		    (long long)e->end.min, e->source, t(e->summary), e->all_day, e->yearly, e->cancelled, e->transparent);
	}
	for (size_t i = 0; i < f->persons.n; i++) {
		const struct found_person *p = &f->persons.at[i];
		out_printf(&o, "%d %s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%lld\n", p->line, t(p->last), t(p->first), t(p->company), t(p->mobile), t(p->phone), t(p->mail), t(p->street),
		    t(p->postcode), t(p->town), t(p->note), (long long)p->birthday.n);
	}
	for (size_t i = 0; i < f->faults.n; i++)
		out_printf(&o, "%d %s %s\n", f->faults.at[i].line, t(f->faults.at[i].what), f->faults.at[i].why);
	out_bytes(&o, "", 0);
	return arena_copy(a, o.s, o.len);
}

static void line_ends(void)
{
	for (size_t i = 0; i < COUNT(fixtures); i++) {
		struct arena *a = arena_new();
		const char *lf = shown(a, with_breaks(a, fixtures[i], "\n"));
		CHECK_TEXT(shown(a, with_breaks(a, fixtures[i], "\r\n")), lf);
		CHECK_TEXT(shown(a, with_breaks(a, fixtures[i], "\r")), lf);
		arena_free(a);
	}
}

/* Bytes stand in a piece of their own, so that the sanitizer sees a step too far. */
static void cut_off(void)
{
	size_t cuts = 0;
	for (size_t i = 0; i < COUNT(fixtures); i++) {
		struct arena *all = arena_new();
		struct found_file file = load(all, fixtures[i]);
		for (size_t n = 0; n < file.n; n++) {
			struct arena *a = arena_new();
			char *part = malloc(n == 0 ? 1 : n);
			if (part == NULL)
				abort();
			memcpy(part, file.bytes, n);
			(void)read_bytes(a, file.name, part, n);
			free(part);
			arena_free(a);
			cuts++;
		}
		arena_free(all);
	}
	CHECK(cuts > 5000);
}

static const struct found_event *event(const struct found *f, const char *source)
{
	for (size_t i = 0; i < f->events.n; i++)
		if (strcmp(f->events.at[i].source, source) == 0)
			return &f->events.at[i];
	printf("no event %s\n", source);
	CHECK(false);
	static const struct found_event none;
	return &none;
}

static bool has_event(const struct found *f, const char *source)
{
	for (size_t i = 0; i < f->events.n; i++)
		if (strcmp(f->events.at[i].source, source) == 0)
			return true;
	return false;
}

static void google(void)
{
	struct arena *a = arena_new();
	struct found *f = read_fixture(a, "google.ics");
	const struct found_event *e = event(f, "ical:g1sommer@google.com");
	CHECK_INT(e->start.min, 600);                        /* 08:00Z in July */
	CHECK_INT(e->end.min, 660);
	CHECK_TEXT(e->description, "Wünscht sich, wie immer, Tee\nmit Zitrone");
	CHECK_TEXT(e->calendar, "Susanne");
	CHECK(event(f, "ical:g2serie@google.com#20261005T100000")->start.min == 600);
	CHECK(!has_event(f, "ical:g2serie@google.com#20261019T100000"));                /* EXDATE */
	e = event(f, "ical:g2serie@google.com#20261026T100000");                        /* moved */
	CHECK_INT(e->day.n, date_day(2026, 10, 27).n);
	CHECK_INT(e->start.min, 870);
	CHECK(event(f, "ical:g3urlaub@google.com")->last_day.n == date_day(2026, 12, 23).n);
	CHECK(event(f, "ical:g4geburtstag@google.com")->yearly);
	CHECK(event(f, "ical:g6abgesagt@google.com")->cancelled);
	CHECK_INT(f->faults.n, 1);
	CHECK_INT(f->faults.at[0].line, 87);
	arena_free(a);
}

static void microsoft(void)
{
	struct arena *a = arena_new();
	struct found *f = read_fixture(a, "outlook.ics");
	CHECK_INT(event(f, "ical:040000008200E00074C5B7101A82E00800000000A0B1C2D3")->start.min, 600);
	CHECK_INT(event(f, "ical:040000008200E00074C5B7101A82E00800000000A0B1C2D4")->start.min, 540);
	CHECK_INT(event(f, "ical:kaputte-dauer")->end.min, 555);
	CHECK_INT(event(f, "ical:nacht")->end.min, 1440);
	CHECK_INT(event(f, "ical:nacht+1")->end.min, 60);
	f = read_fixture(a, "exchange.ics");
	CHECK_INT(event(f, "ical:ex-ganztag#20260817T000000")->day.n, date_day(2026, 8, 18).n);
	CHECK(event(f, "ical:ex-ganztag#20260831T000000")->all_day);                    /* UNTIL in UTC, a day earlier there */
	CHECK(!has_event(f, "ical:ex-ganztag#20260907T000000"));
	CHECK(event(f, "ical:ex-waise#20260901T120000")->start.min == 720);
	CHECK_TEXT(event(f, "ical:ex-doppelt")->summary, "Neu");
	CHECK_INT(event(f, "ical:ex-zukunft#20260908T080000")->start.min, 480);
	CHECK_INT(event(f, "ical:ex-zukunft#20260911T080000")->start.min, 570);
	CHECK_INT(f->events.n, 12);
	arena_free(a);
}

static void apple_and_mozilla(void)
{
	struct arena *a = arena_new();
	struct found *f = read_fixture(a, "apple.ics");
	CHECK_INT(event(f, "ical:0A1B2C3D-0000-4000-8000-000000000001")->start.min, 960);   /* not by its partial VTIMEZONE */
	CHECK(has_event(f, "ical:0A1B2C3D-0000-4000-8000-000000000002#20260715T120000"));   /* RDATE */
	CHECK(has_event(f, "ical:0A1B2C3D-0000-4000-8000-000000000003#20261123T180000"));   /* DTSTART outside of its rule */
	CHECK(has_event(f, "ical:0A1B2C3D-0000-4000-8000-000000000003#20261201T180000"));
	CHECK(!has_event(f, "ical:0A1B2C3D-0000-4000-8000-000000000003#20261208T180000"));
	CHECK_INT(f->events.n, 9);
	f = read_fixture(a, "thunderbird.ics");
	CHECK_INT(event(f, "ical:tb-1")->start.min, 870);    /* a zone of the file's own, six hours west */
	CHECK_TEXT(event(f, "ical:tb-2")->summary, "Färben für Frau Groß");             /* folded inside of an ä */
	CHECK(event(f, "ical:tb-2")->transparent);
	CHECK_INT(f->outside, 1);
	arena_free(a);
}

static void cards(void)
{
	struct arena *a = arena_new();
	struct found *f = read_fixture(a, "android.vcf");
	CHECK_INT(f->persons.n, 2);
	CHECK_TEXT(f->persons.at[0].last, "Müller");
	CHECK_TEXT(f->persons.at[0].first, "Jörg");
	CHECK_TEXT(f->persons.at[0].mobile, "0171 3920001");
	CHECK_TEXT(f->persons.at[0].phone, "030 23125001");
	CHECK_TEXT(f->persons.at[0].note, "mag keine lauten\nMaschinen und Zug");
	CHECK_TEXT(f->persons.at[1].last, "+491713920002");  /* a card without a name is kept */
	f = read_fixture(a, "iphone.vcf");
	CHECK_TEXT(f->persons.at[0].mobile, "+49 171 3920003");
	CHECK_TEXT(f->persons.at[0].postcode, "01234");
	CHECK_INT(f->persons.at[0].birthday.n, date_day(1904, 2, 3).n);
	CHECK(!f->persons.at[0].birthday_year);
	CHECK_TEXT(f->persons.at[1].last, "Praxis am Markt");
	f = read_fixture(a, "outlook2003.vcf");
	CHECK_TEXT(f->persons.at[0].last, "Größ");
	CHECK_INT(f->persons.at[0].birthday.n, date_day(1975, 12, 24).n);
	arena_free(a);
}

static void lists(void)
{
	struct arena *a = arena_new();
	struct found *f = read_fixture(a, "excel.csv");
	CHECK_INT(f->persons.n, 3);
	CHECK_TEXT(f->persons.at[0].last, "Kerber");
	CHECK_TEXT(f->persons.at[0].postcode, "01234");
	CHECK_INT(f->persons.at[0].birthday.n, date_day(1980, 2, 3).n);
	CHECK_TEXT(f->persons.at[0].note, "Lieblingsfarbe: blau");
	CHECK_TEXT(f->persons.at[1].last, "Müller");
	CHECK_TEXT(f->persons.at[1].note, "=SUMME(A1)");
	CHECK_TEXT(f->persons.at[2].note, "zwei\nZeilen");
	f = read_fixture(a, "outlook.csv");
	CHECK_INT(f->persons.n, 2);
	CHECK_TEXT(f->persons.at[1].note, "sagt \"Hallo\"");
	CHECK_INT(f->persons.at[0].birthday.n, date_day(1980, 2, 3).n);                 /* 12/24 beside it: month first */
	static const char wide[] = "N\0a\0m\0e\0;\0O\0r\0t\0\r\0\n\0M\0\xfc\0;\0U\0l\0m\0";
	f = read_bytes(a, "wide.csv", wide, sizeof wide - 1);
	CHECK_INT(f->persons.n, 1);
	CHECK_TEXT(f->persons.at[0].last, "Mü");
	static const char *const separators[] = { "Name,Telefon\nWeber,0301\n", "Name\tTelefon\nWeber\t0301\n", "Name|Telefon\rWeber|0301\r" };
	for (size_t i = 0; i < COUNT(separators); i++) {
		f = read_bytes(a, "x.csv", separators[i], strlen(separators[i]));
		CHECK_INT(f->persons.n, 1);
		CHECK_TEXT(f->persons.at[0].phone, "0301");
	}
	arena_free(a);
}

static void names(void)
{
	static const struct { const char *name, *title, *first, *last; } cases[] = {
		{ "Anna Kerber", NULL, "Anna", "Kerber" }, { "Kerber, Anna", NULL, "Anna", "Kerber" }, { "Frau Kerber", NULL, NULL, "Kerber" },
		{ "Dr. Eva von der Heide", "Dr.", "Eva", "von der Heide" }, { "Kerber", NULL, NULL, "Kerber" },
		{ "Herr Prof. Dr. Max Muster", "Prof. Dr.", "Max", "Muster" }, { "Anna Lena Kurz", NULL, "Anna Lena", "Kurz" } };
	struct arena *a = arena_new();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct found_person p = { 0 };
		person_split_name(a, &p, cases[i].name);
		CHECK_TEXT(p.title, cases[i].title);
		CHECK_TEXT(p.first, cases[i].first);
		CHECK_TEXT(p.last, cases[i].last);
	}
	CHECK_TEXT(zone_name_iana(a, "/mozilla.org/20050126_1/Europe/Berlin"), "Europe/Berlin");
	CHECK_TEXT(zone_name_iana(a, "W. Europe Standard Time"), "Europe/Berlin");
	CHECK_TEXT(zone_name_iana(a, "Europe/../../etc/passwd"), NULL);
	int seconds = 0;
	CHECK(zone_name_offset("(GMT-05.30) Irgendwo", &seconds));
	CHECK_INT(seconds, -19800);
	arena_free(a);
}

int main(void)
{
	zone_set("Europe/Berlin");
	today = date_day(2026, 11, 23);
	google();
	microsoft();
	apple_and_mozilla();
	cards();
	lists();
	names();
	line_ends();
	cut_off();
	return check_end();
}
