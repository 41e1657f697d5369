/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sayings of those who see the log's head from outside: a part of base/saying.h, which says how
 * they are written and is what is included. */
#ifndef VX_BASE_SAYING_OUTSIDE_H
#define VX_BASE_SAYING_OUTSIDE_H

#define SAYINGS_OUTSIDE(X)                                                                 \
	X(WITNESS_UNREACHED, "witness-unreached",                                          \
	  "không liên lạc được ({why}); đài tự thử lại khi có mạng",                       \
	  "not reached ({why}); it is tried again when the network is back")               \
	X(NET_NAME, "net-name", "không tìm ra địa chỉ trên mạng",                          \
	  "its name is not known to the network")                                          \
	X(NET_CONNECT, "net-connect", "không nối được tới máy đó",                         \
	  "the machine cannot be connected to")                                            \
	X(NET_SLOW, "net-slow", "quá lâu không trả lời",                                   \
	  "no answer in time")                                                             \
	X(NET_TLS, "net-tls", "không lập được kết nối an toàn",                            \
	  "no secure connection could be made")                                            \
	X(NET_LONG, "net-long", "câu trả lời quá dài",                                     \
	  "its answer is too long")                                                        \
	X(NET_ADDRESS, "net-address", "địa chỉ không dùng được",                           \
	  "its address cannot be used")                                                    \
	X(NET_BROKEN, "net-broken", "kết nối đứt giữa chừng",                              \
	  "the connection broke off")                                                      \
	X(WITNESS_STATUS, "witness-status",                                                \
	  "trả lời không dùng được (mã HTTP {status}); xem lại địa chỉ trong station.yaml", \
	  "gave no usable answer (HTTP {status}); look at its address in station.yaml")    \
	X(WITNESS_STRANGER, "witness-stranger",                                            \
	  "chưa biết nhật ký này (mã HTTP {status}): gửi tệp vkey của nhật ký cho người "  \
	  "giữ nhân chứng để họ thêm",                                                     \
	  "does not know this log (HTTP {status}): send the log's file vkey to the "       \
	  "witness's keeper, who adds it")                                                 \
	X(WITNESS_KEY, "witness-key",                                                      \
	  "khóa đặt trong station.yaml không phải khóa của nhân chứng; chép lại đúng "     \
	  "khóa mà họ công bố",                                                            \
	  "the key in station.yaml is not a witness's key; copy the one that its keeper "  \
	  "publishes")                                                                     \
	X(WITNESS_WRONG, "witness-wrong",                                                  \
	  "chữ ký không đúng khóa đã đặt, nên không được dùng; xem lại key trong "         \
	  "station.yaml",                                                                  \
	  "its signature is not by the key that is set, and is not used; look at key in "  \
	  "station.yaml")                                                                  \
	X(WITNESS_TIME, "witness-time",                                                    \
	  "ký với giờ {time}, không thể đúng; chữ ký vẫn được giữ, giờ đó không được dùng", \
	  "signed with the time {time}, which cannot be; the signature is kept, the time " \
	  "is not used")                                                                   \
	X(HEAD_UNREADABLE, "head-unreadable",                                              \
	  "đầu nhật ký trên đĩa không khớp với các mục, nên chưa gửi đi; chạy vangxa "     \
	  "verify",                                                                        \
	  "the log's head on the disk does not fit its entries and is not sent; run "      \
	  "vangxa verify")                                                                 \
	X(STAMP_KEEPING, "stamp-keeping",                                                  \
	  "không ghi được lời của nhân chứng lên đĩa: {why}",                              \
	  "what it said cannot be written to the disk: {why}")                             \
	X(TOKEN_DAMAGED, "token-damaged",                                                  \
	  "trả lời không phải dấu thời gian (RFC 3161); xem lại tsa trong station.yaml",   \
	  "its answer is no time-stamp (RFC 3161); look at tsa in station.yaml")           \
	X(TOKEN_REFUSED, "token-refused", "từ chối cấp dấu thời gian; hỏi đơn vị cung cấp", \
	  "refused to give a time-stamp; ask its keeper")                                  \
	X(TOKEN_OTHER, "token-other",                                                      \
	  "cấp dấu thời gian cho dữ liệu khác hoặc cho câu hỏi khác, nên không được dùng", \
	  "gave a time-stamp for other data or another question; it is not used")          \
	X(TOKEN_WRONG, "token-wrong",                                                      \
	  "chữ ký không dẫn đến chứng thư tsa_ca, nên không được dùng",                    \
	  "its signature does not lead to the certificate tsa_ca, and is not used")        \
	X(CA_UNREADABLE, "ca-unreadable", "không đọc được tệp tsa_ca: {why}",              \
	  "the file tsa_ca cannot be read: {why}")                                         \
	X(WITNESS_LARGER, "witness-larger",                                                \
	  "Nhân chứng {witness} đã thấy nhật ký {log} dài {theirs} mục, ở đây chỉ còn "    \
	  "{size}: đĩa đã bị chép lại bản cũ hoặc mất dữ liệu. Nhật ký được giữ nguyên; "  \
	  "xem lại việc sao lưu và báo người kiểm tra.",                                   \
	  "The witness {witness} has seen {theirs} entries of the log {log}; here are "    \
	  "only {size}: an old copy of the disk was restored, or data was lost. The log "  \
	  "is kept as it is; look at the backups, and tell the inspector.")                \
	X(WITNESS_FORKED, "witness-forked",                                                \
	  "Nhân chứng {witness} đã thấy một nhật ký {log} khác với nhật ký ở đây. Nhật "   \
	  "ký được giữ nguyên; xem lại việc sao lưu và báo người kiểm tra.",               \
	  "The witness {witness} has seen a log {log} that differs from the one here. "    \
	  "The log is kept as it is; look at the backups, and tell the inspector.")        \
	X(WITNESS_UNASKED, "witness-unasked",                                              \
	  "Khi khởi động không nhân chứng bên ngoài nào trả lời, nên đài ký tiếp nhật ký " \
	  "{log} từ mục {size} mà chưa biết bên ngoài đã thấy nó dài hơn chưa.",           \
	  "At the start no outside witness answered, so the station goes on signing the "  \
	  "log {log} from entry {size} on without knowing if anybody outside has seen "    \
	  "more of it.")                                                                   \
	X(WITNESS_LONG, "witness-long",                                                    \
	  "Đã {days} ngày không nhân chứng bên ngoài nào thấy nhật ký: kiểm tra mạng của " \
	  "máy. Đài vẫn phát và ghi nhật ký bình thường.",                                 \
	  "No outside witness has seen the log for {days} days: look at the machine's "    \
	  "network. The station airs and writes its log as ever.")

#endif
