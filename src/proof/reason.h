/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something did not air, or not as planned: codes for the log, sentences for villager and
 * inspector. */
#ifndef VX_PROOF_REASON_H
#define VX_PROOF_REASON_H

#include <jansson.h>

/* X(name, code, Vietnamese, English). The code stands in the log and never changes its meaning;
 * words may be bettered. */
#define REASONS(X)                                                                                 \
	X(POWER_OFF, "power-off", "mất điện hoặc máy tắt",                                         \
	  "the power failed or the computer was off")                                              \
	X(PROGRAM_ENDED, "program-ended",                                                          \
	  "chương trình đài dừng bất thường hoặc chưa chạy, máy vẫn bật",                          \
	  "the station program had ended or was not started; the computer was on")                 \
	X(NOT_RUNNING, "not-running",                                                              \
	  "đài không chạy; không rõ do mất điện, tắt máy hay chương trình dừng",                   \
	  "the station was not running; whether power, computer or program failed is not known")   \
	X(LATE, "late", "đã quá giờ, muộn hơn mức khung giờ này cho phép",                         \
	  "it was too late: later than this slot allows")                                          \
	X(SLOT_FULL, "slot-full", "khung giờ không còn chỗ",                                       \
	  "there was no time left in the slot")                                                    \
	X(SLOT_TAKEN, "slot-taken", "một khung giờ khác đã chiếm loa vào lúc đó",                  \
	  "another slot held the loudspeakers at that time")                                       \
	X(MISSING_FILE, "missing-file", "không tìm thấy tệp âm thanh",                             \
	  "the sound file is not there")                                                           \
	X(DAMAGED_FILE, "damaged-file", "tệp âm thanh bị hỏng, không đọc được",                    \
	  "the sound file is damaged and cannot be read")                                          \
	X(NOTHING_TO_PLAY, "nothing-to-play", "không có bản tin nào đã duyệt hợp với khung giờ",   \
	  "no approved bulletin fits the slot")                                                    \
	X(RELAY_NOT_SUPPORTED, "relay-not-supported", "chưa tiếp âm được đài cấp trên",            \
	  "relaying another station is not possible yet")                                          \
	X(QUIET_HOURS, "quiet-hours", "rơi vào giờ yên tĩnh mà chưa có ai xác nhận",               \
	  "it fell into quiet hours and nobody had confirmed it")                                  \
	X(SKIPPED, "skipped-once", "được cho nghỉ riêng lần này",                                  \
	  "somebody had skipped it this once")                                                     \
	X(PAUSED, "paused", "khung giờ đang được tạm dừng", "somebody had paused the slot")        \
	X(CUT_BY_OPERATOR, "cut-by-operator", "người trực đã ngắt",                                \
	  "the operator cut it")                                                                   \
	X(HELD_BY_OPERATOR, "held-by-operator", "người trực đang tạm dừng phát",                   \
	  "the operator was holding the air")                                                      \
	X(STATION_STOPPED, "station-stopped", "chương trình đài được dừng theo lệnh",              \
	  "the station was stopped on purpose")                                                    \
	X(CLOCK_UNTRUSTED, "clock-untrusted", "đồng hồ máy không đáng tin",                        \
	  "the computer's clock could not be trusted")                                             \
	X(CLOCK_FORWARD, "clock-stepped-forward", "đồng hồ bị chỉnh tới, giờ phát đã trôi qua",    \
	  "the clock was set forward past the time to air")                                        \
	X(CLOCK_BACK, "clock-stepped-back", "đồng hồ bị chỉnh lùi, mục này đã phát rồi",           \
	  "the clock was set back and this had already aired")                                     \
	X(DEVICE_LOST, "device-lost", "mất thiết bị âm thanh, tiếng không ra loa",                 \
	  "the sound device was gone: nothing reached the loudspeakers")                           \
	X(DISK_FULL, "disk-full", "đĩa đầy", "the disk was full")                                  \
	X(LOG_UNWRITABLE, "log-unwritable", "không ghi được nhật ký nên không được phát",          \
	  "the log could not be written, and nothing airs unwritten")                              \
	X(WITHDRAWN, "withdrawn", "bản tin đã bị rút lại", "the bulletin was withdrawn")           \
	X(FAULTY_TIMETABLE, "faulty-timetable", "lịch phát có lỗi",                                \
	  "the timetable had a fault")                                                             \
	X(TIMETABLE_CHANGED, "timetable-changed", "lịch phát đã đổi trước giờ phát",               \
	  "the timetable was changed before the time to air")                                      \
	X(OVERRUN, "overrun", "hết giờ của khung, phần còn lại bị bỏ",                             \
	  "the slot's time was over; the rest was left out")                                       \
	X(PLAYED_BY_OPERATOR, "played-by-operator", "người trực cho phát ngoài lịch",              \
	  "the operator played it outside the timetable")                                          \
	X(REPLACED_BY_OPERATOR, "replaced-by-operator", "người trực cho phát nội dung khác",       \
	  "the operator played something else instead")                                            \
	X(EMERGENCY, "emergency", "nhường sóng cho thông báo khẩn cấp",                            \
	  "an emergency announcement took the air")                                                \
	X(STARVED, "starved", "đọc tệp không kịp, có đoạn bị im",                                  \
	  "the file could not be read in time; parts were silent")                                 \
	X(XRUN, "xrun", "máy không kịp đưa tiếng ra thiết bị, có đoạn bị đứt",                     \
	  "the computer could not feed the device in time; there were gaps")                       \
	X(INTERNAL, "internal", "lỗi bên trong chương trình",                                      \
	  "a fault inside the program")

enum reason {
#define X(name, code, vi, en) REASON_##name,
	REASONS(X)
#undef X
	REASON_COUNT
};

/* "power-off" … */
const char *reason_code(enum reason r);

/* The sentence for a code from the log, in the language of the process; the code itself when it
 * is not one of ours (a newer station's), "" for "" and NULL. */
const char *reason_text(const char *code);

/* As a member for whoever shows it to several readers: {"vi": …, "en": …}, null for "". The
 * caller's. */
json_t *reason_texts(const char *code);

/* "power-off" → REASON_POWER_OFF; REASON_COUNT if unknown. */
enum reason reason_parse(const char *code);

/* The word for an airing's result ("full", "missed", …) in the language of the process. */
const char *reason_result_text(const char *result);

#endif
