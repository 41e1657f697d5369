/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lists_change.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/holidays.h"
#include "plan/list_edit.h"
#include "proof/reader.h"
#include "station/change.h"
#include "station/coded.h"
#include "station/listfiles.h"
#include "station/versions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads as the files are but for one, which has this text. */
struct instead {
	struct disk *disk;
	const char *file;
	const struct buf *text; /* NULL: as it is */
};

static bool read_instead(void *arg, const char *file, struct buf *text, struct err *e)
{
	const struct instead *i = arg;

	if (i->text == NULL || strcmp(file, i->file) != 0)
		return disk_read(i->disk, file, YAML_FILE_BYTES_MAX, text, e);
	buf_add(text, buf_str(i->text), i->text->len);
	return true;
}

void lists_check(struct request *rq, const struct lists_file *f, const struct buf *text,
		       struct lists *lists, struct faults *faults)
{
	struct instead i = {rq->desk->disk, f->file, text};
	struct faults all = {0};

	lists_load(lists, read_instead, &i, &all);
	for (int k = 0; k < all.count; k++)
		if (strcmp(all.list[k].file, f->file) == 0)
			faults_copy(faults, &all.list[k]);
	faults_finish(&all);
	if (strcmp(f->file, HOLIDAYS_FILE) != 0)
		return;
	struct holidays *h = calloc(1, sizeof(*h));
	must(h != NULL);
	holidays_parse(h, f->file, buf_str(text), text->len, faults);
	free(h);
}

bool lists_text(struct request *rq, const struct lists_file *f, struct buf *text,
		     char sha256[static SHA256_HEX_BYTES], struct err *e)
{
	sha256[0] = '\0';
	if (disk_read(rq->desk->disk, f->file, YAML_FILE_BYTES_MAX, text, e)) {
		versions_hash(buf_str(text), text->len, sha256);
		return true;
	}
	if (e->kind != ERR_NOT_FOUND)
		return false;
	*e = (struct err){0};
	return true;
}

/* Codes that bulletins have must not go: only end. */
struct keeping_codes {
	const struct lists *before, *after;
	const char *file;
	struct faults *faults;
	char told[CODE_BYTES]; /* the last that was told */
};

static void keep_code(struct keeping_codes *k, enum codes_list which, const char *code)
{
	static const struct date any = {1, 1, 1};

	if (code[0] == '\0' || strcmp(seeds_file(which), k->file) != 0 ||
	    codes_named(&k->before->codes[which], code, any) == NULL ||
	    codes_named(&k->after->codes[which], code, any) != NULL ||
	    strcmp(k->told, code) == 0)
		return;
	snprintf(k->told, sizeof(k->told), "%s", code);
	faults_add(k->faults, FAULT_ERROR, k->file,
		   codes_named(&k->before->codes[which], code, any)->line,
		   T("%s: bản tin đã dùng mã này nên không bỏ được; ghi ngày hết (to) thay vì xóa",
		     "%s: bulletins use this code, and it cannot go; write its last day (to) "
		     "instead"),
		   code);
}

static bool keep_codes(const struct bulletin *b, void *arg)
{
	struct keeping_codes *k = arg;

	keep_code(k, CODES_LANGUAGES, b->language);
	keep_code(k, CODES_KINDS, b->kind);
	keep_code(k, CODES_FUNDS, b->fund);
	for (int i = 0; i < b->programme_count; i++)
		keep_code(k, CODES_PROGRAMMES, b->programmes[i]);
	return true;
}

/* faults: of the new text. False + err, or *refused: they forbid it. */
static bool judge(struct request *rq, const struct lists_file *f, const struct buf *before,
		  const struct buf *after, struct faults *faults, bool *refused, struct err *e)
{
	struct lists was = {0}, is = {0};
	struct faults old = {0};

	if (before->len > 0)
		lists_check(rq, f, before, &was, &old);
	lists_check(rq, f, after, &is, faults);
	struct keeping_codes k = {&was, &is, f->file, faults, ""};
	bool ok = reader_bulletins(ledger_view(rq->desk->ledger), -1, keep_codes, &k, e) &&
		  coded_kept(ledger_view(rq->desk->ledger), f->file, &was, &is, faults, e);
	/* What was wrong before does not forbid to mend something else. */
	*refused = faults->errors > 0 || faults->count - faults->errors > old.count - old.errors;
	lists_finish(&was);
	lists_finish(&is);
	faults_finish(&old);
	return ok;
}

static bool still_same(const struct lists_file *f, const char *was, const char *now, struct err *e)
{
	return was == NULL || strcmp(was, now) == 0 ||
	       err_set(e, ERR_DIFFERS,
		       T("%s đã được người khác sửa trong lúc bạn sửa; tải lại rồi làm lại",
			 "%s was changed by somebody else meanwhile; load it again and repeat"),
		       f->file);
}

static bool save(struct request *rq, const struct lists_file *f, const struct buf *after,
		 struct err *e)
{
	struct err untold = {0};

	/* What was changed by hand a moment ago has an entry of its own, in nobody's name. */
	if (!listfiles_note(rq->desk, "", e) ||
	    !versions_replace(rq->desk->disk, f->file, buf_str(after), after->len, e))
		return false;
	return listfiles_note(rq->desk, rq->who, &untold) ||
	       err_set(e, untold.kind, "%s", untold.text);
}

static bool conclude(struct request *rq, const struct lists_file *f, const struct buf *before,
		     const struct buf *after, json_t *reply, struct err *e)
{
	struct faults faults = {0};
	char sha256[SHA256_HEX_BYTES];
	bool refused = false;
	bool ok = judge(rq, f, before, after, &faults, &refused, e) &&
		  (refused || save(rq, f, after, e));

	if (ok) {
		versions_hash(buf_str(after), after->len, sha256);
		json_object_update_new(reply, json_pack("{s:s, s:s, s:s, s:b, s:o}", "name",
							f->name, "file", f->file, "sha256", sha256,
							"saved", (int)!refused, "faults",
							change_faults(&faults)));
	}
	faults_finish(&faults);
	return ok;
}

/* A list that the station does not keep begins with its first entry. */
static void begin(const struct lists_file *f, struct buf *text)
{
	if (text->len == 0)
		buf_print(text, "%s: []\n", f->key);
}

bool lists_change(struct request *rq, const struct lists_file *f, const json_t *edit,
		  const char *was, json_t *reply, struct err *e)
{
	char now[SHA256_HEX_BYTES];
	struct buf before = {0}, after = {0};
	bool ok = lists_text(rq, f, &before, now, e) && still_same(f, was, now, e);

	begin(f, &before);
	ok = ok && list_edit(f, buf_str(&before), before.len, edit, &after, e) &&
	     conclude(rq, f, &before, &after, reply, e);
	buf_finish(&before);
	buf_finish(&after);
	return ok;
}

bool lists_put(struct request *rq, const struct lists_file *f, const struct buf *after,
	       const char *was, json_t *reply, struct err *e)
{
	char now[SHA256_HEX_BYTES];
	struct buf before = {0};
	bool ok = lists_text(rq, f, &before, now, e) && still_same(f, was, now, e) &&
		  conclude(rq, f, &before, after, reply, e);

	buf_finish(&before);
	return ok;
}
