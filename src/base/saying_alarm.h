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
	  "Emergency drill {id}: {reason}")                                                       \
	/* Entries of the log; the figures are made words by whoever shows them. */                \
	X(ENTRY_EMERGENCY_UNREAD, "emergency.unread",                                              \
	  "{emergency}: không đọc được lời thành tiếng",                                           \
	  "{emergency}: its text was not read aloud")                                              \
	X(ENTRY_BROKEN, "plan.broken", "lần phát {airing}{where} bị ngắt: {rule}",                 \
	  "airing {airing} was broken off{where}: {rule}")                                         \
	X(RULE_RESUME, "rule.resume", "xong sẽ phát tiếp từ chỗ dừng",                             \
	  "it goes on from there afterwards")                                                      \
	X(RULE_RESTART, "rule.restart", "xong sẽ phát lại từ đầu", "it begins anew afterwards")    \
	X(RULE_JOIN, "rule.join", "xong sẽ phát tiếp cùng các cụm loa khác",                       \
	  "afterwards it joins what the other zones hear")                                         \
	X(ENTRY_JOINED, "plan.joined", "lại phát lần phát {airing}{where} cùng các cụm loa khác",  \
	  "airing {airing} is heard again{where}, with the other zones")                           \
	X(ENTRY_DROPPED, "plan.dropped",                                                           \
	  "phần còn lại của lần phát {airing}{where} bị bỏ: {reason}",                             \
	  "what was left of airing {airing}{where} was dropped: {reason}")                         \
	X(ENTRY_CAP, "cap.received", "bản tin CAP {identifier} {sender}: {verdict} {reason}",      \
	  "CAP message {identifier} {sender}: {verdict} {reason}")                                 \
	X(CAP_REFUSED, "cap.refused", "từ chối", "refused")                                        \
	X(CAP_SILENT, "cap.silent", "không phát", "not aired")                                     \
	X(CAP_WAITS, "cap.waits", "chờ đến giờ hiệu lực", "it waits for its time")                 \
	X(CAP_RAISED, "cap.raised", "phát khẩn cấp", "an emergency was raised")                    \
	X(CAP_ENDED, "cap.ended", "kết thúc lệnh khẩn cấp trước đó",                               \
	  "an earlier emergency was ended")

#endif
