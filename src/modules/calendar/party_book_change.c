/* party_book_change.c: Only the shop's program links this file. */
#include "modules/calendar/party_book_change.h"
#include "base/text.h"
#include "db/db_write.h"
#include "modules/calendar/book_change.h"
#include "modules/calendar/party_change.h"

str party_book_change_missing(struct request *r, const struct booking *b)
{
	for (size_t i = 0; b->guests != NULL && i < b->guests->n; i++) {
		const struct party_guest *g = &b->guests->at[i];
		bool twice = g->customer != 0 && g->customer == b->customer;
		for (size_t k = 0; k < i; k++)
			twice = twice || (g->customer != 0 && g->customer == b->guests->at[k].customer);
		if (twice)
			return arena_printf(r->arena, _("Companion: %s is there already."), g->name);
		if (b->at_start + g->chain.minutes > DAY_MINUTES)
			return _("When: an appointment ends before midnight.");
	}
	return NULL;
}

static int64_t customer_of(struct request *r, const struct party_guest *g, str *refusal)
{
	struct booking typed = { .last = g->last, .first = g->first, .mobile = g->mobile };
	return g->is_new ? booking_new_customer(r, &typed, refusal) : g->customer;
}

static int64_t book_guest(struct request *r, const struct party_guest *g, const struct book_new *first, const struct slot *slot, str *refusal)
{
	struct book_new n = *first;
	n.customer = customer_of(r, g, refusal);
	if (*refusal != NULL)
		return NONE;
	n.wish_staff = g->only ? g->staff : 0;
	n.note = NULL;
	n.is_new = g->is_new || (g->customer != 0 && g->card.visits == 0);
	n.label = n.customer == 0 ? _("Walk-in") : NULL;
	return book_insert(r->db, &n, &g->chain, slot);
}

char *party_book_change_save(struct request *r, const struct booking *b, const struct book_new *first, const struct slot *slot, int64_t id, str *refusal)
{
	size_t at = b->chain.n;
	char *names = arena_text(r->arena, "");
	*refusal = NULL;
	for (size_t i = 0; i < b->guests->n && *refusal == NULL && !db_failed(r->db); i++) {
		const struct party_guest *g = &b->guests->at[i];
		struct slot own;
		if (first->forced)
			chain_force(r->arena, &g->chain, &b->world, slot->day, slot->start, &own);
		else
			own = party_guests_part(r->arena, slot, at, g->chain.n);
		*refusal = first->forced ? slot_clock_text(r->arena, own.day, own.start, own.end) : NULL;
		if (*refusal != NULL)
			break;
		int64_t other = book_guest(r, g, first, &own, refusal);
		if (other == NONE)
			break;
		if (g->broken != NULL)
			db_run(r->db, SQL("UPDATE appointment SET rule_reason = ? WHERE id = ?"), B(arena_printf(r->arena, "%s: %s", g->broken, b->why)), B(other));
		party_change_join(r->db, id, other);
		db_command_also(r->db, "appointment", other);
		names = arena_printf(r->arena, "%s, %s", names, g->name);
		at += g->chain.n;
	}
	return names;
}
