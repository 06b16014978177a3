/* bits.h: a day as 288 bits of five minutes (bit t = minutes 5t .. 5t+5), in five words. Bits 288..319 are spare: bit 288
 * serves as "the day's end". */
#ifndef RULES_BITS_H
#define RULES_BITS_H
#include "base/values.h"

enum { BITS_WORDS = 5, BITS_DAY = 288 };
struct bits { uint64_t w[BITS_WORDS]; };

static inline bool bits_get(const struct bits *b, int t)
{
	return (b->w[t >> 6] >> (t & 63)) & 1;
}

static inline bool bits_none(const struct bits *b)
{
	return (b->w[0] | b->w[1] | b->w[2] | b->w[3] | b->w[4]) == 0;
}

static inline void bits_and(struct bits *b, const struct bits *other)
{
	for (int i = 0; i < BITS_WORDS; i++)
		b->w[i] &= other->w[i];
}

static inline void bits_or(struct bits *b, const struct bits *other)
{
	for (int i = 0; i < BITS_WORDS; i++)
		b->w[i] |= other->w[i];
}

/* Bits from .. to-1 of one word. */
static inline uint64_t bits_part(int word, int from, int to)
{
	int lo = from - word * 64, hi = to - word * 64;
	if (lo >= 64 || hi <= 0)
		return 0;
	uint64_t below = lo <= 0 ? 0 : (UINT64_C(1) << lo) - 1;
	uint64_t upto = hi >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << hi) - 1;
	return upto & ~below;
}

static inline void bits_set(struct bits *b, int from, int to)
{
	for (int i = from >> 6; i < BITS_WORDS && i * 64 < to; i++)
		b->w[i] |= bits_part(i, from, to);
}

static inline void bits_clear(struct bits *b, int from, int to)
{
	for (int i = from >> 6; i < BITS_WORDS && i * 64 < to; i++)
		b->w[i] &= ~bits_part(i, from, to);
}

/* Bit t of the result is bit t + n of b. */
static inline struct bits bits_later(const struct bits *b, int n)
{
	struct bits r = {0};
	int word = n >> 6, bit = n & 63;
	for (int i = 0; i + word < BITS_WORDS; i++) {
		r.w[i] = b->w[i + word] >> bit;
		if (bit != 0 && i + word + 1 < BITS_WORDS)
			r.w[i] |= b->w[i + word + 1] << (64 - bit);
	}
	return r;
}

/* Bit t of the result: the n bits from t on are all set. n >= 1. */
static inline struct bits bits_run(const struct bits *b, int n)
{
	struct bits r = *b;
	for (int have = 1; have < n;) {
		int step = have < n - have ? have : n - have;
		struct bits s = bits_later(&r, step);
		bits_and(&r, &s);
		have += step;
	}
	return r;
}

/* The first bit from t on that is set (or clear); BITS_DAY if none. */
static inline int bits_next(const struct bits *b, int t, bool set)
{
	for (int i = t >> 6; i < BITS_WORDS; i++) {
		uint64_t w = (set ? b->w[i] : ~b->w[i]) & bits_part(i, t, BITS_DAY);
		if (w != 0)
			return i * 64 + __builtin_ctzll(w);
	}
	return BITS_DAY;
}

/* How many bits directly before t are set. */
static inline int bits_before(const struct bits *b, int t)
{
	for (int i = (t - 1) >> 6; t > 0 && i >= 0; i--) {
		uint64_t w = ~b->w[i] & bits_part(i, 0, t);
		if (w != 0)
			return t - (i * 64 + 64 - __builtin_clzll(w));
	}
	return t;
}
#endif
