#include "modules/calendar/party_guests.h"
#include "base/text.h"
#include "web/icon.h"
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 7 };

static void cut(struct arena *a, const char *text, str *fields)
{
	for (size_t i = 0; i < FIELDS && text != NULL; i++) {
		const char *end = strchr(text, ';');
		fields[i] = end != NULL ? arena_copy(a, text, (size_t)(end - text)) : text;
		text = end != NULL ? end + 1 : NULL;
	}
}

/* Unknown and unfinished ones are left out. */
static bool read_guest(struct request *r, const char *said, struct party_guest *g)
{
	str f[FIELDS] = { NULL };
	cut(r->arena, said, f);
	*g = (struct party_guest){ .is_new = text_equal(f[0], "n"), .walk_in = text_equal(f[0], "w"), .services = f[1], .said = said,
		.staff = f[2] != NULL ? strtoll(f[2], NULL, 10) : 0, .only = text_equal(f[3], "1"), .last = f[4], .first = f[5], .mobile = f[6] };
	if (!g->is_new && !g->walk_in) {
		g->customer = f[0] != NULL ? strtoll(f[0], NULL, 10) : 0;
		if (g->customer <= 0 || !customer_brief(r->db, g->customer, &g->card))
			return false;
	}
	g->name = g->customer != 0 ? customer_name(r->arena, g->card.last, g->card.first) : g->walk_in ? _("Walk-in") : customer_name(r->arena, g->last ? g->last : "", g->first);
	struct chain_wish wish = { .customer = g->customer, .staff = g->staff, .only = g->only };
	chain_load(r->db, g->services, &wish, &g->chain);
	return g->chain.n > 0;
}

static void join(struct arena *a, struct booking *b)
{
	size_t n = b->chain.n;
	for (size_t i = 0; i < b->guests->n; i++)
		n += b->guests->at[i].chain.n;
	struct slot_step *steps = arena_array(a, struct slot_step, n);
	memcpy(steps, b->chain.steps, b->chain.n * sizeof *steps);
	size_t at = b->chain.n;
	for (size_t i = 0; i < b->guests->n; i++) {
		const struct chain *c = &b->guests->at[i].chain;
		memcpy(steps + at, c->steps, c->n * sizeof *steps);
		steps[at].beside = true;
		at += c->n;
	}
	b->joint = steps;
	b->njoint = at;
}

void party_guests_read(struct request *r, struct booking *b)
{
	static const char *const keys[PARTY_GUESTS] = { "p1", "p2", "p3" };
	b->guests = arena_new_of(r->arena, struct party_guests);
	for (size_t i = 0; i < PARTY_GUESTS && b->replace == 0; i++) {
		const char *said = request_get(r, keys[i]);
		b->guests->n += !text_empty(said) && read_guest(r, said, &b->guests->at[b->guests->n]);
	}
	if (b->guests->n > 0)
		join(r->arena, b);
}

static char *plain(struct arena *a, str text)
{
	char *own = arena_text(a, text != NULL ? text : "");
	for (char *c = own; *c != '\0'; c++)
		if (*c == ';')
			*c = ',';
	return own;
}

static char *write_guest(struct arena *a, const struct booking *b)
{
	char *who = b->customer != 0 ? arena_printf(a, "%lld", (long long)b->customer) : arena_text(a, b->is_new ? "n" : "w");
	char *said = arena_printf(a, "%s;%s;%lld;%d", who, plain(a, b->services), (long long)b->staff, b->only);
	return b->customer == 0 && b->is_new ? arena_printf(a, "%s;%s;%s;%s", said, plain(a, b->last), plain(a, b->first), plain(a, b->mobile)) : said;
}

static bool is_whole(const struct booking *b)
{
	return (b->customer != 0 || b->walk_in || (b->is_new && !text_empty(b->last))) && b->chain.n > 0;
}

/* NULL: she can be put aside. */
static str refusal(struct request *r, const struct booking *b, bool one_more)
{
	if (b->customer == 0 && b->is_new && text_empty(b->last))
		return _("Last name: still missing.");
	if (b->customer == 0 && !b->is_new && !b->walk_in)
		return _("Customer: still missing.");
	if (b->chain.n == 0)
		return _("Service: still missing.");
	for (size_t i = 0; i < b->guests->n; i++)
		if (b->customer != 0 && b->guests->at[i].customer == b->customer)
			return arena_printf(r->arena, _("Companion: %s is there already."), b->guests->at[i].name);
	return one_more && b->guests->n == PARTY_GUESTS ? _("Companion: at most four come together.") : NULL;
}

/* The one looked at, as the address has it, changed for g; NULL: nobody yet. */
static void go_on(struct request *r, const struct booking *b, const struct party_guest *g)
{
	struct booking next = { .day = b->day, .when_text = b->when_text, .guests = b->guests, .extra = "", .at_start = -1 };
	if (g != NULL) {
		next.customer = g->customer;
		next.is_new = g->is_new;
		next.walk_in = g->walk_in;
		next.only = g->only;
		next.staff = g->staff;
		next.staff_said = next.services_said = true;
		next.services = g->services;
		next.last = g->last;
		next.first = g->first;
		next.mobile = g->mobile;
	}
	page_redirect(r, "/book/new%s", booking_link(&next, r->arena, "party", NULL));
}

static void drop(struct party_guests *all, size_t i)
{
	for (; i + 1 < all->n; i++)
		all->at[i] = all->at[i + 1];
	all->n--;
}

/* 0 based; all->n: there is none of that number. */
static size_t named(const struct party_guests *all, const char *asked)
{
	size_t i = strlen(asked) == 5 ? (size_t)(asked[4] - '1') : all->n;
	return i < all->n ? i : all->n;
}

bool party_guests_turn(struct request *r, struct booking *b)
{
	const char *asked = request_get(r, "party");
	if (text_empty(asked) || b->guests == NULL)
		return false;
	bool add = strcmp(asked, "add") == 0;
	size_t i = named(b->guests, asked);
	if (!add && i == b->guests->n)
		return false;
	if (!add && text_starts(asked, "drop")) {
		drop(b->guests, i);
		page_redirect(r, "/book/new%s", booking_link(b, r->arena, "party", NULL));
		return true;
	}
	if (add || is_whole(b))
		b->error = refusal(r, b, add);
	if (b->error != NULL)
		return false;
	struct party_guest chosen = add ? (struct party_guest){ 0 } : b->guests->at[i];
	if (add)
		b->guests->at[b->guests->n++].said = write_guest(r->arena, b);
	else if (is_whole(b))
		b->guests->at[i].said = write_guest(r->arena, b);
	else
		drop(b->guests, i);
	go_on(r, b, add ? NULL : &chosen);
	return true;
}

struct slot party_guests_part(struct arena *a, const struct slot *slot, size_t first, size_t n)
{
	struct slot part = *slot;
	part.claims = arena_array(a, struct slot_claim, slot->nclaims);
	part.nclaims = 0;
	part.end = slot->start;
	for (size_t i = 0; i < slot->nclaims; i++) {
		struct slot_claim c = slot->claims[i];
		if (c.step < (int)first || c.step >= (int)(first + n))
			continue;
		c.step -= (int)first;
		part.end = c.end > part.end ? c.end : part.end;
		part.claims[part.nclaims++] = c;
	}
	return part;
}

/* Each strand of this chain, whose steps begin at `first` of the slot. */
static void pick_strands(struct arena *a, const struct slot *whole, int number, const struct chain *chain, size_t first, struct day_pick *picks, size_t *n)
{
	struct slot own = party_guests_part(a, whole, first, chain->n);
	for (size_t i = 0, end; i < chain->n; i = end) {
		for (end = i + 1; end < chain->n && !chain->steps[end].beside;)
			end++;
		struct slot *part = arena_new_of(a, struct slot);
		*part = party_guests_part(a, &own, i, end - i);
		for (size_t k = 0; k < part->nclaims; k++)
			part->claims[k].step += (int)i;
		picks[(*n)++] = (struct day_pick){ number, part, chain };
	}
}

size_t party_guests_picks(struct arena *a, const struct booking *b, day d, struct day_pick **picks_r)
{
	size_t n = 0;
	struct day_pick *picks = arena_array(a, struct day_pick, b->slots.n * (b->njoint + b->chain.n));
	for (size_t i = 0; i < b->slots.n; i++) {
		const struct slot *s = &b->slots.at[i];
		size_t first = b->chain.n;
		if (s->day.n != d.n)
			continue;
		pick_strands(a, s, (int)i + 1, &b->chain, 0, picks, &n);
		for (size_t g = 0; b->guests != NULL && g < b->guests->n; first += b->guests->at[g++].chain.n)
			pick_strands(a, s, (int)i + 1, &b->guests->at[g].chain, first, picks, &n);
	}
	*picks_r = picks;
	return n;
}

#include "gen/modules/calendar/party_guests.html.h"

static char *key_of(struct arena *a, size_t i) { return arena_printf(a, "p%d", (int)i + 1); }

void party_guests_state(struct out *o, const struct booking *b)
{
	for (size_t i = 0; b->guests != NULL && i < b->guests->n; i++)
		hidden_html(o, key_of(o->arena, i), b->guests->at[i].said);
}

void party_guests_query(struct out *o, const struct booking *b)
{
	for (size_t i = 0; b->guests != NULL && i < b->guests->n; i++)
		out_query(o, key_of(o->arena, i), b->guests->at[i].said);
}

void party_guests_html(struct out *o, const struct booking *b)
{
	if (b->guests != NULL && b->guests->n > 0)
		guests_html(o, b->guests);
}

void party_guests_add_html(struct out *o, const struct booking *b)
{
	bool who = b->customer != 0 || b->is_new || b->walk_in;
	if (who && b->chain.n > 0 && b->replace == 0 && b->guests != NULL && b->guests->n < PARTY_GUESTS)
		add_html(o);
}
