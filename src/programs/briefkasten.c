/* briefkasten: the salon's letter box on the Internet. It gives out what the salon sealed and keeps letters that it cannot read. */
#include "base/embedded.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/text.h"
#include "post/server.h"
#include "programs/briefkasten_sandbox.h"
#include "programs/clock.h"
#include "programs/options.h"
#include "seal/hex.h"
#include "seal/kdf.h"
#include <errno.h>
#include <openssl/rand.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const char usage[] =
    "briefkasten serve --config FILE\n"
    "briefkasten token               a new token for a shop, and the line for the config file\n";
static const struct option_rule serve_rules[] = { { .name = "--config" }, { .name = NULL } };
static const struct option_rule token_rules[] = { { .name = NULL } };

static int64_t now(void) { return clock_now().s; }

static char *contents(struct arena *arena, const char *path)
{
	enum { MOST = 64 << 10 };
	char *text = arena_alloc(arena, MOST + 1);
	FILE *file = fopen(path, "re");
	size_t n = file ? fread(text, 1, MOST, file) : 0;
	if (file == NULL)
		log_fault("%s: %s", path, strerror(errno));
	else
		(void)fclose(file);
	return file && text_valid(text, n) ? text : NULL;
}

/* A connection is a file descriptor; some more for files. */
static void raise_limit(uint64_t connections)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	limit.rlim_cur = connections + 256 < limit.rlim_max ? connections + 256 : limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur < connections + 256)
		log_note("only %llu connections at once are possible here", (unsigned long long)limit.rlim_cur - 256);
}

static int open_stop(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	require(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static int serve(const struct options *o)
{
	struct arena *arena = arena_new();
	struct box box;
	const char *path = options_get(o, "--config"), *text = path ? contents(arena, path) : NULL;
	if (text == NULL)
		return 2;
	const char *wrong = box_read(arena, text, &box);
	if (wrong) {
		log_fault("%s: %s", path, wrong);
		return 2;
	}
	int stop = open_stop();
	(void)signal(SIGPIPE, SIG_IGN);
	raise_limit(box.connections);
	serving = (struct serve){ .box = &box, .clock = now };
	if (box_open(arena, &box) < 0)
		return 1;
	sandbox_files(box.data);                                 /* before there is a second thread: each thread has its own */
	if (server_open(&box) < 0 || sandbox_calls() < 0)
		return 1;
	printf("Briefkasten: http://%s:%d/\n", box.listen, (int)box.port);
	(void)fflush(stdout);
	server_run(stop);
	server_close();
	box_close(&box);
	arena_free(arena);
	return 0;
}

static int token(const struct options *o)
{
	(void)o;
	struct arena *arena = arena_new();
	uint8_t secret[32], hash[KDF_HASH];
	require(RAND_priv_bytes(secret, sizeof secret) == 1);
	const char *text = hex_text(arena, (struct bytes){ secret, sizeof secret });
	kdf_sha256((struct bytes){ text, strlen(text) }, hash);
	printf("%s\ntoken-sha256 %s\n", text, hex_text(arena, (struct bytes){ hash, sizeof hash }));
	arena_free(arena);
	return 0;
}

int main(int argc, char **argv)
{
	struct options o = { .argc = argc - 2, .argv = argv + 2, .rules = serve_rules };
	for (size_t i = 0; i < catalogues_count; i++)
		require(lang_load(LANG_DE, catalogues[i].bytes, catalogues[i].size) == 0);
	if (argc >= 2 && strcmp(argv[1], "--help") == 0)
		return fputs(usage, stdout) < 0;
	if (argc >= 2 && strcmp(argv[1], "serve") == 0 && options_right(&o) && options_get(&o, "--config"))
		return serve(&o);
	o.rules = token_rules;
	if (argc == 2 && strcmp(argv[1], "token") == 0)
		return token(&o);
	fputs(usage, stderr);
	return 2;
}
