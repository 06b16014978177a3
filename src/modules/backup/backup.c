#include "modules/backup/backup.h"
#include "base/date.h"
#include "base/text.h"
#include "web/icon.h"
#include "web/record.h"

enum { HOUR = 3600, DAY = 24 * HOUR };

static const struct choice kinds[] = { { 0, "disk", N_("Second disk or folder") }, { 0, "stick", N_("USB stick") }, { 0, "nas", N_("Network storage (NAS)") } };

#define ENTITY struct backup_target
static const struct field fields[] = {
	TEXT  (name,   .label = N_("Name"), .max = 60, .placeholder = N_("Blue stick"), .flags = REQUIRED | LISTED | SEARCHED),
	CHOICE(kind,   .label = N_("Kind"), .flags = REQUIRED | LISTED, CHOICES(kinds), .initial_text = "disk"),
	TEXT  (folder, .label = N_("Folder"), .max = 300, .placeholder = "/media/stick", .flags = REQUIRED | LISTED,
	    .hint = N_("Where it lies when it is plugged in or mounted. A folder “Kontor-Sicherung” is made in it.")),
	YESNO (active, .label = N_("In use"), .initial = 1),
};
const struct entity backup_target_entity = {
	.name = "backup_target", .path = "/backup/target", .section = "settings", .one = N_("Target of backups"), .many = N_("Targets of backups"),
	.add = N_("New target"), .save = N_("Save target"), .none = N_("No target of backups yet."),
	.note = N_("What lies there already stays there, even if the target is removed here."), .see = ROLE_RECEPTION, .change = ROLE_OWNER,
	ENTITY_FIELDS(fields),
};

/* ---- what the page and the lamp say ---- */

static const char *when(const struct request *r, instant at)
{
	day d;
	daytime t;
	struct out o = { .arena = r->arena };
	zone_local(at, &d, &t);
	if (d.n == r->today.n)
		return arena_printf(r->arena, _("today %s"), daytime_text(r->arena, t));
	if (d.n == r->today.n - 1)
		return arena_printf(r->arena, _("yesterday %s"), daytime_text(r->arena, t));
	out_instant(&o, at);
	return o.s;
}

static const char *size_text(struct arena *a, int64_t bytes)
{
	const char *unit = bytes < 1000000 ? "kB" : bytes < 1000000000 ? "MB" : "GB";
	int64_t of = bytes < 1000000 ? 1000 : bytes < 1000000000 ? 1000000 : 1000000000, tenths = (bytes * 10 + of / 2) / of;
	if (tenths >= 1000 || tenths % 10 == 0)
		return arena_printf(a, "%lld %s", (long long)(tenths / 10), unit);
	return arena_printf(a, lang_current() == LANG_DE ? "%lld,%lld %s" : "%lld.%lld %s", (long long)(tenths / 10), (long long)(tenths % 10), unit);
}

struct target { struct backup_target is; const struct backup_went *went; const char *sentence; bool late; };
struct overview {
	struct { struct target *at; size_t n, cap; } targets;
	struct backup_state state;
	instant newest;                     /* the last success anywhere; s = 0: none */
	instant sheet; str sheet_by;        /* when the recovery sheet was read back; s = 0: never */
};

static const char *sentence_of(const struct request *r, const struct target *t)
{
	const struct backup_went *w = t->went;
	if (w == NULL)
		return _("The first backup comes within the next minute.");
	int64_t days = (r->now.s - w->good.s) / DAY;
	if (text_equal(t->is.kind, "stick") && w->fault != NULL && w->good.s != 0)
		return days < 1 ? _("The stick is not plugged in.") : arena_printf(r->arena, P_("No stick for %d day.", "No stick for %d days.", days), (int)days);
	return w->fault != NULL ? w->fault : w->warning;
}

static void load(struct request *r, struct overview *v)
{
	*v = (struct overview){ 0 };
	backup_state_read(r->arena, backup_data_folder(r->arena, r->db), &v->state);
	struct query q = db_query(r->db, SQL("SELECT id, name, kind, folder FROM backup_target WHERE active = 1 ORDER BY name"));
	while (db_step(&q)) {
		struct target *t = arena_push(r->arena, &v->targets);
		*t = (struct target){ .is = { .id = db_int(&q, 0), .name = db_text(&q, 1), .kind = db_text(&q, 2), .folder = db_text(&q, 3) } };
		t->went = backup_state_of(&v->state, t->is.id);
		if (t->went != NULL && t->went->good.s > v->newest.s)
			v->newest = t->went->good;
		int64_t patience = text_equal(t->is.kind, "stick") ? BACKUP_STICK_DAYS * DAY : BACKUP_LATE_HOURS * HOUR;
		t->late = t->went != NULL && (r->now.s - t->went->good.s >= patience || (t->went->fault != NULL && !text_equal(t->is.kind, "stick")));
		t->sentence = sentence_of(r, t);
	}
	q = db_query(r->db, SQL("SELECT b.at, s.name FROM backup_sheet b JOIN staff s ON s.id = b.staff ORDER BY b.id DESC LIMIT 1"));
	if (db_step(&q)) {
		v->sheet = db_instant(&q, 0);
		v->sheet_by = db_text(&q, 1);
	}
	db_done(&q);
}

enum light { LIGHT_GOOD, LIGHT_LOOK, LIGHT_ACT };
struct lamp { enum light light; const char *word, *title; };

static bool unproven(const struct request *r, const struct overview *v)
{
	return v->newest.s != 0 && (v->state.fault != NULL || v->state.proven.s == 0 || r->now.s - v->state.proven.s >= BACKUP_PROVEN_DAYS * DAY);
}

static const char *proven_text(const struct request *r, const struct overview *v)
{
	if (v->state.proven.s == 0)
		return _("A restore was not proven yet.");
	return arena_printf(r->arena, _("Restore last proven: %s"), when(r, v->state.proven));
}

static struct lamp lamp_of(const struct request *r, const struct overview *v)
{
	const char *title = v->state.fault != NULL ? v->state.fault : proven_text(r, v);
	if (v->targets.n == 0)
		return (struct lamp){ LIGHT_LOOK, _("still missing"), _("No target of backups yet.") };
	if (v->newest.s == 0)
		return (struct lamp){ LIGHT_LOOK, _("still missing"), v->targets.at[0].sentence };
	if (v->state.fault != NULL || (v->state.proven.s != 0 && unproven(r, v)))
		return (struct lamp){ LIGHT_ACT, _("not proven"), title };
	if (r->now.s - v->newest.s >= BACKUP_LATE_HOURS * HOUR)
		return (struct lamp){ LIGHT_ACT, when(r, v->newest), title };
	for (size_t i = 0; i < v->targets.n; i++)
		if (v->targets.at[i].late)
			return (struct lamp){ LIGHT_LOOK, v->targets.at[i].is.name, v->targets.at[i].sentence };
	if (v->sheet.s == 0)
		return (struct lamp){ LIGHT_LOOK, _("recovery sheet missing"), _("Without the recovery sheet nobody can bring the backups back.") };
	return (struct lamp){ LIGHT_GOOD, when(r, v->newest), title };
}

#include "gen/modules/backup/backup.html.h"

static void lamp(struct request *r, struct out *o)
{
	struct overview v;
	if (r->role < ROLE_RECEPTION)
		return;
	load(r, &v);
	lamp_html(o, lamp_of(r, &v));
}

static void page_backup(struct request *r, const struct route *route)
{
	struct overview v;
	(void)route;
	load(r, &v);
	page_begin(r, &(struct page){ .title = _("Data backup"), .section = "settings", .main_class = "sheet" });
	overview_html(&r->page, r, &v);
	page_end(r);
}

static const struct route routes[] = {
	{ "GET", "/backup", page_backup, .role = ROLE_RECEPTION },
	{ "GET", "/backup/target", record_list, .role = ROLE_RECEPTION, .entity = &backup_target_entity },
};
static const struct entity *const entities[] = { &backup_target_entity };
const struct module backup_module = { .name = "backup", ROUTES(routes), .entities = entities, .nentities = COUNT(entities), .lamp = lamp };
