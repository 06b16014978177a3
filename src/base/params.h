/* params.h: the fields of a form or of an address, application/x-www-form-urlencoded. */
#ifndef BASE_PARAMS_H
#define BASE_PARAMS_H
#include "base/arena.h"
#include "base/values.h"

enum { PARAMS_MAX = 4000 };

/* A value ends in zero; size counts its bytes, which matters for an uploaded file. file = its name, else NULL. */
struct param { const char *key, *value; size_t size; const char *file; };
struct param_list { struct param *at; size_t n, cap; };

/* Appends; values are cleaned (text_clean). 0; -1: not well-formed. */
int params_parse(struct arena *, const char *text, size_t n, struct param_list *) MUST_USE;
#endif
