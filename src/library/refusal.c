/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/refusal.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"
#include "library/sniff.h"

#include <stdio.h>
#include <string.h>

static const char *words(int64_t kind)
{
	return kind > SNIFF_UNKNOWN && kind <= SNIFF_TEXT ? sniff_words((enum sniff)kind) : NULL;
}

static bool not_sound(struct err *e, int64_t kind)
{
	const char *what = words(kind);

	if (what == NULL)
		return err_set(e, ERR_REFUSED,
			       T("đây không phải tệp âm thanh mà đài đọc được; "
				 "xin gửi MP3 hoặc WAV",
				 "this is no sound file that the station can read; "
				 "please send MP3 or WAV"));
	return err_set(e, ERR_REFUSED,
		       T("đây không phải tệp âm thanh mà là %s; xin gửi MP3 hoặc WAV",
			 "this is not a sound file but a %s; please send MP3 or WAV"),
		       what);
}

static bool damaged(struct err *e, int64_t kind)
{
	const char *what = words(kind);

	return err_set(e, ERR_REFUSED,
		       T("tệp bị hỏng, không giải mã được (%s); xin gửi lại",
			 "the file is damaged and cannot be decoded (%s); please send it again"),
		       what != NULL ? what : T("không rõ loại", "unknown kind"));
}

static bool unsupported(struct err *e, int64_t kind)
{
	const char *what = words(kind);

	return err_set(e, ERR_REFUSED,
		       T("đài chưa đọc được %s; xin chuyển và gửi MP3 hoặc WAV",
			 "the station cannot read this yet: %s; please send MP3 or WAV"),
		       what != NULL ? what : T("loại âm thanh này", "this kind of sound"));
}

bool refusal_set(struct err *e, enum pcm_status status, int64_t detail)
{
	char text[128];

	switch (status) {
	case PCM_NOT_SOUND: return not_sound(e, detail);
	case PCM_UNSUPPORTED: return unsupported(e, detail);
	case PCM_DAMAGED: return damaged(e, detail);
	case PCM_EMPTY:
		return err_set(e, ERR_REFUSED,
			       T("tệp trống (0 byte); xin gửi lại",
				 "the file is empty (0 bytes); please send it again"));
	case PCM_NO_SOUND:
		return err_set(e, ERR_REFUSED,
			       T("tệp âm thanh dài 0 giây, bên trong không có tiếng; xin gửi lại",
				 "the sound file is 0 seconds long, there is no sound in it; "
				 "please send it again"));
	case PCM_BAD_RATE:
		return err_set(e, ERR_REFUSED,
			       T("tần số lấy mẫu %lld Hz nằm ngoài mức %d–%d Hz; "
				 "xin gửi MP3 hoặc WAV thông thường",
				 "the sample rate of %lld Hz is outside %d–%d Hz; please send an "
				 "ordinary MP3 or WAV"),
			       (long long)detail, AUDIO_RATE_MIN_HZ, AUDIO_RATE_MAX_HZ);
	case PCM_BAD_CHANNELS:
		return err_set(e, ERR_REFUSED,
			       T("tệp có %lld kênh, đài nhận nhiều nhất 8; "
				 "xin gửi một hoặc hai kênh",
				 "the file has %lld channels, the station takes 8 at most; "
				 "please send one or two"),
			       (long long)detail);
	case PCM_TOO_LONG:
		return err_set(e, ERR_REFUSED,
			       T("tệp dài hơn %d giờ; xin cắt thành nhiều phần",
				 "the file is longer than %d hours; please cut it into parts"),
			       AUDIO_MAX_S / 3600);
	case PCM_UNREADABLE:
		return err_set(e, ERR_FAILED,
			       T("không đọc được tệp: %s", "cannot read the file: %s"),
			       err_words((int)detail, text));
	case PCM_DONE:
	case PCM_STATUS_COUNT: break;
	}
	must(false);
	return false;
}

static void print_length(char *out, size_t len, int64_t frames)
{
	int64_t s = (frames + FRAMES_PER_S / 2) / FRAMES_PER_S;

	if (s >= 3600)
		snprintf(out, len, "%lld:%02d:%02d", (long long)s / 3600, (int)(s / 60 % 60),
			 (int)(s % 60));
	else
		snprintf(out, len, "%d:%02d", (int)(s / 60), (int)(s % 60));
}

void refusal_warning(char out[static REASON_BYTES], int64_t promised, int64_t frames)
{
	char came[32], said[32];

	out[0] = '\0';
	if (promised - frames <= FRAMES_PER_S || promised - frames <= promised / 100)
		return;
	print_length(came, sizeof(came), frames);
	print_length(said, sizeof(said), promised);
	snprintf(out, REASON_BYTES,
		 T("tệp ghi là dài %s nhưng chỉ đọc được %s: có thể đã bị cắt khi gửi; "
		   "xin nghe lại trước khi phát",
		   "the file says it is %s long, but only %s could be read: it may have been "
		   "cut short on the way; please listen to it before it airs"),
		 said, came);
}
