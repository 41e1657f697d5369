/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings of an air that fell silent: a part of base/saying.h, which says how they are written and
 * is what is included. */
#ifndef VX_BASE_SAYING_AIR_H
#define VX_BASE_SAYING_AIR_H

#define SAYINGS_AIR(X)                                                                             \
	X(DEAD_AIR, "dead-air",                                                                    \
	  "Lúc {at}, {item} đang phát mà loa im {silent_s}, dù tệp có tiếng ở đoạn ấy: {then}. "   \
	  "Hãy nghe lại {item} và bản ghi âm lúc ấy.",                                             \
	  "At {at} {item} was on air and nothing was heard for {silent_s}, though the file has "   \
	  "sound there: {then}. Listen to {item} and to the recording of then.")                   \
	X(DEAD_AIR_NEXT, "dead-air.next", "đài đã chuyển sang mục sau",                            \
	  "the next item was begun")                                                               \
	X(DEAD_AIR_BED, "dead-air.bed", "đài đã phát nhạc nền", "the bed was begun")               \
	X(DEAD_AIR_NOTHING, "dead-air.nothing",                                                    \
	  "khung giờ không còn gì để phát thay", "the slot had nothing else to play")              \
	X(WAS_HUNG, "was-hung",                                                                    \
	  "chương trình đài bị treo, không trộn tiếng nữa nên được tắt và khởi động lại",          \
	  "the station program hung and mixed no sound: it was ended and started again")           \
	X(QUARANTINED, "quarantined",                                                              \
	  "{item} được để riêng, không phát: hai lần liền chương trình đài dừng bất thường khi "   \
	  "phát nó, lần sau trước {at}. Hãy gửi lại tệp thành bản mới; cho phát lại: trang "       \
	  "Tình trạng máy.",                                                                       \
	  "{item} was put aside and does not air: twice in a row the station program ended while " \
	  "it was on air, the second time before {at}. Send the file again as a new version; let " \
	  "it air again: on the page Machine.")                                                    \
	/* Of the recording that a level of proof rests on (proof/row.h). */                       \
	X(RECORDED_AGED, "recorded.aged", "bản ghi đã xóa theo hạn giữ, không nghe lại được nữa",  \
	  "the recording was removed for its age and cannot be heard again")                       \
	X(RECORDED_ROOM, "recorded.room", "bản ghi đã xóa vì đĩa đầy, không nghe lại được nữa",    \
	  "the recording was removed to make room and cannot be heard again")                      \
	X(RECORDED_LOST, "recorded.lost", "bản ghi đã mất, không rõ ai xóa",                       \
	  "the recording was lost, nobody knows by whom")                                          \
	X(RECORDED_DIFFERS, "recorded.differs",                                                    \
	  "tệp còn lại KHÔNG phải bản ghi đã bảo chứng khi phát",                                  \
	  "the file that is left is NOT the recording that was vouched for")                       \
	/* Entries. */                                                                             \
	X(ENTRY_QUARANTINED, "item.quarantined",                                                   \
	  "để riêng {item}: chương trình dừng bất thường khi phát nó ở {first} và {second}",       \
	  "{item} put aside: the program ended while it was on air in {first} and {second}")       \
	X(ENTRY_RELEASED, "item.released", "cho phát lại {item}", "{item} may air again")          \
	X(ENTRY_AIR_SILENT, "air.silent",                                                          \
	  "loa im {silent_s} khi đang phát {bulletin}{file} ({slot}): {then}",                     \
	  "nothing was heard for {silent_s} of {bulletin}{file} ({slot}): {then}")

#endif
