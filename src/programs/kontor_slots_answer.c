#include "programs/kontor_slots.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include "modules/calendar/calendar.h"

enum { USUAL_DAYS = 60, MOST_WHYS = 20 };

struct answer {
	struct arena *arena;
	struct db *db;
	const struct slots_question *question;
	struct chain chain;
	struct booking names;
	struct slot_world world;
	struct slot_request request;
	const char *error;
};

/* ---- what the names mean ---- */

static int64_t service_of(struct answer *a, const char *name)
{
	int64_t id = NONE;
	if (!read_int(name, &id))
		id = db_one(a->db, SQL("SELECT id FROM service WHERE active = 1 AND (fold(short) = ?1 OR fold(name) = ?1) ORDER BY fold(short) = ?1 DESC, id LIMIT 1"),
		    B(text_fold(a->arena, name)));
	else
		id = db_one(a->db, SQL("SELECT id FROM service WHERE active = 1 AND id = ?"), B(id));
	if (id == NONE)
		a->error = arena_printf(a->arena, _("services: no service is called “%s”."), name);
	return id;
}

static int64_t staff_of(struct answer *a, const char *name)
{
	int64_t id = NONE;
	if (name == NULL)
		return 0;
	if (!read_int(name, &id))
		id = db_one(a->db, SQL("SELECT id FROM staff WHERE active = 1 AND in_book = 1 AND (fold(code) = ?1 OR fold(name) = ?1) ORDER BY fold(code) = ?1 DESC, id LIMIT 1"),
		    B(text_fold(a->arena, name)));
	else
		id = db_one(a->db, SQL("SELECT id FROM staff WHERE active = 1 AND in_book = 1 AND id = ?"), B(id));
	if (id == NONE)
		a->error = arena_printf(a->arena, _("only, preferred: nobody in the book is called “%s”."), name);
	return id;
}

static bool can(const struct slot_step *step, int64_t staff)
{
	for (size_t i = 0; i < step->ncandidates; i++)
		if (step->candidates[i].staff == staff)
			return true;
	return false;
}

static bool load_chain(struct answer *a)
{
	const struct slots_question *q = a->question;
	char *services = arena_text(a->arena, "");
	int64_t all = staff_of(a, q->who.staff);
	for (size_t i = 0; i < q->nservices && a->error == NULL; i++)
		services = arena_printf(a->arena, "%s%s%lld", services, *services ? "," : "", (long long)service_of(a, q->services[i].name));
	if (a->error != NULL)
		return false;
	chain_load(a->db, services, &(struct chain_wish){ .customer = q->customer }, &a->chain);
	if (a->chain.n != q->nservices)
		a->error = _("services: a service without a phase cannot be placed.");
	for (size_t i = 0; i < a->chain.n && a->error == NULL; i++) {
		const struct question_who *who = q->services[i].who.staff != NULL ? &q->services[i].who : &q->who;
		int64_t staff = who == &q->who ? all : staff_of(a, who->staff);
		struct slot_step *step = &a->chain.steps[i];
		step->wished = who->only || can(step, staff) ? staff : 0;
		step->only_wished = who->only;
		step->beside = step->beside || q->services[i].beside;
		a->chain.links[i].wished = step->wished;
	}
	return a->error == NULL;
}

static bool load_window(struct answer *a, const struct slots_moment *m)
{
	const struct slots_question *q = a->question;
	day from = q->from.n != NONE ? q->from : m->today, to = q->to.n != NONE ? q->to : (day){ from.n + USUAL_DAYS - 1 };
	if (to.n < from.n)
		a->error = _("to: not before from.");
	else if (to.n - from.n >= QUESTION_DAYS)
		a->error = arena_printf(a->arena, _("from, to: at most %d days."), (int)QUESTION_DAYS);
	else if (q->latest > 0 && q->earliest > q->latest)
		a->error = _("latest: not before earliest.");
	else if (q->done_by > 0 && q->earliest >= q->done_by)
		a->error = _("done_by: after earliest.");
	if (a->error != NULL)
		return false;
	int64_t soonest = m->today.n * DAY_MINUTES + m->now + q->lead;
	a->world = hours_world(a->db, from, (int)(to.n - from.n + 1));
	a->world.except = q->except;
	a->world.today = (day){ soonest / DAY_MINUTES };
	a->world.now = (int)(soonest % DAY_MINUTES);
	a->request = (struct slot_request){ .steps = a->chain.steps, .nsteps = a->chain.n, .first = from, .last = to, .weekdays = q->weekdays,
		.earliest = q->earliest, .latest = q->latest, .done_by = q->done_by, .wish_day = { NONE },
		.not_before = { q->not_before.day, q->not_before.start }, .not_after = { q->not_after.day, q->not_after.start } };
	return true;
}

/* ---- the answer's pieces ---- */

static json_t *text_of(const char *s) { return s != NULL ? json_string(s) : json_null(); }

static json_t *day_of(struct answer *a, day d)
{
	struct out o = { .arena = a->arena };
	out_iso_day(&o, d);
	return json_string(o.s);
}

static json_t *time_of(struct answer *a, int minute)
{
	struct out o = { .arena = a->arena };
	out_iso_daytime(&o, (daytime){ minute });
	return json_string(o.s);
}

static json_t *id_of(int64_t id) { return id != 0 ? json_integer(id) : json_null(); }

static json_t *claim_of(struct answer *a, const struct slot_claim *c)
{
	static const char *const kinds[] = { "active", "wait", "buffer" };
	const struct chain_link *link = &a->chain.links[c->step];
	size_t p = (size_t)c->phase;
	json_t *o = json_object();
	json_object_set_new(o, "service", json_integer(link->service));
	json_object_set_new(o, "phase", json_integer(c->phase));
	json_object_set_new(o, "name", text_of(p < COUNT(link->phase_names) ? link->phase_names[p] : NULL));
	json_object_set_new(o, "kind", json_string(kinds[a->chain.steps[c->step].phases[p].kind]));
	json_object_set_new(o, "start", time_of(a, c->start));
	json_object_set_new(o, "end", time_of(a, c->end));
	json_object_set_new(o, "staff", id_of(c->staff));
	json_object_set_new(o, "place", id_of(c->place));
	json_object_set_new(o, "device", id_of(c->device));
	return o;
}

/* The names of slot_reason_code and slot_block_code for machines. */
static const char *const reason_names[] = { [SLOT_CLOSES_GAP] = "closes_gap", [SLOT_JOINS_BEFORE] = "joins_before", [SLOT_JOINS_AFTER] = "joins_after",
	[SLOT_LEAVES_REST] = "leaves_rest", [SLOT_USES_WAIT] = "uses_wait", [SLOT_WISHED_PERSON] = "wished_person", [SLOT_LAST_PERSON] = "last_person",
	[SLOT_OTHER_PERSON] = "other_person", [SLOT_DAYS_LATER] = "days_later", [SLOT_SOONEST] = "soonest", [SLOT_ASKED_FOR] = "asked_for" };
static const char *const block_names[] = { [SLOT_POSSIBLE] = "possible", [SLOT_PAST] = "past", [SLOT_SHUT] = "shut", [SLOT_NOBODY] = "nobody",
	[SLOT_ABSENT] = "absent", [SLOT_BREAK] = "break", [SLOT_NOT_WORKING] = "not_working", [SLOT_PERSON_TAKEN] = "person_taken",
	[SLOT_PLACES_TAKEN] = "places_taken", [SLOT_DEVICE_TAKEN] = "device_taken", [SLOT_NO_SUCH_TIME] = "no_such_time",
	[SLOT_OUTSIDE] = "outside", [SLOT_TOO_SOON] = "too_soon", [SLOT_TOO_LATE] = "too_late", [SLOT_NO_BREAK] = "no_break", [SLOT_AT_ONCE] = "at_once" };

static json_t *slot_of(struct answer *a, const struct slot *s)
{
	json_t *o = json_object(), *claims = json_array(), *reasons = json_array();
	for (size_t i = 0; i < s->nclaims; i++)
		json_array_append_new(claims, claim_of(a, &s->claims[i]));
	for (size_t i = 0; i < s->nreasons; i++) {
		json_t *one = json_object();
		json_object_set_new(one, "code", json_string(reason_names[s->reasons[i].code]));
		json_object_set_new(one, "sentence", json_string(slot_reason_text(a->arena, &a->names, &s->reasons[i])));
		json_object_set_new(one, "good", json_boolean(slot_reason_good(&s->reasons[i])));
		json_array_append_new(reasons, one);
	}
	json_object_set_new(o, "day", day_of(a, s->day));
	json_object_set_new(o, "start", time_of(a, s->start));
	json_object_set_new(o, "end", time_of(a, s->end));
	json_object_set_new(o, "score", json_integer(s->score));
	json_object_set_new(o, "claims", claims);
	json_object_set_new(o, "reasons", reasons);
	return o;
}

static json_t *block_of(struct answer *a, const struct slot_block *b)
{
	json_t *o = json_object();
	json_object_set_new(o, "code", json_string(block_names[b->code]));
	json_object_set_new(o, "sentence", text_of(slot_block_text(a->arena, a->db, &a->names, b)));
	json_object_set_new(o, "until", b->until > 0 && b->until < DAY_MINUTES ? time_of(a, b->until) : json_null());
	json_object_set_new(o, "service", json_integer(a->chain.links[b->step].service));
	json_object_set_new(o, "phase", json_integer(b->phase));
	json_object_set_new(o, "staff", id_of(b->staff));
	json_object_set_new(o, "place_class", id_of(b->place_class));
	json_object_set_new(o, "device", id_of(b->device));
	json_object_set_new(o, "appointment", id_of(b->appointment));
	json_object_set_new(o, "absence", id_of(b->absence));
	json_object_set_new(o, "asked", id_of(b->asked));
	if (b->code == SLOT_OUTSIDE && b->window.start < b->window.end) {
		json_object_set_new(o, "window_from", time_of(a, b->window.start));
		json_object_set_new(o, "window_until", time_of(a, b->window.end));
	}
	if (b->code == SLOT_TOO_SOON || b->code == SLOT_TOO_LATE) {
		json_object_set_new(o, "bound_day", day_of(a, b->bound.day));
		json_object_set_new(o, "bound_time", time_of(a, b->bound.minute));
	}
	return o;
}

/* ---- why a time is impossible ---- */

static bool same_block(const struct slot_block *x, const struct slot_block *y)
{
	return x->code == y->code && x->step == y->step && x->staff == y->staff && x->place_class == y->place_class && x->device == y->device && x->until == y->until;
}

struct blocks { struct slot_block at[MOST_WHYS]; size_t n; };

/* Keeps the list in the order of "free again". */
static void add_block(struct blocks *list, const struct slot_block *b)
{
	for (size_t i = 0; i < list->n; i++)
		if (same_block(&list->at[i], b))
			return;
	if (b->code == SLOT_POSSIBLE || list->n == MOST_WHYS)
		return;
	size_t at = list->n++;
	for (; at > 1 && list->at[at - 1].until > b->until; at--)
		list->at[at] = list->at[at - 1];
	list->at[at] = *b;
}

/* What the finder says first; then, for the step that fails, what stands against each of the others who can do it. */
static void find_blocks(struct answer *a, const struct question_time *t, struct blocks *list)
{
	struct slot_block b = slots_why_not(a->arena, &a->world, &a->request, t->day, t->start);
	struct slot_step *failing = &a->chain.steps[b.step];
	struct slot_step as_asked = *failing;
	add_block(list, &b);
	for (size_t i = 0; i < as_asked.ncandidates && !as_asked.only_wished; i++) {
		failing->only_wished = true;
		failing->wished = as_asked.candidates[i].staff;
		struct slot_block other = slots_why_not(a->arena, &a->world, &a->request, t->day, t->start);
		if (other.step == b.step)
			add_block(list, &other);
	}
	*failing = as_asked;
}

static json_t *why_of(struct answer *a, const struct question_time *t)
{
	struct slot slot;
	struct blocks blocks = { .n = 0 };
	json_t *o = json_object(), *list = json_array();
	bool inside = t->day.n >= a->world.from.n && t->day.n < a->world.from.n + a->world.ndays;
	if (!inside) {
		struct slot_world there = hours_world(a->db, t->day, 1);
		there.except = a->world.except;
		there.today = a->world.today;
		there.now = a->world.now;
		a->world = there;
	}
	bool possible = slots_at(a->arena, &a->world, &a->request, t->day, t->start, &slot);
	if (!possible)
		find_blocks(a, t, &blocks);
	for (size_t i = 0; i < blocks.n; i++)
		json_array_append_new(list, block_of(a, &blocks.at[i]));
	json_object_set_new(o, "day", day_of(a, t->day));
	json_object_set_new(o, "start", time_of(a, t->start));
	json_object_set_new(o, "possible", json_boolean(possible));
	if (possible)
		json_object_set_new(o, "slot", slot_of(a, &slot));
	json_object_set_new(o, "blocks", list);
	return o;
}

static json_t *services_of(struct answer *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->chain.n; i++) {
		json_t *o = json_object();
		json_object_set_new(o, "service", json_integer(a->chain.links[i].service));
		json_object_set_new(o, "code", text_of(a->chain.links[i].code));
		json_object_set_new(o, "name", text_of(a->chain.links[i].label));
		json_object_set_new(o, "minutes", json_integer(a->chain.links[i].minutes));
		json_array_append_new(list, o);
	}
	return list;
}

/* ---- rules that contradict the wish on every day ---- */

static bool has_place(const struct slot_world *w, int64_t class)
{
	for (size_t i = 0; i < w->nplaces; i++)
		if (w->places[i].class == class)
			return true;
	return false;
}

static bool has_device(const struct slot_world *w, int64_t device)
{
	for (size_t i = 0; i < w->ndevices; i++)
		if (w->devices[i].id == device && w->devices[i].quantity > 0)
			return true;
	return false;
}

static char *step_contradiction(struct answer *a, size_t i)
{
	const struct slot_step *s = &a->chain.steps[i];
	const char *label = a->chain.links[i].label;
	bool person = false;
	for (size_t k = 0; k < s->nphases; k++) {
		const struct slot_phase *p = &s->phases[k];
		person = person || p->kind == PHASE_ACTIVE;
		if (p->place_class != 0 && !has_place(&a->world, p->place_class))
			return arena_printf(a->arena, _("%s: no place of the class %s is in use."), label,
			    db_one_text(a->db, SQL("SELECT name FROM place_class WHERE id = ?"), B(p->place_class)));
		if (p->device != 0 && p->kind != PHASE_BUFFER && !has_device(&a->world, p->device))
			return arena_printf(a->arena, _("%s: no piece of %s is in use."), label,
			    db_one_text(a->db, SQL("SELECT name FROM device WHERE id = ?"), B(p->device)));
	}
	if (person && s->ncandidates == 0)
		return arena_printf(a->arena, _("%s: nobody does this service."), label);
	if (person && s->only_wished && !can(s, s->wished))
		return arena_printf(a->arena, _("%s: %s does not do this service."), label, staff_name_of(&a->names, s->wished));
	return NULL;
}

static json_t *contradictions(struct answer *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->chain.n; i++) {
		char *sentence = step_contradiction(a, i);
		if (sentence != NULL)
			json_array_append_new(list, json_string(sentence));
	}
	return list;
}

static json_t *whole(struct answer *a)
{
	const struct slots_question *q = a->question;
	struct slots found = slots_find(a->arena, &a->world, &a->request, q->all ? 0 : (size_t)q->best);
	json_t *o = json_object(), *slots = json_array(), *whys = json_array();
	for (size_t i = 0; i < found.n; i++)
		json_array_append_new(slots, slot_of(a, &found.at[i]));
	json_object_set_new(o, "from", day_of(a, a->request.first));
	json_object_set_new(o, "to", day_of(a, a->request.last));
	json_object_set_new(o, "services", services_of(a));
	json_object_set_new(o, "slots", slots);
	json_object_set_new(o, "contradictions", contradictions(a));
	for (size_t i = 0; i < q->nwhy; i++)
		json_array_append_new(whys, why_of(a, &q->why[i]));
	if (q->nwhy > 0)
		json_object_set_new(o, "why", whys);
	else
		json_decref(whys);
	return o;
}

json_t *slots_answer(struct db *db, const struct slots_question *q, const struct slots_moment *m, const char **error_r)
{
	struct answer *a = arena_new_of(db_arena(db), struct answer);
	*a = (struct answer){ .arena = db_arena(db), .db = db, .question = q, .names = { .at_start = -1 } };
	booking_names(db, &a->names);
	if (q->customer != 0 && db_one(db, SQL("SELECT id FROM customer WHERE id = ?"), B(q->customer)) == NONE)
		a->error = arena_printf(a->arena, _("customer: there is none with the number %lld."), (long long)q->customer);
	json_t *answer = a->error == NULL && load_chain(a) && load_window(a, m) ? whole(a) : NULL;
	*error_r = a->error;
	return answer;
}
