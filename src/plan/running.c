/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/running.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/conflict.h"
#include "plan/content.h"
#include "plan/quiet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY_NS (86400 * NS_PER_S)
/* What starts up to this long before or after may bear upon a start: a slot of 24 hours whose last
 * item runs over. */
#define AROUND_NS ((86400 + AUDIO_MAX_S) * NS_PER_S)

const char *omission_code(enum omission o)
{
	static const char *const codes[] = {
		[OMIT_SLOT_FULL] = "slot-full",	  [OMIT_MISSING_FILE] = "missing-file",
		[OMIT_RELAY] = "relay-unknown", [OMIT_CONFLICT] = "slot-taken",
		[OMIT_NOTHING] = "nothing-to-play", [OMIT_QUIET] = "quiet-hours",
		[OMIT_SKIPPED] = "skipped-once",  [OMIT_PAUSED] = "paused",
		[OMIT_QUARANTINED] = "quarantined",
	};

	must(o <= OMIT_QUARANTINED);
	return codes[o];
}

const char *omission_words(enum omission o, bool english)
{
	static const char *const words[][2] = {
		[OMIT_SLOT_FULL] = {"khung giờ không còn đủ thời gian",
				    "no time is left in the slot"},
		[OMIT_MISSING_FILE] = {"không có tệp âm thanh của khung giờ",
				       "the slot's sound file is missing"},
		[OMIT_RELAY] = {"nguồn tiếp âm không có trong cài đặt",
				"the settings have no such relay"},
		[OMIT_CONFLICT] = {"khung giờ khác chiếm sóng", "another slot takes the air"},
		[OMIT_NOTHING] = {"không có bản tin đã duyệt nào phù hợp",
				  "no approved bulletin matches"},
		[OMIT_QUIET] = {"trong giờ yên tĩnh mà chưa có người cho phép",
				"within quiet hours and nobody has confirmed it"},
		[OMIT_SKIPPED] = {"được cho nghỉ riêng lần này", "skipped this once"},
		[OMIT_PAUSED] = {"đang được tạm dừng", "the slot is paused"},
		[OMIT_QUARANTINED] = {"bị cách ly (để riêng): hai lần liền chương trình đài dừng "
				      "khi phát nó",
				      "put aside: twice in a row the program ended at it"},
	};

	must(o <= OMIT_QUARANTINED);
	return words[o][english];
}

const char *omission_text(enum omission o)
{
	return omission_words(o, text_english());
}

double plan_gain_db(const struct settings *s, double loudness_lufs, double peak_dbtp)
{
	if (!(loudness_lufs > -70) || !isfinite(loudness_lufs))
		return 0;
	double gain_db = s->target_lufs - loudness_lufs;
	double most_db = s->peak_dbtp + 6 - peak_dbtp;
	return isfinite(most_db) && gain_db > most_db ? most_db : gain_db;
}

/* What must be known of each start before they are compared. */
static void prepare(struct content *c, const struct plan_input *in, struct occurs *o)
{
	for (int i = 0; i < o->count; i++) {
		struct occur *one = &o->list[i];
		one->barred = one->off != NULL ||
			      (one->slot->confirm_by[0] == '\0' &&
			       quiet_touches(in->settings, one->second, one->slot->length_s));
		content_choose(c, one);
	}
}

/* An item that runs over may not run into quiet hours either. */
static void stop_at_quiet(const struct settings *s, struct occur *one)
{
	if (one->slot->overrun != OVERRUN_FINISH || one->slot->confirm_by[0] != '\0')
		return;
	int64_t quiet_frames = quiet_after_s(s, one->second) * FRAMES_PER_S;
	int64_t least = one->slot->length_s * FRAMES_PER_S;
	if (one->finish_frames > quiet_frames)
		one->finish_frames = quiet_frames > least ? quiet_frames : least;
}

static void lay(struct content *c, const struct settings *s, struct occurs *o, bool demo)
{
	for (int i = 0; i < o->count; i++) {
		struct occur *one = &o->list[i];
		if (one->slot->demo != demo || one->gone || one->barred)
			continue;
		stop_at_quiet(s, one);
		one->layout = content_layout(c, one);
	}
}

/* The whole occurrence omitted, for one reason. */
static void leave_out(struct occurrence *to, enum omission why)
{
	static const struct plan_omission whole[] = {
		[OMIT_CONFLICT] = {OMIT_CONFLICT, NULL}, [OMIT_QUIET] = {OMIT_QUIET, NULL},
		[OMIT_SKIPPED] = {OMIT_SKIPPED, NULL},	 [OMIT_PAUSED] = {OMIT_PAUSED, NULL},
	};

	to->omissions = &whole[why];
	to->omission_count = 1;
}

static void put(struct occurrence *to, const struct occur *from)
{
	*to = (struct occurrence){
		.slot = from->slot, .start = from->start, .length_frames = from->length_frames,
		.finish_frames = from->finish_frames, .taken_by = from->taken_by,
		.off = from->off, .meeting = from->meeting,
		.after = from->from_frames > 0 ? from->after->slot : NULL,
	};
	if (from->off != NULL) {
		leave_out(to, from->off->once ? OMIT_SKIPPED : OMIT_PAUSED);
	} else if (from->barred) {
		leave_out(to, OMIT_QUIET);
	} else if (from->gone) {
		leave_out(to, OMIT_CONFLICT);
	} else {
		to->shortened = from->taken_by != NULL;
		to->items = from->layout->items;
		to->item_count = from->layout->item_count;
		to->omissions = from->layout->omissions;
		to->omission_count = from->layout->omission_count;
		to->over_long = from->layout->over_long;
		to->more = from->layout->more;
	}
}

static void collect(struct plan *p, const struct occurs *o, struct wall from, struct wall to)
{
	p->capacity = o->count;
	p->list = calloc((size_t)o->count + 1, sizeof(*p->list));
	must(p->list != NULL);
	for (int i = 0; i < o->count; i++)
		if (o->list[i].start.ns >= from.ns && o->list[i].start.ns < to.ns)
			put(&p->list[p->count++], &o->list[i]);
}

bool plan_make(struct plan *p, const struct plan_input *in, struct wall from, struct wall to,
	       struct err *e)
{
	const struct tz *tz = &in->settings->tz;
	struct occurs o;

	*p = (struct plan){0};
	if (to.ns <= from.ns)
		return true;
	if (to.ns / DAY_NS - from.ns / DAY_NS > PLAN_DAYS_MAX)
		return err_set(e, ERR_REFUSED, T("kế hoạch dài nhất %d ngày", "%d days at most"),
			       PLAN_DAYS_MAX);
	struct wall first = wall_add_ns(from, -AROUND_NS), last = wall_add_ns(to, AROUND_NS);
	if (!occurs_make(&o, in->schedule, tz, first, last, e)) {
		occurs_finish(&o);
		return false;
	}
	struct content *c = content_create(in, date_to_days(tz_date(tz, first, NULL)),
					   date_to_days(tz_date(tz, last, NULL)), &p->arena);
	prepare(c, in, &o);
	conflict_real(&o, c);
	lay(c, in->settings, &o, false);
	conflict_demo(&o);
	lay(c, in->settings, &o, true);
	collect(p, &o, from, to);
	content_destroy(c);
	occurs_finish(&o);
	return true;
}

void plan_finish(struct plan *p)
{
	for (int i = 0; i < p->count; i++)
		free(p->list[i].own);
	free(p->list);
	arena_finish(&p->arena);
	*p = (struct plan){0};
}

/* Gives the occurrence its own block with these lists. */
static void own(struct occurrence *o, const struct plan_item *items, int item_count,
		const struct plan_omission *omissions, int omission_count)
{
	size_t item_bytes = (size_t)item_count * sizeof(*items);
	size_t omission_bytes = (size_t)omission_count * sizeof(*omissions);
	char *block = malloc(item_bytes + omission_bytes + 1);

	must(block != NULL);
	if (item_count > 0)
		memcpy(block, items, item_bytes);
	if (omission_count > 0)
		memcpy(block + item_bytes, omissions, omission_bytes);
	free(o->own);
	o->own = block;
	o->items = (const struct plan_item *)block;
	o->item_count = item_count;
	o->omissions = (const struct plan_omission *)(block + item_bytes);
	o->omission_count = omission_count;
}

/* Lays what has not aired; the idents only where they stood and did not sound yet. */
static void lay_rest(const struct occurrence *o, struct fill *f, const bool *aired,
		     struct piece *pieces)
{
	for (int i = 0; i < o->item_count; i++) {
		const struct plan_item *item = &o->items[i];
		if (aired[i])
			continue;
		if (item->kind != ITEM_IDENT)
			pieces[f->piece_count++] = (struct piece){
				item->bulletin, item->asset, item->kind == ITEM_RELAY};
		else if (i == 0)
			f->ident = item->asset;
		else
			f->ident_out = item->asset;
	}
}

static bool ends_early(const struct plan_item *item)
{
	const struct bulletin *b = item->bulletin;

	return item->kind != ITEM_RELAY && item->kind != ITEM_IDENT &&
	       item->length_frames < (b != NULL ? b->frames : item->asset->frames);
}

int plan_unheard(const struct occurrence *o)
{
	int count = o->more;

	for (int i = 0; i < o->omission_count; i++)
		count += o->omissions[i].why == OMIT_SLOT_FULL;
	for (int i = 0; o->over_long && i < o->item_count; i++)
		count += ends_early(&o->items[i]);
	return count;
}

bool plan_rejoin(struct occurrence *o, const struct plan_input *in, int64_t offset_frames,
		 const bool *aired)
{
	struct arena work = {0};
	struct layout layout;
	struct piece *pieces = arena_take(&work, (size_t)o->item_count, sizeof(*pieces));
	struct fill f = {
		.settings = in->settings, .slot = o->slot, .pieces = pieces,
		.noted = o->omissions, .noted_count = o->omission_count, .promised = true,
		.from_frames = offset_frames, .cut_frames = o->length_frames,
		.finish_frames = o->finish_frames,
	};

	must(offset_frames >= 0);
	lay_rest(o, &f, aired, pieces);
	fill_lay(&f, &layout, &work);
	o->over_long |= layout.over_long;
	o->more += layout.more;
	own(o, layout.items, layout.item_count, layout.omissions, layout.omission_count);
	arena_finish(&work);
	return o->item_count > 0;
}

bool plan_standin(struct occurrence *o, const struct plan_input *in, int64_t offset_frames,
		  bool (*skip)(void *arg, const struct bulletin *b, const struct asset *a),
		  void *arg)
{
	struct arena work = {0};
	struct layout layout;
	struct piece *pieces;
	struct fill f = {
		.settings = in->settings, .slot = o->slot, .from_frames = offset_frames,
		.cut_frames = o->length_frames, .finish_frames = o->finish_frames,
	};
	int count = content_fallback(in, o->slot, o->start, &pieces, &work);

	for (int i = 0; i < count; i++)
		if (!skip(arg, pieces[i].bulletin, pieces[i].asset))
			pieces[f.piece_count++] = pieces[i];
	f.pieces = pieces;
	fill_lay(&f, &layout, &work);
	own(o, layout.items, layout.item_count, NULL, 0);
	arena_finish(&work);
	return o->item_count > 0;
}
