/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/vetted.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_DIGEST_BYTES 32

struct part {
	uint8_t digest[PART_DIGEST_BYTES];
};

/* Nothing but `users` changes after it was made. */
struct vetted {
	char sha256[SHA256_HEX_BYTES];
	struct stat file; /* as it was before the first byte was read */
	int64_t bytes, part_count;
	int users; /* under the lock; the memory is one */
	struct part parts[];
};

/* What this process has vetted, the oldest forgotten first. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct vetted *memory[VETTED_MAX];
static int oldest;

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* Only to save time: what is read is held against the digests in any case. */
static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       same_time(&a->st_mtim, &b->st_mtim) && same_time(&a->st_ctim, &b->st_ctim);
}

/* Lock held. */
static struct vetted *find(const struct stat *file, const char *sha256)
{
	for (int i = 0; i < VETTED_MAX; i++)
		if (memory[i] != NULL && strcmp(memory[i]->sha256, sha256) == 0 &&
		    same_file(&memory[i]->file, file))
			return memory[i];
	return NULL;
}

/* Lock held. */
static void drop(struct vetted *v)
{
	if (v != NULL && --v->users == 0)
		free(v);
}

void vetted_release(struct vetted *v)
{
	pthread_mutex_lock(&lock);
	drop(v);
	pthread_mutex_unlock(&lock);
}

static struct vetted *recall(const struct stat *file, const char *sha256)
{
	pthread_mutex_lock(&lock);
	struct vetted *v = find(file, sha256);
	if (v != NULL)
		v->users++;
	pthread_mutex_unlock(&lock);
	return v;
}

static void remember(struct vetted *v)
{
	pthread_mutex_lock(&lock);
	drop(memory[oldest]);
	memory[oldest] = v;
	oldest = (oldest + 1) % VETTED_MAX;
	v->users++;
	pthread_mutex_unlock(&lock);
}

bool vetted_known(const char *path, const char *sha256)
{
	struct stat file;

	if (stat(path, &file) != 0)
		return false;
	pthread_mutex_lock(&lock);
	bool known = find(&file, sha256) != NULL;
	pthread_mutex_unlock(&lock);
	return known;
}

/* How many of `part` there must be. */
static size_t part_bytes(const struct vetted *v, int64_t part)
{
	int64_t left = v->bytes - part * VETTED_PART_BYTES;

	return (size_t)(left < VETTED_PART_BYTES ? left : VETTED_PART_BYTES);
}

/* Fewer than wanted only at the end of the file; −1: errno. */
static int64_t read_at(int fd, uint8_t *bytes, size_t wanted, int64_t at)
{
	size_t have = 0;

	while (have < wanted) {
		ssize_t n = pread(fd, bytes + have, wanted - have, at + (int64_t)have);
		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return -1;
		have += n > 0 ? (size_t)n : 0;
	}
	return (int64_t)have;
}

static void digest(struct part *out, const uint8_t *bytes, size_t len)
{
	must(crypto_generichash(out->digest, sizeof(out->digest), bytes, len, NULL, 0) == 0);
}

int64_t vetted_read(const struct vetted *v, int fd, int64_t part, uint8_t *bytes)
{
	struct part is;

	must(part >= 0);
	if (part >= v->part_count)
		return 0;
	size_t wanted = part_bytes(v, part);
	int64_t n = read_at(fd, bytes, wanted, part * VETTED_PART_BYTES);
	if (n < 0)
		return -1;
	digest(&is, bytes, (size_t)n);
	return n == (int64_t)wanted && sodium_memcmp(&is, &v->parts[part], sizeof(is)) == 0
		       ? n : VETTED_OTHER;
}

static bool differs(struct err *e)
{
	return err_set(e, ERR_DIFFERS,
		       T("không còn đúng từng byte như lúc nạp: đã bị thay hoặc bị hỏng",
			 "these are not the bytes that were taken in: replaced or damaged"));
}

/* Fills the digests and compares the whole. */
static bool look_through(struct vetted *v, int fd, struct err *e)
{
	uint8_t *bytes = malloc(VETTED_PART_BYTES), whole[SHA256_DIGEST_SIZE];
	char is[SHA256_HEX_BYTES];
	struct sha256_ctx all;
	int64_t n = 0;

	must(bytes != NULL);
	sha256_init(&all);
	for (int64_t i = 0; n >= 0 && i < v->part_count; i++) {
		n = read_at(fd, bytes, part_bytes(v, i), i * VETTED_PART_BYTES);
		if (n < 0)
			break;
		sha256_update(&all, (size_t)n, bytes);
		digest(&v->parts[i], bytes, (size_t)n);
	}
	if (n < 0)
		err_errno(e, T("không đọc được tệp", "cannot read the file"));
	free(bytes);
	sha256_digest(&all, sizeof(whole), whole);
	sodium_bin2hex(is, sizeof(is), whole, sizeof(whole));
	return n >= 0 && (strcmp(is, v->sha256) == 0 || differs(e));
}

static struct vetted *make(int fd, const struct stat *file, const char *sha256, struct err *e)
{
	int64_t count = (file->st_size + VETTED_PART_BYTES - 1) / VETTED_PART_BYTES;
	struct vetted *v = calloc(1, sizeof(*v) + (size_t)count * sizeof(v->parts[0]));

	must(v != NULL && sodium_init() >= 0 && strlen(sha256) < sizeof(v->sha256));
	memcpy(v->sha256, sha256, strlen(sha256) + 1);
	v->file = *file;
	v->bytes = file->st_size;
	v->part_count = count;
	v->users = 1;
	if (look_through(v, fd, e))
		return v;
	free(v);
	return NULL;
}

struct vetted *vetted_get(int fd, const char *sha256, struct err *e)
{
	struct stat file;

	if (fstat(fd, &file) != 0) {
		err_errno(e, T("không đọc được tệp", "cannot read the file"));
		return NULL;
	}
	if (!S_ISREG(file.st_mode) || file.st_size > MASTER_BYTES_MAX) {
		differs(e);
		return NULL;
	}
	struct vetted *v = recall(&file, sha256);
	if (v != NULL)
		return v;
	v = make(fd, &file, sha256, e);
	if (v != NULL)
		remember(v);
	return v;
}
