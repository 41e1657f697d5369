/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the command line: sent to the running station, or carried out on the desk alone when
 * none runs; one set of commands either way. */
#ifndef VX_CLI_REMOTE_H
#define VX_CLI_REMOTE_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct remote_call {
	json_t *request;
	void (*progress)(double done, void *arg); /* may be NULL */
	void *arg;
};

/* Carries it out in DIR, where no station listens. Each program has its own: vangxa-station opens
 * the desk (remote_desk.c); `vangxa` becomes vangxa-station, which asks from the beginning
 * (main.c). ERR_CONFLICT: somebody else holds DIR. */
bool remote_alone(const char *dir, const struct remote_call *call, json_t **reply, struct err *e);

/* Carries out one request (takes the reference) in DIR; *reply is the caller's. progress (may be
 * NULL) gets 0–1 for commands that take long. */
bool remote_call(const char *dir, json_t *request, void (*progress)(double done, void *arg),
		 void *arg, json_t **reply, struct err *e);

/* As remote_call where no station listens yet: one may be starting, and what is sent here must not
 * be lost to its first second. Waits for it, REMOTE_SOON_MS at most. */
#define REMOTE_SOON_MS 5000
bool remote_call_soon(const char *dir, json_t *request, json_t **reply, struct err *e);

/* A progress bar on stderr for remote_call; nothing if stderr is no terminal. */
void remote_progress(double done, void *arg);

/* Prints JSON on stdout, indented, for --json. */
void remote_print(const json_t *value);

/* A whole command that asks once and prints the answer, as JSON or in words. Takes the reference;
 * the exit status. */
int remote_tell(const char *data, json_t *request, bool as_json,
		void (*print)(const json_t *reply));

#endif
