/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures plan_make. One year, 200 slots, 600 bulletins: the median of nine runs, for slots that
 * are filled by a few rules and for slots that each have their own. Ten years, 1,000 slots: a week
 * that is divided into 1,000 starts, of which a tenth goes by rules, a tenth by lunar days and a
 * tenth leaves holidays out. */
#include "base/buf.h"
#include "base/err.h"
#include "plan/running.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLOTS 200
#define BULLETINS 600
#define RUNS 9
#define MANY_SLOTS 1000

static bool one_zone(struct tz *tz, const char *name, struct err *e)
{
	(void)e;
	tz_fixed(tz, name, 7 * 3600);
	return true;
}

static void make_slots(struct buf *b, bool own_rules)
{
	buf_text(b, "timetable: đo\nvalid: {from: 2026-01-01}\nslots:\n");
	for (int i = 0; i < SLOTS; i++) {
		int minute = 5 * 60 + i * 4;
		int length_s = own_rules ? 240 - i / 2 : i % 10 == 0 ? 600 : 240;
		buf_print(b, "  - {name: s%d, start: \"%02d:%02d\", length: %ds, overrun: %s, ", i,
			  minute / 60, minute % 60, length_s, i % 3 == 0 ? "finish" : "fade");
		if (i % 20 == 0)
			buf_text(b, "rrule: \"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\", ");
		buf_print(b, "play: {bulletins: {language: [%s]}}}\n",
			  i % 2 == 0 ? "vi" : "stieng");
	}
}

static struct bulletin *make_bulletins(void)
{
	struct bulletin *list = calloc(BULLETINS, sizeof(*list));

	for (int i = 0; i < BULLETINS; i++) {
		struct bulletin *b = &list[i];
		*b = (struct bulletin){.frames = (20 + i % 200) * FRAMES_PER_S,
				       .loudness_lufs = -20, .peak_dbtp = -3,
				       .state = BULLETIN_APPROVED, .received = {i * NS_PER_S},
				       .has_from = true, .has_to = true};
		snprintf(b->id, sizeof(b->id), "B%d", i);
		snprintf(b->language, sizeof(b->language), "%s", i % 2 == 0 ? "vi" : "stieng");
		b->from = date_add_days((struct date){2026, 1, 1}, i * 365 / BULLETINS);
		b->to = date_add_days(b->from, 14);
	}
	return list;
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void make_week(struct buf *b)
{
	static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	static const char *const rules[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

	buf_text(b, "timetable: đo\nvalid: {from: 2026-01-01}\nslots:\n");
	for (int i = 0; i < MANY_SLOTS; i++) {
		int minute = 5 * 60 + i / 7 * 6;
		buf_print(b, "  - {name: s%d, start: \"%02d:%02d\", length: 5m, ", i, minute / 60,
			  minute % 60);
		if (i % 10 == 0)
			buf_print(b, "rrule: \"FREQ=WEEKLY;INTERVAL=2;BYDAY=%s\", ", rules[i % 7]);
		else if (i % 10 == 1)
			buf_text(b, "lunar: [\"1/*\", \"15/*\"], ");
		else
			buf_print(b, "days: %s, %s", days[i % 7],
				  i % 10 == 2 ? "holidays: skip, " : "");
		buf_print(b, "play: {bulletins: {language: [%s]}}}\n",
			  i % 2 == 0 ? "vi" : "stieng");
	}
}

enum load { RULES_SHARED, RULES_OWN, TEN_YEARS };

static int measure(enum load load)
{
	static const char *const names[] = {"plan_year", "plan_year_own_rules", "plan_ten_years"};
	static const char holidays_text[] = "ngay_le: [{ten: Tết, am_lich: \"1/1\", tu: -1, "
					    "so_ngay: 5}, {ten: Quốc khánh, ngay: \"2/9\"}]\n";
	static struct holidays holidays;
	static const char station[] = "station: đo\nid: do\n";
	static struct settings settings;
	struct faults faults = {0};
	struct schedule schedule = {0};
	struct buf slots = {0};
	struct err e = {0};
	double ms[RUNS];
	int count = 0;

	if (load == TEN_YEARS)
		make_week(&slots);
	else
		make_slots(&slots, load == RULES_OWN);
	holidays_parse(&holidays, "le.yaml", holidays_text, strlen(holidays_text), &faults);
	schedule.holidays = &holidays;
	if (!settings_parse(&settings, "station.yaml", station, strlen(station), one_zone,
			    &faults) ||
	    !schedule_parse(&schedule, &settings, "do.yaml", buf_str(&slots), slots.len, &faults)) {
		fprintf(stderr, "plan_year: %s\n", fault_text(&faults.list[0]));
		return 1;
	}
	struct bulletin *bulletins = make_bulletins();
	struct plan_input in = {.settings = &settings, .schedule = &schedule,
				.bulletins = bulletins, .bulletin_count = BULLETINS};
	struct wall from = tz_wall(&settings.tz, (struct date){2026, 1, 1}, 0);
	struct wall to = tz_wall(&settings.tz, (struct date){load == TEN_YEARS ? 2036 : 2027, 1, 1},
				 0);
	for (int i = 0; i < RUNS; i++) {
		struct plan plan;
		double start_ms = now_ms();
		if (!plan_make(&plan, &in, from, to, &e)) {
			fprintf(stderr, "plan_year: %s\n", e.text);
			return 1;
		}
		ms[i] = now_ms() - start_ms;
		count = plan.count;
		plan_finish(&plan);
	}
	qsort(ms, RUNS, sizeof(*ms), by_value);
	printf("%s_ms %.1f occurrences %d slots %d\n", names[load], ms[RUNS / 2], count,
	       schedule.slot_count);
	schedule_finish(&schedule);
	faults_finish(&faults);
	buf_finish(&slots);
	free(bulletins);
	return 0;
}

int main(void)
{
	return measure(RULES_SHARED) != 0 || measure(RULES_OWN) != 0 || measure(TEN_YEARS) != 0;
}
