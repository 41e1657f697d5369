/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ear NAME PATTERN [NAME PATTERN]…: a JACK client that knows nothing of who plays. It joins the
 * first port of each client that fits PATTERN, as soon as there is one, and prints "NAME joined";
 * then, for each sound that begins after silence, "NAME SECONDS": when its first sample leaves the
 * loudspeaker, that is JACK's own time for it as the system's clock shows it, and the latency that
 * JACK's driver claims added. Until it is ended. */
#include "lib/jack_driver.h"

#include <jack/jack.h>
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define EARS_MAX 8
#define HEARD 0.05f
#define QUIET_FRAMES 4800 /* silence of a tenth of a second */
#define NS_PER_S INT64_C(1000000000)

struct ear {
	const char *name, *pattern;
	jack_port_t *port;
	int64_t quiet;		  /* frames, as JACK's thread counts them */
	_Atomic int64_t heard_us; /* JACK's thread → main; −1: nothing new */
};

static jack_client_t *client;
static struct ear ears[EARS_MAX];
static int ear_count;

static void hear(struct ear *e, jack_nframes_t frames)
{
	const float *in = jack_port_get_buffer(e->port, frames);
	jack_nframes_t began = jack_last_frame_time(client);

	for (jack_nframes_t i = 0; i < frames; i++) {
		if (fabsf(in[i]) < HEARD) {
			e->quiet++;
			continue;
		}
		if (e->quiet >= QUIET_FRAMES)
			atomic_store(&e->heard_us, (int64_t)jack_frames_to_time(client, began + i));
		e->quiet = 0;
	}
}

static int listen_all(jack_nframes_t frames, void *arg)
{
	(void)arg;
	for (int i = 0; i < ear_count; i++)
		hear(&ears[i], frames);
	return 0;
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* By how much the system's clock is ahead of JACK's: the closest of some readings. */
static int64_t ahead_ns(void)
{
	int64_t best = 0, best_gap = INT64_MAX;

	for (int i = 0; i < 20; i++) {
		int64_t before = now_ns();
		int64_t jack = (int64_t)jack_get_time() * 1000;
		int64_t gap = now_ns() - before;
		if (gap >= best_gap)
			continue;
		best_gap = gap;
		best = before + gap / 2 - jack;
	}
	return best;
}

static void join(struct ear *e)
{
	const char **ports = jack_get_ports(client, e->pattern, JACK_DEFAULT_AUDIO_TYPE,
					    JackPortIsOutput);

	int joined = ports != NULL && ports[0] != NULL &&
		    jack_connect(client, ports[0], jack_port_name(e->port)) == 0;
	jack_free(ports);
	if (joined)
		printf("%s joined\n", e->name);
}

static void look(struct ear *e)
{
	int64_t us = atomic_exchange(&e->heard_us, -1);

	if (!jack_port_connected(e->port))
		join(e);
	if (us < 0)
		return;
	int64_t ns = us * 1000 + ahead_ns() + jack_driver_ns(client);
	printf("%s %lld.%09lld\n", e->name, (long long)(ns / NS_PER_S), (long long)(ns % NS_PER_S));
}

int main(int argc, char **argv)
{
	if (argc < 3 || argc % 2 == 0 || argc / 2 > EARS_MAX)
		return fprintf(stderr, "usage: ear NAME PATTERN [NAME PATTERN]...\n"), 2;
	client = jack_client_open("ear", JackNoStartServer, NULL);
	if (client == NULL)
		return fprintf(stderr, "ear: no JACK server\n"), 1;
	for (; ear_count < argc / 2; ear_count++) {
		struct ear *e = &ears[ear_count];

		e->name = argv[1 + 2 * ear_count];
		e->pattern = argv[2 + 2 * ear_count];
		atomic_store(&e->heard_us, -1);
		e->port = jack_port_register(client, e->name, JACK_DEFAULT_AUDIO_TYPE,
					     JackPortIsInput, 0);
	}
	jack_set_process_callback(client, listen_all, NULL);
	jack_activate(client);
	for (;;) {
		for (int i = 0; i < ear_count; i++)
			look(&ears[i]);
		fflush(stdout);
		nanosleep(&(struct timespec){0, 20000000}, NULL);
	}
}
