/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings: what the program has to tell, kept as a code with its figures, and put into words only
 * when somebody reads it, in the reader's language. */
#ifndef VX_BASE_SAYING_H
#define VX_BASE_SAYING_H

#include "base/buf.h"
#include "base/saying_air.h"
#include "base/saying_alarm.h"
#include "base/saying_entry.h"
#include "base/saying_outside.h"
#include "base/saying_received.h"
#include "base/saying_relay.h"
#include "base/saying_tomorrow.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* X(name, code, Vietnamese, English). The code stands in the log and never changes its meaning;
 * {name} is filled with that member of the saying: text, number, list, or another saying. A number
 * whose name ends in _s is a length: "12,5 giây", "12.5 seconds", "3:05", "1:02:03". A text that is
 * a day or a moment as entries have it is told as people write it: "23/11/2026". */
#define SAYINGS(X)                                                                                 \
	/* Of airings. */                                                                          \
	X(LAST_ALIVE, "last-alive", "dấu hiệu hoạt động cuối cùng lúc {at}",                       \
	  "last sign of life at {at}")                                                             \
	X(NEVER_BEGAN, "never-began", "chưa bắt đầu; dừng trước giờ phát, sau lúc {at}",           \
	  "it had not begun: the program ended before its time, after {at}")                       \
	X(NO_DEVICE, "no-device", "không đưa ra thiết bị nào", "not sent to a device")             \
	X(DEVICE_IN_PART, "device-in-part",                                                        \
	  "thiết bị mất hoặc trở lại giữa chừng, chỉ một phần ra loa",                             \
	  "the device was lost or came back meanwhile: only a part was sent to it")                \
	X(DEVICE_GAPS, "device-gaps", "thiết bị có đoạn im vì máy không kịp",                      \
	  "the device played gaps")                                                                \
	SAYINGS_RECEIVED(X)                                                                \
	/* Of a slot that somebody has taken off. */                                               \
	/* Zones that did not hear it, or not to its end; device: what else there is to say. */    \
	X(ZONES_SILENT, "zones-silent", "không phát ở mọi loa: {zones}",                           \
	  "not in all zones: {zones}")                                                             \
	X(ZONES_SILENT_AND, "zones-silent-and", "không phát ở mọi loa: {zones}; {device}",         \
	  "not in all zones: {zones}; {device}")                                                   \
	X(ZONE_CUT, "zone-cut", "loa {zone} bị ngắt từ {at}", "zone {zone} was cut at {at}")       \
	X(ZONE_TAKEN, "zone-taken", "loa {zone} nhường cho nội dung khác từ {at}",                 \
	  "zone {zone} was taken by something else at {at}")                                       \
	X(ZONE_PARTED, "zone-parted", "loa {zone} phải nhường {missed_s} cho lệnh khẩn cấp",       \
	  "zone {zone} had to give {missed_s} of it to an emergency")                              \
	X(ZONE_NO_DEVICE, "zone-no-device", "loa {zone} không có thiết bị phát",                   \
	  "zone {zone} had no device")                                                             \
	X(ZONE_IN_PART, "zone-in-part",                                                            \
	  "loa {zone} chỉ phát một phần vì thiết bị mất hoặc trở lại giữa chừng",                  \
	  "zone {zone} only in part: its device was lost or came back meanwhile")                  \
	X(ZONE_GAPS, "zone-gaps", "loa {zone} có đoạn im vì máy không kịp",                        \
	  "zone {zone} with gaps that its device played")                                          \
	X(OFF_BECAUSE, "off-because", "lý do: {reason}", "reason: {reason}")                       \
	/* Of what a change of the timetable does. */                                              \
	X(EFFECT_APPEARS, "effect-appears",                                                \
	  "“{slot}”: thêm lúc {start}, dài {length_s} ({days})",                           \
	  "“{slot}”: added at {start}, {length_s} long ({days})")                          \
	X(EFFECT_GOES, "effect-goes",                                                      \
	  "“{slot}”: không còn lúc {was} ({days})",                                        \
	  "“{slot}”: no longer at {was} ({days})")                                         \
	X(EFFECT_MOVES, "effect-moves",                                                    \
	  "“{slot}”: chuyển từ {was} sang {start} ({days})",                               \
	  "“{slot}”: moves from {was} to {start} ({days})")                                \
	X(EFFECT_LENGTH, "effect-length",                                                  \
	  "“{slot}” lúc {start}: dài {length_s}, trước là {was_s} ({days})",               \
	  "“{slot}” at {start}: {length_s} long, was {was_s} ({days})")                    \
	X(EFFECT_ZONES, "effect-zones",                                                    \
	  "“{slot}” lúc {start}: phát ra {zones}, trước là {was} ({days})",                \
	  "“{slot}” at {start}: goes to {zones}, was {was} ({days})")                      \
	X(EFFECT_VOLUME, "effect-volume",                                                  \
	  "“{slot}” lúc {start}: âm lượng {volume_db} dB, trước là {was_db} dB "           \
	  "({days})",                                                                      \
	  "“{slot}” at {start}: volume {volume_db} dB, was {was_db} dB ({days})")          \
	X(EFFECT_SILENT, "effect-silent",                                                  \
	  "“{slot}” lúc {start} sẽ không phát: {why} ({days})",                            \
	  "“{slot}” at {start} will not air: {why} ({days})")                              \
	X(EFFECT_TAKEN, "effect-taken",                                                    \
	  "“{slot}” lúc {start} sẽ không phát vì “{taken_by}” chiếm loa ({days})",         \
	  "“{slot}” at {start} will not air because “{taken_by}” takes the "               \
	  "loudspeakers ({days})")                                                         \
	X(EFFECT_SHORTENED, "effect-shortened",                                            \
	  "“{slot}” lúc {start} chỉ còn {length_s} vì “{taken_by}” bắt đầu "               \
	  "({days})",                                                                      \
	  "“{slot}” at {start} ends after {length_s} because “{taken_by}” begins "         \
	  "({days})")                                                                      \
	X(EFFECT_SOUNDS, "effect-sounds",                                                  \
	  "“{slot}” lúc {start} sẽ phát, trước đó thì không ({days})",                     \
	  "“{slot}” at {start} will air, and would not have ({days})")                     \
	X(EFFECT_QUIET, "effect-quiet",                                                    \
	  "“{slot}” lúc {start} phát trong giờ yên tĩnh, người cho phép: {by} "            \
	  "({days})",                                                                      \
	  "“{slot}” at {start} airs within quiet hours, confirmed by: {by} "               \
	  "({days})")                                                                      \
	X(CAP_FOREIGN, "cap-foreign",                                                      \
	  "Một bản tin CAP ký bằng khóa “{key}” (nơi gửi: {sender}) muốn kết thúc hay thay lệnh " \
	  "khẩn cấp của nơi khác: đã từ chối",                                             \
	  "A CAP message signed by the key “{key}” (sender: {sender}) wanted to end or replace " \
	  "another's emergency: refused")                                                  \
	X(EFFECT_GAINS, "effect-gains",                                                    \
	  "“{slot}” lúc {start} có thêm “{title}” ({days})",                               \
	  "“{slot}” at {start} gets “{title}” ({days})")                                   \
	X(EFFECT_LOSES, "effect-loses",                                                    \
	  "“{slot}” lúc {start} không còn “{title}” ({days})",                             \
	  "“{slot}” at {start} loses “{title}” ({days})")                                  \
	X(EFFECT_LOST, "effect-lost",                                                      \
	  "“{title}” sẽ không phát lần nào trong 7 ngày tới",                              \
	  "“{title}” will not air at all in the next 7 days")                              \
	X(EFFECT_CUT, "effect-cut",                                                        \
	  "“{slot}” đang phát sẽ bị ngắt lúc {start} vì “{taken_by}” bắt đầu",             \
	  "“{slot}” is on air and will be cut at {start} because “{taken_by}” "            \
	  "begins")                                                                        \
	X(EFFECT_GOES_ON, "effect-goes-on",                                                \
	  "“{slot}” đang phát thì vẫn phát cho hết",                                       \
	  "“{slot}” is on air and plays to its end")                                       \
	X(EFFECT_JOINS, "effect-joins",                                                    \
	  "“{slot}” lúc {start}: giờ bắt đầu đã qua; lưu xong là phát ngay",               \
	  "“{slot}” at {start}: its start has passed; it is joined once this is saved")    \
	X(EFFECT_TOO_LATE, "effect-too-late",                                              \
	  "“{slot}” lúc {start}: giờ bắt đầu đã qua; phần lẽ ra đã phát thì lần này bỏ",   \
	  "“{slot}” at {start}: its start has passed; what should have begun by now is "   \
	  "not heard this time")                                                           \
	/* Why nothing of a bulletin or a slot was planned on a day. */                           \
	X(WHY_WAITING, "why-waiting", "bản tin chưa được duyệt", "nobody has approved it yet")     \
	X(WHY_NOT_YET_RECEIVED, "why-not-yet-received", "đến {at} đài mới nhận bản tin",           \
	  "it was received only on {at}")                                                          \
	X(WHY_REFUSED, "why-refused", "bản tin bị từ chối lúc {at}: {why}",                        \
	  "it was refused at {at}: {why}")                                                         \
	X(WHY_WITHDRAWN, "why-withdrawn", "bản tin bị rút lại lúc {at}: {why}",                    \
	  "it was withdrawn at {at}: {why}")                                                       \
	X(WHY_REPLACED, "why-replaced", "bản tin đã được thay bằng bản mới {by}",                  \
	  "the new version {by} has taken its place")                                              \
	X(WHY_TOO_EARLY, "why-too-early", "bản tin chỉ được phát từ ngày {from}",                  \
	  "it may air from {from} on")                                                             \
	X(WHY_EXPIRED, "why-expired", "bản tin chỉ được phát đến hết ngày {to}",                   \
	  "it might air until {to}")                                                               \
	X(WHY_NOT_YET_APPROVED, "why-not-yet-approved", "đến {at} bản tin mới được duyệt",         \
	  "it was approved only at {at}")                                                          \
	X(WHY_NO_SLOT, "why-no-slot", "ngày này không có khung giờ nào nhận bản tin này",          \
	  "no slot of that day takes this bulletin")                                               \
	X(WHY_SINCE, "why-since", "đến {at} lịch mới có khung giờ ấy, khi giờ phát đã qua",        \
	  "the timetable has that slot only since {at}, when its time was past")                   \
	X(WHY_REPLACED_BY, "why-replaced-by",                                                      \
	  "ngày này lịch “{name}” thay lịch có khung giờ ấy; căn cứ: {basis}",                     \
	  "on that day the timetable “{name}” stands in for the one with that slot; by: {basis}")  \
	X(WHY_NOT_THAT_DAY, "why-not-that-day", "ngày này lịch không có khung giờ ấy",             \
	  "the timetable does not have that slot on that day")                                     \
	/* Of what operators ordered. */                                                           \
	X(CUT, "cut", "người trực ngắt: {zones}", "an operator cut: {zones}")                      \
	X(RESUMED, "resume", "người trực cho phát tiếp: {zones}", "an operator resumed: {zones}")  \
	X(CLOCK_TRUSTED, "clock-trusted", "người trực xác nhận đồng hồ đúng",                      \
	  "an operator vouched for the clock")                                                     \
	/* Of devices. */                                                                          \
	X(SINK_SIGNAL, "sink-signal", "tiến trình phát bị dừng bởi tín hiệu {number}",             \
	  "the sound process was ended by signal {number}")                                        \
	X(SINK_STATUS, "sink-status", "tiến trình phát kết thúc với mã {number}",                  \
	  "the sound process ended with status {number}")                                          \
	X(NO_ANSWER, "device-no-answer",                                                           \
	  "thiết bị không mở được: hệ thống âm thanh không trả lời",                               \
	  "the device does not open: the sound system does not answer")                            \
	X(NO_PACE, "device-no-pace",                                                               \
	  "thiết bị không giữ nhịp thời gian thực (tệp hoặc thiết bị giả?)",                       \
	  "the device does not keep real time (a file or a null device?)")                         \
	X(UNSTEADY, "device-unsteady",                                                             \
	  "nhịp của thiết bị nhảy liên tục; kiểm tra cáp, máy chủ âm thanh, tải máy",              \
	  "the device's clock keeps jumping; check cable, sound server, load")                     \
	X(STALLED, "device-stalled", "thiết bị không lấy âm thanh nữa (máy chủ âm thanh chết?)",   \
	  "the device takes no more sound (a dead sound server?)")                                 \
	X(ENDED, "device-ended", "thiết bị đã ngừng phát (rút dây, hoặc máy chủ âm thanh dừng)",   \
	  "the device stopped playing (unplugged, or the sound server ended)")                     \
	X(NO_SOUND_CARD, "no-sound-card",                                                         \
	  "máy này không có thiết bị phát âm thanh nào",                                          \
	  "this machine has no sound output device")                                              \
	X(NO_SUCH_CARD, "no-such-card",                                                           \
	  "không có thiết bị “{name}”; máy này có: {have}",                                       \
	  "no device \"{name}\"; this machine has: {have}")                                       \
	X(FEW_CHANNELS, "few-channels",                                                           \
	  "“{name}” chỉ có {has} kênh, station.yaml cần kênh {wants}",                            \
	  "\"{name}\" has only {has} channels, station.yaml asks for channel {wants}")            \
	X(BAD_FORMAT, "bad-format",                                                               \
	  "“{name}” không nhận 48000 Hz, {wants} kênh ({why}); nó có {hz} Hz, {has} kênh",        \
	  "\"{name}\" refuses 48000 Hz, {wants} channels ({why}); it has {hz} "                   \
	  "Hz, {has} channels")                                                                   \
	X(NO_PORTAUDIO, "no-portaudio",                                                           \
	  "PortAudio không khởi động được: {why}",                                                \
	  "PortAudio does not start: {why}")                                                      \
	/* Banners. */                                                                             \
	SAYINGS_ALARM(X)                                                                           \
	X(DEVICE_SILENT, "device-silent",                                                          \
	  "Không có tiếng ra thiết bị \"{device}\": {fault}. Đài vẫn chạy và tự thử lại.",         \
	  "No sound to device \"{device}\": {fault}. The station goes on and tries again.")        \
	X(CLOCK_UNSYNCED, "clock-unsynced", "Đồng hồ máy chưa đồng bộ qua mạng.",                  \
	  "The clock is not synchronised over the network.")                                       \
	X(CLOCK_BEFORE, "clock-before",                                                            \
	  "đồng hồ sớm hơn những gì đã ghi trong nhật ký (pin đồng hồ hết?); đặt lại giờ để lịch " \
	  "phát chạy tiếp",                                                                        \
	  "the clock is earlier than what the log holds (a dead battery?); set it so that the "    \
	  "timetable can go on")                                                                   \
	X(CLOCK_TOO_FAR, "clock-too-far",                                                          \
	  "đồng hồ đi trước nhiều năm và chưa đồng bộ; kiểm tra và đặt lại giờ",                   \
	  "the clock is years ahead and not synchronised; look at it and set it")                  \
	X(CLOCK_SYNCED, "clock-synced", "đồng hồ đã đồng bộ", "the clock is synchronised")         \
	X(CLOCK_LIKELY, "clock-likely",                                                            \
	  "đồng hồ chưa đồng bộ với máy chủ giờ; giờ phát có thể lệch",                            \
	  "the clock is not synchronised; times may be off")                                       \
	X(DISK_LOW, "disk-low", "Đĩa sắp đầy: xóa bớt tệp khác, không xóa thư mục log.",           \
	  "The disk is nearly full: remove other files, never log.")                               \
	X(DISK_STALLED, "disk-stalled",                                                            \
	  "Đĩa không trả lời từ {since}. Phát khẩn cấp vẫn kêu ngay; mục theo lịch chưa ghi "      \
	  "được nhật ký thì chưa phát. Nếu còn lâu hoặc hay lặp lại, đĩa sắp hỏng: sao lưu và "    \
	  "thay đĩa (thẻ nhớ).",                                                                   \
	  "The disk has not answered since {since}. Emergencies sound at once; what the "          \
	  "timetable holds does not air until the log can be written. If this lasts, or comes "    \
	  "again, the disk is failing: back up, and replace it (the card).")                       \
	X(VIEW_BEHIND, "view-behind",                                                              \
	  "Bảng tra chưa theo kịp nhật ký (đĩa đầy?): trang và vangxa log thiếu việc mới, "        \
	  "còn nhật ký vẫn đủ. Dọn đĩa: bảng tự theo kịp.",                                        \
	  "The view lags behind the log (is the disk full?): pages and vangxa log lack what is "   \
	  "new; the log has it. Make room: the view catches up by itself.")                        \
	X(LOG_UNSIGNED, "log-unsigned",                                                            \
	  "Nhật ký ghi được nhưng chưa ký được phần mới nhất (đĩa đầy hoặc hỏng?). Dọn đĩa; "      \
	  "nếu vẫn báo, hãy chạy vangxa verify.",                                                  \
	  "The log is written, but its newest part could not be signed (is the disk full or "      \
	  "failing?). Make room; if this stays, run vangxa verify.")                               \
	X(LOG_CONTINUED, "log-continued",                                                          \
	  "Nhật ký cũ không còn như lúc đã ký (đĩa được chép lại, mất khóa hoặc bị sửa): đài giữ " \
	  "nguyên nó và đang ghi nhật ký mới. Người kiểm tra sẽ hỏi vì sao; chạy vangxa verify.",  \
	  "The old log is not what was signed (a restored disk, a lost key or a change): it is "   \
	  "kept as it is, and a new log is being written. An inspector will ask why; run "         \
	  "vangxa verify.")                                                                        \
	X(PAST_LOST, "past-lost",                                                                  \
	  "Sổ của khoảng từ {from} đến {to} bị mất: không biết có phát hay không. Bản tin có thể " \
	  "đã bị rút sau {from} mà nay lại là đã duyệt: hãy xem lại từng bản tin.",                \
	  "The log from {from} to {to} is lost: nobody knows what aired. A bulletin may have been "\
	  "withdrawn after {from} and be approved again: look over each of them.")                 \
	X(VIEW_IN_MEMORY, "view-in-memory",                                                        \
	  "Không ghi được bảng tra lên đĩa (đĩa đầy?): trang vẫn đủ, nhưng vangxa log đọc bản "    \
	  "cũ. Dọn đĩa rồi khởi động lại đài.",                                                    \
	  "The view cannot be written to the disk (is it full?): pages have everything, but "      \
	  "vangxa log reads an old copy. Make room, then start the station again.")                \
	X(APPROVERS_FEW, "approvers-few",                                                          \
	  "Đài cần hai người duyệt mà mới có {have} tài khoản được duyệt: không bản tin nào duyệt "\
	  "xong trên trang được. Người quản trị thêm tài khoản ở trang Người dùng, hoặc ghi "      \
	  "persons: 1 ở mục approval của station.yaml.",                                           \
	  "Two persons must approve, and {have} accounts may: no bulletin can be approved on "     \
	  "the page. The administrator adds accounts on the page Users, or writes "                \
	  "persons: 1 under approval in station.yaml.")                                            \
	X(LOG_OLDER, "log-older",                                                                  \
	  "Bản ghi âm {file} (ghi đến {written}) mới hơn mục cuối của nhật ký ({last}): nhật ký "  \
	  "có thể đã bị thay bằng một bản sao cũ. Hãy tìm bản mới hơn của thư mục đài, và báo "    \
	  "cho nơi kiểm tra.",                                                                     \
	  "The recording {file} (written until {written}) is newer than the log's last entry "     \
	  "({last}): the log may be an older copy. Look for a newer copy of the station's folder," \
	  " and tell whoever inspects.")                                                           \
	X(NO_ENCODER, "no-encoder", "Không ghi âm, không phát trực tuyến được.",                   \
	  "No recording and no live stream.")                                                      \
	SAYINGS_OUTSIDE(X)                                                                 \
	SAYINGS_RELAY(X)                                                                   \
	SAYINGS_AIR(X)                                                                     \
	SAYINGS_ENTRY(X)                                                                   \
	SAYINGS_TOMORROW(X)                                                                \
	X(NEW_FILES_FAULTY, "new-files-faulty",                                                    \
	  "Lịch mới có lỗi nên đài vẫn chạy lịch cũ: {place}: {fault}",                            \
	  "The new timetable has a fault, the old one stays on air: {place}: {fault}")             \
	X(NEW_FILES_UNREADABLE, "new-files-unreadable",                                            \
	  "Không đọc được lịch mới nên đài vẫn chạy lịch cũ: {fault}",                             \
	  "The new timetable cannot be read, the old one stays on air: {fault}")                   \
	X(WIRING_CHANGED, "wiring-changed",                                                        \
	  "Cụm loa hoặc thiết bị trong station.yaml đã đổi: khởi động lại đài để có hiệu lực",     \
	  "Zones or devices in station.yaml changed: restart the station")

enum saying {
#define X(name, code, vi, en) SAYING_##name,
	SAYINGS(X)
#undef X
	SAYING_COUNT
};

/* Its code, as the log has it. */
const char *saying_code(enum saying s);

/* Appends all codes and words: who has the same says the same. */
void saying_list(struct buf *out);

/* A saying as one line of JSON for a fixed buffer (takes the reference). Half a line says nothing:
 * one that does not fit is kept in words, in the language of the process. */
void saying_keep(char *out, size_t size, json_t *said);

json_t *saying_coded(const char *code); /* of a code that something has kept */

/* {"code": …}, the caller's, to which figures are added: numbers ("…_s" a length of time), texts,
 * {"vi", "en"} for a text in both languages, other sayings, and arrays of these. */
json_t *saying(enum saying s);

/* For a fixed buffer: the saying as one line of JSON, with one figure (takes the reference; key
 * NULL: none). */
void saying_store(char *out, size_t size, enum saying s, const char *key, json_t *figure);

/* What stands in a buffer, an entry or the view: a saying, or words that an older program or the
 * system below wrote, which stay as they are. NULL for "". The caller's. */
json_t *saying_read(const char *stored);

/* In words: of a saying, or of text as it stands; "" for NULL and null; the code itself when it is
 * not one of ours. Cut at a character. */
void saying_words(const json_t *said, bool english, char *out, size_t size);

/* saying_words of saying_read, in the language of the process. */
void saying_tell(const char *stored, char *out, size_t size);

/* {"vi": …, "en": …}: for whoever shows it to several readers; the caller's. */
json_t *saying_texts(const json_t *said);

#endif
