/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk with something in its log, and the pack made of it. */
#ifndef VX_TESTS_PARCELCASE_H
#define VX_TESTS_PARCELCASE_H

#include "proof/parcel.h"
#include "support/deskcase.h"

#define PARCELCASE_RECORDING "aircheck/2026/11/23/05-mot.mp3" /* is there: "tiếng" */
#define PARCELCASE_SHA256 /* of "tiếng" */ \
	"e598be9068b59397f9d3c09e7cd3392cf8ff2fcb96c1a91bbc94b996cf1495dc"
#define PARCELCASE_GONE "aircheck/2026/11/23/06-mot.mp3"
#define PARCELCASE_LATE "aircheck/2026/11/24/05-mot.mp3" /* is there, of the day after */

struct parcelcase {
	struct deskcase c;
	struct parcel parcel; /* of 23 November 2026 */
	char path[160];	      /* of the zip file */
	struct err e;
};

void parcelcase_open(struct parcelcase *p);
void parcelcase_close(struct parcelcase *p);
/* Makes the pack anew. */
bool parcelcase_make(struct parcelcase *p);

#endif
