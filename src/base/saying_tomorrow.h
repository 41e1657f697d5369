/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of tomorrow, looked at the evening before: a part of SAYINGS (saying.h). */
#ifndef VX_BASE_SAYING_TOMORROW_H
#define VX_BASE_SAYING_TOMORROW_H

#define SAYINGS_TOMORROW(X)                                                                        \
	X(PREFLIGHT_SILENT, "preflight.silent",                                                \
	  "{at} “{slot}” sẽ im lặng: không có gì để phát",                                     \
	  "{at} “{slot}” will be silent: there is nothing to play")                            \
	X(PREFLIGHT_QUIET, "preflight.quiet",                                                  \
	  "{at} “{slot}” phát trong giờ yên tĩnh (đã có người cho phép); có đúng giờ không?",  \
	  "{at} “{slot}” airs inside quiet hours (somebody has confirmed it); is the time right?") \
	X(PREFLIGHT_QUIET_REFUSED, "preflight.quiet-refused",                                  \
	  "{at} “{slot}” rơi vào giờ yên tĩnh nên sẽ không phát",                              \
	  "{at} “{slot}” lies inside quiet hours and will not air")                            \
	X(PREFLIGHT_TAKEN, "preflight.taken",                                                  \
	  "{at} “{slot}” không phát vì “{other}” chiếm sóng",                                  \
	  "{at} “{slot}” does not air: “{other}” has the air")                                 \
	X(PREFLIGHT_SHORTENED, "preflight.shortened",                                          \
	  "{at} “{slot}” bị rút ngắn vì “{other}” bắt đầu",                                    \
	  "{at} “{slot}” is shortened by “{other}”")                                           \
	X(PREFLIGHT_OVER_LONG, "preflight.over-long",                                          \
	  "{at} “{slot}” không đủ chỗ: {count} bản tin bị bỏ lại hoặc bị ngắt",                \
	  "{at} “{slot}” is too short: {count} bulletins are left out or cut")                 \
	X(PREFLIGHT_UNAPPROVED, "preflight.unapproved",                                        \
	  "{bulletin} “{title}” chưa duyệt; được duyệt thì phát lúc {at} ở “{slot}”",          \
	  "{bulletin} “{title}” is not approved; if it is, it airs at {at} in “{slot}”")       \
	X(PREFLIGHT_EXPIRED, "preflight.expired",                                              \
	  "{bulletin} “{title}” hết hạn, không phát nữa",                                      \
	  "{bulletin} “{title}” has expired and airs no more")                                 \
	X(PREFLIGHT_DAMAGED, "preflight.damaged",                                              \
	  "{at} “{title}”: tệp âm thanh hỏng hoặc mất",                                        \
	  "{at} “{title}”: its sound file is damaged or missing")                              \
	X(PREFLIGHT_CHANGED, "preflight.changed",                                              \
	  "{at} “{title}”: tệp âm thanh không còn là tệp đã duyệt nên sẽ không được phát; "    \
	  "xin nạp lại tệp gốc",                                                               \
	  "{at} “{title}”: its sound file is no longer the one that was approved and will "    \
	  "not air; please add the original again")                                            \
	X(PREFLIGHT_SOUNDLESS, "preflight.soundless",                                          \
	  "{at} “{title}”: phát thử không nghe thấy gì",                                       \
	  "{at} “{title}”: rendered, nothing can be heard")                                    \
	X(PREFLIGHT_BANNER, "preflight",                                                       \
	  "Lịch ngày {date} có {count} điều cần xem lại; xem ở trang Lịch phát",               \
	  "{count} things to look at in the plan of {date}; see the Schedule page")            \
	X(ENTRY_PREFLIGHT, "preflight.made",                                                   \
	  "phát thử lịch ngày {date}: {start_count} lượt phát, {count} điều cần xem lại",      \
	  "looked through the plan of {date}: {start_count} starts, {count} things to look at")

#endif
