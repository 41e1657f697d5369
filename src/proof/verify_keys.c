/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Anybody can write a log that names the one before it, and sign it with a key of his own. So a
 * later log is believed by what the log before says of it, under its signature, and by nothing
 * else: its last word names the next key (key.rotated), or the same secret signs on under the next
 * name, as the station does for whatever else ends a log. A key that was lost for good nobody can
 * name any more: then it takes somebody who knows the new one from elsewhere. */
#include "base/json.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/newest.h"
#include "proof/notary.h"
#include "proof/verify_inside.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define LOOK_BACK 512 /* entries: the last word may have been filled up behind (log.padded) */

/* The last word of a log that its head has signed. */
struct last_word {
	bool rotated;
	char next_vkey[NOTE_KEY_BYTES];
};

static bool note_word(int64_t index, const char *text, size_t len, void *arg)
{
	struct last_word *w = arg;
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);
	const char *kind = json_get_text(o, "kind", "");

	(void)index;
	if (strcmp(kind, KIND_LOG_PADDED) != 0) {
		w->rotated = strcmp(kind, KIND_KEY_ROTATED) == 0;
		snprintf(w->next_vkey, sizeof(w->next_vkey), "%.*s", NOTE_KEY_BYTES - 1,
			 json_get_text(o, "next_vkey", ""));
	}
	json_decref(o);
	return true;
}

/* What stands behind the signed head is anybody's word. */
static void read_last(const struct verify_log *l, struct last_word *w)
{
	int64_t size = l->has_head ? l->head.size : 0;

	*w = (struct last_word){0};
	if (size > l->survey.count ||
	    !survey_read(&l->survey, size > LOOK_BACK ? size - LOOK_BACK : 0, size, note_word, w))
		w->rotated = false;
}

static void judge_key(const struct verify_log *before, const struct verify_log *l,
		      const struct note_verifier *next, const struct last_word *said,
		      struct verdict *verdict)
{
	bool adjacent = before->number == l->number - 1;
	char vkey[NOTE_KEY_BYTES];

	note_verifier_print(&l->key, vkey);
	if (!l->given && !note_verifier_same_secret(next, &l->key))
		verdict_differs(verdict, CHECK_CHAIN, "key-unnamed", l->survey.log, l->base, "",
				T("%s do một khóa ký mà không gì trước đó nêu tên: %s. Chỉ tin nó "
				  "nếu danh sách khóa của đài hoặc một nhân chứng nêu khóa ấy; khi "
				  "đó thêm --key với khóa này",
				  "%s is signed by a key that nothing before names: %s. Only "
				  "believe it if the station's list of keys or a witness names "
				  "that key; then add --key with it"), l->survey.log, vkey);
	else if (adjacent && strcmp(before->continued_why, "rotated") == 0 && !said->rotated)
		verdict_differs(verdict, CHECK_CHAIN, "not-rotated", l->survey.log, l->base, "",
				T("mục đầu của %s nói khóa đã được thay, nhưng mục cuối của %s "
				  "không nói vậy",
				  "the first entry of %s says that the key was rotated, and the "
				  "last of %s does not"), l->survey.log, before->survey.log);
}

/* The next key waits in its file until the next log has begun with it (see notary_next.c). Only
 * its public half is looked at. */
static bool is_ready(struct disk *d, const char *next_vkey)
{
	struct note_signer s = {0};
	struct buf b = {0};
	char text[NOTE_KEY_BYTES];
	struct err ignored;
	bool ready = disk_read(d, NOTARY_NEXT_KEY, NOTE_KEY_BYTES, &b, &ignored) && b.len > 0;

	if (ready) {
		snprintf(text, sizeof(text), "%.*s", (int)strcspn(buf_str(&b), "\n"), buf_str(&b));
		ready = note_signer_parse(&s, text, &ignored);
		note_verifier_print(&s.verifier, text);
		ready = ready && strcmp(text, next_vkey) == 0;
		sodium_memzero(b.data, b.len);
	}
	sodium_memzero(&s, sizeof(s));
	buf_finish(&b);
	return ready;
}

/* The last log has ended by naming the next key: that log must be there. */
static void judge_end(const struct verify *v, const struct verify_log *last,
		      const struct last_word *said, struct verdict *verdict)
{
	char log[LOG_DIR_BYTES];
	struct err ignored;
	int newest = 0;

	if (!said->rotated || v->heads.log > last->number)
		return; /* what the heads remember has been missed already */
	if (is_ready(v->disk, said->next_vkey)) {
		verdict_note(verdict, "rotating", 1,
			     T("%s đã nêu khóa mới mà nhật ký tiếp theo chưa mở (máy tắt giữa "
			       "chừng khi thay khóa); lần khởi động sau sẽ làm tiếp",
			       "%s has named the new key, and the next log has not begun (the "
			       "machine went off during the rotation); the next start goes on"),
			     last->survey.log);
		return;
	}
	if (newest_log(v->disk, &newest, &ignored) && newest > v->newest)
		return; /* it has begun since */
	log_dir(last->number + 1, log);
	verdict_differs(verdict, CHECK_CHAIN, "log-missing", log, -1, log,
			T("thiếu cả nhật ký %s: mục cuối của %s đã nêu khóa của nó",
			  "the whole log %s is missing: the last entry of %s names its key"), log,
			last->survey.log);
}

void verify_keys(const struct verify *v, struct verdict *verdict)
{
	struct note_verifier next = {0}; /* whose secret signs the log that follows */
	struct last_word said = {0};
	bool known = false;
	struct err ignored;

	for (int i = 0; i < v->count; i++) {
		const struct verify_log *l = &v->logs[i];

		if (known && l->has_key)
			judge_key(&v->logs[i - 1], l, &next, &said, verdict);
		read_last(l, &said);
		if (said.rotated && !note_verifier_parse(&next, said.next_vkey, &ignored))
			next = (struct note_verifier){0};
		else if (!said.rotated && l->has_key)
			next = l->key;
		known = known || l->has_key;
	}
	if (v->count > 0)
		judge_end(v, &v->logs[v->count - 1], &said, verdict);
}
