/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mike.h"

#include "base/limits.h"
#include "base/must.h"
#include "mix/mulaw.h"
#include "mix/relaybuffer.h"
#include "sys/proc.h"

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <soxr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PART_FRAMES 4096
#define LOOK_MS 100
#define LEAVE_MS 500 /* for a process that nobody reads any more */

struct mike {
	struct clock *clock;
	struct relaybuffer *buffer;
	struct proc line;
	bool open, browser;	/* main */
	enum relay_fault fault; /* main; why it is open no longer */
	struct mono ended;	/* main */
	pthread_mutex_t lock;	/* over what follows */
	int fd;			/* of the line; −1 none */
	bool now;		/* what comes is for the air */
	float peak;
	struct mono came;
	char part[PART_FRAMES * sizeof(float)];
	size_t have; /* bytes */
	soxr_t soxr; /* from MIKE_HZ; NULL of a sound card */
};

struct mike_source {
	struct source source;
	struct mike *m;
	struct source *inner; /* NULL before mike_now */
};

struct mike *mike_create(struct clock *clock)
{
	struct mike *m = calloc(1, sizeof(*m));

	must(m != NULL && pthread_mutex_init(&m->lock, NULL) == 0);
	m->clock = clock;
	m->fd = m->line.pidfd = -1;
	m->buffer = relaybuffer_create(&relaybuffer_voice);
	return m;
}

/* Lock held. */
static void put(struct mike *m, const float *samples, size_t frames)
{
	struct mono now = clock_mono(m->clock);

	for (size_t i = 0; i < frames; i++)
		if (fabsf(samples[i]) > m->peak)
			m->peak = fabsf(samples[i]);
	m->came = now;
	relaybuffer_put(m->buffer, samples, (int64_t)frames, now);
}

/* Lock held: all that the line has given. */
static void drain(struct mike *m)
{
	ssize_t n;

	while (m->fd >= 0 &&
	       (n = read(m->fd, m->part + m->have, sizeof(m->part) - m->have)) > 0) {
		float samples[PART_FRAMES];
		m->have += (size_t)n;
		size_t frames = m->have / sizeof(float), bytes = frames * sizeof(float);
		memcpy(samples, m->part, bytes);
		put(m, samples, frames);
		m->have -= bytes;
		memmove(m->part, m->part + bytes, m->have);
	}
}

static void open_line(struct mike *m, int fd)
{
	fcntl(fd, F_SETFL, O_NONBLOCK);
	m->fd = fd;
}

static bool start_line(struct mike *m, const char *device, int channel, struct err *e)
{
	char name[] = "line", number[16], latency[16], device_name[NAME_BYTES];
	char *const args[] = {name, device_name, number, latency, NULL};
	int sound[2];

	snprintf(device_name, sizeof(device_name), "%s", device);
	snprintf(number, sizeof(number), "%d", channel);
	snprintf(latency, sizeof(latency), "%d", VOICE_LATENCY_MS);
	must(pipe2(sound, O_CLOEXEC) == 0);
	bool ok = proc_start(&m->line, args, &(struct proc_fds){.in_fd = -1, .out_fd = sound[1]},
			     e);
	close(sound[1]);
	if (ok)
		open_line(m, sound[0]);
	else
		close(sound[0]);
	return ok;
}

/* A sound system's library holds locks that outlive a process which is killed as it starts, and
 * nobody on the machine gets any sound after that: so it ends by itself, when nobody reads it. */
void mike_look(struct mike *m)
{
	int status;

	if (!m->open && m->line.pid != 0 && proc_reap(&m->line, &status))
		m->line.pid = 0;
	else if (!m->open && m->line.pid != 0 &&
		 clock_mono(m->clock).ns - m->ended.ns > SINK_OPEN_MS * NS_PER_MS)
		proc_end(&m->line, 0);
}

static void start_resampler(struct mike *m)
{
	soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
	soxr_quality_spec_t quality = soxr_quality_spec(SOXR_LQ, 0); /* a short delay */
	soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
	soxr_error_t error = NULL;

	m->soxr = soxr_create(MIKE_HZ, FRAMES_PER_S, 1, &error, &io, &quality, &runtime);
	must(error == NULL);
}

bool mike_open(struct mike *m, const char *device, int channel, struct err *e)
{
	must(!m->open);
	if (m->line.pid != 0)
		proc_end(&m->line, LEAVE_MS);
	pthread_mutex_lock(&m->lock);
	relaybuffer_begin(m->buffer, clock_mono(m->clock));
	m->came = clock_mono(m->clock);
	m->now = false;
	m->peak = 0;
	m->have = 0;
	m->fault = RELAY_NONE;
	m->browser = device == NULL;
	if (m->browser)
		start_resampler(m);
	m->open = m->browser || start_line(m, device, channel, e);
	pthread_mutex_unlock(&m->lock);
	return m->open;
}

enum mike_first mike_first(struct mike *m, int ms, const atomic_bool *stop)
{
	struct pollfd line = {.fd = m->fd, .events = POLLIN};

	for (int waited = 0; !atomic_load(stop) && waited < ms; waited += LOOK_MS)
		if (poll(&line, 1, LOOK_MS) > 0)
			return (line.revents & POLLIN) != 0 ? MIKE_SOUNDS : MIKE_ENDED;
	return MIKE_STILL;
}

void mike_take(struct mike *m, const uint8_t *mulaw, size_t count)
{
	float in[PART_FRAMES], out[4 * PART_FRAMES];

	pthread_mutex_lock(&m->lock);
	while (m->open && m->soxr != NULL && count > 0) {
		size_t n = count < PART_FRAMES ? count : PART_FRAMES, used = 0, made = 0;
		mulaw_decode(mulaw, n, in);
		must(soxr_process(m->soxr, in, n, &used, out, 4 * PART_FRAMES, &made) == NULL);
		put(m, out, made);
		mulaw += n;
		count -= n;
	}
	pthread_mutex_unlock(&m->lock);
}

static void line_ended(struct mike *m)
{
	int status;

	if (m->line.pid == 0 || !proc_reap(&m->line, &status))
		return;
	enum relay_fault why = relay_fault_of(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	m->fault = why != RELAY_NONE ? why : RELAY_LINE;
}

bool mike_lives(struct mike *m, enum relay_fault *why)
{
	if (m->open) {
		line_ended(m);
		pthread_mutex_lock(&m->lock);
		drain(m);
		bool still = clock_mono(m->clock).ns - m->came.ns > VOICE_STILL_MS * NS_PER_MS;
		pthread_mutex_unlock(&m->lock);
		if (still && m->fault == RELAY_NONE)
			m->fault = RELAY_SLOW;
	}
	if (why != NULL)
		*why = m->fault;
	return m->open && m->fault == RELAY_NONE;
}

float mike_peak(struct mike *m)
{
	pthread_mutex_lock(&m->lock);
	float peak = m->open ? m->peak : 0;
	m->peak = 0;
	pthread_mutex_unlock(&m->lock);
	return peak;
}

/* The feeder's thread. */
static int64_t take(struct source *source, float *out, int64_t frames)
{
	struct mike_source *s = (struct mike_source *)source;

	pthread_mutex_lock(&s->m->lock);
	drain(s->m);
	bool now = s->m->now;
	pthread_mutex_unlock(&s->m->lock);
	if (!now)
		return SOURCE_LATER;
	if (s->inner == NULL)
		s->inner = relaybuffer_source(s->m->buffer, (struct frame){-1});
	return s->inner->ops->read(s->inner, out, frames);
}

static bool rewind_never(struct source *source)
{
	(void)source;
	return false;
}

static void let_go(struct source *source)
{
	struct mike_source *s = (struct mike_source *)source;

	if (s->inner != NULL)
		s->inner->ops->close(s->inner);
	free(s);
}

struct source *mike_source(struct mike *m)
{
	static const struct source_ops ops = {take, rewind_never, let_go};

	if (!m->open)
		return NULL;
	struct mike_source *s = calloc(1, sizeof(*s));
	must(s != NULL);
	s->source = (struct source){.ops = &ops, .ahead_frames = VOICE_AHEAD_FRAMES};
	s->m = m;
	return &s->source;
}

void mike_now(struct mike *m)
{
	pthread_mutex_lock(&m->lock);
	m->now = true;
	pthread_mutex_unlock(&m->lock);
}

void mike_end(struct mike *m)
{
	if (!m->open)
		return;
	pthread_mutex_lock(&m->lock);
	drain(m);
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
	soxr_delete(m->soxr);
	m->soxr = NULL;
	m->now = true; /* a source that was never let in comes to its end as well */
	relaybuffer_end(m->buffer);
	m->open = false;
	m->ended = clock_mono(m->clock);
	pthread_mutex_unlock(&m->lock);
}

void mike_destroy(struct mike *m)
{
	if (m == NULL)
		return;
	mike_end(m);
	proc_end(&m->line, LEAVE_MS);
	relaybuffer_destroy(m->buffer);
	pthread_mutex_destroy(&m->lock);
	free(m);
}
