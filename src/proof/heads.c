/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of lines that are appended to, each line with its own check, so that whatever a power cut
 * does to the end costs only the last of them. One that has become long is followed by the next,
 * and stays until that one is long: a disk that lies about the new one has still the old. */
#include "proof/heads.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/checkpoint.h"

#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX (1 << 20)
#define FILE_BYTES_KEPT (64 << 10) /* then the next one begins */
#define FILES_MAX 64 /* there are two; more only if they cannot be removed */
#define LINE_BYTES 300
#define DOUBT_FILE HEADS_DIR "/doubt"
#define CHECK_BYTES 9 /* eight digits and the NUL */

struct heads_file {
	struct disk *disk;
	struct disk_file *file; /* NULL: the next line begins another */
	long number;		/* of that file, or of the newest that was found */
	int64_t bytes;
};

static void path_of(long number, char out[static 40])
{
	snprintf(out, 40, HEADS_DIR "/%ld", number);
}

/* The first 32 bits of the line's SHA-256: against accidents, not against people. */
static void check_of(const char *line, size_t len, char out[static CHECK_BYTES])
{
	unsigned char h[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(h, (const unsigned char *)line, len);
	sodium_bin2hex(out, CHECK_BYTES, h, 4);
}

__attribute__((format(printf, 2, 3))) static void print_line(struct buf *b, const char *fmt, ...)
{
	char line[LINE_BYTES], check[CHECK_BYTES];
	va_list args;

	va_start(args, fmt);
	int len = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	must(len > 0 && (size_t)len < sizeof(line));
	check_of(line, (size_t)len, check);
	buf_print(b, "%s #%s\n", line, check);
}

static void print_begun(struct buf *b, const struct heads *h)
{
	char root[HASH_TEXT_BYTES];

	hash_print(&h->previous_root, root);
	print_line(b, "begun %d %" PRId64 " %" PRId64 " %s %s", h->log, h->base, h->previous_size,
		   root, h->why[0] != '\0' ? h->why : "-");
}

static void print_ceiling(struct buf *b, const struct heads *h)
{
	print_line(b, "ceiling %d %" PRId64 " %s", h->log, h->ceiling,
		   h->boot[0] != '\0' ? h->boot : "-");
}

static void print_signed(struct buf *b, const struct heads *h)
{
	char root[HASH_TEXT_BYTES];

	hash_print(&h->root, root);
	print_line(b, "signed %d %" PRId64 " %s", h->log, h->size, root);
}

static void copy_word(char *out, size_t size, const char *word)
{
	snprintf(out, size, "%.*s", (int)size - 1, strcmp(word, "-") == 0 ? "" : word);
}

/* The words of a line, which is cut up for it. */
#define WORDS_MAX 6
struct words {
	char *word[WORDS_MAX];
	int count;
};

static void split(char *line, struct words *w)
{
	char *rest;

	w->count = 0;
	for (char *at = strtok_r(line, " ", &rest); at != NULL && w->count < WORDS_MAX;
	     at = strtok_r(NULL, " ", &rest))
		w->word[w->count++] = at;
}

static int64_t number(const char *word)
{
	char *end;
	long long value = strtoll(word, &end, 10);

	return *end == '\0' ? value : -1;
}

static void take_begun(struct heads *h, const struct words *w)
{
	struct heads n = {0};

	if (w->count != 6 || number(w->word[1]) <= h->log || number(w->word[1]) > INT_MAX ||
	    !hash_parse(w->word[4], strlen(w->word[4]), &n.previous_root))
		return;
	n.log = (int)number(w->word[1]);
	n.base = number(w->word[2]);
	n.previous_size = number(w->word[3]);
	copy_word(n.why, sizeof(n.why), w->word[5]);
	*h = n;
}

static void take_doubt(struct heads *h, const struct words *w)
{
	int64_t log = number(w->word[1]);

	/* Where the copies are gone altogether, it is kept for the log that is found. */
	if ((log != h->log && h->log != 0) || log > INT_MAX)
		return;
	h->doubt_log = (int)log;
	h->doubt_size = number(w->word[2]);
	copy_word(h->doubt, sizeof(h->doubt), w->word[3]);
}

static void take_line(struct heads *h, char *line)
{
	struct words w;
	struct hash root;

	split(line, &w);
	if (w.count == 6 && strcmp(w.word[0], "begun") == 0) {
		take_begun(h, &w);
		return;
	}
	if (w.count == 4 && strcmp(w.word[0], "doubt") == 0)
		take_doubt(h, &w);
	if (w.count != 4 || number(w.word[1]) != h->log)
		return;
	int64_t size = number(w.word[2]);
	if (strcmp(w.word[0], "signed") == 0 && size >= h->size &&
	    hash_parse(w.word[3], strlen(w.word[3]), &root)) {
		h->size = size;
		h->root = root;
	} else if (strcmp(w.word[0], "ceiling") == 0 && size >= h->ceiling) {
		h->ceiling = size;
		copy_word(h->boot, sizeof(h->boot), w.word[3]);
	}
}

static void take_all(struct heads *h, char *text, size_t len)
{
	char check[CHECK_BYTES], *line = text, *end;

	for (; (end = memchr(line, '\n', (size_t)(text + len - line))) != NULL; line = end + 1) {
		const size_t tail = 1 + CHECK_BYTES; /* " #" and the digits */
		size_t size = (size_t)(end - line);

		if (size <= tail || size >= LINE_BYTES + tail || memchr(line, '\0', size) != NULL)
			continue;
		check_of(line, size - tail, check);
		if (memcmp(end - tail, " #", 2) != 0 || memcmp(end - tail + 2, check, 8) != 0)
			continue;
		end[-(ptrdiff_t)tail] = '\0';
		take_line(h, line);
	}
}

/* The next file, which begins with all that is known. */
static bool write_new(struct heads_file *f, const struct heads *h, struct err *e)
{
	char path[40];
	struct err ignored;
	struct buf b = {0};

	print_begun(&b, h);
	if (h->ceiling > 0)
		print_ceiling(&b, h);
	if (h->size > 0)
		print_signed(&b, h);
	path_of(f->number + 1, path);
	bool ok = disk_open(f->disk, path, DISK_CREATE | DISK_FRESH, &f->file, e) &&
		  disk_write(f->file, b.data, b.len, e) && disk_sync(f->file, e) &&
		  disk_sync_dir(f->disk, HEADS_DIR, e);
	f->bytes = (int64_t)b.len;
	buf_finish(&b);
	if (!ok)
		return false;
	path_of(f->number++ - 1, path);
	disk_remove(f->disk, path, &ignored);
	return true;
}

static void drop(struct heads_file *f)
{
	disk_close(f->file);
	f->file = NULL;
}

/* What a line says stands in h, too: a file that cannot be appended to is written whole. */
static bool add(struct heads_file *f, const struct heads *h, const struct buf *line, bool sync,
		struct err *e)
{
	if (f->file == NULL || f->bytes > FILE_BYTES_KEPT) {
		drop(f);
		if (write_new(f, h, e))
			return true;
		drop(f);
		return false;
	}
	if (!disk_write(f->file, line->data, line->len, e) || (sync && !disk_sync(f->file, e))) {
		drop(f);
		return false;
	}
	f->bytes += (int64_t)line->len;
	return true;
}

struct found {
	long numbers[FILES_MAX];
	int count;
};

static void see_file(const char *name, void *arg)
{
	struct found *s = arg;
	char again[40];
	long number = strtol(name, NULL, 10);
	int at = s->count;

	path_of(number, again);
	if (number < 1 || strcmp(strrchr(again, '/') + 1, name) != 0 || at == FILES_MAX)
		return;
	for (; at > 0 && s->numbers[at - 1] > number; at--)
		s->numbers[at] = s->numbers[at - 1];
	s->numbers[at] = number;
	s->count++;
}

static int64_t read_lines(struct disk *d, const char *path, struct heads *h)
{
	struct buf b = {0};
	struct err ignored;

	if (disk_read(d, path, FILE_BYTES_MAX, &b, &ignored) && b.len > 0)
		take_all(h, b.data, b.len);
	int64_t bytes = (int64_t)b.len;
	buf_finish(&b);
	return bytes;
}

static void read_file(struct heads_file *f, long number, struct heads *h)
{
	char path[40];

	path_of(number, path);
	f->number = number;
	f->bytes = read_lines(f->disk, path, h);
}

/* Goes on in the newest file, behind whatever is torn at its end. */
static void go_on(struct heads_file *f)
{
	char path[40];
	struct err ignored;

	path_of(f->number, path);
	if (f->number > 0 && disk_open(f->disk, path, 0, &f->file, &ignored) &&
	    !disk_write(f->file, "\n", 1, &ignored))
		drop(f);
}

bool heads_open(struct heads_file **f, struct disk *d, struct heads *h, struct err *e)
{
	struct heads_file *made = calloc(1, sizeof(*made));
	struct found s = {.count = 0};

	must(made != NULL);
	made->disk = d;
	*h = (struct heads){0};
	if (!disk_make_dir(d, HEADS_DIR, e) || !disk_sync_dir(d, ".", e) ||
	    !disk_list(d, HEADS_DIR, see_file, &s, e)) {
		free(made);
		return false;
	}
	for (int i = 0; i < s.count; i++)
		read_file(made, s.numbers[i], h);
	read_lines(d, DOUBT_FILE, h);
	go_on(made);
	*f = made;
	return true;
}

void heads_peek(struct disk *d, struct heads *h)
{
	struct heads_file f = {.disk = d};
	struct found s = {.count = 0};
	struct err ignored;

	*h = (struct heads){0};
	disk_list(d, HEADS_DIR, see_file, &s, &ignored);
	for (int i = 0; i < s.count; i++)
		read_file(&f, s.numbers[i], h);
}

void heads_close(struct heads_file *f)
{
	if (f == NULL)
		return;
	drop(f);
	free(f);
}

void heads_signed(struct heads_file *f, struct heads *h, int64_t size, const struct hash *root)
{
	struct buf line = {0};
	struct err ignored;

	h->size = size;
	h->root = *root;
	print_signed(&line, h);
	add(f, h, &line, false, &ignored);
	buf_finish(&line);
}

bool heads_raise(struct heads_file *f, struct heads *h, int64_t ceiling, const char *boot,
		 struct err *e)
{
	struct heads was = *h;
	struct buf line = {0};

	h->ceiling = ceiling;
	copy_word(h->boot, sizeof(h->boot), boot);
	print_ceiling(&line, h);
	bool ok = add(f, h, &line, true, e);
	buf_finish(&line);
	if (!ok)
		*h = was;
	return ok;
}

bool heads_begin(struct heads_file *f, struct heads *h, int log, int64_t base, const char *why,
		 int64_t previous_size, const struct hash *previous_root, struct err *e)
{
	struct heads n = {.log = log, .base = base, .previous_size = previous_size };

	n.previous_root = *previous_root;
	copy_word(n.why, sizeof(n.why), why);
	drop(f);
	if (!write_new(f, &n, e)) {
		drop(f);
		return false;
	}
	*h = n;
	return true;
}

bool heads_doubt(struct disk *d, int log, int64_t size, const char *why, struct err *e)
{
	struct buf b = {0};

	print_line(&b, "doubt %d %" PRId64 " %s", log, size, why);
	bool ok = disk_make_dir(d, HEADS_DIR, e) && disk_put(d, DOUBT_FILE, b.data, b.len, e);
	buf_finish(&b);
	return ok;
}
