/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Child processes of the same program: start, watch, end. */
#ifndef VX_SYS_PROC_H
#define VX_SYS_PROC_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

/* A running child. pidfd becomes readable when it has ended. */
struct proc {
	pid_t pid; /* 0: none */
	int pidfd; /* −1: none */
};

/* What a child inherits. Descriptors beyond 0–2: kept[i] becomes descriptor 3 + i in the child. All
 * others are closed. in_fd, out_fd: −1 means /dev/null for in and inherit for out; stderr is
 * always inherited. */
struct proc_fds {
	int in_fd, out_fd;
	const int *kept;
	int kept_count;
	bool no_environment; /* the child gets none of ours */
};

/* Starts this very program (/proc/self/exe) with the arguments args[0…] (NULL-ended; args[0] is the
 * subcommand). The child gets SIGTERM when its parent dies (PR_SET_PDEATHSIG) and starts with an
 * empty signal mask. Not from the real-time thread. */
bool proc_start(struct proc *p, char *const args[], const struct proc_fds *fds, struct err *e);

/* Takes the status of a child that has ended: true and the wait(2) status, false if it still
 * runs. */
bool proc_reap(struct proc *p, int *status);

/* SIGTERM; SIGKILL after grace_ms. Reaps it, but for one that five seconds later has still not
 * ended (a disk that hangs): that is forgotten. */
void proc_end(struct proc *p, int grace_ms);

/* Lets this process have so many files open at once if its hard limit permits. Returns how many it
 * may have now: perhaps fewer. */
int proc_allow_files(int wanted);

#endif
