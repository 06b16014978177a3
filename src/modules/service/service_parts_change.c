#include "modules/service/service_parts_change.h"
#include "base/text.h"
#include "modules/resource/resource.h"
#include "modules/service/service.h"

/* One line of the form: what was typed, and what it means. */
struct phase_line { const char *name, *minutes; bool used; struct service_phase phase; };
struct doer { int64_t staff; str name; const char *extra, *price; bool does; int64_t extra_minutes; money own_price; };
struct parts {
	struct phase_line lines[SERVICE_PHASES];
	struct { struct doer *at; size_t n, cap; } doers;
};

static const char *key_of(struct form *form, const char *stem, long long n)
{
	return arena_printf(form->from.arena, "%s%lld", stem, n);
}

static const char *numbered(struct form *form, const char *stem, long long n)
{
	return form_get(form, key_of(form, stem, n));
}

/* What is in the database, as lines of a form. */
static struct parts *load(struct form *form)
{
	struct arena *a = form->from.arena;
	struct parts *parts = arena_new_of(a, struct parts);
	struct service_phase phases[SERVICE_PHASES];
	size_t n = form_id(form) ? service_phases(form->from.db, form_id(form), phases) : 0;
	for (size_t i = 0; i < n; i++)
		parts->lines[i] = (struct phase_line){
			.name = phases[i].name, .minutes = arena_printf(a, "%lld", (long long)phases[i].length.min), .used = true,
			.phase = phases[i],
		};
	struct query q = db_query(form->from.db, SQL("SELECT s.id, s.name, d.staff, d.extra_minutes, d.price FROM staff s "
	    "LEFT JOIN staff_service d ON d.staff = s.id AND d.service = ? WHERE s.active = 1 AND s.in_book = 1 ORDER BY s.sort, s.name"),
	    B(form_id(form)));
	while (db_step(&q)) {
		struct doer d = { .staff = db_int(&q, 0), .name = db_text(&q, 1), .does = form_id(form) == 0 || !db_null(&q, 2),
		    .extra_minutes = db_null(&q, 3) ? 0 : db_int(&q, 3), .own_price = db_money(&q, 4) };
		d.extra = d.extra_minutes ? arena_printf(a, "%+lld", (long long)d.extra_minutes) : "";
		d.price = money_text(a, d.own_price);
		*arena_push(a, &parts->doers) = d;
	}
	return parts;
}

static ref read_ref(struct form *form, const char *stem, long long n, const struct field *options)
{
	const struct entity_option *offered;
	int64_t id;
	const char *typed = numbered(form, stem, n);
	if (text_empty(typed))
		return (ref){ 0 };
	size_t count = read_int(typed, &id) ? entity_options(form->from.db, options, id, &offered) : 0;
	for (size_t i = 0; i < count; i++)
		if (offered[i].id == id)
			return (ref){ id };
	form_error(form, key_of(form, stem, n), _("Phase %lld: please choose from the list."), n);
	return (ref){ 0 };
}

static const struct field class_options = { .name = "class", .kind = FIELD_REF, .to = &place_class_entity };
static const struct field device_options = { .name = "device", .kind = FIELD_REF, .to = &device_entity };

static void read_minutes_of(struct form *form, struct phase_line *line, long long n)
{
	struct arena *a = form->from.arena;
	const char *who = text_empty(line->name) ? arena_printf(a, _("Phase %lld"), n) : line->name;
	const char *key = key_of(form, "minutes", n);
	int64_t value;
	if (text_empty(line->minutes))
		form_error(form, key, _("%s: the minutes are still missing."), who);
	else if (!read_int(line->minutes, &value))
		form_error(form, key, _("%s: a whole number, please, not “%s”."), who, text_cut(a, line->minutes, 40));
	else if (value < 5 || value > 720 || value % 5 != 0)
		form_error(form, key, _("%s: 5 to 720 minutes in steps of 5, not “%s”."), who, text_cut(a, line->minutes, 40));
	else
		line->phase.length = (minutes){ value };
}

static void read_line(struct form *form, struct phase_line *line, long long n)
{
	int64_t kind;
	const char *name = numbered(form, "name", n), *kind_typed = numbered(form, "kind", n);
	*line = (struct phase_line){ .minutes = numbered(form, "minutes", n) };
	line->name = text_empty(name) ? NULL : text_clean(form->from.arena, name, false);
	bool cleared = text_empty(line->minutes) || text_equal(line->minutes, "0");
	if (cleared && line->name == NULL)           /* an empty line is no phase */
		return;
	line->used = true;
	if (!read_int(kind_typed, &kind) || kind < PHASE_ACTIVE || kind > PHASE_BUFFER)
		form_error(form, key_of(form, "kind", n), _("Phase %lld: please choose from the list."), n), kind = 0;
	line->phase = (struct service_phase){ .kind = (enum phase_kind)kind, .name = line->name,
	    .place_class = read_ref(form, "class", n, &class_options), .device = read_ref(form, "device", n, &device_options) };
	if (line->name != NULL && text_length(line->name) > 60)
		form_error(form, key_of(form, "name", n), _("Phase %lld: at most 60 characters."), n);
	read_minutes_of(form, line, n);
}

static void read_doer(struct form *form, struct doer *d)
{
	struct arena *a = form->from.arena;
	long long id = d->staff;
	*d = (struct doer){ .staff = d->staff, .name = d->name, .does = numbered(form, "does", id) != NULL,
	    .extra = numbered(form, "extra", id), .price = numbered(form, "price", id), .own_price = { NONE } };
	if (!d->does)
		return;
	const char *digits = d->extra && *d->extra == '+' ? d->extra + 1 : d->extra;
	if (!text_empty(digits) && (!read_int(digits, &d->extra_minutes) || d->extra_minutes % 5 != 0 ||
	    d->extra_minutes < -600 || d->extra_minutes > 600))
		form_error(form, key_of(form, "extra", id), _("%s: minutes more or less in steps of 5, like +15, not “%s”."), d->name,
		    text_cut(a, d->extra, 40));
	if (!text_empty(d->price) && (!read_money(d->price, &d->own_price) || d->own_price.cents < 0))
		form_error(form, key_of(form, "price", id), _("%s: an amount like 24.50, please, not “%s”."), d->name,
		    text_cut(a, d->price, 40));
}

void service_parts_read(struct form *form)
{
	struct parts *parts = form->extra = load(form);
	for (size_t i = 0; i < SERVICE_PHASES; i++)
		read_line(form, &parts->lines[i], (long long)i + 1);
	for (size_t i = 0; i < parts->doers.n; i++)
		read_doer(form, &parts->doers.at[i]);
}

void service_parts_check(struct form *form)
{
	const struct parts *parts = form->extra;
	for (size_t i = 0; i < SERVICE_PHASES; i++)
		if (parts->lines[i].used && parts->lines[i].phase.kind == PHASE_ACTIVE)
			return;
	form_error(form, "minutes1", _("Phases: at least one active phase is needed, with its minutes."));
}

static int64_t save_phases(struct db *db, int64_t service, const struct parts *parts)
{
	int64_t seq = 0;
	for (size_t i = 0; i < SERVICE_PHASES; i++) {
		const struct service_phase *p = &parts->lines[i].phase;
		if (!parts->lines[i].used)
			continue;
		db_run(db, SQL("INSERT INTO service_phase(service, seq, kind, name, minutes, place_class, device) VALUES (?, ?, ?, ?, ?, ?, ?) "
		    "ON CONFLICT(service, seq) DO UPDATE SET kind = excluded.kind, name = excluded.name, minutes = excluded.minutes, "
		    "place_class = excluded.place_class, device = excluded.device"),
		    B(service), B(seq), B((int)p->kind), B(p->name), B(p->length), B(p->place_class), B(p->device));
		seq++;
	}
	return seq;
}

void service_parts_save(struct form *form)
{
	struct db *db = form->from.db;
	const struct parts *parts = form->extra;
	int64_t service = form_id(form), n = save_phases(db, service, parts);
	db_run(db, SQL("DELETE FROM service_phase WHERE service = ? AND seq >= ?"), B(service), B(n));
	for (size_t i = 0; i < parts->doers.n; i++) {
		const struct doer *d = &parts->doers.at[i];
		if (d->does)
			db_run(db, SQL("INSERT INTO staff_service(staff, service, extra_minutes, price) VALUES (?, ?, ?, ?) "
			    "ON CONFLICT(staff, service) DO UPDATE SET extra_minutes = excluded.extra_minutes, price = excluded.price"),
			    B(d->staff), B(service), B(d->extra_minutes), B(d->own_price));
		else
			db_run(db, SQL("DELETE FROM staff_service WHERE staff = ? AND service = ?"), B(d->staff), B(service));
	}
}

static str phase_text(struct form *form, const struct service_phase *p)
{
	struct arena *a = form->from.arena;
	str class = p->place_class.id > 0 ? entity_title(form->from.db, &place_class_entity, p->place_class.id) : NULL;
	str device = p->device.id > 0 ? entity_title(form->from.db, &device_entity, p->device.id) : NULL;
	return arena_printf(a, "%s%s%s %lld′%s%s%s%s", p->name ? p->name : "", p->name ? ", " : "", service_phase_word(p->kind), (long long)p->length.min,
	    class ? ", " : "", class ? class : "", device ? ", " : "", device ? device : "");
}

void service_parts_lines(struct form *form, bool typed, struct form_lines *lines)
{
	const struct parts *parts = typed ? form->extra : load(form);
	struct arena *a = form->from.arena;
	long long n = 0;
	for (size_t i = 0; i < SERVICE_PHASES; i++)
		if (parts->lines[i].used)
			form_line(form, lines, arena_printf(a, _("Phase %lld"), ++n), phase_text(form, &parts->lines[i].phase));
	for (size_t i = 0; i < parts->doers.n; i++) {
		const struct doer *d = &parts->doers.at[i];
		const char *price = d->own_price.cents != NONE ? money_text(a, d->own_price) : "";
		if (d->does)
			form_line(form, lines, d->name, arena_printf(a, "%s %+lld′ %s", _("does it"), (long long)d->extra_minutes, price));
	}
}

/* The colour of the chosen group, for the preview. */
static str style_of(struct form *form)
{
	const struct service *s = form->record;
	str style = db_one_text(form->from.db, SQL("SELECT style FROM service_group WHERE id = ?"), B(s->service_group));
	return style ? style : "schnitt";
}

/* How many lines to show: what is there and two empty ones. */
static size_t lines_shown(const struct parts *parts)
{
	size_t n = 0;
	for (size_t i = 0; i < SERVICE_PHASES; i++)
		if (parts->lines[i].used)
			n = i + 1;
	return n + 2 > SERVICE_PHASES ? SERVICE_PHASES : n + 2;
}

#include "gen/modules/service/service_parts.html.h"
