#include "seal/words.h"
#include "base/embedded.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/out.h"
#include "base/text.h"
#include <openssl/sha.h>
#include <string.h>

enum { BITS = 13, CHECK_BITS = 4, LONGEST = 40, NEAR = 3 };

/* The list as it is: where each word begins. Made anew by each question; there are few. */
struct list { const char *at[WORDS_LISTED]; size_t n[WORDS_LISTED]; };

static struct list *list_of(struct arena *a)
{
	struct list *l = arena_new_of(a, struct list);
	size_t i = 0;
	for (const char *p = word_list[0].bytes; *p != '\0' && i < WORDS_LISTED; i++) {
		l->at[i] = p;
		l->n[i] = strcspn(p, "\n");
		p += l->n[i] + (p[l->n[i]] == '\n');
	}
	require(i == WORDS_LISTED);
	return l;
}

static int check_bits(const struct seed *seed)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	SHA256(seed->b, sizeof seed->b, hash);
	return hash[0] >> (8 - CHECK_BITS);
}

static int bit(const struct seed *seed, int at)
{
	if (at < SEED_BYTES * 8)
		return seed->b[at / 8] >> (7 - at % 8) & 1;
	return check_bits(seed) >> (CHECK_BITS - 1 - (at - SEED_BYTES * 8)) & 1;
}

void words_of(struct arena *a, const struct seed *seed, const char *words_r[WORDS])
{
	struct list *l = list_of(a);
	for (int w = 0; w < WORDS; w++) {
		int number = 0;
		for (int i = 0; i < BITS; i++)
			number = number << 1 | bit(seed, w * BITS + i);
		words_r[w] = arena_copy(a, l->at[number], l->n[number]);
	}
}

static int number_of(const struct list *l, const char *word)
{
	size_t n = strlen(word);
	int low = 0, high = WORDS_LISTED;
	while (low < high) {
		int middle = (low + high) / 2;
		size_t m = l->n[middle];
		int order = memcmp(l->at[middle], word, m < n ? m : n);
		if (order == 0)
			order = m < n ? -1 : m > n;
		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

/* false: the check bits say that these are not the words of any sheet. */
static bool seed_of(const int number[WORDS], struct seed *seed_r)
{
	int check = 0;
	*seed_r = (struct seed){ { 0 } };
	for (int i = 0; i < WORDS * BITS; i++) {
		int value = number[i / BITS] >> (BITS - 1 - i % BITS) & 1;
		if (i < SEED_BYTES * 8)
			seed_r->b[i / 8] = (unsigned char)(seed_r->b[i / 8] | value << (7 - i % 8));
		else
			check = check << 1 | value;
	}
	return check == check_bits(seed_r);
}

static void judge(struct words *w)
{
	w->fault = WORDS_RIGHT;
	if (w->n != WORDS)
		w->fault = w->n < WORDS ? WORDS_TOO_FEW : WORDS_TOO_MANY;
	else if (w->nwrong > 0)
		w->fault = WORDS_UNKNOWN;
	else if (!seed_of(w->number, &w->seed))
		w->fault = WORDS_DONT_FIT;
}

void words_read(struct arena *a, const char *typed, struct words *w)
{
	static const char between[] = " \t\r\n,;.:0123456789";
	struct list *l = list_of(a);
	*w = (struct words){ .wrong = -1 };
	const char *folded = text_fold(a, typed);
	for (const char *p = folded + strspn(folded, between); *p != '\0'; p += strspn(p, between)) {
		size_t n = strcspn(p, between);
		if (w->n < WORDS) {
			w->typed[w->n] = arena_copy(a, p, n);
			w->number[w->n] = number_of(l, w->typed[w->n]);
			w->nwrong += w->number[w->n] < 0;
			if (w->number[w->n] < 0 && w->wrong < 0)
				w->wrong = w->n;
		}
		w->n++;
		p += n;
	}
	judge(w);
}

/* How many letters must be changed, added or left out (Levenshtein); long words are cut. */
static int distance(const char *x, size_t nx, const char *y, size_t ny)
{
	int row[LONGEST + 1];
	nx = nx < LONGEST ? nx : LONGEST;
	ny = ny < LONGEST ? ny : LONGEST;
	for (size_t j = 0; j <= ny; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= nx; i++) {
		int diagonal = row[0];
		row[0] = (int)i;
		for (size_t j = 1; j <= ny; j++) {
			int up = row[j], best = diagonal + (x[i - 1] != y[j - 1]);
			best = up + 1 < best ? up + 1 : best;
			row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			diagonal = up;
		}
	}
	return row[ny];
}

/* The listed words that are most like it. */
static const char *like(struct arena *a, const char *word)
{
	struct list *l = list_of(a);
	struct out o = { .arena = a };
	int found = 0;
	for (int most = 1; most <= NEAR && found == 0; most++)
		for (int i = 0; i < WORDS_LISTED && found < NEAR; i++)
			if (distance(word, strlen(word), l->at[i], l->n[i]) == most)
				out_raw(&o, arena_printf(a, "%s%s", found++ ? ", " : "", arena_copy(a, l->at[i], l->n[i])));
	return o.s;
}

const char *words_sentence(struct arena *a, const struct words *w)
{
	const char *near = w->fault == WORDS_UNKNOWN ? like(a, w->typed[w->wrong]) : NULL;
	switch (w->fault) {
	case WORDS_RIGHT:
		return NULL;
	case WORDS_TOO_FEW: case WORDS_TOO_MANY:
		return arena_printf(a, _("Words: there are 20 on the sheet, %d were given."), w->n);
	case WORDS_UNKNOWN:
		return near ? arena_printf(a, _("Word %d can't be “%s”. Perhaps: %s."), w->wrong + 1, w->typed[w->wrong], near)
		    : arena_printf(a, _("Word %d can't be “%s”."), w->wrong + 1, w->typed[w->wrong]);
	case WORDS_DONT_FIT:
		return _("Words: each of them is on the list, but together they can't be. One is another, or two changed places.");
	}
	return NULL;
}

static bool fits(const int number[WORDS], words_fit_fn *fit, const void *about)
{
	struct seed seed;
	return seed_of(number, &seed) && fit(&seed, about);
}

/* The one word in this place with which all fit; -1: none. */
static int instead(const struct words *w, int place, words_fit_fn *fit, const void *about)
{
	int number[WORDS];
	memcpy(number, w->number, sizeof number);
	for (int i = 0; i < WORDS_LISTED; i++) {
		number[place] = i;
		if (fits(number, fit, about))
			return i;
	}
	return -1;
}

static const char *swapped(struct arena *a, const struct words *w, words_fit_fn *fit, const void *about)
{
	int number[WORDS];
	memcpy(number, w->number, sizeof number);
	for (int i = 0; i < WORDS; i++)
		for (int j = i + 1; j < WORDS; j++) {
			number[i] = w->number[j];
			number[j] = w->number[i];
			if (fits(number, fit, about))
				return arena_printf(a, _("Words %d and %d changed places."), i + 1, j + 1);
			number[i] = w->number[i];
			number[j] = w->number[j];
		}
	return NULL;
}

const char *words_mend(struct arena *a, const struct words *w, words_fit_fn *fit, const void *about)
{
	if (w->n != WORDS || w->nwrong > 1)
		return NULL;
	const char *places = w->nwrong == 0 ? swapped(a, w, fit, about) : NULL;
	for (int place = 0; place < WORDS && places == NULL; place++) {
		if (w->nwrong == 1 && place != w->wrong)
			continue;
		int right = instead(w, place, fit, about);
		struct list *l = right >= 0 ? list_of(a) : NULL;
		if (l != NULL)
			places = arena_printf(a, _("Word %d can't be “%s”: with “%s” the words fit."), place + 1, w->typed[place],
			    arena_copy(a, l->at[right], l->n[right]));
	}
	return places;
}
