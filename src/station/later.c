/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/later.h"

#include "base/must.h"
#include "station/commands.h"
#include "station/station.h"

static void destroy(struct later *l)
{
	json_decref(l->id);
	l->kind->destroy(l->arg);
}

static bool work(void *arg, struct err *e)
{
	struct later *l = arg;

	return l->kind->work(l->arg, e);
}

static void done(void *arg)
{
	struct later *l = arg, **at = &l->station->laters;
	json_t *answer = json_pack("{s:O?, s:b}", "id", l->id, "ok", 1);
	struct err e = l->aside.error;

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	must(answer != NULL);
	if (!l->aside.ok || !l->kind->conclude(l->arg, answer, &e)) {
		json_decref(answer);
		answer = commands_error(l->id, &e);
	}
	control_send(l->station->control, l->client, answer);
	destroy(l);
}

bool later_start(struct later *l, const struct later_kind *kind, void *arg, struct request *rq,
		 json_t *reply, struct err *e)
{
	struct station *st = rq->station;

	l->kind = kind;
	l->arg = arg;
	l->station = st;
	l->client = rq->client;
	l->id = json_incref(rq->id);
	l->aside = (struct aside){.work = work, .done = done, .arg = l};
	if (st == NULL) {
		bool ok = kind->work(arg, e) && kind->conclude(arg, reply, e);
		destroy(l);
		return ok;
	}
	if (!aside_start(&l->aside, st->loop, e)) {
		destroy(l);
		return false;
	}
	l->next = st->laters;
	st->laters = l;
	rq->later = true;
	return true;
}

struct later *later_find(struct later *l, const struct later_kind *kind)
{
	while (l != NULL && kind != NULL && l->kind != kind)
		l = l->next;
	return l;
}

int later_count(const struct station *st, const struct later_kind *kind)
{
	int count = 0;

	for (struct later *l = st != NULL ? st->laters : NULL; (l = later_find(l, kind)) != NULL;
	     l = l->next)
		count++;
	return count;
}

void later_stop_all(struct station *st)
{
	for (struct later *l = st->laters; l != NULL; l = l->next)
		if (l->kind->cancel != NULL)
			l->kind->cancel(l->arg);
	while (st->laters != NULL) {
		struct later *l = st->laters;
		st->laters = l->next;
		aside_join(&l->aside);
		destroy(l);
	}
}
