/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signed_log DIR ENTRIES [SEED [DIGIT]]: the log in DIR, as the program writes and signs it, grown
 * to so many entries, and packed as if it were older: all but the newest full bundle, so that
 * whoever reads it meets both forms. With DIR/key gone a key is made of SEED, and the next log
 * begins: ENTRIES are then of that one. Of another DIGIT all entries are other ones. WHY: what the
 * next log's first entry gives as the reason, in place of the true one.
 *
 * signed_log DIR rotate SEED: the log ends by naming a key made of SEED, with which the next
 * begins.
 * signed_log DIR none: in the place of its head stands one over no entries, signed by its key.
 * signed_log DIR held ENTRIES: grown to so many while a witness is asked: no head covers
 * the new ones.
 * signed_log DIR doubt [WHY]: the log ends as when a witness has seen another; its key goes on.
 * signed_log DIR doubted: a witness has said so, and the log goes on. */
#include "base/json.h"
#include "proof/chain.h"
#include "proof/checkpoint.h"
#include "proof/entry.h"
#include "proof/heads.h"
#include "proof/merkle.h"
#include "proof/notary.h"
#include "proof/stow.h"
#include "sys/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const struct err *e)
{
	fprintf(stderr, "signed_log: %s\n", e->text);
	return 1;
}

static bool append(struct notary *n, json_t *o, int64_t number, struct err *e)
{
	json_object_set_new(o, "n", json_integer(number));
	json_object_set_new(o, "at", json_string("2026-11-23T05:30:00.000+07:00"));
	char *text = json_dumps(o, JSON_LINE);
	bool ok = text != NULL && notary_append(n, text, strlen(text), e);
	free(text);
	json_decref(o);
	return ok;
}

/* The first entry of a log that follows another. */
static bool begin(struct disk *d, struct notary *n, const char *why, struct err *e)
{
	struct notary_state s;

	notary_state(n, &s);
	if (!s.begun)
		return true;
	struct chain *c;
	if (!chain_open(&c, d, s.base, e))
		return false;
	struct entry_log_end end = {why != NULL ? why : s.why, s.base, chain_before(c, s.base),
				    s.previous_vkey, s.previous_size, s.previous_root,
				    s.kept_size, s.kept_root};
	chain_close(c);
	return append(n, entry_log_continued(&end), s.base, e);
}

/* The notary's two steps, without a station around them. */
static bool rotate(struct disk *d, struct notary_setup *how, struct err *e)
{
	struct notary_state s;
	struct notary *n;

	if (!notary_open(&n, d, how, e))
		return false;
	notary_state(n, &s);
	bool ok = append(n, entry_key_rotated(s.vkey, s.next_vkey, "thu", NULL), s.base + s.size,
			 e);
	notary_close(n);
	memset(how->next_seed, 0, sizeof(how->next_seed));
	return ok;
}

static bool doubt(struct disk *d, const struct notary_setup *how, const char *why, struct err *e)
{
	struct notary_state s;
	struct notary *n;

	if (!notary_open(&n, d, how, e))
		return false;
	notary_state(n, &s);
	notary_close(n);
	return heads_doubt(d, s.log, s.size, why, e);
}

static bool doubted(struct disk *d, const struct notary_setup *how, struct err *e)
{
	struct notary_state s;
	struct notary *n;

	if (!notary_open(&n, d, how, e))
		return false;
	notary_state(n, &s);
	bool ok = append(n, entry_witness_doubted("mot", "witness-forked", how->name, s.size, -1,
						  false),
			 s.base + s.size, e);
	notary_close(n);
	return ok;
}

static bool sign_none(struct disk *d, struct err *e)
{
	struct checkpoint c = {.size = 0};
	struct note_signer key;
	struct merkle m = {0};
	struct buf b = {0};
	char text[NOTE_KEY_BYTES];

	bool ok = disk_read(d, NOTARY_KEY, NOTE_KEY_BYTES, &b, e);
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(buf_str(&b), "\n"), buf_str(&b));
	ok = ok && note_signer_parse(&key, text, e);
	buf_reset(&b);
	if (ok) {
		snprintf(c.origin, sizeof(c.origin), "%s", key.verifier.name);
		merkle_root(&m, &c.root);
		checkpoint_sign(&c, &key, &b);
		ok = disk_put(d, "log/" NOTARY_CHECKPOINT, b.data, b.len, e);
	}
	buf_finish(&b);
	return ok;
}

static bool grow(struct notary *n, int64_t entries, int digit, struct err *e)
{
	struct notary_state s;
	char text[300];

	for (notary_state(n, &s); s.size < entries; notary_state(n, &s)) {
		long long number = s.base + s.size;

		int len = snprintf(text, sizeof(text),
				   "{\"at\":\"2026-11-23T05:30:00.000+07:00\",\"clock\":"
				   "{\"max_error_ms\":null,\"synced\":false},"
				   "\"kind\":\"note.added\",\"n\":%lld,\"text\":\"%0*d\"}",
				   number, 1 + (int)(number % 90), digit);

		if (!notary_append(n, text, (size_t)len, e))
			return false;
	}
	return true;
}

static bool stow_all(struct disk *d, const struct notary_state *s, struct err *e)
{
	char log[LOG_DIR_BYTES];
	bool ok = true;

	log_dir(s->log, log);
	for (int64_t n = 0; ok && n < s->size / BUNDLE_ENTRIES - 1; n++)
		for (bool done = false; ok && !done;)
			ok = stow_bundle(d, log, n, &done, e);
	return ok;
}

static bool log_entries(struct disk *d, const struct notary_setup *how, const char *entries,
			int argc, char **argv, struct err *e)
{
	struct notary *n;
	struct notary_state s;
	int digit = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 7;

	if (!notary_open(&n, d, how, e))
		return false;
	bool ok = begin(d, n, argc > 5 ? argv[5] : NULL, e) &&
		  grow(n, strtoll(entries, NULL, 10), digit, e);
	notary_state(n, &s);
	notary_close(n);
	return ok && stow_all(d, &s, e);
}

int main(int argc, char **argv)
{
	struct notary_setup how = {.name = "vangxa/thu", .boot = "boot", .seed = {5}};
	struct disk_real d;
	struct err e = {0};
	bool ok;

	if (argc < 3 || !disk_real_open(&d, argv[1], &e))
		return fail(&e);
	uint8_t seed = argc > 3 ? (uint8_t)strtol(argv[3], NULL, 10) : 5;
	if (strcmp(argv[2], "rotate") == 0) {
		how.next_seed[0] = seed;
		ok = rotate(&d.disk, &how, &e);
	} else if (strcmp(argv[2], "none") == 0) {
		ok = sign_none(&d.disk, &e);
	} else if (strcmp(argv[2], "held") == 0) {
		how.held = true;
		ok = log_entries(&d.disk, &how, argv[3], argc, argv, &e);
	} else if (strcmp(argv[2], "doubt") == 0) {
		how.held = true;
		ok = doubt(&d.disk, &how, argc > 3 ? argv[3] : "witness", &e);
	} else if (strcmp(argv[2], "doubted") == 0) {
		ok = doubted(&d.disk, &how, &e);
	} else {
		how.seed[0] = seed;
		ok = log_entries(&d.disk, &how, argv[2], argc, argv, &e);
	}
	disk_real_close(&d);
	return ok ? 0 : fail(&e);
}
