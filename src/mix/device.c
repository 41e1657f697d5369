/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/device.h"

#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_OPENING_MS 10 /* so that a station sounds soon after its start */
#define LOOK_MS 250

static void look_again(struct device *d, int in_ms)
{
	timer_set(&d->timer, mono_add_ns(clock_mono(d->clock), in_ms * NS_PER_MS));
}

static void enter(struct device *d, enum device_state state)
{
	d->state = state;
	d->since = clock_mono(d->clock);
}

/* No child, no ring in use; what it counted is kept. The ring itself is reset at the next
 * start, when the mixing thread has let go of it. */
static void put_down(struct device *d)
{
	struct shmring *r = d->link.ring;

	atomic_store(&d->link.attached, 0);
	if (d->proc.pid != 0) {
		loop_unwatch(d->loop, &d->ended);
		proc_end(&d->proc, 0); /* it has nothing to tidy up, and a hung one would not */
	}
	d->xruns += atomic_exchange(&r->xruns, 0);
	d->slips += atomic_exchange(&r->slips, 0);
	d->silent_frames += atomic_exchange(&r->silent_frames, 0);
	d->consumed_frames += atomic_exchange(&r->consumed_frames, 0);
}

static void lose(struct device *d, const char *why)
{
	put_down(d);
	snprintf(d->fault, sizeof(d->fault), "%s", why);
	enter(d, DEVICE_WAITING);
	look_again(d, SINK_RETRY_MS);
	if (!d->lost)
		d->lost_at = d->since;
	if (!d->lost && d->listener.changed != NULL)
		d->listener.changed(d->listener.arg, d->listener.index, false, d->fault);
	d->lost = true;
}

/* The child's own words, bounded: it may have died while writing them. */
static void lose_by_child(struct device *d, const char *otherwise)
{
	char why[REASON_BYTES];

	memcpy(why, d->link.ring->fault, sizeof(why));
	why[sizeof(why) - 1] = '\0';
	bool told = atomic_load_explicit(&d->link.ring->state, memory_order_acquire) ==
			    SHMRING_FAULT && why[0] != '\0' && utf8_valid(why, strlen(why));
	lose(d, told ? why : otherwise);
}

static void lose_saying(struct device *d, enum saying otherwise)
{
	char text[REASON_BYTES];

	saying_store(text, sizeof(text), otherwise, NULL, NULL);
	lose_by_child(d, text);
}

static void child_ended(struct watch *w, uint32_t events)
{
	struct device *d = w->arg;
	char text[REASON_BYTES];
	int status = 0;

	(void)events;
	/* Taken off the loop first: reaping closes the descriptor. */
	loop_unwatch(d->loop, &d->ended);
	if (!proc_reap(&d->proc, &status)) {
		loop_watch(d->loop, &d->ended);
		return;
	}
	if (WIFSIGNALED(status))
		saying_store(text, sizeof(text), SAYING_SINK_SIGNAL, "number",
			     json_integer(WTERMSIG(status)));
	else
		saying_store(text, sizeof(text), SAYING_SINK_STATUS, "number",
			     json_integer(WEXITSTATUS(status)));
	lose_by_child(d, text);
}

static int64_t cards_stamp(void)
{
	struct stat st;

	return stat("/dev/snd", &st) == 0 ? st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec : -1;
}

/* Looking for devices loads every sound library: on a machine that has none, every 5 s for ever
 * would cost more than everything else that the station does. A card that is plugged in is seen
 * at once, a sound server that comes back after more than a minute within another. */
static bool worth_a_try(const struct device *d)
{
	struct mono now = clock_mono(d->clock);

	return !d->lost || now.ns - d->lost_at.ns < SINK_RETRY_EAGER_MS * NS_PER_MS ||
	       now.ns - d->tried_at.ns >= SINK_RETRY_SLOW_MS * NS_PER_MS ||
	       cards_stamp() != d->cards_stamp;
}

static void start_child(struct device *d)
{
	struct err e = {0};
	char sink[] = "sink";
	char *args[] = {sink, d->name, NULL};
	struct proc_fds fds = {.in_fd = -1, .out_fd = -1, .kept = &d->ring_fd, .kept_count = 1};

	/* seen: the mixing thread still holds the ring */
	if (atomic_load(&d->link.seen) != 0 || !worth_a_try(d)) {
		look_again(d, SINK_RETRY_MS);
		return;
	}
	d->tried_at = clock_mono(d->clock);
	d->cards_stamp = cards_stamp();
	shmring_reset(d->link.ring);
	atomic_store(&d->link.complaint, DEVICE_FINE);
	if (!proc_start(&d->proc, args, &fds, &e)) {
		utf8_cut(e.text, REASON_BYTES - 1);
		lose(d, e.text);
		return;
	}
	d->ended = (struct watch){.fd = d->proc.pidfd, .events = EPOLLIN, .ready = child_ended,
				  .arg = d};
	loop_watch(d->loop, &d->ended);
	enter(d, DEVICE_OPENING);
	look_again(d, LOOK_OPENING_MS);
}

static void look_opening(struct device *d)
{
	struct mono now = clock_mono(d->clock);

	if (atomic_load_explicit(&d->link.ring->state, memory_order_acquire) == SHMRING_PLAYING) {
		d->beats = 0;
		d->beat_at = now;
		atomic_store(&d->link.attached, ++d->children);
		enter(d, DEVICE_PLAYING);
	} else if (now.ns - d->since.ns > SINK_OPEN_MS * NS_PER_MS) {
		lose_saying(d, SAYING_NO_ANSWER);
		return;
	}
	look_again(d, LOOK_OPENING_MS);
}

static void came_on(struct device *d)
{
	char opened[NAME_BYTES];

	memcpy(opened, d->link.ring->opened, sizeof(opened));
	opened[sizeof(opened) - 1] = '\0';
	enter(d, DEVICE_ON);
	d->fault[0] = '\0';
	if (d->lost && d->listener.changed != NULL)
		d->listener.changed(d->listener.arg, d->listener.index, true, opened);
	d->lost = false;
}

static void lose_by_complaint(struct device *d, uint32_t complaint)
{
	char text[REASON_BYTES];

	saying_store(text, sizeof(text),
		     complaint == DEVICE_NO_CLOCK ? SAYING_NO_PACE : SAYING_UNSTEADY, NULL, NULL);
	lose(d, text);
}

static void look_playing(struct device *d)
{
	struct mono now = clock_mono(d->clock);
	uint32_t complaint = atomic_exchange(&d->link.complaint, DEVICE_FINE);
	uint64_t beats = atomic_load_explicit(&d->link.ring->beats, memory_order_acquire);

	if (beats != d->beats)
		d->beat_at = now;
	d->beats = beats;
	if (complaint != DEVICE_FINE) {
		lose_by_complaint(d, complaint);
		return;
	}
	if (now.ns - d->beat_at.ns > SINK_SILENT_MS * NS_PER_MS) {
		lose_saying(d, SAYING_STALLED);
		return;
	}
	if (d->state == DEVICE_PLAYING && atomic_load(&d->link.ring->consumed_frames) > 0)
		came_on(d);
	look_again(d, d->state == DEVICE_ON ? LOOK_MS : LOOK_OPENING_MS);
}

static void due(struct timer *t)
{
	struct device *d = t->arg;

	switch (d->state) {
	case DEVICE_WAITING:
		start_child(d);
		break;
	case DEVICE_OPENING:
		look_opening(d);
		break;
	case DEVICE_PLAYING:
	case DEVICE_ON:
		look_playing(d);
		break;
	}
}

bool device_init(struct device *d, const char *name, int channels, struct clock *clock,
		 struct loop *loop, const struct device_listener *listener, struct err *e)
{
	*d = (struct device){.clock = clock, .loop = loop, .listener = *listener,
			     .proc.pidfd = -1, .ended.fd = -1};
	snprintf(d->name, sizeof(d->name), "%s", name);
	d->ring_fd = shmring_create(&d->link.ring, channels, e);
	if (d->ring_fd < 0)
		return err_wrap(e, T("thiết bị “%s”", "device \"%s\""), name);
	snprintf(d->link.ring->device, sizeof(d->link.ring->device), "%s", d->name);
	timer_open(&d->timer, loop);
	d->timer.due = due;
	d->timer.arg = d;
	return true;
}

void device_finish(struct device *d)
{
	if (d->link.ring == NULL)
		return;
	timer_close(&d->timer, d->loop);
	shmring_close(d->link.ring);
	close(d->ring_fd);
	d->link.ring = NULL;
}

void device_start(struct device *d)
{
	must(d->proc.pid == 0);
	start_child(d);
}

void device_stop(struct device *d)
{
	put_down(d);
	enter(d, DEVICE_WAITING);
	timer_set(&d->timer, (struct mono){INT64_MAX});
}

struct device_counts device_counts(const struct device *d)
{
	const struct shmring *r = d->link.ring;

	return (struct device_counts){
		.xruns = d->xruns + atomic_load(&r->xruns),
		.slips = d->slips + atomic_load(&r->slips),
		.silent_frames = d->silent_frames + atomic_load(&r->silent_frames),
		.consumed_frames = d->consumed_frames + atomic_load(&r->consumed_frames),
	};
}

struct frame device_taken(const struct device *d)
{
	const struct shmring *r = d->link.ring;
	int64_t applied = atomic_load_explicit(&r->applied, memory_order_acquire);
	struct shmring_report report;

	if (applied == SHMRING_UNARMED || !shmring_get_report(d->link.ring, &report))
		return (struct frame){INT64_MIN};
	return (struct frame){report.position + report.frames + applied};
}
