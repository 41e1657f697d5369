/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files made by tests: any format that libsndfile writes, MP3 by LAME, real speech. */
#ifndef VX_TESTS_SOUNDFILE_H
#define VX_TESTS_SOUNDFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Interleaved samples; free data. */
struct clip {
	float *data;
	int64_t frames;
	int channels, rate;
};

/* Makers; all die (must) on failure. Levels are amplitudes, 1 = full scale. */
struct clip clip_tone(int rate, int channels, double seconds, double hz, double amplitude);
/* One click a second, each one sample of that amplitude at the start of its second. */
struct clip clip_clicks(int rate, int channels, double seconds, double amplitude);
/* Tone on the left, noise on the right, from a seed: what real stereo does to an encoder. */
struct clip clip_mixed(int rate, double seconds, uint64_t seed);
void clip_free(struct clip *c);

/* format: libsndfile's SF_FORMAT_… | SF_FORMAT_… */
void clip_save(const struct clip *c, const char *path, int format);

struct mp3_form {
	int kbps;      /* constant; 0: VBR */
	bool no_xing;  /* without the header that tells the length */
};
void clip_save_mp3(const struct clip *c, const char *path, struct mp3_form form);

/* As telephones and browsers record: by ffmpeg with these arguments (NULL-ended, at most 12)
 * between input and output; the last are -f and a format, since paths have no ending here. */
void clip_save_phone(const struct clip *c, const char *path, const char *const args[]);

/* As .amr: narrow band, 12.2 kbit/s, by opencore. c: 8 kHz, one channel. Every silent_every-th
 * frame is one that was not sent (DTX); 0: none is. */
void clip_save_amr(const struct clip *c, const char *path, int silent_every);

/* Speaks the text with espeak-ng's Vietnamese voice into a WAV file (22,050 Hz mono). */
void speech_save(const char *text, const char *path);

/* Whole files as bytes; free the result of file_load. */
uint8_t *file_load(const char *path, size_t *len);
void file_save(const char *path, const void *data, size_t len);

#endif
