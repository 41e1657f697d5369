/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four fences, one behind the other, because each has had holes in some kernel: limits bound what
 * can be used up, Landlock guards files, the filter guards the kernel itself, and nothing that is
 * open is left to misuse. Namespaces were the other road: they need rights or a setting that some
 * distributions switch off. */
#include "sys/jail.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_CLOSED 3

/* What decoding needs (seen by strace over every format), and what the C library may fall back
 * to. */
static const int allowed[] = {
	SCMP_SYS(read),	    SCMP_SYS(pread64), SCMP_SYS(readv),		SCMP_SYS(preadv),
	SCMP_SYS(lseek),    SCMP_SYS(write),   SCMP_SYS(writev),	SCMP_SYS(brk),
	SCMP_SYS(munmap),   SCMP_SYS(mremap),  SCMP_SYS(madvise),	SCMP_SYS(futex),
	SCMP_SYS(exit),	    SCMP_SYS(close),   SCMP_SYS(exit_group),	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(getrandom), SCMP_SYS(poll),   SCMP_SYS(clock_gettime), SCMP_SYS(restart_syscall),
	SCMP_SYS(getpid), /* libcrypto's generator asks whether it has been forked */
#if defined(VX_ASAN) || defined(VX_TSAN)
	/* The sanitizers' own running. */
	SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(gettid),
	SCMP_SYS(tgkill), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
	SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list),
#endif
};

/* Naming a file is answered, not punished: libraries look for settings and go on without. */
static const int no_entry[] = {
	SCMP_SYS(open),	      SCMP_SYS(openat),	 SCMP_SYS(openat2),  SCMP_SYS(creat),
	SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(stat),
	SCMP_SYS(lstat),      SCMP_SYS(newfstatat), SCMP_SYS(statx),  SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
};

/* What libraries ask in passing; glibc's qsort asks sysinfo how much memory there is. */
static const int unanswered[] = {
	SCMP_SYS(sysinfo), SCMP_SYS(uname),	       SCMP_SYS(ioctl),
	SCMP_SYS(fstat),   SCMP_SYS(sched_getaffinity), SCMP_SYS(prlimit64),
};

static void limit(int what, rlim_t most)
{
	/* Lowering a limit cannot be refused; if it were, the other fences still stand. */
	(void)setrlimit((__rlimit_resource_t)what, &(struct rlimit){most, most});
}

/* Sanitizers map terabytes of shadow memory, have threads and open files of their own. */
void jail_bound(const struct jail_limits *l)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, (rlim_t)l->cpu_s);
#if !defined(VX_ASAN) && !defined(VX_TSAN)
	limit(RLIMIT_AS, l->memory_bytes);
#endif
}

static void set_limits(const struct jail_limits *l)
{
	jail_bound(l);
	limit(RLIMIT_FSIZE, 0);
#if !defined(VX_ASAN) && !defined(VX_TSAN)
	limit(RLIMIT_NOFILE, FIRST_CLOSED);
	limit(RLIMIT_NPROC, 0);
#endif
}

/* Every right of the first ABI. Those that younger kernels add concern files that are open already
 * (ABI 3 on), or moving between folders (2), which is denied as long as it is not handled. */
#define FILES_KEEP                                                                              \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |                         \
	 LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |                          \
	 LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |                         \
	 LANDLOCK_ACCESS_FS_MAKE_REG)
#define FILES_ALL                                                                               \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |                            \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |                          \
	 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM | FILES_KEEP)
/* A full bundle leaves the folder of the partial ones; ABI 2. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif

#define FILES_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

static long rules_make(uint64_t handled)
{
	struct landlock_ruleset_attr all = {.handled_access_fs = handled};

	return syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
}

static long landlock_abi(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static bool allow_folder(long rules, int root_fd, const char *dir, uint64_t rights)
{
	int fd = openat(root_fd, dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
	bool ok = fd >= 0 && syscall(SYS_landlock_add_rule, (int)rules, LANDLOCK_RULE_PATH_BENEATH,
				     &rule, 0) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool rules_hold(long rules, bool ok)
{
	ok = ok && rules >= 0 && syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
	if (rules >= 0)
		close((int)rules);
	return ok;
}

/* A rule set that handles every right and grants none. A kernel without Landlock: the filter of
 * system calls refuses every file as well. */
static void deny_files(void)
{
	if (landlock_abi() >= 1)
		rules_hold(rules_make(FILES_ALL), true);
}

static int rules_for(scmp_filter_ctx f, uint32_t action, const int *calls, size_t count)
{
	int failed = 0;

	for (size_t i = 0; i < count && failed == 0; i++)
		failed = seccomp_rule_add(f, action, calls[i], 0);
	return failed;
}

/* Memory yes, code no. */
static int rules_for_memory(scmp_filter_ctx f)
{
	struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	int failed = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code);

	return failed != 0 ? failed
			   : seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* What appending to files takes beyond that, and talk over a socket that is there. */
static const int keeping[] = {
	SCMP_SYS(openat),    SCMP_SYS(fdatasync), SCMP_SYS(fsync),	SCMP_SYS(ftruncate),
	SCMP_SYS(renameat),  SCMP_SYS(renameat2), SCMP_SYS(unlinkat),	SCMP_SYS(mkdirat),
	SCMP_SYS(fallocate), SCMP_SYS(fstatfs),	  SCMP_SYS(getdents64), SCMP_SYS(fstat),
	SCMP_SYS(fcntl),     SCMP_SYS(sendto),	  SCMP_SYS(recvfrom),	SCMP_SYS(newfstatat),
	SCMP_SYS(rename),    SCMP_SYS(statfs),	  SCMP_SYS(pwrite64),
};

/* Talk over the network, and what a resolver's threads and TLS need; with `allowed`. */
static const int reaching[] = {
	SCMP_SYS(connect),    SCMP_SYS(sendto),	    SCMP_SYS(recvfrom),	  SCMP_SYS(sendmsg),
	SCMP_SYS(sendmmsg),   SCMP_SYS(recvmsg),    SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(shutdown), SCMP_SYS(bind),
	SCMP_SYS(socketpair), SCMP_SYS(ppoll),	    SCMP_SYS(select),	  SCMP_SYS(pselect6),
	SCMP_SYS(pipe2),      SCMP_SYS(eventfd2),   SCMP_SYS(clone),	  SCMP_SYS(clone3),
	SCMP_SYS(rseq),	      SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(set_robust_list), SCMP_SYS(gettid), SCMP_SYS(sched_yield),
	SCMP_SYS(openat),     SCMP_SYS(open),	    SCMP_SYS(newfstatat), SCMP_SYS(stat),
	SCMP_SYS(lstat),      SCMP_SYS(fstat),	    SCMP_SYS(statx),	  SCMP_SYS(access),
	SCMP_SYS(faccessat),  SCMP_SYS(readlink),   SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
	SCMP_SYS(fcntl),      SCMP_SYS(ioctl),	    SCMP_SYS(uname),	  SCMP_SYS(sysinfo),
	SCMP_SYS(getuid),     SCMP_SYS(geteuid),    SCMP_SYS(getgid),	  SCMP_SYS(getegid),
	SCMP_SYS(nanosleep),  SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(sigaltstack), SCMP_SYS(tgkill),
};

static int load_reach(scmp_filter_ctx f)
{
	static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
	int failed = rules_for(f, SCMP_ACT_ALLOW, allowed, COUNT(allowed));

	/* Those that `allowed` has already are no fault. */
	if (failed == 0)
		failed = rules_for(f, SCMP_ACT_ALLOW, reaching, COUNT(reaching));
	for (size_t i = 0; i < COUNT(families) && failed == 0; i++) {
		struct scmp_arg_cmp family = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0);
		failed = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, family);
	}
	if (failed == 0)
		failed = rules_for_memory(f);
	return failed != 0 ? failed : seccomp_load(f);
}

static int load_worker(scmp_filter_ctx f)
{
	int failed = rules_for(f, SCMP_ACT_ALLOW, allowed, COUNT(allowed));

	if (failed == 0)
		failed = rules_for(f, SCMP_ACT_ERRNO(EACCES), no_entry, COUNT(no_entry));
	if (failed == 0)
		failed = rules_for(f, SCMP_ACT_ERRNO(EPERM), unanswered, COUNT(unanswered));
	if (failed == 0)
		failed = rules_for_memory(f);
	return failed != 0 ? failed : seccomp_load(f);
}

static int load_keeper(scmp_filter_ctx f)
{
	int failed = rules_for(f, SCMP_ACT_ALLOW, allowed, COUNT(allowed));

	if (failed == 0)
		failed = rules_for(f, SCMP_ACT_ALLOW, keeping, COUNT(keeping));
	if (failed == 0)
		failed = rules_for_memory(f);
	return failed != 0 ? failed : seccomp_load(f);
}

/* others: what becomes of calls that load does not name. */
static bool filter_calls(int (*load)(scmp_filter_ctx f), uint32_t others, struct err *e)
{
	scmp_filter_ctx f = seccomp_init(others);
	int failed = f == NULL ? -ENOMEM : load(f);

	seccomp_release(f);
	if (failed == 0)
		return true;
	return err_set(e, ERR_FAILED,
		       T("nhân Linux không cho lọc lệnh hệ thống (seccomp): %s; không làm việc "
			 "với tệp lạ hay khóa ký khi thiếu hàng rào này",
			 "the kernel refuses a filter of system calls (seccomp): %s; neither files "
			 "from outside nor the key are touched without that fence"),
		       strerror(-failed));
}

bool jail_keep_nothing(struct err *e)
{
	const struct rlimit none = {0, 0};

	/* The call fails, and that is enough. */
	sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	(void)mlockall(MCL_CURRENT | MCL_FUTURE);
	if (setrlimit(RLIMIT_FSIZE, &none) == 0 && setrlimit(RLIMIT_CORE, &none) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
		return true;
	return err_errno(e, T("không khoá được việc ghi tệp", "writing files cannot be locked"));
}

bool jail_enter(const struct jail_limits *limits, struct err *e)
{
	syscall(SYS_close_range, FIRST_CLOSED, ~0U, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	deny_files();
	set_limits(limits);
	return filter_calls(load_worker, SCMP_ACT_KILL_PROCESS, e);
}

static void forsake_privileges(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
}

/* A kernel too old to let a file move between the folders' folders: the filter stands alone. */
bool jail_own_files(int root_fd, const char *const dirs[], struct err *e)
{
	const uint64_t refer = LANDLOCK_ACCESS_FS_REFER;

	forsake_privileges();
	if (landlock_abi() >= 2) {
		long rules = rules_make(FILES_ALL | refer);
		bool ok = rules >= 0;

		for (int i = 0; ok && dirs[i] != NULL; i++)
			ok = allow_folder(rules, root_fd, dirs[i], FILES_KEEP | refer);
		if (!rules_hold(rules, ok))
			return err_errno(e, "Landlock");
	}
	return filter_calls(load_keeper, SCMP_ACT_KILL_PROCESS, e);
}

bool jail_folders(const struct jail_folder folders[], int count, struct err *e)
{
	static const uint64_t rights[] = {[JAIL_NAMES] = LANDLOCK_ACCESS_FS_READ_DIR,
					  [JAIL_READ] = FILES_READ,
					  [JAIL_RUN] = FILES_READ |
						       LANDLOCK_ACCESS_FS_EXECUTE,
					  [JAIL_OWN] = FILES_KEEP};

	forsake_privileges();
	if (landlock_abi() < 1)
		return true;
	long rules = rules_make(FILES_ALL);
	for (int i = 0; rules >= 0 && i < count; i++)
		allow_folder(rules, AT_FDCWD, folders[i].path, rights[folders[i].right]);
	return rules_hold(rules, true) || err_errno(e, "Landlock");
}

bool jail_reach(struct err *e)
{
	static const struct jail_folder folders[] = {
		{"/etc", JAIL_READ}, {"/usr", JAIL_READ}, {"/lib", JAIL_READ}, {"/run", JAIL_READ},
	};

	syscall(SYS_close_range, FIRST_CLOSED, ~0U, 0);
	limit(RLIMIT_FSIZE, 0);
	return jail_folders(folders, COUNT(folders), e) &&
	       filter_calls(load_reach, SCMP_ACT_ERRNO(EPERM), e);
}
