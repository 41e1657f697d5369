/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station process, from start to stop: everything is opened in the order in which it depends on
 * what came before, and closed the other way round. */
#include "station/station.h"

#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "station/emergency.h"
#include "station/events.h"
#include "station/listfiles.h"
#include "station/named.h"
#include "station/newer.h"
#include "station/recover.h"
#include "station/relaying.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

/* A step of playout also follows every command, so that nobody waits for the timer. */
static void step_now(struct station *st)
{
	int64_t wait_ns = playout_step(&st->playout);

	if (st->playout.starts != st->told_starts)
		recover_alive(&st->desk); /* before anything else: see recover.c */
	st->told_starts = st->playout.starts;
	voicing_look(&st->voicing);
	timer_set(&st->step, mono_add_ns(clock_mono(&st->clock.clock), wait_ns));
	if (st->playout.changes != st->told_changes)
		events_changed(st);
}

static void on_step(struct timer *t)
{
	step_now(t->arg);
}

static void on_request(void *arg, uint64_t from, const char *who, json_t *request)
{
	struct station *st = arg;
	struct request rq = {.desk = &st->desk,
			     .station = st,
			     .client = from,
			     .who = who,
			     .args = request};
	json_t *answer = commands_run(&rq);

	if (answer != NULL)
		control_send(st->control, from, answer);
	step_now(st);
}

/* Levels for who watches and the progress of uploads, four times a second; else once: a look costs
 * as much as mixing three blocks. */
static void on_poll(struct timer *t)
{
	struct station *st = t->arg;
	bool told = control_watchers(st->control) > 0 && playout_busy(&st->playout);
	bool lively = intake_poll(st) || told;

	events_level(st);
	timer_set(t, mono_add_ns(clock_mono(&st->clock.clock), lively ? NS_PER_S / 4 : NS_PER_S));
}

/* Files were decided upon, or an airing listened to: pages shall look again. */
static void on_told(void *arg)
{
	struct station *st = arg;

	st->playout.changes++;
}

static void on_second(struct timer *t)
{
	struct station *st = t->arg;

	watchdog_main(&st->watchdog);
	desk_follow(&st->desk);
	events_second(st);
	capdesk_look(&st->cap);
	/* In this order: what has just ended waits before the ears might forget it. */
	checks_look(&st->checks);
	vouch_look(&st->vouch);
	relays_look(&st->relays, relaying_wanted(&st->playout, &st->relays) |
					 relaytry_wanted(&st->tries));
	if (relaytry_look(&st->tries, &st->relays, clock_wall(&st->clock.clock),
			  &st->desk.world.files->settings.tz))
		on_told(st);
	ears_look(&st->ears, playout_busy(&st->playout) || checks_wait(&st->checks));
	mike_look(st->live.mike);
	keeping_look(&st->keeping, st->playout.trusted);
	preflights_look(&st->preflights, st->playout.trusted);
	voicing_keep(&st->voicing, st->disk_low || st->stall.on);
	vetting_look(&st->vetting, &st->playout);
	timer_set(t, mono_add_ns(clock_mono(&st->clock.clock), NS_PER_S));
}

static void put_relays(struct station *st)
{
	const struct settings *s = &st->desk.world.files->settings;

	for (int i = 0; i < s->relay_count; i++) {
		struct relay_place place = {.channel = s->relays[i].channel};
		memcpy(place.name, s->relays[i].name, sizeof(place.name));
		memcpy(place.url, s->relays[i].url, sizeof(place.url));
		memcpy(place.device, s->relays[i].device, sizeof(place.device));
		relays_put(&st->relays, &place);
	}
}

static void on_world_changed(void *arg)
{
	struct station *st = arg;

	put_relays(st);
	playout_set_world(&st->playout, &st->desk.world.input);
}

static void on_stop(void *arg)
{
	struct station *st = arg;

	loop_stop(st->loop);
}

static void on_engine(struct watch *w, uint32_t events)
{
	(void)events;
	events_engine(w->arg);
}

static void on_encoder(struct watch *w, uint32_t events)
{
	(void)events;
	events_encoder(w->arg);
}

static void on_clock(struct watch *w, uint32_t events)
{
	(void)events;
	step_now(w->arg); /* playout reads the step itself */
}

static void on_opened(struct watch *w, uint32_t events)
{
	struct station *st = w->arg;

	(void)events;
	opening_told(&st->live.opening);
	step_now(st);
}

static bool open_engine(struct station *st, struct err *e)
{
	const struct settings *s = &st->desk.world.files->settings;
	struct engine_config config = {.zone_count = s->zone_count};
	struct engine_tap tap = {encoder_tap, st->live.encoder};

	for (int z = 0; z < s->zone_count; z++) {
		snprintf(config.zones[z].device, sizeof(config.zones[z].device), "%s",
			 s->zones[z].device);
		config.zones[z].channel = s->zones[z].channel;
	}
	return engine_create(&st->live.engine, &config, st->mixer, &st->clock.clock, st->loop, &tap,
			     st->live.encoder != NULL ? 1 : 0, e) &&
	       engine_start(st->live.engine, e);
}

/* Without stream and recording the station still plays: the fault is told and stays on the page. */
static void open_encoder(struct station *st)
{
	const struct settings *s = &st->desk.world.files->settings;
	char live_path[PATH_BYTES + 16];
	struct encoder_config config = {.disk = st->desk.disk,
					.zone_count = s->zone_count,
					.live_path = live_path,
					.record = s->record,
					.tz = &st->desk.tz,
					.had = named_had,
					.had_arg = st->desk.dir,
					.ask = true};
	struct err e = {0};

	snprintf(live_path, sizeof(live_path), "%s/live.sock", st->desk.dir);
	for (int z = 0; z < s->zone_count; z++)
		snprintf(config.zones[z], sizeof(config.zones[z]), "%s", s->zones[z].name);
	int stream = settings_zone(s, s->stream_zone);
	config.stream_zone = stream >= 0 ? stream : 0;
	if (!encoder_create(&st->live.encoder, &config, &e)) {
		log_warn("%s", e.text);
		return;
	}
	if (encoder_start(st->live.encoder, &e))
		return;
	log_warn("%s", e.text);
	encoder_destroy(st->live.encoder);
	st->live.encoder = NULL;
}

static bool open_sound(struct station *st, struct err *e)
{
	const struct settings *s = &st->desk.world.files->settings;
	struct mixer_config config = {.zones = s->zone_count, .peak_dbtp = s->peak_dbtp};

	desk_sounds(&st->desk);
	st->mixer = mixer_create(&config);
	st->feeder = feeder_create(st->mixer, true);
	air_live_init(&st->live, st->mixer, st->feeder, st->desk.dir);
	st->live.mike = mike_create(&st->clock.clock);
	open_encoder(st);
	if (!open_engine(st, e))
		return false;
	events_set_time(st);
	return true;
}

static void open_relays(struct station *st)
{
	struct chance chance;

	chance_bytes(&chance.state, sizeof(chance.state));
	relays_init(&st->relays, &st->clock.clock, st->loop, chance);
	put_relays(st);
	st->live.relays = &st->relays;
}

static void open_ears(struct station *st)
{
	const struct settings *s = &st->desk.world.files->settings;

	ears_init(&st->ears, &st->clock.clock, st->loop);
	for (int z = 0; z < s->zone_count; z++)
		if (s->zones[z].microphone[0] != '\0')
			ears_add(&st->ears, s->zones[z].microphone);
	checks_init(&st->checks, &st->desk, st->loop, &st->ears, on_told, st);
	keeping_init(&st->keeping, &st->desk, st->loop, on_told, st);
	preflights_init(&st->preflights, &st->desk, st->loop, on_told, st);
	imports_init(&st->imports, &st->desk, st->loop);
	vetting_init(&st->vetting, st->desk.dir, st->loop);
}

static bool open_control(struct station *st, struct err *e)
{
	char path[PATH_BYTES + 16];
	struct control_handler handler = {on_request, st};

	snprintf(path, sizeof(path), "%s/control.sock", st->desk.dir);
	return control_open(&st->control, st->loop, path, &handler, e);
}

static void watch_fd(struct station *st, struct watch *w, int fd,
		     void (*ready)(struct watch *, uint32_t))
{
	*w = (struct watch){.fd = fd, .events = EPOLLIN, .ready = ready, .arg = st};
	loop_watch(st->loop, w);
}

static void open_timers(struct station *st)
{
	struct mono now = clock_mono(&st->clock.clock);
	struct timer *timers[] = {&st->step, &st->poll, &st->second};
	void (*const due[])(struct timer *) = {on_step, on_poll, on_second};

	for (int i = 0; i < 3; i++) {
		*timers[i] = (struct timer){.due = due[i], .arg = st};
		timer_open(timers[i], st->loop);
		timer_set(timers[i], now);
	}
}

static bool open_all(struct station *st, const char *dir, struct err *e)
{
	if (!desk_start(&st->desk, dir, &st->clock.clock, e))
		return false;
	reload_init(&st->reload, &st->desk, st->loop, on_told, st);
	reload_first(&st->reload);
	st->log_older = newer_look(&st->desk);
	newer_end(&st->desk, st->log_older);
	if (!open_sound(st, e) || !recover(&st->desk, &st->recovery, e) ||
	    !desk_note_timetables(&st->desk, "", e) || !listfiles_note(&st->desk, "", e) ||
	    !open_control(st, e))
		return false;
	st->lists_stamp = listfiles_stamp(dir);
	desk_refresh(&st->desk); /* the recovery may have put something aside */
	open_relays(st);
	newer_tell(&st->desk, st->log_older);
	playout_init(&st->playout, &st->live.air, st->desk.ledger, &st->clock.clock);
	playout_set_world(&st->playout, &st->desk.world.input);
	playout_hold(&st->playout, &st->recovery.holds);
	playout_gaps(&st->playout, &st->recovery.gaps);
	st->playout.quarantine = st->recovery.quarantine;
	st->playout.cutoffs = st->recovery.cutoffs;
	playout_begin(&st->playout, st->recovery.accounted_to, st->recovery.floor,
		      st->recovery.gap_reason, st->desk.boot.since);
	if (!emergency_recover(&st->playout, &st->desk, e))
		return false;
	st->desk.changed = on_world_changed;
	st->desk.changed_arg = st;
	open_ears(st);
	capdesk_init(&st->cap, &st->desk, &st->playout, st->loop);
	voicing_init(&st->voicing, &st->desk, &st->playout, st->loop);
	vouch_init(&st->vouch, &st->desk, st->loop, on_told, st);
	watch_fd(st, &st->engine_watch, engine_notify_fd(st->live.engine), on_engine);
	if (st->live.encoder != NULL)
		watch_fd(st, &st->encoder_watch, encoder_notify_fd(st->live.encoder), on_encoder);
	watch_fd(st, &st->clock_watch, clock_step_fd(&st->clock.clock), on_clock);
	watch_fd(st, &st->opening_watch, st->live.opening.notify_fd, on_opened);
	open_timers(st);
	return true;
}

/* What sounds is faded and its outcome written; then nothing is left that could claim to be on
 * air. */
static void wind_down(struct station *st)
{
	playout_stop(&st->playout);
	struct mono until = mono_add_ns(clock_mono(&st->clock.clock), 3 * NS_PER_S);
	while (playout_busy(&st->playout) && clock_mono(&st->clock.clock).ns < until.ns)
		loop_once(st->loop, 50);
}

/* The last entry of a run: whatever was still to be said, of recordings too, stands before it. */
static void note_stopped(struct station *st)
{
	struct err e = {0};
	int64_t n;

	if (!ledger_append(st->desk.ledger, entry_station_stopped("", ""), &n, &e))
		log_warn("%s", e.text);
}

static void stop_sound(struct station *st)
{
	if (st->live.engine != NULL)
		engine_stop(st->live.engine);
	if (st->live.encoder == NULL)
		return;
	encoder_stop(st->live.encoder);
	if (st->desk.ledger != NULL)
		events_encoder(st);
}

static void close_all(struct station *st)
{
	control_close(st->control);
	reload_finish(&st->reload);
	engine_destroy(st->live.engine);
	encoder_destroy(st->live.encoder);
	playout_finish(&st->playout);
	feeder_destroy(st->feeder);
	opening_finish(&st->live.opening);
	mike_destroy(st->live.mike);
	relaytry_finish(&st->tries);
	relays_stop(&st->relays); /* their sources are closed */
	mixer_destroy(st->mixer);
	if (st->desk.ledger != NULL)
		desk_close(&st->desk);
	json_decref(st->log_older);
	loop_destroy(st->loop);
	clock_real_close(&st->clock);
}

/* Why the run before this one ended, which nobody but the supervisor can know. */
static void note_hung(struct station *st)
{
	struct err e = {0};
	int64_t n;

	if (!ledger_append(st->desk.ledger, entry_note_said(saying(SAYING_WAS_HUNG), "station"), &n,
			   &e))
		log_warn("%s", e.text);
}

static void begin(struct station *st, int notify_fd, bool hung)
{
	struct notify notify;

	log_info(T("%s đã lên sóng", "%s is on air"), st->desk.world.files->settings.name);
	if (hung)
		note_hung(st);
	ledger_patience(st->desk.ledger, LEDGER_PATIENCE_MS); /* from now on it has more to do */
	notify_open(&notify, notify_fd);
	watchdog_start(&st->watchdog, &st->clock.clock, st->mixer, notify);
	first_begin(st);
}

int station_main(const char *dir, int notify_fd, bool hung)
{
	struct station *st = calloc(1, sizeof(*st));
	struct err e = {0};

	must(st != NULL);
	clock_real_open(&st->clock);
	st->loop = loop_create();
	loop_on_stop_signals(st->loop, on_stop, st);
	bool ok = open_all(st, dir, &e);
	if (ok) {
		begin(st, notify_fd, hung);
		loop_run(st->loop);
		watchdog_stopping(&st->watchdog);
		later_stop_all(st);
		carriers_stop(&st->carriers);
		carriers_stop(&st->reporters);
		wind_down(st);
		capdesk_stop(&st->cap);
		voicing_stop(&st->voicing);
		vouch_stop(&st->vouch);
		checks_stop(&st->checks);
		keeping_stop(&st->keeping);
		preflights_stop(&st->preflights);
		imports_stop(&st->imports);
		vetting_stop(&st->vetting);
		ears_stop(&st->ears);
		watchdog_stop(&st->watchdog);
	} else {
		log_warn("%s", e.text);
	}
	stop_sound(st);
	if (ok)
		note_stopped(st);
	close_all(st);
	free(st);
	return ok ? 0 : err_exit_status(&e);
}
