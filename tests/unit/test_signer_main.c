/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the signer may still do once it has shut itself in, tried from inside the same fence: its
 * own log and nothing else. */
#include "proof/notary.h"
#include "proof/signer.h"
#include "support/tmpdir.h"
#include "sys/jail.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SUCCEEDED 99

static char root[64];
static struct disk_real disk;
static struct notary *notary;

static void setup(void)
{
	tmpdir_make(root);
}

static void teardown(void)
{
	tmpdir_remove(root);
}

static void refused(bool done)
{
	_exit(done ? SUCCEEDED : 0);
}

static void read_the_key_again(void)
{
	refused(openat(disk.root_fd, "key", O_RDONLY) >= 0);
}

static void read_a_password_file(void)
{
	refused(openat(AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0);
}

static void write_beside_the_log(void)
{
	refused(openat(disk.root_fd, "station.yaml", O_WRONLY | O_CREAT, 0600) >= 0);
}

static void leave_by_dots(void)
{
	refused(openat(disk.root_fd, "log/../key", O_RDONLY) >= 0);
}

static void remove_the_view(void)
{
	refused(unlinkat(disk.root_fd, "view.sqlite", 0) == 0);
}

static void move_the_log_away(void)
{
	refused(renameat(disk.root_fd, "log", disk.root_fd, "away") == 0);
}

static void start_a_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	refused(false);
}

static void have_a_child(void)
{
	refused(fork() >= 0);
}

static void make_a_socket(void)
{
	refused(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static void listen_to_another_process(void)
{
	refused(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
}

static void kill_its_parent(void)
{
	refused(kill(getppid(), 0) == 0);
}

static void link_the_key_into_the_log(void)
{
	refused(linkat(disk.root_fd, "key", disk.root_fd, "log/key", 0) == 0);
}

static void change_rights(void)
{
	refused(fchmodat(disk.root_fd, "log/checkpoint", 0777, 0) == 0);
}

static void make_code(void)
{
	void *p = (void *)syscall(SYS_mmap, NULL, 4096UL, 7L, 0x22L, -1L, 0L);

	refused((long)p > 0);
}

static void open_a_device_of_memory(void)
{
	refused(openat(AT_FDCWD, "/proc/self/mem", O_RDWR) >= 0);
}

/* Not an act of harm: the work itself must go on, over a bundle and a tile. */
static void append(void)
{
	struct err e;

	for (int i = 0; i < 600; i++) {
		char text[32];
		int len = snprintf(text, sizeof(text), "{\"n\":%d}", i);

		if (!notary_append(notary, text, (size_t)len, &e))
			_exit(2);
	}
	_exit(0);
}

static const struct {
	const char *name;
	void (*act)(void);
	bool dies; /* the kernel ends the process; else the call is refused */
} acts[] = {
	{"append", append, false},
	{"read the key again", read_the_key_again, false},
	{"read a password file", read_a_password_file, false},
	{"write beside the log", write_beside_the_log, false},
	{"leave by dots", leave_by_dots, false},
	{"remove the view", remove_the_view, false},
	{"move the log away", move_the_log_away, false},
	{"open a device of memory", open_a_device_of_memory, false},
	{"start a program", start_a_program, true},
	{"have a child", have_a_child, true},
	{"make a socket", make_a_socket, true},
	{"listen to another process", listen_to_another_process, true},
	{"kill its parent", kill_its_parent, true},
	{"link the key into the log", link_the_key_into_the_log, true},
	{"change rights", change_rights, true},
	{"make code", make_code, true},
};

static _Noreturn void shut_in(int i)
{
	static const struct notary_setup how = {.name = "vangxa/dai", .boot = "b", .seed = {1}};
	static const char *const dirs[] = {"log", HEADS_DIR, NULL};
	struct err e;

	if (!disk_real_open(&disk, root, &e) || !notary_open(&notary, &disk.disk, &how, &e) ||
	    !jail_own_files(disk.root_fd, dirs, &e)) {
		fprintf(stderr, "%s\n", e.text);
		_exit(3);
	}
	acts[i].act();
	_exit(4);
}

START_TEST(behind_the_fence)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		shut_in(_i);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (acts[_i].dies)
		ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "%s: status %x",
			      acts[_i].name, status);
	else
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s: status %x",
			      acts[_i].name, status);
}
END_TEST

START_TEST(without_a_station_it_ends)
{
	int ends[2], status;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		dup2(ends[1], 3);
		closefrom(4);
		_exit(signer_main(root, "vangxa/dai", "b", false, false));
	}
	close(ends[1]);
	close(ends[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", status);
}
END_TEST

Suite *suite_signer_main(void);
Suite *suite_signer_main(void)
{
	Suite *s = suite_create("signer_main");
	TCase *t = tcase_create("signer_main");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, behind_the_fence, 0, (int)(sizeof(acts) / sizeof(acts[0])));
	tcase_add_test(t, without_a_station_it_ends);
	suite_add_tcase(s, t);
	return s;
}
