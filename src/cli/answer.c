/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/answer.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "station/commands.h"
#include "sys/scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of all processes of the station this one is needed least when memory runs out. */
static void stand_back(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!write(fd, "1000", 4);
		close(fd);
	}
}

/* On a disk if there is one to write to: a year's diary has megabytes. */
FILE *answer_begin(struct err *e)
{
	FILE *file = NULL;

	stand_back();
	int fd = open(scratch_place(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		fd = memfd_create("answer", MFD_CLOEXEC);
	if (fd >= 0)
		file = fdopen(fd, "w+");
	if (file == NULL)
		(void)err_errno(e, T("không có chỗ để lập tệp", "there is no room for the file"));
	return file;
}

static bool say(json_t *line)
{
	char *text = json_dumps(line, JSON_COMPACT);

	must(text != NULL);
	json_decref(line);
	bool ok = puts(text) >= 0 && fflush(stdout) == 0;
	free(text);
	return ok;
}

static bool send_file(int fd, int64_t bytes)
{
	off_t at = 0;

	while (at < bytes)
		if (sendfile(STDOUT_FILENO, fd, &at, (size_t)(bytes - at)) <= 0)
			return false;
	return true;
}

static bool give(json_t *id, FILE *file, const char *name, const char *type)
{
	struct stat st;

	must(fflush(file) == 0 && fstat(fileno(file), &st) == 0);
	/* Whoever has all of it hangs up at once, and the station ends who computes for nobody:
	 * what goes out finds out by itself, in write. */
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	return say(json_pack("{s:O, s:b, s:s, s:s, s:I}", "id", id, "ok", 1, "file", name, "type",
			     type, "bytes", (json_int_t)st.st_size)) &&
	       send_file(fileno(file), st.st_size);
}

int answer_give(const char *id, FILE *file, bool ok, const char *name, const char *type,
		const struct err *err)
{
	json_t *of = json_loads(id, JSON_DECODE_ANY, NULL);

	if (of == NULL)
		of = json_null();
	bool given = ok ? give(of, file, name, type) : say(commands_error(of, err));
	json_decref(of);
	if (file != NULL)
		fclose(file);
	return given ? 0 : 1;
}
