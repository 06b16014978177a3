/* words.h: the seed as 20 words of the German diceware list (8192 words: 13 bits each): 256 bits and 4 check bits, the first of
 * the seed's SHA-256. */
#ifndef SEAL_WORDS_H
#define SEAL_WORDS_H
#include "seal/seal.h"

enum { WORDS = 20, WORDS_LISTED = 8192 };

void words_of(struct arena *, const struct seed *, const char *words_r[WORDS]);

enum words_fault { WORDS_RIGHT, WORDS_TOO_FEW, WORDS_TOO_MANY, WORDS_UNKNOWN, WORDS_DONT_FIT };
struct words {
	enum words_fault fault;
	int n;                       /* how many were typed */
	int number[WORDS];           /* in the list; -1 = not in it */
	char *typed[WORDS];
	int wrong;                   /* 0..19: the first that is not in the list; -1 = none */
	int nwrong;                  /* how many are not */
	struct seed seed;            /* if RIGHT */
};
/* What was typed, with blanks, commas, numbers ("7.") or line ends between the words; capitals don't matter. */
void words_read(struct arena *, const char *typed, struct words *words_r);
/* A sentence that says which word can't be, and what it could be. NULL: they are right. */
const char *words_sentence(struct arena *, const struct words *);

/* With something that knows the right shop: which one word, or which two that changed places, make the words fit it?
 * A sentence; NULL: no such single mistake. */
typedef bool words_fit_fn(const struct seed *, const void *about);
const char *words_mend(struct arena *, const struct words *, words_fit_fn *, const void *about);
#endif
