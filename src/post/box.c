#include "post/box.h"
#include "base/log.h"
#include "base/text.h"
#include "seal/hex.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- the file ---- */

enum kind { IS_TEXT = 1, IS_NAME, IS_NUMBER, IS_ID, IS_KEY, IS_YES };
static const struct setting { const char *key; enum kind kind; bool of_shop; size_t offset; uint64_t least, most; } settings[] = {
	{ "listen", IS_TEXT, false, offsetof(struct box, listen), 0, 0 },
	{ "port", IS_NUMBER, false, offsetof(struct box, port), 1, 65535 },
	{ "data", IS_TEXT, false, offsetof(struct box, data), 0, 0 },
	{ "connections", IS_NUMBER, false, offsetof(struct box, connections), 16, 60000 },
	{ "behind-proxy", IS_YES, false, offsetof(struct box, forwarded), 0, 0 },
	{ "shop", IS_NAME, true, offsetof(struct box_shop, name), 0, 0 },
	{ "id", IS_ID, true, offsetof(struct box_shop, key.id), 0, 0 },
	{ "key", IS_KEY, true, offsetof(struct box_shop, key.public), 0, 0 },
	{ "token-sha256", IS_KEY, true, offsetof(struct box_shop, token), 0, 0 },
	{ "phone", IS_TEXT, true, offsetof(struct box_shop, phone), 0, 0 },
	{ "letters", IS_NUMBER, true, offsetof(struct box_shop, letters), 1, 1000000 },
	{ "per-source", IS_NUMBER, true, offsetof(struct box_shop, per_source), 1, 60000 },
};

static bool is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return n >= 1 && n <= 32 && s[n] == '\0';
}

static bool set(struct arena *arena, const struct setting *setting, const char *value, char *to)
{
	int64_t number;
	void *at = to + setting->offset;
	switch (setting->kind) {
	case IS_TEXT: *(str *)at = arena_text(arena, value); return *value != '\0';
	case IS_NAME: *(str *)at = arena_text(arena, value); return is_name(value);
	case IS_ID: return strlen(value) == 2 * SHOP_ID && hex_read(value, at, SHOP_ID);
	case IS_KEY: return strlen(value) == 2 * SIGN_KEY && hex_read(value, at, SIGN_KEY);
	case IS_YES: *(bool *)at = strcmp(value, "yes") == 0; return *(bool *)at || strcmp(value, "no") == 0;
	case IS_NUMBER:
		if (!read_int(value, &number) || number < (int64_t)setting->least || number > (int64_t)setting->most)
			return false;
		*(uint64_t *)at = (uint64_t)number;
		return true;
	}
	return false;
}

static const char *read_line(struct arena *arena, char *line, int number, struct box *box)
{
	char *key = line + strspn(line, " \t"), *value = key + strcspn(key, " \t");
	if (*key == '\0' || *key == '#')
		return NULL;
	if (*value)
		*value++ = '\0';
	value += strspn(value, " \t");
	for (size_t i = 0; i < COUNT(settings); i++) {
		const struct setting *s = &settings[i];
		if (strcmp(s->key, key) != 0)
			continue;
		if (strcmp(key, "shop") == 0)
			*arena_push(arena, &box->shops) = (struct box_shop){ .letters = 2000, .per_source = 20, .folder = -1 };
		if (s->of_shop && box->shops.n == 0)
			return arena_printf(arena, "line %d: %s stands before the first shop", number, key);
		char *to = s->of_shop ? (char *)&box->shops.at[box->shops.n - 1] : (char *)box;
		return set(arena, s, value, to) ? NULL : arena_printf(arena, "line %d: %s cannot be “%s”", number, key, value);
	}
	return arena_printf(arena, "line %d: %s is not known here", number, key);
}

const char *box_read(struct arena *arena, const char *text, struct box *box)
{
	*box = (struct box){ .listen = "127.0.0.1", .port = 8090, .connections = 12000 };
	char *rest = arena_text(arena, text), *line;
	for (int number = 1; (line = strsep(&rest, "\n")) != NULL; number++) {
		const char *wrong = read_line(arena, line, number, box);
		if (wrong)
			return wrong;
	}
	static const uint8_t none[TOKEN_HASH];
	for (size_t i = 0; i < box->shops.n; i++) {
		const struct box_shop *s = &box->shops.at[i];
		if (memcmp(s->key.public, none, SIGN_KEY) == 0 || memcmp(s->token, none, TOKEN_HASH) == 0 || s->phone == NULL)
			return arena_printf(arena, "shop %s: key, token-sha256 and phone are needed", s->name);
	}
	return box->data == NULL ? "data is missing: the folder for everything" : box->shops.n == 0 || box->shops.n > SHOPS_MAX ? "shop is missing" : NULL;
}

/* ---- the folders ---- */

static int make_folder(int at, const char *name)
{
	if (mkdirat(at, name, 0700) < 0 && errno != EEXIST)
		return -1;
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void read_manifest(struct arena *arena, struct box_shop *shop)
{
	char *bytes = arena_buffer(arena, DOCUMENT_MAX + 1);
	struct publication m;
	int fd = openat(shop->folder, "manifest", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, bytes, DOCUMENT_MAX + 1);
	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return;
	struct bytes b = { bytes, (size_t)n };
	enum refusal refused = publication_read(arena, b, &shop->key, &m);
	if (refused) {
		log_fault("%s/manifest is not used: %s", shop->name, refusal_word(refused));
		return;
	}
	shop->mark = publication_mark(&m, b);
	shop->published = true;
	memcpy(shop->reqkey, m.reqkey, sizeof m.reqkey);
	shop->pieces = malloc(m.chunks.n * HASH + 1);
	require(shop->pieces != NULL);
	for (shop->npieces = 0; shop->npieces < m.chunks.n; shop->npieces++)
		memcpy(shop->pieces + shop->npieces * HASH, m.chunks.at[shop->npieces].hash, HASH);
}

static int open_shop(struct arena *arena, int data, struct box_shop *shop)
{
	static const char *const inside[] = { "c", "status", "app" };
	shop->folder = make_folder(data, shop->name);
	bool good = shop->folder >= 0;
	for (size_t i = 0; good && i < COUNT(inside); i++) {
		int fd = make_folder(shop->folder, inside[i]);
		good = fd >= 0 && close(fd) == 0;
	}
	if (!good) {
		log_fault("the folder of %s could not be made: %s", shop->name, strerror(errno));
		return -1;
	}
	read_manifest(arena, shop);
	shop->spool = spool_open(arena, shop->folder, (uint32_t)shop->letters);
	return shop->spool ? 0 : -1;
}

int box_open(struct arena *arena, struct box *box)
{
	if (mkdir(box->data, 0700) < 0 && errno != EEXIST) {
		log_fault("%s: %s", box->data, strerror(errno));
		return -1;
	}
	int data = open(box->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = data < 0 ? -1 : 0;
	if (data < 0)
		log_fault("%s: %s", box->data, strerror(errno));
	for (size_t i = 0; result == 0 && i < box->shops.n; i++)
		result = open_shop(arena, data, &box->shops.at[i]);
	if (data >= 0)
		close(data);
	return result;
}

void box_close(struct box *box)
{
	for (size_t i = 0; i < box->shops.n; i++) {
		free(box->shops.at[i].pieces);
		close(box->shops.at[i].folder);
	}
}

struct box_shop *box_find(struct box *box, const char *path, const char **rest_r)
{
	for (size_t i = 0; *path == '/' && i < box->shops.n; i++) {
		size_t n = strlen(box->shops.at[i].name);
		if (strncmp(path + 1, box->shops.at[i].name, n) == 0 && path[n + 1] == '/') {
			*rest_r = path + n + 2;
			return &box->shops.at[i];
		}
	}
	return NULL;
}

static int by_hash(const void *a, const void *b) { return memcmp(a, b, HASH); }

void box_sweep(int folder, const uint8_t *keep, size_t nkeep)
{
	enum { OLD = 3600 };
	int fd = openat(folder, "c", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	uint8_t hash[HASH];
	struct stat st;
	if (dir == NULL && fd >= 0)
		close(fd);
	for (struct dirent *d; dir && (d = readdir(dir)) != NULL; )
		if (strlen(d->d_name) == 2 * HASH && hex_read(d->d_name, hash, HASH) && bsearch(hash, keep, nkeep, HASH, by_hash) == NULL &&
		    fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && time(NULL) - st.st_mtime > OLD)
			(void)unlinkat(fd, d->d_name, 0);
	if (dir)
		closedir(dir);
}

/* In the same folder, since without Landlock's second version nothing may be moved from one to another. One thread writes. */
static const char aside[] = ".part";

static int save_in(int folder, const char *name, struct bytes b)
{
	int fd = openat(folder, aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	errno = fd < 0 ? errno : ENOSPC;                         /* of a short write */
	bool good = fd >= 0 && write(fd, b.at, b.n) == (ssize_t)b.n && fsync(fd) == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (good && renameat(folder, aside, folder, name) == 0 && fsync(folder) == 0)
		return 0;
	log_fault("%s could not be kept: %s", name, strerror(errno));
	(void)unlinkat(folder, aside, 0);
	return -1;
}

int box_save(int folder, const char *path, struct bytes b)
{
	char name[16];
	const char *slash = strchr(path, '/');
	(void)snprintf(name, sizeof name, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
	int inside = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = inside < 0 ? -1 : save_in(inside, slash ? slash + 1 : path, b);
	if (inside >= 0)
		close(inside);
	return result;
}
