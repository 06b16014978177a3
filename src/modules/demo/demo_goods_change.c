/* What is offered, by whom, where, with what, as it was written from the starter catalogue; and what people come for. */
#include "modules/demo/demo_private.h"
#include "base/text.h"

static const struct demo_visit visits[] = {
	{ { "sf" }, 120, false, true }, { { "afb", "sf" }, 70, false, true }, { { "afb", "wf" }, 50, false, true },
	{ { "kof", "sf" }, 16, false, true }, { { "ton", "wf" }, 30, false, true }, { { "fol", "sf" }, 20, false, true },
	{ { "bal", "sf" }, 12, false, true }, { { "bll", "wf" }, 6, false, true }, { { "fog", "sf" }, 4, false, true },
	{ { "glo", "wf" }, 24, false, true }, { { "wf" }, 170, false, true }, { { "wl" }, 60, false, true },
	{ { "dw", "sf" }, 6, false, true }, { { "spi" }, 120, false, true }, { { "st" }, 30, false, true }, { { "pon" }, 160, false, true },
	{ { "hoc" }, 4, false, true }, { { "bpr" }, 1, false, true }, { { "bra" }, 1, false, true }, { { "loc" }, 8, false, true },
	{ { "fle" }, 20, false, true }, { { "kur", "wf" }, 14, false, true }, { { "kis" }, 150, true, true },
	{ { "hsc" }, 420, true, false }, { { "mas" }, 260, true, false }, { { "hsb" }, 50, true, false }, { { "bar" }, 260, true, false },
	{ { "nar" }, 20, true, false }, { { "gra", "hsc" }, 10, true, false }, { { "jsc" }, 90, true, false },
	{ { "ges" }, 14, true, true }, { { "brz" }, 120, false, true }, { { "brf", "wif" }, 20, false, true }, { { "wil" }, 8, false, true },
	{ { "wak" }, 20, false, true }, { { "gau" }, 24, false, true }, { { "man" }, 70, true, true }, { { "rep" }, 60, true, true },
	{ { "ped" }, 24, true, true }, { { "rue" }, 60, true, true }, { { "m30" }, 40, true, true }, { { "kg" }, 90, true, true },
	{ { "mt" }, 60, true, true },
};
_Static_assert(COUNT(visits) <= DEMO_VISITS, "more visits than room for them");

const struct demo_visit *demo_goods_visit(int i) { return i >= 0 && i < (int)COUNT(visits) ? &visits[i] : NULL; }

static int class_of(struct demo_goods *g, struct arena *arena, int64_t id)
{
	if (id == NONE) return -1;
	for (size_t i = 0; i < g->classes.n; i++)
		if (g->classes.at[i] == id) return (int)i;
	*arena_push(arena, &g->classes) = id;
	return (int)g->classes.n - 1;
}

static int device_of(const struct demo_goods *g, int64_t id)
{
	for (size_t i = 0; i < g->devices.n; i++)
		if (g->devices.at[i].id == id) return (int)i;
	return -1;
}

static void load_places(struct db *db, struct demo_goods *g)
{
	struct query q = db_query(db, SQL("SELECT id, class FROM place ORDER BY id"));
	while (db_step(&q) && g->places.n < DEMO_PLACES) {
		int64_t id = db_int(&q, 0);
		int class = class_of(g, db_arena(db), db_int(&q, 1));
		__typeof__(g->places.at) place = arena_push(db_arena(db), &g->places);
		place->id = id;
		place->class = class;
	}
	db_done(&q);
	q = db_query(db, SQL("SELECT id, quantity FROM device ORDER BY id"));
	while (db_step(&q) && g->devices.n < DEMO_DEVICES) {
		__typeof__(g->devices.at) device = arena_push(db_arena(db), &g->devices);
		device->id = db_int(&q, 0);
		device->quantity = (int)db_int(&q, 1);
	}
	db_done(&q);
}

static void load_services(struct db *db, struct demo_goods *g)
{
	struct query q = db_query(db, SQL("SELECT service.id, short, price, kind, minutes, place_class, device, service_phase.name"
	    " FROM service JOIN service_phase ON service = service.id ORDER BY service.id, seq"));
	int64_t last = 0;
	while (db_step(&q)) {
		if (db_int(&q, 0) != last)
			*arena_push(db_arena(db), &g->services) = (struct demo_service){ .id = last = db_int(&q, 0), .code = db_text(&q, 1), .cents = (int)db_int(&q, 2) };
		struct demo_service *s = &g->services.at[g->services.n - 1];
		if (s->nphases == STARTER_PHASES) continue;
		s->phases[s->nphases++] = (struct demo_phase){ .kind = (int)db_int(&q, 3), .minutes = (int)db_int(&q, 4),
		    .class = class_of(g, db_arena(db), db_int(&q, 5)), .device = device_of(g, db_int(&q, 6)), .name = db_text(&q, 7) };
	}
	db_done(&q);
}

void demo_goods_load(struct db *db, const struct demo_people *people, struct demo_goods *g)
{
	*g = (struct demo_goods){ 0 };
	load_places(db, g);
	load_services(db, g);
	g->extra = arena_alloc(db_arena(db), sizeof *g->extra * (g->services.n + 1));
	for (size_t s = 0; s < g->services.n; s++)
		for (int p = 0; p < people->n; p++) {
			int64_t extra = db_one(db, SQL("SELECT extra_minutes FROM staff_service WHERE staff = ? AND service = ?"),
			    B(people->ids[p]), B(g->services.at[s].id));
			g->extra[s][p] = extra == NONE ? DEMO_CANNOT : (int)extra;
		}
}

int demo_goods_find(const struct demo_goods *g, const char *code)
{
	for (size_t i = 0; i < g->services.n; i++)
		if (text_equal(g->services.at[i].code, code)) return (int)i;
	return -1;
}

int demo_goods_minutes(const struct demo_goods *g, int service)
{
	const struct demo_service *s = &g->services.at[service];
	int active = 0;
	for (int i = 0; i < s->nphases; i++) active += s->phases[i].kind == PHASE_ACTIVE ? s->phases[i].minutes : 0;
	return active;
}
