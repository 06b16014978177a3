/* kontor: the salon's own program. */
#include "base/lang.h"
#include "db/db.h"
#include "programs/kontor_backup.h"
#include "programs/kontor_serve.h"
#include "programs/kontor_shop.h"
#include "programs/start.h"
#include <stdio.h>
#include <string.h>

static const char usage[] =
    "kontor serve  --data DIR --port N [--listen ADDRESS] [--name HOST]\n"
    "kontor demo   --data DIR [--seed 1 --staff 8 --customers 4000 --years 5] [--today 2026-11-23] [--csv FOLDER]\n"
    "              the same values give the same salon; without --today it ends at the moment it is made\n"
    "kontor import --data DIR [--dry-run] FILE...\n"
    "kontor slots  --data DIR < QUESTION\n"
    "kontor check  --data DIR\n"
    "kontor log    --data DIR [--since 2026-11-23]\n"
    "kontor backup --data DIR [--to FOLDER]\n"
    "kontor drill  --data DIR\n"
    "              brings the newest backup and one older back into a scratch folder and checks everything\n"
    "kontor restore --from FOLDER --data NEWDIR [--generation N | --at \"2026-11-24 10:15\"] [--words-file FILE] [--list]\n"
    "              the 20 words of the recovery sheet are read from standard input unless a file is given\n";

static int check(const struct options *o) { return shop_check(options_get(o, "--data")); }

static int list(const struct options *o)
{
	const char *dir = options_get(o, "--data");
	struct arena *arena = arena_new();
	start_zone(db_path(arena, dir));
	arena_free(arena);
	return shop_log(dir, options_get(o, "--since"));
}

static const struct option_rule serve_rules[] = {
	{ .name = "--data" }, { .name = "--port" }, { .name = "--listen" }, { .name = "--name" }, { .name = NULL } };
static const struct option_rule demo_rules[] = {
	{ .name = "--data" }, { .name = "--seed" }, { .name = "--staff" }, { .name = "--customers" }, { .name = "--years" },
	{ .name = "--today" }, { .name = "--csv" }, { .name = NULL } };
static const struct option_rule import_rules[] = { { .name = "--data" }, { .name = "--dry-run", .flag = true }, { .name = NULL } };
static const struct option_rule slots_rules[] = { { .name = "--data" }, { .name = NULL } };
static const struct option_rule check_rules[] = { { .name = "--data" }, { .name = NULL } };
static const struct option_rule log_rules[] = { { .name = "--data" }, { .name = "--since" }, { .name = NULL } };

static const struct option_rule backup_rules[] = { { .name = "--data" }, { .name = "--to" }, { .name = "--prepare" },
	{ .name = "--gently", .flag = true }, { .name = NULL } };
static const struct option_rule drill_rules[] = { { .name = "--data" }, { .name = "--gently", .flag = true }, { .name = NULL } };
static const struct option_rule restore_rules[] = { { .name = "--data" }, { .name = "--from" }, { .name = "--generation" }, { .name = "--at" },
	{ .name = "--words-file" }, { .name = "--list", .flag = true }, { .name = NULL } };

static const struct { const char *name; int (*run)(const struct options *); const struct option_rule *rules; } commands[] = {
	{ .name = "serve", .run = kontor_serve, .rules = serve_rules },
	{ .name = "demo", .run = kontor_demo, .rules = demo_rules },
	{ .name = "import", .run = kontor_import, .rules = import_rules },
	{ .name = "slots", .run = kontor_slots, .rules = slots_rules },
	{ .name = "check", .run = check, .rules = check_rules },
	{ .name = "log", .run = list, .rules = log_rules },
	{ .name = "backup", .run = kontor_backup, .rules = backup_rules },
	{ .name = "drill", .run = kontor_drill, .rules = drill_rules },
	{ .name = "restore", .run = kontor_restore, .rules = restore_rules },
};

int main(int argc, char **argv)
{
	start_languages();
	if (argc >= 2 && strcmp(argv[1], "--help") == 0)
		return fputs(usage, stdout) < 0;
	for (size_t i = 0; argc >= 2 && i < COUNT(commands); i++) {
		if (strcmp(argv[1], commands[i].name) != 0)
			continue;
		struct options o = { .argc = argc - 2, .argv = argv + 2, .rules = commands[i].rules };
		if (!options_right(&o))
			return 2;
		if (options_get(&o, "--data") != NULL)
			return commands[i].run(&o);
	}
	fputs(usage, stderr);
	return 2;
}
