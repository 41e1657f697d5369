/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The children here are this runner itself, started as `vangxa` (see main.c). */
#include "sys/proc.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct err e;
static const struct proc_fds no_fds = {.in_fd = -1, .out_fd = -1};

/* Waits, with a bound, until the child has ended. */
static int status_of(struct proc *p)
{
	struct pollfd ended = {.fd = p->pidfd, .events = POLLIN};
	int status = -1;

	ck_assert_int_eq(poll(&ended, 1, 60000), 1);
	ck_assert(proc_reap(p, &status));
	return status;
}

START_TEST(test_starts_and_reaps)
{
	char word[] = "no-such-command";
	char *args[] = {word, NULL};
	struct proc p;

	ck_assert_msg(proc_start(&p, args, &no_fds, &e), "%s", e.text);
	ck_assert_int_gt(p.pid, 0);
	int status = status_of(&p);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 2);
	ck_assert_int_eq(p.pid, 0);
	ck_assert_int_eq(p.pidfd, -1);
	ck_assert(!proc_reap(&p, &status));
}
END_TEST

static char worker_word[] = "worker";
static char *const worker[] = {worker_word, NULL};

/* Starts `vangxa worker`, which has nothing to read and wants to say so into a pipe that is full:
 * it lives until somebody reads. */
static struct proc waiting_child(const int *kept, int kept_count)
{
	struct proc p;
	int out[2];

	ck_assert_int_eq(pipe2(out, O_CLOEXEC | O_NONBLOCK), 0);
	while (write(out[1], "", 1) == 1)
		continue;
	ck_assert_int_eq(fcntl(out[1], F_SETFL, 0), 0);
	struct proc_fds fds = {
		.in_fd = -1, .out_fd = out[1], .kept = kept, .kept_count = kept_count};
	ck_assert_msg(proc_start(&p, worker, &fds, &e), "%s", e.text);
	return p;
}

/* What /proc/PID/NAME links to. */
static const char *link_of(const struct proc *p, const char *name)
{
	static char target[256];
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)p->pid, name);
	ssize_t n = readlink(path, target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = '\0';
	return target;
}

/* Waits, with a bound, until the child has become `vangxa`. */
static void wait_for_exec(const struct proc *p)
{
	char path[64], words[32] = "";
	struct pollfd ended = {.fd = p->pidfd, .events = POLLIN};

	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)p->pid);
	for (int i = 0; i < 12000 && strcmp(words, "vangxa") != 0; i++) {
		int fd = open(path, O_RDONLY);
		ck_assert_int_ge(fd, 0);
		ssize_t n = read(fd, words, sizeof(words) - 1);
		words[n > 0 ? n : 0] = '\0';
		close(fd);
		ck_assert_int_eq(poll(&ended, 1, 5), 0);
	}
	ck_assert_str_eq(words, "vangxa");
}

START_TEST(test_term_ends_it)
{
	struct proc p = waiting_child(NULL, 0);

	/* Even before exec it has not Check's handler for SIGTERM, which would end this test. */
	proc_end(&p, 60000);
	ck_assert_int_eq(p.pid, 0);
	ck_assert_int_eq(p.pidfd, -1);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

/* Kept descriptors arrive as 3, 4 in the order given, whatever they were here; no other does. */
START_TEST(test_descriptors)
{
	int null_fd = open("/dev/null", O_RDONLY), zero_fd = open("/dev/zero", O_RDONLY);
	int secret_fd = open("/dev/full", O_RDONLY);
	int kept[] = {zero_fd, null_fd};
	struct proc p = waiting_child(kept, 2);

	wait_for_exec(&p);
	ck_assert_str_eq(link_of(&p, "fd/3"), "/dev/zero");
	ck_assert_str_eq(link_of(&p, "fd/4"), "/dev/null");
	for (int fd = 5; fd < 80; fd++) {
		char name[16];
		snprintf(name, sizeof(name), "fd/%d", fd);
		const char *target = link_of(&p, name);
		ck_assert_str_ne(target, "/dev/full");
		ck_assert_str_ne(target, "/dev/zero");
	}
	proc_end(&p, 60000);
	close(secret_fd);
}
END_TEST

/* A child that does not listen to SIGTERM; it has said so before this returns. */
static struct proc deaf_child(void)
{
	int ready[2];
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	struct proc p = {.pid = fork()};
	if (p.pid == 0) {
		struct sigaction ignore = {.sa_handler = SIG_IGN};
		sigaction(SIGTERM, &ignore, NULL);
		if (write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	p.pidfd = (int)syscall(SYS_pidfd_open, p.pid, 0);
	ck_assert_int_ge(p.pidfd, 0);
	return p;
}

START_TEST(test_deaf_child_is_killed)
{
	struct proc p = deaf_child();

	proc_end(&p, 1);
	ck_assert_int_eq(p.pid, 0);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

START_TEST(test_end_of_nothing)
{
	struct proc p = {.pid = 0, .pidfd = -1};
	int status;

	proc_end(&p, 10);
	ck_assert(!proc_reap(&p, &status));
	ck_assert_int_eq(p.pid, 0);
}
END_TEST

START_TEST(test_more_files_up_to_the_hard_limit)
{
	struct rlimit few = {.rlim_cur = 20, .rlim_max = 50}, now;

	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	ck_assert_int_eq(proc_allow_files(10), 20);
	ck_assert_int_eq(proc_allow_files(30), 30);
	ck_assert_int_eq(proc_allow_files(100), 50);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &now), 0);
	ck_assert_uint_eq(now.rlim_cur, 50);
}
END_TEST

Suite *suite_proc(void);
Suite *suite_proc(void)
{
	Suite *s = suite_create("proc");
	TCase *c = tcase_create("proc");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, test_starts_and_reaps);
	tcase_add_test(c, test_term_ends_it);
	tcase_add_test(c, test_descriptors);
	tcase_add_test(c, test_deaf_child_is_killed);
	tcase_add_test(c, test_end_of_nothing);
	tcase_add_test(c, test_more_files_up_to_the_hard_limit);
	suite_add_tcase(s, c);
	return s;
}
