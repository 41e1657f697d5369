/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/boot.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int64_t read_ns(clockid_t id)
{
	struct timespec t;

	must(clock_gettime(id, &t) == 0);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

void boot_read(struct boot *b)
{
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");

	*b = (struct boot){0};
	if (f != NULL && fgets(b->id, sizeof(b->id), f) == NULL)
		b->id[0] = '\0';
	if (f != NULL)
		fclose(f);
	b->id[strcspn(b->id, "\n")] = '\0';
	/* The one counts while the machine sleeps, the other does not. */
	b->since.ns = read_ns(CLOCK_MONOTONIC) - read_ns(CLOCK_BOOTTIME);
	if (b->since.ns > 0)
		b->since.ns = 0;
}
