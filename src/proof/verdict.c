/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verdict.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* vi and en take the count. */
static const struct {
	const char *code, *vi, *en;
} checks[VERDICT_CHECKS] = {
	[CHECK_ENTRIES] = {"entries", "mục nhật ký: %lld, tính lại từng mục",
			   "log entries: %lld, each recomputed"},
	[CHECK_TILES] = {"tiles", "tệp băm của nhật ký: %lld, so từng byte",
			 "tiles of hashes: %lld, compared byte by byte"},
	[CHECK_HEADS] = {"heads",
			 "đầu nhật ký đã ký hoặc đã ghi nhớ: %lld, so chữ ký và gốc cây băm",
			 "signed or remembered heads: %lld, signature and root"},
	[CHECK_CHAIN] = {"chain", "nhật ký nối tiếp nhau: %lld",
			 "logs that follow one another: %lld"},
	[CHECK_VIEW] = {"view", "dòng trong bảng tra cứu (view.sqlite): %lld, so với nhật ký",
			"rows of view.sqlite: %lld, compared with the log"},
	[CHECK_MASTERS] = {"masters", "tệp âm thanh gốc: %lld, tính lại mã băm",
			   "masters: %lld, hashed again"},
	[CHECK_ORIGINALS] = {"originals", "tệp như đã gửi: %lld, tính lại mã băm",
			     "files as they were sent in: %lld, hashed again"},
	[CHECK_RECORDINGS] = {"recordings", "bản ghi âm buổi phát: %lld, tính lại mã băm",
			      "recordings of the mix: %lld, hashed again"},
	[CHECK_KEPT] = {"kept",
			"bản ghi đã xóa và lần phát dựa vào bản ghi: %lld, xóa có lý do, phát có "
			"bản ghi đúng giờ",
			"removed recordings, and airings that rest on one: %lld, removed for "
			"cause, recorded at their time"},
	[CHECK_TABLES] = {"tables", "bảng trong gói: %lld, so từng dòng với nhật ký",
			  "tables in the pack: %lld, each line compared with the log"},
	[CHECK_TEXTS] = {"texts", "lời dẫn và verify.py của gói: %lld, so với bản của chương trình",
			 "texts and verify.py of the pack: %lld, compared with the program's own"},
	[CHECK_OUTCOMES] = {"outcomes", "lần phát: %lld, mỗi lần có đúng một kết quả",
			    "airings: %lld, each with one outcome"},
	[CHECK_LEVELS] = {"levels", "mức chứng thực đã ghi: %lld, mỗi mức có đủ căn cứ",
			  "levels of proof claimed: %lld, each with what it rests on"},
	[CHECK_APPROVALS] = {"approvals", "lần phát bản tin: %lld, đều đã được duyệt trước đó",
			     "airings of bulletins: %lld, approved before"},
	[CHECK_TIMETABLES] = {"timetables",
			      "lần phát và lần lỡ theo lịch: %lld, so với lịch khi ấy",
			      "planned airings and misses: %lld, against the timetable of then"},
};

void verdict_init(struct verdict *v)
{
	*v = (struct verdict){0};
	v->findings = calloc(FINDINGS_MAX, sizeof(*v->findings));
	must(v->findings != NULL);
}

void verdict_finish(struct verdict *v)
{
	free(v->findings);
	*v = (struct verdict){0};
}

void verdict_checked(struct verdict *v, enum verdict_check check, int64_t count)
{
	v->checks[check].done = true;
	v->checks[check].count += count;
}

__attribute__((format(printf, 2, 0))) static void words(char out[static ERR_TEXT_BYTES],
							const char *fmt, va_list args)
{
	vsnprintf(out, ERR_TEXT_BYTES, fmt, args);
	utf8_cut(out, ERR_TEXT_BYTES - 1);
}

void verdict_differs(struct verdict *v, enum verdict_check check, const char *code,
		     const char *log, int64_t n, const char *file, const char *fmt, ...)
{
	va_list args;

	v->checks[check].done = true;
	v->checks[check].differ++;
	v->differ++;
	if (v->finding_count == FINDINGS_MAX)
		return;
	struct finding *f = &v->findings[v->finding_count++];
	*f = (struct finding){.check = check, .code = code, .n = n};
	snprintf(f->log, sizeof(f->log), "%s", log);
	snprintf(f->file, sizeof(f->file), "%s", file);
	va_start(args, fmt);
	words(f->text, fmt, args);
	va_end(args);
}

void verdict_note(struct verdict *v, const char *code, int64_t count, const char *fmt, ...)
{
	va_list args;

	if (v->note_count == NOTES_MAX)
		return;
	struct verdict_note *note = &v->notes[v->note_count++];
	*note = (struct verdict_note){.code = code, .count = count};
	va_start(args, fmt);
	words(note->text, fmt, args);
	va_end(args);
}

/* Of more notes than are kept, the last gives way. */
void verdict_warn(struct verdict *v, const char *code, int64_t count, const char *fmt, ...)
{
	va_list args;

	v->note_count -= v->note_count == NOTES_MAX;
	struct verdict_note *note = &v->notes[v->note_count++];
	*note = (struct verdict_note){.code = code, .count = count, .grave = true};
	va_start(args, fmt);
	words(note->text, fmt, args);
	va_end(args);
}

bool verdict_warns(const struct verdict *v)
{
	for (int i = 0; i < v->note_count; i++)
		if (v->notes[i].grave)
			return true;
	return false;
}

const struct finding *verdict_first(const struct verdict *v)
{
	const struct finding *first = NULL;

	for (int i = 0; i < v->finding_count; i++)
		if (first == NULL || v->findings[i].check < first->check)
			first = &v->findings[i];
	return first;
}

const char *verdict_check_code(enum verdict_check check)
{
	return checks[check].code;
}

void verdict_check_text(const struct verdict *v, enum verdict_check check,
			char out[static ERR_TEXT_BYTES])
{
	snprintf(out, ERR_TEXT_BYTES, T(checks[check].vi, checks[check].en),
		 (long long)v->checks[check].count);
}

static json_t *finding_json(const struct finding *f)
{
	json_t *o = json_object();
	int fault = json_object_set_new(o, "check", json_string(checks[f->check].code));

	fault |= json_object_set_new(o, "code", json_string(f->code));
	fault |= json_object_set_new(o, "log", json_text(f->log));
	fault |= json_object_set_new(o, "n", f->n >= 0 ? json_integer(f->n) : json_null());
	fault |= json_object_set_new(o, "file", json_text(f->file));
	fault |= json_object_set_new(o, "text", json_text(f->text));
	must(fault == 0);
	return o;
}

static json_t *checks_json(const struct verdict *v)
{
	json_t *list = json_array();

	for (int i = 0; i < VERDICT_CHECKS; i++) {
		char text[ERR_TEXT_BYTES];

		if (!v->checks[i].done)
			continue;
		verdict_check_text(v, (enum verdict_check)i, text);
		json_t *o = json_pack("{s:s, s:I, s:I, s:s}", "check", checks[i].code, "count",
				      (json_int_t)v->checks[i].count, "differ",
				      (json_int_t)v->checks[i].differ, "text", text);
		must(o != NULL && json_array_append_new(list, o) == 0);
	}
	return list;
}

static json_t *notes_json(const struct verdict *v)
{
	json_t *list = json_array();

	for (int i = 0; i < v->note_count; i++) {
		const struct verdict_note *note = &v->notes[i];
		json_t *o = json_pack("{s:s, s:I, s:b}", "code", note->code, "count",
				      (json_int_t)note->count, "grave", note->grave);

		must(o != NULL && json_object_set_new(o, "text", json_text(note->text)) == 0 &&
		     json_array_append_new(list, o) == 0);
	}
	return list;
}

json_t *verdict_json(const struct verdict *v)
{
	const struct finding *first = verdict_first(v);
	json_t *o = json_object(), *list = json_array();
	int fault = 0;

	for (int i = 0; i < v->finding_count; i++)
		fault |= json_array_append_new(list, finding_json(&v->findings[i]));
	fault |= json_object_set_new(o, "ok", json_boolean(v->differ == 0));
	fault |= json_object_set_new(o, "differ", json_integer(v->differ));
	fault |= json_object_set_new(o, "first",
				     first != NULL ? finding_json(first) : json_null());
	fault |= json_object_set_new(o, "checks", checks_json(v));
	fault |= json_object_set_new(o, "differences", list);
	fault |= json_object_set_new(o, "notes", notes_json(v));
	must(fault == 0);
	return o;
}
