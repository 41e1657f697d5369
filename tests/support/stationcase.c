/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/stationcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static void request(void *arg, uint64_t from, const char *who, json_t *rq)
{
	struct station *st = arg;
	struct request one = {.desk = &st->desk, .station = st, .client = from, .who = who,
			      .args = rq};
	json_t *answer = commands_run(&one);

	if (answer != NULL)
		control_send(st->control, from, answer);
}

void stationcase_open(struct stationcase *s)
{
	char path[96];
	struct err e = {0};

	deskcase_open(&s->c);
	s->st = calloc(1, sizeof(*s->st));
	ck_assert_ptr_nonnull(s->st);
	struct control_handler handler = {.request = request, .arg = s->st};
	s->st->desk = s->c.desk;
	s->st->loop = loop_create();
	snprintf(path, sizeof(path), "%s/control.sock", s->c.dir);
	ck_assert(control_open(&s->st->control, s->st->loop, path, &handler, &e));
	ck_assert(client_open(&s->client, s->c.dir, &e));
}

void stationcase_close(struct stationcase *s)
{
	later_stop_all(s->st);
	client_close(&s->client);
	control_close(s->st->control);
	loop_destroy(s->st->loop);
	free(s->st);
	deskcase_close(&s->c);
}

void stationcase_say(struct stationcase *s, json_t *rq)
{
	struct err e = {0};

	ck_assert(client_send(&s->client, rq, &e));
	json_decref(rq);
}

json_t *stationcase_heard(struct stationcase *s)
{
	json_t *line = NULL;
	struct err e = {0};

	while (line == NULL) { /* as long as Check lets it */
		ck_assert(client_receive(&s->client, &line, &e) != CLIENT_GONE);
		if (line == NULL)
			loop_once(s->st->loop, 10);
	}
	return line;
}
