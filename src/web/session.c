#include "web/session.h"
#include "base/log.h"
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { SESSIONS = 512, KEYS = 512, REMEMBERED = 1024, NAME = 48, SENTENCE = 240, PLACE = 160, FREE_TRIES = 3, WAIT_MAX = 60 };

struct entry {
	char token[33], station_name[NAME], toast[SENTENCE];
	int64_t staff, station, toast_seq;
	instant used;
	bool locked, taken;
};
struct key { char name[NAME]; int64_t failures; instant since; };
struct led { char id[NAME], location[PLACE]; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry entries[SESSIONS];
static struct key keys[KEYS];
static struct led led[REMEMBERED];
static size_t led_next;
static unsigned char csrf_key[crypto_generichash_KEYBYTES];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void prepare(void)
{
	require(sodium_init() >= 0);
	randombytes_buf(csrf_key, sizeof csrf_key);
}

static void keep(char *to, size_t size, const char *text)
{
	(void)snprintf(to, size, "%s", text ? text : "");
}

static struct entry *find(const char *token)
{
	for (size_t i = 0; token && i < SESSIONS; i++)
		if (entries[i].taken && sodium_memcmp(entries[i].token, token, 32) == 0)
			return &entries[i];
	return NULL;
}

bool session_find(struct arena *arena, const char *token, struct session *session_r)
{
	pthread_mutex_lock(&lock);
	const struct entry *e = find(token);
	if (e)
		*session_r = (struct session){ e->staff, e->station, arena_text(arena, e->station_name), e->used, e->locked };
	pthread_mutex_unlock(&lock);
	return e != NULL;
}

/* A free place, or that of the browser which was quiet longest. */
static struct entry *place(void)
{
	struct entry *oldest = &entries[0];
	for (size_t i = 0; i < SESSIONS; i++) {
		if (!entries[i].taken)
			return &entries[i];
		if (entries[i].used.s < oldest->used.s)
			oldest = &entries[i];
	}
	return oldest;
}

void session_open(const char *old, const char *token, int64_t staff, int64_t station, const char *station_name, instant now)
{
	pthread_mutex_lock(&lock);
	struct entry *before = find(old);
	struct entry *e = before ? before : place();
	*e = (struct entry){ .staff = staff, .station = station, .used = now, .taken = true };
	keep(e->token, sizeof e->token, token);
	keep(e->station_name, sizeof e->station_name, station_name);
	pthread_mutex_unlock(&lock);
}

void session_touch(const char *token, instant now)
{
	pthread_mutex_lock(&lock);
	struct entry *e = find(token);
	if (e)
		e->used = now;
	pthread_mutex_unlock(&lock);
}

void session_lock(const char *token)
{
	pthread_mutex_lock(&lock);
	struct entry *e = find(token);
	if (e)
		e->locked = true;
	pthread_mutex_unlock(&lock);
}

size_t session_lock_idle(instant now, int64_t seconds, char (*tokens_r)[33], size_t most)
{
	size_t n = 0;
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < SESSIONS && n < most; i++) {
		struct entry *e = &entries[i];
		if (!e->taken || e->locked || now.s - e->used.s < seconds)
			continue;
		e->locked = true;
		memcpy(tokens_r[n++], e->token, sizeof e->token);
	}
	pthread_mutex_unlock(&lock);
	return n;
}

void session_end_staff(int64_t staff)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < SESSIONS; i++)
		if (entries[i].taken && entries[i].staff == staff)
			entries[i].taken = false;
	pthread_mutex_unlock(&lock);
}

void session_toast(const char *token, const char *sentence, int64_t seq)
{
	pthread_mutex_lock(&lock);
	struct entry *e = find(token);
	if (e) {
		keep(e->toast, sizeof e->toast, sentence);
		e->toast_seq = seq;
	}
	pthread_mutex_unlock(&lock);
}

const char *session_take_toast(struct arena *arena, const char *token, int64_t *seq_r)
{
	const char *text = NULL;
	pthread_mutex_lock(&lock);
	struct entry *e = find(token);
	if (e && e->toast[0] != '\0') {
		text = arena_text(arena, e->toast);
		*seq_r = e->toast_seq;
		e->toast[0] = '\0';
	}
	pthread_mutex_unlock(&lock);
	return text;
}

void session_token(char token_r[33])
{
	unsigned char bytes[16];
	pthread_once(&once, prepare);
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(token_r, 33, bytes, sizeof bytes);
}

const char *session_csrf(struct arena *arena, const char *token)
{
	unsigned char hash[16];
	char hex[33];
	pthread_once(&once, prepare);
	crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token), csrf_key, sizeof csrf_key);
	return arena_text(arena, sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

static struct key *key_find(const char *name)
{
	struct key *oldest = &keys[0];
	for (size_t i = 0; i < KEYS; i++) {
		if (strncmp(keys[i].name, name, NAME - 1) == 0)
			return &keys[i];
		if (keys[i].since.s < oldest->since.s)
			oldest = &keys[i];
	}
	*oldest = (struct key){ .failures = 0 };
	keep(oldest->name, sizeof oldest->name, name);
	return oldest;
}

/* Three tries are free; then 2, 4, 8 … seconds, at most a minute, so that nobody can lock a colleague out for long. */
int64_t session_wait(const char *name, instant now)
{
	pthread_mutex_lock(&lock);
	const struct key *k = key_find(name);
	int64_t over = k->failures - FREE_TRIES, seconds = over < 0 ? 0 : over > 5 ? WAIT_MAX : INT64_C(2) << over;
	int64_t left = k->since.s + seconds - now.s;
	pthread_mutex_unlock(&lock);
	return seconds == 0 || left < 0 ? 0 : left;
}

void session_failed(const char *name, instant now)
{
	pthread_mutex_lock(&lock);
	struct key *k = key_find(name);
	k->failures++;
	k->since = now;
	pthread_mutex_unlock(&lock);
}

void session_passed(const char *name)
{
	pthread_mutex_lock(&lock);
	key_find(name)->failures = 0;
	pthread_mutex_unlock(&lock);
}

void session_remember(const char *command_id, const char *location)
{
	if (command_id == NULL || location == NULL || strlen(location) >= PLACE)
		return;
	pthread_mutex_lock(&lock);
	struct led *l = &led[led_next++ % REMEMBERED];
	keep(l->id, sizeof l->id, command_id);
	keep(l->location, sizeof l->location, location);
	pthread_mutex_unlock(&lock);
}

const char *session_recall(struct arena *arena, const char *command_id)
{
	const char *location = NULL;
	pthread_mutex_lock(&lock);
	for (size_t i = 0; command_id && i < REMEMBERED && location == NULL; i++)
		if (strcmp(led[i].id, command_id) == 0)
			location = arena_text(arena, led[i].location);
	pthread_mutex_unlock(&lock);
	return location;
}
