/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/proc.h"

#include "base/must.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEPT_MAX 8
#define FIRST_KEPT 3
#define PARKED 64 /* above every final number, so that dup2 never overwrites one still needed */

/* In the child, between fork and exec: only async-signal-safe calls. */
static void place_fds(const struct proc_fds *fds)
{
	int parked[KEPT_MAX];
	int in_fd = fds->in_fd >= 0 ? fds->in_fd : open("/dev/null", O_RDONLY | O_CLOEXEC);

	for (int i = 0; i < fds->kept_count; i++)
		parked[i] = fcntl(fds->kept[i], F_DUPFD_CLOEXEC, PARKED);
	dup2(in_fd, STDIN_FILENO);
	if (fds->out_fd >= 0)
		dup2(fds->out_fd, STDOUT_FILENO);
	for (int i = 0; i < fds->kept_count; i++)
		dup2(parked[i], FIRST_KEPT + i);
	syscall(SYS_close_range, FIRST_KEPT + fds->kept_count, ~0U, 0);
}

/* Until exec takes them away, a signal to the child would run what the parent does about it. */
static void forget_handlers(void)
{
	struct sigaction is, plain = {.sa_handler = SIG_DFL};

	for (int s = 1; s < NSIG; s++)
		if (sigaction(s, NULL, &is) == 0 && is.sa_handler != SIG_IGN)
			sigaction(s, &plain, NULL);
}

/* Signals wait while it forks: a child is told apart from its parent before it hears any. */
static pid_t fork_deaf(sigset_t *were)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, were);
	return fork();
}

static _Noreturn void become(pid_t parent, char *const argv[], const struct proc_fds *fds)
{
	char *const empty[] = {NULL};
	sigset_t none;

	forget_handlers();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	place_fds(fds);
	execve("/proc/self/exe", argv, fds->no_environment ? empty : environ);
	_exit(127);
}

bool proc_start(struct proc *p, char *const args[], const struct proc_fds *fds, struct err *e)
{
	static char name[] = "vangxa";
	char *argv[32] = {name};
	int count = 0;
	pid_t parent = getpid();

	must(fds->kept_count <= KEPT_MAX);
	for (; args[count] != NULL; count++) {
		must(count < 30);
		argv[count + 1] = args[count];
	}
	sigset_t were;
	pid_t pid = fork_deaf(&were);
	if (pid == 0)
		become(parent, argv, fds);
	int fault = errno;
	pthread_sigmask(SIG_SETMASK, &were, NULL);
	errno = fault;
	if (pid < 0)
		return err_errno(e, T("không chạy được tiến trình %s", "cannot start process %s"),
				 args[0]);
	p->pid = pid;
	p->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	must(p->pidfd >= 0);
	return true;
}

bool proc_reap(struct proc *p, int *status)
{
	if (p->pid == 0 || waitpid(p->pid, status, WNOHANG) != p->pid)
		return false;
	close(p->pidfd);
	*p = (struct proc){.pid = 0, .pidfd = -1};
	return true;
}

/* A child in the middle of a write to a disk that hangs is not even killed: it ends when the disk
 * lets go of it, and nobody waits for that. */
#define KILLED_MS 5000

void proc_end(struct proc *p, int grace_ms)
{
	struct pollfd ended = {.fd = p->pidfd, .events = POLLIN};
	int status;

	if (p->pid == 0)
		return;
	kill(p->pid, SIGTERM);
	poll(&ended, 1, grace_ms);
	if (proc_reap(p, &status))
		return;
	kill(p->pid, SIGKILL);
	poll(&ended, 1, KILLED_MS);
	if (proc_reap(p, &status))
		return;
	close(p->pidfd);
	*p = (struct proc){.pid = 0, .pidfd = -1};
}

int proc_allow_files(int wanted)
{
	struct rlimit files;

	must(getrlimit(RLIMIT_NOFILE, &files) == 0);
	if (files.rlim_cur < (rlim_t)wanted) {
		files.rlim_cur = files.rlim_max < (rlim_t)wanted ? files.rlim_max : (rlim_t)wanted;
		must(setrlimit(RLIMIT_NOFILE, &files) == 0);
	}
	return files.rlim_cur < INT_MAX ? (int)files.rlim_cur : INT_MAX;
}
