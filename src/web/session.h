/* session.h: who sits at which browser. In memory only: a restart asks everybody for the PIN again. Any thread may call. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H
#include "base/arena.h"
#include "base/values.h"

struct session { int64_t staff, station; const char *station_name; instant used; bool locked; };

/* Copies this token's session to the arena; false: there is none. */
bool session_find(struct arena *, const char *token, struct session *session_r);
/* A person now sits here: the old token (may be NULL) ends. */
void session_open(const char *old, const char *token, int64_t staff, int64_t station, const char *station_name, instant);
void session_touch(const char *token, instant);              /* something was done here */
void session_lock(const char *token);
/* Locks who did nothing for so long; their tokens, at most so many, are given. */
size_t session_lock_idle(instant now, int64_t seconds, char (*tokens_r)[33], size_t most);
void session_end_staff(int64_t staff);                       /* all sessions of someone who left */

/* One line for the next page of this browser. */
void session_toast(const char *token, const char *sentence, int64_t seq);
const char *session_take_toast(struct arena *, const char *token, int64_t *seq_r);  /* NULL: none */

void session_token(char token_r[33]);                        /* random, hex */
const char *session_csrf(struct arena *, const char *token); /* the same for the same token, until the restart */

/* Against guessing: seconds still to wait for this key ("staff 3", "station …"); 0 = may try now. */
int64_t session_wait(const char *key, instant now);
void session_failed(const char *key, instant now);
void session_passed(const char *key);

/* So that a POST repeated after a lost answer leads where the first one led. */
void session_remember(const char *command_id, const char *location);
const char *session_recall(struct arena *, const char *command_id);      /* NULL: not known any more */
#endif
