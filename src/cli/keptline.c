/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/keptline.h"

#include "base/json.h"
#include "base/text.h"

void keptline_add(const json_t *keep, struct buf *out)
{
	int holds = (int)json_get_integer(keep, "holds", 0);

	buf_print(out, T("Ghi âm:    có %.0f ngày, %.1f GB (giữ %d ngày)",
			 "Recordings: %.0f days, %.1f GB (kept for %d days)"),
		  json_get_number(keep, "days", 0), json_get_number(keep, "bytes", 0) / 1e9,
		  (int)json_get_integer(keep, "recordings_days", 0));
	if (json_is_number(json_object_get(keep, "room_days")))
		buf_print(out, T("; đĩa còn chỗ cho khoảng %.0f ngày nữa",
				 "; room for about %.0f more days"),
			  json_get_number(keep, "room_days", 0));
	if (holds > 0)
		buf_print(out, T("; %d lệnh giữ cho thanh tra", "; holds for an inspection: %d"),
			  holds);
	buf_text(out, "\n");
}
