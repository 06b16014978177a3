#include "post/talk.h"
#include "base/log.h"
#include "post/form.h"
#include "post/quota.h"
#include "seal/hex.h"
#include "seal/kdf.h"
#include "seal/status.h"
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FETCH = 64, CHUNK_MAX = 4 << 20, APP_MAX = 1 << 20, HEX64 = 64 };
struct serve serving;

#define OCTETS "application/octet-stream"
static const struct bytes nothing = { NULL, 0 };

/* ---- what lies there ---- */

static const char *type_of(const char *path)
{
	static const struct { const char *ending, *type; } types[] = {
		{ ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".mjs", "text/javascript; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" }, { ".svg", "image/svg+xml" }, { ".png", "image/png" }, { ".webmanifest", "application/manifest+json" } };
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < COUNT(types); i++)
		if (strcmp(dot, types[i].ending) == 0)
			return types[i].type;
	return OCTETS;
}

/* What is sealed may be read from any page: only who has the key can make sense of it. */
static void give_file(struct talk *t)
{
	const char *path = *t->rest ? t->rest : "app/index.html";
	struct stat st;
	int fd = openat(t->shop->folder, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		talk_refuse(t, 404);
		return;
	}
	char more[256], tag[48];
	bool app = strncmp(path, "app/", 4) == 0, named_by_content = strncmp(path, "c/", 2) == 0;
	(void)snprintf(tag, sizeof tag, "\"%llx-%llx-%llx\"", (unsigned long long)st.st_ino, (unsigned long long)st.st_size,
	    (unsigned long long)st.st_mtim.tv_sec * 1000000000u + (unsigned long long)st.st_mtim.tv_nsec);
	(void)snprintf(more, sizeof more, "ETag: %s\r\nCache-Control: %s\r\n%s", tag, named_by_content ? "public, max-age=31536000, immutable" : "no-cache",
	    app ? "" : "Access-Control-Allow-Origin: *\r\n");
	if (t->head.known && strcmp(t->head.known, tag) == 0) {
		close(fd);
		talk_answer(t, 304, NULL, more, nothing);
		return;
	}
	talk_file(t, fd, st.st_size, app ? type_of(path) : OCTETS, more);
}

/* ---- letters ---- */

static struct job *job_new(struct talk *t, enum job_kind kind)
{
	struct job *job = calloc(1, sizeof *job);
	require(job != NULL);
	*job = (struct job){ .kind = kind, .shop = t->shop, .about = t };
	t->state = TALK_DISK;
	return job;
}

static void job_free(struct job *job)
{
	free(job->ids);
	free(job->places);
	free(job->keep);
	free((void *)(uintptr_t)job->bytes.at);
	free((void *)(uintptr_t)job->path);
	free(job);
}

static void letter_kept(struct talk *);

static void keep_letter(struct talk *t, const uint8_t id[LETTER_ID], const uint8_t *sealed, uint8_t flags)
{
	struct spool *spool = t->shop->spool;
	const struct spool_letter *known = spool_find(spool, id);
	if (known && known->state != LETTER_PENDING) {
		letter_kept(t);
		return;
	}
	if (known == NULL) {
		size_t number = (size_t)(t->shop - serving.box->shops.at);
		if (spool_full(spool)) {
			talk_refuse(t, 503);
			return;
		}
		if (!quota_take(t->address, number, t->shop->per_source, serving.second)) {
			talk_refuse(t, 429);
			return;
		}
	}
	struct job *job = job_new(t, known ? JOB_AGAIN : JOB_LETTER);
	memcpy(job->id, id, LETTER_ID);
	if (known == NULL) {
		uint64_t now = (uint64_t)serving.clock();
		spool_record(job->letter.record, id, sealed, flags, now);
		spool_expect(spool, id, flags, now);
	}
	disk_submit(job);
}

static void letter_comes(struct talk *t)
{
	uint8_t id[LETTER_ID];
	if (!hex_read(strchr(t->rest, '/') + 1, id, LETTER_ID))
		talk_refuse(t, 404);
	else
		keep_letter(t, id, (const uint8_t *)t->body, 0);
}

/* From a page without JavaScript: sealed here, before it touches the disk, and flagged as such. The same form sent twice is one
 * letter. */
static void form_comes(struct talk *t)
{
	static uint8_t key[KDF_HASH];
	static const uint8_t none[HPKE_KEY];
	uint8_t msgid[KDF_HASH], id[LETTER_ID], sealed[LETTER_SEALED];
	struct letter l;
	if (!t->shop->published || memcmp(t->shop->reqkey, none, sizeof none) == 0) {
		talk_refuse(t, 503);
		return;
	}
	if (memcmp(key, none, sizeof key) == 0)
		require(RAND_bytes(key, sizeof key) == 1);
	kdf_hmac((struct bytes){ key, sizeof key }, (struct bytes){ t->body, t->nbody }, msgid);
	struct arena *arena = arena_new();
	bool good = form_letter(arena, t->body, t->nbody, &l);
	l.made = (uint64_t)serving.clock();
	memcpy(l.msgid, msgid, MSGID);
	good = good && letter_seal(arena, &l, t->shop->reqkey, t->shop->key.id, sealed) == ACCEPTED;
	arena_free(arena);
	OPENSSL_cleanse(t->body, t->nbody);
	letter_id(msgid, id);
	if (good)
		keep_letter(t, id, sealed, SPOOL_PLAIN_FORM);
	else
		talk_refuse(t, 422);
}

/* A person's browser is led to the page that the shop laid there for it. */
static void thank(struct talk *t)
{
	char more[120];
	if (faccessat(t->shop->folder, "app/danke.html", F_OK, 0) < 0) {
		talk_refuse(t, 200);
		return;
	}
	(void)snprintf(more, sizeof more, "Location: /%s/app/danke.html\r\nCache-Control: no-store\r\n", t->shop->name);
	talk_answer(t, 303, NULL, more, nothing);
}

static void letter_kept(struct talk *t)
{
	if (t->then == form_comes)
		thank(t);
	else
		talk_answer(t, 201, NULL, "Access-Control-Allow-Origin: *\r\nCache-Control: no-store\r\n", nothing);
}

static void letters_go(struct talk *t)
{
	char more[80];
	uint8_t *letters = malloc((size_t)FETCH * SPOOL_FETCH);
	require(letters != NULL);
	size_t n = spool_fetch(t->shop->spool, letters, FETCH);
	(void)snprintf(more, sizeof more, "X-Waiting: %u\r\nCache-Control: no-store\r\n", spool_waiting(t->shop->spool));
	talk_answer(t, 200, OCTETS, more, (struct bytes){ letters, n * SPOOL_FETCH });
	free(letters);
}

static void letters_seen(struct talk *t)
{
	if (t->nbody % LETTER_ID != 0) {
		talk_refuse(t, 400);
		return;
	}
	struct job *job = job_new(t, JOB_SEEN);
	job->nids = t->nbody / LETTER_ID;
	job->ids = (uint8_t *)t->body;
	t->body = NULL;
	job->places = calloc(job->nids + 1, sizeof *job->places);
	require(job->places != NULL);
	for (size_t i = 0; i < job->nids; i++) {
		const struct spool_letter *l = spool_find(t->shop->spool, job->ids + i * LETTER_ID);
		if (l && l->state == LETTER_WAITING) {
			job->places[i].segment = l->segment;
			job->places[i].slot = l->slot;
		}
	}
	disk_submit(job);
}

/* ---- what the shop lays there ---- */

static void refuse_upload(struct talk *t, int status, const char *why)
{
	talk_answer(t, status, "text/plain; charset=utf-8", "Cache-Control: no-store\r\n", (struct bytes){ why, strlen(why) });
}

static struct job *save(struct talk *t)
{
	struct job *job = job_new(t, JOB_FILE);
	job->path = strdup(t->rest);
	job->bytes = (struct bytes){ t->body, t->nbody };
	t->body = NULL;
	return job;
}

static void chunk_comes(struct talk *t)
{
	uint8_t named[KDF_HASH], hash[KDF_HASH];
	kdf_sha256((struct bytes){ t->body, t->nbody }, hash);
	if (!hex_read(t->rest + 2, named, sizeof named) || memcmp(named, hash, sizeof hash) != 0)
		refuse_upload(t, 422, "hash");
	else if (faccessat(t->shop->folder, t->rest, F_OK, 0) == 0)
		talk_answer(t, 204, NULL, NULL, nothing);
	else
		disk_submit(save(t));
}

static bool chunks_there(const struct box_shop *shop, const struct publication *m)
{
	char path[2 + HEX64 + 1] = "c/";
	for (size_t i = 0; i < m->chunks.n; i++) {
		hex_write((struct bytes){ m->chunks.at[i].hash, HASH }, path + 2);
		if (faccessat(shop->folder, path, F_OK, 0) < 0)
			return false;
	}
	return true;
}

static int by_hash(const void *a, const void *b) { return memcmp(a, b, HASH); }

/* The pieces of this manifest, which become the shop's, and those of the one before, which a viewer may still be reading. */
static void keep_pieces(struct job *job, const struct publication *m)
{
	struct box_shop *shop = job->shop;
	uint8_t *now = malloc(m->chunks.n * HASH + 1);
	job->keep = malloc((m->chunks.n + shop->npieces) * HASH + 1);
	require(now != NULL && job->keep != NULL);
	for (size_t i = 0; i < m->chunks.n; i++)
		memcpy(now + i * HASH, m->chunks.at[i].hash, HASH);
	memcpy(job->keep, now, m->chunks.n * HASH);
	if (shop->npieces > 0)
		memcpy(job->keep + m->chunks.n * HASH, shop->pieces, shop->npieces * HASH);
	job->nkeep = m->chunks.n + shop->npieces;
	qsort(job->keep, job->nkeep, HASH, by_hash);
	free(shop->pieces);
	shop->pieces = now;
	shop->npieces = m->chunks.n;
}

static void manifest_comes(struct talk *t)
{
	struct publication m;
	struct box_shop *shop = t->shop;
	struct arena *arena = arena_new();
	struct bytes b = { t->body, t->nbody };
	enum refusal refused = publication_read(arena, b, &shop->key, &m);
	struct mark mark = publication_mark(&m, b);
	bool form = refused;
	if (!refused)
		refused = publication_follows(shop->published ? &shop->mark : NULL, &mark);
	if (refused) {
		refuse_upload(t, form ? 422 : 409, refusal_word(refused));
	} else if (!chunks_there(shop, &m)) {
		refuse_upload(t, 409, "chunk");
	} else if (shop->uploading) {
		refuse_upload(t, 503, "busy");
	} else {
		struct job *job = save(t);
		shop->uploading = job->manifest = true;
		job->mark = mark;
		memcpy(job->reqkey, m.reqkey, sizeof m.reqkey);
		keep_pieces(job, &m);
		disk_submit(job);
	}
	arena_free(arena);
}

/* The one that lies there already may come again; an older one may not take its place. */
static enum refusal status_follows(const struct talk *t, struct arena *arena, const struct status *next)
{
	char old[STATUS_BYTES];
	struct status last;
	int fd = openat(t->shop->folder, t->rest, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, old, sizeof old);
	if (fd >= 0)
		close(fd);
	if (n != STATUS_BYTES || status_read(arena, (struct bytes){ old, sizeof old }, &t->shop->key, &last) || last.seq < next->seq)
		return ACCEPTED;
	if (last.seq > next->seq)
		return REFUSED_OLDER;
	return memcmp(old, t->body, STATUS_BYTES) == 0 ? ACCEPTED : REFUSED_FORK;
}

static void status_comes(struct talk *t)
{
	struct status s;
	struct arena *arena = arena_new();
	uint8_t named[STATUS_ID];
	enum refusal refused = status_read(arena, (struct bytes){ t->body, t->nbody }, &t->shop->key, &s);
	bool form = refused || !hex_read(t->rest + 7, named, sizeof named) || memcmp(named, s.id, sizeof named) != 0;
	if (!form)
		refused = status_follows(t, arena, &s);
	if (form || refused)
		refuse_upload(t, form ? 422 : 409, refused ? refusal_word(refused) : "id");
	else
		disk_submit(save(t));
	arena_free(arena);
}

static void app_comes(struct talk *t) { disk_submit(save(t)); }

/* ---- who may do what ---- */

enum tail { EXACT, HEXNAME, FILENAME };
static const struct way {
	const char *method, *start; enum tail tail; bool token;
	size_t least, most;                          /* of the body; most 0: none */
	void (*then)(struct talk *);
} ways[] = {
	{ "GET", "", EXACT, false, 0, 0, give_file },
	{ "GET", "app/", FILENAME, false, 0, 0, give_file },
	{ "GET", "manifest", EXACT, false, 0, 0, give_file },
	{ "GET", "c/", HEXNAME, false, 0, 0, give_file },
	{ "GET", "status/", HEXNAME, false, 0, 0, give_file },
	{ "POST", "letters/", HEXNAME, false, LETTER_SEALED, LETTER_SEALED, letter_comes },
	{ "POST", "form", EXACT, false, 1, FORM_MAX, form_comes },
	{ "GET", "letters", EXACT, true, 0, 0, letters_go },
	{ "POST", "letters/seen", EXACT, true, LETTER_ID, FETCH * LETTER_ID, letters_seen },
	{ "PUT", "manifest", EXACT, true, 1, DOCUMENT_MAX, manifest_comes },
	{ "PUT", "c/", HEXNAME, true, 1, CHUNK_MAX, chunk_comes },
	{ "PUT", "status/", HEXNAME, true, STATUS_BYTES, STATUS_BYTES, status_comes },
	{ "PUT", "app/", FILENAME, true, 1, APP_MAX, app_comes },
};

/* Only names that are made of these letters ever reach the disk. */
static bool fits(const struct way *w, const char *rest)
{
	size_t n = strlen(w->start);
	if (strncmp(rest, w->start, n) != 0)
		return false;
	const char *name = rest + n;
	size_t length = strlen(name);
	switch (w->tail) {
	case EXACT: return length == 0;
	case HEXNAME: return length == HEX64 && strspn(name, "0123456789abcdef") == HEX64;
	case FILENAME: return length >= 1 && length <= 48 && *name != '.' && strstr(name, "..") == NULL &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == length;
	}
	return false;
}

static const struct way *find_way(struct talk *t)
{
	const char *method = strcmp(t->head.method, "HEAD") == 0 ? "GET" : t->head.method;
	for (size_t i = 0; i < COUNT(ways); i++) {
		if (!fits(&ways[i], t->rest))
			continue;
		if (strcmp(ways[i].method, method) == 0)
			return &ways[i];
		t->allow = strcmp(ways[i].method, "GET") == 0 ? "GET, HEAD" : ways[i].method;
	}
	return NULL;
}

static bool has_token(const struct talk *t)
{
	uint8_t hash[TOKEN_HASH];
	const char *bearer = t->head.bearer ? t->head.bearer : "";
	kdf_sha256((struct bytes){ bearer, strlen(bearer) }, hash);
	return kdf_same(hash, t->shop->token, sizeof hash);
}

static void address_of(struct talk *t)
{
	const char *last = serving.box->forwarded && t->head.forwarded ? strrchr(t->head.forwarded, ',') : NULL;
	const char *from = last ? last + 1 : serving.box->forwarded ? t->head.forwarded : NULL;
	if (from)
		(void)snprintf(t->address, sizeof t->address, "%.45s", from + strspn(from, " "));
}

/* 0, or the status to refuse with. */
static int admit(struct talk *t, const struct way **way_r)
{
	t->allow = NULL;
	t->shop = box_find(serving.box, t->head.path, &t->rest);
	const struct way *w = *way_r = t->shop ? find_way(t) : NULL;
	if (w == NULL)
		return t->allow ? 405 : strcmp(t->head.method, "GET") == 0 || strcmp(t->head.method, "HEAD") == 0 ? 404 : 405;
	if (w->token && !has_token(t))
		return 401;
	if (w->most == 0)
		return t->head.length > 0 ? 400 : 0;
	if (t->head.length < 0)
		return 411;
	return (size_t)t->head.length > w->most ? 413 : (size_t)t->head.length < w->least ? 400 : 0;
}

void serve_head(struct talk *t)
{
	const struct way *way;
	t->shop = NULL;
	int status = admit(t, &way);
	if (status != 0) {
		talk_refuse(t, status);
		return;
	}
	address_of(t);
	if (way->most == 0) {
		way->then(t);
		return;
	}
	t->room = (size_t)t->head.length;
	t->nbody = 0;
	t->body = malloc(t->room + 1);
	require(t->body != NULL);
	t->then = way->then;
	t->state = TALK_BODY;
}

void serve_body(struct talk *t) { t->then(t); }

/* ---- the disk is done ---- */

static int letter_done(struct job *job)
{
	struct spool *spool = job->shop->spool;
	if (job->kind == JOB_AGAIN) {
		const struct spool_letter *l = spool_find(spool, job->id);
		return l && l->state != LETTER_PENDING ? 201 : 507;
	}
	if (job->result < 0) {
		spool_forget(spool, job->id);
		return 507;
	}
	spool_arrived(spool, job->id, job->letter.segment, job->letter.slot);
	return 201;
}

static int seen_done(struct job *job)
{
	if (job->result < 0)
		return 507;
	for (size_t i = 0; i < job->nids; i++)
		spool_seen(job->shop->spool, job->ids + i * LETTER_ID);
	spool_sweep(job->shop->spool);
	return 204;
}

static int file_done(struct job *job)
{
	if (job->manifest)
		job->shop->uploading = false;
	if (job->result == 0 && job->manifest) {
		job->shop->mark = job->mark;
		job->shop->published = true;
		memcpy(job->shop->reqkey, job->reqkey, sizeof job->reqkey);
	}
	return job->result < 0 ? 507 : 201;
}

void serve_done(struct job *job)
{
	struct talk *t = job->about;
	enum job_kind kind = job->kind;
	int status = kind == JOB_FILE ? file_done(job) : kind == JOB_SEEN ? seen_done(job) : letter_done(job);
	job_free(job);
	if (status >= 400)
		talk_refuse(t, status);
	else if (kind == JOB_LETTER || kind == JOB_AGAIN)
		letter_kept(t);
	else
		talk_answer(t, status, NULL, "Cache-Control: no-store\r\n", nothing);
}
