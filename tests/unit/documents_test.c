/* documents_test.c: manifest, letter, status and chunk: written and read back whole for random contents; changed, cut, in another
 * order, from another shop, older: refused, and for the right reason. SEED, CASES. */
#include "check.h"
#include "seal/chunk.h"
#include "seal/letter.h"
#include "seal/publication.h"
#include "seal/status.h"
#include <stdlib.h>

static struct arena *arena;
static uint64_t state;

static uint64_t any(uint64_t n)
{
	state ^= state << 13, state ^= state >> 7, state ^= state << 17;
	return (state >> 11) % n;
}
static void fill(uint8_t *at, size_t n) { for (size_t i = 0; i < n; i++) at[i] = (uint8_t)(1 + any(255)); }
static str name(void) { return arena_printf(arena, "staff:%d", (int)any(90)); }
static str text(size_t most)
{
	static const char *const letters[] = { "a", "Z", " ", "ä", "ß", "\n", "\\", "€", "<", "=", "ש" };
	struct out o = { .arena = arena };
	for (size_t n = 1 + any(most); n > 0; n--)
		out_raw(&o, letters[any(COUNT(letters))]);
	return o.s;
}

static const uint8_t seed[SIGN_KEY] = { 7 };
static struct shop_key shop, other;

static struct publication random_manifest(void)
{
	struct publication m = { .generation = 1 + any(3), .epoch = 1 + any(1u << 30), .made = 1 + any(1u << 30), .next_by = 1 + any(1u << 30),
	    .keyepoch = 1 + any(9), .journal_seq = any(2000) };
	memcpy(m.shop, shop.id, SHOP_ID);
	fill(m.lineage, sizeof m.lineage);
	fill(m.prev, sizeof m.prev);
	fill(m.journal_hash, sizeof m.journal_hash);
	if (any(2))
		fill(m.app, sizeof m.app);
	if (any(2))
		fill(m.reqkey, sizeof m.reqkey);
	for (size_t n = any(4); n > 0; n--) {
		uint8_t *key = arena_alloc(arena, 80);
		fill(key, 80);
		*arena_push(arena, &m.wraps) = (struct publication_wrap){ name(), name(), { key, 80 } };
	}
	for (size_t n = any(9); n > 0; n--) {
		struct publication_chunk c = { .audience = name(), .name = name(), .bytes = 1 + any(100000) };
		fill(c.hash, sizeof c.hash);
		*arena_push(arena, &m.chunks) = c;
	}
	return m;
}

static struct letter random_letter(void)
{
	struct letter l = { .kind = LETTER_REQUEST, .made = 1 + any(1u << 30), .staff = any(3), .lang = (int)any(2), .known = (int)any(2),
	    .name = text(20), .phone = text(24), .mail = any(2) ? text(30) : NULL, .note = any(2) ? text(300) : NULL, .consent = 1 + any(5) };
	fill(l.msgid, sizeof l.msgid);
	for (size_t n = 1 + any(3); n > 0; n--)
		*arena_push(arena, &l.services) = (struct letter_service){ 1 + any(50) };
	for (size_t n = any(4); n > 0; n--)
		*arena_push(arena, &l.wishes) = (struct letter_wish){ 2026 + any(3), 1 + any(12), 1 + any(28), (int)any(4) };
	if (any(2))
		fill(l.status, sizeof l.status), fill(l.replykey, sizeof l.replykey);
	return l;
}

static struct bytes written(const struct document_type *type, const void *document)
{
	struct out o = { .arena = arena };
	CHECK_TEXT(refusal_word(type->has_signature ? document_write_signed(type, &o, document, seed) : document_write(type, &o, document)), "accepted");
	return (struct bytes){ o.s, o.len };
}

/* What was read is written again as the same bytes. */
static void round_trip(const struct document_type *type, const void *document)
{
	struct bytes b = written(type, document);
	void *again = arena_alloc(arena, type->bytes);
	CHECK_TEXT(refusal_word(document_read(type, arena, b, again)), "accepted");
	struct bytes c = written(type, again);
	CHECK(b.n == c.n && memcmp(b.at, c.at, b.n) == 0);
}

static struct bytes replaced(struct bytes b, const char *what, const char *with)
{
	const char *at = strstr(b.at, what);
	CHECK(at != NULL);
	if (at == NULL)
		return b;
	const char *now = arena_printf(arena, "%.*s%s%s", (int)(at - (const char *)b.at), (const char *)b.at, with, at + strlen(what));
	return (struct bytes){ now, strlen(now) };
}

static void refused_manifest(struct bytes b, const char *reason)
{
	struct publication m;
	CHECK_TEXT(refusal_word(publication_read(arena, b, &shop, &m)), reason);
}

static void manifests(void)
{
	struct publication m = random_manifest(), read;
	m.journal_seq = 1234, m.keyepoch = 9, m.epoch = 77;
	fill(m.app, sizeof m.app);
	struct bytes b = written(&publication_type, &m);
	refused_manifest(b, "accepted");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch 8"), "signature");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch 09"), "value");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch 0"), "value");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch 4294967296"), "value");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch 99999999999999999999999"), "value");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch  9"), "value");
	refused_manifest(replaced(b, "keyepoch 9", "keyepoch 9 "), "value");
	refused_manifest(replaced(b, "keyepoch 9", "colour red\nkeyepoch 9"), "key");
	refused_manifest(replaced(b, "keyepoch 9\n", ""), "order");
	refused_manifest(replaced(b, "keyepoch 9\n", "keyepoch 9\nkeyepoch 9\n"), "order");
	refused_manifest(replaced(b, "keyepoch 9\n", "keyepoch\n"), "line");
	refused_manifest(replaced(b, "keyepoch 9\n", "keyepoch 9\r\n"), "value");
	refused_manifest(replaced(b, "keyepoch 9\n", "\n"), "line");
	refused_manifest(replaced(b, "epoch 77", "epoch 7\xff"), "text");
	refused_manifest(replaced(b, "kontor-manifest 1", "kontor-manifest 2"), "type");
	refused_manifest(replaced(b, "kontor-manifest 1", "kontor-status 1"), "type");
	refused_manifest((struct bytes){ b.at, 0 }, "size");
	for (size_t n = 1; n < b.n; n++)
		CHECK(publication_read(arena, (struct bytes){ b.at, n }, &shop, &read) != ACCEPTED);
	char *flipped = arena_copy(arena, b.at, b.n);
	for (size_t i = 0; i < b.n; i++) {
		flipped[i] ^= 1;
		CHECK(publication_read(arena, (struct bytes){ flipped, b.n }, &shop, &read) != ACCEPTED);
		flipped[i] ^= 1;
	}
	CHECK_TEXT(refusal_word(publication_read(arena, b, &other, &read)), "signature");
	struct shop_key moved = shop;
	memcpy(moved.id, other.id, SHOP_ID);
	CHECK_TEXT(refusal_word(publication_read(arena, b, &moved, &read)), "shop");
}

static void following(void)
{
	struct mark last = { .generation = 2, .epoch = 10, .lineage = { 1 }, .hash = { 1 } }, next = last;
	CHECK(publication_follows(NULL, &next) == ACCEPTED && publication_follows(&last, &next) == ACCEPTED);
	next.hash[0] = 2;
	CHECK(publication_follows(&last, &next) == REFUSED_FORK);
	next.epoch = 11;
	CHECK(publication_follows(&last, &next) == ACCEPTED);
	next.epoch = 9;
	CHECK(publication_follows(&last, &next) == REFUSED_OLDER);
	next.generation = 3;
	CHECK(publication_follows(&last, &next) == ACCEPTED);
	next.generation = 1, next.epoch = 99;
	CHECK(publication_follows(&last, &next) == REFUSED_OLDER);
	next.generation = 2, next.lineage[0] = 9;
	CHECK(publication_follows(&last, &next) == REFUSED_FORK);
}

static void letters(void)
{
	struct hpke_pair own = hpke_pair_new();
	struct letter l = random_letter(), read;
	uint8_t sealed[LETTER_SEALED];
	CHECK_TEXT(refusal_word(letter_seal(arena, &l, own.public, shop.id, sealed)), "accepted");
	struct bytes b = { sealed, sizeof sealed };
	CHECK_TEXT(refusal_word(letter_open(arena, b, &own, shop.id, &read)), "accepted");
	CHECK_TEXT(read.name, l.name);
	CHECK(memcmp(read.msgid, l.msgid, MSGID) == 0);
	CHECK_TEXT(refusal_word(letter_open(arena, b, &own, other.id, &read)), "seal");
	b.n--;
	CHECK_TEXT(refusal_word(letter_open(arena, b, &own, shop.id, &read)), "size");
	l.consent = 0;
	CHECK_TEXT(refusal_word(letter_seal(arena, &l, own.public, shop.id, sealed)), "value");
	l.consent = 1, l.note = arena_printf(arena, "%01990d", 1);
	CHECK_TEXT(refusal_word(letter_seal(arena, &l, own.public, shop.id, sealed)), "value");
	l.note = NULL, l.name = "Ein\x01" "e";
	CHECK_TEXT(refusal_word(letter_seal(arena, &l, own.public, shop.id, sealed)), "value");
	l.name = "Eva", l.wishes.n = 0;
	*arena_push(arena, &l.wishes) = (struct letter_wish){ 2026, 2, 30, PART_ANY };
	CHECK_TEXT(refusal_word(letter_seal(arena, &l, own.public, shop.id, sealed)), "value");
	l.wishes.n = 0;
	const uint8_t zeros[HPKE_KEY] = { 0 };
	CHECK_TEXT(refusal_word(letter_seal(arena, &l, zeros, shop.id, sealed)), "seal");
}

static void statuses(void)
{
	struct status s = { .seq = 1 + any(99999), .state = (int)any(7), .made = 1 + any(1u << 30) }, read;
	uint8_t body[STATUS_BODY];
	fill(body, sizeof body);
	memcpy(s.shop, shop.id, SHOP_ID);
	fill(s.id, sizeof s.id);
	if (any(2))
		s.body = (struct bytes){ body, sizeof body };
	struct out o = { .arena = arena };
	CHECK_TEXT(refusal_word(status_write(&o, &s, seed)), "accepted");
	CHECK_INT(o.len, STATUS_BYTES);
	CHECK_TEXT(refusal_word(status_read(arena, (struct bytes){ o.s, o.len }, &shop, &read)), "accepted");
	CHECK(read.seq == s.seq && read.state == s.state && read.body.n == s.body.n);
	CHECK_TEXT(refusal_word(status_read(arena, (struct bytes){ o.s, o.len }, &other, &read)), "signature");
	o.s[any(o.len)] ^= 1;
	CHECK(status_read(arena, (struct bytes){ o.s, o.len }, &shop, &read) != ACCEPTED);
}

static void chunks(void)
{
	uint8_t key[CHUNK_KEY], second[CHUNK_KEY];
	fill(key, sizeof key), fill(second, sizeof second);
	size_t n = any(4) ? any(3000) : any(200000);
	char *plain = arena_buffer(arena, n + 1);
	for (size_t i = 0; i < n; i++)
		plain[i] = (char)(any(4) ? 'a' : any(256));
	struct chunk_place place = { "owner", "customers:17" };
	struct bytes text = { plain, n }, got = { NULL, 0 }, sealed = chunk_seal(arena, key, place, text), again = chunk_seal(arena, key, place, text);
	CHECK_TEXT(refusal_word(chunk_open(arena, key, place, sealed, &got)), "accepted");
	CHECK(got.n == n && (n == 0 || memcmp(got.at, plain, n) == 0));
	CHECK(sealed.n == again.n && memcmp(sealed.at, again.at, sealed.n) == 0);
	CHECK_TEXT(refusal_word(chunk_open(arena, second, place, sealed, &got)), "seal");
	CHECK_TEXT(refusal_word(chunk_open(arena, key, (struct chunk_place){ "owner", "customers:18" }, sealed, &got)), "seal");
	CHECK_TEXT(refusal_word(chunk_open(arena, key, (struct chunk_place){ "staff:1", "customers:17" }, sealed, &got)), "seal");
	((uint8_t *)(uintptr_t)sealed.at)[any(sealed.n)] ^= 4;
	CHECK_TEXT(refusal_word(chunk_open(arena, key, place, sealed, &got)), "seal");
	CHECK(chunk_open(arena, key, place, (struct bytes){ sealed.at, any(sealed.n) }, &got) != ACCEPTED);
}

/* Never shorter, at most 12 % longer, and few sizes: up to 1 MiB there are less than 500. */
static void padding(void)
{
	size_t sizes = 0, before = 0;
	for (size_t n = 1; n <= 1 << 20; n++) {
		size_t padded = chunk_padded(n);
		if (padded < n || padded * 100 > n * 112 + 100 || padded < before || chunk_padded(padded) != padded) {
			CHECK_INT(padded, n);
			return;
		}
		sizes += padded != before;
		before = padded;
	}
	CHECK(sizes < 500);
}

int main(void)
{
	const char *cases = getenv("CASES"), *from = getenv("SEED");
	arena = arena_new();
	state = from ? strtoull(from, NULL, 10) | 1 : 88172645463325252u;
	sign_public(seed, shop.public);
	sign_public((const uint8_t[SIGN_KEY]){ 8 }, other.public);
	fill(shop.id, SHOP_ID), fill(other.id, SHOP_ID);
	for (long n = cases ? strtol(cases, NULL, 10) : 200; n > 0; n--) {
		struct publication m = random_manifest();
		struct letter l = random_letter();
		round_trip(&publication_type, &m);
		round_trip(&letter_type, &l);
		letters();
		statuses();
		chunks();
		arena_reset(arena);
	}
	manifests();
	following();
	padding();
	arena_free(arena);
	return check_end();
}
