/* undo_write.h: taking back what the journal holds. */
#ifndef WEB_UNDO_WRITE_H
#define WEB_UNDO_WRITE_H
#include "web/web.h"
handler_fn undo_write;                               /* POST /undo, POST /undo/#, POST /redo */
int64_t undo_write_last(struct request *);           /* which record: the person's own newest one */
int64_t undo_write_redo(struct request *);           /* what she took back last, if she did nothing else since */
int64_t undo_write_named(struct request *);          /* the one in the path */
#endif
