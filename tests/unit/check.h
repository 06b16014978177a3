/* check.h: what a small test program needs. main() ends with `return check_end();`, which prints "N passed, N failed". */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int check_passed, check_failed;

static inline void check_(bool good, const char *file, int line, const char *what)
{
	if (good) {
		check_passed++;
		return;
	}
	check_failed++;
	printf("%s:%d: %s\n", file, line, what);
}

static inline void check_int_(int64_t got, int64_t wanted, const char *file, int line, const char *what)
{
	check_(got == wanted, file, line, what);
	if (got != wanted)
		printf("\tgot %" PRId64 ", wanted %" PRId64 "\n", got, wanted);
}

static inline void check_text_(const char *got, const char *wanted, const char *file, int line, const char *what)
{
	bool good = got == wanted || (got != NULL && wanted != NULL && strcmp(got, wanted) == 0);
	check_(good, file, line, what);
	if (!good)
		printf("\tgot \"%s\", wanted \"%s\"\n", got != NULL ? got : "(NULL)", wanted != NULL ? wanted : "(NULL)");
}

#define CHECK(condition) check_((condition), __FILE__, __LINE__, #condition)
#define CHECK_INT(got, wanted) check_int_((int64_t)(got), (int64_t)(wanted), __FILE__, __LINE__, #got)
#define CHECK_TEXT(got, wanted) check_text_((got), (wanted), __FILE__, __LINE__, #got)

static inline int check_end(void)
{
	printf("%d passed, %d failed\n", check_passed, check_failed);
	return check_failed > 0;
}
#endif
