/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile acts, each in a process of its own behind the fence: what can do no harm is refused, the
 * rest ends the process. */
#include "sys/jail.h"

#include "support/tmpdir.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define SUCCEEDED 99 /* exit status of an act that did what it wanted */
#define INHERITED 9  /* a descriptor that was open before */

/* An act returns only when it was refused: errno then says how. */
static void must_be_refused(bool done, int expected_errno)
{
	_exit(done ? SUCCEEDED : errno == expected_errno ? 0 : 1);
}

static void read_password_file(void)
{
	must_be_refused(open("/etc/passwd", O_RDONLY) >= 0, EACCES);
}

static void write_a_file(void)
{
	must_be_refused(creat("/tmp/vangxa-jail-was-here", 0600) >= 0, EACCES);
}

static void list_a_folder(void)
{
	must_be_refused(openat(AT_FDCWD, ".", O_RDONLY | O_DIRECTORY) >= 0, EACCES);
}

static void ask_about_a_file(void)
{
	struct stat st;

	must_be_refused(stat("/etc/shadow", &st) == 0, EACCES);
}

static void find_out_where_it_is(void)
{
	char path[100];

	must_be_refused(readlink("/proc/self/exe", path, sizeof(path)) > 0, EACCES);
}

static void measure_the_machine(void)
{
	struct sysinfo info;

	must_be_refused(sysinfo(&info) == 0, EPERM);
}

static void raise_its_limits(void)
{
	must_be_refused(setrlimit(RLIMIT_CORE, &(struct rlimit){1, 1}) == 0, EPERM);
}

static void use_what_was_open(void)
{
	char byte;

	must_be_refused(read(INHERITED, &byte, 1) == 1, EBADF);
}

#if !defined(VX_ASAN) && !defined(VX_TSAN) /* they have their own ideas of memory and of crashes */
static void take_all_memory(void)
{
	size_t taken = 0;

	for (;; taken += 16 << 20) {
		char *p = malloc(16 << 20);
		if (p == NULL)
			must_be_refused(taken > (512UL << 20), ENOMEM);
		memset(p, 1, 4096);
	}
}

static void crash(void)
{
	char *volatile nowhere = (char *)16;

	*nowhere = 1;
}
#endif

/* What follows must never return. */
static void open_a_socket(void)
{
	socket(AF_INET, SOCK_STREAM, 0);
}

static void open_a_unix_socket(void)
{
	socket(AF_UNIX, SOCK_STREAM, 0);
}

static void connect_its_input(void)
{
	struct sockaddr to = {.sa_family = AF_UNIX};

	connect(0, &to, sizeof(to));
}

static void fork_itself(void)
{
	if (syscall(SYS_fork) == 0)
		_exit(0);
}

static void clone_itself(void)
{
	if (syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL) == 0)
		_exit(0);
}

static void run_a_shell(void)
{
	execl("/bin/sh", "sh", "-c", "exit 99", (char *)NULL);
}

static void trace_its_parent(void)
{
	ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void kill_its_parent(void)
{
	syscall(SYS_kill, 1, 0);
}

static void signal_itself_back(void)
{
	syscall(SYS_tkill, 1, SIGKILL);
}

static void run_written_code(void)
{
	mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void make_data_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static void hide_a_file_in_memory(void)
{
	syscall(SYS_memfd_create, "x", 0);
}

static void make_a_pipe(void)
{
	int ends[2];

	(void)!pipe(ends);
}

static void copy_a_descriptor(void)
{
	(void)!dup(0);
}

static void remove_a_file(void)
{
	unlink("/tmp/vangxa-jail-no-such-file");
}

static void rename_a_file(void)
{
	rename("/tmp/vangxa-jail-no-such-file", "/tmp/vangxa-jail-other");
}

static void open_up_its_input(void)
{
	fchmod(0, 0777);
}

static void become_somebody(void)
{
	syscall(SYS_setuid, 0);
}

static void leave_its_namespace(void)
{
	unshare(CLONE_NEWUSER);
}

static void mount_something(void)
{
	mount("none", "/mnt", "tmpfs", 0, NULL);
}

static void go_round_by_uring(void)
{
	char params[128] = {0};

	syscall(SYS_io_uring_setup, 4, params);
}

static void load_kernel_code(void)
{
	union bpf_attr attr = {0};

	syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
}

static void watch_the_machine(void)
{
	struct perf_event_attr attr = {.size = sizeof(attr)};

	syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);
}

static void read_other_memory(void)
{
	syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0);
}

static void read_the_keys(void)
{
	syscall(SYS_keyctl, 0, -3, 0, 0, 0);
}

static void wait_in_memory_faults(void)
{
	syscall(SYS_userfaultfd, 0);
}

static void compute_for_ever(void)
{
	for (volatile unsigned long n = 0;; n++)
		continue;
}

static const struct act {
	const char *name;
	void (*does)(void);
	bool refused; /* else the process ends by a signal */
} acts[] = {
#define REFUSED(f) {#f, f, true}
#define ENDED(f) {#f, f, false}
	REFUSED(read_password_file),
	REFUSED(write_a_file),
	REFUSED(list_a_folder),
	REFUSED(ask_about_a_file),
	REFUSED(find_out_where_it_is),
	REFUSED(measure_the_machine),
	REFUSED(raise_its_limits),
	REFUSED(use_what_was_open),
#if !defined(VX_ASAN) && !defined(VX_TSAN)
	REFUSED(take_all_memory),
	ENDED(crash),
#endif
	ENDED(open_a_socket),
	ENDED(open_a_unix_socket),
	ENDED(connect_its_input),
	ENDED(fork_itself),
	ENDED(clone_itself),
	ENDED(run_a_shell),
	ENDED(trace_its_parent),
	ENDED(kill_its_parent),
	ENDED(signal_itself_back),
	ENDED(run_written_code),
	ENDED(make_data_code),
	ENDED(hide_a_file_in_memory),
	ENDED(make_a_pipe),
	ENDED(copy_a_descriptor),
	ENDED(remove_a_file),
	ENDED(rename_a_file),
	ENDED(open_up_its_input),
	ENDED(become_somebody),
	ENDED(leave_its_namespace),
	ENDED(mount_something),
	ENDED(go_round_by_uring),
	ENDED(load_kernel_code),
	ENDED(watch_the_machine),
	ENDED(read_other_memory),
	ENDED(read_the_keys),
	ENDED(wait_in_memory_faults),
	ENDED(compute_for_ever),
};

static int status_of(void (*does)(void))
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		struct err e;
		dup2(open("/dev/zero", O_RDONLY), INHERITED);
		if (!jail_enter(&(struct jail_limits){.cpu_s = 1, .memory_bytes = 512UL << 20}, &e))
			_exit(2);
		does();
		_exit(SUCCEEDED);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

START_TEST(a_hostile_act_fails)
{
	const struct act *a = &acts[_i];
	int status = status_of(a->does);

	if (a->refused)
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
			      "%s was not refused: status %#x", a->name, (unsigned)status);
	else
		ck_assert_msg(WIFSIGNALED(status), "%s went on: status %#x", a->name,
			      (unsigned)status);
}
END_TEST

static void work(void)
{
	char byte = 0;
	void *memory = malloc(1 << 20);

	if (memory == NULL)
		_exit(1);
	free(memory);
	_exit(read(INHERITED, &byte, 1) == -1 && write(2, &byte, 0) == 0 ? 42 : 1);
}

START_TEST(honest_work_goes_on)
{
	int status = status_of(work);

	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 42);
}
END_TEST

/* What an ear may still do: tell, and no more. */
static void keep_nothing(void)
{
	int file = open("/tmp", O_TMPFILE | O_RDWR, 0600), ends[2];
	struct err e;

	if (file < 0 || pipe(ends) != 0 || !jail_keep_nothing(&e))
		_exit(1);
	if (write(file, "x", 1) != -1 || errno != EFBIG)
		_exit(2);
	_exit(write(ends[1], "x", 1) == 1 ? 0 : 3);
}

START_TEST(who_may_keep_nothing_writes_to_no_file)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		keep_nothing();
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

/* What the web process has: its own folders, some to read, and nothing beside them. */
static int in_folders(const char *root)
{
	char own[80], read_only[80], path[120];
	struct err e;

	snprintf(own, sizeof(own), "%s/own", root);
	snprintf(read_only, sizeof(read_only), "%s/read", root);
	const struct jail_folder list[] = {{own, JAIL_OWN}, {read_only, JAIL_READ},
					   {root, JAIL_NAMES}, {"/khong/co", JAIL_OWN}};
	if (!jail_folders(list, 4, &e))
		return 1;
	snprintf(path, sizeof(path), "%s/own/new", root);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	if (fd < 0 || write(fd, "x", 1) != 1 || unlink(path) != 0)
		return 2;
	snprintf(path, sizeof(path), "%s/read/there", root);
	if (open(path, O_RDONLY) < 0 || open(path, O_WRONLY) >= 0 || unlink(path) == 0)
		return 3;
	snprintf(path, sizeof(path), "%s/key", root);
	if (open(root, O_RDONLY | O_DIRECTORY) < 0 || open(path, O_RDONLY) >= 0 ||
	    unlink(path) == 0)
		return 4;
	return 0;
}

START_TEST(folders_are_all_that_is_left)
{
	char root[64], path[120];
	int status;

	tmpdir_make(root);
	static const char *const dirs[] = {"own", "read"}, *const files[] = {"read/there", "key"};
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, dirs[i]);
		ck_assert_int_eq(mkdir(path, 0700), 0);
	}
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, files[i]);
		int fd = creat(path, 0600);
		ck_assert_int_ge(fd, 0);
		close(fd);
	}
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(in_folders(root));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", status);
	tmpdir_remove(root);
}
END_TEST

Suite *suite_jail(void)
{
	Suite *s = suite_create("jail");
	TCase *t = tcase_create("jail");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, a_hostile_act_fails, 0, sizeof(acts) / sizeof(acts[0]));
	tcase_add_test(t, honest_work_goes_on);
	tcase_add_test(t, who_may_keep_nothing_writes_to_no_file);
	tcase_add_test(t, folders_are_all_that_is_left);
	suite_add_tcase(s, t);
	return s;
}
