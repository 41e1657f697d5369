/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something did not air, or not as planned: codes for the log, sentences for villager and
 * inspector. */
#ifndef VX_PROOF_REASON_H
#define VX_PROOF_REASON_H

#include "base/buf.h"

#include <jansson.h>

/* Whose doing it was, for "why did it not play?": X(name, code, Vietnamese, English). */
#define CAUSES(X)                                                                                  \
	X(TIMETABLE, "timetable", "lịch phát", "the timetable")                                    \
	X(PERSON, "person", "con người", "a person")                                               \
	X(CLOCK, "clock", "đồng hồ", "the clock")                                                  \
	X(DEVICE, "device", "thiết bị âm thanh", "the sound device")                               \
	X(DISK, "disk", "đĩa, tệp", "the disk or a file")                                          \
	X(NETWORK, "network", "mạng", "the network")                                               \
	X(POWER, "power", "điện", "the power")                                                     \
	X(PROGRAM, "program", "chương trình", "the program")                                       \
	X(UNKNOWN, "unknown", "chưa rõ", "not known")

enum cause {
#define X(name, code, vi, en) CAUSE_##name,
	CAUSES(X)
#undef X
	CAUSE_COUNT
};

/* X(name, code, cause, Vietnamese, English). The code stands in the log and never changes its
 * meaning; cause and words may be bettered. */
#define REASONS(X)                                                                                 \
	X(POWER_OFF, "power-off", POWER, "mất điện hoặc máy tắt",                                  \
	  "the power failed or the computer was off")                                              \
	X(PROGRAM_ENDED, "program-ended", PROGRAM,                                                 \
	  "chương trình đài dừng bất thường hoặc chưa chạy, máy vẫn bật",                          \
	  "the station program had ended or was not started; the computer was on")                 \
	X(NOT_RUNNING, "not-running", UNKNOWN,                                                     \
	  "đài không chạy; không rõ do mất điện, tắt máy hay chương trình dừng",                   \
	  "the station was not running; whether power, computer or program failed is not known")   \
	X(LATE, "late", TIMETABLE, "đã quá giờ, muộn hơn mức khung giờ này cho phép",              \
	  "it was too late: later than this slot allows")                                          \
	X(SAVED_LATE, "saved-late", TIMETABLE, "lịch được lưu khi giờ phát đã qua",                \
	  "the timetable was saved after its start")                                               \
	X(SLOT_FULL, "slot-full", TIMETABLE, "khung giờ không còn chỗ",                            \
	  "there was no time left in the slot")                                                    \
	X(SLOT_TAKEN, "slot-taken", TIMETABLE, "một khung giờ khác đã chiếm loa vào lúc đó",       \
	  "another slot held the loudspeakers at that time")                                       \
	X(MISSING_FILE, "missing-file", DISK, "không tìm thấy tệp âm thanh",                       \
	  "the sound file is not there")                                                           \
	X(DAMAGED_FILE, "damaged-file", DISK, "tệp âm thanh bị hỏng, không đọc được",              \
	  "the sound file is damaged and cannot be read")                                          \
	X(MASTER_CHANGED, "master-changed", DISK,                                                  \
	  "tệp âm thanh không còn là tệp đã duyệt: bị thay hoặc bị hỏng; xin nạp lại tệp gốc",     \
	  "the sound file is no longer the one that was approved: it was replaced or is damaged; " \
	  "please add the original again")                                                         \
	X(NOTHING_TO_PLAY, "nothing-to-play", TIMETABLE,                                           \
	  "không có bản tin nào đã duyệt hợp với khung giờ",                                       \
	  "no approved bulletin fits the slot")                                                    \
	X(RELAY_NOT_SUPPORTED, "relay-not-supported", PROGRAM, "chưa tiếp âm được đài cấp trên",   \
	  "relaying another station is not possible yet")                                          \
	X(RELAY_UNKNOWN, "relay-unknown", TIMETABLE,                                               \
	  "cài đặt không có nguồn tiếp âm mà khung giờ này cần",                                   \
	  "the settings have no relay of the name that the slot wants")                            \
	X(RELAY_LOST, "relay-lost", NETWORK,                                                       \
	  "mất tín hiệu của đài cấp trên, hoặc không nối được tới đài đó",                         \
	  "the upper station's signal was lost, or it could not be connected to")                  \
	X(RELAY_SILENT, "relay-silent", NETWORK,                                                   \
	  "đài cấp trên có tín hiệu nhưng im tiếng",                                               \
	  "the upper station was there, and silent")                                               \
	X(RELAY_GAPS, "relay-gaps", NETWORK, "tín hiệu của đài cấp trên có đoạn bị đứt",           \
	  "there were gaps in the upper station's signal")                                         \
	X(RELAY_BACK, "relay-back", NETWORK, "đài cấp trên có tiếng trở lại",                      \
	  "the upper station was back")                                                            \
	X(QUIET_HOURS, "quiet-hours", TIMETABLE, "rơi vào giờ yên tĩnh mà chưa có ai xác nhận",    \
	  "it fell into quiet hours and nobody had confirmed it")                                  \
	X(SKIPPED, "skipped-once", PERSON, "được cho nghỉ riêng lần này",                          \
	  "somebody had skipped it this once")                                                     \
	X(PAUSED, "paused", PERSON,                                                                \
	  "khung giờ đang được tạm dừng", "somebody had paused the slot")                          \
	X(CUT_BY_OPERATOR, "cut-by-operator", PERSON, "người trực đã ngắt",                        \
	  "the operator cut it")                                                                   \
	X(HELD_BY_OPERATOR, "held-by-operator", PERSON, "người trực đang tạm dừng phát",           \
	  "the operator was holding the air")                                                      \
	X(STATION_STOPPED, "station-stopped", PERSON, "chương trình đài được dừng theo lệnh",      \
	  "the station was stopped on purpose")                                                    \
	X(MACHINE_SLEPT, "machine-slept", POWER, "máy tính ngủ",                                   \
	  "the computer was asleep")                                                               \
	X(CLOCK_UNTRUSTED, "clock-untrusted", CLOCK, "đồng hồ máy không đáng tin",                 \
	  "the computer's clock could not be trusted")                                             \
	X(CLOCK_FORWARD, "clock-stepped-forward", CLOCK,                                           \
	  "đồng hồ bị chỉnh tới, giờ phát đã trôi qua",                                            \
	  "the clock was set forward past the time to air")                                        \
	X(DEVICE_LOST, "device-lost", DEVICE, "mất thiết bị âm thanh, tiếng không ra loa",         \
	  "the sound device was gone: nothing reached the loudspeakers")                           \
	X(DISK_FULL, "disk-full", DISK, "đĩa đầy", "the disk was full")                            \
	X(DISK_STALLED, "disk-stalled", DISK,                                                      \
	  "đĩa không trả lời nên trước giờ phát không kịp ghi nhật ký hoặc mở tệp âm thanh",       \
	  "the disk did not answer: the log could not be written in time, or the sound opened")    \
	X(LOG_UNWRITABLE, "log-unwritable", DISK, "không ghi được nhật ký nên không được phát",    \
	  "the log could not be written, and nothing airs unwritten")                              \
	X(NEW_VERSION, "new-version", PERSON, "bản tin đã được thay bằng bản mới",                 \
	  "a new version had taken the bulletin's place")                                          \
	X(WITHDRAWN, "withdrawn", PERSON, "bản tin đã bị rút lại", "the bulletin was withdrawn")   \
	X(TIMETABLE_CHANGED, "timetable-changed", TIMETABLE, "lịch phát đã đổi trước giờ phát",    \
	  "the timetable was changed before the time to air")                                      \
	X(OVERRUN, "overrun", TIMETABLE, "hết giờ của khung, phần còn lại bị bỏ",                  \
	  "the slot's time was over; the rest was left out")                                       \
	X(REPLACED_BY_OPERATOR, "replaced-by-operator", PERSON,                                    \
	  "người trực cho phát nội dung khác",                                                     \
	  "the operator played something else instead")                                            \
	X(EMERGENCY, "emergency", PERSON, "nhường sóng cho thông báo khẩn cấp",                    \
	  "an emergency announcement took the air")                                                \
	X(EMERGENCY_DRILL, "emergency-drill", PERSON, "nhường sóng cho diễn tập báo động",         \
	  "an emergency drill took the air")                                                       \
	X(RESUMED, "resumed", PERSON,                                                              \
	  "đây là phần còn lại, phát tiếp sau khi nhường sóng khẩn cấp; cộng với phần trước mới "  \
	  "đủ bản tin",                                                                            \
	  "this is the rest, after an emergency took the air; only with the part before it is "    \
	  "it whole")                                                                              \
	X(AFTER_BREAK, "after-break-drop", TIMETABLE,                                              \
	  "khung giờ này không phát tiếp nội dung đã nhường sóng khẩn cấp",                        \
	  "this slot does not go on with what an emergency broke off")                             \
	X(NEARLY_OVER, "nearly-over", TIMETABLE, "chỉ còn vài giây cuối, không phát tiếp",         \
	  "only its last seconds were left")                                                       \
	X(LIVE_VOICE, "live-voice", PERSON, "đang có người nói trực tiếp",                         \
	  "somebody was speaking live")                                                            \
	X(VOICE_LOST, "voice-lost", NETWORK, "mất kết nối với người đang nói trực tiếp",           \
	  "the connection with whoever was speaking was lost")                                     \
	X(MICROPHONE_LOST, "microphone-lost", DEVICE,                                              \
	  "micrô của máy đài không có tín hiệu (không có micrô, rút dây, tắt máy)",                \
	  "the station's microphone gave no sound (none there, unplugged, switched off)")          \
	X(VOICE_GAPS, "voice-gaps", NETWORK, "lời nói trực tiếp có đoạn bị đứt",                   \
	  "there were gaps in the live voice")                                                     \
	X(VOICE_LIMIT, "voice-limit", PERSON, "hết thời gian cho phép nói trực tiếp",              \
	  "the time that somebody may speak live was over")                                        \
	X(VOICE_ENDED, "voice-ended", PERSON, "người nói đã dừng trước khi nói",                   \
	  "whoever was to speak had stopped before the first word")                                \
	X(EMERGENCY_ENDED, "emergency-ended", PERSON, "thông báo khẩn cấp đã được cho kết thúc",   \
	  "the emergency was ended")                                                               \
	X(STARVED, "starved", DISK, "đọc tệp không kịp, có đoạn bị im",                            \
	  "the file could not be read in time; parts were silent")                                 \
	X(DEAD_AIR, "dead-air", PROGRAM,                                                           \
	  "tệp có tiếng mà loa im lặng, đài đã chuyển sang nội dung khác",                         \
	  "the file had sound and nothing was heard: something else was begun")                    \
	X(QUARANTINED, "quarantined", PROGRAM,                                                     \
	  "bị cách ly (để riêng): hai lần liền chương trình đài dừng khi phát tệp này",            \
	  "it was put aside: twice in a row the station program ended while it was on air")        \
	X(LOG_LOST, "log-lost", UNKNOWN,                                                           \
	  "sổ của khoảng này bị mất: không biết có phát hay không",                                \
	  "the log of that time is lost: nobody knows whether it aired")                           \
	X(INTERNAL, "internal", PROGRAM, "lỗi bên trong chương trình",                             \
	  "a fault inside the program")

enum reason {
#define X(name, code, cause, vi, en) REASON_##name,
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

/* "power" … of a reason's code; NULL for "" and NULL; "unknown" for one that is not ours. */
const char *reason_cause(const char *code);

/* The word for a cause's code in the language of the process; "" for NULL. */
const char *reason_cause_text(const char *cause);

/* In both languages, as reason_texts. */
json_t *reason_cause_texts(const char *cause);

/* The word for an airing's result ("full", "missed", …) or fate (row_fate) in the language of the
 * process. */
const char *reason_result_text(const char *result);

/* Appends all codes and words, and which cause each reason names. */
void reason_list(struct buf *out);

#endif
