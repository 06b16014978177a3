#include "web/login_private.h"
#include "web/login_write.h"
#include "web/pages.h"
#include "web/undo_write.h"

static const struct route change[] = {
	{ .method = "POST", .path = "/login", .handler = login_write_station, .role = ROLE_ANYONE, .before = login_check, .body_max = 512 << 10, .command = "station.open", .no_undo = true },
	{ .method = "POST", .path = "/undo", .handler = undo_write, .role = ROLE_APPRENTICE, .undoes = undo_write_last, .command = "undo" },
	{ .method = "POST", .path = "/redo", .handler = undo_write, .role = ROLE_APPRENTICE, .undoes = undo_write_redo, .command = "redo" },
	{ .method = "POST", .path = "/undo/#", .handler = undo_write, .role = ROLE_APPRENTICE, .undoes = undo_write_named, .command = "undo.named" },
};
const struct module web_write_module = { .name = "web_write", ROUTES(change) };
