/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that grows, or is renamed, changes the file system's own books, and an fdatasync waits for
 * those as well. One that keeps its size and its blocks costs the disk one write and one flush.
 *
 * Each record begins a block of its own, so that no torn write touches one that was acknowledged:
 *
 *   number length check\n      check: 64 bits of SHA-256 over number, length and entry
 *   entry\n
 *
 * No entry has a newline within, so a block in the middle of a long record cannot pass for the
 * beginning of another. Numbers only grow: whatever is left of earlier rounds has smaller ones, and
 * says the same as the bundle does. */
#include "proof/recent.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/bundle.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES (RECENT_BLOCKS * RECENT_BLOCK_BYTES)
#define HEAD_BYTES 64
#define RECORD_BLOCKS_MAX ((HEAD_BYTES + ENTRY_BYTES_MAX + 1) / RECENT_BLOCK_BYTES + 1)

struct recent {
	struct disk_file *file;
	int at;	   /* the block that comes next */
	int since; /* blocks used since everything was durable elsewhere */
	char block[RECORD_BLOCKS_MAX * RECENT_BLOCK_BYTES];
	char back[RECORD_BLOCKS_MAX * RECENT_BLOCK_BYTES];
};

static void path_of(const char *log, const char *tail, char out[static TILE_PATH_BYTES])
{
	snprintf(out, TILE_PATH_BYTES, "%s/recent%s", log, tail);
}

static uint64_t check_of(int64_t n, const char *entry, size_t len)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state s;
	uint64_t check, of[2] = {(uint64_t)n, len};

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, (const unsigned char *)of, sizeof(of));
	crypto_hash_sha256_update(&s, (const unsigned char *)entry, len);
	crypto_hash_sha256_final(&s, digest);
	memcpy(&check, digest, sizeof(check));
	return check;
}

static bool write_zeros(struct disk *d, const char *path, struct err *e)
{
	static const char zeros[FILE_BYTES];
	struct disk_file *f;

	if (!disk_open(d, path, DISK_CREATE | DISK_FRESH, &f, e))
		return false;
	/* Written, not reserved: a block's first write would change the books once more. */
	bool ok = disk_write(f, zeros, sizeof(zeros), e) && disk_sync(f, e);
	disk_close(f);
	return ok;
}

bool recent_create(struct recent **r, struct disk *d, const char *log, struct err *e)
{
	char fresh[TILE_PATH_BYTES], path[TILE_PATH_BYTES];
	struct recent *made = calloc(1, sizeof(*made));
	struct err ignored;

	must(made != NULL);
	path_of(log, ".new", fresh);
	path_of(log, "", path);
	if (write_zeros(d, fresh, e) && disk_rename(d, fresh, path, e) &&
	    disk_sync_dir(d, log, e) && disk_open(d, path, DISK_IN_PLACE, &made->file, e)) {
		*r = made;
		return true;
	}
	disk_remove(d, fresh, &ignored);
	free(made);
	return false;
}

void recent_close(struct recent *r)
{
	if (r == NULL)
		return;
	disk_close(r->file);
	free(r);
}

bool recent_remove(struct disk *d, const char *log, struct err *e)
{
	char path[TILE_PATH_BYTES];

	path_of(log, "", path);
	/* One that is not there may have been taken away a moment ago, and not durably. */
	return (disk_remove(d, path, e) || e->kind == ERR_NOT_FOUND) && disk_sync_dir(d, log, e);
}

static int blocks_of(size_t len)
{
	return (int)((HEAD_BYTES + len + RECENT_BLOCK_BYTES - 1) / RECENT_BLOCK_BYTES);
}

bool recent_has_room(const struct recent *r, size_t len)
{
	return r->since + blocks_of(len) <= RECENT_BLOCKS / 2;
}

void recent_settled(struct recent *r)
{
	r->since = 0;
}

/* Bytes used of r->block; the rest of its last block is zero. */
static size_t print_record(struct recent *r, int64_t n, const char *entry, size_t len)
{
	size_t whole = (size_t)blocks_of(len) * RECENT_BLOCK_BYTES;
	int head = snprintf(r->block, HEAD_BYTES, "%" PRId64 " %zu %016" PRIx64 "\n", n, len,
			    check_of(n, entry, len));

	must(head > 0 && head < HEAD_BYTES);
	memcpy(r->block + head, entry, len);
	memset(r->block + head + len, 0, whole - (size_t)head - len);
	return whole;
}

bool recent_put(struct recent *r, int64_t n, const char *entry, size_t len, struct err *e)
{
	int blocks = blocks_of(len);

	must(len <= ENTRY_BYTES_MAX + 1 && recent_has_room(r, len));
	if (r->at + blocks > RECENT_BLOCKS)
		r->at = 0;
	int64_t offset = (int64_t)r->at * RECENT_BLOCK_BYTES;
	size_t whole = print_record(r, n, entry, len);
	if (!disk_write_at(r->file, offset, r->block, whole, e) || !disk_sync(r->file, e) ||
	    !disk_read_at(r->file, offset, r->back, whole, e))
		return false;
	if (memcmp(r->back, r->block, whole) != 0)
		return err_set(e, ERR_DAMAGED, T("đĩa trả lại khác với những gì vừa ghi",
						 "the disk gives back other bytes"));
	r->at += blocks;
	r->since += blocks;
	return true;
}

/* The number at *at (base 10 or 16), which `end` follows; moves *at behind that. */
static bool number(const char **at, int base, char end, uint64_t *value)
{
	char *behind;

	*value = strtoull(*at, &behind, base);
	if (behind == *at || *behind != end)
		return false;
	*at = behind + 1;
	return true;
}

/* Adds the record at that place of the file, if one begins there. */
static void see_block(struct recent_found *f, size_t place)
{
	const char *at = f->bytes.data + place, *end = f->bytes.data + f->bytes.len;
	char head[HEAD_BYTES];
	const char *h = head;
	uint64_t n, len, check;

	snprintf(head, sizeof(head), "%.*s", HEAD_BYTES - 1, at);
	if (!number(&h, 10, ' ', &n) || !number(&h, 10, ' ', &len) ||
	    !number(&h, 16, '\n', &check) || n > INT64_MAX)
		return;
	at += h - head;
	if (len < 3 || len > ENTRY_BYTES_MAX + 1 || len > (uint64_t)(end - at) ||
	    check_of((int64_t)n, at, len) != check)
		return;
	f->entries[f->count++] = (struct recent_entry){(int64_t)n, at, len};
	f->first = f->count == 1 || (int64_t)n < f->first ? (int64_t)n : f->first;
	f->last = f->count == 1 || (int64_t)n > f->last ? (int64_t)n : f->last;
}

bool recent_read(struct disk *d, const char *log, struct recent_found *found)
{
	char path[TILE_PATH_BYTES];
	struct err ignored;

	*found = (struct recent_found){0};
	path_of(log, "", path);
	if (!disk_read(d, path, FILE_BYTES, &found->bytes, &ignored))
		return false;
	for (size_t at = 0; at + RECENT_BLOCK_BYTES <= found->bytes.len; at += RECENT_BLOCK_BYTES)
		see_block(found, at);
	return true;
}

void recent_found_finish(struct recent_found *found)
{
	buf_finish(&found->bytes);
	found->count = 0;
}

const struct recent_entry *recent_find(const struct recent_found *found, int64_t n)
{
	for (int i = 0; i < found->count; i++)
		if (found->entries[i].n == n)
			return &found->entries[i];
	return NULL;
}

int recent_merge(const struct recent_found *found, int64_t bundle, const char *data, size_t len,
		 struct buf *out)
{
	size_t at = 0;
	int count = 0;

	for (; count < BUNDLE_ENTRIES; count++) {
		const struct recent_entry *own;
		const char *text;
		size_t text_len;
		uint8_t header[2];

		bool there = bundle_next(data, len, &at, &text, &text_len);
		own = recent_find(found, bundle * BUNDLE_ENTRIES + count);
		if (!there && own == NULL)
			break;
		text_len = own != NULL ? own->len : text_len + 1;
		bundle_header(text_len, header);
		buf_add(out, header, sizeof(header));
		buf_add(out, own != NULL ? own->text : text, text_len);
	}
	return count;
}
