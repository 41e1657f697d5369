/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/refusal.h"

#include "base/json.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "library/ingest.h"
#include "library/measure.h"
#include "library/sniff.h"

#include <stddef.h>

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

static json_t *length_s(int64_t frames)
{
	return json_rounded((double)frames / (double)FRAMES_PER_S, 2);
}

static void warn_of_length(struct warnings *w, int64_t promised, bool torn, int64_t frames)
{
	bool cut = promised - frames > FRAMES_PER_S && promised - frames > promised / 100;

	if (!cut && !torn)
		return;
	json_t *said = saying(cut ? SAYING_CUT_SHORT : SAYING_TORN);
	json_object_set_new(said, "came_s", length_s(frames));
	if (cut)
		json_object_set_new(said, "said_s", length_s(promised));
	warnings_add(w, said);
}

void refusal_warnings(struct warnings *w, const struct ingest_result *r, int64_t promised,
		      bool torn)
{
	warn_of_length(w, promised, torn, r->frames);
	/* Loudness needs 0.4 s of sound (EBU R 128); a shorter file says nothing by having none. */
	if (r->peak_dbtp < SILENT_DBTP ||
	    (r->loudness_lufs <= LOUDNESS_SILENT_LUFS && r->frames >= FRAMES_PER_S))
		warnings_add(w, saying(SAYING_SILENT));
	if (r->frames >= FRAMES_PER_S)
		return;
	json_t *said = saying(SAYING_VERY_SHORT);
	json_object_set_new(said, "length_s", length_s(r->frames));
	warnings_add(w, said);
}
