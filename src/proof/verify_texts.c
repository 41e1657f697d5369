/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_texts.h"

#include "base/must.h"
#include "proof/parcel_inside.h"

#include <stdlib.h>
#include <string.h>

static void text_differs(const char *code, const char *name, const char *what,
			 struct verdict *verdict)
{
	verdict_differs(verdict, CHECK_TEXTS, code, "", -1, name, "%s: %s", name, what);
}

static void compare(struct disk *d, const char *name, const struct buf *want,
		    struct verdict *verdict)
{
	struct buf is = {0};
	struct err e;

	if (!disk_read(d, name, PACK_TEXT_BYTES_MAX, &is, &e))
		text_differs("text-missing", name, T("thiếu trong gói", "missing from the pack"),
			     verdict);
	else if (is.len != want->len || memcmp(is.data, want->data, is.len) != 0)
		text_differs("text-differs", name,
			     T("đã bị sửa, không như chương trình ghi; đừng làm theo hay chạy",
			       "it was changed and is not what the program writes; neither follow "
			       "nor run it"), verdict);
	buf_finish(&is);
}

void verify_texts(const struct verify *v, const struct parcel *p, enum text_reader reader,
		  int64_t entries, struct verdict *verdict)
{
	struct parcel_log *logs = calloc(LOGS_MAX, sizeof(*logs));
	enum text_reader before = text_speak(reader);
	struct buf want[PARCEL_TEXTS] = {{0}};
	struct err ignored;
	int count = 0;

	must(logs != NULL);
	/* A head that cannot be read has been named before. */
	bool ok = parcel_logs_find(v->disk, logs, &count, &ignored);
	for (int i = 0; ok && i < PARCEL_TEXTS; i++)
		parcel_text((enum parcel_text)i, p, logs, count, entries, &want[i]);
	text_speak(before);
	for (int i = 0; ok && i < PARCEL_TEXTS; i++) {
		compare(v->disk, parcel_text_names[i], &want[i], verdict);
		buf_finish(&want[i]);
	}
	if (ok)
		verdict_checked(verdict, CHECK_TEXTS, PARCEL_TEXTS);
	parcel_logs_finish(logs, count);
	free(logs);
}

void verify_texts_program(const struct verify *v, struct verdict *verdict)
{
	struct buf want = {0};

	parcel_text(TEXT_VERIFIER, NULL, NULL, 0, 0, &want);
	compare(v->disk, parcel_text_names[TEXT_VERIFIER], &want, verdict);
	verdict_checked(verdict, CHECK_TEXTS, 1);
	buf_finish(&want);
}

void verify_texts_other(struct verdict *verdict)
{
	char program[PARCEL_PROGRAM_BYTES];

	parcel_program(program);
	verdict_warn(verdict, "texts-other", 0,
		     T("gói nói là do một bản VangXa khác lập (bản này là %s), nên README.txt, "
		       "DOC-TRUOC.txt, pack.json và verify.py của nó không so được: đừng chạy "
		       "verify.py ấy nếu chưa đọc; lấy nó từ nơi ông bà tin",
		       "the pack says that another version of VangXa made it (this one is %s): its "
		       "README.txt, DOC-TRUOC.txt, pack.json and verify.py cannot be compared. Do "
		       "not run that verify.py unread; take one from where you trust"), program);
}
