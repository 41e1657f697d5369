/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many times real time the mixer reaches on one core: `mix_speed [SECONDS]`, default 600.
 * Each line: what is mixed, × real time (CPU time of this process, decoding included). */
#include "base/must.h"
#include "base/units.h"
#include "library/store.h"
#include "mix/feeder.h"
#include "sys/chance.h"

#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static char path[100], sha256[SHA256_HEX_BYTES];

/* Something with the spectrum and the peaks of a programme: syllables of filtered noise and a few
 * harmonics, at about −16 LUFS, 24 bits, mono. */
static void make_master(int seconds)
{
	SF_INFO info = {.samplerate = 48000, .channels = 1,
			.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24};
	SNDFILE *file = sf_open(path, SFM_WRITE, &info);
	struct chance c = {1};
	double low = 0;
	static float x[48000];

	must(file != NULL);
	for (int s = 0; s < seconds; s++) {
		for (int i = 0; i < 48000; i++) {
			double t = s + i / 48000.0;
			double noise = (double)(chance_next(&c) >> 11) / (double)(1LL << 53) - 0.5;
			double syllable = 0.15 + 0.85 * pow(sin(M_PI * 4.1 * t), 2);

			low += 0.12 * (noise - low);
			x[i] = (float)(syllable * (0.9 * low + 0.03 * noise + 0.17 * sin(930 * t) +
						   0.1 * sin(1860 * t) + 0.06 * sin(3720 * t)));
		}
		must(sf_writef_float(file, x, 48000) == 48000);
	}
	sf_close(file);
}

static void hash_master(void)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct err e;

	must(fd >= 0 && store_hash(fd, sha256, &e));
	close(fd);
}

static void play(struct mixer *m, struct feeder *f, int deck, double gain_db)
{
	struct err e;
	struct source *s = source_open_master(path, sha256, &e);
	struct mix_command c = {.order = MIX_PLAY, .deck = (uint8_t)deck,
				.length_frames = INT64_MAX, .gain = {gain_of_db(gain_db)}};

	must(s != NULL);
	feeder_load(f, deck, s, true);
	must(mixer_send(m, &c));
}

/* decks play at these gains; every 10 s the last one is ducked or raised, if wanted. */
static void run(const char *what, int seconds, int decks, const double *gain_db, bool duck)
{
	struct mixer *m = mixer_create(&(struct mixer_config){1, -1});
	struct feeder *f = feeder_create(m, false);
	static float block[BLOCK_FRAMES];
	float *out[1] = {block};
	float peak = 0;
	clock_t start = clock();

	for (int d = 0; d < decks; d++)
		play(m, f, d, gain_db[d]);
	for (int i = 0; i < seconds * 100; i++) {
		if (duck && i % 1000 == 0)
			must(mixer_send(m, &(struct mix_command){
				.order = MIX_LEVEL, .deck = (uint8_t)(decks - 1),
				.at = mixer_now(m), .fade_frames = 24000,
				.gain = {gain_of_db(gain_db[decks - 1] - (i % 2000 ? 12 : 0))}}));
		feeder_pump(f);
		mixer_block(m, out);
		peak = fmaxf(peak, mixer_peak(m, 0));
	}
	double used_s = (double)(clock() - start) / CLOCKS_PER_SEC;
	printf("%-34s %8.0f x real time  (%.2f s an hour; highest sample %.2f dBFS)\n", what,
	       seconds / used_s, used_s * 3600 / seconds, db_of_gain(peak));
	feeder_destroy(f);
	mixer_destroy(m);
}

/* Decoding alone, to know what is ours. */
static void decode(int seconds)
{
	struct err e;
	struct source *s = source_open_master(path, sha256, &e);
	static float x[FEED_FRAMES];
	clock_t start = clock();

	while (s->ops->read(s, x, FEED_FRAMES) > 0)
		;
	double used_s = (double)(clock() - start) / CLOCKS_PER_SEC;
	printf("%-34s %8.0f x real time  (%.2f s an hour)\n", "FLAC decoding alone",
	       seconds / used_s, used_s * 3600 / seconds);
	s->ops->close(s);
}

int main(int argc, char **argv)
{
	int seconds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 600;

	must(seconds > 0);
	snprintf(path, sizeof(path), "/tmp/mix_speed-%ld.flac", (long)getpid());
	make_master(seconds);
	hash_master();
	decode(seconds);
	run("silence", seconds * 100, 0, NULL, false);
	run("one deck", seconds, 1, (const double[]){0}, false);
	run("deck and ducked bed", seconds, 2, (const double[]){0, -12}, true);
	run("three decks, limiter busy", seconds, 3, (const double[]){6, 6, 6}, false);
	unlink(path);
	return 0;
}
