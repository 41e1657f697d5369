/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table H, "Tình trạng thiết bị": a row a loudspeaker cluster. What the log knows of it is whether
 * its sound device was there and took what was to air; what a horn does behind the amplifier it
 * does not know, and a note says so. */
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/outages.h"
#include "proof/registers.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLUSTERS_MAX 64 /* of the settings, and those that the period's airings name besides */

enum column {
	NUMBER, ZONE, VILLAGE, DEVICE, STATE, SINCE_DAY, SINCE, CAUSE, LOSSES, OUT, MEANT, TAKEN,
	COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 4},
		[ZONE] = {"zone", X("Cụm loa", "Zone"), TABLE_TEXT, .width = 16},
		[VILLAGE] = {"village", X("Thôn", "Village"), TABLE_TEXT, .width = 12},
		[DEVICE] = {"device", X("Thiết bị âm thanh", "Sound device"), TABLE_TEXT,
			.width = 14},
		[STATE] = {"state", X("Tình trạng cuối kỳ", "State at the end"), TABLE_TEXT,
			.width = 16},
		[SINCE_DAY] = {"since_day", X("Từ ngày", "Since"), TABLE_DATE, .width = 10},
		[SINCE] = {"since", X("Từ giờ", "At"), TABLE_TIME, .width = 8},
		[CAUSE] = {"cause", X("Nguyên nhân", "Cause"), TABLE_TEXT, .width = 24},
		[LOSSES] = {"losses", X("Số lần mất", "Losses"), TABLE_COUNT, .width = 8},
		[OUT] = {"out_s", X("Thời gian mất trong kỳ", "Out in the period"), TABLE_FRAMES,
			.width = 12},
		[MEANT] = {"meant", X("Lượt phát phải ra loa", "Airings meant for it"),
			TABLE_COUNT, .width = 10},
		[TAKEN] = {"taken", X("Thiết bị đã nhận", "Taken by its device"), TABLE_COUNT,
			.width = 10},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

struct cluster {
	char name[NAME_BYTES];
	const char *device;	 /* NULL: not in the settings */
	int64_t losses, frames;	 /* out of order */
	int64_t since_ms;	 /* 0: it is there */
	char cause[REASON_BYTES];
	int64_t meant, taken;
	char village[NAME_BYTES]; /* as the register of equipment has it */
};

struct equipment {
	const struct report *r;
	struct cluster list[CLUSTERS_MAX];
	int count;
	bool more; /* clusters than there is room for */
};

static struct cluster *cluster_of(struct equipment *q, const char *name, size_t len)
{
	for (int i = 0; i < q->count; i++)
		if (strncmp(q->list[i].name, name, len) == 0 && q->list[i].name[len] == '\0')
			return &q->list[i];
	if (q->count == CLUSTERS_MAX || len >= NAME_BYTES) {
		q->more = true;
		return NULL;
	}
	struct cluster *c = &q->list[q->count++];
	snprintf(c->name, sizeof(c->name), "%.*s", (int)len, name);
	return c;
}

static void read_settings(struct equipment *q)
{
	for (int i = 0; i < q->r->zone_count; i++) {
		const struct report_zone *z = &q->r->zones[i];
		struct cluster *c = cluster_of(q, z->name, strlen(z->name));

		if (c != NULL)
			c->device = z->device;
	}
}

/* Clusters may share a device: each is lost with it. */
static bool each_outage(const struct outage *o, void *arg)
{
	struct equipment *q = arg;

	if (o->kind != OUTAGE_DEVICE)
		return true;
	for (int i = 0; i < q->count; i++) {
		struct cluster *c = &q->list[i];
		if (c->device == NULL || strcmp(c->device, o->name) != 0)
			continue;
		c->losses++;
		c->frames += report_frames_in(q->r, o->from_ms, o->to_ms);
		if (o->to_ms == 0)
			c->since_ms = o->from_ms;
		saying_tell(o->detail, c->cause, sizeof(c->cause));
	}
	return true;
}

/* The rest of one that was broken off is no airing more. */
static bool each_airing(const struct diary_row *d, void *arg)
{
	struct equipment *q = arg;
	char zone[NAME_BYTES];

	if (!report_takes(&q->r->filter, d) || d->from_frames > 0)
		return true;
	for (const char *at = d->zones; at[0] != '\0';) {
		size_t len = strcspn(at, ",");
		struct cluster *c = cluster_of(q, at, len);

		if (c != NULL) {
			snprintf(zone, sizeof(zone), "%.*s", (int)len, at);
			c->meant++;
			c->taken += report_class(d) == REPORT_AIRED && diary_zone_heard(d, zone);
		}
		at += len + (at[len] == ',');
	}
	return true;
}

static bool each_row(const struct register_row *row, void *arg)
{
	struct equipment *q = arg;
	const char *zone = json_get_text(row->fields, "zone", "");
	const char *village = json_get_text(row->fields, "village", "");

	for (int i = 0; i < q->count; i++)
		if (village[0] != '\0' && strcmp(q->list[i].name, zone) == 0 &&
		    q->list[i].village[0] == '\0')
			snprintf(q->list[i].village, NAME_BYTES, "%.190s", village);
	return true;
}

/* Settings of a station that is one of several are not at hand: nothing ties a device that was lost
 * to its cluster. */
static bool untied(const struct equipment *q, const struct cluster *c)
{
	return c->device == NULL && q->r->across != NULL;
}

static const char *state(const struct equipment *q, const struct cluster *c)
{
	if (untied(q, c))
		return T("không rõ: gói không có cài đặt", "not known: packs have no settings");
	if (c->device == NULL)
		return T("không còn trong cài đặt", "not in the settings any more");
	if (strcmp(c->device, "none") == 0)
		return T("không nối thiết bị", "no device is connected");
	return c->since_ms != 0 ? T("đang mất", "lost")
				: T("không báo mất", "not known to be lost");
}

static bool write_row(struct equipment *q, int i, struct table_writer *w, struct err *e)
{
	const struct cluster *one = &q->list[i];
	struct table_cell c[COLUMNS] = {[NUMBER] = table_number(i + 1)};

	c[ZONE] = table_text(one->name);
	c[VILLAGE] = table_text(one->village);
	c[DEVICE] = table_text(one->device != NULL ? one->device : "");
	c[STATE] = table_text(state(q, one));
	c[SINCE_DAY] = report_day_cell(q->r, one->since_ms);
	c[SINCE] = report_time_cell(q->r, one->since_ms);
	c[CAUSE] = table_text(one->cause);
	c[LOSSES] = table_number(one->losses);
	c[OUT] = table_number(one->frames);
	c[MEANT] = table_number(one->meant);
	c[TAKEN] = table_number(one->taken);
	c[LOSSES].set = c[OUT].set = !untied(q, one);
	return table_row(w, c, e);
}

/* Empty cells that nobody explains would be read as nothing lost. */
static bool note_untied(const struct equipment *q, struct table_writer *w, struct err *e)
{
	return q->r->across == NULL ||
	       table_note(w, T("Gói không có cài đặt của đài: cụm loa nào nối thiết bị âm thanh "
			       "nào thì không rõ, nên không kể được tình trạng; số lần mất và "
			       "thời gian mất để trống không có nghĩa là không mất. Bảng chỉ có "
			       "những cụm loa có lượt phát trong kỳ. Thiết bị bị mất trong kỳ: "
			       "bảng E; tình trạng của từng cụm: bảng H do chính đài lập.",
			       "Packs have no settings of their stations: which zone is on which "
			       "sound device is not known, and so no state can be told; losses "
			       "and time out that are left empty do not mean none. Only zones on "
			       "which anything was to air in this period are here. For devices "
			       "that were lost see table E; for the state of each zone, table H "
			       "as the station itself makes it."), e);
}

/* A device's time out stands once with each of its clusters, and no sum adds it up. */
static bool write_end(struct equipment *q, struct table_writer *w, struct err *e)
{
	struct table_cell c[COLUMNS] = {[ZONE] = table_text(T("Cộng", "Total"))};

	c[NUMBER] = table_number(q->count);
	return table_sum(w, c, e) &&
	       table_note(w, T("Sổ nhật ký biết thiết bị âm thanh của máy có nhận tiếng hay không; "
			       "nó không biết loa ngoài trụ có kêu hay không, trừ nơi có micrô "
			       "kiểm tra.",
			       "The log knows whether the computer's sound device took the sound; "
			       "what the horns did it knows only where a microphone hears them."),
			  e) &&
	       note_untied(q, w, e) &&
	       (!q->more ||
		table_note(w, T("Có nhiều cụm loa hơn bảng này chứa được.",
				"There are more zones than this table holds."), e)) &&
	       table_end(w, e);
}

static bool write_all(struct equipment *q, struct table_writer *w, struct err *e)
{
	struct report_sheet sheet;

	name_columns(sheet.columns);
	if (!report_begin(&sheet, q->r, "H", COLUMNS, w, e))
		return false;
	for (int i = 0; i < q->count; i++)
		if (!write_row(q, i, w, e))
			return false;
	return write_end(q, w, e);
}

bool report_equipment(const struct report *r, struct table_writer *w, struct err *e)
{
	struct equipment *q = calloc(1, sizeof(*q));
	struct wall from, to;

	must(q != NULL);
	q->r = r;
	period_span(&r->period, r->tz, &from, &to);
	read_settings(q);
	bool ok = diary_rows(r->view, from, to, each_airing, q, e) &&
		  outages_rows(r->view, from, to, each_outage, q, e) &&
		  registers_rows(r->view, "equipment", each_row, q, e) && write_all(q, w, e);
	free(q);
	return ok;
}
