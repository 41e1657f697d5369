/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings of bulletins as they were handed in: a part of base/saying.h, which says how they are
 * written and is what is included. */
#ifndef VX_BASE_SAYING_RECEIVED_H
#define VX_BASE_SAYING_RECEIVED_H

#define SAYINGS_RECEIVED(X)                                                                \
	X(CUT_SHORT, "cut-short",                                                          \
	  "tệp ghi là dài {said_s} nhưng chỉ đọc được {came_s}: có thể đã bị cắt khi "     \
	  "gửi; xin nghe lại trước khi phát",                                              \
	  "the file says it is {said_s} long, but only {came_s} could be read: it "        \
	  "may have been cut short on the way; please listen to it before it airs")        \
	X(TORN, "torn",                                                                    \
	  "tệp đứt đoạn hoặc thiếu phần cuối, đọc được {came_s}: có thể đã bị cắt "        \
	  "khi gửi; xin nghe lại trước khi phát",                                          \
	  "the file is torn or its end is missing; {came_s} could be read: it may "        \
	  "have been cut short on the way; please listen to it before it airs")            \
	X(SILENT, "silent",                                                                \
	  "tệp im lặng, không nghe thấy gì; xin kiểm tra lại bản ghi âm",                  \
	  "the file is silent, nothing can be heard in it; please check the recording")    \
	X(VERY_SHORT, "very-short",                                                        \
	  "tệp chỉ dài {length_s}; xin kiểm tra có gửi nhầm tệp không",                    \
	  "the file is only {length_s} long; please check that it is the right one")       \
	X(CLIPPED, "clipped",                                                              \
	  "tiếng bị vỡ {times} lần vì thu quá to; xin thu lại với mức micrô nhỏ hơn",      \
	  "the sound is clipped {times} times, it was recorded too loud; please "          \
	  "record again with the microphone turned down")                                  \
	X(SILENT_HEAD, "silent-head",                                                      \
	  "đầu tệp im lặng {length_s}; xin cắt bớt",                                       \
	  "the file begins with {length_s} of silence; please cut it off")                 \
	X(SILENT_TAIL, "silent-tail",                                                      \
	  "cuối tệp im lặng {length_s}; xin cắt bớt",                                      \
	  "the file ends with {length_s} of silence; please cut it off")                   \
	X(SILENT_MIDDLE, "silent-middle",                                                  \
	  "giữa tệp có đoạn im lặng {length_s}, từ {at_s}; xin nghe lại đoạn đó",          \
	  "there is a silence of {length_s} at {at_s}; please listen to that place")       \
	X(ONE_CHANNEL, "one-channel",                                                      \
	  "tệp hai kênh nhưng chỉ kênh {channel} có tiếng; loa vẫn phát đủ, xin kiểm "     \
	  "tra dây micrô, lần sau thu một kênh (mono)",                                    \
	  "the file has two channels but sound in number {channel} only; the "             \
	  "loudspeakers play it all the same; please check the microphone's cable "        \
	  "and record in one channel (mono)")                                              \
	X(CANCELLED, "cancelled",                                                          \
	  "hai kênh ngược pha, trộn lại thì mất tiếng {lost_db} dB; xin đảo lại một "      \
	  "đầu dây hoặc thu một kênh (mono)",                                              \
	  "the two channels are of opposite phase and lose {lost_db} dB when mixed; "      \
	  "please turn one plug round or record in one channel (mono)")                    \
	X(NARROW, "narrow-band",                                                           \
	  "tiếng hẹp như qua điện thoại (không có gì trên 4 kHz), nghe khó rõ; nếu "       \
	  "được, xin thu bằng máy ghi âm",                                                 \
	  "the sound is narrow as over a telephone (nothing above 4 kHz) and hard to "     \
	  "understand; if possible record it with a recorder")                             \
	X(NOISY, "noisy",                                                                  \
	  "nhiều tạp âm: tiếng nói chỉ hơn nền {snr_db} dB; xin thu lại ở nơi yên "        \
	  "tĩnh, micrô gần miệng",                                                         \
	  "much noise: the speech is only {snr_db} dB above it; please record again "      \
	  "in a quiet place, close to the microphone")                                     \
	X(QUIET, "quiet",                                                                  \
	  "tiếng rất nhỏ ({level_db} dB): đài sẽ tự nâng lên cho bằng các bản tin khác, nhưng " \
	  "tạp âm cũng to theo; xin thu lại, micrô gần miệng hơn",                         \
	  "the sound is very soft ({level_db} dB): the station raises it to the level of the " \
	  "others, and the noise with it; please record again, closer to the microphone")  \
	X(OFFSET, "dc-offset",                                                             \
	  "sóng âm lệch khỏi giữa {percent} % (lỗi máy thu), phát ra có thể kêu lụp "      \
	  "bụp; xin thu bằng máy hoặc dây khác",                                           \
	  "the sound is {percent} % off its middle (a fault of the recorder) and may "     \
	  "thump on air; please record with another device or cable")                      \
	X(SAME_FILE, "same-file",                                                          \
	  "đúng tệp này đã có: {bulletin} \"{title}\" gửi ngày {day}{under}; xin "         \
	  "kiểm tra để không phát và tính tiền hai lần",                                   \
	  "this very file is here already: {bulletin} \"{title}\" of {day}{under}; "       \
	  "please check that it is not aired and paid for twice")                          \
	X(SAME_SOUND, "same-sound",                                                        \
	  "âm thanh này đã có: {bulletin} \"{title}\" gửi ngày {day}{under}; xin "         \
	  "kiểm tra để không phát và tính tiền hai lần",                                   \
	  "this sound is here already: {bulletin} \"{title}\" of {day}{under}; "           \
	  "please check that it is not aired and paid for twice")                          \
	X(SOUNDS_SAME, "sounds-same",                                                      \
	  "nghe giống {bulletin} \"{title}\" gửi ngày {day}{under}: dấu âm thanh "         \
	  "trùng {percent} % (hai bản khác nhau trùng khoảng 50 %); xin nghe lại cả "      \
	  "hai để không phát và tính tiền hai lần",                                        \
	  "sounds the same as {bulletin} \"{title}\" of {day}{under}: {percent} % of "     \
	  "the fingerprint is equal (of two that differ about 50 %); please listen to "    \
	  "both, so that nothing is aired and paid for twice")                             \
	X(SAME_TITLE, "same-title",                                                        \
	  "đã có bản tin cùng tên, cùng độ dài: {bulletin} \"{title}\" gửi ngày "          \
	  "{day}{under}; xin kiểm tra có gửi trùng không",                                 \
	  "there is a bulletin of the same title and length: {bulletin} \"{title}\" "      \
	  "of {day}{under}; please check that it is not sent twice")                       \
	X(UNDER_FUND, "under-fund",                                                        \
	  ", nguồn kinh phí {fund}",                                                       \
	  ", under the fund {fund}")                                                       \
	X(SLOT_UNKNOWN, "slot-unknown",                                                    \
	  "không lịch phát nào đang dùng có khung giờ \"{slot}\"; chừng nào chưa có, "     \
	  "bản tin không phát ở đó",                                                       \
	  "no timetable in force has a slot \"{slot}\"; until one has, the bulletin "      \
	  "does not air there")                                                            \
	X(DAYS_OVER, "days-over",                                                          \
	  "hạn phát {to} đã qua: bản tin sẽ không phát nữa",                               \
	  "its last day, {to}, is over: the bulletin will not air")                        \
	X(LIST_UNREADABLE, "list-unreadable",                                              \
	  "{file} không đọc được, nên mã \"{name}\" chưa được kiểm tra; xem lại tệp",      \
	  "{file} cannot be read, so the code \"{name}\" was not checked; look at "        \
	  "the file")

#endif
