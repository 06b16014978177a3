#include "web/login_private.h"
#include "base/text.h"
#include "web/again.h"
#include "web/icon.h"
#include "web/live.h"
#include "web/password.h"
#include "web/session.h"
#include <sodium.h>
#include <string.h>

struct person { int64_t id; const char *name, *code; };
struct door { const char *to, *sentence, *station; const struct person *people; size_t npeople; int64_t chosen; };

static void password_html(struct out *, const struct request *, const struct door *);
static void pin_html(struct out *, const struct request *, const struct door *);

/* Only a place of our own: "//elsewhere" and "/\elsewhere" are another host to a browser. */
static const char *where_to(const struct request *r)
{
	const char *to = request_get(r, "to");
	bool own = to && to[0] == '/' && to[1] != '/' && to[1] != '\\' && strpbrk(to, "\r\n\t") == NULL && !text_starts(to, "/login");
	return own ? to : "/";
}

const char *login_station_hash(struct arena *arena, const char *token)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof hash + 1];
	crypto_hash_sha256(hash, (const unsigned char *)token, strlen(token));
	return arena_text(arena, sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

const char *login_station_name(const struct request *r)
{
	const char *typed = request_get(r, "station");
	return text_empty(typed) ? _("Computer") : text_cut(r->arena, typed, 40);
}

/* The station this browser belongs to; 0 = none. */
static int64_t station_of(struct request *r, const char **name_r)
{
	if (r->state->station_token == NULL)
		return 0;
	int64_t id = 0;
	struct query q = db_query(r->db, SQL("SELECT id, name FROM station WHERE token_hash = ? AND until > ?"),
	    B(login_station_hash(r->arena, r->state->station_token)), B(r->now));
	while (db_step(&q)) {
		id = db_int(&q, 0);
		*name_r = db_text(&q, 1);
	}
	return id;
}

static void load_people(struct request *r, struct door *door)
{
	struct { struct person *at; size_t n, cap; } people = { 0 };
	struct query q = db_query(r->db, SQL("SELECT s.id, s.name, s.code FROM staff s JOIN staff_secret c ON c.staff = s.id "
	    "WHERE s.active = 1 AND c.pin IS NOT NULL ORDER BY s.sort, s.name"));
	while (db_step(&q))
		*arena_push(r->arena, &people) = (struct person){ db_int(&q, 0), db_text(&q, 1), db_text(&q, 2) };
	door->people = people.at;
	door->npeople = people.n;
}

static void show(struct request *r, int status, bool with_password, const char *sentence)
{
	struct door door = { .to = where_to(r), .sentence = sentence, .chosen = request_int(r, "staff") };
	struct session s;
	if (door.chosen == NONE && session_find(r->arena, r->state->token, &s))
		door.chosen = s.staff;
	if (station_of(r, &door.station) != 0)
		load_people(r, &door);
	page_reset(r);
	page_begin(r, &(struct page){ .title = _("Sign in"), .body_class = "p-door", .main_class = "door-m", .bare = true });
	r->status = status;
	if (with_password || door.npeople == 0)
		password_html(&r->page, r, &door);
	else
		pin_html(&r->page, r, &door);
	page_end(r);
}

void login_refuse(struct request *r, const char *sentence)
{
	show(r, 403, false, sentence);
}

void login_page(struct request *r, const struct route *route)
{
	(void)route;
	show(r, 200, request_get(r, "with") != NULL, NULL);
}

void login_enter(struct request *r, int64_t station, const char *station_name)
{
	char token[33];
	session_token(token);
	session_open(r->state->token, token, r->user, station, station_name, r->now);
	r->state->token = r->state->set_token = arena_text(r->arena, token);
	r->csrf = session_csrf(r->arena, token);
	if (!again_offer(r))
		page_redirect(r, "%s", where_to(r));
}

void login_open(struct request *r, int64_t staff)
{
	char token[33];
	session_token(token);
	session_open(r->state->token, token, staff, 0, _("Computer"), r->now);
	r->state->token = r->state->set_token = arena_text(r->arena, token);
}

static bool must_wait(struct request *r, const char *key, bool with_password)
{
	int64_t seconds = session_wait(key, r->now);
	if (seconds > 0)
		show(r, 429, with_password, arena_printf(r->arena, _("Too many tries. Possible again in %lld seconds."), (long long)seconds));
	return seconds > 0;
}

struct secret { int64_t staff; const char *hash; };

static struct secret secret_of(struct request *r, const char *name)
{
	struct secret s = { 0, NULL };
	struct query q = db_query(r->db, SQL("SELECT s.id, c.password FROM staff s JOIN staff_secret c ON c.staff = s.id "
	    "WHERE s.active = 1 AND c.password IS NOT NULL AND (fold(s.name) = ?1 OR fold(s.code) = ?1) ORDER BY s.id DESC"),
	    B(text_fold(r->arena, name)));
	while (db_step(&q))
		s = (struct secret){ db_int(&q, 0), db_text(&q, 1) };
	return s;
}

void login_check(struct request *r, const struct route *route)
{
	(void)route;
	const char *name = request_get(r, "name"), *password = request_get(r, "password");
	if (text_empty(name) || password == NULL || *password == '\0') {
		show(r, 422, true, _("Name and password are needed to sign in."));
		return;
	}
	struct secret s = secret_of(r, name);
	const char *key = s.staff ? arena_printf(r->arena, "staff %lld", (long long)s.staff) : "nobody";
	if (must_wait(r, key, true))
		return;
	if (!password_is(s.hash, password)) {
		session_failed(key, r->now);
		show(r, 422, true, _("Name and password do not belong together. Large and small letters count."));
		return;
	}
	session_passed(key);
	r->user = s.staff;
	r->station = login_station_name(r);
	r->status = 200;
}

/* Where nothing may be written (schaufenster): the station is known until the restart only. */
void login_memory(struct request *r, const struct route *route)
{
	login_check(r, route);
	if (r->status == 200 && r->user != 0)
		login_enter(r, 0, login_station_name(r));
}

void login_pin(struct request *r, const struct route *route)
{
	(void)route;
	const char *station_name = NULL, *pin = request_get(r, "pin");
	int64_t staff = request_int(r, "staff"), station = station_of(r, &station_name);
	r->user = 0;
	if (station == 0) {
		show(r, 403, true, _("On this device somebody must sign in with a password once."));
		return;
	}
	if (staff == NONE || pin == NULL || *pin == '\0') {
		show(r, 422, false, _("Choose a person, then type the PIN."));
		return;
	}
	const char *by_staff = arena_printf(r->arena, "staff %lld", (long long)staff);
	const char *by_station = arena_printf(r->arena, "station %lld", (long long)station);
	if (must_wait(r, by_staff, false) || must_wait(r, by_station, false))
		return;
	str hash = db_one_text(r->db, SQL("SELECT c.pin FROM staff_secret c JOIN staff s ON s.id = c.staff "
	    "WHERE s.id = ? AND s.active = 1"), B(staff));
	if (!password_is(hash, pin)) {
		session_failed(by_staff, r->now);
		session_failed(by_station, r->now);
		show(r, 422, false, _("This PIN is not right. Three tries are free, then it takes longer each time."));
		return;
	}
	session_passed(by_staff);
	session_passed(by_station);
	r->user = staff;
	login_enter(r, station, station_name);
}

void login_lock(struct request *r, const struct route *route)
{
	(void)route;
	session_lock(r->state->token);
	live_lock(r->state->token);
	page_redirect(r, "/login");
}

#include "gen/web/login.html.h"
