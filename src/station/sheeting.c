/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheeting.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/afresh.h"
#include "proof/newest.h"
#include "proof/sheet.h"
#include "station/later.h"
#include "station/sight.h"

#include <stdio.h>
#include <stdlib.h>

struct sheeting {
	struct later later;
	char dir[PATH_BYTES], only[ID_BYTES];
	bool narrow; /* to what `only` handed in */
	struct tz tz;
	struct wall from, to;
	struct checkpoint head;
	struct buf text;
};

static bool add_row(const struct airing_row *r, void *arg)
{
	struct sheeting *s = arg;

	if (sight_has(s->narrow ? s->only : NULL, r->sender))
		sheet_row(&s->text, r, &s->tz, &s->head);
	return true;
}

static bool write_rows(struct sheeting *s, struct disk *d, struct view *have, struct err *e)
{
	struct err none = {0};
	struct view *made;

	if (!afresh_make(&made, have, d, s->from, s->to, e))
		return false;
	if (!newest_head(d, &s->head, &none))
		s->head.size = 0; /* nothing is signed yet */
	sheet_head(&s->text, &s->head);
	bool ok = reader_airings(made, s->from, s->to, add_row, s, e);
	reader_close(made);
	return ok;
}

static bool work(void *arg, struct err *e)
{
	struct sheeting *s = arg;
	char path[PATH_BYTES + 16];
	struct disk_real disk;
	struct view *have;

	snprintf(path, sizeof(path), "%s/view.sqlite", s->dir);
	if (!disk_real_open(&disk, s->dir, e))
		return false;
	bool ok = reader_open(&have, path, e);
	if (ok) {
		ok = write_rows(s, &disk.disk, have, e);
		reader_close(have);
	}
	disk_real_close(&disk);
	return ok;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct sheeting *s = arg;

	(void)e;
	json_object_set_new(reply, "csv", json_text(buf_str(&s->text)));
	return true;
}

static void destroy(void *arg)
{
	struct sheeting *s = arg;

	buf_finish(&s->text);
	free(s);
}

static const struct later_kind kind = {work, conclude, destroy, NULL};

bool sheeting_begin(struct request *rq, struct wall from, struct wall to, json_t *reply,
		    struct err *e)
{
	const char *only = sight_of(rq);

	if (later_count(rq->station, &kind) >= CARRIERS_MAX)
		return err_set(e, ERR_CONFLICT, T("đài đang bận lập bảng; thử lại sau giây lát",
						  "the station is still making sheets; try again"));
	struct sheeting *s = calloc(1, sizeof(*s));
	must(s != NULL);
	snprintf(s->dir, sizeof(s->dir), "%s", rq->desk->dir);
	snprintf(s->only, sizeof(s->only), "%s", only != NULL ? only : "");
	s->narrow = only != NULL;
	s->tz = rq->desk->world.files->settings.tz;
	s->from = from;
	s->to = to;
	return later_start(&s->later, &kind, s, rq, reply, e);
}
