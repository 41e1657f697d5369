/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/forms.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/parcel.h"
#include "sys/proc.h"
#include "sys/scratch.h"

#include <fcntl.h>
#include <nettle/sha2.h>
#include <poll.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORD(text) ((char *)(uintptr_t)(text))

static bool sha256_of(const char *path, char out[static SHA256_HEX_BYTES], struct err *e)
{
	uint8_t digest[SHA256_DIGEST_SIZE], piece[65536];
	struct sha256_ctx hash;
	ssize_t n;

	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return err_errno(e, "%s", path);
	sha256_init(&hash);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		sha256_update(&hash, (size_t)n, piece);
	close(fd);
	sha256_digest(&hash, sizeof(digest), digest);
	sodium_bin2hex(out, SHA256_HEX_BYTES, digest, sizeof(digest));
	return n == 0 || err_errno(e, "%s", path);
}

/* Every name that there may be, in one order: the same pack has them so. */
static bool gather(struct forms *f, struct err *e)
{
	static const char *const ends[] = {"csv", "pdf", "xlsx"};
	char path[PATH_BYTES + 64], name[32], sha256[SHA256_HEX_BYTES];

	for (int letter = 'A'; letter <= 'Z'; letter++)
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
			snprintf(name, sizeof(name), "forms/%c.%s", letter, ends[i]);
			must(parcel_is_form(name));
			snprintf(path, sizeof(path), "%s/%s", f->dir, name);
			if (access(path, F_OK) != 0)
				continue;
			if (!sha256_of(path, sha256, e))
				return false;
			json_object_set_new(f->list, name, json_string(sha256));
		}
	return json_object_size(f->list) > 0 ||
	       err_set(e, ERR_FAILED, T("không lập được biểu mẫu nào", "no report was made"));
}

/* What is wrong it says itself, on stderr. */
static bool run(const struct forms *f, const char *data, const char *from, const char *to,
		struct err *e)
{
	char dir[PATH_BYTES + 16];
	char *const args[] = {WORD("report"), WORD("all"), WORD("--data"), WORD(data),
			      WORD("--from"), WORD(from), WORD("--to"), WORD(to),
			      WORD("--lang"), WORD(text_english() ? "en" : "vi"), WORD("-o"), dir,
			      NULL};
	struct proc_fds fds = {.in_fd = -1, .out_fd = open("/dev/null", O_WRONLY | O_CLOEXEC)};
	struct proc p;
	int status = 0;

	snprintf(dir, sizeof(dir), "%s/forms", f->dir);
	bool ok = fds.out_fd >= 0 ? proc_start(&p, args, &fds, e) : err_errno(e, "/dev/null");
	if (fds.out_fd >= 0)
		close(fds.out_fd);
	if (!ok)
		return false;
	struct pollfd ended = {.fd = p.pidfd, .events = POLLIN};
	while (!proc_reap(&p, &status))
		poll(&ended, 1, -1);
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
	       err_set(e, ERR_FAILED, T("không lập được biểu mẫu cho gói",
					"the reports of the pack cannot be made"));
}

bool forms_make(struct forms *f, const char *data, struct date first, struct date last,
		struct err *e)
{
	char from[11], to[11];

	*f = (struct forms){.list = json_object()};
	must(f->list != NULL);
	date_print(first, from);
	date_print(last, to);
	bool ok = scratch_make(f->dir, "forms", e) && run(f, data, from, to, e) && gather(f, e);
	if (!ok)
		forms_finish(f);
	return ok;
}

void forms_finish(struct forms *f)
{
	scratch_remove(f->dir);
	json_decref(f->list);
	*f = (struct forms){.list = NULL};
}
