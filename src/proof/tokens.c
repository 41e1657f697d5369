/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tokens.h"

#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const tails[TOKENS_PARTS] = {"checkpoint", "tsq", "tsr"};

void tokens_path(const char *log, int64_t size, enum tokens_part part,
		 char out[static TOKENS_PATH_BYTES])
{
	snprintf(out, TOKENS_PATH_BYTES, "%s/" TOKENS_DIR "/%" PRId64 ".%s", log, size,
		 tails[part]);
}

bool tokens_is(const char *path, char log[static LOG_DIR_BYTES], int64_t *size,
	       enum tokens_part *part)
{
	static const char dir[] = "/" TOKENS_DIR "/";
	const char *slash = strchr(path, '/');
	char again[TOKENS_PATH_BYTES];

	if (slash == NULL || slash - path >= LOG_DIR_BYTES ||
	    strncmp(slash, dir, strlen(dir)) != 0)
		return false;
	snprintf(log, LOG_DIR_BYTES, "%.*s", (int)(slash - path), path);
	if (log_dir_number(log) == 0)
		return false;
	*size = strtoll(slash + strlen(dir), NULL, 10);
	for (int i = 0; i < TOKENS_PARTS; i++) {
		*part = (enum tokens_part)i;
		tokens_path(log, *size, *part, again);
		if (*size > 0 && strcmp(again, path) == 0)
			return true;
	}
	return false;
}

struct names {
	const char *log;
	struct buf sizes; /* int64_t */
};

static void see(const char *name, void *arg)
{
	struct names *n = arg;
	char path[TOKENS_PATH_BYTES], log[LOG_DIR_BYTES];
	enum tokens_part part;
	int64_t size;

	snprintf(path, sizeof(path), "%s/" TOKENS_DIR "/%.30s", n->log, name);
	if (tokens_is(path, log, &size, &part) && part == TOKENS_REPLY)
		buf_add(&n->sizes, &size, sizeof(size));
}

bool tokens_each(struct disk *d, const char *log, bool (*each)(int64_t size, void *arg), void *arg,
		 struct err *e)
{
	struct names n = {.log = log};
	char dir[TOKENS_PATH_BYTES];
	int64_t size;

	snprintf(dir, sizeof(dir), "%s/" TOKENS_DIR, log);
	bool ok = disk_list(d, dir, see, &n, e) || e->kind == ERR_NOT_FOUND;
	for (size_t at = 0; ok && at < n.sizes.len; at += sizeof(size)) {
		memcpy(&size, n.sizes.data + at, sizeof(size));
		ok = each(size, arg);
	}
	buf_finish(&n.sizes);
	return ok;
}
