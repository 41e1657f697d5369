/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/devlist.h"

#include "base/buf.h"
#include "base/text.h"
#include "sys/clock.h"
#include "sys/proc.h"

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#define LIST_BYTES_MAX (1 << 20)

static bool parse_one(json_t *item, struct devlist_device *d)
{
	const char *name, *system;
	int is_default;

	*d = (struct devlist_device){0};
	if (json_unpack(item, "{s:s, s:s, s:i, s?i, s:F, s:F, s:b}", "name", &name, "system",
			&system, "channels", &d->channels, "inputs", &d->inputs, "rate_hz",
			&d->rate_hz, "latency_ms", &d->latency_ms, "default", &is_default) != 0)
		return false;
	snprintf(d->name, sizeof(d->name), "%s", name);
	snprintf(d->system, sizeof(d->system), "%s", system);
	d->is_default = is_default != 0;
	return true;
}

bool devlist_parse(const char *json, struct devlist_device *list, int max, int *count,
		   struct err *e)
{
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, NULL), *item;
	size_t i;
	bool good = json_is_array(root);

	*count = 0;
	json_array_foreach(root, i, item)
	{
		if (good && *count < max)
			good = parse_one(item, &list[(*count)++]);
	}
	json_decref(root);
	if (good)
		return true;
	*count = 0;
	return err_set(e, ERR_FAILED, T("danh sách thiết bị âm thanh không đọc được",
					"the list of sound devices cannot be read"));
}

/* Everything up to the end of the pipe, or false when that takes too long. */
static bool read_all(int fd, struct buf *out)
{
	struct clock_real clock;
	char piece[4096];
	ssize_t n = 1;

	clock_real_open(&clock);
	int64_t until = clock_mono(&clock.clock).ns + DEVLIST_WAIT_MS * NS_PER_MS;
	while (n > 0 && out->len < LIST_BYTES_MAX) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left_ms = (until - clock_mono(&clock.clock).ns) / NS_PER_MS;
		if (left_ms <= 0 || poll(&p, 1, (int)left_ms) <= 0)
			break;
		n = read(fd, piece, sizeof(piece));
		if (n > 0)
			buf_add(out, piece, (size_t)n);
	}
	clock_real_close(&clock);
	return n == 0;
}

/* Of a child that has closed its output: 0 only if it ended well within a second. */
static int exit_status(struct proc *child)
{
	struct pollfd p = {.fd = child->pidfd, .events = POLLIN};
	int status = 1;

	if (poll(&p, 1, 1000) == 1)
		proc_reap(child, &status);
	return status;
}

static bool run_child(struct buf *json, struct err *e)
{
	char sink[] = "sink", flag[] = "--list", *args[] = {sink, flag, NULL};
	struct proc child;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_errno(e, T("không mở được ống dẫn", "cannot open a pipe"));
	struct proc_fds fds = {.in_fd = -1, .out_fd = ends[1]};
	bool started = proc_start(&child, args, &fds, e);
	close(ends[1]);
	bool whole = started && read_all(ends[0], json);
	close(ends[0]);
	if (!started)
		return false;
	int status = whole ? exit_status(&child) : 0;
	proc_end(&child, 0);
	if (whole && status == 0)
		return true;
	if (whole)
		return err_set(e, ERR_FAILED,
			       T("thư viện âm thanh gặp sự cố khi tìm thiết bị; "
				 "xem lại cấu hình ALSA",
				 "the sound library broke down looking for devices; check the "
				 "settings of ALSA"));
	return err_set(e, ERR_FAILED,
		       T("hệ thống âm thanh không trả lời trong %d giây; thử khởi động lại nó",
			 "the sound system did not answer within %d seconds; try to restart it"),
		       DEVLIST_WAIT_MS / 1000);
}

bool devlist_get(struct devlist_device *list, int max, int *count, struct err *e)
{
	struct buf json = {0};

	bool done = run_child(&json, e) && devlist_parse(buf_str(&json), list, max, count, e);
	buf_finish(&json);
	return done;
}
