/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/events.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "station/leftovers.h"
#include "station/listfiles.h"
#include "station/record.h"
#include "sys/log.h"

#include <string.h>

/* Below this the operator is told; recordings stop before the log's reserve is touched. */
#define DISK_LOW_BYTES (LOG_RESERVE_BYTES * 4)

/* A disk that takes longer for one sync hangs, and people are told. */
#define STALL_TOLD_NS (2 * NS_PER_S)

void events_engine(struct station *st)
{
	struct engine_event ev;
	struct engine_device d;
	char words[REASON_BYTES];

	while (engine_event(st->live.engine, &ev)) {
		engine_device(st->live.engine, ev.device, &d);
		st->playout.changes++;
		if (ev.kind == ENGINE_DEVICE_LOST) {
			st->live.losses[ev.device]++;
			st->lost_at[ev.device] = clock_mono(&st->clock.clock);
			record_entry(&st->playout, entry_device_lost(d.name, ev.text));
			saying_tell(ev.text, words, sizeof(words));
			log_warn(T("mất thiết bị %s: %s", "device %s lost: %s"), d.name, words);
		} else {
			int64_t down_ns = clock_mono(&st->clock.clock).ns -
					  st->lost_at[ev.device].ns;
			record_entry(&st->playout,
				     entry_device_back(d.name, (double)down_ns / NS_PER_S));
			log_info(T("thiết bị %s hoạt động", "device %s works"), d.name);
		}
	}
}

static void closed(struct station *st, const struct encoder_event *ev)
{
	struct wall to = wall_add_ns(ev->from, ns_of_frames(ev->frames));

	if (ev->fault[0] != '\0')
		log_warn("%s: %s", ev->path, ev->fault);
	if (ev->bytes > 0)
		record_entry(&st->playout,
			     entry_recording_closed(ev->path, ev->sha256, ev->zone, ev->from, to,
						    ev->bytes,
						    &st->desk.world.files->settings.tz));
}

/* Recordings that want to begin; of a zone the newest wish counts. */
struct wishes {
	int count;
	struct encoder_event all[ZONES_MAX];
};

static void wish(struct wishes *w, const struct encoder_event *ev)
{
	int i = 0;

	while (i < w->count && strcmp(w->all[i].zone, ev->zone) != 0)
		i++;
	must(i < ZONES_MAX);
	w->all[i] = *ev;
	w->count += i == w->count;
}

/* The log names them before their files are made, those of one hour together: so that a file which
 * no entry names is none of ours. If it cannot be written, they ask again. */
static void begin_recordings(struct station *st, const struct wishes *w)
{
	const struct tz *tz = &st->desk.world.files->settings.tz;
	json_t *files = json_array();
	struct err e = {0};
	int64_t n;

	for (int i = 0; i < w->count; i++)
		must(json_array_append_new(files, entry_begun_file(w->all[i].path, w->all[i].zone,
								   w->all[i].from, tz)) == 0);
	if (!ledger_append(st->desk.ledger, entry_recording_begun(files), &n, &e)) {
		log_warn("%s: %s", w->all[0].path, e.text);
		return;
	}
	for (int i = 0; i < w->count; i++)
		encoder_record(st->live.encoder, &w->all[i]);
}

void events_encoder(struct station *st)
{
	struct encoder_event ev;
	struct encoder_measure m;
	struct wishes w = {0};

	while (encoder_event(st->live.encoder, &ev)) {
		if (ev.wish > 0)
			wish(&w, &ev);
		else
			closed(st, &ev);
	}
	if (w.count > 0)
		begin_recordings(st, &w);
	while (encoder_measured(st->live.encoder, &m)) {
		playout_recorded(&st->playout, m.id, m.places);
		playout_measured(&st->playout, m.id, m.loudness_lufs, m.peak_dbtp);
	}
}

void events_set_time(struct station *st)
{
	struct mono now = clock_mono(&st->clock.clock);

	if (st->live.encoder != NULL)
		encoder_set_time(st->live.encoder, engine_frame_at(st->live.engine, now),
				 clock_wall(&st->clock.clock));
}

static void look_at_disk(struct station *st)
{
	int64_t free_bytes = disk_free_bytes(st->desk.disk);
	bool low = free_bytes >= 0 && free_bytes < DISK_LOW_BYTES;

	if (low == st->disk_low)
		return;
	st->disk_low = low;
	st->playout.changes++;
	if (low)
		record_entry(&st->playout,
			     entry_disk_low(free_bytes, ledger_disk_low(st->desk.ledger)));
}

/* When it works again the log says so, behind all that has waited. */
static void look_at_stall(struct station *st)
{
	struct disk_stall *s = &st->stall;
	struct wall since;
	int64_t ns;
	bool stalled = ledger_stalled(st->desk.ledger, &since, &ns) &&
		       (s->on || ns >= STALL_TOLD_NS);
	struct mono now = clock_mono(&st->clock.clock);

	if (stalled == s->on)
		return;
	st->playout.changes++;
	if (stalled) {
		*s = (struct disk_stall){true, since, mono_add_ns(now, -ns)};
		log_warn("%s", T("đĩa không trả lời", "the disk does not answer"));
		return;
	}
	s->on = false;
	int64_t stalled_ns = now.ns - s->since_mono.ns;
	log_info(T("đĩa trả lời lại sau %.1f giây", "the disk answers again after %.1f s"),
		 (double)stalled_ns / (double)NS_PER_S);
	record_entry(&st->playout, entry_disk_stalled(s->since, stalled_ns,
						      &st->desk.world.files->settings.tz));
}

void events_second(struct station *st)
{
	events_set_time(st);
	look_at_disk(st);
	look_at_stall(st);
	reload_poll(&st->reload);
	listfiles_poll(&st->desk, &st->lists_stamp);
	if (++st->seconds % ALIVE_S == 0)
		recover_alive(&st->desk);
	if (!st->accounted && playout_accounted(&st->playout)) {
		st->accounted = true;
		recover_done(&st->desk, &st->recovery);
		leftovers_close(&st->desk, st->playout.owed.boot, st->recovery.end_reason);
	}
}

static json_t *status_event(bool narrow, void *arg)
{
	json_t *status = station_status(arg, narrow ? "" : NULL);

	json_object_set_new(status, "event", json_string("status"));
	return status;
}

void events_changed(struct station *st)
{
	st->told_changes = st->playout.changes;
	if (control_watchers(st->control) == 0)
		return;
	control_tell_each(st->control, status_event, st);
	control_tell(st->control, json_pack("{s:s}", "event", "day"));
}

void events_level(struct station *st)
{
	if (control_watchers(st->control) > 0)
		control_tell(st->control, station_level(st));
}
