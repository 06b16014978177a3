/* plan_event.c: calendar dates as appointments, absences and birthdays. What a title means is guessed from the shop's own
 * names; what is not recognised stays as the appointment's label, word for word. */
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/plan.h"
#include <string.h>

enum { MAX_WORDS = 24 };
struct title { char *folded; const char *words[MAX_WORDS]; bool used[MAX_WORDS]; size_t n; };

/* Folded; absence kinds as in the schema. The first that occurs counts. */
static const struct { const char *word; int kind; } absences[] = {
	{ "kind krank", 2 }, { "urlaub", 0 }, { "ferien", 0 }, { "vacation", 0 }, { "krank", 1 }, { "sick", 1 }, { "berufsschule", 3 },
	{ "schule", 3 }, { "fortbildung", 4 }, { "seminar", 4 }, { "schulung", 4 }, { "messe", 4 }, { "zeitausgleich", 5 }, { "frei", 5 }, { "abwesend", 6 },
};
static const char *const block_words[] = { "pause", "mittag", "mittagspause", "besprechung", "teambesprechung", "meeting", "putzen", "inventur", "vertreter", "privat" };
static const char *const closed_words[] = { "betriebsferien", "betriebsurlaub", "geschlossen", "feiertag" };

static struct title split(struct plan *p, const char *s)
{
	struct title t = { .folded = text_fold(p->arena, s == NULL ? "" : s) };
	char *copy = arena_text(p->arena, t.folded);
	for (char *at = copy; *at != '\0' && t.n < MAX_WORDS;) {
		at += strspn(at, " ,;:/+&-()!?\"|\n");
		size_t n = strcspn(at, " ,;:/+&-()!?\"|\n");
		if (n == 0)
			break;
		t.words[t.n++] = at;
		at += n;
		if (*at != '\0')
			*at++ = '\0';
	}
	return t;
}

static bool has_word(const struct title *t, const char *word)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->words[i], word) == 0)
			return true;
	return false;
}

static bool any_of(const struct title *t, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has_word(t, words[i]))
			return true;
	return false;
}

/* "Anna Kerber" and "Kerber Anna" before a last name that only one customer has. */
static int64_t guess_customer(struct plan *p, struct title *t)
{
	for (size_t i = 0; i + 1 < t->n; i++) {
		int64_t at = lookup_get(&p->by_full, arena_printf(p->arena, "%s %s", t->words[i], t->words[i + 1]));
		if (at >= 0) {
			t->used[i] = t->used[i + 1] = true;
			return at;
		}
	}
	for (size_t i = 0; i < t->n; i++) {
		int64_t at = lookup_get(&p->by_word, t->words[i]);
		if (at >= 0 && strlen(t->words[i]) > 2) {
			t->used[i] = true;
			return at;
		}
	}
	return -1;
}

static bool use_run(struct title *t, const char *run, size_t words)
{
	for (size_t i = 0; i + words <= t->n; i++) {
		const char *at = run;
		size_t k = 0;
		for (; k < words; k++) {
			at += strspn(at, " ,;:/+&-()");
			size_t n = strlen(t->words[i + k]);
			if (t->used[i + k] || strncmp(at, t->words[i + k], n) != 0 || (at[n] != '\0' && strchr(" ,;:/+&-()", at[n]) == NULL))
				break;
			at += n;
		}
		if (k < words || at[strspn(at, " ,;:/+&-()")] != '\0')
			continue;
		while (k-- > 0)
			t->used[i + k] = true;
		return true;
	}
	return false;
}

/* A short code stands beside a name: "Kerber hsc". In a sentence the same letters are a word, and some always may be. */
static bool may_be_code(const struct title *t, const char *code)
{
	static const char *const everyday[] = { "ab", "an", "auf", "aus", "bar", "bei", "bis", "man", "mit", "rein", "uhr", "um", "vor", "zu" };
	size_t others = 0;
	for (size_t i = 0; i < t->n; i++)
		others += !t->used[i] && strcmp(t->words[i], code) != 0;
	for (size_t i = 0; i < COUNT(everyday); i++)
		if (strcmp(everyday[i], code) == 0)
			return others == 0;
	return others <= 2;
}

/* A whole name (the longest), a short code, or a word that only one service's name has. */
static int64_t guess_service(struct plan *p, struct title *t)
{
	for (size_t words = MAX_WORDS; words > 0; words--)
		for (size_t i = 0; i < p->services.n; i++)
			if (split(p, p->services.at[i].name).n == words && use_run(t, p->services.at[i].folded, words))
				return (int64_t)i;
	for (size_t i = 0; i < p->services.n; i++)
		if (p->services.at[i].short_name != NULL && may_be_code(t, p->services.at[i].short_name) && use_run(t, p->services.at[i].short_name, 1))
			return (int64_t)i;
	for (size_t w = 0; w < t->n; w++) {
		int64_t found = -1;
		size_t hits = 0;
		for (size_t i = 0; i < p->services.n && !t->used[w] && strlen(t->words[w]) > 3; i++) {
			struct title name = split(p, p->services.at[i].name);
			if (has_word(&name, t->words[w])) {
				found = (int64_t)i;
				hits++;
			}
		}
		if (hits == 1) {
			t->used[w] = true;
			return found;
		}
	}
	return -1;
}

/* The same titles come again and again. */
static int64_t known_service(struct plan *p, struct lookup *seen, struct title *t)
{
	int64_t before = lookup_first(seen, t->folded);
	if (before == LOOKUP_NONE) {
		before = guess_service(p, t) + 1;
		lookup_put(seen, t->folded, before);
	}
	return before - 1;
}

static int64_t staff_named(struct plan *p, const char *text)
{
	if (text_empty(text))
		return 0;
	struct title t = split(p, text);
	int64_t found = 0;
	for (size_t i = 0; i < p->staff.n; i++) {
		struct title name = split(p, p->staff.at[i].name);
		bool hit = false;
		for (size_t k = 0; k < name.n; k++)
			hit = hit || (strlen(name.words[k]) > 2 && has_word(&t, name.words[k]));
		if (hit && found != 0)
			return 0;                            /* two of them: better none than the wrong one */
		if (hit)
			found = p->staff.at[i].id;
	}
	return found;
}

struct guess { struct plan *p; const char *file; int64_t file_staff, fallback; struct lookup people, services; };

/* Who is with the customer: attendees, the calendar's name, the file's name, else the owner, which is said. */
static int64_t guess_staff(struct guess *g, const struct found_event *e)
{
	struct plan *p = g->p;
	int64_t staff = 0;
	if (e->people != NULL) {
		staff = lookup_first(&g->people, e->people);
		if (staff == LOOKUP_NONE) {
			staff = staff_named(p, e->people);
			lookup_put(&g->people, e->people, staff);
		}
	}
	if (staff != 0)
		return staff;
	if (g->file != e->file) {
		g->file = e->file;
		g->file_staff = staff_named(p, e->calendar);
		if (g->file_staff == 0)
			g->file_staff = staff_named(p, e->file);
		if (g->file_staff == 0 && p->staff.n > 1)
			found_note(p->found, _("%s: nobody's name stands in the calendar's or the file's name. Its appointments go to the owner."), e->file);
	}
	if (g->file_staff == 0)
		p->guessed_staff++;
	return g->file_staff != 0 ? g->file_staff : g->fallback;
}

static int64_t owner(const struct plan *p)
{
	int64_t id = 0;
	int role = 0;
	for (size_t i = 0; i < p->staff.n; i++)
		if (p->staff.at[i].role > role) {
			role = p->staff.at[i].role;
			id = p->staff.at[i].id;
		}
	return id;
}

static bool is_birthday(const struct found_event *e, const struct title *t)
{
	return e->all_day && (strstr(t->folded, "geburtstag") != NULL || strstr(t->folded, "birthday") != NULL || has_word(t, "geb.") ||
	    (e->summary != NULL && strstr(e->summary, "🎂") != NULL));
}

static void birthday(struct plan *p, const struct found_event *e, struct title *t)
{
	struct found *f = p->found;
	for (size_t i = 0; i < t->n; i++) {                  /* "Annas Geburtstag", "Anna Kerber's birthday" */
		char *apostrophe = strpbrk(t->words[i], "'");
		if (apostrophe != NULL)
			*apostrophe = '\0';
	}
	int64_t at = guess_customer(p, t);
	if (at < 0) {
		found_lost(f, e->file, e->line, e->summary, _("This is a birthday, but no customer of this name is known. It was left out."));
		return;
	}
	struct plan_customer *c = &p->customers.at[at];
	if (c->is.birthday.n != NONE)
		return;
	struct civil date = date_civil(e->day);
	bool year = e->yearly && e->first_year > 1904 && e->first_year < date_civil(p->today).year - 10;
	if (!year && date.month == 2 && date.day == 29)
		date.year = 1904;
	c->is.birthday = date_day(year ? date.year : 1904, date.month, date.day);
	c->is.birthday_year = year;
	c->changed = true;
	p->birthdays++;
}

/* All-day: an absence, a birthday, a busy day. What is none of them is listed. true: dealt with. */
static bool all_day(struct guess *g, const struct found_event *e, struct title *t)
{
	struct plan *p = g->p;
	if (is_birthday(e, t)) {
		birthday(p, e, t);
		return true;
	}
	if (e->yearly || any_of(t, closed_words, COUNT(closed_words))) {
		found_lost(p->found, e->file, e->line, e->summary, e->yearly ? _("A day that comes every year is no appointment. It was left out.") :
		    _("The shop is closed on this day: please enter it in the settings. It was left out."));
		return true;
	}
	for (size_t i = 0; i < COUNT(absences) && !e->cancelled; i++) {
		if (strstr(t->folded, absences[i].word) == NULL)
			continue;
		int64_t staff = staff_named(p, e->summary);
		struct plan_absence a = { .event = e, .staff = staff != 0 ? staff : guess_staff(g, e), .kind = absences[i].kind };
		if (a.staff != 0 && db_one(p->db, SQL("SELECT id FROM absence WHERE staff = ? AND from_day <= ? AND to_day >= ?"), B(a.staff), B(e->day), B(e->last_day)) == NONE)
			*arena_push(p->arena, &p->absences) = a;
		else
			p->known_events++;
		return true;
	}
	if (e->transparent || e->cancelled || e->last_day.n > e->day.n) {
		found_lost(p->found, e->file, e->line, e->summary, _("This all-day note takes no time of anybody. It was left out."));
		return true;
	}
	return false;
}

static int status_of(const struct plan *p, const struct found_event *e)
{
	if (e->cancelled)
		return 7;
	if (e->day.n < p->today.n)
		return 6;                            /* over and settled: nobody shall be asked for its money again */
	return e->tentative ? 1 : 2;
}

static const char *note_of(struct plan *p, const struct found_event *e, const char *title)
{
	const char *parts[] = { title, e->location, e->description }, *note = NULL;
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i] != NULL)
			note = note == NULL ? parts[i] : arena_printf(p->arena, "%s\n%s", note, parts[i]);
	return note;
}

static void appointment(struct guess *g, const struct found_event *e, struct title *t)
{
	struct plan *p = g->p;
	struct plan_appointment a = { .event = e, .customer = -1, .service = -1, .staff = guess_staff(g, e), .status = status_of(p, e) };
	const char *title = e->summary != NULL ? e->summary : _("(without a title)");
	if (e->all_day || e->transparent || any_of(t, block_words, COUNT(block_words)))
		a.kind = 1;
	else {
		a.customer = guess_customer(p, t);
		a.service = known_service(p, &g->services, t);
	}
	bool rest = false;
	for (size_t i = 0; i < t->n; i++)
		rest = rest || !t->used[i];
	a.label = a.customer < 0 ? title : NULL;
	a.note = note_of(p, e, a.customer >= 0 && rest ? title : NULL);
	*arena_push(p->arena, &p->appointments) = a;
}

void plan_event_all(struct plan *p)
{
	struct lookup empty = { .arena = p->arena };
	struct guess g = { .p = p, .fallback = owner(p), .people = empty, .services = empty };
	for (size_t i = 0; i < p->found->events.n; i++) {
		const struct found_event *e = &p->found->events.at[i];
		struct title t = split(p, e->summary);
		if (lookup_first(&p->by_source, e->source) != LOOKUP_NONE) {
			p->known_events++;
			continue;
		}
		lookup_put(&p->by_source, e->source, 0);
		if (!e->all_day || !all_day(&g, e, &t))
			appointment(&g, e, &t);
	}
	plan_claim_all(p);
}
