/* http.h: the head of a request, read strictly. Pure: bytes in, a verdict out. */
#ifndef POST_HTTP_H
#define POST_HTTP_H
#include "base/values.h"

enum { HTTP_HEAD_MAX = 8 << 10 };

struct http_head {
	const char *method, *path;                   /* path without "?…" */
	const char *bearer, *type, *known, *forwarded;       /* Authorization: Bearer, Content-Type, If-None-Match, X-Forwarded-For */
	int64_t length;                              /* of the body; -1: none was named */
	bool keep, expects;                          /* the connection goes on; wants "100 Continue" */
};

/* How long the head at bytes is, with its empty line; 0: it is not complete yet. */
size_t http_complete(const char *bytes, size_t n);
/* Reads a complete head in place: the fields point into it. 0; else the status to refuse with. */
int http_read(char *bytes, size_t n, struct http_head *head_r) MUST_USE;
#endif
