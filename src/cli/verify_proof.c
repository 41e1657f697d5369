/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verify_proof.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/remote.h"
#include "proof/tlogproof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST "c2sp.org/tlog-proof@"

struct checking {
	struct tlogproof proof;
	struct checkpoint head;
	struct note_opened opened;
	struct known_keys known; /* the log's own first, if it is known */
	bool log_key; /* the first is the log's own */
};

bool verify_proof_is(const char *data, size_t len)
{
	return len >= strlen(FIRST) && memcmp(data, FIRST, strlen(FIRST)) == 0;
}

/* Of the keys of logs the one whose name the head bears; else the first, which it then differs
 * from. */
static void choose_key(struct checking *c)
{
	struct note_verifier *k = c->known.keys, *chosen = NULL;

	for (int i = 0; i < c->known.count; i++)
		if (k[i].type == NOTE_ED25519 &&
		    (chosen == NULL || (strcmp(chosen->name, c->head.origin) != 0 &&
					strcmp(k[i].name, c->head.origin) == 0)))
			chosen = &k[i];
	c->log_key = chosen != NULL;
	if (chosen == NULL)
		return;
	struct note_verifier first = k[0];
	k[0] = *chosen;
	*chosen = first;
}

/* Who should have signed did. The form first: keys that are here may all be of others. */
static bool open_head(struct checking *c, struct err *e)
{
	const struct tlogproof *p = &c->proof;
	const struct known_keys *k = &c->known;

	if (!note_open(p->head, p->head_len, NULL, 0, &c->opened, e) ||
	    !checkpoint_parse(p->head, c->opened.text_len, &c->head, e))
		return false;
	choose_key(c);
	if (c->log_key)
		return checkpoint_open(p->head, p->head_len, k->keys, k->count, &c->head,
				       &c->opened, e);
	return k->count == 0 ||
	       note_open(p->head, p->head_len, k->keys, k->count, &c->opened, e);
}

static bool check(struct checking *c, const struct buf *text, struct err *e)
{
	return tlogproof_parse(buf_str(text), text->len, &c->proof, e) && open_head(c, e) &&
	       tlogproof_climb(&c->proof, &c->head, e);
}

static bool is_checked(const struct checking *c, const struct note_signature *s)
{
	for (int i = 0; i < c->known.count; i++)
		if ((c->opened.signed_by & 1u << i) != 0 && c->known.keys[i].id == s->id &&
		    strcmp(c->known.keys[i].name, s->name) == 0)
			return true;
	return false;
}

static void time_text(int64_t time_s, char out[static 32])
{
	struct tz utc;

	out[0] = '\0';
	tz_fixed(&utc, "UTC", 0);
	if (time_s >= 0)
		wall_print((struct wall){time_s * NS_PER_S}, &utc, out);
}

static json_t *signatures(const struct checking *c)
{
	size_t at = c->opened.text_len;
	json_t *list = json_array();
	struct note_signature s;
	char time[32];

	while (note_signature_next(c->proof.head, c->proof.head_len, &at, &s)) {
		time_text(s.time_s, time);
		json_t *o = json_pack("{s:s, s:b, s:s}", "name", s.name, "checked",
				      is_checked(c, &s), "time", time);
		must(o != NULL && json_array_append_new(list, o) == 0);
	}
	return list;
}

static void print_signatures(const json_t *list)
{
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		const char *time = json_get_text(o, "time", "");

		printf("%s %s%s%s\n",
		       json_get_bool(o, "checked", false)
			       ? T("đúng  chữ ký của", "right signature by")
			       : T("?     có tên nhưng chưa kiểm (không khóa --key nào là của họ):",
				   "?     named but not checked (no --key given is theirs):"),
		       json_get_text(o, "name", ""), time[0] != '\0' ? T(", lúc ", ", at ") : "",
		       time);
	}
}

static void print(const struct checking *c, const json_t *list)
{
	char root[HASH_TEXT_BYTES];

	hash_print(&c->head.root, root);
	if (!c->log_key)
		puts(T("CHƯA BIẾT AI KÝ: chưa đưa khóa của đài (--key), nên không ai đứng ra bảo "
		       "đảm: ai cũng làm được một tệp như thế này. Lấy khóa từ bản báo cáo đã in "
		       "hoặc từ lần trước, không lấy từ người đưa tệp. Dưới đây chỉ nói tệp tự "
		       "khớp hay không.",
		       "NOBODY VOUCHES FOR THIS: no key of the station was given (--key), and "
		       "anybody can make such a file. Take the key from a printed report or an "
		       "earlier visit, not from whoever hands you the file. What follows only "
		       "says that the file agrees with itself."));
	printf("%.*s", (int)c->proof.leaf_len, c->proof.leaf);
	printf(T("%s là mục có số thứ tự %lld trong nhật ký %s dài %lld mục, gốc %s\n",
		 "%s this is entry %lld of the log %s of %lld entries, root %s\n"),
	       c->log_key ? T("đúng ", "right") : T("khớp ", "fits "),
	       (long long)c->proof.index, c->head.origin, (long long)c->head.size, root);
	print_signatures(list);
}

static void print_json(const struct checking *c, json_t *list)
{
	char root[HASH_TEXT_BYTES];
	struct err ignored;
	json_t *entry = json_read(c->proof.leaf, c->proof.leaf_len, &ignored);

	hash_print(&c->head.root, root);
	json_t *o = json_pack("{s:b, s:s, s:I, s:I, s:s, s:b, s:O, s:o}", "ok", true, "log",
			      c->head.origin, "index", (json_int_t)c->proof.index, "size",
			      (json_int_t)c->head.size, "root", root, "key_known", c->log_key,
			      "signatures", list, "entry",
			      entry != NULL ? entry : json_null());
	must(o != NULL);
	remote_print(o);
	json_decref(o);
}

int verify_proof(const struct buf *text, const struct known_keys *keys, bool as_json)
{
	struct checking *c = calloc(1, sizeof(*c));
	struct err e = {0};

	must(c != NULL);
	c->known = *keys;
	bool ok = check(c, text, &e);
	if (ok) {
		json_t *list = signatures(c);
		if (as_json)
			print_json(c, list);
		else
			print(c, list);
		json_decref(list);
	}
	free(c);
	return ok ? 0 : args_fail(&e);
}
