/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the log after whatever happened to it, as the one who will sign for it. Four witnesses
 * are asked how far the log had come: the entries, the name of their file, the checkpoint, and the
 * copies of heads outside its folder. If the entries say less than any other, or something else,
 * the log has ended: it stays as it is, and the next begins. So they are asked before anything of
 * the log is repaired: a repair makes tiles anew from entries that somebody may have edited, and
 * nobody could tell any more which of them. */
#include "base/must.h"
#include "base/text.h"
#include "proof/newest.h"
#include "proof/notary_inside.h"
#include "sys/log.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROTATED "rotated"

static void path_in(const struct notary *n, const char *name, char out[static TILE_PATH_BYTES])
{
	snprintf(out, TILE_PATH_BYTES, "%s/%s", n->log, name);
}

static bool read_text(struct notary *n, const char *path, size_t max, struct buf *b)
{
	struct err ignored;

	return disk_read(n->disk, path, (int64_t)max, b, &ignored) && b->len > 0;
}

/* One line of text without its newline; false when there is none. */
static bool read_line(struct notary *n, const char *path, char *out, size_t size)
{
	struct buf b = {0};
	bool ok = read_text(n, path, size, &b) && b.len < size;

	if (ok)
		snprintf(out, size, "%.*s", (int)strcspn(b.data, "\n"), b.data);
	if (b.data != NULL)
		sodium_memzero(b.data, b.len);
	buf_finish(&b);
	return ok;
}

bool notary_put_line(struct notary *n, const char *path, int flags, const char *text,
		     struct err *e)
{
	struct buf b = {0};

	buf_print(&b, "%s\n", text);
	bool ok = notary_put(n, path, flags, &b, e);
	sodium_memzero(b.data, b.len);
	buf_finish(&b);
	return ok;
}

/* The key and, in the log's folder, who checks its signatures. */
static bool put_key(struct notary *n, struct err *e)
{
	char text[NOTE_KEY_BYTES], path[TILE_PATH_BYTES];

	note_signer_print(&n->key, text);
	bool ok = notary_put_line(n, NOTARY_KEY, DISK_SECRET, text, e) &&
		  disk_sync_dir(n->disk, ".", e);
	sodium_memzero(text, sizeof(text));
	note_verifier_print(&n->key.verifier, text);
	path_in(n, NOTARY_VKEY, path);
	return ok && disk_make_dir(n->disk, n->log, e) &&
	       notary_put_line(n, path, 0, text, e) && disk_sync_dir(n->disk, n->log, e);
}

bool notary_read_signer(struct notary *n, const char *path, struct note_signer *s)
{
	char text[NOTE_KEY_BYTES];
	struct err ignored;
	bool ok = read_line(n, path, text, sizeof(text)) && note_signer_parse(s, text, &ignored);

	sodium_memzero(text, sizeof(text));
	return ok;
}

/* "dai/3" for log 3 of "dai". */
static void name_of_log(const char *first, int log, char out[static NOTE_NAME_BYTES])
{
	char base[NOTE_NAME_BYTES];

	snprintf(base, sizeof(base), "%s", first);
	if (log == 1)
		snprintf(out, NOTE_NAME_BYTES, "%s", base);
	else
		snprintf(out, NOTE_NAME_BYTES, "%.*s/%d", NOTE_NAME_BYTES - 12, base, log);
}

/* How far the log before is known to have come, and why it ended. */
struct end {
	const char *why;
	int64_t size;
	struct hash root;
	int64_t entries; /* that are there, or were: ids must not come twice */
};

static void read_previous(struct notary *n)
{
	char dir[LOG_DIR_BYTES], path[TILE_PATH_BYTES];

	if (n->heads.log < 2)
		return;
	log_dir(n->heads.log - 1, dir);
	snprintf(path, sizeof(path), "%s/" NOTARY_VKEY, dir);
	if (!read_line(n, path, n->previous_vkey, sizeof(n->previous_vkey)))
		n->previous_vkey[0] = '\0';
}

/* Entries may lie in the log before that no head of its own covers and none ever will: written
 * while it was held or silent, or left of a signed head whose end is gone. Whoever begins the next
 * log vouches for them, as they lie there. Made of the entries: nothing else of that log is
 * believed any more. */
static void read_kept(struct notary *n)
{
	char dir[LOG_DIR_BYTES];
	struct journal *j;
	struct err ignored;

	n->kept_size = 0;
	if (n->heads.log < 2 || journal_count(n->journal) > 0)
		return;
	log_dir(n->heads.log - 1, dir);
	if (!journal_peek(&j, n->disk, dir, &ignored))
		return;
	int64_t count = journal_count(j);
	if (count > 0 && tiles_root(n->disk, dir, j, count, false, &n->kept_root, &ignored))
		n->kept_size = count;
	journal_close(j);
}

/* Leaves the present log as it is and begins the next: with the key that was announced, else with
 * the same key under the next name (the name is what keeps the two apart), or with a new one if
 * there is none any more. */
static bool begin_next(struct notary *n, const struct notary_setup *s, const struct end *end,
		       struct err *e)
{
	char name[NOTE_NAME_BYTES];
	int log = n->heads.log + 1;

	tiles_close(n->tiles);
	journal_close(n->journal);
	n->tiles = NULL;
	n->journal = NULL;
	n->head = 0;
	if (!heads_begin(n->heads_file, &n->heads, log, n->heads.base + end->entries, end->why,
			 end->size, &end->root, e))
		return false;
	name_of_log(s->name, log, name);
	bool has_key = !sodium_is_zero(n->key.secret, sizeof(n->key.secret));
	if (strcmp(end->why, ROTATED) != 0 || !notary_next_take(n))
		note_signer_make(&n->key, name, NOTE_ED25519, has_key ? n->key.secret : s->seed);
	log_dir(log, n->log);
	return put_key(n, e);
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The log as it lies there, before anything of it is changed. */
struct looking {
	struct notary *n;
	struct journal *journal;
	bool wrong_tiles; /* a stored hash is wrong, and the entries are right */
};

static bool has_root(struct looking *l, int64_t size, bool believe, const struct hash *root)
{
	struct hash here;
	struct err ignored;

	return tiles_root(l->n->disk, l->n->log, l->journal, size, believe, &here, &ignored) &&
	       hash_equal(&here, root);
}

/* Whether the entries have that root at that size; when they are fewer, they have not. */
static bool has_head(struct looking *l, int64_t size, const struct hash *root)
{
	if (size == 0 || (size <= journal_count(l->journal) && has_root(l, size, true, root)))
		return true;
	if (size > journal_count(l->journal) || !has_root(l, size, false, root))
		return false;
	l->wrong_tiles = true;
	return true;
}

/* The checkpoint on the disk, if this key signed it. Others (torn, or somebody's) are none. */
static bool read_checkpoint(struct notary *n, struct checkpoint *c)
{
	char path[TILE_PATH_BYTES];
	struct buf b = {0};
	struct err ignored;

	path_in(n, NOTARY_CHECKPOINT, path);
	bool ok = read_text(n, path, NOTE_BYTES_MAX, &b) &&
		  checkpoint_open(b.data, b.len, &n->key.verifier, 1, c, NULL, &ignored);
	buf_finish(&b);
	return ok;
}

/* Why this log cannot go on; false if it can. */
static bool has_ended(struct looking *l, struct end *end)
{
	struct notary *n = l->n;
	struct checkpoint c = {0};
	bool signed_head = read_checkpoint(n, &c);
	int64_t count = journal_count(l->journal), lost = journal_lost(l->journal);

	*end = (struct end){.size = n->heads.size, .root = n->heads.root};
	n->head = signed_head ? c.size : 0;
	if (signed_head && c.size > end->size) {
		end->size = c.size;
		end->root = c.root;
	}
	end->entries = most(count + lost, end->size);
	if (end->size > count || lost > 0)
		end->why = "shortened";
	else if (!has_head(l, n->heads.size, &n->heads.root) ||
		 (signed_head && !has_head(l, c.size, &c.root)))
		end->why = "changed";
	if (end->why == NULL && n->heads.doubt[0] != '\0' && n->heads.doubt_log == n->heads.log) {
		end->why = n->heads.doubt;
		end->entries = most(end->entries, n->heads.doubt_size);
	}
	return end->why != NULL;
}

/* believe: what is stored as hashes; else those are made anew from the entries. */
static bool open_files(struct notary *n, bool believe, struct err *e)
{
	return journal_open(&n->journal, n->disk, n->log, e) &&
	       tiles_open(&n->tiles, n->disk, n->log, n->journal, believe, e);
}

/* The same while nothing of it is changed. False, too: it cannot be read so, or is not there yet;
 * then the opening says why. */
static bool has_ended_there(struct notary *n, struct end *end, bool *wrong_tiles)
{
	struct looking l = {.n = n};
	struct err ignored;

	*wrong_tiles = false;
	if (!journal_peek(&l.journal, n->disk, n->log, &ignored))
		return false;
	bool ended = has_ended(&l, end);
	*wrong_tiles = l.wrong_tiles;
	journal_close(l.journal);
	return ended;
}

/* The log as it stands, or the next one. */
static bool open_log(struct notary *n, const struct notary_setup *s, struct err *e)
{
	struct looking l = {.n = n};
	struct end end;
	bool wrong_tiles, ended = has_ended_there(n, &end, &wrong_tiles);

	if (!ended && open_files(n, !wrong_tiles, e)) {
		l.journal = n->journal;
		if (!has_ended(&l, &end))
			return true;
	} else if (!ended && e->kind == ERR_DIFFERS) {
		end = (struct end){.why = "damaged", .size = n->heads.size, .root = n->heads.root,
				   .entries = most(n->heads.size, n->heads.doubt_size)};
	} else if (!ended) {
		return false;
	}
	log_warn(T("nhật ký %s không còn như lúc đã ký (%s); giữ nguyên và bắt đầu nhật ký mới",
		   "the log %s is not what was signed (%s); it is kept, and a new one begins"),
		 n->log, end.why);
	return begin_next(n, s, &end, e) && open_files(n, true, e);
}

/* The key is there and is the log's; or it is made for a log that has none yet. *lost: the log was
 * signed with a key that is not there. */
static bool find_key(struct notary *n, const struct notary_setup *s, bool *lost, struct err *e)
{
	char path[TILE_PATH_BYTES], vkey[NOTE_KEY_BYTES], own[NOTE_KEY_BYTES];
	char name[NOTE_NAME_BYTES];

	path_in(n, NOTARY_VKEY, path);
	bool known = read_line(n, path, vkey, sizeof(vkey));
	if (!known && strcmp(n->heads.why, ROTATED) == 0 && notary_next_take(n))
		return put_key(n, e);
	bool here = notary_read_signer(n, NOTARY_KEY, &n->key);
	note_verifier_print(&n->key.verifier, own);
	*lost = here ? known && strcmp(own, vkey) != 0 : known || n->heads.size > 0;
	if (*lost || (here && known))
		return true;
	if (!here || n->heads.log > 1) {
		/* The first; or the power went between the beginning of this log and its key. */
		name_of_log(s->name, n->heads.log, name);
		note_signer_make(&n->key, name, NOTE_ED25519, here ? n->key.secret : s->seed);
	}
	return put_key(n, e);
}

static bool key_lost(struct notary *n, const struct notary_setup *s, struct err *e)
{
	struct end end = {.why = "key-lost", .size = n->heads.size, .root = n->heads.root};
	struct journal *j;
	struct err ignored;

	if (journal_peek(&j, n->disk, n->log, &ignored)) {
		end.entries = journal_count(j) + journal_lost(j);
		journal_close(j);
	}
	end.entries = most(end.entries, end.size);
	log_warn(T("mất khóa ký của nhật ký %s; bắt đầu nhật ký mới với khóa mới",
		   "the key of the log %s is lost; a new log begins with a new key"), n->log);
	sodium_memzero(&n->key, sizeof(n->key));
	return begin_next(n, s, &end, e) && open_files(n, true, e);
}

/* Without the copies of heads, a later log itself says how many entries were before it. */
static int64_t base_of(struct notary *n, int log)
{
	char dir[LOG_DIR_BYTES];
	struct journal *j;
	struct err ignored;
	int64_t base = 0;

	log_dir(log, dir);
	if (log < 2 || !journal_peek(&j, n->disk, dir, &ignored))
		return 0;
	newest_base(j, &base, &ignored);
	journal_close(j);
	return base;
}

/* Which log grows: the newest that either the disk or the copies of heads know. */
static bool find_log(struct notary *n, struct err *e)
{
	const struct hash none = {{0}};
	struct err ignored;
	int log;

	newest_log(n->disk, &log, &ignored);
	log = log > 0 ? log : 1;
	if (n->heads.log < log) {
		const struct heads was = n->heads;

		if (!heads_begin(n->heads_file, &n->heads, log, base_of(n, log), "", 0, &none, e))
			return false;
		/* Said of a log whose heads are gone, too. */
		if (was.doubt_log == log) {
			memcpy(n->heads.doubt, was.doubt, sizeof(was.doubt));
			n->heads.doubt_size = was.doubt_size;
			n->heads.doubt_log = log;
		}
	}
	log_dir(n->heads.log, n->log);
	read_previous(n);
	return true;
}

/* When the machine was off, its disk may have lost what it had promised; after kill -9 alone it
 * runs on, and what was written is all there. An orderly end is no exception: the mark that it
 * was one would have to be taken back before the next head, on the same disk. */
static void fall_silent(struct notary *n)
{
	int64_t count = journal_count(n->journal);
	bool same_run = n->boot[0] != '\0' && strcmp(n->heads.boot, n->boot) == 0;

	if (!same_run && n->heads.ceiling > count)
		n->silent_to = n->heads.ceiling;
}

/* The announced key takes over once the old one has signed for everything, its own end too. */
static bool rotate(struct notary *n, const struct notary_setup *s, struct err *e)
{
	struct looking l = {.n = n, .journal = n->journal};
	struct end end;

	n->rotates = notary_next_announced(n);
	if (!n->rotates || n->head < journal_count(n->journal))
		return true;
	must(!has_ended(&l, &end));
	end.why = ROTATED;
	/* The next log is believed by what this one's head has signed. */
	if (!notary_settle(n, e) || !begin_next(n, s, &end, e))
		return false;
	notary_next_done(n);
	n->silent_to = 0;
	read_previous(n);
	return open_files(n, true, e);
}

/* The next one is ready before anybody announces it. */
static bool make_next(struct notary *n, const struct notary_setup *s, struct err *e)
{
	char name[NOTE_NAME_BYTES];

	if (n->rotates || sodium_is_zero(s->next_seed, sizeof(s->next_seed)))
		return true;
	name_of_log(s->name, n->heads.log + 1, name);
	return notary_next_make(n, name, s->next_seed, e);
}

static bool open_all(struct notary *n, const struct notary_setup *s, struct err *e)
{
	bool lost = false;

	if (!heads_open(&n->heads_file, n->disk, &n->heads, e) || !find_log(n, e) ||
	    !find_key(n, s, &lost, e) || !(lost ? key_lost(n, s, e) : open_log(n, s, e)))
		return false;
	read_previous(n);
	fall_silent(n);
	if (!notary_sign(n, e) || !rotate(n, s, e) || !make_next(n, s, e))
		return false;
	read_kept(n);
	return true;
}

bool notary_open(struct notary **n, struct disk *d, const struct notary_setup *s, struct err *e)
{
	struct notary *made = calloc(1, sizeof(*made));

	must(made != NULL && note_name_valid(s->name));
	made->disk = d;
	made->held = s->held;
	snprintf(made->boot, sizeof(made->boot), "%s", s->boot);
	if (!open_all(made, s, e)) {
		notary_close(made);
		return false;
	}
	*n = made;
	return true;
}
