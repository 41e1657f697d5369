/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process shuts itself in: before it touches bytes from a stranger, to read, write and compute
 * and no more; or because it holds a secret, to work on its own files and no more. */
#ifndef VX_SYS_JAIL_H
#define VX_SYS_JAIL_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct jail_limits {
	long cpu_s;	     /* processor time; then SIGKILL */
	size_t memory_bytes; /* address space, libraries included; then allocations fail */
};

/* For the rest of this process, without a way back: descriptors from 3 up are closed and no new one
 * can be had; no new privileges, no core dump, no file written (RLIMIT_FSIZE 0), no child; Landlock
 * denies the whole file system where the kernel has it (5.13 on); a seccomp filter (seccomp(2))
 * answers EACCES to every way to name a file, EPERM to what libraries ask in passing, and kills the
 * process (SIGSYS) at any call that is not reading, writing or memory. Memory can never become
 * code. Load every library before. False, with nothing started that could be relied on, when the
 * kernel refuses the filter: then end the process. From the only thread. */
bool jail_enter(const struct jail_limits *limits, struct err *e);

enum jail_right {
	JAIL_NAMES, /* folders may be listed, no file opened */
	JAIL_READ,
	JAIL_RUN,   /* read, and run as programs */
	JAIL_OWN,   /* what is in it may be changed, made and removed, too */
};

struct jail_folder {
	const char *path;
	enum jail_right right; /* for everything beneath it */
};

/* For the rest of this process and its children: no new privileges, no core dump, and with Landlock
 * no file outside these folders (those that are not there now are left out for good). True, too,
 * where the kernel has no Landlock: whoever needs more than one fence has jail_enter. From the only
 * thread. */
bool jail_folders(const struct jail_folder folders[], int count, struct err *e);

/* For the rest of this process and its children: no more processor time and memory than this, no
 * core dump. */
void jail_bound(const struct jail_limits *limits);

/* For a process that must keep working with a sound system but may keep nothing of what it hears:
 * from now on it writes to no file (RLIMIT_FSIZE 0: the kernel refuses, sockets and pipes go on),
 * leaves no core dump, lets no debugger of the same user look, and is not swapped out where the
 * kernel grants so much locked memory. False when a limit cannot be set. */
bool jail_keep_nothing(struct err *e);

/* For the rest of this process, without a way back: no new privileges, no core dump; Landlock
 * (where the kernel has it, 5.19 on) denies every file but those in the folders named (relative to
 * root_fd, NULL-ended), which may be read, written, made, renamed and removed; a seccomp filter
 * kills the process (SIGSYS) at any call that is not such work on files, talk over sockets it has,
 * or memory: no program is started, no socket made, no process looked into. Memory can never become
 * code. From the only thread; false as for jail_enter. */
bool jail_own_files(int root_fd, const char *const dirs[], struct err *e);

/* For the rest of this process, without a way back: descriptors from 3 up are closed, no new
 * privileges, no core dump, no file written (RLIMIT_FSIZE 0); Landlock (where the kernel has it)
 * leaves what a resolver and TLS read (/etc, /usr, /lib, /run) to be read; a seccomp filter lets it
 * speak over the network (sockets of IPv4, IPv6, the resolver's), have threads and memory, and
 * answers EPERM to all else: no program is started, no process looked into. Memory can never become
 * code. From the only thread; false as for jail_enter. */
bool jail_reach(struct err *e);

#endif
