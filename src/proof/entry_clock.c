/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries about time: clocks that leapt, machines that slept, disks that hung, and what the log
 * still owes. */
#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"

#define DECIMALS 3

static json_t *made(json_t *entry)
{
	must(entry != NULL);
	return entry;
}

json_t *entry_clock_stepped(double by_ms, struct wall before, struct wall after,
			    const struct tz *tz)
{
	return made(json_pack("{s:s, s:o, s:o, s:o}", "kind", KIND_CLOCK_STEPPED, "by_ms",
			      json_rounded(by_ms, DECIMALS), "before", json_time(before, tz),
			      "after", json_time(after, tz)));
}

json_t *entry_clock_corrected(int64_t from_n, int64_t to_n, int64_t offset_ms, const char *boot,
			      int drift_ppm)
{
	return made(json_pack("{s:s, s:I, s:I, s:I, s:o, s:i}", "kind", KIND_CLOCK_CORRECTED,
			      "from_n", (json_int_t)from_n, "to_n", (json_int_t)to_n, "offset_ms",
			      (json_int_t)offset_ms, "boot", json_text(boot), "drift_ppm",
			      drift_ppm));
}

json_t *entry_machine_slept(struct wall from, struct wall to, const struct tz *tz)
{
	double slept_s = (double)(to.ns - from.ns) / (double)NS_PER_S;

	return made(json_pack("{s:s, s:o, s:o, s:o}", "kind", KIND_SLEPT, "from",
			      json_time(from, tz), "to", json_time(to, tz), "slept_s",
			      json_rounded(slept_s, DECIMALS)));
}

json_t *entry_past_owed(struct wall from, const struct wall *to, const char *reason,
			const struct tz *tz)
{
	return made(json_pack("{s:s, s:o, s:o, s:s}", "kind", KIND_OWED, "from",
			      json_time(from, tz), "to",
			      to != NULL ? json_time(*to, tz) : json_null(), "reason", reason));
}

json_t *entry_past_lost(struct wall from, struct wall to, const char *why, const struct tz *tz)
{
	return made(json_pack("{s:s, s:o, s:o, s:s}", "kind", KIND_PAST_LOST, "from",
			      json_time(from, tz), "to", json_time(to, tz), "why", why));
}

json_t *entry_past_accounted(void)
{
	return made(json_pack("{s:s}", "kind", KIND_ACCOUNTED));
}

json_t *entry_disk_stalled(struct wall from, int64_t stalled_ns, const struct tz *tz)
{
	double stalled_s = (double)stalled_ns / (double)NS_PER_S;

	return made(json_pack("{s:s, s:o, s:o}", "kind", KIND_DISK_STALLED, "from",
			      json_time(from, tz), "stalled_s", json_rounded(stalled_s, DECIMALS)));
}

void entry_happened(json_t *entry, struct wall t, const struct tz *tz)
{
	if (json_object_get(entry, "happened") == NULL)
		must(json_object_set_new(entry, "happened", json_time(t, tz)) == 0);
}
