/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of the plan: tomorrow, looked at the evening before, and a special period of today.
 * A part of SAYINGS (saying.h). */
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
	X(PREFLIGHT_SPECIAL, "preflight.special",                                              \
	  "Im lặng cả ngày theo lịch “{name}”. Căn cứ: {basis}.",                              \
	  "Silent all day by the timetable “{name}”. By: {basis}.")                            \
	X(PREFLIGHT_ASIDE, "preflight.aside",                                                  \
	  "{at} “{slot}”: {bulletin} “{title}” bị cách ly (để riêng) nên không phát; gửi lại "  \
	  "tệp thành bản mới, hoặc cho phát lại ở trang Tình trạng máy",                       \
	  "{at} “{slot}”: {bulletin} “{title}” was put aside and does not air; send the file "  \
	  "again as a new version, or let it air again on the page Machine")                   \
	X(ORDER_WAITS, "order.waits",                                                          \
	  "Lúc {at}, “{slot}” có {count} bản tin ưu tiên chưa ai xếp thứ tự: {bulletins}. "     \
	  "Chọn ở trang Hôm nay; không ai chọn thì đài phát theo thứ tự ấy.",                  \
	  "At {at} “{slot}” has {count} priority bulletins that nobody has put in order: "      \
	  "{bulletins}. Choose on the page Today; if nobody does, they air as they stand here.") \
	X(ORDER_MEETS, "order.meets",                                                          \
	  "Lúc {at}, “{slot}” chồng giờ với “{with}” (từ {with_at}) và {count} bản tin ưu tiên " \
	  "vướng nhau, chưa ai xếp thứ tự: {bulletins}. Chọn ở trang Hôm nay; không ai chọn "  \
	  "thì “{with}” chiếm sóng theo lịch.",                                                \
	  "At {at} “{slot}” overlaps “{with}” (from {with_at}), and {count} priority "         \
	  "bulletins meet that nobody has put in order: {bulletins}. Choose on the page "      \
	  "Today; if nobody does, “{with}” takes the air as the timetable has it.")            \
	X(ENTRY_ORDER_SET, "order.set",                                                        \
	  "xếp thứ tự phát các bản tin ưu tiên: {bulletins}",                                  \
	  "priority bulletins were put in order: {bulletins}")                                 \
	X(ENTRY_ORDER_DEFAULT, "order.default",                                                \
	  "{slot}: không ai chọn thứ tự, các bản tin ưu tiên phát theo lịch: {bulletins}",     \
	  "{slot}: nobody said which first, the priority bulletins went by the timetable: "    \
	  "{bulletins}")                                                                       \
	X(PREFLIGHT_BANNER, "preflight",                                                       \
	  "Lịch ngày {date} có {count} điều cần xem lại; xem ở trang Lịch phát",               \
	  "{count} things to look at in the plan of {date}; see the Schedule page")            \
	X(SPECIAL_NOW, "special-now",                                                          \
	  "Đang theo lịch “{name}” đến hết ngày {to}. Căn cứ: {basis}.",                       \
	  "The timetable “{name}” is in force until {to}. By: {basis}.")                       \
	X(ENTRY_PREFLIGHT, "preflight.made",                                                   \
	  "phát thử lịch ngày {date}: {start_count} lượt phát, {count} điều cần xem lại",      \
	  "looked through the plan of {date}: {start_count} starts, {count} things to look at")

#endif
