/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/prove.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/tlogproof.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool none(const char *name, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND,
		       T("nhật ký không có %s", "the log has no %s"), name);
}

/* A whole number from the first digit to the end; −1 for others. */
static int64_t digits(const char *text)
{
	char again[32];
	int64_t n = strtoll(text, NULL, 10);

	snprintf(again, sizeof(again), "%" PRId64, n);
	return n >= 0 && strcmp(again, text) == 0 ? n : -1;
}

/* From the entry that gave the airing its name on, for the one that tells its outcome. */
struct search {
	const char *name;
	const char *begun, *ended; /* kinds */
	char mark[ID_BYTES + 16];
	int64_t first; /* the name's own */
	bool known;    /* and it is what the name says */
	int64_t found; /* −1 not yet */
};

static bool look(int64_t n, const char *text, size_t len, void *arg)
{
	struct search *s = arg;
	struct err ignored;

	if (n != s->first && memmem(text, len, s->mark, strlen(s->mark)) == NULL)
		return true;
	json_t *o = json_read(text, len, &ignored);
	const char *kind = json_get_text(o, "kind", "");
	if (n == s->first)
		s->known = strcmp(kind, s->begun) == 0;
	else if (strcmp(kind, s->ended) == 0 &&
		 strcmp(json_get_text(o, "airing", ""), s->name) == 0)
		s->found = n;
	json_decref(o);
	return s->known && s->ended != NULL && s->found < 0;
}

static bool find_by(struct chain *c, struct search *s, int64_t *n, struct err *e)
{
	int64_t end = s->ended != NULL ? chain_next(c) : s->first + 1;

	snprintf(s->mark, sizeof(s->mark), "\"airing\":\"%.*s\"", ID_BYTES, s->name);
	if (!chain_read(c, s->first, end, look, s, e))
		return false;
	if (!s->known)
		return none(s->name, e);
	*n = s->ended != NULL ? s->found : s->first;
	return *n >= 0 ||
	       err_set(e, ERR_CONFLICT,
		       T("%s: nhật ký chưa ghi kết quả; hãy đợi phát xong",
			 "%s: the log has no outcome yet; wait until it has ended"), s->name);
}

bool prove_find(struct chain *c, const char *name, int64_t *n, struct err *e)
{
	static const struct {
		char letter;
		const char *begun, *ended;
	} kinds[] = {
		{'A', KIND_INTENDED, KIND_ENDED},
		{'T', KIND_TEST_INTENDED, KIND_TEST_ENDED},
		{'M', KIND_MISSED, NULL},
		{'B', KIND_RECEIVED, NULL},
	};

	*n = digits(name);
	if (*n >= 0)
		return true;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct search s = {.name = name, .begun = kinds[i].begun,
				   .ended = kinds[i].ended, .found = -1};

		s.first = entry_id_index(name, kinds[i].letter);
		if (s.first >= 0)
			return find_by(c, &s, n, e);
	}
	return err_set(e, ERR_USAGE,
		       T("%s: phải là mã như A42, M43, B17 hoặc số của mục nhật ký",
			 "%s: must be an id like A42, M43, B17 or the number of an entry"), name);
}

static bool take_leaf(int64_t n, const char *text, size_t len, void *arg)
{
	struct tlogproof *p = arg;

	(void)n;
	must(len < sizeof(p->leaf));
	memcpy(p->leaf, text, len);
	p->leaf[len] = '\n';
	p->leaf_len = len + 1;
	return false;
}

static bool read_beside(struct disk *d, const char *log, const char *name, int64_t max,
			struct buf *out, struct err *e)
{
	char path[LOG_DIR_BYTES + 16];

	snprintf(path, sizeof(path), "%s/%s", log, name);
	return disk_read(d, path, max, out, e);
}

static bool read_key(struct disk *d, const char *log, struct note_verifier *key, struct err *e)
{
	struct buf b = {0};
	bool ok = read_beside(d, log, NOTARY_VKEY, NOTE_KEY_BYTES, &b, e);

	if (ok && b.len > 0 && b.data[b.len - 1] == '\n')
		b.data[--b.len] = '\0';
	ok = ok && note_verifier_parse(key, buf_str(&b), e);
	buf_finish(&b);
	return ok;
}

static bool not_yet(int64_t n, struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		       T("mục %" PRId64 " chưa nằm dưới đầu nhật ký có chữ ký nào; hãy thử lại sau",
			 "no signed head of the log covers entry %" PRId64 " yet; try again later"),
		       n);
}

/* Of a log that has ended no head will come any more: what lies behind its last, the first entry of
 * the next log vouches for. */
static void told_never(struct chain *c, const char *log, int64_t n, struct err *e)
{
	int64_t next = chain_after(c, log);

	if (next < 0)
		return;
	err_set(e, ERR_CONFLICT,
		       T("mục %" PRId64 " không có bằng chứng riêng: %s đã kết thúc trước khi "
			 "ký tới nó. Mục %" PRId64 ", mục đầu của nhật ký sau, bảo chứng cho "
			 "nó: hãy lấy gói bằng chứng (vangxa pack) và kiểm tra bằng vangxa verify",
			 "entry %" PRId64 " has no proof of its own: %s ended before it was "
			 "signed for. Entry %" PRId64 ", the first of the next log, vouches for "
			 "it: take a pack (vangxa pack) and check it by vangxa verify"),
		       n, log, next);
}

/* The tree is that of the head: a log that has grown since is read as it was then. */
static bool fill(struct disk *d, const char *log, int64_t n, struct tlogproof *p, struct err *e)
{
	struct note_verifier key;
	struct checkpoint c;
	struct tree *t = malloc(sizeof(*t));

	must(t != NULL);
	bool ok = read_key(d, log, &key, e) &&
		  checkpoint_open(p->head, p->head_len, &key, 1, &c, NULL, e);
	if (ok && p->index >= c.size)
		ok = not_yet(n, e);
	if (ok) {
		tree_init(t, d, log, c.size);
		ok = tree_path(t, p->index, p->path, &p->count, e) &&
		     tlogproof_check(p, &key, &c, e);
	}
	free(t);
	return ok;
}

/* By the head in that file. */
static bool prove_by(struct disk *d, const char *log, const char *name, int64_t n,
		     struct tlogproof *p, bool packed, struct buf *out, struct err *e)
{
	struct buf head = {0};
	bool ok = read_beside(d, log, name, NOTE_BYTES_MAX, &head, e);

	if (!ok && e->kind == ERR_NOT_FOUND)
		not_yet(n, e);
	p->head = buf_str(&head);
	p->head_len = head.len;
	ok = ok && fill(d, log, n, p, e);
	if (ok)
		tlogproof_print(p, packed, out);
	buf_finish(&head);
	return ok;
}

/* A head that outsiders signed as well says more than the newest, which nobody but the station has
 * seen; where it does not reach so far, or is of no use, it is done without. */
bool prove_entry(struct disk *d, struct chain *c, int64_t n, bool packed, struct buf *out,
		 struct err *e)
{
	struct tlogproof *p = calloc(1, sizeof(*p));
	char log[LOG_DIR_BYTES], name[32];
	struct err ignored;

	must(p != NULL);
	snprintf(name, sizeof(name), "%" PRId64, n);
	bool ok = chain_where(c, n, log, &p->index) || none(name, e);
	ok = ok && chain_read(c, n, n + 1, take_leaf, p, e);
	ok = ok && (prove_by(d, log, NOTARY_WITNESSED, n, p, packed, out, &ignored) ||
		    prove_by(d, log, NOTARY_CHECKPOINT, n, p, packed, out, e));
	if (!ok && e->kind == ERR_CONFLICT)
		told_never(c, log, n, e);
	free(p);
	return ok;
}
