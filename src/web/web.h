/* web.h: one request in, one page out. Rights, forgery and repetition are judged by the router, once, before any
 * handler runs. A GET runs on a reading thread; a POST on the one writing thread, inside a journal command of its own. */
#ifndef WEB_WEB_H
#define WEB_WEB_H
#include "base/lang.h"
#include "base/out.h"
#include "base/params.h"
#include "db/db.h"

struct entity;
struct entity_filter;
struct form_rules;
struct command;
struct request;
struct route;

/* Time that came free in the book: an appointment was cancelled, moved, parked or made shorter. */
struct freed { day day; int start, end; int64_t appointment; bool cancelled; };

struct request {
	const char *method, *path, *query;          /* HEAD arrives as GET; query: raw, "" if none */
	const struct param *params; size_t nparams; /* of the address, then of the form */
	int role;                                   /* enum role; ROLE_ANYONE before login */
	int64_t user;                               /* staff id; 0 = nobody */
	const char *user_name, *user_code, *csrf, *station, *command_id;
	struct db *db; struct arena *arena;         /* both live as long as this request */
	instant now; day today; daytime clock;      /* the same moment three times */
	int64_t id[3];                              /* the numbers in the path, one for each # of the route */
	const char *word;                           /* what stood for the route's * */
	bool fragment;                              /* X-Fragment: 1: main, panels and toast without the frame */
	void *prepared;                             /* what the route's before() left for its handler, in the arena */
	const char *typed;                          /* X-Typed: proposals for this field are asked for; NULL */
	int status; const char *location, *content_type, *filename; struct out page;
	struct web_state *state;                    /* of this floor only */
};
typedef void handler_fn(struct request *, const struct route *);
/* A list of a module's own beside the form; current: the record whose form it is, -1 = none. */
typedef void list_fn(struct request *, const struct entity_filter *, int64_t current, bool may_change);

struct route {
	const char *method, *path;                  /* "GET", "POST"; "/customer/#": # is a number; one * any word */
	handler_fn *handler;
	int role;                                   /* at least this one; ROLE_ANYONE = before login */
	const struct entity *entity; const struct form_rules *rules; list_fn *list;   /* for the standard pages (record.h) */
	const char *command;                        /* POST: the journal's machine name: "appointment.move" */
	handler_fn *before;                         /* POST: runs first on the reading thread; status >= 400 ends it there */
	size_t body_max;                            /* POST: bytes; 0 = 256 KiB */
	bool no_undo;                               /* set-up, passwords */
	bool memory;                                /* POST that changes nothing on the disk: no command, reading thread */
	int64_t (*undoes)(struct request *);        /* POST: the journal's seq that this command takes back */
	bool setup;                                 /* open to anyone while shop.set_up < 3, later to role only */
};
/* A place in the spine, in the order of the modules. label: N_("…"); icon: a name in icons.svg. */
struct section { const char *key, *label, *icon, *href; int role; };
struct module {
	const char *name;
	const struct route *routes; size_t nroutes;
	const struct entity *const *entities; size_t nentities;
	const struct section *section;
	void (*lamp)(struct request *, struct out *);   /* writes <li>s into the top bar's lamps */
	/* What this module adds to another one's page about a record: kind "appointment", "customer", "staff" (sections),
	 * "appointment-acts", "customer-acts" (<li>s of buttons), "booking" and "booking-full" (links in its foot and where
	 * no time fits; id = customer), "top" (buttons in the top bar; id 0). */
	void (*about)(struct request *, struct out *, const char *kind, int64_t id);
	/* After such a change, inside of its command: the path of a page that says what to do with the time; NULL: nothing. */
	const char *(*freed)(struct request *, const struct freed *);
	/* After a command's changes, before it ends: NULL, or the translated sentence that refuses them (409). */
	const char *(*invariant)(struct request *, const struct command *);
};
#define ROUTES(table) .routes = (table), .nroutes = COUNT(table)
extern const struct module *const modules[];    /* programs/modules_*.c: the table of contents */
extern const size_t nmodules;

/* The first value, NULL if there is none; values are clean UTF-8 (text_clean), files untouched. */
const char *request_get(const struct request *, const char *key);
const char *request_all(const struct request *, const char *key, size_t i);   /* the i-th one of this name */
const struct param *request_file(const struct request *, const char *key);    /* NULL: none or empty */
int64_t request_int(const struct request *, const char *key);                 /* NONE: missing or no number */
day request_day(const struct request *, const char *key);                     /* of an ISO or typed date; n = NONE */
daytime request_daytime(const struct request *, const char *key);             /* min = NONE */
bool request_yes(const struct request *, const char *key);                    /* there, and not "0" */
const char *request_lookup(void *request, const char *key);                   /* request_get() for entity's forms */

/* The frame around r->page. Between begin and end comes what stands in <main>; page_aside() closes it early, for
 * panels and strips beside it. top: writes the top bar's left part; without it the title stands there as h1. */
struct page {
	const char *title, *section, *body_class, *main_class;
	void (*top)(struct request *, const void *about); const void *about;
	const char *day;                            /* 2026-11-23: where a new appointment begins to look; NULL = today */
	bool bare;                                  /* no spine and top bar: login, set-up, print */
};
void page_begin(struct request *, const struct page *);
void page_aside(struct request *);
void page_part(struct request *);                /* instead of page_begin(): a panel comes alone, all else stays */
void page_end(struct request *);
void page_redirect(struct request *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));   /* 303 */
void page_error(struct request *, int status, const char *sentence);          /* a whole page, typing is lost */
/* What all modules add about this record (struct module). */
void page_about(struct request *, struct out *, const char *kind, int64_t id);
const char *page_freed(struct request *, const struct freed *);               /* the first module's answer; NULL = none */
/* The line at the lower left, on this page or the one this request leads to. seq: offers to take that back; 0 = none. */
void page_toast(struct request *, const char *sentence, int64_t seq);
/* The path of the page this was sent from, if it was ours; else "/". */
const char *page_back(const struct request *);
/* Hidden fields of every form that posts: csrf and a fresh command id. */
void page_hidden(const struct request *, struct out *);
/* Whether this program can change anything: the looking one shows no control for it. */
bool page_may_change(void);
/* Whether this program has that page: no link is to lead nowhere. */
bool page_has(const char *path);
const char *page_random(const struct request *);                                  /* 32 hex digits */
const char *page_asset(const char *name);                 /* "/assets/kontor.css?v=…" */
/* Told to all browsers after this command's commit: kind "day" with the day's number, "customer" with an id … */
void live_publish(struct request *, const char *kind, int64_t id);
/* This browser now belongs to this person (set-up's end). Changes memory only. */
void login_open(struct request *, int64_t staff);
#endif
