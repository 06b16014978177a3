/* hex.h: bytes as lower-case hex digits. */
#ifndef SEAL_HEX_H
#define SEAL_HEX_H
#include "base/arena.h"
#include "base/values.h"

char *hex_text(struct arena *, struct bytes);
void hex_write(struct bytes, char *text_r);                  /* 2 * n digits, no zero behind them */
/* Exactly 2 * n digits at text. false: one of them is none; upper case is none. */
bool hex_read(const char *text, uint8_t *bytes_r, size_t n) MUST_USE;
#endif
