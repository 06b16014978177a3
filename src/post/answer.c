#include "post/talk.h"
#include "base/lang.h"
#include "base/log.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_HEAD = 1024, WITH_HEAD = 8 << 10 };

static const char *reason(int status)
{
	static const struct { int status; const char *reason; } reasons[] = {
		{ 200, "OK" }, { 201, "Created" }, { 204, "No Content" }, { 303, "See Other" }, { 304, "Not Modified" }, { 400, "Bad Request" }, { 401, "Unauthorized" },
		{ 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" }, { 411, "Length Required" }, { 413, "Content Too Large" },
		{ 415, "Unsupported Media Type" }, { 417, "Expectation Failed" }, { 422, "Unprocessable Content" }, { 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" }, { 501, "Not Implemented" }, { 503, "Service Unavailable" },
		{ 505, "HTTP Version Not Supported" }, { 507, "Insufficient Storage" } };
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Error";
}

static const char fixed[] = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'\r\n";

static void begin(struct talk *t, int status, const char *type, const char *more, long long length, size_t room)
{
	t->out = malloc(ANSWER_HEAD + room);
	require(t->out != NULL);
	int n = snprintf(t->out, ANSWER_HEAD, "HTTP/1.1 %d %s\r\n%s%s%s%s%s", status, reason(status), fixed, type ? "Content-Type: " : "",
	    type ? type : "", type ? "\r\n" : "", more ? more : "");
	if (status != 204 && status != 304)
		n += snprintf(t->out + n, ANSWER_HEAD - (size_t)n, "Content-Length: %lld\r\n", length);
	n += snprintf(t->out + n, ANSWER_HEAD - (size_t)n, "%s\r\n", t->keep ? "" : "Connection: close\r\n");
	require(n > 0 && n < ANSWER_HEAD);
	t->nout = (size_t)n;
	t->sent = 0;
	t->state = TALK_ANSWER;
}

static bool wants_body(const struct talk *t) { return t->head.method == NULL || strcmp(t->head.method, "HEAD") != 0; }

void talk_answer(struct talk *t, int status, const char *type, const char *more, struct bytes body)
{
	begin(t, status, type, more, (long long)body.n, body.n);
	if (body.n > 0 && wants_body(t)) {
		memcpy(t->out + t->nout, body.at, body.n);
		t->nout += body.n;
	}
}

void talk_file(struct talk *t, int fd, off_t size, const char *type, const char *more)
{
	bool small = size <= WITH_HEAD;
	begin(t, 200, type, more, size, small ? (size_t)size : 0);
	if (!wants_body(t)) {
		close(fd);
	} else if (small) {
		ssize_t n = pread(fd, t->out + t->nout, (size_t)size, 0);
		t->keep = t->keep && n == size;
		t->nout += n > 0 ? (size_t)n : 0;
		close(fd);
	} else {
		t->file = fd;
		t->at = 0;
		t->end = size;
	}
}

/* What a person reads; a full letter box says whom to call. 200: what comes in place of a page that is not there. */
void talk_refuse(struct talk *t, int status)
{
	lang_use(LANG_DE);
	const char *sentence = status == 404 ? _("There is nothing here.") : status == 405 ? _("This can't be done here.")
	    : status == 200 ? _("It has arrived in the letter box; the salon has not seen it yet.")
	    : status == 422 ? _("Please fill in the service, your name, a phone number or e-mail address, and the consent.")
	    : status == 401 ? _("Only the salon itself may do this.") : status == 413 ? _("That is too large.")
	    : status == 429 ? _("That was a lot for one day. Please call instead.") : status == 503 ? _("The letter box is full. Please call instead.")
	    : status == 507 ? _("The letter box can't keep anything right now. Please call instead.") : _("This was not understood.");
	char text[400];
	bool call = t->shop && (status == 429 || status == 503 || status == 507);
	int n = snprintf(text, sizeof text, "%s%s%.60s\n", sentence, call ? " " : "", call ? t->shop->phone : "");
	if (t->head.length > (int64_t)t->nbody)                  /* the rest of it is not read */
		t->keep = false;
	char more[120] = "Cache-Control: no-store\r\n";
	if (status == 405 && t->allow)
		(void)snprintf(more, sizeof more, "Allow: %s\r\n", t->allow);
	talk_answer(t, status, "text/plain; charset=utf-8", status == 401 ? "WWW-Authenticate: Bearer\r\n" : more,
	    (struct bytes){ text, (size_t)n });
}
