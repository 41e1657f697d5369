/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an inspector takes away, over a page. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/afresh.h"
#include "proof/parcel.h"
#include "proof/reader.h"
#include "station/commands.h"
#include "station/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool request_silent(const struct request *rq)
{
	return strcmp(json_get_text(rq->args, "recordings", ""), "no") == 0;
}

/* How much it will be, aside: years of entries are looked through. */
struct weighing {
	struct later later;
	char dir[PATH_BYTES];
	struct parcel parcel;
	struct parcel_size size;
};

/* Of the rows that the pack would have, read from the log: where the view has others, the page can
 * say so, and a download that breaks off could not. */
static bool weigh_rows(struct weighing *w, struct view *have, struct err *e)
{
	struct parcel *p = &w->parcel;
	struct wall from = tz_wall(&p->tz, p->first, 0);
	struct wall to = tz_wall(&p->tz, date_add_days(p->last, 1), 0);
	struct disk_real disk;

	if (!disk_real_open(&disk, w->dir, e))
		return false;
	bool ok = afresh_make(&p->view, have, &disk.disk, from, to, e);
	disk_real_close(&disk);
	if (!ok)
		return false;
	ok = parcel_size(p, &w->size, e);
	reader_close(p->view);
	return ok;
}

static bool weigh(void *arg, struct err *e)
{
	struct weighing *w = arg;
	char path[PATH_BYTES + 16];
	struct view *have;

	snprintf(path, sizeof(path), "%s/view.sqlite", w->dir);
	if (!reader_open(&have, path, e))
		return false;
	bool ok = weigh_rows(w, have, e);
	reader_close(have);
	return ok;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct weighing *w = arg;
	const struct parcel_size *s = &w->size;

	(void)e;
	json_object_set_new(reply, "recordings", json_integer(s->recordings));
	json_object_set_new(reply, "recording_bytes", json_integer(s->recording_bytes));
	json_object_set_new(reply, "other_bytes", json_integer(s->other_bytes));
	return true;
}

static const struct later_kind kind = {weigh, conclude, free, NULL};

static bool size(struct request *rq, json_t *reply, struct err *e)
{
	struct date first, last;

	if (!request_days(rq, &first, &last, e))
		return false;
	if (later_count(rq->station, &kind) >= CARRIERS_MAX)
		return err_set(e, ERR_CONFLICT, T("đài đang bận tính; thử lại sau giây lát",
						  "the station is still counting; try again"));
	struct weighing *w = calloc(1, sizeof(*w));
	must(w != NULL);
	snprintf(w->dir, sizeof(w->dir), "%s", rq->desk->dir);
	w->parcel = (struct parcel){.dir = w->dir, .tz = rq->desk->world.files->settings.tz,
				    .first = first, .last = last};
	return later_start(&w->later, &kind, w, rq, reply, e);
}

static bool busy(struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		       T("đang có %d người tải gói hồ sơ; đợi một lát rồi thử lại",
			 "%d packs are being taken already; wait a while and try again"),
		       CARRIERS_MAX);
}

/* The checklist and the tables of the period go along. */
static bool with_forms(const struct request *rq)
{
	return strcmp(json_get_text(rq->args, "forms", ""), "yes") == 0;
}

/* It is whole if a zip file's directory stands at the end. */
static bool carry(struct request *rq, const char *from, const char *to, int fd, struct err *e)
{
	char *args[] = {
		CARRIERS_WORD("pack"), CARRIERS_WORD("--data"), CARRIERS_WORD(rq->desk->dir),
		CARRIERS_WORD("--from"), CARRIERS_WORD(from), CARRIERS_WORD("--to"),
		CARRIERS_WORD(to), CARRIERS_WORD("-o"), CARRIERS_WORD("-"),
		CARRIERS_WORD("--lang"), CARRIERS_WORD(text_english() ? "en" : "vi"),
		NULL, NULL, NULL};
	size_t count = 0;

	while (args[count] != NULL)
		count++;
	if (request_silent(rq))
		args[count++] = CARRIERS_WORD("--no-recordings");
	if (with_forms(rq))
		args[count++] = CARRIERS_WORD("--forms");

	return carriers_start(&rq->station->carriers, rq->station->loop, args, fd, e);
}

/* One line says that it begins; behind it the connection is the carrier's. */
static bool pack(struct request *rq, json_t *reply, struct err *e)
{
	struct station *st = rq->station;
	struct date first, last;
	char from[11], to[11], name[NAME_BYTES + 64];

	(void)reply;
	if (!request_days(rq, &first, &last, e))
		return false;
	if (carriers_full(&st->carriers))
		return busy(e);
	date_print(first, from);
	date_print(last, to);
	snprintf(name, sizeof(name), "vangxa-%s-%s-%s.zip", rq->desk->world.files->settings.id,
		 from, to);
	control_send(st->control, rq->client,
		     json_pack("{s:O?, s:b, s:s}", "id", rq->id, "ok", 1, "file", name));
	rq->later = true;
	int fd = control_release(st->control, rq->client);
	if (fd < 0) /* who asked has gone */
		return true;
	return carry(rq, from, to, fd, e);
}

const struct command commands_pack[] = {
	{"pack", "from, to, recordings?, forms?", true, pack},
	{"pack.size", "from, to", false, size},
	{0},
};
