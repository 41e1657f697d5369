/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a member may be follows from its name, and names are compared with the few that a pack has;
 * so none needs to be made harmless. */
#include "proof/unparcel.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "proof/bundle.h"
#include "proof/note.h"
#include "proof/parcel_inside.h"
#include "proof/shelf.h"
#include "proof/token.h"
#include "proof/tokens.h"
#include "sys/scratch.h"
#include "sys/unzip.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { KIND_NOTHING, KIND_FILE, KIND_SOUND, KIND_FORM };

/* One pack on its way. */
struct unpacking {
	struct unparcel *u;
	enum kind kind; /* of the member under way */
	char name[UNZIP_NAME_BYTES];
	int fd;		    /* KIND_FILE */
	int64_t bytes, max; /* of the member */
	struct sha256_ctx hash; /* KIND_SOUND, KIND_FORM */
	int64_t members, kept_bytes;
};

static bool too_much(const char *name, struct err *e)
{
	return err_set(e, ERR_DAMAGED, T("%.100s: lớn hơn mức một tệp như thế có thể có",
					 "%.100s: larger than such a file can be"), name);
}

static bool twice(const char *name, struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("có hai tệp cùng tên %.100s: không ai biết tệp nào là thật",
			 "there are two files of the name %.100s: nobody knows which one counts"),
		       name);
}

/* Of these only the hash is kept. */
static json_t *list_of(const struct unpacking *p, enum kind kind)
{
	return kind == KIND_SOUND ? p->u->recordings : kind == KIND_FORM ? p->u->forms : NULL;
}

static bool finish_hash(struct unpacking *p, json_t *list)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	char hex[SHA256_HEX_BYTES];

	sha256_digest(&p->hash, sizeof(digest), digest);
	sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
	return json_object_set_new(list, p->name,
				   json_pack("{s:I, s:s}", "bytes", (json_int_t)p->bytes,
					     "sha256", hex)) == 0;
}

/* The member under way has all its bytes. */
static bool finish_member(struct unpacking *p, struct err *e)
{
	enum kind kind = p->kind;

	p->kind = KIND_NOTHING;
	if (list_of(p, kind) != NULL)
		must(finish_hash(p, list_of(p, kind)));
	return kind != KIND_FILE || close(p->fd) == 0 || err_errno(e, "%s", p->name);
}

/* The folders above it, which our own names ask for. */
static bool make_folders(char *path, size_t from, struct err *e)
{
	for (char *slash = strchr(path + from, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
		if (!ok)
			err_errno(e, "%s", path);
		*slash = '/';
		if (!ok)
			return false;
	}
	return true;
}

static bool begin_file(struct unpacking *p, int64_t max, struct err *e)
{
	char path[PATH_BYTES + UNZIP_NAME_BYTES + 2];

	snprintf(path, sizeof(path), "%s/%s", p->u->dir, p->name);
	if (!make_folders(path, strlen(p->u->dir) + 1, e))
		return false;
	p->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (p->fd < 0)
		return errno == EEXIST || errno == EISDIR ? twice(p->name, e)
							  : err_errno(e, "%s", path);
	p->kind = KIND_FILE;
	p->max = max;
	return true;
}

static bool is_table(const char *name)
{
	static const char *const tables[] = {"tables/airings.csv", "tables/events.csv",
					     "tables/masters.csv", "tables/recordings.csv"};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strcmp(tables[i], name) == 0)
			return true;
	return false;
}

static bool begin_hash(struct unpacking *p, enum kind kind, struct err *e)
{
	if (json_object_get(list_of(p, kind), p->name) != NULL)
		return twice(p->name, e);
	p->kind = kind;
	p->max = PACK_SOUND_BYTES_MAX;
	sha256_init(&p->hash);
	return true;
}

static bool is_text(const char *name)
{
	for (int i = 0; i < PARCEL_TEXTS; i++)
		if (strcmp(parcel_text_names[i], name) == 0)
			return true;
	return false;
}

static bool is_sound(const char *name)
{
	return strncmp(name, "aircheck/", 9) == 0 && strlen(name) < PATH_BYTES &&
	       strstr(name, "..") == NULL && utf8_printable(name, strlen(name));
}

static bool strange(struct unpacking *p)
{
	if (p->u->strange++ == 0)
		snprintf(p->u->first_strange, sizeof(p->u->first_strange), "%.60s",
			 utf8_printable(p->name, strlen(p->name)) ? p->name : "?");
	utf8_cut(p->u->first_strange, sizeof(p->u->first_strange) - 1);
	p->max = PACK_SOUND_BYTES_MAX;
	return true;
}

static bool is_stamp(const char *name)
{
	char log[LOG_DIR_BYTES];
	enum tokens_part part;
	int64_t size;

	return tokens_is(name, log, &size, &part);
}

static bool member(void *arg, const char *name, struct err *e)
{
	struct unpacking *p = arg;
	struct tile_name t;

	if (!finish_member(p, e))
		return false;
	if (p->members++ == PACK_MEMBERS_MAX)
		return too_much("zip", e);
	snprintf(p->name, sizeof(p->name), "%s", name);
	p->bytes = 0;
	switch (shelf_kind(name, &t)) {
	case SHELF_HEAD:
		return begin_file(p, NOTE_BYTES_MAX, e);
	case SHELF_TILE:
		return begin_file(p, BUNDLE_BYTES_MAX, e);
	default:
		break;
	}
	if (is_stamp(name))
		return begin_file(p, TOKEN_BYTES_MAX, e);
	if (is_table(name))
		return begin_file(p, PACK_TABLE_BYTES_MAX, e);
	if (is_text(name))
		return begin_file(p, PACK_TEXT_BYTES_MAX, e);
	if (is_sound(name))
		return begin_hash(p, KIND_SOUND, e);
	if (parcel_is_form(name))
		return begin_hash(p, KIND_FORM, e);
	return strange(p);
}

static bool keep(struct unpacking *p, const void *data, size_t len, struct err *e)
{
	const char *at = data;

	p->kept_bytes += (int64_t)len;
	if (p->kept_bytes > PACK_KEPT_BYTES_MAX)
		return too_much("zip", e);
	while (len > 0) {
		ssize_t n = write(p->fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, T("không giải nén được %s vào %s (đặt TMPDIR ở đĩa "
					      "còn chỗ)",
					      "%s cannot be unpacked into %s (set TMPDIR to a "
					      "disk with room)"), p->name, p->u->dir);
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool bytes(void *arg, const void *data, size_t len, struct err *e)
{
	struct unpacking *p = arg;

	p->bytes += (int64_t)len;
	if (p->bytes > p->max)
		return too_much(p->name, e);
	if (p->kind == KIND_FILE)
		return keep(p, data, len, e);
	if (list_of(p, p->kind) != NULL)
		sha256_update(&p->hash, len, data);
	return true;
}

bool unparcel_open(struct unparcel *u, int fd, struct err *e)
{
	struct unpacking p = {.u = u};
	struct unzip_handler h = {member, bytes, &p};

	*u = (struct unparcel){.recordings = json_object(), .forms = json_object()};
	must(u->recordings != NULL && u->forms != NULL);
	if (!scratch_make(u->dir, "verify", e)) {
		unparcel_close(u);
		return false;
	}
	bool ok = unzip(fd, &h, e);
	struct err ignored;
	ok = finish_member(&p, ok ? e : &ignored) && ok;
	if (!ok)
		unparcel_close(u);
	return ok;
}

static bool read_about(const struct unparcel *u, struct buf *text, struct err *e)
{
	char path[PATH_BYTES + 32], piece[4096];
	ssize_t n = -1;

	snprintf(path, sizeof(path), "%s/" PARCEL_ABOUT, u->dir);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return err_set(e, ERR_NOT_FOUND, T("%s: thiếu trong gói",
						   "%s: missing from the pack"), PARCEL_ABOUT);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		buf_add(text, piece, (size_t)n);
	close(fd);
	return n == 0 || err_errno(e, "%s", PARCEL_ABOUT);
}

bool unparcel_about(const struct unparcel *u, struct parcel *p, struct err *e)
{
	struct parcel_said said = {0};
	struct buf text = {0};
	bool ok = read_about(u, &text, e) &&
		  parcel_about_read(buf_str(&text), text.len, p, &said, e);

	buf_finish(&text);
	json_decref(said.forms);
	p->forms = NULL;
	if (ok && said.format <= PARCEL_FORMAT_OLD)
		ok = err_set(e, ERR_UNSUPPORTED,
			     T("gói theo dạng cũ (%d): không ai so được các bảng của nó với sổ; "
			       "hãy xin gói mới",
			       "a pack of the old form (%d): nobody can hold its tables against "
			       "the log; ask for a new one"), (int)said.format);
	return ok;
}

void unparcel_close(struct unparcel *u)
{
	scratch_remove(u->dir);
	json_decref(u->recordings);
	json_decref(u->forms);
	*u = (struct unparcel){0};
}
