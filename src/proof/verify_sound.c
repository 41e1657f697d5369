/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "proof/prefix.h"
#include "proof/query.h"
#include "proof/verify_story.h"
#include "sys/plain.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES (256 << 10)

struct files {
	struct view *made;
	const char *dir;
	struct verdict *verdict;
	enum verdict_check check;
	const char *missing, *differs; /* codes */
	unsigned char *data;
	int64_t count;
};

static bool hash_file(struct files *f, int fd, char sha256[static SHA256_HEX_BYTES])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx s;
	ssize_t n;

	sha256_init(&s);
	while ((n = read(fd, f->data, READ_BYTES)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			sha256_update(&s, (size_t)n, f->data);
	sha256_digest(&s, sizeof(digest), digest);
	sodium_bin2hex(sha256, SHA256_HEX_BYTES, digest, sizeof(digest));
	return n == 0;
}

static void missing(struct files *f, int64_t n, const char *file)
{
	verdict_differs(f->verdict, f->check, f->missing, "", n, file,
			T("%s: không có hoặc không đọc được (mục %lld)",
			  "%s: missing or cannot be read (entry %lld)"), file, (long long)n);
}

static void differs(struct files *f, int64_t n, const char *file)
{
	verdict_differs(f->verdict, f->check, f->differs, "", n, file,
			T("%s: nội dung khác với lúc ghi vào nhật ký (mục %lld)",
			  "%s: not the bytes that the log tells of (entry %lld)"), file,
			(long long)n);
}

static void check_file(struct files *f, int64_t n, const char *file, const char *sha256)
{
	char path[2 * PATH_BYTES], is[SHA256_HEX_BYTES];
	struct err ignored;

	f->count++;
	snprintf(path, sizeof(path), "%s/%s", f->dir, file);
	int fd = plain_open(path, 0, &ignored);
	if (fd < 0 || !hash_file(f, fd, is))
		missing(f, n, file);
	else if (strcmp(is, sha256) != 0)
		differs(f, n, file);
	if (fd >= 0)
		close(fd);
}

static bool check_master(sqlite3_stmt *s, void *arg)
{
	char path[PATH_MASTER_BYTES];
	const struct files *f = arg;
	const char *sha256 = query_text(s, 1);

	path_master(path, f->dir, sha256, ".flac");
	check_file(arg, sqlite3_column_int64(s, 0), path + strlen(f->dir) + 1, sha256);
	return true;
}

static bool check_original(sqlite3_stmt *s, void *arg)
{
	char path[PATH_BYTES];
	const char *sha256 = query_text(s, 1);

	snprintf(path, sizeof(path), "originals/%s", sha256);
	check_file(arg, sqlite3_column_int64(s, 0), path, sha256);
	return true;
}

static void not_vouched(struct files *f, const char *file, const struct prefix_found *found)
{
	verdict_differs(f->verdict, f->check, "recording-not-vouched", "", found->n, file,
			T("%s: không phải bản ghi mà mục %lld đã bảo chứng khi đang ghi (%lld byte "
			  "đầu; chỉ chắc %lld byte còn đúng): tệp đã bị đổi",
			  "%s: not the recording that entry %lld vouched for while it was written "
			  "(its first %lld bytes; %lld of them are surely as they were): the file "
			  "was exchanged"), file, (long long)found->n, (long long)found->bytes,
			(long long)found->held);
}

/* sha256 "": no entry tells its hash yet, and one that is missing is verify_kept's. That it is not
 * what was vouched for is told here unless its own entry says so (there verify_kept does). */
static bool check_recording(sqlite3_stmt *s, void *arg)
{
	struct files *f = arg;
	struct prefix_found is;
	struct err why;
	char path[2 * PATH_BYTES];
	int64_t n = sqlite3_column_int64(s, 0);
	const char *file = query_text(s, 1), *sha256 = query_text(s, 2);

	f->count++;
	snprintf(path, sizeof(path), "%s/%s", f->dir, file);
	int fd = plain_open(path, 0, &why);
	bool there = fd >= 0 && prefix_find(f->made, file, fd, &is, &why);
	if (!there && sha256[0] != '\0')
		missing(f, n, file);
	else if (there && sha256[0] != '\0' && strcmp(is.sha256, sha256) != 0)
		differs(f, n, file);
	else if (there && is.n >= 0 && sqlite3_column_int(s, 3) == 0)
		not_vouched(f, file, &is);
	if (fd >= 0)
		close(fd);
	return true;
}

/* Of a file that several entries name, the newest counts. What the log says is gone, and which
 * recording it was, is not looked for: whether it may be gone verify_kept says. And those that no
 * entry has closed. */
static const char recordings[] =
	"SELECT n, file, sha256, differs FROM recordings r WHERE"
	" n = (SELECT max(n) FROM recordings o WHERE o.file = r.file)"
	" AND removed_n IS NULL UNION ALL SELECT min(n), file, '', 0 FROM prefixes p WHERE"
	" NOT EXISTS (SELECT 1 FROM recordings o WHERE o.file = p.file) GROUP BY file ORDER BY 1";

static bool check_all(struct view *made, const char *sql, struct files *f,
		      bool (*each)(sqlite3_stmt *s, void *arg), struct err *e)
{
	sqlite3_stmt *s = query_ask(made, sql, e);

	f->count = 0;
	if (s == NULL || !query_walk(made, s, each, f, e))
		return false;
	verdict_checked(f->verdict, f->check, f->count);
	return true;
}

bool verify_sound(struct view *made, const char *dir, struct verdict *verdict, struct err *e)
{
	struct files f = {.made = made, .dir = dir, .verdict = verdict, .check = CHECK_MASTERS,
			  .missing = "master-missing", .differs = "master-differs"};

	f.data = malloc(READ_BYTES);
	must(f.data != NULL);
	bool ok = check_all(made, "SELECT min(n), sha256 FROM bulletins WHERE sha256 <> ''"
			    " GROUP BY sha256 ORDER BY 1", &f, check_master, e);
	f.check = CHECK_ORIGINALS;
	f.missing = "original-missing";
	f.differs = "original-differs";
	ok = ok && check_all(made, "SELECT min(n), original_sha256 FROM bulletins"
			     " WHERE original_sha256 <> '' GROUP BY original_sha256 ORDER BY 1", &f,
			     check_original, e);
	f.check = CHECK_RECORDINGS;
	f.missing = "recording-missing";
	f.differs = "recording-differs";
	ok = ok && check_all(made, recordings, &f, check_recording, e);
	free(f.data);
	return ok;
}
