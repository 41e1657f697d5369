/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small station for tests of the plan: settings, timetables and bulletins from short texts. */
#ifndef VX_TEST_PLAN_CASE_H
#define VX_TEST_PLAN_CASE_H

#include "plan/faults.h"
#include "plan/running.h"

#define CASE_BULLETINS 512
#define CASE_ASSETS 8

struct plan_case {
	struct settings settings;
	struct schedule schedule;
	struct faults faults;
	struct bulletin bulletins[CASE_BULLETINS];
	struct asset assets[CASE_ASSETS];
	struct plan_input in;
};

/* "Asia/Ho_Chi_Minh" and "UTC" without a database; "Europe/Berlin": the change of 2026 only. */
struct err;
bool case_tz(struct tz *tz, const char *name, struct err *e);

/* Two zones (trung-tam, thon-2), quiet 21:00–05:00, relay vov1, crossfade 500 ms, no ident; `more`
 * is appended to station.yaml. Dies on a fault. */
struct plan_case *case_create(const char *more);
void case_destroy(struct plan_case *c);

/* A timetable of these slots (YAML of the list); faults are kept for the test to look at. */
bool case_slots(struct plan_case *c, const char *slots);

/* An approved bulletin of so many seconds: Vietnamese, ordinary, received in the order of calls. */
struct bulletin *case_bulletin(struct plan_case *c, const char *id, double length_s);
struct asset *case_asset(struct plan_case *c, const char *path, double length_s);

/* Plan from local time to local time; dies if it fails. */
void case_plan(struct plan_case *c, const char *from, const char *to, struct plan *p);

/* The fault at file:line whose text holds `part`; NULL if there is none. line 0: any. */
const struct fault *case_fault(const struct faults *f, int line, const char *part);

#endif
