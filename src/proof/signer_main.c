/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signer's end: it opens the log, shuts itself in so that it can do nothing but append to it
 * and sign, and then answers one request after the other until the station closes its end. The key
 * is in no other process's memory, and none needs to read its file. */
#include "base/limits.h"
#include "base/text.h"
#include "proof/signer_inside.h"
#include "proof/tile.h"
#include "sys/chance.h"
#include "sys/jail.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOCK_TRIES 100
#define LOCK_WAIT_NS 100000000L

static void answer(struct notary *n, bool ok, const struct err *e)
{
	struct signer_reply reply;

	memset(&reply, 0, sizeof(reply)); /* padding crosses, too */
	reply.ok = ok;
	if (n != NULL)
		notary_state(n, &reply.state);
	if (!ok)
		reply.err = *e;
	if (send(SIGNER_FD, &reply, sizeof(reply), MSG_NOSIGNAL) != (ssize_t)sizeof(reply))
		_exit(0); /* the station is gone */
}

/* The signer of a station that was killed may still be writing its last entry. */
static bool lock(struct disk_real *heads, struct err *e)
{
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (disk_real_lock(heads, e))
			return true;
		if (e->kind != ERR_CONFLICT)
			return false;
		nanosleep(&(struct timespec){.tv_nsec = LOCK_WAIT_NS}, NULL);
	}
	return false;
}

static bool take_lock(struct disk_real *d, struct disk_real *heads, const char *dir,
		      struct err *e)
{
	char path[PATH_BYTES + 16];

	snprintf(path, sizeof(path), "%s/" HEADS_DIR, dir);
	return disk_make_dir(&d->disk, HEADS_DIR, e) && disk_real_open(heads, path, e) &&
	       lock(heads, e);
}

static bool open_log(struct notary **n, struct disk_real *d, const struct notary_setup *s,
		     struct err *e)
{
	char log[LOG_DIR_BYTES];
	struct notary_state state;

	if (!notary_open(n, &d->disk, s, e))
		return false;
	notary_state(*n, &state);
	log_dir(state.log, log);
	const char *const dirs[] = {log, HEADS_DIR, NULL};
	return jail_own_files(d->root_fd, dirs, e);
}

static bool wants_speech(const char *text, ssize_t len)
{
	return len == (ssize_t)strlen(SIGNER_SPEAK) &&
	       memcmp(text, SIGNER_SPEAK, (size_t)len) == 0;
}

static int serve(struct notary *n)
{
	static char text[ENTRY_BYTES_MAX + 1];
	struct err e = {0};

	answer(n, true, &e);
	for (;;) {
		ssize_t len = recv(SIGNER_FD, text, sizeof(text), 0);

		if (len <= 0)
			return 0;
		if (wants_speech(text, len)) {
			answer(n, notary_speak(n, &e), &e);
			continue;
		}
		bool fits = len >= 2 && len <= ENTRY_BYTES_MAX && text[0] == '{' &&
			    memchr(text, '\n', (size_t)len) == NULL;
		bool ok = fits ? notary_append(n, text, (size_t)len, &e)
			       : err_set(&e, ERR_REFUSED, T("không phải mục nhật ký", "no entry"));
		answer(n, ok, &e);
		if (!ok && e.kind == ERR_DAMAGED)
			return 1;
	}
}

int signer_main(const char *dir, const char *name, const char *boot, bool next, bool held)
{
	struct disk_real disk, heads;
	struct notary_setup setup;
	struct notary *n = NULL;
	struct err e;

	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* no core holds the key, and nobody may trace us */
	/* Ctrl-C goes to the whole group; the station ends us when it is done. */
	sigaction(SIGINT, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	memset(&setup, 0, sizeof(setup));
	snprintf(setup.name, sizeof(setup.name), "%s", name);
	snprintf(setup.boot, sizeof(setup.boot), "%s", boot);
	chance_bytes(setup.seed, sizeof(setup.seed));
	setup.held = held;
	if (next)
		chance_bytes(setup.next_seed, sizeof(setup.next_seed));
	bool ok = sodium_init() >= 0 && disk_real_open(&disk, dir, &e) &&
		  take_lock(&disk, &heads, dir, &e) && open_log(&n, &disk, &setup, &e);
	sodium_memzero(&setup, sizeof(setup));
	if (!ok) {
		answer(NULL, false, &e);
		return 1;
	}
	int status = serve(n);
	notary_close(n);
	return status;
}
