/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa worker`: one untrusted file in, its sound out; started by ingest, not by people.
 * `vangxa worker av` is another program: FFmpeg's libraries bring a hundred others with them, which
 * no other process of the station shall load. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/cli.h"
#include "library/worker.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Beside this program, or where `make install` puts what people do not call. */
static const char *const places[] = {"vangxa-av", "../libexec/vangxa/vangxa-av"};

static int become_av(void)
{
	char self[PATH_BYTES], path[PATH_BYTES + 32];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(self, '/');
	for (size_t i = 0; slash != NULL && i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - self), self, places[i]);
		execl(path, "vangxa-av", (char *)NULL);
	}
	fprintf(stderr, "vangxa: %s: %s\n", self,
		T("thiếu chương trình vangxa-av (giải mã tệp của điện thoại); hãy cài lại",
		  "the program vangxa-av (decodes telephones' files) is missing; install again"));
	return 1;
}

int cmd_worker(int argc, char **argv)
{
	/* Not by way of exit(3): there is nothing to flush, and what libraries do at the end (a
	 * leak checker's threads) is no longer allowed. */
	if (argc == 1)
		_exit(worker_main(worker_decoders));
	if (argc == 2 && strcmp(argv[1], "av") == 0)
		return become_av();
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này không có tham số", "this command takes no arguments"));
	return 2;
}
