#include "seal/letter.h"
#include "base/date.h"
#include "seal/kdf.h"
#include <openssl/crypto.h>
#include <string.h>

static const char *const kinds[] = { "request", "answer", "confirm", "withdraw", "enrol", NULL };
static const char *const parts[] = { "any", "morning", "noon", "evening", NULL };
static const char *const langs[] = { "de", "en", NULL };
static const char *const yesno[] = { "0", "1", NULL };

#define L struct letter
static const struct line lines[] = {
	{ .key = "kind", .cells = { WORD(L, kind, kinds) } },
	{ .key = "msgid", .cells = { HEX(L, msgid) } },
	{ .key = "made", .cells = { NUMBER(L, made, 1, INT64_MAX) } },
	{ .key = "service", .most = 8, .list = offsetof(L, services), .item = sizeof(struct letter_service),
	    .cells = { NUMBER(struct letter_service, id, 1, INT64_MAX) } },
	{ .key = "wish", .most = 3, .list = offsetof(L, wishes), .item = sizeof(struct letter_wish), .cells = {
	    NUMBER(struct letter_wish, year, 2000, 2199), NUMBER(struct letter_wish, month, 1, 12),
	    NUMBER(struct letter_wish, mday, 1, 31), WORD(struct letter_wish, part, parts) } },
	{ .key = "staff", .cells = { NUMBER(L, staff, 1, INT64_MAX) }, .optional = true },
	{ .key = "name", .cells = { TEXT_(L, name, 80) }, .optional = true },
	{ .key = "phone", .cells = { TEXT_(L, phone, 24) }, .optional = true },
	{ .key = "mail", .cells = { TEXT_(L, mail, 120) }, .optional = true },
	{ .key = "note", .cells = { TEXT_(L, note, 500) }, .optional = true },
	{ .key = "lang", .cells = { WORD(L, lang, langs) } },
	{ .key = "known", .cells = { WORD(L, known, yesno) } },
	{ .key = "status", .cells = { HEX(L, status) }, .optional = true },
	{ .key = "replykey", .cells = { HEX(L, replykey) }, .optional = true },
	{ .key = "choice", .cells = { NUMBER(L, choice, 1, 3) }, .optional = true },
	{ .key = "secret", .cells = { HEX(L, secret) }, .optional = true },
	{ .key = "consent", .cells = { NUMBER(L, consent, 1, UINT32_MAX) }, .optional = true },
};
const struct document_type letter_type = { .name = "letter", .version = 1, .lines = lines, .nlines = COUNT(lines), .bytes = sizeof(L) };

static bool given(const uint8_t *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (at[i] != 0)
			return true;
	return false;
}

static bool dates_exist(const struct letter *l)
{
	for (size_t i = 0; i < l->wishes.n; i++) {
		const struct letter_wish *w = &l->wishes.at[i];
		if (!date_exists((int)w->year, (int)w->month, (int)w->mday))
			return false;
	}
	return true;
}

static bool complete(const struct letter *l)
{
	bool token = given(l->status, sizeof l->status);
	switch (l->kind) {
	case LETTER_REQUEST:
		return l->services.n > 0 && l->name && (l->phone || l->mail) && l->consent > 0 && dates_exist(l);
	case LETTER_ANSWER: case LETTER_CONFIRM: case LETTER_WITHDRAW:
		return token;
	default:
		return l->name && given(l->replykey, HPKE_KEY) && given(l->secret, sizeof l->secret);
	}
}

enum refusal letter_read(struct arena *arena, struct bytes b, struct letter *l_r)
{
	if (b.n > LETTER_PLAIN)
		return REFUSED_SIZE;
	enum refusal refused = document_read(&letter_type, arena, b, l_r);
	return refused ? refused : complete(l_r) ? ACCEPTED : REFUSED_VALUE;
}

static const struct bytes info = { "kontor/request/1", 16 };

enum refusal letter_seal(struct arena *arena, const struct letter *l, const uint8_t reqkey[HPKE_KEY], const uint8_t shop[SHOP_ID],
    uint8_t sealed_r[LETTER_SEALED])
{
	struct letter again;
	struct out text = { .arena = arena };
	enum refusal refused = document_write(&letter_type, &text, l);
	if (!refused)
		refused = letter_read(arena, (struct bytes){ text.s, text.len }, &again);
	if (refused)
		return refused;
	uint8_t plain[LETTER_PLAIN] = { 0 };
	memcpy(plain, text.s, text.len);
	bool good = hpke_seal(reqkey, info, (struct bytes){ shop, SHOP_ID }, (struct bytes){ plain, sizeof plain }, sealed_r);
	OPENSSL_cleanse(plain, sizeof plain);
	return good ? ACCEPTED : REFUSED_SEAL;
}

enum refusal letter_open(struct arena *arena, struct bytes sealed, const struct hpke_pair *own, const uint8_t shop[SHOP_ID],
    struct letter *l_r)
{
	uint8_t plain[LETTER_PLAIN];
	memset(l_r, 0, sizeof *l_r);
	if (sealed.n != LETTER_SEALED)
		return REFUSED_SIZE;
	if (!hpke_open(own, info, (struct bytes){ shop, SHOP_ID }, sealed, plain))
		return REFUSED_SEAL;
	size_t n = strnlen((const char *)plain, sizeof plain);
	enum refusal refused = given(plain + n, sizeof plain - n) ? REFUSED_TEXT : letter_read(arena, (struct bytes){ plain, n }, l_r);
	OPENSSL_cleanse(plain, sizeof plain);
	return refused;
}

void letter_id(const uint8_t msgid[MSGID], uint8_t id_r[LETTER_ID])
{
	uint8_t text[10 + MSGID] = "kontor-id/";
	memcpy(text + 10, msgid, MSGID);
	kdf_sha256((struct bytes){ text, sizeof text }, id_r);
}
