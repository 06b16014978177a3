#include "programs/kontor_slots.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include "rules/rules.h"
#include <string.h>

struct reader { struct arena *arena; struct slots_question *q; const char *error; };

/* A value as it stands in the question, for the sentence. */
static char *shown(struct reader *r, const json_t *v)
{
	char text[64];
	size_t n = json_dumpb(v, text, sizeof text, JSON_ENCODE_ANY | JSON_COMPACT);
	if (n <= sizeof text)
		return text_clean(r->arena, arena_copy(r->arena, text, n), false);
	return arena_printf(r->arena, "%s", json_is_array(v) ? "[…]" : json_is_object(v) ? "{…}" : "…");
}

static bool refuse(struct reader *r, const char *key, const json_t *v, const char *wanted)
{
	r->error = arena_printf(r->arena, _("%s: %s, please, not %s."), key, wanted, shown(r, v));
	return false;
}

static bool read_number(struct reader *r, const char *key, const json_t *v, int64_t least, int64_t most, int64_t *to)
{
	if (!json_is_integer(v) || json_integer_value(v) < least || json_integer_value(v) > most)
		return refuse(r, key, v, arena_printf(r->arena, _("a whole number from %lld to %lld"), (long long)least, (long long)most));
	*to = json_integer_value(v);
	return true;
}

static bool read_int_into(struct reader *r, const char *key, const json_t *v, int most, int *to)
{
	int64_t n;
	if (!read_number(r, key, v, 0, most, &n))
		return false;
	*to = (int)n;
	return true;
}

/* A name, a short code or a number. */
static bool read_name(struct reader *r, const char *key, const json_t *v, str *to)
{
	if (json_is_integer(v) && json_integer_value(v) > 0)
		*to = arena_printf(r->arena, "%lld", (long long)json_integer_value(v));
	else if (json_is_string(v) && json_string_length(v) > 0 && json_string_length(v) <= 80 && strlen(json_string_value(v)) == json_string_length(v))
		*to = arena_text(r->arena, json_string_value(v));
	else
		return refuse(r, key, v, _("a short code, a name or a number"));
	return true;
}

static bool read_date(struct reader *r, const char *key, const json_t *v, day *to)
{
	return (json_is_string(v) && date_from_iso(json_string_value(v), to)) || refuse(r, key, v, _("a day like “2026-11-23”"));
}

static bool read_time(struct reader *r, const char *key, const json_t *v, int *to)
{
	daytime t;
	if (!json_is_string(v) || strchr(json_string_value(v), ':') == NULL || !read_daytime(json_string_value(v), &t))
		return refuse(r, key, v, _("a time like “14:30”"));
	*to = (int)t.min;
	return true;
}

static bool read_who(struct reader *r, const json_t *object, struct question_who *who)
{
	const json_t *only = json_object_get(object, "only"), *preferred = json_object_get(object, "preferred");
	if (only != NULL && preferred != NULL) {
		r->error = _("only, preferred: one of the two, please.");
		return false;
	}
	who->only = only != NULL;
	if (only != NULL)
		return read_name(r, "only", only, &who->staff);
	return preferred == NULL || read_name(r, "preferred", preferred, &who->staff);
}

static bool known_keys(struct reader *r, const json_t *object, const char *const *keys, size_t n)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)object, key, value) {
		size_t i = 0;
		while (i < n && strcmp(keys[i], key) != 0)
			i++;
		if (i < n)
			continue;
		r->error = arena_printf(r->arena, _("“%s” is not known here."), text_cut(r->arena, text_clean(r->arena, key, false), 40));
		return false;
	}
	return true;
}

static bool read_service(struct reader *r, const json_t *v)
{
	static const char *const keys[] = { "service", "only", "preferred", "beside" };
	struct question_service *s = &r->q->services[r->q->nservices++];
	if (!json_is_object(v))
		return read_name(r, "services", v, &s->name);
	const json_t *name = json_object_get(v, "service"), *beside = json_object_get(v, "beside");
	if (name == NULL)
		return refuse(r, "services", v, _("{\"service\": …}"));
	if (beside != NULL && !json_is_boolean(beside))
		return refuse(r, "beside", beside, _("true or false"));
	s->beside = json_is_true(beside);
	return known_keys(r, v, keys, COUNT(keys)) && read_name(r, "service", name, &s->name) && read_who(r, v, &s->who);
}

static bool read_services(struct reader *r, const json_t *v)
{
	size_t n = json_array_size(v);
	if (n == 0 || n > QUESTION_SERVICES)
		return refuse(r, "services", v, arena_printf(r->arena, _("a list of 1 to %d services"), (int)QUESTION_SERVICES));
	for (size_t i = 0; i < n; i++)
		if (!read_service(r, json_array_get(v, i)))
			return false;
	return true;
}

static bool read_weekday(struct reader *r, const json_t *v)
{
	static const char *const names[] = { "mo", "di", "mi", "do", "fr", "sa", "so" };
	int64_t n = json_is_integer(v) ? json_integer_value(v) : 0;
	for (size_t i = 0; json_is_string(v) && i < COUNT(names); i++)
		if (strcmp(names[i], json_string_value(v)) == 0)
			n = (int64_t)i + 1;
	if (n < 1 || n > 7)
		return refuse(r, "weekdays", v, _("days from “mo” to “so” or from 1 to 7"));
	r->q->weekdays |= 1u << (unsigned)n;
	return true;
}

static bool read_weekdays(struct reader *r, const json_t *v)
{
	if (!json_is_array(v))
		return refuse(r, "weekdays", v, _("a list"));
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!read_weekday(r, json_array_get(v, i)))
			return false;
	return true;
}

static bool read_moment(struct reader *r, const char *key, const json_t *v, struct question_time *t)
{
	const char *text = json_is_string(v) ? json_string_value(v) : "";
	daytime at;
	if (strlen(text) < 14 || (text[10] != ' ' && text[10] != 'T') || !date_from_iso(arena_copy(r->arena, text, 10), &t->day) || !read_daytime(text + 11, &at))
		return refuse(r, key, v, _("a day and a time like “2026-11-23 14:30”"));
	t->start = (int)at.min;
	return true;
}

static bool read_one_why(struct reader *r, const json_t *v)
{
	struct question_time *t = &r->q->why[r->q->nwhy++];
	if (!read_moment(r, "why", v, t))
		return false;
	if (t->start % RASTER != 0 || t->start >= DAY_MINUTES)
		return refuse(r, "why", v, _("a time in steps of five minutes"));
	return true;
}

static bool read_why(struct reader *r, const json_t *v)
{
	if (!json_is_array(v))
		return read_one_why(r, v);
	if (json_array_size(v) > QUESTION_WHY)
		return refuse(r, "why", v, arena_printf(r->arena, _("at most %d times"), (int)QUESTION_WHY));
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!read_one_why(r, json_array_get(v, i)))
			return false;
	return true;
}

static bool read_best(struct reader *r, const json_t *v)
{
	int64_t n;
	r->q->all = json_is_string(v) && strcmp(json_string_value(v), "all") == 0;
	if (r->q->all)
		return true;
	if (!json_is_integer(v))
		return refuse(r, "best", v, _("a number or “all”"));
	bool good = read_number(r, "best", v, 1, QUESTION_BEST, &n);
	r->q->best = good ? (int)n : 0;
	return good;
}

static bool read_customer(struct reader *r, const json_t *v) { return read_number(r, "customer", v, 1, INT64_MAX, &r->q->customer); }
static bool read_except(struct reader *r, const json_t *v) { return read_number(r, "except", v, 1, INT64_MAX, &r->q->except); }
static bool read_from(struct reader *r, const json_t *v) { return read_date(r, "from", v, &r->q->from); }
static bool read_to(struct reader *r, const json_t *v) { return read_date(r, "to", v, &r->q->to); }
static bool read_earliest(struct reader *r, const json_t *v) { return read_time(r, "earliest", v, &r->q->earliest); }
static bool read_latest(struct reader *r, const json_t *v) { return read_time(r, "latest", v, &r->q->latest); }
static bool read_done_by(struct reader *r, const json_t *v) { return read_time(r, "done_by", v, &r->q->done_by); }
static bool read_not_before(struct reader *r, const json_t *v) { return read_moment(r, "not_before", v, &r->q->not_before); }
static bool read_not_after(struct reader *r, const json_t *v) { return read_moment(r, "not_after", v, &r->q->not_after); }
static bool read_lead(struct reader *r, const json_t *v) { return read_int_into(r, "lead", v, 366 * DAY_MINUTES, &r->q->lead); }

static const struct { const char *name; bool (*read)(struct reader *, const json_t *); } keys[] = {
	{ "services", read_services }, { "customer", read_customer }, { "except", read_except }, { "from", read_from }, { "to", read_to },
	{ "weekdays", read_weekdays }, { "earliest", read_earliest }, { "latest", read_latest }, { "done_by", read_done_by },
	{ "lead", read_lead }, { "not_before", read_not_before }, { "not_after", read_not_after }, { "best", read_best }, { "why", read_why }, { "only", NULL }, { "preferred", NULL },
};

static bool read_object(struct reader *r, const json_t *root)
{
	const char *names[COUNT(keys)];
	for (size_t i = 0; i < COUNT(keys); i++)
		names[i] = keys[i].name;
	if (!json_is_object(root))
		return refuse(r, _("question"), root, _("{\"services\": [ … ]}"));
	if (!known_keys(r, root, names, COUNT(names)) || !read_who(r, root, &r->q->who))
		return false;
	for (size_t i = 0; i < COUNT(keys); i++) {
		const json_t *v = json_object_get(root, keys[i].name);
		if (v != NULL && keys[i].read != NULL && !keys[i].read(r, v))
			return false;
	}
	if (r->q->nservices == 0)
		r->error = _("services: still missing.");
	return r->error == NULL;
}

const char *slots_question_read(struct arena *a, const char *bytes, size_t n, struct slots_question *q)
{
	struct reader r = { .arena = a, .q = q };
	json_error_t wrong;
	*q = (struct slots_question){ .from = { NONE }, .to = { NONE }, .best = 3, .not_before = { { NONE }, 0 }, .not_after = { { NONE }, 0 } };
	json_t *root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &wrong);
	if (root == NULL)
		return arena_printf(a, _("The question is no JSON: line %d, column %d."), wrong.line, wrong.column);
	(void)read_object(&r, root);
	json_decref(root);
	return r.error;
}
