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
	struct note_verifier keys[NOTE_KNOWN_MAX]; /* the log's own first, if it is known */
	int key_count;
	bool log_key; /* the first is the log's own */
};

bool verify_proof_is(const char *data, size_t len)
{
	return len >= strlen(FIRST) && memcmp(data, FIRST, strlen(FIRST)) == 0;
}

static bool read_keys(struct checking *c, const struct arg_list *given, struct err *e)
{
	for (int i = 0; i < given->count; i++) {
		struct note_verifier *k = &c->keys[c->key_count];

		if (c->key_count == NOTE_KNOWN_MAX)
			return err_set(e, ERR_USAGE, T("--key: nhiều nhất %d khóa",
						       "--key: at most %d"), NOTE_KNOWN_MAX);
		if (!note_verifier_parse(k, given->items[i], e))
			return err_wrap(e, "--key");
		c->key_count++;
		if (k->type != NOTE_ED25519 || c->log_key)
			continue;
		struct note_verifier first = c->keys[0];
		c->keys[0] = *k;
		*k = first;
		c->log_key = true;
	}
	return true;
}

/* Who should have signed did. */
static bool open_head(struct checking *c, struct err *e)
{
	const struct tlogproof *p = &c->proof;

	if (c->log_key)
		return checkpoint_open(p->head, p->head_len, c->keys, c->key_count, &c->head,
				       &c->opened, e);
	/* The form first: keys that are here are witnesses', and may all be of others. */
	return note_open(p->head, p->head_len, NULL, 0, &c->opened, e) &&
	       checkpoint_parse(p->head, c->opened.text_len, &c->head, e) &&
	       (c->key_count == 0 ||
		note_open(p->head, p->head_len, c->keys, c->key_count, &c->opened, e));
}

static bool check(struct checking *c, const struct buf *text, const struct arg_list *keys,
		  struct err *e)
{
	return tlogproof_parse(buf_str(text), text->len, &c->proof, e) && read_keys(c, keys, e) &&
	       open_head(c, e) && tlogproof_climb(&c->proof, &c->head, e);
}

static bool is_checked(const struct checking *c, const struct note_signature *s)
{
	for (int i = 0; i < c->key_count; i++)
		if ((c->opened.signed_by & 1u << i) != 0 && c->keys[i].id == s->id &&
		    strcmp(c->keys[i].name, s->name) == 0)
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
			       : T("?     có tên nhưng chưa kiểm (thiếu --key của họ):",
				   "?     named but not checked (their --key is missing):"),
		       json_get_text(o, "name", ""), time[0] != '\0' ? T(", lúc ", ", at ") : "",
		       time);
	}
}

static void print(const struct checking *c, const json_t *list)
{
	char root[HASH_TEXT_BYTES];

	hash_print(&c->head.root, root);
	printf("%.*s", (int)c->proof.leaf_len, c->proof.leaf);
	printf(T("đúng  là mục có số thứ tự %lld trong nhật ký %s dài %lld mục, gốc %s\n",
		 "right this is entry %lld of the log %s of %lld entries, root %s\n"),
	       (long long)c->proof.index, c->head.origin, (long long)c->head.size, root);
	print_signatures(list);
	if (!c->log_key)
		puts(T("LƯU Ý: chưa đưa khóa của đài (--key), nên chưa biết ai đã ký: ai cũng làm "
		       "được một tệp như thế này. Lấy khóa từ bản báo cáo đã in hoặc từ lần trước, "
		       "không lấy từ người đưa tệp.",
		       "NOTE: no key of the station was given (--key), so nobody knows who signed "
		       "this: anybody can make such a file. Take the key from a printed report or "
		       "an earlier visit, not from whoever hands you the file."));
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

int verify_proof(const struct buf *text, const struct arg_list *keys, bool as_json)
{
	struct checking *c = calloc(1, sizeof(*c));
	struct err e = {0};

	must(c != NULL);
	bool ok = check(c, text, keys, &e);
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
