/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the proof of one entry (tlogproof.h) from a station's logs, as they stand on the disk,
 * beside whoever writes them. */
#ifndef VX_PROOF_PROVE_H
#define VX_PROOF_PROVE_H

#include "base/buf.h"
#include "base/err.h"
#include "proof/chain.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

/* The number of the entry that a name means: "1234" that one, "A42" the outcome of that airing
 * ("T42": test), "M43" the airing that was missed, "B17" the bulletin's receipt. Looked up in the
 * log alone, so that no view can lead astray. ERR_NOT_FOUND, ERR_CONFLICT: on air still. */
bool prove_find(struct chain *c, const char *name, int64_t *n, struct err *e);

/* Appends the proof of entry n (packed: tlogproof_print), by the head that witnesses signed where
 * it reaches so far, else by the newest. It was checked by the log's own key first: what is
 * appended holds. ERR_CONFLICT: no signed head covers the entry yet; ERR_DIFFERS: the log does not
 * agree with its head. */
bool prove_entry(struct disk *d, struct chain *c, int64_t n, bool packed, struct buf *out,
		 struct err *e);

#endif
