#include "base/lang.h"
#include <stdint.h>
#include <string.h>

/* A .mo file: magic, revision, count, offset of originals, offset of translations, size and offset of a hash table; each entry
 * of the texts' tables is a length and an offset (GNU gettext manual, "The Format of GNU MO Files"). */
struct catalogue { const char *bytes; uint32_t count, originals, translations, hashed, hash; };

static struct catalogue catalogues[LANG_COUNT];
static _Thread_local enum lang current = LANG_DE;

static uint32_t word(const char *bytes, size_t at)
{
	uint32_t w;
	memcpy(&w, bytes + at, sizeof w);
	return w;
}

int lang_load(enum lang lang, const void *mo, size_t size)
{
	const char *bytes = mo;
	if (size < 28 || word(bytes, 0) != 0x950412deu)
		return -1;
	struct catalogue c = { bytes, word(bytes, 8), word(bytes, 12), word(bytes, 16), word(bytes, 20), word(bytes, 24) };
	if (c.originals + (uint64_t)c.count * 8 > size || c.translations + (uint64_t)c.count * 8 > size ||
	    c.hashed <= c.count || c.hashed < 3 || c.hash + (uint64_t)c.hashed * 4 > size)
		return -1;
	catalogues[lang] = c;
	return 0;
}

void lang_use(enum lang lang) { current = lang; }
enum lang lang_current(void) { return current; }
const char *lang_code(enum lang lang) { return lang == LANG_EN ? "en" : "de"; }

/* P. J. Weinberger's hash, with which msgfmt fills the table. */
static uint32_t hash_of(const char *s)
{
	uint32_t h = 0;
	for (; *s != '\0'; s++) {
		h = (h << 4) + (unsigned char)*s;
		uint32_t high = h & 0xf0000000u;
		h ^= high >> 24 ^ high;
	}
	return h;
}

/* The table holds numbers of texts from 1 on, 0 where it is empty; it is never full. */
static const char *find(const struct catalogue *c, const char *msgid)
{
	uint32_t h = hash_of(msgid), at = h % c->hashed, step = 1 + h % (c->hashed - 2);
	for (uint32_t n; (n = word(c->bytes, c->hash + (size_t)at * 4)) != 0 && n <= c->count;) {
		if (strcmp(msgid, c->bytes + word(c->bytes, c->originals + (size_t)(n - 1) * 8 + 4)) == 0)
			return c->bytes + word(c->bytes, c->translations + (size_t)(n - 1) * 8 + 4);
		at = at >= c->hashed - step ? at - (c->hashed - step) : at + step;
	}
	return NULL;
}

/* English as it stands, without the remark behind the bar. */
static const char *plain(const char *msgid)
{
	if (strchr(msgid, '|') == NULL)
		return msgid;
	for (const struct lang_remark *r = lang_remarks; r->marked != NULL; r++)
		if (strcmp(r->marked, msgid) == 0)
			return r->shown;
	return msgid;
}

const char *lang_text(const char *msgid)
{
	if (msgid == NULL || *msgid == '\0')
		return msgid;
	const char *found = catalogues[current].count > 0 ? find(&catalogues[current], msgid) : NULL;
	return found != NULL && *found != '\0' ? found : plain(msgid);
}

/* German and English share the rule: one is one, all else is many. The .mo keeps both behind each other. */
const char *lang_plural(const char *one, const char *many, long long n)
{
	const char *found = catalogues[current].count > 0 ? find(&catalogues[current], one) : NULL;
	if (found == NULL || *found == '\0')
		return n == 1 ? plain(one) : plain(many);
	return n == 1 ? found : found + strlen(found) + 1;
}
