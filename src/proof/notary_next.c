/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next key, before it is the key. Two logs that name each other cannot be written at once, so
 * the disk says at each step how far it has come:
 *
 *   1. key.next is made         nobody has heard of it: the next open drops it
 *   2. key.rotated names it     the old log's last word; from here on it will be
 *   3. heads say "rotated"      the next log has begun, with this key and no other
 *   4. key, vkey                the old secret is gone
 *   5. key.next is removed
 *
 * Whoever opens the log goes on from wherever the power went. */
#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/notary_inside.h"

#include <sodium.h>
#include <string.h>

#define LOOK_BACK 4096 /* entries; key.rotated is the last, but for a log that was filled up */

static void drop(struct notary *n)
{
	struct err ignored;

	if (disk_remove(n->disk, NOTARY_NEXT_KEY, &ignored))
		disk_sync_dir(n->disk, ".", &ignored);
	n->next_vkey[0] = '\0';
}

bool notary_next_take(struct notary *n)
{
	struct note_signer next;
	bool there = notary_read_signer(n, NOTARY_NEXT_KEY, &next);

	if (there)
		n->key = next;
	sodium_memzero(&next, sizeof(next));
	return there;
}

void notary_next_done(struct notary *n)
{
	drop(n);
	n->rotates = false;
}

struct looking {
	const char *vkey;
	bool found;
};

static bool names_it(int64_t at, const char *text, size_t len, void *arg)
{
	struct looking *l = arg;
	struct err ignored;

	(void)at;
	/* Most entries are looked at no closer. */
	if (memmem(text, len, KIND_KEY_ROTATED, strlen(KIND_KEY_ROTATED)) == NULL)
		return true;
	json_t *o = json_read(text, len, &ignored);
	l->found = strcmp(json_get_text(o, "kind", ""), KIND_KEY_ROTATED) == 0 &&
		   strcmp(json_get_text(o, "next_vkey", ""), l->vkey) == 0;
	json_decref(o);
	return !l->found;
}

bool notary_next_announced(struct notary *n)
{
	int64_t count = journal_count(n->journal);
	struct looking l = {.vkey = n->next_vkey};
	struct note_signer next;
	struct err ignored;

	if (!notary_read_signer(n, NOTARY_NEXT_KEY, &next))
		return false;
	note_verifier_print(&next.verifier, n->next_vkey);
	sodium_memzero(&next, sizeof(next));
	journal_read(n->journal, count > LOOK_BACK ? count - LOOK_BACK : 0, count, names_it, &l,
		     &ignored);
	if (!l.found)
		drop(n);
	return l.found;
}

bool notary_next_make(struct notary *n, const char *name, const uint8_t *seed, struct err *e)
{
	struct note_signer next = {0};
	char text[NOTE_KEY_BYTES];

	note_signer_make(&next, name, NOTE_ED25519, seed);
	note_signer_print(&next, text);
	note_verifier_print(&next.verifier, n->next_vkey);
	sodium_memzero(&next, sizeof(next));
	bool ok = notary_put_line(n, NOTARY_NEXT_KEY, DISK_SECRET, text, e) &&
		  disk_sync_dir(n->disk, ".", e);
	sodium_memzero(text, sizeof(text));
	return ok;
}
