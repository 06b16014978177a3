#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/plan.h"
#include <string.h>

static const char *fold(struct plan *p, const char *s)
{
	return s == NULL ? "" : text_fold(p->arena, s);
}

/* +49 171 1, 0049171 1 and 0171 1 are the same. NULL: too short to tell anyone by it. */
static const char *phone_key(struct plan *p, const char *number)
{
	if (number == NULL)
		return NULL;
	while (*number == ' ')
		number++;
	const char *digits = text_digits(p->arena, number);
	if (strlen(digits) < 6)
		return NULL;
	bool abroad = *number == '+' || text_starts(digits, "00");
	if (text_starts(digits, "00"))
		digits += 2;
	if (abroad && text_starts(digits, "49"))
		digits = arena_printf(p->arena, "0%s", digits + (digits[2] == '0' ? 3 : 2));
	return arena_printf(p->arena, "p:%s", digits);
}

static const char *mail_key(struct plan *p, const char *mail)
{
	return mail == NULL ? NULL : arena_printf(p->arena, "m:%s", fold(p, mail));
}

static const char *name_key(struct plan *p, const struct found_person *who)
{
	return arena_printf(p->arena, "%s|%s", fold(p, who->last), fold(p, who->first));
}

static const char *birthday_key(struct plan *p, const struct found_person *who)
{
	if (who->birthday.n == NONE)
		return NULL;
	return arena_printf(p->arena, "b:%s|%lld", name_key(p, who), (long long)who->birthday.n);
}

static void put(struct lookup *l, const char *key, int64_t index)
{
	if (key != NULL)
		lookup_put(l, key, index);
}

static void contact_put(struct plan *p, const char *key, int64_t index)
{
	if (key == NULL)
		return;
	/* Families share a phone: the last name is a part of the key. */
	const struct found_person *who = &p->customers.at[index].is;
	put(&p->by_contact, arena_printf(p->arena, "%s|%s|%s", key, fold(p, who->last), fold(p, who->first)), index);
	put(&p->by_contact, arena_printf(p->arena, "%s|%s|*", key, fold(p, who->last)), index);
}

static void index_customer(struct plan *p, int64_t index)
{
	const struct found_person *who = &p->customers.at[index].is;
	contact_put(p, phone_key(p, who->mobile), index);
	contact_put(p, phone_key(p, who->phone), index);
	contact_put(p, phone_key(p, who->phone_other), index);
	contact_put(p, mail_key(p, who->mail), index);
	put(&p->by_contact, birthday_key(p, who), index);
	put(&p->by_name, name_key(p, who), index);
	put(&p->by_word, fold(p, who->last), index);
	if (who->first != NULL) {
		put(&p->by_full, arena_printf(p->arena, "%s %s", fold(p, who->last), fold(p, who->first)), index);
		put(&p->by_full, arena_printf(p->arena, "%s %s", fold(p, who->first), fold(p, who->last)), index);
	}
}

void plan_customer_load(struct plan *p)
{
	struct query q = db_query(p->db, SQL("SELECT id, last, first, title, company, mobile, phone, phone_other, mail, birthday, birthday_year,"
	    " street, postcode, town, country, note FROM customer WHERE active = 1 ORDER BY id"));
	while (db_step(&q)) {
		struct plan_customer c = { .id = db_int(&q, 0), .is = { .last = db_text(&q, 1), .first = db_text(&q, 2), .title = db_text(&q, 3),
			.company = db_text(&q, 4), .mobile = db_text(&q, 5), .phone = db_text(&q, 6), .phone_other = db_text(&q, 7),
			.mail = db_text(&q, 8), .birthday = db_day(&q, 9), .birthday_year = db_bool(&q, 10), .street = db_text(&q, 11),
			.postcode = db_text(&q, 12), .town = db_text(&q, 13), .country = db_text(&q, 14), .note = db_text(&q, 15) } };
		*arena_push(p->arena, &p->customers) = c;
		index_customer(p, (int64_t)p->customers.n - 1);
	}
}

static int64_t by_contact(struct plan *p, const char *key, const struct found_person *who)
{
	if (key == NULL)
		return LOOKUP_NONE;
	int64_t same = lookup_first(&p->by_contact, arena_printf(p->arena, "%s|%s|%s", key, fold(p, who->last), fold(p, who->first)));
	if (same != LOOKUP_NONE)
		return same;
	/* One of both without a first name. */
	same = lookup_get(&p->by_contact, arena_printf(p->arena, "%s|%s|%s", key, fold(p, who->last), who->first == NULL ? "*" : ""));
	return same == LOOKUP_SEVERAL ? LOOKUP_NONE : same;
}

/* By name with phone, e-mail or birthday; by the name alone only if nothing else is known. */
static int64_t same_as(struct plan *p, const struct found_person *who)
{
	const char *keys[] = { phone_key(p, who->mobile), phone_key(p, who->phone), phone_key(p, who->phone_other), mail_key(p, who->mail) };
	bool contact = false;
	for (size_t i = 0; i < COUNT(keys); i++) {
		int64_t found = by_contact(p, keys[i], who);
		contact = contact || keys[i] != NULL;
		if (found != LOOKUP_NONE)
			return found;
	}
	const char *birthday = birthday_key(p, who);
	if (birthday != NULL)
		return lookup_first(&p->by_contact, birthday);
	return contact ? LOOKUP_NONE : lookup_first(&p->by_name, name_key(p, who));
}

static bool fill(const char **field, const char *value)
{
	if (*field != NULL || value == NULL)
		return false;
	*field = value;
	return true;
}

static bool has_phone(struct plan *p, const struct found_person *who, const char *number)
{
	const char *key = phone_key(p, number), *numbers[] = { who->mobile, who->phone, who->phone_other };
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (text_equal(numbers[i], number) || text_equal(phone_key(p, numbers[i]), key))
			return true;
	return false;
}

static bool fill_phone(struct plan *p, struct found_person *to, const char **field, const char *number)
{
	return number != NULL && !has_phone(p, to, number) && (fill(field, number) || fill(&to->phone, number) || fill(&to->phone_other, number));
}

/* What is there stays; only what is missing is taken over. */
static bool complete(struct plan *p, struct found_person *to, const struct found_person *from)
{
	bool changed = false;
	const char **fields[] = { &to->first, &to->title, &to->company, &to->mail, &to->note };
	const char *values[] = { from->first, from->title, from->company, from->mail, from->note };
	for (size_t i = 0; i < COUNT(fields); i++)
		changed = fill(fields[i], values[i]) || changed;
	if (to->street == NULL && to->town == NULL && to->postcode == NULL) {
		changed = fill(&to->street, from->street) || changed;
		changed = fill(&to->postcode, from->postcode) || changed;
		changed = fill(&to->town, from->town) || changed;
		changed = fill(&to->country, from->country) || changed;
	}
	changed = fill_phone(p, to, &to->mobile, from->mobile) || changed;
	changed = fill_phone(p, to, &to->phone, from->phone) || changed;
	changed = fill_phone(p, to, &to->phone_other, from->phone_other) || changed;
	if (to->birthday.n == NONE && from->birthday.n != NONE) {
		to->birthday = from->birthday;
		to->birthday_year = from->birthday_year;
		changed = true;
	}
	return changed;
}

void plan_customer_all(struct plan *p)
{
	for (size_t i = 0; i < p->found->persons.n; i++) {
		const struct found_person *who = &p->found->persons.at[i];
		int64_t at = same_as(p, who);
		if (at < 0) {
			*arena_push(p->arena, &p->customers) = (struct plan_customer){ .is = *who };
			index_customer(p, (int64_t)p->customers.n - 1);
			p->new_customers++;
		} else if (complete(p, &p->customers.at[at].is, who)) {
			p->changed_customers += !p->customers.at[at].changed && p->customers.at[at].id != 0;
			p->customers.at[at].changed = true;
			index_customer(p, at);
		} else {
			p->same_customers++;
		}
	}
}
