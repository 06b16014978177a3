#include "db/cell.h"
#include <string.h>

struct cell cell_of_value(sqlite3_value *v)
{
	struct cell c = { .type = sqlite3_value_type(v) };
	if (c.type == SQLITE_INTEGER)
		c.i = sqlite3_value_int64(v);
	else if (c.type == SQLITE_FLOAT)
		c.real = sqlite3_value_double(v);
	else if (c.type != SQLITE_NULL) {
		c.bytes = c.type == SQLITE_TEXT ? (const void *)sqlite3_value_text(v) : sqlite3_value_blob(v);
		c.n = (size_t)sqlite3_value_bytes(v);
	}
	return c;
}

struct cell cell_of_column(sqlite3_stmt *st, int column)
{
	struct cell c = { .type = sqlite3_column_type(st, column) };
	if (c.type == SQLITE_INTEGER)
		c.i = sqlite3_column_int64(st, column);
	else if (c.type == SQLITE_FLOAT)
		c.real = sqlite3_column_double(st, column);
	else if (c.type != SQLITE_NULL) {
		c.bytes = c.type == SQLITE_TEXT ? (const void *)sqlite3_column_text(st, column) : sqlite3_column_blob(st, column);
		c.n = (size_t)sqlite3_column_bytes(st, column);
	}
	return c;
}

void cell_put_byte(struct out *o, int byte)
{
	char c = (char)byte;
	out_bytes(o, &c, 1);
}

/* Seven bits a byte, the highest first; all but the last byte have their top bit set. Gives how many. */
static size_t length_bytes(char *to, size_t n)
{
	size_t used = 0;
	for (int shift = 28; shift > 0; shift -= 7)
		if (n >> shift != 0)
			to[used++] = (char)((n >> shift & 0x7F) | 0x80);
	to[used++] = (char)(n & 0x7F);
	return used;
}

void cell_put_length(struct out *o, size_t n)
{
	char bytes[8];
	out_bytes(o, bytes, length_bytes(bytes, n));
}

void cell_put(struct out *o, const struct cell *c)
{
	char head[16] = { (char)c->type };
	size_t n = 1;
	if (c->type == SQLITE_INTEGER || c->type == SQLITE_FLOAT) {
		uint64_t number = (uint64_t)c->i;
		if (c->type == SQLITE_FLOAT)
			memcpy(&number, &c->real, sizeof number);
		number = __builtin_bswap64(number);
		memcpy(head + 1, &number, sizeof number);
		n += sizeof number;
	} else if (c->type != SQLITE_NULL) {
		n += length_bytes(head + 1, c->n);
	}
	out_bytes(o, head, n);
	if (c->n > 0)
		out_bytes(o, c->bytes, c->n);
}

/* Gives where the next one begins. */
const unsigned char *cell_get(const unsigned char *p, struct cell *c)
{
	*c = (struct cell){ .type = *p++ };
	if (c->type == SQLITE_INTEGER || c->type == SQLITE_FLOAT) {
		uint64_t n;
		memcpy(&n, p, sizeof n);
		n = __builtin_bswap64(n);
		c->i = (int64_t)n;
		memcpy(&c->real, &n, sizeof n);
		return p + sizeof n;
	}
	if (c->type == SQLITE_NULL)
		return p;
	do
		c->n = c->n << 7 | (*p & 0x7F);
	while (*p++ & 0x80);
	c->bytes = p;
	return p + c->n;
}

bool cell_same(const struct cell *a, const struct cell *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == SQLITE_INTEGER)
		return a->i == b->i;
	if (a->type == SQLITE_FLOAT)
		return memcmp(&a->real, &b->real, sizeof a->real) == 0;
	return a->n == b->n && (a->n == 0 || memcmp(a->bytes, b->bytes, a->n) == 0);
}
