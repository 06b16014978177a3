/* shop.h: a data folder for a test, and commands in it. */
#ifndef TESTS_SHOP_H
#define TESTS_SHOP_H
#include "base/log.h"
#include "base/out.h"
#include "check.h"
#include "db/check_write.h"
#include "db/db_write.h"
#include "db/journal.h"
#include <stdlib.h>
#include <unistd.h>

struct shop { struct arena *own, *arena; const char *dir; struct db *db; };

static inline void shop_open(struct shop *s)
{
	s->own = arena_new();
	s->arena = arena_new();
	s->db = db_open_write(s->own, s->dir);
	require(s->db != NULL);
	db_use(s->db, s->arena);
}

static inline void shop_new(struct shop *s, char pattern[])
{
	*s = (struct shop){ .dir = mkdtemp(pattern) };
	require(s->dir != NULL);
	shop_open(s);
}

static inline void shop_close(struct shop *s)
{
	db_close_write(s->db);
	arena_free(s->arena);
	arena_free(s->own);
}

static inline void shop_remove(struct shop *s)
{
	static const char *const names[] = { "kontor.db", "kontor.db-wal", "kontor.db-shm", "lock" };
	char path[200];
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", s->dir, names[i]);
		unlink(path);
	}
	rmdir(s->dir);
}

static inline int shop_faults(struct shop *s)
{
	struct out faults = { .arena = s->arena };
	int n = check_data_folder(s->dir, &faults);
	if (n != 0 && faults.s != NULL)
		printf("%s", faults.s);
	return n;
}

/* A group of one command by user 1: BEGIN_COMMAND(s, "name", id) … END_COMMAND(s, &seq). */
static inline enum command_result begin_command(struct shop *s, const char *name, const char *id)
{
	int64_t seq;
	arena_reset(s->arena);
	require(db_group_begin(s->db) == 0);
	return db_command_begin(s->db, &(struct command){ .name = name, .id = id, .user = 1, .station = "Empfang",
	    .text = "Änderung", .at = { 1795000000 } }, &seq);
}

static inline int64_t end_command(struct shop *s)
{
	int64_t seq;
	require(db_command_end(s->db, &seq) == 0);
	require(db_group_end(s->db) == 0);
	return seq;
}

static inline void drop_command(struct shop *s)
{
	db_command_drop(s->db);
	require(db_group_end(s->db) == 0);
}

/* 0 = done, 1 = refused; *later_r as of journal_undo(). */
static inline int undo(struct shop *s, int64_t seq, int64_t *undo_seq_r, int64_t *later_r)
{
	require(begin_command(s, "undo", NULL) == COMMAND_NEW);
	int rc = journal_undo(s->db, seq, later_r);
	if (rc == 0)
		*undo_seq_r = end_command(s);
	else
		drop_command(s);
	return rc;
}
#endif
