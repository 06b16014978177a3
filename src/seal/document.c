#include "seal/document.h"
#include "base/log.h"
#include "base/text.h"
#include "seal/hex.h"
#include <string.h>

enum { SIG_LINE = 4 + 2 * SIGN_BYTES + 1 };                  /* "sig " + hex + LF */

struct list { void *at; size_t n, cap; };
struct value { const char *at, *end; };                      /* what is left of a line */

const char *refusal_word(enum refusal r)
{
	static const char *const words[] = {
		[ACCEPTED] = "accepted", [REFUSED_SIZE] = "size", [REFUSED_TEXT] = "text", [REFUSED_TYPE] = "type",
		[REFUSED_LINE] = "line", [REFUSED_KEY] = "key", [REFUSED_ORDER] = "order", [REFUSED_VALUE] = "value",
		[REFUSED_SIGNATURE] = "signature", [REFUSED_SHOP] = "shop", [REFUSED_OLDER] = "older", [REFUSED_FORK] = "fork",
		[REFUSED_FUTURE] = "future", [REFUSED_SEAL] = "seal", [REFUSED_HASH] = "hash"
	};
	return words[r];
}

/* ---- reading one value ---- */

static bool read_number(const struct cell *cell, struct value v, uint64_t *number_r)
{
	size_t n = (size_t)(v.end - v.at);
	uint64_t number = 0;
	if (n == 0 || n > 20 || (n > 1 && *v.at == '0'))
		return false;
	for (; v.at < v.end; v.at++) {
		if (*v.at < '0' || *v.at > '9' || __builtin_mul_overflow(number, (uint64_t)10, &number) ||
		    __builtin_add_overflow(number, (uint64_t)(*v.at - '0'), &number))
			return false;
	}
	*number_r = number;
	return number >= cell->least && number <= cell->most;
}

static bool read_blob(const struct cell *cell, struct arena *arena, struct value v, struct bytes *blob_r)
{
	size_t n = (size_t)(v.end - v.at) / 2;
	uint8_t *bytes = arena_buffer(arena, n);
	*blob_r = (struct bytes){ bytes, n };
	return (v.end - v.at) % 2 == 0 && n > 0 && n >= cell->least && n <= cell->most && hex_read(v.at, bytes, n);
}

static bool read_name(const struct cell *cell, struct arena *arena, struct value v, str *name_r)
{
	size_t n = (size_t)(v.end - v.at);
	*name_r = arena_copy(arena, v.at, n);
	return n >= 1 && n <= cell->most && strspn(*name_r, "abcdefghijklmnopqrstuvwxyz0123456789-_:.") == n;
}

static bool read_word(const struct cell *cell, struct value v, int *word_r)
{
	size_t n = (size_t)(v.end - v.at);
	for (int i = 0; cell->words[i]; i++) {
		if (strlen(cell->words[i]) == n && n > 0 && memcmp(cell->words[i], v.at, n) == 0) {
			*word_r = i;
			return true;
		}
	}
	return false;
}

/* Controls of ISO 6429, both the short and the long ones (U+0080 to U+009F are C2 80 to C2 9F), never stand in a text. */
static bool read_text(const struct cell *cell, struct arena *arena, struct value v, str *text_r)
{
	char *to = arena_buffer(arena, (size_t)(v.end - v.at) + 1);
	*text_r = to;
	for (const char *s = v.at; s < v.end; s++) {
		unsigned char c = (unsigned char)*s;
		if (c < ' ' || c == 0x7F || (c == 0xC2 && s + 1 < v.end && (unsigned char)s[1] < 0xA0))
			return false;
		if (c == '\\') {
			if (++s == v.end || (*s != 'n' && *s != '\\'))
				return false;
			*to++ = *s == 'n' ? '\n' : '\\';
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
	return to > *text_r && text_length(*text_r) <= cell->most;
}

static bool read_cell(const struct cell *cell, struct arena *arena, struct value v, char *base)
{
	void *to = base + cell->offset;
	switch (cell->kind) {
	case CELL_NUMBER: return read_number(cell, v, to);
	case CELL_HEX: return (size_t)(v.end - v.at) == 2 * cell->most && hex_read(v.at, to, cell->most);
	case CELL_BLOB: return read_blob(cell, arena, v, to);
	case CELL_NAME: return read_name(cell, arena, v, to);
	case CELL_WORD: return read_word(cell, v, to);
	case CELL_TEXT: return read_text(cell, arena, v, to);
	}
	return false;
}

/* ---- lines ---- */

static bool all_zero(const uint8_t *at, size_t n)
{
	uint8_t any = 0;
	for (size_t i = 0; i < n; i++)
		any |= at[i];
	return any == 0;
}

static bool absent(const struct cell *cell, const char *base)
{
	const void *at = base + cell->offset;
	switch (cell->kind) {
	case CELL_NUMBER: return *(const uint64_t *)at == 0;
	case CELL_HEX: return all_zero(at, cell->most);
	case CELL_BLOB: return ((const struct bytes *)at)->n == 0;
	case CELL_NAME: case CELL_TEXT: return *(const str *)at == NULL;
	case CELL_WORD: return *(const int *)at == 0;
	}
	return false;
}

static bool read_cells(const struct line *line, struct arena *arena, struct value v, char *base)
{
	for (const struct cell *cell = line->cells; cell < line->cells + DOCUMENT_CELLS && cell->kind; cell++) {
		bool last = cell + 1 == line->cells + DOCUMENT_CELLS || !cell[1].kind;
		const char *blank = last ? NULL : memchr(v.at, ' ', (size_t)(v.end - v.at));
		if (!last && blank == NULL)
			return false;
		if (!read_cell(cell, arena, (struct value){ v.at, last ? v.end : blank }, base))
			return false;
		v.at = last ? v.end : blank + 1;
	}
	return !(line->optional && absent(&line->cells[0], base));
}

struct reading { const struct document_type *type; struct arena *arena; const char *at, *end; };

/* The next line's key and value. false: there is no `key SP value LF`. */
static bool next_line(const struct reading *r, struct value *key_r, struct value *value_r)
{
	const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
	const char *blank = stop ? memchr(r->at, ' ', (size_t)(stop - r->at)) : NULL;
	if (blank == NULL || blank == r->at || blank + 1 == stop)
		return false;
	*key_r = (struct value){ r->at, blank };
	*value_r = (struct value){ blank + 1, stop };
	return true;
}

static bool is_key(struct value key, const char *name)
{
	size_t n = strlen(name);
	return (size_t)(key.end - key.at) == n && memcmp(key.at, name, n) == 0;
}

static enum refusal misplaced(const struct document_type *type, struct value key)
{
	for (size_t i = 0; i < type->nlines; i++)
		if (is_key(key, type->lines[i].key))
			return REFUSED_ORDER;
	return REFUSED_KEY;
}

/* Where the next one of a repeated line goes; NULL: there are too many. */
static char *another(const struct line *line, struct arena *arena, char *document)
{
	struct list *list = (struct list *)(void *)(document + line->list);
	if (list->n >= line->most)
		return NULL;
	if (list->n == list->cap)
		(void)arena_grow_(arena, &list->at, &list->cap, line->item);
	char *item = (char *)list->at + list->n++ * line->item;
	memset(item, 0, line->item);
	return item;
}

static enum refusal read_lines(struct reading *r, const struct line *line, char *document)
{
	struct value key, value;
	for (size_t n = 0; ; n++) {
		if (r->at == r->end)
			return n > 0 || line->optional || line->most > 0 ? ACCEPTED : REFUSED_ORDER;
		if (!next_line(r, &key, &value))
			return REFUSED_LINE;
		if (!is_key(key, line->key))
			return n > 0 || line->optional || line->most > 0 ? ACCEPTED : misplaced(r->type, key);
		if (n > 0 && line->most == 0)
			return REFUSED_ORDER;
		char *base = line->most > 0 ? another(line, r->arena, document) : document;
		if (base == NULL || !read_cells(line, r->arena, value, base))
			return REFUSED_VALUE;
		r->at = value.end + 1;
	}
}

static const char *first_line(const struct document_type *type, struct arena *arena)
{
	return arena_printf(arena, "kontor-%s %u\n", type->name, type->version);
}

enum refusal document_read(const struct document_type *type, struct arena *arena, struct bytes b, void *document_r)
{
	memset(document_r, 0, type->bytes);
	if (b.n == 0 || b.n > DOCUMENT_MAX)
		return REFUSED_SIZE;
	if (!text_valid(b.at, b.n))
		return REFUSED_TEXT;
	const char *first = first_line(type, arena);
	size_t n = strlen(first);
	struct reading r = { .type = type, .arena = arena, .at = b.at, .end = (const char *)b.at + b.n };
	if (b.n < n || memcmp(b.at, first, n) != 0)
		return REFUSED_TYPE;
	r.at += n;
	for (size_t i = 0; i < type->nlines; i++) {
		enum refusal refused = read_lines(&r, &type->lines[i], document_r);
		if (refused)
			return refused;
	}
	struct value key, value;
	return r.at == r.end ? ACCEPTED : next_line(&r, &key, &value) ? misplaced(type, key) : REFUSED_LINE;
}

/* ---- writing ---- */

static void write_text(struct out *o, const char *s)
{
	for (; *s; s++) {
		if (*s == '\n')
			out_raw(o, "\\n");
		else if (*s == '\\')
			out_raw(o, "\\\\");
		else
			out_bytes(o, s, 1);
	}
}

static void write_hex(struct out *o, struct bytes b) { out_raw(o, hex_text(o->arena, b)); }

static void write_cell(struct out *o, const struct cell *cell, const char *base)
{
	const void *at = base + cell->offset;
	switch (cell->kind) {
	case CELL_NUMBER: out_raw(o, arena_printf(o->arena, "%llu", (unsigned long long)*(const uint64_t *)at)); break;
	case CELL_HEX: write_hex(o, (struct bytes){ at, cell->most }); break;
	case CELL_BLOB: write_hex(o, *(const struct bytes *)at); break;
	case CELL_NAME: out_raw(o, *(const str *)at ? *(const str *)at : ""); break;
	case CELL_WORD: out_raw(o, cell->words[*(const int *)at]); break;
	case CELL_TEXT: write_text(o, *(const str *)at ? *(const str *)at : ""); break;
	}
}

static void write_line(struct out *o, const struct line *line, const char *base)
{
	out_raw(o, line->key);
	for (const struct cell *cell = line->cells; cell < line->cells + DOCUMENT_CELLS && cell->kind; cell++) {
		out_raw(o, " ");
		write_cell(o, cell, base);
	}
	out_raw(o, "\n");
}

struct bytes document_signed_text(const struct document_type *type, struct arena *arena, struct bytes b)
{
	struct out o = { .arena = arena };
	out_raw(&o, arena_printf(arena, "kontor-sig/%s/%u\n", type->name, type->version));
	out_bytes(&o, b.at, b.n);
	return (struct bytes){ o.s, o.len };
}

void document_lines(const struct document_type *type, struct out *o, const void *document)
{
	const char *base = document;
	size_t nlines = type->nlines - type->has_signature;
	out_raw(o, first_line(type, o->arena));
	for (size_t i = 0; i < nlines; i++) {
		const struct line *line = &type->lines[i];
		const struct list *list = (const struct list *)(const void *)(base + line->list);
		if (line->most > 0)
			for (size_t k = 0; k < list->n; k++)
				write_line(o, line, (const char *)list->at + k * line->item);
		else if (!line->optional || !absent(&line->cells[0], base))
			write_line(o, line, base);
	}
}

enum refusal document_write(const struct document_type *type, struct out *o, const void *document)
{
	size_t from = o->len;
	require(!type->has_signature);
	document_lines(type, o, document);
	return document_read(type, o->arena, (struct bytes){ o->s + from, o->len - from }, arena_alloc(o->arena, type->bytes));
}

bool document_signed(const struct document_type *type, struct arena *arena, struct bytes b, const uint8_t public[SIGN_KEY])
{
	uint8_t signature[SIGN_BYTES];
	if (!type->has_signature || b.n < SIG_LINE)
		return false;
	const char *line = (const char *)b.at + b.n - SIG_LINE;
	return memcmp(line, "sig ", 4) == 0 && hex_read(line + 4, signature, SIGN_BYTES) &&
	    sign_good(public, document_signed_text(type, arena, (struct bytes){ b.at, b.n - SIG_LINE }), signature);
}

enum refusal document_of_shop(const struct document_type *type, struct arena *arena, struct bytes b, const struct shop_key *key,
    const uint8_t shop[SHOP_ID])
{
	if (!document_signed(type, arena, b, key->public))
		return REFUSED_SIGNATURE;
	return memcmp(shop, key->id, SHOP_ID) == 0 ? ACCEPTED : REFUSED_SHOP;
}
