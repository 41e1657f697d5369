/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aired.h"

#include "base/must.h"
#include "library/store.h"
#include "mix/coder.h"
#include "support/soundfile.h"
#include "sys/chance.h"

#include <fcntl.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYLLABLE 7000

void aired_sound(uint64_t seed, float *out, int64_t frames)
{
	struct chance c = {seed};
	float low = 0, follow = 0.1f, loud = 0.1f;

	for (int64_t i = 0; i < frames; i++) {
		if (i % SYLLABLE == 0) {
			follow = 0.03f + 0.01f * (float)chance_below(&c, 40);
			loud = chance_below(&c, 4) == 0 ? 0.001f
							: 0.1f * (float)(1 + chance_below(&c, 8));
		}
		float noise = (float)chance_below(&c, 20001) / 10000 - 1;
		low += follow * (noise - low);
		out[i] = loud * low;
	}
}

static void make_folders(const char *dir, const char *file)
{
	char path[512];

	for (const char *slash = strchr(file, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		snprintf(path, sizeof(path), "%s/%.*s", dir, (int)(slash - file), file);
		mkdir(path, 0700);
	}
}

void aired_hash(const char *path, char sha256[static SHA256_HEX_BYTES])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct err e;

	must(fd >= 0 && store_hash(fd, sha256, &e));
	close(fd);
}

void aired_master(const char *dir, uint64_t seed, int64_t frames,
		  char sha256[static SHA256_HEX_BYTES])
{
	struct clip c = {.frames = frames, .channels = 1, .rate = 48000};
	char made[256], path[512];

	c.data = calloc((size_t)frames, sizeof(float));
	must(c.data != NULL);
	aired_sound(seed, c.data, frames);
	make_folders(dir, "masters/");
	snprintf(made, sizeof(made), "%s/masters/made", dir);
	clip_save(&c, made, SF_FORMAT_FLAC | SF_FORMAT_PCM_24);
	clip_free(&c);
	aired_hash(made, sha256);
	snprintf(path, sizeof(path), "%s/masters/%s.flac", dir, sha256);
	must(rename(made, path) == 0);
}

void aired_recording(const char *dir, const char *file, uint64_t seed, int64_t frames)
{
	static uint8_t out[MP3_OUT_BYTES(4800)];
	int64_t all = (AIRED_INTO - MP3_DELAY_FRAMES + frames + 3 * 48000) / 4800 * 4800;
	float *sound = calloc((size_t)all, sizeof(*sound));
	char path[512];
	struct mp3 *m;
	struct err e;

	must(sound != NULL && mp3_create(&m, &coder_mp3, &e));
	aired_sound(seed, sound + AIRED_INTO - MP3_DELAY_FRAMES, frames);
	make_folders(dir, file);
	snprintf(path, sizeof(path), "%s/%s", dir, file);
	FILE *f = fopen(path, "wbe");
	must(f != NULL);
	for (int64_t at = 0; at < all; at += 4800) {
		size_t n = mp3_encode(m, sound + at, NULL, 4800, out, sizeof(out));
		must(fwrite(out, 1, n, f) == n);
	}
	must(fclose(f) == 0);
	mp3_destroy(m);
	free(sound);
}
