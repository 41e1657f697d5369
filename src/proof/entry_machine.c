/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries about the machine: its sound devices and its disk. */
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/entry.h"

#define DECIMALS 3

static json_t *made(json_t *entry)
{
	must(entry != NULL);
	return entry;
}

json_t *entry_device_lost(const char *device, const char *detail)
{
	json_t *said = saying_read(detail);

	return made(json_pack("{s:s, s:o, s:o}", "kind", KIND_DEVICE_LOST, "device",
			      json_text(device), "detail", said != NULL ? said : json_null()));
}

json_t *entry_device_back(const char *device, double down_s)
{
	return made(json_pack("{s:s, s:o, s:o}", "kind", KIND_DEVICE_BACK, "device",
			      json_text(device), "down_s", json_rounded(down_s, DECIMALS)));
}

json_t *entry_disk_low(int64_t free_bytes, bool reserve_gone)
{
	return made(json_pack("{s:s, s:I, s:b}", "kind", KIND_DISK_LOW, "free_bytes",
			      (json_int_t)free_bytes, "reserve_gone", (int)reserve_gone));
}
