/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/icsin.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/ics_merge.h"
#include "station/later.h"
#include "station/station.h"
#include "sys/errand.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The main thread's, but for what `work` has while it runs. */
struct icsin {
	struct later later;
	struct world_files *files; /* held: settings and holidays may be replaced meanwhile */
	enum text_reader reader;
	atomic_bool stop;
	char file[PATH_BYTES], was[SHA256_HEX_BYTES];
	struct date today;
	struct buf calendar, timetable;
	struct buf made;
	json_t *told;
};

static json_t *read_events(struct icsin *j, struct err *e)
{
	char *const args[] = {(char *)(uintptr_t) "worker", (char *)(uintptr_t) "ics",
			      (char *)(uintptr_t)T("vi", "en"), NULL};
	struct buf said = {0};
	json_t *answer = NULL;

	if (errand_run(args, &j->calendar, 8 * ICS_BYTES_MAX, ICS_MS, &j->stop, &said, e))
		answer = json_read(buf_str(&said), said.len, e);
	buf_finish(&said);
	json_t *events = json_incref(json_object_get(answer, "events"));
	if (answer != NULL && events == NULL)
		err_set(e, ERR_DAMAGED, "%s", json_get_text(answer, "error", "?"));
	json_decref(answer);
	return events;
}

/* On a thread of its own, which must speak to whom the station's spoke. */
static bool work(void *arg, struct err *e)
{
	struct icsin *j = arg;
	enum text_reader before = text_speak(j->reader);
	const struct ics_merge m = {.settings = &j->files->settings,
				    .holidays = j->files->schedule.holidays, .today = j->today,
				    .file = j->file, .text = buf_str(&j->timetable),
				    .len = j->timetable.len};

	json_t *events = read_events(j, e);
	bool ok = events != NULL && ics_merge(&m, events, &j->made, j->told, e);
	json_decref(events);
	text_speak(before);
	return ok;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct icsin *j = arg;

	(void)e;
	json_object_update(reply, j->told);
	json_object_set_new(reply, "was", json_string(j->was));
	json_object_set_new(reply, "text", json_string(buf_str(&j->made)));
	return true;
}

static void destroy(void *arg)
{
	struct icsin *j = arg;

	world_files_free(j->files);
	buf_finish(&j->calendar);
	buf_finish(&j->timetable);
	buf_finish(&j->made);
	json_decref(j->told);
	free(j);
}

static void cancel(void *arg)
{
	atomic_store(&((struct icsin *)arg)->stop, true);
}

static const struct later_kind kind = {work, conclude, destroy, cancel};

bool icsin_start(struct request *rq, json_t *reply, const char *file, struct buf *calendar,
		 struct buf *timetable, const char *was, struct err *e)
{
	if (later_count(rq->station, &kind) >= ICS_JOBS_MAX)
		return err_set(e, ERR_TOO_MANY,
			       T("đài đang đọc mấy tệp lịch khác; thử lại sau vài giây",
				 "the station reads other calendars; try again in a few seconds"));
	struct icsin *j = calloc(1, sizeof(*j));
	must(j != NULL);
	j->files = world_files_hold(rq->desk->world.files);
	j->reader = text_speaks();
	j->today = tz_date(&rq->desk->tz, clock_wall(rq->desk->clock), NULL);
	snprintf(j->file, sizeof(j->file), "%s", file);
	snprintf(j->was, sizeof(j->was), "%s", was);
	j->calendar = *calendar;
	j->timetable = *timetable;
	*calendar = *timetable = (struct buf){0};
	j->told = json_object();
	return later_start(&j->later, &kind, j, rq, reply, e);
}
