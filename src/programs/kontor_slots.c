/* kontor_slots.c: the subcommand. Standard input is the question, standard output the answer; sentences about what is wrong
 * go to standard error. Exit status: 0 answered (also when nothing is free), 1 the database cannot be read, 2 the
 * question cannot be answered as it stands. */
#include "programs/kontor_slots.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "db/db.h"
#include "programs/clock.h"
#include "programs/kontor_serve.h"
#include "programs/start.h"
#include <stdio.h>

enum { QUESTION_BYTES = 1 << 20 };

static bool read_all(struct out *to)
{
	char piece[4096];
	for (size_t n; (n = fread(piece, 1, sizeof piece, stdin)) > 0 && to->len <= QUESTION_BYTES; )
		out_bytes(to, piece, n);
	return to->len <= QUESTION_BYTES;
}

static int refuse(const char *sentence)
{
	fprintf(stderr, "%s\n", sentence);
	return 2;
}

static int tell(json_t *answer)
{
	int status = json_dumpf(answer, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER) < 0 || putchar('\n') == EOF ? 1 : 0;
	json_decref(answer);
	return status;
}

static int ask(struct db *db, const struct slots_question *question)
{
	const char *wrong = NULL;
	daytime now;
	struct slots_moment moment;
	zone_local(clock_now(), &moment.today, &now);
	moment.now = (int)now.min;
	db_begin_read(db);
	json_t *answer = slots_answer(db, question, &moment, &wrong);
	bool failed = db_failed(db);
	db_end_read(db);
	if (failed) {
		json_decref(answer);
		return 1;
	}
	return answer != NULL ? tell(answer) : refuse(wrong);
}

int kontor_slots(const struct options *o)
{
	struct arena *arena = arena_new();
	const char *path = db_path(arena, options_get(o, "--data"));
	struct slots_question question;
	struct out text = { .arena = arena };
	int status = 1;
	start_zone(path);
	const char *wrong = !read_all(&text) ? _("The question is longer than a megabyte.")
	    : slots_question_read(arena, text.s != NULL ? text.s : "", text.len, &question);
	if (wrong != NULL) {
		status = refuse(wrong);
	} else {
		struct db *db = db_open(arena, path);
		if (db != NULL) {
			db_use(db, arena);
			status = ask(db, &question);
			db_close(db);
		}
	}
	arena_free(arena);
	return status;
}
