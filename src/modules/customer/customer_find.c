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

/* With her last visit, and whoever worked first in it: the index of uses tells that alone, without its steps. false: she is
 * not listed any more. */
static bool read_hit(struct db *db, int64_t id, struct customer_hit *hit, str *first_r)
{
	bool found = false;
	struct query q = db_query(db, SQL("SELECT c.last, c.first, coalesce(c.mobile, c.phone, c.phone_other), x.day, "
	    "(SELECT s.code FROM staff s WHERE s.id = (SELECT min(u.start << 32 | u.resource / 4) & 0xffffffff FROM use u "
	    "WHERE u.appointment = x.id AND u.resource % 4 = 1)) FROM customer c LEFT JOIN appointment x ON x.id = (SELECT id FROM appointment WHERE customer = c.id AND status BETWEEN 3 AND 6 "
	    "ORDER BY day DESC LIMIT 1) WHERE c.id = ? AND c.active = 1"), B(id));
	while (db_step(&q)) {
		*first_r = db_text(&q, 1);
		*hit = (struct customer_hit){ .id = id, .name = customer_name(db_arena(db), db_text(&q, 0), *first_r), .phone = db_text(&q, 2),
			.last_visit = db_day(&q, 3), .last_staff = db_text(&q, 4), .next_visit = { NONE } };
		found = true;
	}
	return found;
}

static bool seen(const int64_t *ids, size_t n, int64_t id)
{
	while (n > 0)
		if (ids[--n] == id)
			return true;
	return false;
}

/* The keys of "Anna Kerber" hold both orders, so that the whole text is one prefix. In the order of the keys, each customer where
 * her first one stands; those of one key by their first names. */
size_t customer_find(struct db *db, const char *text, size_t limit, struct customer_hit *hits)
{
	if (text_empty(text))
		return 0;
	struct { int64_t *at; size_t n, cap; } met = { 0 };
	struct arena *a = db_arena(db);
	char *key = key_of(a, text), *end = arena_printf(a, "%s\xF4\x8F\xBF\xBF", key);
	str keys[MOST_HITS], firsts[MOST_HITS];
	size_t n = 0, most = limit < MOST_HITS ? limit : MOST_HITS;
	struct query q = db_query(db, SQL("SELECT customer, key FROM search_customer WHERE key >= ? AND key < ? ORDER BY key, customer"), B(key), B(end));
	while (n < most && db_step(&q)) {
		int64_t id = db_int(&q, 0);
		struct customer_hit hit;
		str first, of = db_text(&q, 1);
		if (seen(met.at, met.n, id))
			continue;
		*arena_push(a, &met) = id;
		if (!read_hit(db, id, &hit, &first))
			continue;
		size_t at = n++;
		for (; at > 0 && text_equal(keys[at - 1], of) && strcmp(firsts[at - 1] ? firsts[at - 1] : "", first ? first : "") > 0; at--) {
			hits[at] = hits[at - 1];
			firsts[at] = firsts[at - 1];
		}
		hits[at] = hit;
		firsts[at] = first;
		keys[n - 1] = of;
	}
	db_done(&q);
	return n;
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
