/* log.h: one line per fault of the world or of the program, on standard error, logged where it is first seen.
 * Never personal data: ids, not names. Tests count the lines: an unexpected one fails them. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

void log_fault(const char *fmt, ...) __attribute__((format(printf, 1, 2)));   /* something went wrong outside of us */
void log_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));    /* start, stop, and the like */
unsigned log_faults(void);                                                    /* how many since the start */
/* Our own mistake: says where, and ends the process; the supervisor restarts it, SQLite rolls back. */
_Noreturn void log_bug(const char *file, int line, const char *what);
#define bug(what) log_bug(__FILE__, __LINE__, (what))
#define require(condition) ((condition) ? (void)0 : log_bug(__FILE__, __LINE__, #condition))
#endif
