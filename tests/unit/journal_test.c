/* journal_test.c: the journal: taking back, repeating, replaying, and finding what was rewritten. */
#include "shop.h"

static uint32_t random_state = 1;

static int64_t dice(int64_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (int64_t)(random_state >> 8) % n;
}

/* All rows of all journaled tables but their versions, as one number. */
static int64_t state(struct shop *s)
{
	uint64_t hash = 14695981039346656037u;
	struct query t = db_query(s->db, SQL("SELECT name, (SELECT group_concat('quote(\"' || c.name || '\")', ' || ') FROM "
	    "pragma_table_info(m.name) c WHERE c.name <> 'version'), (SELECT group_concat('\"' || c.name || '\"') FROM "
	    "pragma_table_info(m.name) c WHERE c.pk > 0) FROM sqlite_schema m WHERE type = 'table' AND name <> 'journal' ORDER BY name"));
	while (db_step(&t)) {
		const char *sql = arena_printf(s->arena, "SELECT %s FROM \"%s\" ORDER BY %s", db_text(&t, 1), db_text(&t, 0), db_text(&t, 2));
		sqlite3_stmt *rows = NULL;
		require(sqlite3_prepare_v2(db_handle(s->db), sql, -1, &rows, NULL) == SQLITE_OK);
		while (sqlite3_step(rows) == SQLITE_ROW)
			for (const unsigned char *p = sqlite3_column_text(rows, 0); p != NULL && *p != '\0'; p++)
				hash = (hash ^ *p) * 1099511628211u;
		sqlite3_finalize(rows);
	}
	return (int64_t)hash;
}

static void add_customer(struct shop *s)
{
	db_run(s->db, SQL("INSERT INTO customer(last, first, mobile) VALUES ('Kerber' || ?1, 'Thea', '0171' || ?1)"), B(dice(10000)));
}

static void change_customer(struct shop *s)
{
	db_run(s->db, SQL("UPDATE customer SET note = 'n' || ?1, version = version + 1 WHERE id % 7 = ?2"), B(dice(100)), B(dice(7)));
}

static void rename_customer(struct shop *s)
{
	db_run(s->db, SQL("UPDATE customer SET last = 'Öztürk' || ?1, version = version + 1 WHERE id % 11 = ?2"), B(dice(100)), B(dice(11)));
}

static void book(struct shop *s)
{
	int64_t customer = db_one(s->db, SQL("SELECT id FROM customer ORDER BY id LIMIT 1 OFFSET ?1"), B(dice(5)));
	db_run(s->db, SQL("INSERT INTO appointment(customer, day, start, end, booked_at) VALUES (?1, 20780, 600, 660, 1)"), B(customer));
	int64_t id = db_last_id(s->db);
	for (int seq = 0; seq < 2; seq++) {
		db_run(s->db, SQL("INSERT INTO appt_step(appointment, seq, price) VALUES (?1, ?2, ?3)"), B(id), B(seq), B(dice(9000)));
		int64_t step = db_last_id(s->db);
		db_run(s->db, SQL("INSERT INTO appt_phase(step, seq, kind, offset, minutes) VALUES (?1, 0, 0, 0, 30)"), B(step));
		db_run(s->db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase) VALUES (20780, 5, 600, 630, ?1, ?2)"),
		    B(id), B(db_last_id(s->db)));
	}
}

static void move(struct shop *s)
{
	int64_t id = db_one(s->db, SQL("SELECT id FROM appointment ORDER BY id LIMIT 1 OFFSET ?1"), B(dice(5)));
	int64_t to = 480 + dice(100) * 5;
	db_run(s->db, SQL("UPDATE appointment SET start = ?2, end = ?2 + 60, version = version + 1 WHERE id = ?1"), B(id), B(to));
	db_run(s->db, SQL("UPDATE use SET start = ?2, end = ?2 + 30 WHERE appointment = ?1"), B(id), B(to));
}

static void remove_appointment(struct shop *s)
{
	db_run(s->db, SQL("DELETE FROM appointment WHERE id IN (SELECT id FROM appointment ORDER BY id LIMIT 1 OFFSET ?1)"), B(dice(5)));
}

static void hours(struct shop *s)
{
	db_run(s->db, SQL("INSERT OR REPLACE INTO opening(id, weekday, start, end) VALUES (?1, ?1, ?2, 1080)"), B(1 + dice(7)), B(480 + dice(24) * 5));
}

static void (*const changes[])(struct shop *) = {
	add_customer, change_customer, rename_customer, book, book, move, remove_appointment, hours,
};

static int64_t random_command(struct shop *s)
{
	require(begin_command(s, "some.thing", NULL) == COMMAND_NEW);
	for (int64_t n = 1 + dice(3); n > 0; n--)
		changes[dice((int64_t)COUNT(changes))](s);
	return end_command(s);
}

static void repeated(struct shop *s)
{
	int64_t seq, again;
	require(begin_command(s, "customer.add", "browser-1") == COMMAND_NEW);
	add_customer(s);
	seq = end_command(s);
	CHECK_INT(begin_command(s, "customer.add", "browser-1"), COMMAND_REPEATED);
	CHECK_INT(db_group_end(s->db), 0);
	require(db_group_begin(s->db) == 0);
	struct command c = { .name = "customer.add", .id = "browser-1" };
	CHECK_INT(db_command_begin(s->db, &c, &again), COMMAND_REPEATED);
	CHECK_INT(again, seq);
	c.id = "browser-2";                                          /* repeated within one group; and without a change */
	CHECK_INT(db_command_begin(s->db, &c, &again), COMMAND_NEW);
	CHECK_INT(db_command_end(s->db, &seq), 0);
	CHECK_INT(db_command_begin(s->db, &c, &again), COMMAND_REPEATED);
	CHECK_INT(again, seq);
	c.id = NULL;
	CHECK_INT(db_command_begin(s->db, &c, &again), COMMAND_NEW);
	CHECK_INT(db_command_end(s->db, &again), 0);
	CHECK_INT(again, 0);
	CHECK_INT(db_group_end(s->db), 0);
	CHECK_INT(journal_head(s->db), seq);
}

/* One command of a group that is dropped leaves the others alone. */
static void dropped(struct shop *s)
{
	struct command c = { .name = "customer.add" };
	int64_t before = db_one(s->db, SQL("SELECT count(*) FROM customer")), head = journal_head(s->db), seq;
	require(db_group_begin(s->db) == 0);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(db_command_begin(s->db, &c, &seq), COMMAND_NEW);
		add_customer(s);
		if (i == 1)
			db_command_drop(s->db);
		else
			CHECK_INT(db_command_end(s->db, &seq), 0);
	}
	CHECK_INT(db_group_end(s->db), 0);
	CHECK_INT(db_one(s->db, SQL("SELECT count(*) FROM customer")), before + 2);
	CHECK_INT(journal_head(s->db), head + 2);
}

enum { STEPS = 40 };

/* Many steps back and forth again, each time exactly the state from before. */
static void back_and_forth(struct shop *s)
{
	int64_t states[STEPS + 1], later, seq, done = 0;
	for (int i = 0; i < STEPS; i++) {
		states[done] = state(s);
		done += random_command(s) != 0;
	}
	states[done] = state(s);
	for (int round = 0; round < 2; round++) {
		for (int64_t i = done; i > 0; i--) {
			CHECK_INT(undo(s, journal_last_undoable(s->db, 1), &seq, &later), 0);
			CHECK_INT(state(s), states[i - 1]);
		}
		for (int64_t i = 0; i < done; i++) {
			CHECK_INT(undo(s, journal_last_undone(s->db, 1), &seq, &later), 0);
			CHECK_INT(state(s), states[i + 1]);
		}
		CHECK_INT(journal_last_undone(s->db, 1), 0);
	}
}

static int64_t note(struct shop *s, int64_t id, const char *text)
{
	require(begin_command(s, "customer.change", NULL) == COMMAND_NEW);
	db_command_subject(s->db, "customer", id);
	db_command_text(s->db, text);
	db_run(s->db, SQL("UPDATE customer SET note = ?2, version = version + 1 WHERE id = ?1"), B(id), B(text));
	return end_command(s);
}

static int64_t phone(struct shop *s, int64_t id, const char *text)
{
	require(begin_command(s, "customer.change", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("UPDATE customer SET phone = ?2, version = version + 1 WHERE id = ?1"), B(id), B(text));
	return end_command(s);
}

static int64_t new_customer(struct shop *s)
{
	require(begin_command(s, "customer.add", NULL) == COMMAND_NEW);
	add_customer(s);
	int64_t id = db_last_id(s->db);
	end_command(s);
	return id;
}

static int64_t version(struct shop *s, int64_t id) { return db_one(s->db, SQL("SELECT version FROM customer WHERE id = ?1"), B(id)); }

static void later_changes(struct shop *s)
{
	int64_t id = new_customer(s), other = new_customer(s), added = journal_head(s->db), seq = 0, later = 0;
	int64_t first = note(s, id, "one"), before = version(s, id);
	int64_t second = note(s, id, "two");
	CHECK_INT(undo(s, first, &seq, &later), 1);
	CHECK_INT(later, second);
	note(s, other, "elsewhere");
	int64_t third = phone(s, id, "0511 1");
	CHECK_INT(undo(s, second, &seq, &later), 0);                 /* only the phone was changed since, and that stays */
	CHECK_TEXT(db_one_text(s->db, SQL("SELECT note || phone FROM customer WHERE id = ?1"), B(id)), "one0511 1");
	CHECK(version(s, id) > before + 2);
	CHECK_INT(undo(s, second, &seq, &later), 1);                 /* twice is not possible */
	CHECK_INT(later, seq);
	CHECK_INT(undo(s, third, &seq, &later), 0);
	CHECK_INT(undo(s, first, &seq, &later), 0);
	CHECK(db_one_text(s->db, SQL("SELECT note FROM customer WHERE id = ?1"), B(id)) == NULL);
	CHECK_INT(undo(s, added, &seq, &later), 1);                  /* the other one's note */
	CHECK_INT(later, third - 1);
}

static void later_references(struct shop *s)
{
	int64_t id = new_customer(s), added = journal_head(s->db), seq = 0, later = 0, before;
	require(begin_command(s, "appointment.add", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO appointment(customer, day, start, end, booked_at) VALUES (?1, 20781, 600, 660, 1)"), B(id));
	int64_t appointment = db_last_id(s->db), booked = end_command(s);
	before = state(s);
	CHECK_INT(undo(s, added, &seq, &later), 1);
	CHECK_INT(later, booked);
	require(begin_command(s, "step.add", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO appt_step(appointment, seq) VALUES (?1, 0)"), B(appointment));
	int64_t step = end_command(s);
	CHECK_INT(undo(s, booked, &seq, &later), 1);                 /* the step would vanish with it */
	CHECK_INT(later, step);
	CHECK_INT(undo(s, step, &seq, &later), 0);
	CHECK_INT(state(s), before);
	CHECK_INT(undo(s, booked, &seq, &later), 0);
	CHECK_INT(undo(s, added, &seq, &later), 0);
}

/* A name that must be unique was given to another one since. */
static void later_names(struct shop *s)
{
	int64_t seq = 0, later = 0;
	require(begin_command(s, "class.add", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO place_class(id, name) VALUES (1, 'Kabine')"));
	end_command(s);
	require(begin_command(s, "class.change", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("UPDATE place_class SET name = 'Raum', version = version + 1"));
	int64_t renamed = end_command(s);
	require(begin_command(s, "class.add", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO place_class(id, name) VALUES (2, 'Kabine')"));
	int64_t added = end_command(s);
	CHECK_INT(undo(s, renamed, &seq, &later), 1);
	CHECK_INT(later, added);
}

static void lists(struct shop *s)
{
	struct journal_entry e[50];
	int64_t ids[3];
	int64_t id = new_customer(s), first = note(s, id, "Notiz eins"), second = note(s, id, "Notiz zwei"), seq = 0, later = 0;
	CHECK_INT(journal_list(s->db, "customer", id, 0, 50, e), 2);
	CHECK(e[0].seq == second && e[1].seq == first && e[0].can_undo && e[0].undone_by == 0);
	CHECK_TEXT(e[0].text, "Notiz zwei");
	CHECK_TEXT(e[0].station, "Empfang");
	CHECK_INT(journal_list(s->db, "customer", id, second, 50, e), 1);
	CHECK_INT(journal_list(s->db, NULL, 0, 0, 5, e), 3);
	CHECK_INT(journal_touched(s->db, first, "customer", 3, ids), 1);
	CHECK_INT(ids[0], id);
	CHECK_INT(journal_touched(s->db, first, "appointment", 3, ids), 0);
	CHECK_INT(undo(s, second, &seq, &later), 0);
	CHECK(journal_get(s->db, second, &e[0]) && !e[0].can_undo && e[0].undone_by == seq);
	CHECK(journal_get(s->db, seq, &e[0]) && e[0].can_undo && e[0].undoes == second);
	CHECK(!journal_get(s->db, 1000000, &e[0]));
	CHECK(journal_get(s->db, 1, &e[0]) && !e[0].can_undo);
	CHECK_INT(journal_last_undoable(s->db, 1), first);
	CHECK_INT(journal_last_undoable(s->db, 99), 0);
}

/* Random commands, undone and redone in random order as far as it is possible: the replay gives the same database. */
static void histories(struct shop *s)
{
	int64_t seq, later, done = 0, refused = 0;
	for (int i = 0; i < 400; i++) {
		random_command(s);
		for (int64_t n = dice(3); n > 0; n--) {
			int64_t some = 3 + dice(journal_head(s->db) - 2), before = dice(20) == 0 ? state(s) : 0;
			int rc = undo(s, some, &seq, &later);
			CHECK(rc == 0 || rc == 1);
			if (rc == 1 && before != 0)
				CHECK_INT(state(s), before);
			CHECK(rc == 0 || later == 0 || later > some);
			done += rc == 0;
			refused += rc == 1;
		}
	}
	CHECK(done > 50 && refused > 50);
	CHECK_INT(shop_faults(s), 0);
}

int main(void)
{
	static void (*const tests[])(struct shop *) = {
		repeated, dropped, back_and_forth, later_changes, later_references, later_names, lists, histories,
	};
	for (size_t i = 0; i < COUNT(tests); i++) {
		struct shop s;
		char pattern[] = "/tmp/kontor-journal-XXXXXX";
		shop_new(&s, pattern);
		tests[i](&s);
		CHECK_INT(shop_faults(&s), 0);
		shop_close(&s);
		shop_remove(&s);
	}
	CHECK_INT(log_faults(), 0);
	return check_end();
}
