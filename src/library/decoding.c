/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/decoding.h"

#include "base/text.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define PIPE_BYTES (1 << 20) /* the kernel's usual most; a default pipe makes both sides wait */

static struct mono now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (struct mono){t.tv_sec * NS_PER_S + t.tv_nsec};
}

void decoding_init(struct decoding *d)
{
	*d = (struct decoding){.worker.pidfd = -1, .pipe.fd = -1};
}

bool decoding_start(struct decoding *d, int fd, bool av, struct err *e)
{
	char worker[] = "worker", phones[] = "av";
	char *const args[] = {worker, av ? phones : NULL, NULL};
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_errno(e, T("không mở được đường ống", "cannot open a pipe"));
	fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES); /* a smaller one is only slower */
	bool ok = proc_start(&d->worker, args,
			     &(struct proc_fds){.in_fd = fd,
						.out_fd = ends[1],
						.no_environment = true},
			     e);
	close(ends[1]);
	if (!ok) {
		close(ends[0]);
		return false;
	}
	d->pipe.fd = ends[0];
	d->heard = now();
	return true;
}

enum pcm_got decoding_next(struct decoding *d, int timeout_ms)
{
	enum pcm_got got = pcm_receive(&d->pipe, timeout_ms);

	if (got == PCM_GOT)
		d->heard = now();
	else if (got == PCM_WAIT && now().ns - d->heard.ns > WORKER_SILENT_MS * NS_PER_MS)
		return PCM_BROKEN;
	return got;
}

void decoding_end(struct decoding *d)
{
	proc_end(&d->worker, 0); /* it has nothing to save */
	if (d->pipe.fd >= 0)
		close(d->pipe.fd);
	d->pipe = (struct pcm_reader){.fd = -1};
}
