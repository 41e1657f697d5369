/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings of relays: a part of base/saying.h, which says how they are written and is what is
 * included. Those called net-… are in saying_outside.h. */
#ifndef VX_BASE_SAYING_RELAY_H
#define VX_BASE_SAYING_RELAY_H

#define SAYINGS_RELAY(X)                                                                           \
	X(RELAY_ENDED, "relay-ended", "đài cấp trên ngừng gửi",                                    \
	  "the upper station has stopped sending")                                                 \
	X(RELAY_STATUS, "relay-status",                                                            \
	  "máy chủ từ chối hoặc không có luồng này; xem lại địa chỉ trong cài đặt",                \
	  "the server refuses, or has no such stream; look at the address in the settings")        \
	X(RELAY_HEADERS, "relay-headers", "máy chủ trả lời sai giao thức",                         \
	  "the server's answer does not keep to the protocol")                                     \
	X(RELAY_PLAYLIST, "relay-playlist", "danh sách phát (m3u8) không dùng được",               \
	  "its playlist (m3u8) cannot be used")                                                    \
	X(RELAY_LOCKED, "relay-locked", "luồng bị mã hóa; hỏi đài cấp trên địa chỉ mở",            \
	  "the stream is encrypted; ask the upper station for an open address")                    \
	X(RELAY_NOT_SOUND, "relay-not-sound",                                                      \
	  "địa chỉ trả về trang web hoặc dữ liệu khác, không phải âm thanh",                       \
	  "the address gives a page or other data, and no sound")                                  \
	X(RELAY_UNSUPPORTED, "relay-unsupported", "loại âm thanh này không đọc được",              \
	  "this kind of sound is not read here")                                                   \
	X(RELAY_FORM, "relay-form", "tần số lấy mẫu hoặc số kênh quá lớn",                         \
	  "its sample rate or number of channels is beyond all use")                               \
	X(RELAY_DAMAGED, "relay-damaged", "âm thanh gửi đến bị hỏng hoặc đổi loại giữa chừng",     \
	  "the sound that comes is damaged, or became another kind")                               \
	X(RELAY_LINE, "relay-line",                                                                \
	  "không mở được ngõ vào của card âm thanh (xem vangxa devices)",                          \
	  "the input of the sound card cannot be opened (see vangxa devices)")                     \
	X(RELAY_SILENT, "relay-silent", "có tín hiệu nhưng im tiếng",                              \
	  "there is a signal, and it is silent")                                                   \
	X(RELAY_LOUD, "relay-loud",                                                                \
	  "{lufs} LUFS, to hơn mức của đài {off_lu} LU, quá mức đài tự chỉnh được; "               \
	  "báo đài cấp trên",                                                                      \
	  "{lufs} LUFS, {off_lu} LU louder than this station, more than it corrects; tell the "    \
	  "upper station")                                                                         \
	X(RELAY_FAINT, "relay-faint",                                                              \
	  "{lufs} LUFS, nhỏ hơn mức của đài {off_lu} LU, quá mức đài tự chỉnh được; "              \
	  "xem lại nguồn",                                                                         \
	  "{lufs} LUFS, {off_lu} LU softer than this station, more than it corrects; look at the " \
	  "source")                                                                                \
	X(RELAY_OUT, "relay-out",                                                                  \
	  "Tiếp âm {relay}: {fault}. Đang phát nội dung thay thế; có tiếng lại thì "               \
	  "đài tự trở lại.",                                                                       \
	  "Relay {relay}: {fault}. Its fallback airs; the relay comes back by itself when it "     \
	  "sounds.")                                                                               \
	X(RELAY_OUT_BED, "relay-out-bed",                                                          \
	  "Tiếp âm {relay}: {fault}. Không còn nội dung thay thế, đang phát nhạc nền; có tiếng "   \
	  "lại thì đài tự trở lại.",                                                               \
	  "Relay {relay}: {fault}. Nothing is left to stand in for it, and the bed is heard; the " \
	  "relay comes back by itself when it sounds.")                                            \
	X(RELAY_OUT_SILENT, "relay-out-silent",                                                    \
	  "Tiếp âm {relay}: {fault}. Không còn gì để phát thay: loa im; có tiếng lại thì đài tự "  \
	  "trở lại.",                                                                              \
	  "Relay {relay}: {fault}. Nothing is left to stand in for it: the loudspeakers are "      \
	  "silent; the relay comes back by itself when it sounds.")                                \
	X(RELAY_CRASHED, "relay-crashed", "chương trình lấy tiếng dừng bất thường",                \
	  "the program that fetches the sound ended abnormally")                                   \
	/* Entries. */                                                                             \
	X(ENTRY_RELAY_LOST, "relay.lost",                                                          \
	  "mất tiếp âm {relay} ({detail}) {instead}",                                              \
	  "relay {relay} was lost ({detail}) {instead}")                                           \
	X(ENTRY_RELAY_BED, "relay.bed",                                                            \
	  "tiếp âm {relay} chưa có lại, hết nội dung thay thế: phát nhạc nền",                     \
	  "relay {relay} is still out and nothing stands in for it any more: the bed is heard")    \
	/* What is heard then; entries of an older program do not say. */                          \
	X(RELAY_FALLBACK, "relay.fallback", "– phát nội dung thay thế", "– its fallback airs")     \
	X(RELAY_FALLBACK_AT, "relay.fallback-at", "– nội dung thay thế sẽ phát lúc {from}",        \
	  "– its fallback airs at {from}")                                                         \
	X(RELAY_NO_FALLBACK, "relay.no-fallback",                                                  \
	  "– không có nội dung thay thế, chỉ có nhạc nền nếu đài có",                              \
	  "– nothing stands in for it but the bed, if there is one")                               \
	X(ENTRY_RELAY_LEVEL, "relay.level", "âm lượng tiếp âm {relay} lạ: {detail}",               \
	  "relay {relay} has an odd loudness: {detail}")                                           \
	X(ENTRY_RELAY_BACK, "relay.back", "trở lại tiếp âm {relay} sau {lost_s} {moment}",         \
	  "relay {relay} is back after {lost_s} {moment}")                                         \
	/* At which moment; entries of an older program do not say. */                             \
	X(RELAY_AT_ONCE, "relay.at-once", "– ngay, vì không có gì đang phát thay",                 \
	  "– at once: nothing stood in for it")                                                    \
	X(RELAY_AT_END, "relay.at-end", "– khi hết mục phát thay",                                 \
	  "– at the end of what stood in for it")                                                  \
	X(RELAY_IN_PAUSE, "relay.in-pause", "– ở chỗ ngắt câu của nội dung thay thế còn dài",      \
	  "– in a pause of its fallback, which was long still")                                    \
	X(RELAY_BY_FADE, "relay.by-fade",                                                          \
	  "– nội dung thay thế còn dài, đã chờ 1 phút nên cho nhỏ dần rồi thôi",                   \
	  "– its fallback was long still, and was faded after a minute")

#endif
