/* backup.h: where backups go, how they went, whether they were proven, and the recovery sheet. What runs by itself is in
 * programs/kontor_safety.c; it leaves what it found in DIR/backup/state.json, which any program may read. */
#ifndef BACKUP_MODULE_H
#define BACKUP_MODULE_H
#include "modules/settings/settings.h"

struct backup_target { int64_t id, version; str name, kind, folder; bool active; };
extern const struct entity backup_target_entity;

/* How it went at one target. s = 0: never. */
struct backup_went {
	int64_t id;                         /* of the target */
	instant good, tried;
	int64_t number, generations, bytes; /* of the newest; how many; of all files there */
	int64_t new_bytes, ms;              /* of the last one that wrote something */
	str fault, warning;                 /* of the last try; NULL = none */
	str medium;                         /* what was there the last time (store.h); NULL */
	bool gone;                          /* the folder was not there */
	bool empty;                         /* the folder was there, but without our backups: another stick */
};
struct backup_state {
	struct { struct backup_went *at; size_t n, cap; } targets;
	instant proven, tried;              /* when a restore was last proven, and last tried */
	int64_t number, older;              /* the two generations; 0 = there was no older one */
	int64_t ms, appointments, customers, changes;
	str target, fault;                  /* where they lay; what the last try found, NULL = nothing */
};
/* The data folder of this database; DIR/backup. */
char *backup_data_folder(struct arena *, struct db *);
/* All empty if there is none yet. */
void backup_state_read(struct arena *, const char *dir, struct backup_state *);
struct backup_went *backup_state_of(struct backup_state *, int64_t target);    /* NULL: never tried */

enum backup_wish { BACKUP_NOTHING, BACKUP_NOW, BACKUP_DRILL };
/* Somebody asked for it; taken away by the one who does it. */
void backup_want(enum backup_wish);
bool backup_waiting(void);
enum backup_wish backup_wanted(void);
/* Of a target that had backups before, but has none now (a new stick): it may be begun anew. 0 = none; taken away, too. */
void backup_prepare(int64_t target);
int64_t backup_preparing(void);
/* What is being done at this moment: shown on the page. */
void backup_doing(enum backup_wish);
enum backup_wish backup_done_now(void);

enum { BACKUP_PROVEN_DAYS = 7, BACKUP_LATE_HOURS = 26, BACKUP_STICK_DAYS = 7 };
extern const struct module backup_module, backup_change;
#endif
