/* import_command_change.c: "kontor import" on the command line. */
#include "base/date.h"
#include "db/db_write.h"
#include "modules/import/import.h"
#include "modules/import/import_save_change.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { MAX_FILE = 256 * 1024 * 1024 };

/* false: a sentence was printed. */
static bool load(struct arena *a, const char *path, struct found_file *file_r)
{
	FILE *in = fopen(path, "rb");
	struct out bytes = { .arena = a };
	char part[65536];
	size_t n;
	if (in == NULL) {
		fprintf(stderr, _("%s cannot be opened: %s\n"), path, strerror(errno));
		return false;
	}
	while ((n = fread(part, 1, sizeof part, in)) > 0 && bytes.len < MAX_FILE)
		out_bytes(&bytes, part, n);
	bool failed = ferror(in) != 0 || bytes.len >= MAX_FILE;
	fclose(in);
	if (failed)
		fprintf(stderr, _("%s cannot be read, or is larger than 256 MB.\n"), path);
	const char *slash = strrchr(path, '/');
	*file_r = (struct found_file){ .name = slash == NULL ? path : slash + 1, .bytes = bytes.s == NULL ? "" : bytes.s, .n = bytes.len };
	return !failed;
}

/* Plans and saves inside of one command; a dry run drops it. */
static int run(struct db *db, struct arena *a, struct found *f, bool dry_run, instant now, day today)
{
	int64_t seq = 0;
	struct command command = { .name = "import.run", .at = now };
	if (db_group_begin(db) != 0 || db_command_begin(db, &command, &seq) != COMMAND_NEW)
		return 1;
	struct plan *p = plan_make(db, a, f, now, today);
	bool drop = dry_run || plan_empty(p);
	if (!drop)
		import_save_change(p, 0);
	db_command_text(db, import_save_change_text(p));
	bool failed = db_failed(db);
	if (drop || failed)
		db_command_drop(db);
	else if (db_command_end(db, &seq) != 0)
		failed = true;
	if (db_group_end(db) != 0 || failed)
		return 1;
	fputs(report_text(p, !dry_run), stdout);
	return 0;
}

int shop_import(const char *dir, bool dry_run, int nfiles, char **files, instant now)
{
	struct arena *a = arena_new();
	struct found f = { .arena = a };
	day today;
	daytime clock;
	bool good = true;
	zone_local(now, &today, &clock);
	for (int i = 0; i < nfiles && good; i++) {
		struct found_file file;
		good = load(a, files[i], &file);
		if (good)
			found_read(&f, &file, today);
	}
	struct db *db = good ? db_open_write(a, dir) : NULL;
	int status = 1;
	if (db != NULL) {
		db_use(db, a);
		status = run(db, a, &f, dry_run, now, today);
		db_close_write(db);
	}
	arena_free(a);
	return status;
}
