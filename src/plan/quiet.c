/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/quiet.h"

#define DAY_S 86400

bool quiet_touches(const struct settings *s, int32_t start_s, int32_t length_s)
{
	int32_t from = s->quiet_from_s, to = s->quiet_to_s;

	if (!s->has_quiet)
		return false;
	if (to <= from)
		to += DAY_S;
	/* The quiet hours of yesterday, today and tomorrow. */
	for (int32_t shift = -DAY_S; shift <= DAY_S; shift += DAY_S)
		if (start_s < to + shift && start_s + length_s > from + shift)
			return true;
	return false;
}

int slot_start_count(const struct slot *slot)
{
	int32_t until = slot->repeat_until_s;

	if (slot->repeat_every_s <= 0)
		return 1;
	if (until < slot->start_s)
		until += DAY_S;
	return (until - slot->start_s) / slot->repeat_every_s + 1;
}

int32_t slot_start_s(const struct slot *slot, int k)
{
	return slot->start_s + k * slot->repeat_every_s;
}

int32_t quiet_start(const struct settings *s, const struct slot *slot)
{
	int count = slot_start_count(slot);

	for (int k = 0; k < count; k++) {
		int32_t start_s = slot_start_s(slot, k) % DAY_S;
		if (quiet_touches(s, start_s, slot->length_s))
			return start_s;
	}
	return -1;
}

int32_t quiet_after_s(const struct settings *s, int32_t start_s)
{
	if (!s->has_quiet)
		return INT32_MAX;
	int32_t wait_s = s->quiet_from_s - start_s;
	return wait_s >= 0 ? wait_s : wait_s + DAY_S;
}
