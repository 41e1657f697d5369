/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings of emergencies: a part of base/saying.h, which says how they are written and is what is
 * included. */
#ifndef VX_BASE_SAYING_ALARM_H
#define VX_BASE_SAYING_ALARM_H

#define SAYINGS_ALARM(X)                                                                           \
	X(EMERGENCY_ON, "emergency-on",                                                            \
	  "ĐANG PHÁT KHẨN CẤP {id}: {reason}", "EMERGENCY {id} ON AIR: {reason}")                  \
	X(EMERGENCY_UNREAD, "emergency-unread",                                                    \
	  "{id}: không đọc được lời thành tiếng, chỉ có còi: gửi bản thu, hoặc đọc qua micrô",     \
	  "{id}: the text could not be read aloud, there is only the siren: send a recording")     \
	X(DRILL_ON, "drill-on", "Đang diễn tập báo động {id}: {reason}",                           \
	  "Emergency drill {id}: {reason}")

#endif
