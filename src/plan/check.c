/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/check.h"

#include "base/err.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/fill.h"
#include "plan/occur.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_NS (86400 * NS_PER_S)

static int by_name(const void *a, const void *b)
{
	const struct slot *x = *(const struct slot *const *)a, *y = *(const struct slot *const *)b;
	int names = strcmp(x->name, y->name);

	return names != 0 ? names : (x > y) - (x < y);
}

/* Within a file the parser refuses it; over files it only confuses, unless both start at the same
 * time (check_twins). */
static void check_names(const struct schedule *schedule, struct faults *faults)
{
	int count = schedule->slot_count;
	const struct slot **slots = calloc((size_t)count + 1, sizeof(*slots));

	must(slots != NULL);
	for (int i = 0; i < count; i++)
		slots[i] = &schedule->slots[i];
	qsort(slots, (size_t)count, sizeof(*slots), by_name);
	for (int i = 1; i < count; i++)
		if (strcmp(slots[i - 1]->name, slots[i]->name) == 0)
			faults_add(faults, FAULT_WARNING, slots[i]->file, slots[i]->line,
				   T("khung giờ \"%s\" trùng tên với %s:%d; bản tin xin khung giờ "
				     "này "
				     "sẽ vào cả hai",
				     "slot \"%s\" has the name of %s:%d; a bulletin that wishes "
				     "for it "
				     "goes to both"),
				   slots[i]->name, slots[i - 1]->file, slots[i - 1]->line);
	free(slots);
}

static void tell_twins(const struct occur *a, const struct occur *b, struct faults *faults)
{
	char day[11];

	date_tell(date_from_days(b->day), day);
	faults_add(faults, FAULT_ERROR, b->slot->file, b->slot->line,
		   T("khung giờ \"%s\" trùng cả tên lẫn giờ bắt đầu (%02d:%02d, lần đầu ngày %s) "
		     "với %s:%d nên nhật ký không phân biệt được; đổi tên một trong hai",
		     "slot \"%s\" has both name and start (%02d:%02d, first on %s) of %s:%d, and "
		     "the log could not tell them apart; rename one of them"),
		   b->slot->name, b->second / 3600, b->second / 60 % 60, day, a->slot->file,
		   a->slot->line);
}

void check_twins(const struct schedule *schedule, const struct tz *tz, struct wall now,
		 struct faults *faults)
{
	struct err ignored; /* too many starts: check_plan tells */
	struct occurs o;
	bool *told = calloc((size_t)schedule->slot_count + 1, sizeof(*told));

	must(told != NULL);
	if (!occurs_make(&o, schedule, tz, now, wall_add_ns(now, CHECK_TWIN_DAYS * DAY_NS),
			 &ignored))
		o.count = 0;
	for (int i = 0; i < o.count; i++)
		for (int k = i + 1; k < o.count && o.list[k].start.ns == o.list[i].start.ns; k++) {
			bool *done = &told[o.list[k].slot - schedule->slots];
			if (*done || strcmp(o.list[i].slot->name, o.list[k].slot->name) != 0)
				continue;
			*done = true;
			tell_twins(&o.list[i], &o.list[k], faults);
		}
	occurs_finish(&o);
	free(told);
}

/* Pairs told already, as a bit for each two slots. */
struct told {
	uint8_t *bits;
	int slots, pairs;
};

static bool tell_once(struct told *t, const struct schedule *schedule, const struct slot *a,
		      const struct slot *b)
{
	size_t row = (size_t)(a - schedule->slots), column = (size_t)(b - schedule->slots);
	size_t bit = row * (size_t)t->slots + column;

	if ((t->bits[bit / 8] >> bit % 8 & 1) != 0)
		return false;
	t->bits[bit / 8] |= (uint8_t)(1u << bit % 8);
	t->pairs++;
	return true;
}

static void tell_overlap(const struct occur *earlier, const struct occur *later,
			 struct faults *faults)
{
	char day[11];

	date_tell(date_from_days(later->day), day);
	faults_add(faults, FAULT_WARNING, later->slot->file, later->slot->line,
		   T("khung giờ \"%s\" (%02d:%02d) chồng lên \"%s\" (%s:%d, từ %02d:%02d) trên "
		     "cùng cụm "
		     "loa, lần đầu ngày %s; khung giờ bắt đầu sau sẽ chiếm sóng",
		     "slot \"%s\" (%02d:%02d) overlaps \"%s\" (%s:%d, from %02d:%02d) on the same "
		     "zone, "
		     "first on %s; the one that starts later takes the air"),
		   later->slot->name, later->second / 3600, later->second / 60 % 60,
		   earlier->slot->name, earlier->slot->file, earlier->slot->line,
		   earlier->second / 3600, earlier->second / 60 % 60, day);
}

/* Goes through the starts with those that still run in running[]. */
static void sweep(const struct occurs *o, const struct schedule *schedule, struct told *told,
		  const struct occur **running, struct faults *faults)
{
	int count = 0;

	for (int i = 0; i < o->count && told->pairs < CHECK_PAIRS_MAX; i++) {
		const struct occur *one = &o->list[i];
		int kept = 0;
		for (int k = 0; k < count; k++) {
			const struct occur *before = running[k];
			if (occur_end(before).ns <= one->start.ns)
				continue;
			running[kept++] = before;
			/* That demonstration gives way is meant so. */
			if (before->slot->demo == one->slot->demo &&
			    (before->slot->zones & one->slot->zones) != 0 &&
			    tell_once(told, schedule, before->slot, one->slot))
				tell_overlap(before, one, faults);
		}
		running[kept++] = one;
		count = kept;
	}
}

static void check_never(const struct occurs *o, const struct plan_input *in, struct wall now,
			int days, struct faults *faults)
{
	const struct schedule *schedule = in->schedule;
	bool *occurs = calloc((size_t)schedule->slot_count + 1, sizeof(*occurs));
	struct date today = tz_date(&in->settings->tz, now, NULL);
	struct date last = date_add_days(today, days);

	must(occurs != NULL);
	for (int i = 0; i < o->count; i++)
		occurs[o->list[i].slot - schedule->slots] = true;
	for (int i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		/* What begins later is meant for later, unless it is over before that. */
		bool over = slot->has_valid_to && date_compare(slot->valid_to, last) < 0;
		if (occurs[i] || (date_compare(slot->valid_from, today) > 0 && !over))
			continue;
		faults_add(faults, FAULT_WARNING, slot->file, slot->line,
			   T("khung giờ \"%s\" không còn phát ngày nào trong %d ngày tới; xem lại "
			     "days, "
			     "dates, rrule, valid",
			     "slot \"%s\" does not occur within %d days; look at days, dates, "
			     "rrule, "
			     "valid"),
			   slot->name, days);
	}
	free(occurs);
}

/* The network goes away in the first storm. */
static void check_relays(const struct plan_input *in, struct faults *faults)
{
	for (int i = 0; i < in->schedule->slot_count; i++) {
		const struct slot *slot = &in->schedule->slots[i];
		if (slot->play.kind != PLAY_RELAY || slot->has_fallback ||
		    in->settings->bed[0] != '\0')
			continue;
		faults_add(faults, FAULT_WARNING, slot->file, slot->line,
			   T("khung giờ \"%s\" tiếp âm mà không có nội dung thay thế: khi mất tín "
			     "hiệu, loa im; thêm fallback, hoặc bed trong cài đặt",
			     "slot \"%s\" relays and has no fallback: when the signal is lost the "
			     "loudspeakers are silent; add fallback, or bed in the settings"),
			   slot->name);
	}
}

/* The station begins nothing of which it would play less than so long; a file may be a chime. */
static void check_short(const struct plan_input *in, struct faults *faults)
{
	const int least_s = FILL_LEAST_FRAMES / FRAMES_PER_S;

	for (int i = 0; i < in->schedule->slot_count; i++) {
		const struct slot *slot = &in->schedule->slots[i];
		bool relays = slot->play.kind == PLAY_RELAY;
		bool whole = slot->overrun == OVERRUN_FINISH && !relays;
		if (slot->length_s >= least_s || whole || slot->play.kind == PLAY_FILE)
			continue;
		faults_add(faults, FAULT_WARNING, slot->file, slot->line,
			   relays ? T("khung giờ \"%s\" chỉ dài %d giây nên không tiếp âm được; "
				      "ít nhất phải là %d giây",
				      "slot \"%s\" is only %d s long and will relay nothing; at "
				      "least %d s are needed")
				  : T("khung giờ \"%s\" chỉ dài %d giây: chỉ bản tin ngắn như "
				      "thế mới được phát; nên để ít nhất %d giây",
				      "slot \"%s\" is only %d s long: only a bulletin as short "
				      "as that airs; it should have %d s at least"),
			   slot->name, (int)slot->length_s, least_s);
	}
}

static void check_starts(const struct plan_input *in, struct wall now, struct faults *faults)
{
	struct err e = {0};
	struct occurs o;
	int days = CHECK_DAYS;
	size_t slots = (size_t)in->schedule->slot_count;
	struct told told = {calloc(slots * slots / 8 + 1, 1), in->schedule->slot_count, 0};

	must(told.bits != NULL);
	/* Many slots: as far ahead as a plan may reach. STARTS_DAY_MAX leaves room for a week. */
	while (!occurs_make(&o, in->schedule, &in->settings->tz, now,
			    wall_add_ns(now, days * DAY_NS), &e) && days > CHECK_PLAN_DAYS) {
		occurs_finish(&o);
		e = (struct err){0};
		days = days / 2 > CHECK_PLAN_DAYS ? days / 2 : CHECK_PLAN_DAYS;
	}
	if (e.kind == ERR_NONE) {
		const struct occur **running = calloc((size_t)o.count + 1, sizeof(struct occur *));
		must(running != NULL);
		sweep(&o, in->schedule, &told, running, faults);
		check_never(&o, in, now, days, faults);
		free(running);
	} else {
		faults_add(faults, FAULT_WARNING, in->settings->file, 0, "%s", e.text);
	}
	occurs_finish(&o);
	free(told.bits);
}

static void tell_occurrence(const struct plan_input *in, const struct occurrence *o,
			    struct faults *faults)
{
	char start[32], day[11];
	int32_t second;

	date_tell(tz_date(&in->settings->tz, o->start, &second), day);
	snprintf(start, sizeof(start), "%02d:%02d %s", second / 3600, second / 60 % 60, day);
	/* What nobody takes and yet has no item: the last reason is the one of the last resort. A
	 * missing file is a fault where it is named, told by whoever looked for it. */
	if (o->item_count == 0 && o->taken_by == NULL && o->omission_count > 0) {
		enum omission why = o->omissions[o->omission_count - 1].why;
		if (why == OMIT_MISSING_FILE)
			return;
		faults_add(faults, FAULT_WARNING, o->slot->file, o->slot->line,
			   T("khung giờ \"%s\" sẽ im lặng lúc %s: %s",
			     "slot \"%s\" will be silent at %s: %s"),
			   o->slot->name, start, omission_text(why));
	} else {
		faults_add(faults, FAULT_WARNING, o->slot->file, o->slot->line,
			   T("khung giờ \"%s\" không đủ chỗ lúc %s: %d bản tin bị bỏ hoặc bị "
			     "ngắt; xem lịch phát hôm đó",
			     "slot \"%s\" is too short at %s: %d bulletins are left out or ended "
			     "early; see the plan of that day"),
			   o->slot->name, start, plan_unheard(o));
	}
}

static void check_week(const struct plan_input *in, struct wall now, struct faults *faults)
{
	struct plan p;
	struct err e = {0};
	bool *told = calloc((size_t)in->schedule->slot_count + 1, sizeof(*told));

	must(told != NULL);
	if (!plan_make(&p, in, now, wall_add_ns(now, CHECK_PLAN_DAYS * DAY_NS), &e))
		faults_add(faults, FAULT_WARNING, in->settings->file, 0, "%s", e.text);
	for (int i = 0; i < p.count; i++) {
		const struct occurrence *o = &p.list[i];
		bool *done = &told[o->slot - in->schedule->slots];
		bool silent = o->item_count == 0 && o->taken_by == NULL;
		if (*done || (!silent && plan_unheard(o) == 0))
			continue;
		*done = true;
		tell_occurrence(in, o, faults);
	}
	plan_finish(&p);
	free(told);
}

void check_plan(const struct plan_input *in, struct wall now, struct faults *faults)
{
	check_names(in->schedule, faults);
	check_twins(in->schedule, &in->settings->tz, now, faults);
	check_starts(in, now, faults);
	check_relays(in, faults);
	check_short(in, faults);
	check_week(in, now, faults);
}
