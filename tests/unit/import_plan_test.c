/* Files held beside a shop: who is known, what is completed, what overlaps; and that a second time changes nothing.
 * link: all */
#include "base/date.h"
#include "base/log.h"
#include "base/out.h"
#include "db/db_write.h"
#include "db/journal.h"
#include "modules/calendar/book_change.h"
#include "modules/import/import_save_change.h"
#include "rules/status.h"
#include "web/web.h"
#include "check.h"
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

extern const struct module calendar_change;
static const instant now = { 1795424400 };                   /* Monday 23 November 2026, 10:00 in Berlin */
static const char calendar[] =
    "BEGIN:VCALENDAR\nX-WR-CALNAME:Julia\n"
    "BEGIN:VEVENT\nUID:a\nDTSTART:20261124T100000\nDTEND:20261124T103000\nSUMMARY:Falkenstein hsc\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:b\nDTSTART:20261124T101500\nDTEND:20261124T113500\nSUMMARY:Sigrid Grünewald - Ansatzfarbe\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:c\nDTSTART:20261125T120000\nDTEND:20261125T130000\nSUMMARY:Zahnarzt\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:d\nDTSTART:20261126T120000\nDTEND:20261126T130000\nSUMMARY:Pause\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:e\nDTSTART:20261127T120000\nDTEND:20261127T130000\nSUMMARY:frei\nTRANSP:TRANSPARENT\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:f\nDTSTART;VALUE=DATE:20261221\nDTEND;VALUE=DATE:20261224\nSUMMARY:Urlaub Susanne\nTRANSP:TRANSPARENT\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:g\nDTSTART;VALUE=DATE:19800203\nRRULE:FREQ=YEARLY\nSUMMARY:Geburtstag Jörg Bäcker\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:h\nDTSTART:20261128T100000\nDTEND:20261128T110000\nSTATUS:CANCELLED\nSUMMARY:Bäcker\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:i\nDTSTART;VALUE=DATE:20261010\nRRULE:FREQ=YEARLY\nSUMMARY:Hochzeitstag\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:j\nDTSTART:20261126T140000\nDTEND:20261126T150000\nSUMMARY:Falkenstein ges\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:k\nDTSTART:20261126T143000\nDTEND:20261126T153000\nATTENDEE;CN=Susanne:mailto:s@example.org\nSUMMARY:Bäcker Gesichtsbehandlung\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:l\nDTSTART:20261127T090000\nDTEND:20261127T094500\nSUMMARY:Falkenstein Herrenschnitt\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:m\nDTSTART:20261127T100000\nDTEND:20261127T101500\nSUMMARY:pro Woche einmal Blumen gießen\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:n\nDTSTART:20261102T100000\nDTEND:20261102T103000\nSUMMARY:Falkenstein hsc\nEND:VEVENT\n"
    "END:VCALENDAR\n";
static const char list[] =
    "Name;Vorname;Mobil;E-Mail;PLZ\n"
    "Falkenstein;Marei;+49 171 3920001;andere@example.org;01234\n"      /* known by her phone; her mail stays */
    "Grünewald;Tochter;0171 3920002;;\n"                                  /* the same phone, another person */
    "Bäcker;;0171/3920003;;04109\n"                                       /* without a first name */
    "Neu;Nele;;nele@example.org;\n";

static char *read_all(struct arena *a, const char *path)
{
	char *bytes = arena_alloc(a, 1 << 17);
	FILE *in = fopen(path, "rb");
	require(in != NULL);
	size_t n = fread(bytes, 1, (1 << 17) - 1, in);
	fclose(in);
	bytes[n] = '\0';
	return bytes;
}

static struct plan *import(struct db *db, struct arena *a, int64_t *seq_r)
{
	struct found *f = arena_new_of(a, struct found);
	struct found_file files[] = { { "julia.ics", calendar, sizeof calendar - 1 }, { "kunden.csv", list, sizeof list - 1 } };
	day today = date_day(2026, 11, 23);
	f->arena = a;
	for (size_t i = 0; i < COUNT(files); i++)
		found_read(f, &files[i], today);
	struct command c = { .name = "import.run", .at = now, .text = "x" };
	require(db_group_begin(db) == 0 && db_command_begin(db, &c, seq_r) == COMMAND_NEW);
	struct plan *p = plan_make(db, a, f, now, today);
	import_save_change(p, 1);
	require(!db_failed(db));
	require(db_command_end(db, seq_r) == 0 && db_group_end(db) == 0);
	return p;
}

static void first_time(struct db *db, struct arena *a)
{
	int64_t seq;
	struct plan *p = import(db, a, &seq);
	CHECK(seq > 0);
	CHECK_INT(p->appointments.n, 11);
	CHECK_INT(p->absences.n, 1);
	CHECK_INT(p->new_customers, 2);
	CHECK_INT(p->overlaps, 1);
	CHECK_INT(p->without_place, 1);
	CHECK_INT(db_one(db, SQL("SELECT customer FROM appointment WHERE source = 'ical:a'")), 1);
	CHECK_INT(db_one(db, SQL("SELECT s.service FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.source = 'ical:a'")), 1);
	CHECK_INT(db_one(db, SQL("SELECT s.staff FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.source = 'ical:a'")), 4);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM appointment a JOIN use u ON u.appointment = a.id WHERE a.source = 'ical:b' AND u.forced = 1 AND u.resource & 3 = 1")), 2);
	CHECK_TEXT(db_one_text(db, SQL("SELECT label FROM appointment WHERE source = 'ical:c'")), "Zahnarzt");
	CHECK_INT(db_one(db, SQL("SELECT kind FROM appointment WHERE source = 'ical:d'")), 1);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM appointment a JOIN use u ON u.appointment = a.id WHERE a.source IN ('ical:e', 'ical:h')")), 0);
	CHECK_INT(db_one(db, SQL("SELECT status FROM appointment WHERE source = 'ical:h'")), 7);
	CHECK_INT(db_one(db, SQL("SELECT staff FROM absence WHERE note = 'Urlaub Susanne'")), 1);
	CHECK_INT(db_one(db, SQL("SELECT birthday FROM customer WHERE id = 3")), date_day(1980, 2, 3).n);
	CHECK_TEXT(db_one_text(db, SQL("SELECT mail FROM customer WHERE id = 1")), "marei@example.org");
	CHECK_TEXT(db_one_text(db, SQL("SELECT postcode FROM customer WHERE id = 1")), "01234");
	CHECK_TEXT(db_one_text(db, SQL("SELECT postcode FROM customer WHERE id = 3")), "04109");
}

static str claimed(struct db *db, const char *source)
{
	str s = db_one_text(db, SQL("SELECT group_concat(c, ', ') FROM (SELECT ifnull((SELECT name FROM place WHERE id = u.resource >> 2 AND u.resource & 3 = 2),"
	    " iif(u.resource & 3 = 1, 'person', 'device')) || ' ' || u.start || '-' || u.end AS c FROM appointment a JOIN use u ON u.appointment = a.id"
	    " WHERE a.source = ? ORDER BY u.start, u.resource & 3)"), B(source));
	return s ? s : "nothing";
}

/* The person always; for what is to come also the place that the service in the title needs, if one is free. */
static void claims(struct db *db)
{
	CHECK_TEXT(claimed(db, "ical:a"), "person 600-630, Platz 1 600-630");
	CHECK_TEXT(claimed(db, "ical:b"), "person 615-645, Platz 2 615-645, Platz 2 645-680, person 680-695, Waschplatz 1 680-695");
	CHECK_TEXT(claimed(db, "ical:c"), "person 720-780");
	CHECK_TEXT(claimed(db, "ical:j"), "person 840-900, Kabine 1 840-900");       /* ten minutes of airing are not in the calendar */
	CHECK_TEXT(claimed(db, "ical:k"), "person 870-930");                         /* the only cabin is taken */
	CHECK_TEXT(claimed(db, "ical:l"), "person 540-585, Platz 1 540-585");        /* longer than the service, but on the same chair */
	CHECK_TEXT(claimed(db, "ical:m"), "person 600-615");
	CHECK_INT(db_one(db, SQL("SELECT service FROM appt_step s JOIN appointment a ON a.id = s.appointment WHERE a.source = 'ical:m'")), NONE);
	CHECK_TEXT(claimed(db, "ical:n"), "person 600-630");                         /* over: nothing is planned around it */
	CHECK_INT(db_one(db, SQL("SELECT status FROM appointment WHERE source = 'ical:n'")), STATUS_PAID);
	CHECK_INT(db_one(db, SQL("SELECT done_at FROM appointment WHERE source = 'ical:n'")), 1793611800);
	CHECK_INT(db_one(db, SQL("SELECT place_class FROM appt_phase f JOIN appt_step s ON s.id = f.step JOIN appointment a ON a.id = s.appointment WHERE a.source = 'ical:k'")), 3);
}

static void again_and_back(struct db *db, struct arena *a)
{
	int64_t seq, first = journal_head(db), later;
	struct plan *p = import(db, a, &seq);
	CHECK(plan_empty(p));
	CHECK_INT(seq, 0);                                   /* nothing changed: no record */
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM appointment WHERE source IS NOT NULL")), 11);
	struct command undo = { .name = "undo", .at = now, .text = "x", .undoes = first };
	require(db_group_begin(db) == 0 && db_command_begin(db, &undo, &seq) == COMMAND_NEW);
	CHECK_INT(journal_undo(db, first, &later), 0);
	require(db_command_end(db, &seq) == 0 && db_group_end(db) == 0);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM appointment WHERE source IS NOT NULL")), 0);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM customer")), 3);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM absence WHERE note = 'Urlaub Susanne'")), 0);
}

static int64_t take_back(struct db *db, int64_t seq, struct request *r, const char **sentence_r)
{
	int64_t later, undo = 0;
	struct command c = { .name = "undo", .at = now, .text = "x", .undoes = seq };
	require(db_group_begin(db) == 0 && db_command_begin(db, &c, &undo) == COMMAND_NEW);
	CHECK_INT(journal_undo(db, seq, &later), 0);
	*sentence_r = calendar_change.invariant(r, &c);
	if (*sentence_r != NULL)
		db_command_drop(db);
	else
		require(db_command_end(db, &undo) == 0);
	require(db_group_end(db) == 0);
	return undo;
}

/* Julia's stock-taking, at first in nobody's way, is put to this time. Gives the journal's number. */
static int64_t put_block(struct db *db, int64_t *id, int start)
{
	int64_t seq;
	struct command c = { .name = "appointment.block", .at = now, .text = "x" };
	require(db_group_begin(db) == 0 && db_command_begin(db, &c, &seq) == COMMAND_NEW);
	if (*id == 0)
		*id = book_insert_block(db, &(struct book_new){ .label = "Inventur", .status = STATUS_CONFIRMED, .now = now }, 4, date_day(2026, 11, 27), start, start + 40);
	db_run(db, SQL("UPDATE appointment SET start = ?1, end = ?1 + 40, version = version + 1 WHERE id = ?2"), B(start), B(*id));
	book_rewrite_uses(db, *id, false);
	require(db_command_end(db, &seq) == 0 && db_group_end(db) == 0);
	return seq;
}

/* Imported, taken back, one of the times given to somebody else: taking the undo back is refused with who has it, whichever
 * of the many appointments it is; once that is gone it works. */
static void freed_time(struct db *db, struct arena *a)
{
	struct request r = { .db = db, .arena = a };
	const char *sentence;
	int64_t seq, block = 0;
	put_block(db, &block, 1000);
	import(db, a, &seq);
	int64_t undo = take_back(db, seq, &r, &sentence);
	CHECK_TEXT(sentence, NULL);
	int64_t moved = put_block(db, &block, 560);
	take_back(db, undo, &r, &sentence);
	CHECK_TEXT(sentence, "Julia Wiesner is taken by Inventur until 10:00.");
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM appointment WHERE source IS NOT NULL")), 0);
	take_back(db, moved, &r, &sentence);
	CHECK_TEXT(sentence, NULL);
	take_back(db, undo, &r, &sentence);
	CHECK_TEXT(sentence, NULL);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM appointment WHERE source IS NOT NULL")), 11);
	claims(db);
}

int main(void)
{
	struct arena *a = arena_new();
	char dir[] = "/tmp/kontor-import-XXXXXX";
	int64_t seq;
	zone_set("Europe/Berlin");
	require(mkdtemp(dir) != NULL);
	struct db *db = db_open_write(a, dir);
	require(db != NULL);
	db_use(db, a);
	struct command c = { .name = "test.fixture", .text = "x", .at = now };
	require(db_group_begin(db) == 0 && db_command_begin(db, &c, &seq) == COMMAND_NEW);
	require(sqlite3_exec(db_handle(db), read_all(a, "tests/fixture.sql"), NULL, NULL, NULL) == SQLITE_OK);
	require(db_command_end(db, &seq) == 0 && db_group_end(db) == 0);
	first_time(db, a);
	claims(db);
	again_and_back(db, a);
	freed_time(db, a);
	db_close_write(db);
	DIR *all = opendir(dir);
	for (struct dirent *e; all != NULL && (e = readdir(all)) != NULL;)
		(void)unlink(arena_printf(a, "%s/%s", dir, e->d_name));
	if (all != NULL)
		closedir(all);
	(void)rmdir(dir);
	arena_free(a);
	return check_end();
}
