/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/handover.h"

#include "base/must.h"
#include "web/session.h"
#include "web/web.h"

#include <limits.h>
#include <stdlib.h>

#define SILENCE_MS 300000 /* the station decodes; progress comes more often than that */

json_t *handover_command(const struct request *r)
{
	json_t *command =
		json_pack("{s:i, s:s, s:b}", "id", 1, "do", "bulletin.add", "progress", 1);

	must(command != NULL);
	session_sign(r, command);
	return command;
}

static bool take_line(struct link *l, const json_t *line)
{
	struct handover *h = l->arg;
	struct err e = {0};
	double done;

	if (json_integer_value(json_object_get(line, "id")) != 1)
		return true;
	if (client_progress(line, &done)) {
		h->progress(h->arg, done);
		return true;
	}
	bool ok = client_outcome(line, &e);
	link_close(l);
	h->over(h->arg, ok ? line : NULL, &e, false);
	return false;
}

static void lost(struct link *l, const struct err *e)
{
	struct handover *h = l->arg;

	h->over(h->arg, NULL, e, true);
}

void handover_start(struct handover *h, struct web *w, json_t *command, const char *path)
{
	char real[PATH_MAX];
	struct err e = {0};

	h->link.line = take_line;
	h->link.lost = lost;
	h->link.arg = h;
	json_object_set_new(command, "path",
			    json_string(realpath(path, real) != NULL ? real : path));
	if (!link_open(&h->link, w->loop, w->clock, w->config.dir, command, SILENCE_MS, &e))
		h->over(h->arg, NULL, &e, true);
}

void handover_stop(struct handover *h)
{
	link_close(&h->link);
}
