/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fingerprint of a sound: what stays when it is trimmed, made louder or softer, or sent through
 * another encoder. After J. Haitsma and T. Kalker, "A Highly Robust Audio Fingerprinting System",
 * ISMIR 2002: one bit for each pair of neighbouring bands of 300–2,000 Hz, which every codec of a
 * telephone keeps: whether their difference of energy grows from one moment to the next. No level
 * is in it, so another level does not change it. Theirs has a word every 12 ms, to find a song by
 * three seconds of it; whole bulletins are compared here, and PRINT_WORDS_PER_S are enough.
 * (Debian's libchromaprint would draw FFmpeg's libavcodec into the station, and its twelve notes of
 * the scale are made for music.) */
#ifndef VX_LIBRARY_PRINT_H
#define VX_LIBRARY_PRINT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRINT_WORDS_PER_S (6000 / 256.0)
#define PRINT_BITS 31	       /* of a word: between 32 bands; */
#define PRINT_LOUD (1U << 31)  /* beside them: something is heard here, it is no pause */

/* Without the silence before and after. Words are the owner's; print_free. */
struct print {
	uint32_t *words;
	size_t count; /* 0: silent, or too short */
};

/* In the making. One thread. */
struct print_maker;
struct print_maker *print_begin(void);

/* Any cut into calls, at 48 kHz. */
void print_add(struct print_maker *m, const float *samples, size_t frames);

/* Ends the making; m is gone. p NULL: of no use any more; m NULL is fine then. */
void print_end(struct print_maker *m, struct print *p);
void print_free(struct print *p); /* leaves it empty */

/* DIR/masters/<sha256>.print. It is made from the master and can be made again: a failure harms
 * nothing else. Loading one that is damaged or of another form is ERR_DAMAGED, none
 * ERR_NOT_FOUND. */
bool print_save(const struct print *p, const char *dir, const char *sha256, struct err *e);
bool print_load(struct print *p, const char *dir, const char *sha256, struct err *e);

#endif
