/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ledger in memory of a simulated disk, and facts to fill it with, for tests of what reads it. */
#ifndef VX_TESTS_LOG_SAMPLE_H
#define VX_TESTS_LOG_SAMPLE_H

#include "proof/entry.h"
#include "proof/ledger.h"
#include "sys/disk_sim.h"

/* 2026-11-23T05:30:00.000+07:00. */
#define LOG_SAMPLE_START ((struct wall){INT64_C(1795386600) * NS_PER_S})

struct log_sample {
	struct disk_sim *disk;
	struct clock_sim clock;
	struct tz tz; /* UTC+7 */
	struct ledger *ledger;
};

/* view_path as for ledger_open. Dies if it cannot. */
void log_sample_open(struct log_sample *s, const char *view_path);
void log_sample_close(struct log_sample *s);

/* Appends and moves the clock on by a second; the entry's index. */
int64_t log_sample_add(struct log_sample *s, json_t *entry);

/* A note.added in somebody's own words; airing and who may be NULL. */
json_t *log_sample_note(const char *text, const char *airing, const char *who);

/* A bulletin of 90 s and an airing of it, complete and plausible. */
struct bulletin log_sample_bulletin(const char *title);
struct airing_facts log_sample_airing(const char *bulletin, struct wall planned);

#endif
