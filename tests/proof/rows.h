/* rows.h: what is in a database, as one number, and which record of the journal is the newest. */
#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static uint64_t mix(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;
	for (size_t i = 0; i < n; i++)
		h = (h ^ b[i]) * 0x100000001b3u;
	return h;
}

static uint64_t mix_column(uint64_t h, sqlite3_stmt *st, int i)
{
	int type = sqlite3_column_type(st, i);
	h = mix(h, &type, sizeof type);
	if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
		sqlite3_int64 v = sqlite3_column_int64(st, i);
		return mix(h, &v, sizeof v);
	}
	return mix(h, sqlite3_column_blob(st, i), (size_t)sqlite3_column_bytes(st, i));
}

/* false: it can't be read. */
static bool each_row(sqlite3 *h, const char *sql, uint64_t *hash)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(st)) == SQLITE_ROW)
			for (int i = 0; i < sqlite3_column_count(st); i++)
				*hash = mix_column(*hash, st, i);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE;
}

/* Of all rows of all tables. The journal's hashes are chained: its last record stands for all. */
static bool rows_of(sqlite3 *h, uint64_t *hash_r)
{
	char sql[200];
	sqlite3_stmt *tables = NULL;
	uint64_t hash = 0xcbf29ce484222325u;
	bool good = sqlite3_prepare_v2(h, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'journal' AND name NOT LIKE 'sqlite%' ORDER BY name",
	    -1, &tables, NULL) == SQLITE_OK;
	while (good && sqlite3_step(tables) == SQLITE_ROW) {
		snprintf(sql, sizeof sql, "SELECT * FROM %s", (const char *)sqlite3_column_text(tables, 0));
		good = each_row(h, sql, &hash);
	}
	sqlite3_finalize(tables);
	good = good && each_row(h, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1", &hash);
	*hash_r = hash;
	return good;
}

static int64_t head_of(sqlite3 *h)
{
	sqlite3_stmt *st = NULL;
	int64_t seq = -1;
	if (sqlite3_prepare_v2(h, "SELECT ifnull(max(seq), 0) FROM journal", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		seq = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return seq;
}
#endif
