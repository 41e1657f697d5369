/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the log, told to people (the code is the kind): a part of base/saying.h, which says
 * how they are written and is what is included. */
#ifndef VX_BASE_SAYING_ENTRY_H
#define VX_BASE_SAYING_ENTRY_H

#define SAYINGS_ENTRY(X)                                                                   \
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
	X(ENTRY_PAST_LOST, "past.lost",                                                    \
	  "sổ của khoảng từ {from} đến {to} bị mất: không biết có phát hay không; bản tin" \
	  " có thể đã được duyệt hoặc bị rút trong khoảng ấy: hãy xem lại",                \
	  "the log from {from} to {to} is lost: nobody knows what aired; bulletins may"    \
	  " have been approved or withdrawn in that time: look them over")                 \
	X(ENTRY_ACCOUNTED, "past.accounted",                                               \
	  "mọi mục đã qua đều đã ghi kết quả vào nhật ký",                                 \
	  "every item of the past has its row in the log")                                 \
	X(ENTRY_CLOCK_CORRECTED, "clock.corrected",                                        \
	  "đồng hồ đã đồng bộ: giờ của các mục từ {from_n} đến {to_n} lệch {offset_ms} ms", \
	  "the clock is synchronised: the times of entries {from_n} to {to_n} are off by"  \
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
	X(ENTRY_DISK_STALLED, "disk.stalled",                                              \
	  "từ {from} đĩa không trả lời trong {stalled_s}, không ghi được nhật ký",         \
	  "from {from} on the disk did not answer for {stalled_s}: nothing could be"       \
	  " written into the log")                                                         \
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
	X(ENTRY_LISTS, "catalogue.changed",                                                \
	  "danh mục đã đổi",                                                               \
	  "the catalogue changed")                                                         \
	X(ENTRY_DEADLINE, "deadline.marked",                                               \
	  "việc {deadline} hạn {due}: {state} {document} {on} {reason}",                   \
	  "{deadline}, due {due}: {state} {document} {on} {reason}")                       \
	X(DEADLINE_HANDED_IN, "deadline.handed-in", "đã nộp", "handed in")                 \
	X(DEADLINE_OPEN, "deadline.open", "chưa nộp, bỏ đánh dấu:",                        \
	  "not handed in, the mark is taken back:")                                        \
	X(ENTRY_DUPLICATE, "duplicate.decided",                                            \
	  "{first} và {second}: {decision}; {reason}",                                     \
	  "{first} and {second}: {decision}; {reason}")                                    \
	X(DUPLICATE_SAME, "duplicate.same", "một sản phẩm, tính một lần",                  \
	  "one product, counted once")                                                     \
	X(DUPLICATE_DIFFERENT, "duplicate.different", "không trùng", "no duplicate")       \
	X(DUPLICATE_REUSE, "duplicate.reuse", "dùng lại, kinh phí 0", "used again at no cost") \
	X(DUPLICATE_OPEN, "duplicate.open", "bỏ quyết định trước",                         \
	  "the decision before is taken back")                                             \
	X(ENTRY_KEPT, "plan.kept",                                                         \
	  "lịch phát đã đổi, khung giờ {slot} đang phát vẫn phát nốt {item}",              \
	  "the timetable changed; slot {slot}, on air, still plays {item}")                \
	X(ENTRY_RECORDING, "recording.closed",                                             \
	  "đóng bản ghi âm {file} {differs}",                                              \
	  "recording {file} closed {differs}")                                             \
	/* At a start: its file is not what the log had vouched for while it grew. */      \
	X(NOT_VOUCHED, "recording.not-vouched",                                            \
	  "(KHÔNG phải bản ghi mà mục {entry} đã bảo chứng: trong {vouched_bytes} byte đầu"\
	  " chỉ chắc {kept_bytes} byte còn đúng; tệp đã bị đổi khi đài không chạy, hoặc đĩa"\
	  " làm mất)",                                                                     \
	  "(NOT the recording that entry {entry} vouched for: of its first {vouched_bytes}"\
	  " bytes only {kept_bytes} are surely as they were; the file was exchanged while" \
	  " the station did not run, or the disk lost a part of it)")                      \
	X(ENTRY_RECORDING_LOST, "recording.lost",                                          \
	  "bản ghi âm {file} không còn khi đài khởi động lại; nhật ký không biết ai xóa, "  \
	  "xóa khi nào",                                                                   \
	  "recording {file} was gone when the station started again; who removed it, and " \
	  "when, the log does not know")                                                   \
	X(ENTRY_RECORDING_BEGUN, "recording.begun",                                        \
	  "bắt đầu bản ghi âm mới",                                                        \
	  "new recordings begun")                                                          \
	X(ENTRY_RECORDING_UNKNOWN, "recording.unknown",                                    \
	  "tệp lạ trong aircheck: {file}; nhật ký không có mục nào bắt đầu bản ghi này, "  \
	  "nên đài không coi là bản ghi của mình và để yên",                               \
	  "unknown file in aircheck: {file}; no entry of the log begins such a recording, "\
	  "so the station does not take it for its own and leaves it alone")               \
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
	X(REMOVED_AGE, "removed.age", "đã quá thời hạn giữ", "older than they are kept")   \
	X(REMOVED_ROOM, "removed.room", "đĩa sắp đầy, đây là bản cũ nhất",                 \
	  "the disk was filling, and it was the oldest")                                   \
	X(ENTRY_EMERGENCY_RAISED, "emergency.raised",                                      \
	  "phát khẩn cấp ở {zones}, chịu trách nhiệm: {by}, lý do: {reason}",              \
	  "emergency raised in {zones}, answerable: {by}, reason: {reason}")               \
	X(ENTRY_EMERGENCY_CHANGED, "emergency.changed",                                    \
	  "thông báo khẩn cấp {emergency} phát {bulletin}",                                \
	  "emergency {emergency} plays {bulletin}")                                        \
	X(ENTRY_EMERGENCY_ENDED, "emergency.ended",                                        \
	  "kết thúc thông báo khẩn cấp {emergency} (số lượt: {turns}) {reason}",           \
	  "emergency {emergency} ended (turns: {turns}) {reason}")                         \
	X(ENTRY_HELD, "hold.set",                                                          \
	  "lệnh giữ bản ghi âm từ {from} đến {to} {zone}: {reason}",                       \
	  "recordings from {from} to {to} {zone} are to be kept: {reason}")                \
	X(ENTRY_LIFTED, "hold.lifted",                                                     \
	  "bỏ lệnh giữ {hold}: {reason}",                                                  \
	  "the hold {hold} was lifted: {reason}")                                          \
	X(ENTRY_REGISTER, "register.written",                                              \
	  "ghi {count} dòng vào sổ {register}: {ids} {why}",                               \
	  "{count} rows written in the register of {register}: {ids} {why}")               \
	/* The entry's "register" behind "register.". */                                   \
	X(REGISTER_PRODUCTS, "register.products", "sản phẩm", "products")                  \
	X(REGISTER_ACTIVITIES, "register.activities", "hoạt động", "activities")           \
	X(REGISTER_POINTS, "register.points", "điểm hỗ trợ", "support points")             \
	X(REGISTER_EQUIPMENT, "register.equipment", "thiết bị", "equipment")               \
	X(REGISTER_STATIONS, "register.stations", "đài truyền thanh", "stations")          \
	X(REGISTER_INSPECTIONS, "register.inspections", "kiểm tra", "inspections")         \
	X(REGISTER_DIFFICULTIES, "register.difficulties", "khó khăn, vướng mắc",           \
	  "difficulties")                                                                  \
	X(REGISTER_WORKS, "register.works", "công việc tính thù lao", "paid work")         \
	X(ENTRY_NOTE, "note.added",                                                        \
	  "ghi chú: {text}{said}",                                                         \
	  "note: {text}{said}")                                                            \
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
	/* What became of it: the entry's "what" behind "account.". */                     \
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
	X(ENTRY_VIEWED, "inspection.viewed", "thanh tra {what} {thing}",                   \
	  "an inspector {what} {thing}")                                                   \
	/* What was looked at: the entry's "what" behind "viewed.". */                     \
	X(VIEWED_DAY, "viewed.day", "xem ngày", "opened the day")                          \
	X(VIEWED_PERIOD, "viewed.period", "xem nhật ký", "opened the log of")              \
	X(VIEWED_SHEET, "viewed.sheet", "tải bảng nhật ký", "downloaded the table of")     \
	X(VIEWED_AIRING, "viewed.airing", "xem lần phát", "opened airing")                 \
	X(VIEWED_RECORDING, "viewed.recording", "nghe hoặc tải đoạn ghi âm của",           \
	  "heard or downloaded the recording of")                                          \
	X(VIEWED_OUTLINE, "viewed.outline", "xem hình sóng đoạn ghi âm của",               \
	  "saw the outline of the recording of")                                           \
	X(VIEWED_PROOF, "viewed.proof", "lấy bằng chứng của lần phát",                     \
	  "took the proof of airing")                                                      \
	X(VIEWED_HEAD, "viewed.head", "xem đầu đã ký của", "opened the signed head of")    \
	X(VIEWED_PACK, "viewed.pack", "tải gói hồ sơ", "downloaded the pack of")           \
	X(VIEWED_PACK_SOUND, "viewed.pack-sound", "tải gói hồ sơ có bản ghi âm",           \
	  "downloaded the pack, with recordings, of")                                      \
	X(VIEWED_PACK_SILENT, "viewed.pack-silent", "tải gói hồ sơ không có bản ghi âm",   \
	  "downloaded the pack, without recordings, of")                                   \
	X(VIEWED_REPORT, "viewed.report", "xem hoặc tải bảng báo cáo",                     \
	  "saw or downloaded report table")                                                \
	X(VIEWED_BULLETIN, "viewed.bulletin", "xem bản tin", "opened bulletin")            \
	X(VIEWED_MASTER, "viewed.master", "nghe hoặc tải bản tin",                         \
	  "heard or downloaded bulletin")                                                  \
	X(VIEWED_MASTER_OUTLINE, "viewed.master-outline", "xem hình sóng của",             \
	  "saw the outline of")                                                            \
	X(VIEWED_PAST, "viewed.past", "xem các lần đã phát của", "saw the airings of")     \
	X(VIEWED_WHY, "viewed.why", "hỏi vì sao phát hay không phát",                      \
	  "asked why or why not")                                                          \
	X(VIEWED_HISTORY, "viewed.history", "xem các bản cũ của lịch",                     \
	  "saw the versions of timetable")                                                 \
	X(VIEWED_HOLDS, "viewed.holds", "xem các lần giữ bản ghi, hôm",                    \
	  "saw what is held, on")                                                          \
	X(VIEWED_REGISTER, "viewed.register", "xem sổ", "opened the register")             \
	X(VIEWED_PLAN, "viewed.plan", "xem lịch phát", "opened the plan of")

#endif
