/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/log_sample.h"

#include "base/must.h"
#include "proof/signer.h"

#include <math.h>
#include <stdio.h>

void log_sample_open(struct log_sample *s, const char *view_path)
{
	struct err e;

	s->disk = disk_sim_create();
	tz_fixed(&s->tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	clock_sim_init(&s->clock, LOG_SAMPLE_START);
	must(ledger_open(&s->ledger, disk_sim_disk(s->disk),
			 signer_none(disk_sim_disk(s->disk)), view_path, &s->clock.clock, &s->tz,
			 &e));
}

void log_sample_close(struct log_sample *s)
{
	ledger_close(s->ledger);
	disk_sim_destroy(s->disk);
}

json_t *log_sample_note(const char *text, const char *airing, const char *who)
{
	json_t *o = json_pack("{s:s, s:s, s:s?, s:s?}", "kind", KIND_NOTE, "text", text,
			      "airing", airing, "who", who);

	must(o != NULL);
	return o;
}

int64_t log_sample_add(struct log_sample *s, json_t *entry)
{
	struct err e;
	int64_t n;

	must(ledger_append(s->ledger, entry, &n, &e));
	clock_sim_advance(&s->clock, NS_PER_S);
	return n;
}

struct bulletin log_sample_bulletin(const char *title)
{
	struct bulletin b = {
		.sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
		.frames = 90 * FRAMES_PER_S,
		.loudness_lufs = -16.1,
		.peak_dbtp = -1.25,
		.level = LEVEL_PRIORITY,
		.language = "vi",
		.kind = "ban-tin",
		.programmes = {"1719.10.1.2", "1719.10.2"},
		.programme_count = 2,
		.slots = {"Bản tin sáng"},
		.slot_count = 1,
		.has_to = true,
		.to = {2026, 12, 31},
	};

	snprintf(b.title, sizeof(b.title), "%s", title);
	return b;
}

struct airing_facts log_sample_airing(const char *bulletin, struct wall planned)
{
	return (struct airing_facts){
		.bulletin = bulletin,
		.sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
		.slot = "Bản tin sáng",
		.occurrence = planned,
		.item = 1,
		.zones = {"trung-tam", "thon-2"},
		.zone_count = 2,
		.level = "uu-tien",
		.language = "vi",
		.programmes = {"1719.10.1.2"},
		.programme_count = 1,
		.planned = planned,
		.planned_frames = 90 * FRAMES_PER_S,
		.device = "default",
		.has_start = true,
		.start = wall_add_ns(planned, 2 * NS_PER_MS),
		.has_end = true,
		.end = wall_add_ns(planned, 90 * NS_PER_S),
		.frames = 90 * FRAMES_PER_S,
		.complete = 1,
		.result = "full",
		.loudness_lufs = -16.1,
		.peak_dbtp = NAN,
		.proof = "A",
		.start_error_ms = 2.0125,
	};
}
