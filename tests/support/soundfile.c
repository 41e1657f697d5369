/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/soundfile.h"

#include "base/must.h"
#include "support/program.h"
#include "sys/chance.h"

#include <lame/lame.h>
#include <math.h>
#include <opencore-amrnb/interf_enc.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
	run_program((const char *[]){"espeak-ng", "-v", "vi", "-w", path, text, NULL});
}

void clip_save_phone(const struct clip *c, const char *path, const char *const args[])
{
	const char *argv[24] = {"ffmpeg", "-nostdin", "-y", "-loglevel", "error", "-i"};
	char wav[256];
	int n = 6;

	snprintf(wav, sizeof(wav), "%s.wav", path);
	clip_save(c, wav, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	argv[n++] = wav;
	for (int i = 0; args[i] != NULL; i++)
		argv[n++] = args[i];
	argv[n++] = path;
	run_program(argv);
	must(unlink(wav) == 0);
}

#define AMR_FRAME 160

void clip_save_amr(const struct clip *c, const char *path, int silent_every)
{
	void *state = Encoder_Interface_init(0);
	FILE *file = fopen(path, "wb");

	must(state != NULL && file != NULL && c->rate == 8000 && c->channels == 1);
	must(fputs("#!AMR\n", file) >= 0);
	for (int64_t at = 0, n = 1; at + AMR_FRAME <= c->frames; at += AMR_FRAME, n++) {
		unsigned char frame[64] = {15 << 3 | 4};
		short samples[AMR_FRAME];
		int bytes = 1;

		for (int i = 0; i < AMR_FRAME; i++)
			samples[i] = (short)(c->data[at + i] * 32767);
		if (silent_every == 0 || n % silent_every != 0)
			bytes = Encoder_Interface_Encode(state, MR122, samples, frame, 0);
		must(fwrite(frame, 1, (size_t)bytes, file) == (size_t)bytes);
	}
	Encoder_Interface_exit(state);
	must(fclose(file) == 0);
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
