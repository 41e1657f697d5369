/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/station_tz.h"

#include "base/must.h"
#include "plan/settings.h"
#include "sys/disk.h"
#include "sys/tz.h"

#include <stdlib.h>

static bool from_settings(struct tz *tz, struct disk *d)
{
	struct settings *s = calloc(1, sizeof(*s));
	struct buf text = {0};
	struct faults faults = {0};
	struct err ignored;

	must(s != NULL);
	bool ok = disk_read(d, "station.yaml", YAML_FILE_BYTES_MAX, &text, &ignored) &&
		  settings_parse(s, "station.yaml", buf_str(&text), text.len, tz_load, &faults);
	if (ok)
		*tz = s->tz;
	faults_finish(&faults);
	buf_finish(&text);
	free(s);
	return ok;
}

bool station_tz(struct tz *tz, const char *data, struct err *e)
{
	struct disk_real disk;
	struct err ignored;
	bool ok = disk_real_open(&disk, data, &ignored);
	if (ok) {
		ok = from_settings(tz, &disk.disk);
		disk_real_close(&disk);
	}
	return ok || tz_load(tz, "Asia/Ho_Chi_Minh", e);
}
