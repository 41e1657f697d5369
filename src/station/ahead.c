/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/ahead.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "station/station.h"

#include <stdlib.h>
#include <string.h>

static bool work(void *arg, struct err *e)
{
	struct ahead *a = arg;
	struct plan_input in = {.settings = &a->files->settings,
				.schedule = &a->files->schedule,
				.bulletins = a->bulletins,
				.bulletin_count = a->bulletin_count,
				.assets = a->files->assets,
				.asset_count = a->files->asset_count};

	return plan_make(&a->plan, &in, a->from, a->to, e);
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct ahead *a = arg;

	(void)e;
	a->tell(a, reply);
	return true;
}

static void destroy(void *arg)
{
	struct ahead *a = arg;

	plan_finish(&a->plan);
	world_files_free(a->files);
	free(a->bulletins);
	free(a);
}

static const struct later_kind kind = {work, conclude, destroy, NULL};

struct ahead *ahead_create(const struct request *rq, int days,
			   void (*tell)(struct ahead *a, json_t *reply))
{
	const struct world *w = &rq->desk->world;
	struct ahead *a = calloc(1, sizeof(*a));

	must(a != NULL);
	a->desk = rq->desk;
	a->files = world_files_hold(w->files);
	a->bulletin_count = w->bulletin_count;
	a->bulletins = malloc(((size_t)w->bulletin_count + 1) * sizeof(*w->bulletins));
	must(a->bulletins != NULL);
	if (w->bulletin_count > 0)
		memcpy(a->bulletins, w->bulletins,
		       (size_t)w->bulletin_count * sizeof(*w->bulletins));
	a->from = clock_wall(rq->desk->clock);
	a->to = wall_add_ns(a->from, days * 86400 * NS_PER_S);
	a->tell = tell;
	return a;
}

bool ahead_start(struct ahead *a, struct request *rq, json_t *reply, struct err *e)
{
	if (later_count(rq->station, &kind) < AHEADS_MAX)
		return later_start(&a->later, &kind, a, rq, reply, e);
	destroy(a);
	return err_set(e, ERR_TOO_MANY,
		       T("đài đang tính lịch cho nhiều người khác; thử lại sau vài giây",
			 "the station plans for others; try again in a few seconds"));
}
