#define _GNU_SOURCE             /* O_PATH */
#include "programs/briefkasten_sandbox.h"
#include "base/log.h"
#include "base/values.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)                            /* the sanitizer needs more of both */
void sandbox_files(const char *folder) { (void)folder; }
int sandbox_calls(void) { return 0; }
#else
/* All that the first version of Landlock knows: bits 0 to 12. */
enum { ALL = (1 << 13) - 1, OURS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
	LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG };

void sandbox_files(const char *folder)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = ALL };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (rules < 0) {
		log_note("this kernel has no Landlock: the files of %s are kept apart by system calls and rights only", folder);
		return;
	}
	struct landlock_path_beneath_attr ours = { .allowed_access = OURS, .parent_fd = open(folder, O_PATH | O_CLOEXEC) };
	if (ours.parent_fd < 0 || syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &ours, 0) < 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || syscall(SYS_landlock_restrict_self, rules, 0) < 0)
		log_fault("Landlock: %s", strerror(errno));
	if (ours.parent_fd >= 0)
		close(ours.parent_fd);
	close(rules);
}

int sandbox_calls(void)
{
	static const int calls[] = {
		SCMP_SYS(accept4), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait), SCMP_SYS(recvfrom), SCMP_SYS(sendto),
		SCMP_SYS(sendfile), SCMP_SYS(setsockopt), SCMP_SYS(shutdown), SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(pread64),
		SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
		SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(ftruncate), SCMP_SYS(renameat),
		SCMP_SYS(unlinkat), SCMP_SYS(getdents64), SCMP_SYS(lseek), SCMP_SYS(fcntl), SCMP_SYS(futex), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
		SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(mprotect), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
		SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
		SCMP_SYS(restart_syscall), SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(exit), SCMP_SYS(exit_group) };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int result = filter ? seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) : -1;
	for (size_t i = 0; result == 0 && i < COUNT(calls); i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	if (result == 0)
		result = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	if (result != 0)
		log_fault("seccomp: %s", strerror(-result));
	return result == 0 ? 0 : -1;
}
#endif
