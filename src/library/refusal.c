/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/refusal.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"
#include "library/ingest.h"
#include "library/measure.h"
#include "library/sniff.h"

#include <stdio.h>
#include <string.h>

/* Below this no amplifier of a commune makes anything of it: the noise of a 12-bit recorder. */
#define SILENT_DBTP (-70.0)

static const char *words(int64_t kind)
{
	return kind > SNIFF_UNKNOWN && kind <= SNIFF_TEXT ? sniff_words((enum sniff)kind) : NULL;
}

static bool not_sound(struct err *e, int64_t kind)
{
	const char *what = words(kind);

	if (what == NULL)
		return err_set(e, ERR_UNSUPPORTED,
			       T("đây không phải tệp âm thanh mà đài đọc được; "
				 "xin gửi MP3 hoặc WAV",
				 "this is no sound file that the station can read; "
				 "please send MP3 or WAV"));
	return err_set(e, ERR_UNSUPPORTED,
		       T("đây không phải tệp âm thanh mà là %s; xin gửi MP3 hoặc WAV",
			 "this is not a sound file but a %s; please send MP3 or WAV"),
		       what);
}

static bool damaged(struct err *e, int64_t kind)
{
	const char *what = words(kind);

	return err_set(e, ERR_DAMAGED,
		       T("tệp bị hỏng, không giải mã được (%s); xin gửi lại",
			 "the file is damaged and cannot be decoded (%s); please send it again"),
		       what != NULL ? what : T("không rõ loại", "unknown kind"));
}

static bool unsupported(struct err *e, int64_t kind)
{
	const char *what = words(kind);

	return err_set(e, ERR_UNSUPPORTED,
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
		return err_set(e, ERR_DAMAGED,
			       T("tệp trống (0 byte); xin gửi lại",
				 "the file is empty (0 bytes); please send it again"));
	case PCM_NO_SOUND:
		return err_set(e, ERR_DAMAGED,
			       T("tệp âm thanh dài 0 giây, bên trong không có tiếng; xin gửi lại",
				 "the sound file is 0 seconds long, there is no sound in it; "
				 "please send it again"));
	case PCM_BAD_RATE:
		return err_set(e, ERR_DAMAGED,
			       T("tần số lấy mẫu %lld Hz nằm ngoài mức %d–%d Hz; "
				 "xin gửi MP3 hoặc WAV thông thường",
				 "the sample rate of %lld Hz is outside %d–%d Hz; please send an "
				 "ordinary MP3 or WAV"),
			       (long long)detail, AUDIO_RATE_MIN_HZ, AUDIO_RATE_MAX_HZ);
	case PCM_BAD_CHANNELS:
		return err_set(e, ERR_DAMAGED,
			       T("tệp có %lld kênh, đài nhận nhiều nhất 8; "
				 "xin gửi một hoặc hai kênh",
				 "the file has %lld channels, the station takes 8 at most; "
				 "please send one or two"),
			       (long long)detail);
	case PCM_TOO_LONG:
		return err_set(e, ERR_DAMAGED,
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

static void warn_of_length(struct warnings *w, int64_t promised, bool torn, int64_t frames)
{
	char came[32], said[32];

	print_length(came, sizeof(came), frames);
	print_length(said, sizeof(said), promised);
	if (promised - frames > FRAMES_PER_S && promised - frames > promised / 100)
		warnings_add(w,
			     T("tệp ghi là dài %s nhưng chỉ đọc được %s: có thể đã bị cắt khi "
			       "gửi; xin nghe lại trước khi phát",
			       "the file says it is %s long, but only %s could be read: it may "
			       "have been cut short on the way; please listen to it before it "
			       "airs"),
			     said, came);
	else if (torn)
		warnings_add(w,
			     T("tệp đứt đoạn hoặc thiếu phần cuối, đọc được %s: có thể đã bị cắt "
			       "khi gửi; xin nghe lại trước khi phát",
			       "the file is torn or its end is missing; %s could be read: it may "
			       "have been cut short on the way; please listen to it before it "
			       "airs"),
			     came);
}

void refusal_warnings(struct warnings *w, const struct ingest_result *r, int64_t promised,
		      bool torn)
{
	warn_of_length(w, promised, torn, r->frames);
	/* Loudness needs 0.4 s of sound (EBU R 128); a shorter file says nothing by having none. */
	if (r->peak_dbtp < SILENT_DBTP ||
	    (r->loudness_lufs <= LOUDNESS_SILENT_LUFS && r->frames >= FRAMES_PER_S))
		warnings_add(w, T("tệp im lặng, không nghe thấy gì; xin kiểm tra lại bản ghi âm",
				  "the file is silent, nothing can be heard in it; please check "
				  "the recording"));
	if (r->frames < FRAMES_PER_S)
		warnings_add(w, T("tệp chỉ dài %.2f giây; xin kiểm tra có gửi nhầm tệp không",
				  "the file is only %.2f seconds long; please check that it is "
				  "the right one"),
			     (double)r->frames / (double)FRAMES_PER_S);
}
