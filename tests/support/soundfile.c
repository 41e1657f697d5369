/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/soundfile.h"

#include "base/must.h"
#include "sys/chance.h"

#include <lame/lame.h>
#include <math.h>
#include <sndfile.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct clip clip_make(int rate, int channels, double seconds)
{
	struct clip c = {.frames = llround(seconds * rate), .channels = channels, .rate = rate};

	c.data = calloc((size_t)(c.frames * channels) + 1, sizeof(float));
	must(c.data != NULL);
	return c;
}

struct clip clip_tone(int rate, int channels, double seconds, double hz, double amplitude)
{
	struct clip c = clip_make(rate, channels, seconds);

	for (int64_t i = 0; i < c.frames; i++)
		for (int k = 0; k < channels; k++)
			c.data[i * channels + k] =
				(float)(amplitude * sin(2 * M_PI * hz * (double)i / rate));
	return c;
}

struct clip clip_clicks(int rate, int channels, double seconds, double amplitude)
{
	struct clip c = clip_make(rate, channels, seconds);

	for (int64_t i = 0; i < c.frames; i += rate)
		for (int k = 0; k < channels; k++)
			c.data[i * channels + k] = (float)amplitude;
	return c;
}

struct clip clip_mixed(int rate, double seconds, uint64_t seed)
{
	struct clip c = clip_tone(rate, 2, seconds, 440, 0.3);
	struct chance chance = {seed};

	for (int64_t i = 0; i < c.frames; i++)
		c.data[2 * i + 1] = (float)(chance_below(&chance, 20001) / 1e5 - 0.1);
	return c;
}

void clip_free(struct clip *c)
{
	free(c->data);
	*c = (struct clip){.data = NULL};
}

void clip_save(const struct clip *c, const char *path, int format)
{
	SF_INFO info = {.samplerate = c->rate, .channels = c->channels, .format = format};
	SNDFILE *file = sf_open(path, SFM_WRITE, &info);

	must(file != NULL);
	/* libsndfile's Vorbis encoder overflows the stack when given minutes at once. */
	for (int64_t at = 0; at < c->frames; at += 4096) {
		int64_t n = c->frames - at < 4096 ? c->frames - at : 4096;
		must(sf_writef_float(file, c->data + at * c->channels, n) == n);
	}
	must(sf_close(file) == 0);
}

static lame_t open_lame(const struct clip *c, struct mp3_form form)
{
	lame_t lame = lame_init();

	must(lame != NULL);
	lame_set_in_samplerate(lame, c->rate);
	lame_set_out_samplerate(lame, c->rate);
	lame_set_num_channels(lame, c->channels);
	lame_set_mode(lame, c->channels == 1 ? MONO : JOINT_STEREO);
	if (form.kbps > 0)
		lame_set_brate(lame, form.kbps);
	else
		lame_set_VBR(lame, vbr_default);
	lame_set_bWriteVbrTag(lame, !form.no_xing);
	must(lame_init_params(lame) == 0);
	return lame;
}

void clip_save_mp3(const struct clip *c, const char *path, struct mp3_form form)
{
	lame_t lame = open_lame(c, form);
	size_t room = (size_t)c->frames * 2 + 16384;
	uint8_t *out = malloc(room), tag[4096];
	const float *right = c->data; /* LAME wants channels apart; one channel ignores it */
	float *apart = malloc((size_t)(c->frames * 2 + 1) * sizeof(float));
	FILE *file = fopen(path, "wb");

	must(out != NULL && apart != NULL && file != NULL);
	for (int64_t i = 0; i < c->frames; i++)
		for (int k = 0; k < c->channels; k++)
			apart[k * c->frames + i] = c->data[i * c->channels + k];
	right = c->channels == 2 ? apart + c->frames : apart;
	int len = lame_encode_buffer_ieee_float(lame, apart, right, (int)c->frames, out, (int)room);
	must(len >= 0);
	fwrite(out, 1, (size_t)len, file);
	len = lame_encode_flush(lame, out, (int)room);
	must(len >= 0);
	fwrite(out, 1, (size_t)len, file);
	if (!form.no_xing) {
		rewind(file); /* LAME left room for it in front */
		fwrite(tag, 1, lame_get_lametag_frame(lame, tag, sizeof(tag)), file);
	}
	must(fclose(file) == 0);
	lame_close(lame);
	free(out);
	free(apart);
}

void speech_save(const char *text, const char *path)
{
	char *const argv[] = {(char[]){"espeak-ng"}, (char[]){"-v"}, (char[]){"vi"},
			      (char[]){"-w"}, (char *)(uintptr_t)path,
			      (char *)(uintptr_t)text, NULL};
	pid_t pid;
	int status;

	must(posix_spawnp(&pid, "espeak-ng", NULL, NULL, argv, environ) == 0);
	must(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

uint8_t *file_load(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");

	must(file != NULL);
	must(fseek(file, 0, SEEK_END) == 0);
	*len = (size_t)ftell(file);
	rewind(file);
	uint8_t *data = malloc(*len + 1);
	must(data != NULL && fread(data, 1, *len, file) == *len);
	fclose(file);
	return data;
}

void file_save(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	must(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
}
