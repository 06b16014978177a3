/* web_private.h: what the files of this floor share and nobody else sees. */
#ifndef WEB_WEB_PRIVATE_H
#define WEB_WEB_PRIVATE_H
#include "entity/entity.h"
#include "web/web.h"

enum { TOKEN_BYTES = 16, TOKEN_HEX = 2 * TOKEN_BYTES };

struct MHD_Connection;
enum { TOAST_REDO = -1 };                /* in a toast's place for a seq: what was taken back can be done again */
struct live_event { const char *kind; int64_t id; };

/* What the floor remembers about one request. */
struct web_state {
	const struct route *route;
	const char *token;           /* the session cookie's value, fresh if the browser had none */
	const char *station_token;   /* the station cookie's; NULL = none */
	const char *set_token, *set_station;         /* cookies to be sent with the answer */
	const char *host, *referer, *command_id;
	const char *toast; int64_t toast_seq;
	const char *fault;           /* disk full and the like: the red bar; NULL = none */
	const char *allow, *shop, *theme;             /* theme: "light", "dark" or NULL: by the system */
	const struct page *page;
	enum lang lang;
	struct MHD_Connection *connection;
	bool background, in_main, locked, set_up, answered;   /* answered: the writing thread is done with it */
	struct { struct live_event *at; size_t n, cap; } events;
};

/* parse.c: forms and cookies. 0; -1: not well-formed. */
int parse_multipart(struct arena *, const char *content_type, const char *body, size_t n, struct param_list *) MUST_USE;
const char *parse_cookie(struct arena *, const char *header, const char *name);
bool parse_is_token(const char *);                           /* 32 hex digits */

/* router.c */
struct found { const struct route *route; const char *allow; int64_t id[3]; const char *word; };
void router_build(void);
struct found router_find(struct arena *, const char *method, const char *path);
/* Who is there, and all that must be true before a handler runs: rights, csrf. On a reading thread. false: the request
 * holds its refusal. */
bool router_admit(struct request *);
void router_look(struct request *);                          /* a GET, or a POST that changes memory only */
int router_command_role(const char *command);                /* what the command's route asks for; ROLE_OWNER if unknown */

/* live.c: GET /events; the content type tells the server to stream. */
handler_fn live_open;
extern const char live_type[];

/* page.c */
void page_reset(struct request *);                           /* empties what was written */
void page_refusal(struct request *, int status, const char *heading, const char *sentence);
#endif
