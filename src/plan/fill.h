/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying what a slot plays on samples: idents, cross-fades, what fits, what is cut and what is left
 * out. */
#ifndef VX_PLAN_FILL_H
#define VX_PLAN_FILL_H

#include "plan/arena.h"
#include "plan/running.h"

#include <stdbool.h>
#include <stdint.h>

/* Of what is cut short or taken up again; less only confuses listeners. */
#define FILL_LEAST_FRAMES (3 * FRAMES_PER_S)

/* How long a piece that its slot ends early fades. */
int64_t fill_fade_out_frames(const struct slot *slot);

/* One thing to play, in its turn. */
struct piece {
	const struct bulletin *bulletin; /* or */
	const struct asset *asset;
	bool relay; /* asset is another station, live: it has no end of its own */
};

/* What to lay, and the room for it, in frames from the start of the occurrence. */
struct fill {
	const struct settings *settings;
	const struct slot *slot;
	const struct asset *ident, *ident_out; /* NULL: none */
	const struct piece *pieces;
	int piece_count;
	const struct plan_omission *noted; /* what is known to be left out already */
	int noted_count;
	int64_t from_frames;   /* begin here: 0, or later when rejoining */
	int64_t cut_frames;    /* another slot takes over here; ≤ the slot's own length */
	bool promised;	       /* each piece was: name all that find no place */
	int64_t finish_frames; /* a last item may run over up to here; ≥ the slot's own length */
};

/* The result; lists in the arena given, never changed again. */
struct layout {
	const struct plan_item *items;
	int item_count;
	const struct plan_omission *omissions;
	int omission_count;
	int more; /* left out as slot-full beyond SLOT_WAITING_MAX, and not named */
	bool over_long;
	int64_t end_frames; /* one past the last sample; 0 without items */
};

/* Rules. Each item begins a cross-fade before the end of the one before. One that does not fit is
 * left out (slot-full; the first SLOT_WAITING_MAX are named) and a later, shorter one may take its
 * place; but OVERRUN_FINISH lets the last one run over as far as finish_frames. Only where nothing
 * at all fits whole is the first item that is longer than the slot played and ended at the slot's
 * end: fading over 3 s, or within 10 ms for OVERRUN_CUT. Idents are laid only where they push
 * nothing out and end nothing early. What lies behind cut_frames goes (slot-taken), what it hits is
 * ended there in the same way; less than 3 s of an item is not worth beginning. A relay is laid
 * alone: from the first sample to the last, without idents. */
void fill_lay(const struct fill *f, struct layout *l, struct arena *a);

#endif
