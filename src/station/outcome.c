/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outcome.h"

/* Too much for listeners to have understood it all. */
static bool voice_gaps(const struct airing *a)
{
	return a->starved_frames > (int64_t)VOICE_GAPS_MS * FRAMES_PER_S / 1000;
}

const char *outcome_result(const struct airing *a, bool whole)
{
	enum reason e = a->end_reason;
	bool lost = e == REASON_RELAY_LOST || e == REASON_RELAY_SILENT || e == REASON_RELAY_BACK ||
		    e == REASON_DEAD_AIR ||
		    e == REASON_VOICE_LOST || e == REASON_MICROPHONE_LOST;

	/* A siren that made room for its message was as long as it was needed. */
	if (a->item.kind == ITEM_SIREN && !a->blamed)
		return "full";
	if (a->end == MIX_END_FADED && !(a->blamed && lost))
		return "cut";
	if (a->item.kind == ITEM_VOICE) /* it is whole when whoever spoke has ended it */
		return a->blamed || voice_gaps(a) ? "partial" : "full";
	/* The rest of a bulletin is a part, however well it was heard. */
	return whole && a->starved_frames == 0 && a->from_frames == 0 ? "full" : "partial";
}

const char *outcome_reason(const struct airing *a, bool whole)
{
	/* Who ended it after its last frame changed nothing. */
	if (a->blamed && (a->end == MIX_END_FADED || !whole))
		return reason_code(a->end_reason);
	if (a->item.kind == ITEM_VOICE)
		return voice_gaps(a) ? reason_code(REASON_VOICE_GAPS)
		       : a->end == MIX_END_LENGTH ? reason_code(REASON_VOICE_LIMIT) : NULL;
	if (a->starved_frames > 0)
		return reason_code(a->item.kind == ITEM_RELAY ? REASON_RELAY_GAPS : REASON_STARVED);
	if (whole && a->from_frames > 0)
		return reason_code(REASON_RESUMED);
	return whole || a->item.kind == ITEM_SIREN ? NULL : reason_code(REASON_OVERRUN);
}
