/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/timekeeper.h"

#include "base/limits.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* As the kernel has it: 15 characters of the program's name. ntpd is the classic one's, NTPsec's
 * and OpenNTPD's name alike. */
static const struct {
	const char *comm, *name;
} known[] = {
	{"chronyd", "chronyd"},
	{"systemd-timesyn", "timesyncd"},
	{"ntpd", "ntpd"},
	{"phc2sys", "phc2sys"},
};

static bool read_comm(const char *proc, const char *pid, char comm[static 32])
{
	char path[PATH_BYTES];

	if (snprintf(path, sizeof(path), "%s/%s/comm", proc, pid) >= (int)sizeof(path))
		return false;
	FILE *f = fopen(path, "re");
	bool ok = f != NULL && fgets(comm, 32, f) != NULL;
	if (f != NULL)
		fclose(f);
	if (ok)
		comm[strcspn(comm, "\n")] = '\0';
	return ok;
}

static const char *name_of(const char *comm)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].comm, comm) == 0)
			return known[i].name;
	return NULL;
}

const char *timekeeper_find(const char *proc)
{
	const char *found = NULL;
	bool several = false;
	char comm[32];
	DIR *dir = opendir(proc);

	if (dir == NULL)
		return NULL;
	for (struct dirent *d; (d = readdir(dir)) != NULL;) {
		if (!isdigit((unsigned char)d->d_name[0]) || !read_comm(proc, d->d_name, comm))
			continue;
		const char *name = name_of(comm);
		/* chronyd and ntpd have helper processes of the same name. */
		several = several || (name != NULL && found != NULL && name != found);
		found = name != NULL ? name : found;
	}
	closedir(dir);
	return several ? NULL : found;
}
