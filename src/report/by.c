/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/by.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static const char *const words[REPORT_BYS] = {"", "programme", "language", "place", "producer",
					      "fund"};

bool by_parse(const char *text, enum report_by *by)
{
	for (int i = 1; i < REPORT_BYS; i++)
		if (strcmp(words[i], text) == 0) {
			*by = (enum report_by)i;
			return true;
		}
	return false;
}

const char *by_code(enum report_by by)
{
	return words[by];
}

static int programmes(struct table_column c[static BY_COLUMNS_MAX])
{
	c[0] = (struct table_column){"programme", T("Mã chương trình", "Programme"), TABLE_TEXT,
				     .width = 11};
	c[1] = (struct table_column){"name", T("Tên chương trình", "Name"), TABLE_TEXT,
				     .width = 34};
	return 2;
}

static struct table_column language(void)
{
	return (struct table_column){"language", T("Tiếng", "Language"), TABLE_TEXT, .width = 11};
}

int by_columns(enum report_by by, struct table_column c[static BY_COLUMNS_MAX], int *label)
{
	*label = by == REPORT_BY_ALL || by == REPORT_BY_PROGRAMME;
	switch (by) {
	case REPORT_BY_ALL:
		programmes(c);
		c[2] = language();
		c[3] = (struct table_column){"kind", T("Loại", "Kind"), TABLE_TEXT, .width = 14};
		return 4;
	case REPORT_BY_PROGRAMME:
		return programmes(c);
	case REPORT_BY_LANGUAGE:
		c[0] = language();
		return 1;
	case REPORT_BY_PLACE:
		c[0] = (struct table_column){"place", T("Cụm loa", "Zone"), TABLE_TEXT,
					     .width = 16};
		return 1;
	case REPORT_BY_PRODUCER:
		c[0] = (struct table_column){"producer", T("Người gửi", "Sent in by"), TABLE_TEXT,
					     .width = 20};
		return 1;
	case REPORT_BY_FUND:
	case REPORT_BYS:
		break;
	}
	c[0] = (struct table_column){"fund", T("Nguồn kinh phí", "Fund"), TABLE_TEXT, .width = 20};
	return 1;
}

const char *by_airing(enum report_by by, const struct diary_row *d)
{
	return by == REPORT_BY_LANGUAGE	  ? d->language
	       : by == REPORT_BY_PLACE	  ? d->zones
	       : by == REPORT_BY_PRODUCER ? d->sender
	       : by == REPORT_BY_FUND	  ? d->fund
					  : d->programmes;
}

const char *by_product(enum report_by by, const struct diary_product *p)
{
	return by == REPORT_BY_LANGUAGE	  ? p->language
	       : by == REPORT_BY_PLACE	  ? NULL
	       : by == REPORT_BY_PRODUCER ? p->sender
	       : by == REPORT_BY_FUND	  ? p->fund
					  : p->programmes;
}

static bool is_list(enum report_by by)
{
	return by == REPORT_BY_ALL || by == REPORT_BY_PROGRAMME || by == REPORT_BY_PLACE;
}

const char *by_wanted(enum report_by by, const struct report_filter *f)
{
	return by == REPORT_BY_PLACE ? f->place : is_list(by) ? f->programme : NULL;
}

/* Of "a,b"; "" is among "" alone. */
static bool is_among(const char *only, const char *code, size_t len)
{
	for (;; only++) {
		size_t one = strcspn(only, ",");

		if (one == len && memcmp(only, code, len) == 0)
			return true;
		only += one;
		if (only[0] == '\0')
			return false;
	}
}

void by_each(enum report_by by, const char *codes, const char *only,
	     void (*call)(void *arg, const char *code, size_t len), void *arg)
{
	if (!is_list(by)) {
		call(arg, codes, strlen(codes));
		return;
	}
	do {
		size_t len = strcspn(codes, ",");

		if (only == NULL || is_among(only, codes, len))
			call(arg, codes, len);
		codes += len + (codes[len] == ',');
	} while (codes[0] != '\0');
}

struct heard {
	const struct diary_row *d;
	int count;
};

static void count_heard(void *arg, const char *zone, size_t len)
{
	struct heard *h = arg;
	char name[NAME_BYTES];

	snprintf(name, sizeof(name), "%.*s", (int)len, zone);
	h->count += diary_zone_heard(h->d, name);
}

static int heard_in(const struct diary_row *d)
{
	struct heard h = {d, 0};

	by_each(REPORT_BY_PLACE, d->zones, NULL, count_heard, &h);
	return h.count;
}

bool by_shared(enum report_by by, const struct diary_row *d)
{
	return is_list(by) && strchr(by_airing(by, d), ',') != NULL &&
	       (by != REPORT_BY_PLACE || heard_in(d) > 1);
}

static const char *none(void)
{
	return T("(không ghi)", "(not said)");
}

void by_fill(const struct report *r, const char *const keys[static BY_KEYS], struct date day,
	     struct table_cell *c)
{
	const char *key = keys[0];

	switch (r->by) {
	case REPORT_BY_ALL:
		c[2] = table_text(report_name(r, CODES_LANGUAGES, keys[1], day));
		c[3] = table_text(report_name(r, CODES_KINDS, keys[2], day));
		__attribute__((fallthrough));
	case REPORT_BY_PROGRAMME:
		c[0] = table_text(key);
		c[1] = table_text(key[0] != '\0' ? report_name(r, CODES_PROGRAMMES, key, day)
						 : T("(không ghi chương trình)",
						     "(no programme)"));
		return;
	case REPORT_BY_LANGUAGE:
		c[0] = table_text(key[0] != '\0' ? report_name(r, CODES_LANGUAGES, key, day)
						 : none());
		return;
	case REPORT_BY_FUND:
		c[0] = table_text(key[0] != '\0' ? report_name(r, CODES_FUNDS, key, day) : none());
		return;
	case REPORT_BY_PRODUCER:
		c[0] = table_text(key[0] != '\0' ? r->person(r->person_arg, key) : none());
		return;
	case REPORT_BY_PLACE:
	case REPORT_BYS:
		break;
	}
	c[0] = table_text(key[0] != '\0' ? key : none());
}

struct table_open by_open(const struct report *r, const char *const *keys)
{
	const struct report_filter *f = &r->filter;
	struct table_open open = {.programme = f->programme, .language = f->language,
				  .kind = f->kind, .fund = f->fund, .place = f->place,
				  .producer = f->producer};

	if (keys == NULL)
		return open;
	if (r->by == REPORT_BY_ALL || r->by == REPORT_BY_PROGRAMME)
		open.programme = keys[0];
	if (r->by == REPORT_BY_ALL) {
		open.language = keys[1];
		open.kind = keys[2];
	}
	if (r->by == REPORT_BY_LANGUAGE)
		open.language = keys[0];
	if (r->by == REPORT_BY_PLACE)
		open.place = keys[0];
	if (r->by == REPORT_BY_PRODUCER)
		open.producer = keys[0];
	if (r->by == REPORT_BY_FUND)
		open.fund = keys[0];
	return open;
}

static int64_t shown_s(int64_t frames)
{
	return (frames + FRAMES_PER_S / 2) / FRAMES_PER_S;
}

const char *by_rounded_words(int64_t own, int64_t shared)
{
	return shown_s(own) + shown_s(shared) == shown_s(own + shared)
		       ? NULL
		       : T("Mỗi thời lượng làm tròn đến giây; riêng và dùng chung cộng lại có thể "
			   "lệch một giây so với các bảng khác.",
			   "Each time is rounded to a second; its own and shared together may "
			   "differ by a second from what other tables say.");
}

const char *by_shared_words(enum report_by by)
{
	return by == REPORT_BY_PLACE
		       ? T("Thời lượng dùng chung là của những lượt phát ra nhiều cụm loa: nó đứng "
			   "ở mỗi cụm loa ấy, và dòng cộng chỉ tính một lần.",
			   "Shared is the time of airings in several zones: it stands with each of "
			   "these, and once in the total.")
		       : T("Thời lượng dùng chung là của những bản tin phục vụ nhiều chương trình: "
			   "nó đứng ở mỗi chương trình ấy, và dòng cộng chỉ tính một lần.",
			   "Shared is the time of bulletins that serve several programmes: it "
			   "stands with each of these, and once in the total.");
}
