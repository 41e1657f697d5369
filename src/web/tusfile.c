/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tusfile.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"
#include "sys/plain.h"
#include "web/tushead.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NUMBER_BYTES 20 /* 19 digits and a newline */
#define STATE_BYTES_MAX 65536

static void print_number(int64_t n, char out[static NUMBER_BYTES + 1])
{
	snprintf(out, NUMBER_BYTES + 1, "%019lld\n", (long long)n);
}

/* Writes the state under another name and moves it in place. */
static bool write_state(const struct tusfile *f, const char *dir, struct err *e)
{
	char path[PATH_BYTES], fresh[PATH_BYTES], number[NUMBER_BYTES + 1];
	json_t *state = json_pack("{s:I, s:s, s:I, s:O, s:O*}", "account",
				  (json_int_t)f->owner.account, "address", f->owner.address,
				  "length", (json_int_t)f->length, "words", f->words, "end",
				  f->end);
	char *text = json_dumps(state, JSON_LINE);

	must(text != NULL);
	json_decref(state);
	incoming_path(dir, f->id, TUSFILE_ENDING, path);
	incoming_path(dir, f->id, TUSFILE_ENDING ".new", fresh);
	print_number(f->offset, number);
	/* 0600: who sends it is in it. */
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = fd >= 0 ? incoming_write(fd, number, NUMBER_BYTES, 0, e) &&
				      incoming_write(fd, text, strlen(text), NUMBER_BYTES, e)
			    : err_errno(e, "%s", fresh);
	if (fd >= 0)
		close(fd);
	free(text);
	if (good && rename(fresh, path) != 0)
		good = err_errno(e, "%s", path);
	if (!good)
		unlink(fresh);
	return good;
}

bool tusfile_create(struct tusfile *f, const char *dir, struct err *e)
{
	char path[PATH_BYTES];

	if (!incoming_name(dir, f->id, e))
		return false;
	incoming_path(dir, f->id, "", path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd < 0)
		return err_errno(e, "%s", path);
	close(fd);
	if (write_state(f, dir, e))
		return true;
	unlink(path);
	return false;
}

static bool read_state(const char *path, struct buf *text, struct wall *touched, struct err *e)
{
	char piece[4096];
	struct stat st;
	ssize_t n;
	int fd = plain_open(path, O_NOFOLLOW, e);

	if (fd < 0)
		return false;
	while ((n = read(fd, piece, sizeof(piece))) > 0 && text->len < STATE_BYTES_MAX)
		buf_add(text, piece, (size_t)n);
	bool good = n == 0 && fstat(fd, &st) == 0;
	if (good)
		*touched = (struct wall){st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec};
	close(fd);
	return good || err_set(e, ERR_DAMAGED, "%s", path);
}

static bool parse_state(struct tusfile *f, struct buf *text, struct err *e)
{
	char number[NUMBER_BYTES];

	if (text->len <= NUMBER_BYTES || text->data[NUMBER_BYTES - 1] != '\n')
		return err_set(e, ERR_DAMAGED, "%s%s", f->id, TUSFILE_ENDING);
	memcpy(number, text->data, NUMBER_BYTES - 1);
	number[NUMBER_BYTES - 1] = '\0';
	/* 19 digits: the first is 0, no file is that large. */
	if (number[0] != '0' || !tushead_number(number + 1, &f->offset))
		return err_set(e, ERR_DAMAGED, "%s%s", f->id, TUSFILE_ENDING);
	json_t *state = json_read(text->data + NUMBER_BYTES, text->len - NUMBER_BYTES, e);
	if (state == NULL)
		return false;
	f->length = json_get_integer(state, "length", -1);
	f->words = json_incref(json_object_get(state, "words"));
	f->end = json_incref(json_object_get(state, "end"));
	snprintf(f->owner.address, sizeof(f->owner.address), "%.40s",
		 json_get_text(state, "address", ""));
	f->owner.account = json_get_integer(state, "account", 0);
	json_decref(state);
	return (f->length >= f->offset && json_is_object(f->words)) ||
	       err_set(e, ERR_DAMAGED, "%s%s", f->id, TUSFILE_ENDING);
}

bool tusfile_load(struct tusfile *f, const char *dir, const char *id, struct err *e)
{
	char path[PATH_BYTES];
	struct buf text = {0};
	struct stat st;

	memset(f, 0, sizeof(*f));
	snprintf(f->id, sizeof(f->id), "%s", id);
	incoming_path(dir, id, TUSFILE_ENDING, path);
	bool good = read_state(path, &text, &f->touched, e) && parse_state(f, &text, e);
	buf_finish(&text);
	if (!good) {
		tusfile_finish(f);
		return false;
	}
	incoming_path(dir, id, "", path);
	if (stat(path, &st) == 0 && st.st_size < f->offset)
		f->offset = st.st_size;
	return true;
}

int tusfile_open(const struct tusfile *f, const char *dir, struct err *e)
{
	char path[PATH_BYTES];

	incoming_path(dir, f->id, "", path);
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0 && ftruncate(fd, f->offset) == 0)
		return fd;
	err_errno(e, T("không mở được tệp", "cannot open the file"));
	if (fd >= 0)
		close(fd);
	return -1;
}

bool tusfile_commit(const struct tusfile *f, const char *dir, int fd, int64_t offset,
		    struct err *e)
{
	char path[PATH_BYTES], number[NUMBER_BYTES + 1];

	if (fdatasync(fd) != 0)
		return err_errno(e, T("không ghi được tệp", "cannot write the file"));
	incoming_path(dir, f->id, TUSFILE_ENDING, path);
	print_number(offset, number);
	int state = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	bool good = state >= 0 && incoming_write(state, number, NUMBER_BYTES, 0, e) &&
		    fsync(state) == 0;
	if (!good)
		err_errno(e, T("không ghi được tệp", "cannot write the file"));
	if (state >= 0)
		close(state);
	return good;
}

bool tusfile_adopt(struct tusfile *f, const char *dir, int fd, struct err *e)
{
	if (!write_state(f, dir, e) || !tusfile_commit(f, dir, fd, f->length, e) ||
	    !incoming_sync_folder(dir, e))
		return false;
	f->offset = f->length;
	return true;
}

void tusfile_end(struct tusfile *f, const char *dir, json_t *end)
{
	char path[PATH_BYTES];
	struct err e = {0};

	json_decref(f->end);
	f->end = end;
	json_object_del(f->words, "session"); /* of no use any more */
	if (!write_state(f, dir, &e))
		log_warn("%s: %s", f->id, e.text);
	incoming_path(dir, f->id, "", path);
	unlink(path);
}

bool tusfile_there(const struct tusfile *f, const char *dir)
{
	char path[PATH_BYTES];

	incoming_path(dir, f->id, "", path);
	return access(path, F_OK) == 0 || errno != ENOENT;
}

void tusfile_remove(const struct tusfile *f, const char *dir)
{
	char path[PATH_BYTES];

	incoming_path(dir, f->id, "", path);
	unlink(path);
	incoming_path(dir, f->id, TUSFILE_ENDING, path);
	unlink(path);
}

void tusfile_finish(struct tusfile *f)
{
	json_decref(f->words);
	json_decref(f->end);
	f->words = f->end = NULL;
}
