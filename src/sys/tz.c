/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/tz.h"

#include "base/must.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define STEP_S (14 * 86400) /* offsets that last less than two weeks do not occur after 1970 */
#define LAST_S INT64_C(4102444800) /* 2100-01-01 */

static int32_t libc_offset_s(int64_t s)
{
	struct tm local;
	time_t t = (time_t)s;

	must(localtime_r(&t, &local) != NULL);
	return (int32_t)local.tm_gmtoff;
}

/* The first second of (low, high] at which the offset is no longer that of low. */
static int64_t find_change(int64_t low, int64_t high)
{
	int32_t offset = libc_offset_s(low);

	while (high - low > 1) {
		int64_t mid = low + (high - low) / 2;
		if (libc_offset_s(mid) == offset)
			low = mid;
		else
			high = mid;
	}
	return high;
}

static bool known(const char *name)
{
	char path[256];
	struct stat st;

	if (strcmp(name, "UTC") == 0)
		return true;
	if (name[0] == '\0' || name[0] == '/' || strstr(name, "..") != NULL)
		return false;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	/* "Asia" is there too, but a folder. */
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, R_OK) == 0;
}

bool tz_load(struct tz *tz, const char *name, struct err *e)
{
	/* A minimal container has no database; Việt Nam has had one offset since 1975. */
	if (strcmp(name, "Asia/Ho_Chi_Minh") == 0 && !known(name)) {
		tz_fixed(tz, name, 7 * 3600);
		return true;
	}
	if (!known(name))
		return err_set(e, ERR_NOT_FOUND,
			       T("không có múi giờ \"%s\"; ví dụ đúng: Asia/Ho_Chi_Minh",
				 "there is no time zone \"%s\"; an example: Asia/Ho_Chi_Minh"),
			       name);
	setenv("TZ", name, 1);
	tzset();
	tz_fixed(tz, name, libc_offset_s(0));
	for (int64_t s = 0; s < LAST_S && tz->changes < TZ_CHANGES_MAX; s += STEP_S) {
		if (libc_offset_s(s) == libc_offset_s(s + STEP_S))
			continue;
		tz->at_s[tz->changes] = find_change(s, s + STEP_S);
		tz->offset_s[tz->changes] = libc_offset_s(tz->at_s[tz->changes]);
		tz->changes++;
	}
	return true;
}
