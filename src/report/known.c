/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/known.h"

#include "base/text.h"
#include "proof/registers.h"

#include <stdio.h>
#include <string.h>

#define LIST_BYTES 300

static const char *const registers[] = {"products", "activities", "points", "equipment",
					"difficulties", "works"};

/* One word of the filter alone, of one station or of any of several. */
struct asked {
	const struct report *stations;
	int count;
	struct report_filter only;
	const char *code;
	bool found;
};

static bool each_airing(const struct diary_row *d, void *arg)
{
	struct asked *a = arg;

	a->found = report_takes(&a->only, d);
	return !a->found;
}

static bool each_bulletin(const struct diary_product *p, void *arg)
{
	struct asked *a = arg;

	a->found = report_takes_product(&a->only, p);
	return !a->found;
}

static bool has(const json_t *value, const char *code)
{
	const json_t *one;
	size_t i;

	json_array_foreach(value, i, one)
		if (has(one, code))
			return true;
	return json_is_string(value) && strcmp(json_string_value(value), code) == 0;
}

static bool each_row(const struct register_row *row, void *arg)
{
	struct asked *a = arg;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)row->fields, key, value)
		a->found = a->found || has(value, a->code);
	return !a->found;
}

static bool look_at(const struct report *r, struct asked *a, struct err *e)
{
	struct wall from, to;

	period_span(&r->period, r->tz, &from, &to);
	if (!diary_rows(r->view, from, to, each_airing, a, e) ||
	    (!a->found && a->only.place == NULL &&
	     !diary_products(r->view, from, to, each_bulletin, a, e)))
		return false;
	for (size_t i = 0; i < sizeof(registers) / sizeof(registers[0]) && !a->found; i++)
		if (a->only.place == NULL && !registers_rows(r->view, registers[i], each_row, a, e))
			return false;
	return true;
}

static bool look(struct asked *a, struct err *e)
{
	bool ok = true;

	for (int i = 0; ok && i < a->count && !a->found; i++)
		ok = look_at(&a->stations[i], a, e);
	return ok;
}

/* As one of "a, b". */
static bool stands(const char *list, const char *code)
{
	size_t len = strlen(code);

	for (const char *at = strstr(list, code); at != NULL; at = strstr(at + 1, code))
		if ((at == list || at[-1] == ' ') && (at[len] == ',' || at[len] == '\0'))
			return true;
	return false;
}

static void put(char list[static LIST_BYTES], const char *code)
{
	size_t used = strlen(list);

	if (strstr(list, "…") != NULL || stands(list, code))
		return;
	if (used + strlen(code) + 8 > LIST_BYTES)
		code = "…";
	snprintf(list + used, LIST_BYTES - used, "%s%s", used > 0 ? ", " : "", code);
}

static bool none(const char *option, const char *code, const char *list, struct err *e)
{
	return err_set(e, ERR_USAGE,
		       T("%s \"%.60s\": không có trong danh mục, cũng không có trong sổ của kỳ "
			 "này; hiện có: %s",
			 "%s \"%.60s\": neither the catalogue nor the log of this period has it; "
			 "there are: %s"), option, code, list);
}

static bool code_known(enum codes_list which, const char *option, struct asked *a, struct err *e)
{
	const struct report *r = a->stations;
	const struct codes *all = &r->lists[which];
	char list[LIST_BYTES] = "";

	if (a->code == NULL || a->code[0] == '\0' || all->count == 0 ||
	    codes_named(all, a->code, r->period.last) != NULL)
		return true;
	if (!look(a, e))
		return false;
	for (int i = 0; i < all->count; i++)
		put(list, all->list[i].code);
	return a->found || none(option, a->code, list, e);
}

static bool each_zones(const struct diary_row *d, void *arg)
{
	char zone[NAME_BYTES];

	for (const char *at = d->zones; at[0] != '\0';) {
		size_t len = strcspn(at, ",");

		snprintf(zone, sizeof(zone), "%.*s", (int)len, at);
		put(arg, zone);
		at += len + (at[len] == ',');
	}
	return true;
}

/* Packs have no settings: zones are those that their logs name, and which lies in which commune
 * nobody knows. */
static bool no_such_zone(const struct asked *a, struct err *e)
{
	char list[LIST_BYTES] = "";
	struct wall from, to;

	for (int i = 0; i < a->count; i++) {
		const struct report *r = &a->stations[i];

		period_span(&r->period, r->tz, &from, &to);
		if (!diary_rows(r->view, from, to, each_zones, list, e))
			return false;
	}
	return err_set(e, ERR_USAGE,
		       T("place \"%.60s\": không gói nào có cụm loa ấy trong kỳ (có: %s). Gói "
			 "không ghi cụm loa nào ở địa bàn nào: muốn một địa bàn thì chỉ đưa gói "
			 "của các đài ở đó",
			 "place \"%.60s\": no pack has such a zone in this period (there are: %s). "
			 "Packs do not say which zone is in which place: for one place give the "
			 "packs of its stations only"),
		       a->code, list[0] != '\0' ? list : "–");
}

static bool place_known(struct asked *a, struct err *e)
{
	const struct report *r = a->stations;
	const char *place = a->code;
	char list[LIST_BYTES] = "";

	if (place == NULL || place[0] == '\0' || (r->zone_count == 0 && r->across == NULL))
		return true;
	for (int i = 0; i < r->zone_count; i++) {
		if (strcmp(r->zones[i].name, place) == 0)
			return true;
		put(list, r->zones[i].name);
	}
	if (!look(a, e))
		return false;
	return a->found || (r->across != NULL ? no_such_zone(a, e)
					      : none("place", place, list, e));
}

/* Accounts come and go, so that any number is one. */
static bool producer_known(const struct report *r, struct err *e)
{
	const char *who = r->filter.producer;
	const char *colon = who != NULL ? strchr(who, ':') : NULL;

	return who == NULL || who[0] == '\0' ||
	       (colon != NULL && colon[1] != '\0' &&
		strspn(colon + 1, "0123456789") == strlen(colon + 1) &&
		(strncmp(who, "user:", 5) == 0 || strncmp(who, "uid:", 4) == 0)) ||
	       err_set(e, ERR_USAGE,
		       T("producer \"%.60s\": viết mã người gửi, như user:7 (xem: vangxa user "
			 "list)",
			 "producer \"%.60s\": write who sent it by number, like user:7 (see: "
			 "vangxa user list)"), who);
}

bool known_filters(const struct report *stations, int count, struct err *e)
{
	const struct report_filter *f = &stations->filter;
#define ASKED(word) {stations, count, {.only = -1, .word = f->word}, f->word, false}
	struct asked programme = ASKED(programme), language = ASKED(language), kind = ASKED(kind),
		     fund = ASKED(fund), place = ASKED(place);
#undef ASKED

	return code_known(CODES_PROGRAMMES, "programme", &programme, e) &&
	       code_known(CODES_LANGUAGES, "language", &language, e) &&
	       code_known(CODES_KINDS, "kind", &kind, e) &&
	       code_known(CODES_FUNDS, "fund", &fund, e) && place_known(&place, e) &&
	       producer_known(stations, e);
}

bool known_filter(const struct report *r, struct err *e)
{
	return known_filters(r, 1, e);
}
