/* notblatt: the next days on paper, for the day on which the computer does not start. It looks at the salon's database and
 * writes one PDF; it can change nothing. Started by kontor at closing time and after many changes, or by hand. */
#include "base/date.h"
#include "base/log.h"
#include "db/db.h"
#include "programs/clock.h"
#include "programs/notblatt_draw.h"
#include "programs/options.h"
#include "programs/start.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_DAYS = 14 };
static const char usage[] = "notblatt --data DIR --out FOLDER [--days 3]\n"
	"Writes FOLDER/Notblatt.pdf: today and the days after it, with phone numbers.\n";
static const struct option_rule rules[] = { { .name = "--data" }, { .name = "--out" }, { .name = "--days" }, { .name = NULL } };

/* The folder's entry is on the disk, too: a stick may be pulled right after. */
static int sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	return result;
}

/* Written beside, then renamed: whoever looks finds the old sheet or the new one, never half of one. */
static int save(struct db *db, const char *folder, size_t days)
{
	day today;
	daytime clock;
	zone_local(clock_now(), &today, &clock);
	char *final = arena_printf(db_arena(db), "%s/Notblatt.pdf", folder), *temporary = arena_printf(db_arena(db), "%s/.Notblatt.neu", folder);
	FILE *file = fopen(temporary, "wbe");
	int result = file == NULL ? -1 : notblatt_draw(db, today, days, clock_now(), file);
	if (file != NULL) {
		const struct timespec as_of[2] = { { .tv_sec = clock_now().s }, { .tv_sec = clock_now().s } };   /* kontor asks the file how old it is */
		result = fflush(file) != 0 || futimens(fileno(file), as_of) != 0 || fsync(fileno(file)) != 0 ? -1 : result;
		result = fclose(file) != 0 ? -1 : result;
	}
	if (result == 0 && (rename(temporary, final) != 0 || sync_folder(folder) != 0))
		result = -1;
	if (result != 0) {
		log_fault("the sheet could not be written into %s: %s", folder, strerror(errno));
		(void)unlink(temporary);
	}
	return result;
}

static int run(const struct options *o)
{
	int64_t days = 3;
	if (!options_number(o, "--days", 1, MOST_DAYS, &days))
		return 2;
	struct arena *arena = arena_new();
	const char *path = db_path(arena, options_get(o, "--data"));
	start_zone(path);
	struct db *db = db_open(arena, path);
	int status = 1;
	if (db != NULL) {
		db_begin_read(db);
		status = save(db, options_get(o, "--out"), (size_t)days) != 0;
		db_end_read(db);
		db_close(db);
	}
	arena_free(arena);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { .argc = argc - 1, .argv = argv + 1, .rules = rules };
	start_languages();
	if (argc >= 2 && strcmp(argv[1], "--help") == 0)
		return fputs(usage, stdout) < 0;
	if (argc >= 2 && options_right(&o) && options_get(&o, "--data") != NULL && options_get(&o, "--out") != NULL)
		return run(&o);
	fputs(usage, stderr);
	return 2;
}
