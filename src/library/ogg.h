/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The links of an Ogg file (RFC 3533): streams one after another in one file, as internet radios
 * record them and as `cat a.ogg b.ogg` makes them. */
#ifndef VX_LIBRARY_OGG_H
#define VX_LIBRARY_OGG_H

#include "library/input.h"

#include <stdbool.h>
#include <stdint.h>

#define OGG_LINKS_MAX 512 /* a day of songs */

struct ogg_link {
	int64_t start_bytes, size_bytes; /* within the input's window */
};

struct ogg {
	struct ogg_link links[OGG_LINKS_MAX];
	int count; /* 0: no Ogg file */
	bool torn; /* a page is cut off or missing, or a link has no end */
};

/* Walks over the pages; their content and checksums are the decoder's business. Moves nothing. */
void ogg_find(struct ogg *o, struct input *in);

#endif
