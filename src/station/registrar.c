/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/registrar.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "people/users.h"
#include "proof/reader.h"
#include "proof/registers.h"
#include "station/catalogue.h"
#include "station/desk.h"
#include "station/persons.h"

#include <stdio.h>
#include <string.h>

#define CLOCK_SET_YEAR 2020 /* what says less never learned the time: no day is later than it */

bool registrar_open(struct registrar *g, const char *name, struct desk *d, struct err *e)
{
	struct faults ignored = {0}; /* vangxa check tells them */
	struct err none;

	*g = (struct registrar){.shape = register_find(name), .view = ledger_view(d->ledger)};
	if (g->shape == NULL)
		return err_set(e, ERR_NOT_FOUND, T("không có sổ \"%.40s\"",
						   "there is no register \"%.40s\""), name);
	catalogue_load(d->disk, g->lists, &ignored);
	faults_finish(&ignored);
	g->today = tz_date(&d->tz, clock_wall(d->clock), NULL);
	g->people = d->users != NULL ? users_list(d->users, &d->tz, &none) : NULL;
	return true;
}

void registrar_close(struct registrar *g)
{
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&g->lists[i]);
	json_decref(g->people);
	g->people = NULL;
}

static void name_person(const struct registrar *g, json_t *row, const char *key)
{
	int64_t id = persons_find(g->people, json_get_text(row, key, ""));

	if (id != 0)
		must(json_object_set_new(row, key, json_sprintf("user:%lld", (long long)id)) == 0);
}

static const struct register_shape *by_prefix(const char *prefix)
{
	int i = 0;

	while (strcmp(register_at(i)->prefix, prefix) != 0)
		i++;
	return register_at(i);
}

/* What cannot be asked is not called missing. */
static bool is_there(const struct registrar *g, const struct register_field *f, const char *id)
{
	struct err e = {0};
	struct bulletin b;
	json_t *fields = NULL;
	bool ok;

	if (f->type == REGISTER_BULLETIN)
		return reader_bulletin(g->view, id, &b, &e) || e.kind != ERR_NOT_FOUND;
	ok = registers_row(g->view, by_prefix(f->of)->name, id, &fields, &e);
	json_decref(fields);
	return ok ? fields != NULL : e.kind != ERR_NOT_FOUND;
}

static void keep_code(struct codes *list, const char *code)
{
	static const struct date any = {1, 1, 1};

	if (list->count == 0 || codes_named(list, code, any) != NULL)
		return;
	struct code *kept = codes_add(list);
	if (kept != NULL)
		snprintf(kept->code, sizeof(kept->code), "%s", code);
}

/* What was written down when the list had it stays true when it has it no more. */
static void keep_codes(struct registrar *g, const json_t *was)
{
	for (const struct register_field *f = g->shape->fields; f->key != NULL; f++) {
		const json_t *value = json_object_get(was, f->key), *one;
		size_t i;

		if (f->type == REGISTER_CODE && json_is_string(value))
			keep_code(&g->lists[f->list], json_string_value(value));
		if (f->type == REGISTER_CODES)
			json_array_foreach(value, i, one)
				keep_code(&g->lists[f->list], json_string_value(one));
	}
}

static json_t *take_row(struct registrar *g, const json_t *given, const json_t *was,
			void (*tell)(void *arg, const char *key, const char *why), void *arg,
			int *faults)
{
	int counts[CODES_LISTS];

	for (int i = 0; i < CODES_LISTS; i++)
		counts[i] = g->lists[i].count;
	keep_codes(g, was);
	json_t *row = register_row_take(g->shape, g->lists, given, tell, arg, faults);
	for (int i = 0; i < CODES_LISTS; i++)
		g->lists[i].count = counts[i];
	return row;
}

/* A row that says so may keep it: what it is asked about is something else. */
static bool is_to_come(const struct registrar *g, const struct register_field *f, const char *text,
		       char why[static REASON_BYTES])
{
	struct date day;
	char today[11], said[11];

	if (!f->past || g->today.year < CLOCK_SET_YEAR || !date_parse(text, &day) ||
	    date_compare(day, g->today) <= 0)
		return false;
	date_tell(day, said);
	date_tell(g->today, today);
	snprintf(why, REASON_BYTES, T("ngày %s chưa tới: hôm nay là %s",
				      "%s is yet to come: today is %s"), said, today);
	return true;
}

/* Of a row or a bulletin that is named. */
static bool is_missing(const struct registrar *g, const struct register_field *f, const char *text,
		       char why[static REASON_BYTES])
{
	if ((f->type != REGISTER_ROW && f->type != REGISTER_BULLETIN) || is_there(g, f, text))
		return false;
	snprintf(why, REASON_BYTES, T("không có %.31s", "there is no %.31s"), text);
	return true;
}

json_t *registrar_take(struct registrar *g, const json_t *given, const json_t *was,
		       void (*tell)(void *arg, const char *key, const char *why), void *arg,
		       int *faults)
{
	json_t *row = take_row(g, given, was, tell, arg, faults);
	char why[REASON_BYTES];

	for (const struct register_field *f = g->shape->fields; f->key != NULL; f++) {
		if (f->type == REGISTER_PERSON)
			name_person(g, row, f->key);
		const char *text = json_get_text(row, f->key, "");
		if (text[0] == '\0' || strcmp(text, json_get_text(was, f->key, "")) == 0 ||
		    (!is_missing(g, f, text, why) && !is_to_come(g, f, text, why)))
			continue;
		tell(arg, f->key, why);
		++*faults;
	}
	return row;
}
