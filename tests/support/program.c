/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/program.h"

#include "base/must.h"

#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

void run_program(const char *const argv[])
{
	pid_t pid;
	int status;

	/* posix_spawn writes to none of them; its prototype is older than const. */
	must(posix_spawnp(&pid, argv[0], NULL, NULL, (char *const *)(uintptr_t)argv, environ) == 0);
	must(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
