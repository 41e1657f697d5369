/* SPDX-License-Identifier: GPL-3.0-or-later */
/* G.711 μ-law: one byte a sample, the form in which a browser sends a voice. Pure. */
#ifndef VX_MIX_MULAW_H
#define VX_MIX_MULAW_H

#include <stddef.h>
#include <stdint.h>

/* ITU-T G.711 (11/88), table 2; ±1 is full scale. */
void mulaw_decode(const uint8_t *bytes, size_t count, float *out);

#endif
