/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AMR, what telephones recorded for twenty years: frames of 20 ms, decoded by opencore. Only in
 * vangxa-av. */
#ifndef VX_LIBRARY_AMR_H
#define VX_LIBRARY_AMR_H

#include "library/outlet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AMR_NARROW_HZ 8000
#define AMR_WIDE_HZ 16000

struct amr {
	bool wide;
	void *state; /* opencore's */
};

/* wide: AMR-WB, 16 kHz; else AMR-NB, 8 kHz. */
void amr_init(struct amr *a, bool wide);
void amr_finish(struct amr *a);

/* Bytes of the frame that begins with this byte, itself included (RFC 4867 §5.3, 3GPP TS 26.101 and
 * 26.201); 1 for a frame in which nothing was sent, 0 for a reserved type. */
size_t amr_frame_bytes(const struct amr *a, uint8_t first);

/* Decodes whole frames one behind the other, as they stand in .amr files and in the packets of 3GP
 * ones, up to the first byte that begins none or is of one that is not all there; how many bytes
 * they were. Stops early when the outlet takes no more (gone, too_long). */
size_t amr_write(struct amr *a, const uint8_t *data, size_t len, struct outlet *out);

#endif
