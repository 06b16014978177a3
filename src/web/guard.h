/* guard.h: what is refused before anything is read of a request's meaning. Pure: headers in, a verdict out. */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H
#include "base/values.h"

struct guard_headers {
	const char *method, *version;                /* "POST", "HTTP/1.1" */
	const char *host, *origin, *fetch_site, *length, *encoding, *type;      /* NULL = not sent */
	unsigned hosts, lengths, encodings, origins; /* how often each was sent */
};
struct guard_names {
	const char *port;                            /* "8080" */
	const char *const *names; size_t nnames;     /* besides 127.0.0.1, localhost, [::1]; with or without a port */
};

/* 0 = go on; else the status to refuse with: 400, 403, 411, 415, 421, 501. */
int guard_verdict(const struct guard_headers *, const struct guard_names *) MUST_USE;
#endif
