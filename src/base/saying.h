/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings: what the program has to tell, kept as a code with its figures, and put into words only
 * when somebody reads it, in the reader's language. */
#ifndef VX_BASE_SAYING_H
#define VX_BASE_SAYING_H

#include "base/saying_alarm.h"
#include "base/saying_outside.h"
#include "base/saying_tomorrow.h"
#include "base/saying_relay.h"

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
	/* Of bulletins as they were handed in. */						   \
	X(CUT_SHORT, "cut-short",								   \
	  "tệp ghi là dài {said_s} nhưng chỉ đọc được {came_s}: có thể đã bị cắt khi "		   \
	  "gửi; xin nghe lại trước khi phát",							   \
	  "the file says it is {said_s} long, but only {came_s} could be read: it "		   \
	  "may have been cut short on the way; please listen to it before it airs")		   \
	X(TORN, "torn",										   \
	  "tệp đứt đoạn hoặc thiếu phần cuối, đọc được {came_s}: có thể đã bị cắt "		   \
	  "khi gửi; xin nghe lại trước khi phát",						   \
	  "the file is torn or its end is missing; {came_s} could be read: it may "		   \
	  "have been cut short on the way; please listen to it before it airs")			   \
	X(SILENT, "silent",									   \
	  "tệp im lặng, không nghe thấy gì; xin kiểm tra lại bản ghi âm",			   \
	  "the file is silent, nothing can be heard in it; please check the recording")		   \
	X(VERY_SHORT, "very-short",								   \
	  "tệp chỉ dài {length_s}; xin kiểm tra có gửi nhầm tệp không",				   \
	  "the file is only {length_s} long; please check that it is the right one")		   \
	X(CLIPPED, "clipped",									   \
	  "tiếng bị vỡ {times} lần vì thu quá to; xin thu lại với mức micrô nhỏ hơn",		   \
	  "the sound is clipped {times} times, it was recorded too loud; please "		   \
	  "record again with the microphone turned down")					   \
	X(SILENT_HEAD, "silent-head",								   \
	  "đầu tệp im lặng {length_s}; xin cắt bớt",						   \
	  "the file begins with {length_s} of silence; please cut it off")			   \
	X(SILENT_TAIL, "silent-tail",								   \
	  "cuối tệp im lặng {length_s}; xin cắt bớt",						   \
	  "the file ends with {length_s} of silence; please cut it off")			   \
	X(SILENT_MIDDLE, "silent-middle",							   \
	  "giữa tệp có đoạn im lặng {length_s}, từ {at_s}; xin nghe lại đoạn đó",		   \
	  "there is a silence of {length_s} at {at_s}; please listen to that place")		   \
	X(ONE_CHANNEL, "one-channel",								   \
	  "tệp hai kênh nhưng chỉ kênh {channel} có tiếng; loa vẫn phát đủ, xin kiểm "		   \
	  "tra dây micrô, lần sau thu một kênh (mono)",						   \
	  "the file has two channels but sound in number {channel} only; the "			   \
	  "loudspeakers play it all the same; please check the microphone's cable "		   \
	  "and record in one channel (mono)")							   \
	X(CANCELLED, "cancelled",								   \
	  "hai kênh ngược pha, trộn lại thì mất tiếng {lost_db} dB; xin đảo lại một "		   \
	  "đầu dây hoặc thu một kênh (mono)",							   \
	  "the two channels are of opposite phase and lose {lost_db} dB when mixed; "		   \
	  "please turn one plug round or record in one channel (mono)")				   \
	X(NARROW, "narrow-band",								   \
	  "tiếng hẹp như qua điện thoại (không có gì trên 4 kHz), nghe khó rõ; nếu "		   \
	  "được, xin thu bằng máy ghi âm",							   \
	  "the sound is narrow as over a telephone (nothing above 4 kHz) and hard to "		   \
	  "understand; if possible record it with a recorder")					   \
	X(NOISY, "noisy",									   \
	  "nhiều tạp âm: tiếng nói chỉ hơn nền {snr_db} dB; xin thu lại ở nơi yên "		   \
	  "tĩnh, micrô gần miệng",								   \
	  "much noise: the speech is only {snr_db} dB above it; please record again "		   \
	  "in a quiet place, close to the microphone")						   \
	X(QUIET, "quiet",									   \
	  "tiếng rất nhỏ ({level_db} dB): đài sẽ tự nâng lên cho bằng các bản tin khác, nhưng "	   \
	  "tạp âm cũng to theo; xin thu lại, micrô gần miệng hơn",				   \
	  "the sound is very soft ({level_db} dB): the station raises it to the level of the "	   \
	  "others, and the noise with it; please record again, closer to the microphone")	   \
	X(OFFSET, "dc-offset",									   \
	  "sóng âm lệch khỏi giữa {percent} % (lỗi máy thu), phát ra có thể kêu lụp "		   \
	  "bụp; xin thu bằng máy hoặc dây khác",						   \
	  "the sound is {percent} % off its middle (a fault of the recorder) and may "		   \
	  "thump on air; please record with another device or cable")				   \
	X(SAME_FILE, "same-file",								   \
	  "đúng tệp này đã có: {bulletin} \"{title}\" gửi ngày {day}{under}; xin "		   \
	  "kiểm tra để không phát và tính tiền hai lần",					   \
	  "this very file is here already: {bulletin} \"{title}\" of {day}{under}; "		   \
	  "please check that it is not aired and paid for twice")				   \
	X(SAME_SOUND, "same-sound",								   \
	  "âm thanh này đã có: {bulletin} \"{title}\" gửi ngày {day}{under}; xin "		   \
	  "kiểm tra để không phát và tính tiền hai lần",					   \
	  "this sound is here already: {bulletin} \"{title}\" of {day}{under}; "		   \
	  "please check that it is not aired and paid for twice")				   \
	X(SOUNDS_SAME, "sounds-same",								   \
	  "nghe giống {bulletin} \"{title}\" gửi ngày {day}{under}: dấu âm thanh "		   \
	  "trùng {percent} % (hai bản khác nhau trùng khoảng 50 %); xin nghe lại cả "		   \
	  "hai để không phát và tính tiền hai lần",						   \
	  "sounds the same as {bulletin} \"{title}\" of {day}{under}: {percent} % of "	   \
	  "the fingerprint is equal (of two that differ about 50 %); please listen to "		   \
	  "both, so that nothing is aired and paid for twice")					   \
	X(SAME_TITLE, "same-title",								   \
	  "đã có bản tin cùng tên, cùng độ dài: {bulletin} \"{title}\" gửi ngày "		   \
	  "{day}{under}; xin kiểm tra có gửi trùng không",					   \
	  "there is a bulletin of the same title and length: {bulletin} \"{title}\" "		   \
	  "of {day}{under}; please check that it is not sent twice")				   \
	X(UNDER_FUND, "under-fund",								   \
	  ", nguồn kinh phí {fund}",								   \
	  ", under the fund {fund}")								   \
	X(SLOT_UNKNOWN, "slot-unknown",								   \
	  "không lịch phát nào đang dùng có khung giờ \"{slot}\"; chừng nào chưa có, "		   \
	  "bản tin không phát ở đó",								   \
	  "no timetable in force has a slot \"{slot}\"; until one has, the bulletin "		   \
	  "does not air there")									   \
	X(DAYS_OVER, "days-over",								   \
	  "hạn phát {to} đã qua: bản tin sẽ không phát nữa",					   \
	  "its last day, {to}, is over: the bulletin will not air")				   \
	X(LIST_UNREADABLE, "list-unreadable",							   \
	  "{file} không đọc được, nên mã \"{name}\" chưa được kiểm tra; xem lại tệp",		   \
	  "{file} cannot be read, so the code \"{name}\" was not checked; look at "		   \
	  "the file")										   \
	/* Of a slot that somebody has taken off. */                                               \
	/* Zones that did not hear it, or not to its end; device: what else there is to say. */    \
	X(ZONES_SILENT, "zones-silent", "không phát ở mọi loa: {zones}",                           \
	  "not in all zones: {zones}")                                                             \
	X(ZONES_SILENT_AND, "zones-silent-and", "không phát ở mọi loa: {zones}; {device}",         \
	  "not in all zones: {zones}; {device}")                                                   \
	X(ZONE_CUT, "zone-cut", "loa {zone} bị ngắt từ {at}", "zone {zone} was cut at {at}")       \
	X(ZONE_TAKEN, "zone-taken", "loa {zone} nhường cho nội dung khác từ {at}",                 \
	  "zone {zone} was taken by something else at {at}")                                       \
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
	/* Why nothing of a bulletin or a slot was planned on a day. */                           \
	X(WHY_WAITING, "why-waiting", "bản tin chưa được duyệt", "nobody has approved it yet")     \
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
	X(VIEW_BEHIND, "view-behind",                                                              \
	  "Bảng tra chưa theo kịp nhật ký (đĩa đầy?): trang và vangxa log thiếu việc mới, "        \
	  "còn nhật ký vẫn đủ. Dọn đĩa rồi khởi động lại đài.",                                    \
	  "The view lags behind the log (is the disk full?): pages and vangxa log lack what is "   \
	  "new; the log has it. Make room, then start the station again.")                         \
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
	/* Entries of the log, told to people: the code is the kind. */                            \
	X(ENTRY_STARTED, "station.started",                                                \
	  "đài khởi động, VangXa {version}",                                               \
	  "the station started, VangXa {version}")                                         \
	X(ENTRY_STOPPED, "station.stopped",                                                \
	  "đài dừng theo lệnh",                                                            \
	  "the station was stopped")                                                       \
	X(ENTRY_RECOVERED, "station.recovered",                                            \
	  "đã ghi bù những gì lỡ khi đài không chạy",                                      \
	  "what was missed while the station did not run is written down")                 \
	X(ENTRY_CLOCK_STEPPED, "clock.stepped",                                            \
	  "đồng hồ bị chỉnh {by_ms} ms",                                                   \
	  "the clock was set by {by_ms} ms")                                               \
	X(ENTRY_SLEPT, "machine.slept",                                                    \
	  "máy ngủ {slept_s} giây, đến {to}",                                              \
	  "the computer slept {slept_s} s, until {to}")                                    \
	X(ENTRY_OWED, "past.owed",                                                         \
	  "từ {from} có mục chưa ghi kết quả vào nhật ký",                                 \
	  "from {from} on not every item has its row in the log yet")                      \
	X(ENTRY_ACCOUNTED, "past.accounted",                                               \
	  "mọi mục đã qua đều đã ghi kết quả vào nhật ký",                                 \
	  "every item of the past has its row in the log")                                 \
	X(ENTRY_CLOCK_CORRECTED, "clock.corrected",                                        \
	  "đồng hồ đã đồng bộ: giờ của các mục từ {from_n} đến {to_n} lệch {offset_ms} ms",  \
	  "the clock is synchronised: the times of entries {from_n} to {to_n} are off by"    \
	  " {offset_ms} ms")                                                               \
	X(ENTRY_DEVICE_LOST, "device.lost",                                                \
	  "mất thiết bị {device}: {detail}",                                               \
	  "device {device} lost: {detail}")                                                \
	X(ENTRY_DEVICE_BACK, "device.back",                                                \
	  "thiết bị {device} chạy lại sau {down_s}",                                       \
	  "device {device} is back after {down_s}")                                        \
	X(ENTRY_DISK_LOW_AT, "disk.low",                                                   \
	  "đĩa sắp đầy, còn {free_bytes} byte",                                            \
	  "the disk is nearly full, {free_bytes} bytes left")                              \
	X(ENTRY_RECEIVED, "bulletin.received",                                             \
	  "nhận bản tin \"{title}\"",                                                      \
	  "bulletin \"{title}\" received")                                                 \
	X(ENTRY_APPROVED, "bulletin.approved",                                             \
	  "duyệt {bulletin} {document}",                                                   \
	  "{bulletin} approved {document}")                                                \
	X(ENTRY_EDITED, "bulletin.edited",                                                 \
	  "sửa thông tin của {bulletin}",                                                  \
	  "the particulars of {bulletin} were changed")                                    \
	X(ENTRY_ENDORSED, "bulletin.endorsed",                                             \
	  "duyệt lần đầu {bulletin} {document}",                                           \
	  "{bulletin} approved by a first person {document}")                              \
	X(ENTRY_REFUSED, "bulletin.refused",                                               \
	  "từ chối {bulletin}: {reason}",                                                  \
	  "{bulletin} refused: {reason}")                                                  \
	X(ENTRY_WITHDRAWN, "bulletin.withdrawn",                                           \
	  "rút {bulletin}: {reason}",                                                      \
	  "{bulletin} withdrawn: {reason}")                                                \
	X(ENTRY_TIMETABLE, "timetable.changed",                                            \
	  "lịch phát hoặc cài đặt đã đổi",                                                 \
	  "timetables or settings changed")                                                \
	X(ENTRY_KEPT, "plan.kept",                                                         \
	  "lịch phát đã đổi, khung giờ {slot} đang phát vẫn phát nốt {item}",              \
	  "the timetable changed; slot {slot}, on air, still plays {item}")                \
	X(ENTRY_RECORDING, "recording.closed",                                             \
	  "đóng bản ghi âm {file}",                                                        \
	  "recording {file} closed")                                                       \
	X(ENTRY_LOG_CONTINUED, "log.continued",                                            \
	  "nhật ký mới, nối sau {base} mục của các nhật ký trước (lý do: {why})",          \
	  "a new log, behind the {base} entries of those before it (reason: {why})")       \
	X(ENTRY_LOG_PADDED, "log.padded",                                                  \
	  "mục đệm sau khi máy tắt",                                                       \
	  "filled up after the machine was off")                                           \
	X(ENTRY_KEY_ROTATED, "key.rotated",                                                \
	  "đổi khóa ký nhật ký: {reason}",                                                 \
	  "the log's key was changed: {reason}")                                           \
	X(ENTRY_REMOVED, "recording.removed",                                              \
	  "xóa bản ghi âm {file}: {why}",                                                  \
	  "recording {file} removed: {why}")                                               \
	X(REMOVED_AGE, "removed.age", "đã quá thời hạn giữ", "older than they are kept")    \
	X(REMOVED_ROOM, "removed.room", "đĩa sắp đầy, đây là bản cũ nhất",                  \
	  "the disk was filling, and it was the oldest")                                   \
	X(ENTRY_EMERGENCY_RAISED, "emergency.raised",                                      \
	  "phát khẩn cấp ở {zones}, chịu trách nhiệm: {by}, lý do: {reason}",              \
	  "emergency raised in {zones}, answerable: {by}, reason: {reason}")               \
	X(ENTRY_EMERGENCY_CHANGED, "emergency.changed",                                    \
	  "thông báo khẩn cấp {emergency} phát {bulletin}",                                \
	  "emergency {emergency} plays {bulletin}")                                        \
	X(ENTRY_EMERGENCY_ENDED, "emergency.ended",                                        \
	  "kết thúc thông báo khẩn cấp {emergency} sau {turns} lượt {reason}",             \
	  "emergency {emergency} ended after {turns} turns {reason}")                      \
	X(ENTRY_HELD, "hold.set",                                                          \
	  "lệnh giữ bản ghi âm từ {from} đến {to} {zone}: {reason}",                       \
	  "recordings from {from} to {to} {zone} are to be kept: {reason}")                \
	X(ENTRY_LIFTED, "hold.lifted",                                                     \
	  "bỏ lệnh giữ {hold}: {reason}",                                                  \
	  "the hold {hold} was lifted: {reason}")                                          \
	X(ENTRY_NOTE, "note.added",                                                        \
	  "ghi chú: {text}{said}", \
	  "note: {text}{said}")                                                                  \
	X(ENTRY_TEST_INTENDED, "test.intended",                                            \
	  "sắp phát thử loa {zones} {why}",                                                \
	  "about to test the loudspeakers in {zones} {why}")                               \
	X(ENTRY_TEST_ENDED, "test.ended",                                                  \
	  "phát thử loa {zones} {detail}",                                                 \
	  "loudspeakers tested in {zones} {detail}")                                       \
	X(ENTRY_TEST_MISSED, "test.missed",                                                \
	  "không phát thử được loa {zones}",                                               \
	  "the loudspeakers in {zones} could not be tested")                               \
	X(ENTRY_WITNESS_SEEN, "witness.seen",                                              \
	  "{witness} đã thấy đầu nhật ký {size} mục, lúc {time} theo đồng hồ của họ",      \
	  "{witness} has seen the log's head of {size} entries, at {time} by its clock")   \
	X(ENTRY_WITNESS_DOUBTED, "witness.doubted",                                        \
	  "nhân chứng {witness} nghi nhật ký {log} đã bị lùi hoặc tách ({code})",          \
	  "the witness {witness} doubts the log {log}: shortened or forked ({code})")      \
	X(ENTRY_ACCOUNT, "account.changed",                                                \
	  "tài khoản {account} ({role}) {what}",                                           \
	  "account {account} ({role}) {what}")                                             \
	/* What became of it: the entry's "what" behind "account.". */                            \
	X(ACCOUNT_ADDED, "account.added", "được tạo", "made")                              \
	X(ACCOUNT_ROLE, "account.role", "đổi vai trò", "has another role")                 \
	X(ACCOUNT_ENABLED, "account.enabled", "được mở lại", "enabled")                    \
	X(ACCOUNT_DISABLED, "account.disabled", "bị khóa", "disabled")                     \
	X(ACCOUNT_PASSWORD, "account.password", "có mật khẩu mới", "has a new password")   \
	X(ACCOUNT_SESSIONS, "account.sessions-ended",                                      \
	  "bị đăng xuất ở các máy", "logged out elsewhere")                                \
	X(ACCOUNT_CALENDAR, "account.calendar-token",                                      \
	  "lấy địa chỉ lịch mới cho điện thoại", "has a new calendar address")             \
	X(ACCOUNT_CALENDAR_ENDED, "account.calendar-token-ended",                          \
	  "thôi dùng địa chỉ lịch", "ended its calendar address")                          \
	SAYINGS_TOMORROW(X)                                                                       \
	X(ENTRY_VIEWED, "inspection.viewed", "thanh tra {what} {thing}",                   \
	  "an inspector {what} {thing}")                                                   \
	/* What was looked at: the entry's "what" behind "viewed.". */                         \
	X(VIEWED_DAY, "viewed.day", "xem ngày", "opened the day")                          \
	X(VIEWED_PERIOD, "viewed.period", "xem các ngày", "opened the days")               \
	X(VIEWED_SHEET, "viewed.sheet", "tải bảng nhật ký các ngày",                       \
	  "downloaded the table of the days")                                              \
	X(VIEWED_AIRING, "viewed.airing", "xem lần phát", "opened airing")                 \
	X(VIEWED_RECORDING, "viewed.recording", "nghe hoặc tải đoạn ghi âm của",           \
	  "heard or downloaded the recording of")                                          \
	X(VIEWED_PROOF, "viewed.proof", "lấy bằng chứng của lần phát",                     \
	  "took the proof of airing")                                                      \
	X(VIEWED_PACK, "viewed.pack", "tải gói hồ sơ các ngày", "downloaded the pack of")  \
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
