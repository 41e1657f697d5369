/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/parcelcase.h"

#include "base/must.h"
#include "support/log_sample.h"
#include "support/soundfile.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add(struct parcelcase *p, json_t *entry)
{
	int64_t n;

	must(ledger_append(p->c.desk.ledger, entry, &n, &p->e));
}

static void record(struct parcelcase *p, const char *file, int64_t from_h, bool there)
{
	struct wall from = wall_add_ns(LOG_SAMPLE_START, from_h * 3600 * NS_PER_S);
	char path[200];

	add(p, entry_recording_closed(file, PARCELCASE_SHA256, "mot", from,
				      wall_add_ns(from, 1800 * NS_PER_S), 7, &p->c.desk.tz));
	snprintf(path, sizeof(path), "%.*s", (int)(strrchr(file, '/') - file), file);
	must(disk_make_dir(p->c.desk.disk, path, &p->e));
	snprintf(path, sizeof(path), "%s/%s", p->c.dir, file);
	if (there)
		file_save(path, "tiếng", strlen("tiếng"));
}

void parcelcase_open(struct parcelcase *p)
{
	struct bulletin b = log_sample_bulletin("Tin mưa");
	struct airing_facts f = log_sample_airing("B0", LOG_SAMPLE_START);

	memset(p, 0, sizeof(*p));
	deskcase_open(&p->c);
	add(p, entry_bulletin_received(&b, NULL, json_array(), "user:7"));
	f.reason = "station-stopped";
	add(p, entry_airing_missed(&f, &p->c.desk.tz));
	record(p, PARCELCASE_RECORDING, 0, true);
	record(p, PARCELCASE_GONE, 1, false);
	record(p, PARCELCASE_LATE, 24, true);
	p->parcel = (struct parcel){.disk = p->c.desk.disk, .dir = p->c.dir,
				    .view = ledger_view(p->c.desk.ledger), .tz = p->c.desk.tz,
				    .first = {2026, 11, 23}, .last = {2026, 11, 23}};
	snprintf(p->path, sizeof(p->path), "%s/goi.zip", p->c.dir);
}

void parcelcase_close(struct parcelcase *p)
{
	deskcase_close(&p->c);
}

bool parcelcase_make(struct parcelcase *p)
{
	int fd = open(p->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	must(fd >= 0);
	bool ok = parcel_write(&p->parcel, fd, &p->e);
	close(fd);
	return ok;
}
