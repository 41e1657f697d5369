/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The voice is a program and not a library in our worker: espeak-ng opens files of its data while
 * it speaks, and better voices are whole programs with models of their own. So its fence is a wider
 * one than the decoder's, around what is installed; what comes out of it is a stranger's sound. */
#include "library/speech.h"

#include "base/buf.h"
#include "base/text.h"
#include "sys/errand.h"
#include "sys/jail.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Slower than its 175 words a minute: horns echo. It looks for a sound server even so, and says on
 * stderr that it may not. */
#define DEFAULT_VOICE "exec espeak-ng -v vi -s 140 --stdin --stdout 2>&-"

static bool goes_on(double done, void *arg)
{
	const atomic_bool *stop = arg;

	(void)done;
	return !atomic_load(stop);
}

/* In memory: the disk may be slow, and the worker wants to seek. */
static bool take_sound(const struct speech_job *job, const struct buf *wav, struct ingest_result *r,
		       struct err *e)
{
	int fd = memfd_create("speech", MFD_CLOEXEC);
	size_t done = 0;
	ssize_t n = 1;

	while (fd >= 0 && done < wav->len && n > 0)
		if ((n = write(fd, wav->data + done, wav->len - done)) > 0)
			done += (size_t)n;
	bool ok = fd >= 0 && done == wav->len;
	if (!ok)
		err_errno(e, T("không đủ bộ nhớ để đọc lời", "no memory for the voice"));
	struct ingest_job ingest = {.fd = fd, .dir = job->dir, .progress = goes_on,
				    .arg = (void *)(uintptr_t)job->stop, .keep_original = true};
	ok = ok && lseek(fd, 0, SEEK_SET) == 0 && ingest_run(&ingest, r, e);
	if (fd >= 0)
		close(fd);
	return ok;
}

bool speech_make(const struct speech_job *job, struct ingest_result *r, struct err *e)
{
	char sub[] = "voice", command[PATH_BYTES];
	char *const args[] = {sub, command, NULL};
	struct buf text = {0}, wav = {0};

	snprintf(command, sizeof(command), "%s", job->command);
	buf_text(&text, job->text);
	buf_text(&text, "\n");
	bool ok = errand_run(args, &text, SPEECH_BYTES_MAX, SPEECH_MS, job->stop, &wav, e);
	if (ok && wav.len == 0)
		ok = err_set(e, ERR_FAILED, T("giọng đọc không cho ra tiếng nào",
					      "the voice gives no sound"));
	ok = ok && take_sound(job, &wav, r, e);
	if (!ok)
		err_wrap(e, T("không đọc được lời thành tiếng (%s)",
			      "the text cannot be read aloud (%s)"),
			 job->command[0] != '\0' ? job->command : "espeak-ng");
	buf_finish(&text);
	buf_finish(&wav);
	return ok;
}

int speech_voice(const char *command)
{
	static const struct jail_folder installed[] = {
		{"/usr", JAIL_RUN}, {"/bin", JAIL_RUN}, {"/lib", JAIL_RUN}, {"/lib64", JAIL_RUN},
		{"/opt", JAIL_RUN}, {"/srv", JAIL_RUN}, {"/etc", JAIL_READ}, {"/proc", JAIL_READ},
		{"/sys", JAIL_READ}, {"/dev", JAIL_READ}};
	const struct jail_limits limits = {.cpu_s = SPEECH_MS / 1000,
					   .memory_bytes = SPEECH_MEMORY_BYTES};
	struct err e = {0};

	if (!jail_folders(installed, sizeof(installed) / sizeof(installed[0]), &e)) {
		fprintf(stderr, "vangxa: %s\n", e.text);
		return 1;
	}
	jail_bound(&limits);
	execl("/bin/sh", "sh", "-c", command[0] != '\0' ? command : DEFAULT_VOICE, (char *)NULL);
	return 1;
}
