/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/render.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/signer.h"
#include "station/air_sim.h"
#include "station/playout.h"
#include "sys/disk_sim.h"

#include <stdlib.h>
#include <string.h>

/* Playout looks this often: as on air. */
#define STEP_BLOCKS 10
/* The intents of the first airings need a moment before their first sample. */
#define LEAD_IN_NS (10 * NS_PER_S)
#define BLOCK_NS (BLOCK_FRAMES * NS_PER_S / FRAMES_PER_S)
#define PROGRESS_BLOCKS 60000 /* ten minutes of sound */
#define WRITE_BLOCKS 64 /* handed to the file at once */
/* How long after `to` what still sounds may take to end, for its as-run line. */
#define TAIL_BLOCKS_MAX (2 * 3600 * 100)

struct render {
	const struct render_job *job;
	struct clock_sim clock;
	struct disk_sim *disk;
	struct ledger *ledger;
	struct air_sim sim;
	struct playout playout;
	struct filesink *sink;
	float pending[WRITE_BLOCKS * BLOCK_FRAMES];
	int pending_blocks;
};

/* The start of whatever sounds at `from`: an occurrence that began earlier
 * must run from its start. */
static bool find_begin(const struct render_job *job, struct wall *begin, struct err *e)
{
	struct plan plan = {0};
	struct wall back = wall_add_ns(job->from, -25 * 3600 * NS_PER_S);

	*begin = job->from;
	if (!plan_make(&plan, &job->world->input, back, job->from, e))
		return false;
	for (int i = 0; i < plan.count; i++) {
		const struct occurrence *o = &plan.list[i];
		int64_t end_ns = o->start.ns + ns_of_frames(o->finish_frames);
		if (end_ns > job->from.ns && o->start.ns < begin->ns)
			*begin = o->start;
	}
	plan_finish(&plan);
	/* Whole blocks before `from`, so that it is the first frame of one. */
	int64_t blocks = (job->from.ns - begin->ns + LEAD_IN_NS + BLOCK_NS - 1) / BLOCK_NS;
	*begin = wall_add_ns(job->from, -blocks * BLOCK_NS);
	return true;
}

static bool flush(struct render *r, struct err *e)
{
	int64_t frames = (int64_t)r->pending_blocks * BLOCK_FRAMES;

	r->pending_blocks = 0;
	return frames == 0 || r->sink == NULL || filesink_write(r->sink, r->pending, frames, e);
}

static void block(struct render *r)
{
	if (r->sim.blocks % STEP_BLOCKS == 0)
		playout_step(&r->playout);
	air_sim_block(&r->sim, &r->playout);
}

/* The stretch itself. It may end within a block: the rest of that block is not written. */
static bool record(struct render *r, int64_t frames, struct err *e)
{
	const float *out = r->sim.out[r->job->zone];
	int64_t all = frames;

	while (frames > 0) {
		int64_t n = frames < BLOCK_FRAMES ? frames : BLOCK_FRAMES;
		block(r);
		memcpy(r->pending + (size_t)r->pending_blocks * BLOCK_FRAMES, out,
		       BLOCK_FRAMES * sizeof(float));
		frames -= n;
		if (n < BLOCK_FRAMES)
			return flush(r, e) &&
			       (r->sink == NULL || filesink_write(r->sink, out, n, e));
		if (++r->pending_blocks == WRITE_BLOCKS && !flush(r, e))
			return false;
		if (r->job->progress != NULL && r->sim.blocks % PROGRESS_BLOCKS == 0)
			r->job->progress(1.0 - (double)frames / (double)all, NULL);
	}
	return flush(r, e);
}

static bool within(const json_t *entry, const struct render_job *job)
{
	struct wall planned, end;

	if (!json_get_time(entry, "planned", &planned) || planned.ns >= job->to.ns)
		return false;
	return planned.ns >= job->from.ns ||
	       (json_get_time(entry, "end", &end) && end.ns > job->from.ns);
}

static double seconds(int64_t ns)
{
	return (double)ns / (double)NS_PER_S;
}

/* The entry tells the airing as it would be on air, whole, also when only a part of it lies in this
 * file: which part is told here. So the parts of two renders side by side add up to the airing. Not
 * taken: calling the outcome partial. Nothing was cut, one only listens to less of it. */
static void tell_part(json_t *entry, const struct render_job *job)
{
	struct wall start, first, last;

	if (!json_get_time(entry, "start", &start))
		return; /* not a frame of it sounded */
	int64_t frames = json_get_integer(entry, "frames", 0);
	struct wall end = wall_add_ns(start, ns_of_frames(frames));
	first = start.ns < job->from.ns ? job->from : start;
	last = end.ns > job->to.ns ? job->to : end;
	if (last.ns < first.ns)
		last = first;
	int64_t inside_ns = last.ns - first.ns;
	int64_t outside_ns = end.ns - start.ns - inside_ns;
	json_t *part = json_pack("{s:o, s:o, s:o}",
				 "at_s", json_rounded(seconds(first.ns - job->from.ns), 3),
				 "length_s", json_rounded(seconds(inside_ns), 3),
				 "outside_s", json_rounded(seconds(outside_ns), 3));
	must(part != NULL && json_object_set_new(entry, "rendered", part) == 0);
}

static bool print_line(int64_t n, const char *text, size_t len, void *arg)
{
	struct render *r = arg;
	struct err e = {0};
	json_t *entry = json_read(text, len, &e);
	const char *kind = json_get_text(entry, "kind", "");

	(void)n;
	if ((strcmp(kind, "airing.ended") == 0 || strcmp(kind, "airing.missed") == 0) &&
	    within(entry, r->job)) {
		tell_part(entry, r->job);
		char *line = json_dumps(entry, JSON_LINE);
		must(line != NULL);
		fprintf(r->job->as_run, "%s\n", line);
		free(line);
	}
	json_decref(entry);
	return true;
}

/* What sounds at the end of the stretch plays on, unheard, so that its line tells its true end. */
static bool write_as_run(struct render *r, struct err *e)
{
	if (r->job->as_run == NULL)
		return true;
	r->playout.stopping = true;
	for (struct run *run = r->playout.runs; run != NULL; run = run->next)
		run_forget(run);
	for (int i = 0; i < TAIL_BLOCKS_MAX && playout_busy(&r->playout); i++)
		block(r);
	return ledger_read(r->ledger, 0, ledger_next(r->ledger), print_line, r, e);
}

static bool open_all(struct render *r, struct wall begin, struct err *e)
{
	const struct render_job *job = r->job;
	const struct settings *s = &job->world->files->settings;

	clock_sim_init(&r->clock, begin);
	r->disk = disk_sim_create();
	air_sim_init(&r->sim, &r->clock, s->zone_count, s->peak_dbtp, job->dir,
		     job->as_run != NULL);
	if (!ledger_open(&r->ledger, disk_sim_disk(r->disk), signer_none(disk_sim_disk(r->disk)),
			 ":memory:", &r->clock.clock, &s->tz, e))
		return false;
	playout_init(&r->playout, &r->sim.air, r->ledger, &r->clock.clock);
	playout_set_world(&r->playout, &job->world->input);
	playout_begin(&r->playout, begin, begin, REASON_LATE, (struct mono){0});
	return job->path == NULL || filesink_open(&r->sink, job->path, &job->file, e);
}

static void close_all(struct render *r)
{
	filesink_abort(r->sink);
	playout_finish(&r->playout);
	if (r->ledger != NULL)
		ledger_close(r->ledger);
	if (r->disk != NULL) {
		air_sim_finish(&r->sim);
		disk_sim_destroy(r->disk);
	}
	free(r);
}

bool render_run(const struct render_job *job, struct err *e)
{
	struct render *r = calloc(1, sizeof(*r));
	struct wall begin;

	must(r != NULL);
	r->job = job;
	bool ok = find_begin(job, &begin, e) && open_all(r, begin, e);
	int64_t lead = ok ? frames_of_ns(job->from.ns - begin.ns) / BLOCK_FRAMES : 0;
	for (int64_t i = 0; i < lead; i++)
		block(r);
	ok = ok && record(r, frames_of_ns(job->to.ns - job->from.ns), e);
	if (ok) {
		struct filesink *sink = r->sink;
		r->sink = NULL;
		ok = (sink == NULL || filesink_close(sink, e)) && write_as_run(r, e);
	}
	close_all(r);
	return ok;
}
