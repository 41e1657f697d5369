/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/targets.h"

#include "base/text.h"
#include "plan/seedlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 1e12

static const char *const grades[TARGET_GRADES] = {"ke-hoach", "du-kien", "de-xuat", "pham-vi",
						  "da-lam"};
static const char *const measures[TARGET_MEASURES] = {"san-pham", "luot-phat", "phut",
						      "diem-ho-tro", "dia-ban", "tap-huan",
						      "kiem-tra", "kinh-phi"};

const char *target_grade_code(enum target_grade grade)
{
	return grades[grade];
}

const char *target_measure_code(enum target_measure measure)
{
	return measures[measure];
}

const char *target_grade_name(enum target_grade grade)
{
	switch (grade) {
	case TARGET_PLANNED:
		return T("kế hoạch", "planned");
	case TARGET_EXPECTED:
		return T("dự kiến", "expected");
	case TARGET_PROPOSED:
		return T("đề xuất", "proposed");
	case TARGET_SCOPE:
		return T("phạm vi", "scope");
	default:
		return T("đã báo cáo", "reported as done");
	}
}

const char *target_unit(enum target_measure measure)
{
	switch (measure) {
	case TARGET_PRODUCTS:
		return T("sản phẩm", "products");
	case TARGET_AIRINGS:
		return T("lượt phát", "airings");
	case TARGET_MINUTES:
		return T("phút", "minutes");
	case TARGET_POINTS:
		return T("điểm hỗ trợ", "support points");
	case TARGET_PLACES:
		return T("địa bàn", "places");
	case TARGET_TRAININGS:
		return T("lớp tập huấn", "trainings");
	case TARGET_VISITS:
		return T("cuộc kiểm tra", "inspections");
	default:
		return T("triệu đồng", "million đồng");
	}
}

/* One word into the next free row of a table of codes. */
static bool add_code(struct yamlread *r, int line, const char *word, char (*rows)[CODE_BYTES],
		     int *count, int most)
{
	if (*count == most || strlen(word) >= CODE_BYTES) {
		yamlread_fault(r, line, T("\"%.60s\": mã quá dài, hoặc quá %d mã",
					  "\"%.60s\": too long a code, or more than %d"),
			       word, most);
		return false;
	}
	memcpy(rows[(*count)++], word, strlen(word) + 1);
	return true;
}

static bool add_place(struct yamlread *r, int line, const char *word, void *arg)
{
	struct target *t = arg;

	return add_code(r, line, word, t->places, &t->place_count, TARGET_PLACES_MAX);
}

static bool add_part(struct yamlread *r, int line, const char *word, void *arg)
{
	struct target *t = arg;

	return add_code(r, line, word, t->parts, &t->part_count, TARGET_PARTS_MAX);
}

/* "so", or "tu_so" and "den_so". */
static void read_number(struct yamlread *r, const struct yamlnode *n, struct target *t)
{
	bool one = yamlread_number(r, n, "so", 0, NUMBER_MAX, "", &t->low);
	bool two = yamlread_number(r, n, "tu_so", 0, NUMBER_MAX, "", &t->low) &&
		   yamlread_number(r, n, "den_so", 0, NUMBER_MAX, "", &t->high);

	if (one && yamlnode_get(n, "tu_so") == NULL && yamlnode_get(n, "den_so") == NULL)
		t->high = t->low;
	else if (one || !two || t->high < t->low)
		yamlread_fault(r, n->line,
			       T("cần \"so\", hoặc \"tu_so\" và \"den_so\" lớn hơn nó",
				 "it needs \"so\", or \"tu_so\" and a larger \"den_so\""));
}

static void read_fields(struct yamlread *r, const struct yamlnode *n, struct target *t)
{
	int grade = TARGET_PLANNED, measure = TARGET_PRODUCTS;

	yamlread_need(r, n, "viec", T("thiếu \"viec\": việc gì", "\"viec\" is missing: what"));
	yamlread_text(r, n, "viec", t->what, sizeof(t->what));
	seedlist_choice(r, n, "muc", true, grades, TARGET_GRADES, &grade);
	seedlist_choice(r, n, "do", true, measures, TARGET_MEASURES, &measure);
	t->grade = (enum target_grade)grade;
	t->measure = (enum target_measure)measure;
	read_number(r, n, t);
	yamlread_text(r, n, "loai", t->kind, sizeof(t->kind));
	yamlread_text(r, n, "chuong_trinh", t->programme, sizeof(t->programme));
	yamlread_text(r, n, "ai", t->who, sizeof(t->who));
	yamlread_need(r, n, "nguon", T("thiếu \"nguon\": số văn bản nêu con số này",
				       "\"nguon\" is missing: the document that names it"));
	yamlread_text(r, n, "nguon", t->source, sizeof(t->source));
	yamlread_words(r, n, "dia_ban", add_place, t);
	yamlread_words(r, n, "gom", add_part, t);
	seedlist_days(r, n, &t->from, &t->to);
}

static void read_one(struct yamlread *r, const struct yamlnode *n, void *arg)
{
	static const char *const known[] = {"ma", "viec", "muc", "do", "so", "tu_so", "den_so",
					    "loai", "chuong_trinh", "dia_ban", "ai", "gom",
					    "from", "to", "nguon", NULL};
	struct targets *all = arg;
	char code[CODE_BYTES];

	if (!yamlread_keys(r, n, known) || !seedlist_code(r, n, code))
		return;
	struct target *grown =
		seedlist_add(r, n, all->list, &all->count, sizeof(*grown), TARGETS_MAX);
	if (grown == NULL)
		return;
	all->list = grown;
	struct target *t = &grown[all->count - 1];
	memcpy(t->code, code, sizeof(code));
	t->line = n->line;
	read_fields(r, n, t);
}

bool targets_parse(struct targets *t, const char *text, size_t len, struct faults *faults)
{
	struct yamlread r = {.file = TARGETS_FILE, .faults = faults};
	struct yamltree tree = {0};
	bool there = seedlist_read(&r, &tree, "chi_tieu", text, len, read_one, t);

	yamltree_finish(&tree);
	return there;
}

void targets_finish(struct targets *t)
{
	free(t->list);
	*t = (struct targets){0};
}

const struct target *targets_find(const struct targets *t, const char *code)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->list[i].code, code) == 0)
			return &t->list[i];
	return NULL;
}

bool target_touches(const struct target *t, struct date from, struct date to)
{
	return seedlist_touch(t->from, t->to, from, to);
}
