/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/unzip.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/jail.h"
#include "sys/zipfd.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECE_BYTES (64 << 10)

/* What the child tells: a head, then len bytes. */
enum word { WORD_MEMBER, WORD_BYTES, WORD_END, WORD_DAMAGED, WORD_ODD };
struct head {
	uint32_t word, len;
};

static bool put(const void *data, size_t len)
{
	const char *at = data;

	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, at, len);
		if (n < 0 && errno != EINTR)
			return false;
		at += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool tell(enum word word, const void *data, size_t len)
{
	struct head h = {(uint32_t)word, (uint32_t)len};

	return put(&h, sizeof(h)) && put(data, len);
}

static bool tell_bytes(struct archive *a, char *piece)
{
	la_ssize_t n;

	while ((n = archive_read_data(a, piece, PIECE_BYTES)) > 0)
		if (!tell(WORD_BYTES, piece, (size_t)n))
			return false;
	return n == 0 || (tell(WORD_DAMAGED, NULL, 0), false);
}

static bool tell_member(struct archive *a, struct archive_entry *member, char *piece)
{
	const char *name = archive_entry_pathname(member);

	if (archive_entry_filetype(member) == AE_IFDIR)
		return true;
	if (name == NULL || name[0] == '\0' || strlen(name) >= UNZIP_NAME_BYTES ||
	    archive_entry_filetype(member) != AE_IFREG || archive_entry_is_encrypted(member))
		return tell(WORD_ODD, NULL, 0) && false;
	return tell(WORD_MEMBER, name, strlen(name)) && tell_bytes(a, piece);
}

static void walk(void)
{
	static struct zipfd in = {.fd = STDIN_FILENO};
	static char out[PIECE_BYTES];
	struct archive *a = zipfd_open(&in);
	struct archive_entry *member;
	int said;

	if (a == NULL) {
		tell(WORD_DAMAGED, NULL, 0);
		return;
	}
	while ((said = archive_read_next_header(a, &member)) == ARCHIVE_OK)
		if (!tell_member(a, member, out))
			return;
	tell(said == ARCHIVE_EOF ? WORD_END : WORD_DAMAGED, NULL, 0);
}

static void child(int fd, int out) __attribute__((noreturn));
static void child(int fd, int out)
{
	struct err ignored;
	/* What is 0, 1 or 2 itself must not be closed by taking its place. */
	bool ok = fd > STDERR_FILENO && out > STDERR_FILENO &&
		  dup2(fd, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
		  prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;

	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	if (ok && jail_enter(&(struct jail_limits){.cpu_s = UNZIP_CPU_S,
						   .memory_bytes = UNZIP_MEMORY_BYTES}, &ignored))
		walk();
	_exit(0);
}

static bool get(int fd, void *data, size_t len)
{
	char *at = data;

	while (len > 0) {
		ssize_t n = read(fd, at, len);
		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		at += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("không phải tệp zip, hoặc tệp zip hỏng, thiếu phần cuối; hãy lấy lại gói",
			 "no zip file, or one that is damaged or not whole; get the pack anew"));
}

static bool odd(struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("tệp zip có thứ không gói nào có: đường tắt, tệp khóa mật khẩu, hoặc tên "
			 "không đọc được",
			 "the zip file has what no pack has: a link, a secret, or a name that "
			 "cannot be read"));
}

static bool hear(int from, const struct unzip_handler *h, struct err *e)
{
	static char data[PIECE_BYTES + 1];
	bool begun = false, ok = true;
	struct head head;

	while (ok) {
		if (!get(from, &head, sizeof(head)) || head.len > PIECE_BYTES ||
		    !get(from, data, head.len))
			return damaged(e);
		data[head.len] = '\0';
		if (head.word == WORD_END)
			return true;
		if (head.word == WORD_ODD)
			return odd(e);
		if (head.word == WORD_MEMBER && head.len > 0 && head.len < UNZIP_NAME_BYTES &&
		    strlen(data) == head.len)
			begun = ok = h->member(h->arg, data, e);
		else if (head.word == WORD_BYTES && begun)
			ok = h->bytes(h->arg, data, head.len, e);
		else
			return damaged(e);
	}
	return false;
}

bool unzip(int fd, const struct unzip_handler *h, struct err *e)
{
	int ends[2], status;

	if (lseek(fd, 0, SEEK_SET) != 0 || pipe(ends) != 0)
		return err_errno(e, T("không đọc được tệp zip", "the zip file cannot be read"));
	pid_t pid = fork();
	if (pid == 0)
		child(fd, ends[1]);
	close(ends[1]);
	bool ok = pid > 0 ? hear(ends[0], h, e)
			  : err_errno(e, T("không chạy được tiến trình đọc tệp zip",
					   "cannot start a process to read the zip file"));
	close(ends[0]);
	if (pid > 0) {
		kill(pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	return ok;
}
