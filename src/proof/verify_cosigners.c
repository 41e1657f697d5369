/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_cosigners.h"

#include "base/text.h"
#include "proof/notary.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* What the key vouches for: the largest head, and when that was. */
struct cosigned {
	const struct verify_log *log;
	int64_t size, time_s;
};

static void see_head(const struct verify_log *l, const char *file, const struct buf *note,
		     const struct checkpoint *head, const struct note_verifier *key,
		     struct cosigned *most, struct verdict *verdict)
{
	const struct note_verifier keys[2] = {l->key, *key};
	char path[LOG_DIR_BYTES + 16];
	struct note_opened o;
	struct err e;

	snprintf(path, sizeof(path), "%s/%s", l->survey.log, file);
	if (!note_open(buf_str(note), note->len, keys, 2, &o, &e)) {
		verdict_differs(verdict, CHECK_HEADS, "cosignature-wrong", l->survey.log, -1, path,
				T("%s: chữ ký của nhân chứng %s không đúng: %s",
				  "%s: the signature of the witness %s does not hold: %s"), path,
				key->name, e.text);
	} else if ((o.signed_by & 2) != 0 && (most->log != l || head->size > most->size)) {
		*most = (struct cosigned){l, head->size, o.time_s[1]};
	}
}

static void tell(const struct cosigned *most, const struct note_verifier *key,
		 struct verdict *verdict)
{
	time_t s = (time_t)most->time_s;
	char when[32] = "";
	struct tm tm;

	gmtime_r(&s, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	verdict_note(verdict, "cosigned", most->size,
		     T("nhân chứng %s đã ký đầu %s lúc %s: %" PRId64 " mục đầu của nó đã có khi đó",
		       "the witness %s signed the head of %s at %s: its first %" PRId64
		       " entries were there then"),
		     key->name, most->log->survey.log, when, most->size);
}

void verify_cosigner(const struct verify *v, const struct note_verifier *key, bool expected,
		     struct verdict *verdict)
{
	struct cosigned most = {0};
	int64_t wrong = verdict->differ;

	for (int i = 0; i < v->count; i++) {
		const struct verify_log *l = &v->logs[i];

		if (l->has_head)
			see_head(l, NOTARY_CHECKPOINT, &l->survey.checkpoint, &l->head, key, &most,
				 verdict);
		if (l->has_witnessed)
			see_head(l, NOTARY_WITNESSED, &l->survey.witnessed, &l->witnessed, key,
				 &most, verdict);
	}
	if (!expected || verdict->differ != wrong)
		return;
	if (most.log != NULL)
		tell(&most, key, verdict);
	else
		verdict_differs(verdict, CHECK_HEADS, "cosignature-none", "", -1, "",
				T("không đầu sổ nào ở đây có chữ ký của nhân chứng có khóa đã cho "
				  "(%s)",
				  "no head here bears a signature by the witness whose key was "
				  "given (%s)"), key->name);
}
