/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an emergency begins with: sounds made in memory, that no disk has to be asked for. */
#ifndef VX_MIX_SIREN_H
#define VX_MIX_SIREN_H

#include <stdint.h>

enum siren {
	SIREN_ALARM, /* two tones in turn, as loud as a programme may be */
	SIREN_DRILL, /* three falling bells: nobody shall take a drill for the other */
	SIREN_KINDS
};

/* One cycle at 48 kHz; played over and over it has no seam. Made at the first call, never freed,
 * the same samples always. Main thread. */
const float *siren_sound(enum siren kind, int64_t *frames);

/* "siren", "drill-chime": what an airing's entry names as its file. */
const char *siren_code(enum siren kind);

#endif
