/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/station_tz.h"

#include "base/must.h"
#include "plan/settings.h"
#include "sys/disk.h"
#include "sys/tz.h"

#include <stdlib.h>

struct settings *station_settings(const char *data)
{
	struct settings *s = calloc(1, sizeof(*s));
	struct disk_real disk;
	struct buf text = {0};
	struct faults faults = {0};
	struct err ignored;

	must(s != NULL);
	bool ok = disk_real_open(&disk, data, &ignored);
	if (ok) {
		ok = disk_read(&disk.disk, "station.yaml", YAML_FILE_BYTES_MAX, &text, &ignored) &&
		     settings_parse(s, "station.yaml", buf_str(&text), text.len, tz_load, &faults);
		disk_real_close(&disk);
	}
	faults_finish(&faults);
	buf_finish(&text);
	if (ok)
		return s;
	free(s);
	return NULL;
}

bool station_tz(struct tz *tz, const char *data, struct err *e)
{
	struct settings *s = station_settings(data);

	if (s == NULL)
		return tz_load(tz, "Asia/Ho_Chi_Minh", e);
	*tz = s->tz;
	free(s);
	return true;
}
