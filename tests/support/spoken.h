/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins as they are sent in again: spoken, then through ffmpeg. */
#ifndef VX_TESTS_SPOKEN_H
#define VX_TESTS_SPOKEN_H

#include "library/print.h"
#include "support/sound.h"

/* Eleven and nine seconds. */
#define SPOKEN_FIELD                                                                              \
	"Bản tin nông nghiệp. Tuần qua trời nắng xen kẽ mưa rào, rầy nâu xuất hiện trên lúa ở "    \
	"thôn hai. Bà con thăm đồng thường xuyên, phun thuốc đúng loại, đúng lúc, đúng liều lượng."
#define SPOKEN_POWER                                                                               \
	"Điện lực huyện thông báo: ngày mùng hai tháng này tạm ngừng cấp điện từ sáu giờ đến "     \
	"mười hai giờ để sửa đường dây. Mong bà con thông cảm và chủ động trong sinh hoạt."

/* As others send it: silence before and after, 12 dB softer, Opus at 24 kbit/s. */
extern const char *const spoken_sent_on[];

/* Writes the speech to path as ffmpeg makes it with these arguments (as clip_save_phone takes
 * them). */
void spoken_save(const char *text, const char *path, const char *const args[]);

/* The fingerprint of a sound file at 48 kHz with one channel; print_free. */
struct print spoken_print(const char *path);

#endif
