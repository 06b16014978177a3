/* briefkasten_sandbox.h: what the program gives up once it is set up. */
#ifndef PROGRAMS_BRIEFKASTEN_SANDBOX_H
#define PROGRAMS_BRIEFKASTEN_SANDBOX_H

/* Landlock: no file but those under `folder` (logged if the kernel has none). */
void sandbox_files(const char *folder);
/* seccomp: no system call but those that serving needs; any other ends the program. No connection to anywhere, no program
 * started. In all threads. -1: logged. */
int sandbox_calls(void);
#endif
