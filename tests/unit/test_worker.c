/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/worker.h"

#include "library/pcmpipe.h"
#include "sys/proc.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Which fences there are, and that they hold, is test_jail's. */
static bool confined(void)
{
	struct err e;

	if (!worker_confine(&e))
		return false;
	return open("/dev/null", O_RDONLY) == -1 && errno == EACCES;
}

/* In a child that says it by its status: confined, even Check could write no message. */
START_TEST(a_confined_process_has_few_rights)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		_exit(confined() ? 42 : 1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 42);
}
END_TEST

/* A stdin that is no file ends in a record that says so, not in a worker that waits. */
START_TEST(a_pipe_for_a_file_is_told)
{
	char *const args[] = {(char[]){"worker"}, NULL};
	static struct pcm_reader reader;
	struct proc p;
	struct err e;
	int in[2], out[2];

	ck_assert_int_eq(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC), 0);
	ck_assert(proc_start(&p, args, &(struct proc_fds){.in_fd = in[0], .out_fd = out[1]}, &e));
	close(out[1]);
	reader.fd = out[0];
	ck_assert_int_eq(pcm_receive(&reader, 60000), PCM_GOT);
	ck_assert_uint_eq(reader.record.kind, PCM_END);
	ck_assert_uint_eq(reader.record.status, PCM_UNREADABLE);
	proc_end(&p, 1000);
}
END_TEST

Suite *suite_worker(void)
{
	Suite *s = suite_create("worker");
	TCase *t = tcase_create("worker");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_confined_process_has_few_rights);
	tcase_add_test(t, a_pipe_for_a_file_is_told);
	suite_add_tcase(s, t);
	return s;
}
