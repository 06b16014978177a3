#include "modules/customer/customer.h"
#include "base/text.h"
#include <string.h>

enum { MOST_HITS = 50 };

char *customer_name(struct arena *a, str last, str first)
{
	return text_empty(first) ? arena_text(a, last) : arena_printf(a, "%s, %s", last, first);
}

/* What the search keys begin with: folded text, or of a phone number the digits from behind. */
static char *key_of(struct arena *a, const char *text)
{
	char *digits = text_digits(a, text);
	size_t n = strlen(digits);
	bool phone = n >= 3 && text[strspn(text, "0123456789 +/()-")] == '\0';
	if (!phone)
		return text_fold(a, text_clean(a, text, false));
	for (size_t i = 0; i < n / 2; i++) {
		char c = digits[i];
		digits[i] = digits[n - 1 - i];
		digits[n - 1 - i] = c;
	}
	return digits;
}

/* The keys of "Anna Kerber" hold both orders, so that the whole text is one prefix; without a hit, every word must begin one. */
static size_t read_hits(struct db *db, struct query *q, size_t limit, struct customer_hit *hits)
{
	size_t n = 0;
	while (db_step(q)) {
		if (n == limit) {
			db_done(q);
			break;
		}
		hits[n++] = (struct customer_hit){ .id = db_int(q, 0), .name = customer_name(db_arena(db), db_text(q, 1), db_text(q, 2)),
			.phone = db_text(q, 3), .last_visit = db_day(q, 4), .last_staff = db_text(q, 5), .next_visit = { NONE } };
	}
	return n;
}

size_t customer_find(struct db *db, const char *text, size_t limit, struct customer_hit *hits_r)
{
	if (text_empty(text))
		return 0;
	struct arena *a = db_arena(db);
	char *key = key_of(a, text), *end = arena_printf(a, "%s\xF4\x8F\xBF\xBF", key);
	struct query q = db_query(db, SQL("SELECT c.id, c.last, c.first, coalesce(c.mobile, c.phone, c.phone_other), "
	    "x.day, (SELECT s.code FROM appt_step t JOIN staff s ON s.id = t.staff WHERE t.appointment = x.id ORDER BY t.seq LIMIT 1) "
	    "FROM (SELECT customer, min(key) AS k FROM (SELECT customer, key FROM search_customer WHERE key >= ?1 AND key < ?2 "
	    "  ORDER BY key LIMIT ?3 * 8) GROUP BY customer ORDER BY k LIMIT ?3) f JOIN customer c ON c.id = f.customer "
	    "LEFT JOIN appointment x ON x.id = (SELECT id FROM appointment WHERE customer = c.id AND status BETWEEN 3 AND 6 "
	    "  ORDER BY day DESC LIMIT 1) WHERE c.active = 1 "
	    "ORDER BY f.k, c.first"), B(key), B(end), B((int64_t)(limit > MOST_HITS ? MOST_HITS : limit)));
	return read_hits(db, &q, limit, hits_r);
}

static void read_visits(struct db *db, int64_t id, day today, struct customer_card *card)
{
	struct query q = db_query(db, SQL("SELECT a.id, a.day, (SELECT group_concat(n, ', ') FROM (SELECT coalesce(s.label, v.name) AS n "
	    "FROM appt_step s LEFT JOIN service v ON v.id = s.service WHERE s.appointment = a.id ORDER BY s.seq)), "
	    "(SELECT group_concat(DISTINCT t.code) FROM appt_step s JOIN staff t ON t.id = s.staff WHERE s.appointment = a.id), a.end - a.start "
	    "FROM appointment a WHERE a.customer = ?1 AND a.day <= ?2 AND a.status BETWEEN 3 AND 6 ORDER BY a.day DESC, a.start DESC LIMIT 5"),
	    B(id), B(today));
	while (db_step(&q))
		card->last_visits[card->nlast++] = (struct customer_visit){ db_int(&q, 0), db_day(&q, 1), db_text(&q, 2), db_text(&q, 3),
			(int)db_int(&q, 4) };
	q = db_query(db, SQL("SELECT a.id, a.day, (SELECT group_concat(n, ', ') FROM (SELECT coalesce(s.label, v.name) AS n "
	    "FROM appt_step s LEFT JOIN service v ON v.id = s.service WHERE s.appointment = a.id ORDER BY s.seq)), "
	    "(SELECT group_concat(DISTINCT t.code) FROM appt_step s JOIN staff t ON t.id = s.staff WHERE s.appointment = a.id), a.start "
	    "FROM appointment a WHERE a.customer = ?1 AND a.day > ?2 AND a.status < 7 ORDER BY a.day, a.start LIMIT 1"), B(id), B(today));
	while (db_step(&q))
		card->next_visit = (struct customer_visit){ db_int(&q, 0), db_day(&q, 1), db_text(&q, 2), db_text(&q, 3), (int)db_int(&q, 4) };
}

bool customer_card(struct db *db, int64_t id, day today, struct customer_card *c)
{
	*c = (struct customer_card){ .id = 0 };
	struct query q = db_query(db, SQL("SELECT id, version, usual_staff, last, first, title, mobile, phone, phone_other, mail, note, alert, "
	    "town, birthday, birthday_year, since, (SELECT count(*) FROM appointment WHERE customer = c.id AND status BETWEEN 3 AND 6), "
	    "(SELECT count(*) FROM appointment WHERE customer = c.id AND status = 8) FROM customer c WHERE id = ?"), B(id));
	while (db_step(&q))
		*c = (struct customer_card){ .id = db_int(&q, 0), .version = db_int(&q, 1), .usual_staff = db_ref(&q, 2).id,
			.last = db_text(&q, 3), .first = db_text(&q, 4), .title = db_text(&q, 5), .mobile = db_text(&q, 6),
			.phone = db_text(&q, 7), .phone_other = db_text(&q, 8), .mail = db_text(&q, 9), .note = db_text(&q, 10),
			.alert = db_text(&q, 11), .town = db_text(&q, 12), .birthday = db_day(&q, 13), .birthday_year = db_bool(&q, 14),
			.since = db_day(&q, 15), .visits = (int)db_int(&q, 16), .no_shows = (int)db_int(&q, 17) };
	if (c->id == 0)
		return false;
	read_visits(db, id, today, c);
	return true;
}

bool customer_brief(struct db *db, int64_t id, struct customer_card *c)
{
	*c = (struct customer_card){ .id = 0 };
	struct query q = db_query(db, SQL("SELECT usual_staff, last, first, EXISTS (SELECT 1 FROM appointment WHERE customer = c.id "
	    "AND status BETWEEN 3 AND 6) FROM customer c WHERE id = ?"), B(id));
	while (db_step(&q))
		*c = (struct customer_card){ .id = id, .usual_staff = db_ref(&q, 0).id, .last = db_text(&q, 1), .first = db_text(&q, 2),
			.visits = (int)db_int(&q, 3) };
	return c->id != 0;
}
