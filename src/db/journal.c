#include "db/journal_private.h"
#include <string.h>

bool journal_covers(const char *table)
{
	return strcmp(table, "journal") != 0 && strcmp(table, "session") != 0 && strncmp(table, "search_", 7) != 0 &&
	    strncmp(table, "sqlite_", 7) != 0;
}

int64_t journal_head(struct db *db)
{
	int64_t seq = db_one(db, SQL("SELECT max(seq) FROM journal"));
	return seq == NONE ? 0 : seq;
}
