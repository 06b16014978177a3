#include "web/history.h"
#include "web/login_private.h"
#include "web/pages.h"

static const struct route look[] = {
	{ .method = "GET", .path = "/login", .handler = login_page, .role = ROLE_ANYONE },
	{ .method = "POST", .path = "/pin", .handler = login_pin, .role = ROLE_ANYONE, .memory = true, .body_max = 512 << 10 },
	{ .method = "POST", .path = "/lock", .handler = login_lock, .role = ROLE_ANYONE, .memory = true },
	{ .method = "GET", .path = "/journal", .handler = history_page, .role = ROLE_APPRENTICE },
	{ .method = "GET", .path = "/journal/*/#", .handler = history_of, .role = ROLE_APPRENTICE },
	{ .method = "GET", .path = "/events", .handler = live_open, .role = ROLE_APPRENTICE },
};
const struct module web_module = { .name = "web", ROUTES(look) };

static const struct route memory[] = {
	{ .method = "POST", .path = "/login", .handler = login_memory, .role = ROLE_ANYONE, .memory = true },
};
const struct module web_look_module = { .name = "web_look", ROUTES(memory) };
