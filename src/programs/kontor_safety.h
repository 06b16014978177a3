/* kontor_safety.h: backups every hour and the proof at night (rules/safetydue.h), by a child process of low priority, so that
 * the shop never waits for a disk that is slow or gone. */
#ifndef PROGRAMS_KONTOR_SAFETY_H
#define PROGRAMS_KONTOR_SAFETY_H
int kontor_safety_begin(const char *dir, const char *database);  /* both must live until the end; lays the keys if there are none. -1: logged */
void kontor_safety_tick(void);                                   /* once a second */
void kontor_safety_end(void);
#endif
