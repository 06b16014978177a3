#include "web/login_write.h"
#include "db/db_write.h"
#include "web/login_private.h"
#include "web/session.h"

/* login_check() said yes already. */
void login_write_station(struct request *r, const struct route *route)
{
	(void)route;
	char token[33];
	session_token(token);
	const char *name = login_station_name(r);
	(void)db_run(r->db, SQL("DELETE FROM station WHERE until <= ? OR token_hash = ?"), B(r->now),
	    B(r->state->station_token ? login_station_hash(r->arena, r->state->station_token) : ""));
	(void)db_run(r->db, SQL("INSERT INTO station (token_hash, name, staff, since, until) VALUES (?, ?, ?, ?, ?)"),
	    B(login_station_hash(r->arena, token)), B(name), B(r->user), B(r->now), B(((instant){ r->now.s + STATION_DAYS * 86400 })));
	int64_t station = db_last_id(r->db);
	db_command_text(r->db, arena_printf(r->arena, _("Signed in at %s"), name));
	db_command_subject(r->db, "staff", r->user);
	r->state->set_station = arena_text(r->arena, token);
	login_enter(r, station, name);
}
