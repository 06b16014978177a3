/* kontor_restore.c: "kontor restore": a shop on a bare computer again, from one medium and the 20 words. */
#include "programs/kontor_backup.h"
#include "backup/restore_write.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "seal/seed_write.h"
#include "seal/words.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TYPED_MOST = 4096 };

struct restore {
	struct arena *arena;
	const char *from, *dir, *work;      /* work: a folder inside of dir, renamed out of it at the end */
	struct seed seed;
	struct sealer *seal;
	struct store store;
};

static int say(const char *sentence)
{
	fprintf(stderr, "%s\n", sentence);
	return -1;
}

/* Typed by hand: until there are 20, or an empty line. */
static bool enough(struct arena *a, const char *text)
{
	struct words w;
	words_read(a, text, &w);
	return w.n >= WORDS || strstr(text, "\n\n") != NULL;
}

static char *typed_words(struct arena *a, const char *file)
{
	char *text = arena_alloc(a, TYPED_MOST);
	size_t had = 0;
	int in = file ? open(file, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (in < 0) {
		fprintf(stderr, "%s: %s\n", file, strerror(errno));
		return NULL;
	}
	if (file == NULL && isatty(in))
		fputs(_("The 20 words of the recovery sheet, blanks between them:\n"), stderr);
	for (ssize_t n; had < TYPED_MOST - 1 && (n = read(in, text + had, TYPED_MOST - 1 - had)) > 0;) {
		had += (size_t)n;
		if (file == NULL && isatty(in) && enough(a, text))
			break;
	}
	if (file)
		close(in);
	return text;
}

static bool is_shop(const struct seed *seed, const void *about)
{
	unsigned char shop[SHOP_BYTES];
	seal_shop(seed, shop);
	return memcmp(shop, about, sizeof shop) == 0;
}

static int take_keys(struct restore *r, const char *words_file)
{
	unsigned char shop[SHOP_BYTES];
	const char *sentence = NULL;
	struct words w;
	if (store_whose(r->arena, r->from, shop, &sentence) != 0)
		return say(sentence);
	char *typed = typed_words(r->arena, words_file);
	if (typed == NULL)
		return -1;
	words_read(r->arena, typed, &w);
	sodium_memzero(typed, strlen(typed));
	if (w.fault == WORDS_RIGHT && is_shop(&w.seed, shop)) {
		r->seed = w.seed;
		return 0;
	}
	const char *mend = words_mend(r->arena, &w, is_shop, shop);
	if (mend == NULL && w.fault == WORDS_RIGHT)
		mend = _("These words are those of another shop's sheet: they don't open these backups.");
	return say(mend ? mend : words_sentence(r->arena, &w));
}

/* What lies there already is not touched. */
static int take_folder(struct restore *r)
{
	struct stat st;
	if (mkdir(r->dir, 0700) != 0 && errno != EEXIST)
		return say(arena_printf(r->arena, _("The folder %s can't be made: %s."), r->dir, strerror(errno)));
	if (stat(db_path(r->arena, r->dir), &st) == 0)
		return say(arena_printf(r->arena, _("In %s there is a book already. It was not touched; choose a new folder."), r->dir));
	if (stat(arena_printf(r->arena, "%s/seed", r->dir), &st) == 0)
		return say(arena_printf(r->arena, _("In %s there are keys already. They were not touched; choose a new folder."), r->dir));
	r->work = arena_printf(r->arena, "%s/.restore-%d", r->dir, (int)getpid());
	return mkdir(r->work, 0700) == 0 ? 0 : say(arena_printf(r->arena, _("The folder %s can't be made: %s."), r->work, strerror(errno)));
}

static bool read_moment(const char *text, instant *at_r)
{
	char date[11] = { 0 };
	day d;
	daytime t;
	if (strlen(text) < 12 || (text[10] != ' ' && text[10] != 'T'))
		return false;
	memcpy(date, text, 10);
	return date_from_iso(date, &d) && read_daytime(text + 11, &t) && zone_instant(d, t, at_r) >= 0;
}

/* The newest; what is damaged is told, and the one before it taken. */
static int newest(struct restore *r, struct restored *got)
{
	struct generations all;
	if (store_generations(&r->store, &all) != 0)
		return say(r->store.fault);
	for (size_t i = all.n; i-- > 0;) {
		if (restore_generation(&r->store, all.at[i].number, r->work, got) == 0)
			return 0;
		say(r->store.fault);
		if (i > 0)
			say(_("The backup before it is tried."));
		r->store.fault = NULL;
	}
	return say(arena_printf(r->arena, _("%s holds no backup that can be read."), r->from));
}

static int bring_back(struct restore *r, const struct options *o, struct restored *got)
{
	const char *at = options_get(o, "--at");
	int64_t number = 0;
	instant moment;
	if (!options_number(o, "--generation", 1, 9999999999, &number))
		return -1;
	if (at != NULL && !read_moment(at, &moment))
		return say(arena_printf(r->arena, _("--at: a moment like “2026-11-24 10:15”, please, not “%s”."), at));
	if (at == NULL && number == 0)
		return newest(r, got);
	int rc = at != NULL ? restore_moment(&r->store, moment, r->work, got) : restore_generation(&r->store, number, r->work, got);
	if (r->store.warning != NULL)
		say(r->store.warning);
	return rc == 0 ? 0 : say(r->store.fault);
}

static int move_out(struct restore *r)
{
	char *from = db_path(r->arena, r->work), *to = db_path(r->arena, r->dir);
	(void)unlink(arena_printf(r->arena, "%s-shm", from));
	(void)unlink(arena_printf(r->arena, "%s-wal", from));
	if (seed_save(r->arena, r->dir, &r->seed) != 0 || rename(from, to) != 0)
		return say(arena_printf(r->arena, _("The folder %s can't be written to: %s."), r->dir, strerror(errno)));
	return 0;
}

static void list(struct restore *r)
{
	struct generations all;
	if (store_generations(&r->store, &all) != 0) {
		say(r->store.fault);
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		struct manifest m;
		struct out at = { .arena = r->arena }, head = { .arena = r->arena };
		out_instant(&at, all.at[i].arrived);
		if (manifest_read(&r->store, all.at[i].number, &m) == 0) {
			out_instant(&head, m.head_at);
			printf(_("%lld  arrived %s, last change %s: %lld appointments, %lld customers\n"), (long long)m.number, at.s, head.s, (long long)m.counts[0], (long long)m.counts[1]);
		} else {
			printf("%lld  %s\n", (long long)all.at[i].number, r->store.fault);
		}
		r->store.fault = NULL;
	}
}

static void tell(const struct restore *r, const struct restored *got, int64_t ms)
{
	struct out head = { .arena = r->arena };
	out_instant(&head, got->head_at);
	if (got->number != 0)
		printf(_("Backup %lld is back"), (long long)got->number);
	else
		fputs(_("The book is back"), stdout);
	if (got->later != 0)
		printf(_(", with the changes after it from backup %lld"), (long long)got->later);
	printf(_(". Last change in it: %s (number %lld). Everything was checked, in %lld ms.\n"), head.s, (long long)got->head, (long long)ms);
	printf(_("Start with: kontor serve --data %s\n"), r->dir);
}

static int run(struct restore *r, const struct options *o)
{
	struct restored got;
	int64_t begin = safety_ms();
	if (take_keys(r, options_get(o, "--words-file")) != 0)
		return 1;
	r->seal = sealer_new(r->arena, &r->seed);
	if (store_open(&r->store, r->arena, r->from, r->seal) != STORE_READY) {
		say(r->store.fault);
		return 1;
	}
	if (options_get(o, "--list") != NULL) {
		list(r);
		return 0;
	}
	if (take_folder(r) != 0)
		return 1;
	int rc = bring_back(r, o, &got);
	if (rc == 0)
		rc = move_out(r);
	(void)rmdir(r->work);
	if (rc == 0)
		tell(r, &got, safety_ms() - begin);
	return rc == 0 ? 0 : 1;
}

int kontor_restore(const struct options *o)
{
	struct restore r = { .arena = arena_new(), .from = options_get(o, "--from"), .dir = options_get(o, "--data") };
	zone_set("Europe/Berlin");
	if (r.from == NULL) {
		fputs(_("--from needs a value.\n"), stderr);
		return 2;
	}
	int status = run(&r, o);
	if (r.seal != NULL)
		sealer_free(r.seal);
	sodium_memzero(&r.seed, sizeof r.seed);
	arena_free(r.arena);
	return status;
}
