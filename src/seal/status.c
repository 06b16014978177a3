#include "seal/status.h"
#include "seal/kdf.h"
#include <string.h>

static const char *const states[] = { "seen", "ask", "proposed", "accepted", "declined", "withdrawn", "expired", NULL };

#define S struct status
static const struct line lines[] = {
	{ .key = "shop", .cells = { HEX(S, shop) } },
	{ .key = "id", .cells = { HEX(S, id) } },
	{ .key = "seq", .cells = { NUMBER(S, seq, 1, INT64_MAX) } },
	{ .key = "state", .cells = { WORD(S, state, states) } },
	{ .key = "made", .cells = { NUMBER(S, made, 1, INT64_MAX) } },
	{ .key = "body", .cells = { BLOB(S, body, STATUS_BODY, STATUS_BODY) }, .optional = true },
	{ .key = "pad", .cells = { NAME(S, pad, STATUS_BYTES) } },
	{ .key = "sig", .cells = { HEX(S, sig) } },
};
const struct document_type status_type = { .name = "status", .version = 1, .lines = lines, .nlines = COUNT(lines), .bytes = sizeof(S),
    .has_signature = true };

enum refusal status_write(struct out *o, const struct status *s, const uint8_t seed[SIGN_KEY])
{
	struct status padded = *s;
	struct out trial = { .arena = o->arena };
	padded.pad = "-";
	enum refusal refused = document_write_signed(&status_type, &trial, &padded, seed);
	if (refused)
		return refused;
	if (trial.len > STATUS_BYTES)
		return REFUSED_SIZE;
	size_t n = 1 + STATUS_BYTES - trial.len;
	char *pad = memset(arena_alloc(o->arena, n + 1), '-', n);
	pad[n] = '\0';
	padded.pad = pad;
	return document_write_signed(&status_type, o, &padded, seed);
}

enum refusal status_read(struct arena *arena, struct bytes b, const struct shop_key *key, struct status *s_r)
{
	memset(s_r, 0, sizeof *s_r);
	if (b.n != STATUS_BYTES)
		return REFUSED_SIZE;
	enum refusal refused = document_read(&status_type, arena, b, s_r);
	return refused ? refused : document_of_shop(&status_type, arena, b, key, s_r->shop);
}

void status_id(const uint8_t token[STATUS_TOKEN], uint8_t id_r[STATUS_ID])
{
	kdf_sha256((struct bytes){ token, STATUS_TOKEN }, id_r);
}
