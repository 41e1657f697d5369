/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/lists.h"

#include "base/text.h"
#include "plan/holidays.h"

#include <string.h>

static const struct lists_file files[] = {
	{"chi-tieu", TARGETS_FILE, "chi_tieu", "ma", "viec"},
	{"chuong-trinh", "seeds/chuong-trinh.yaml", "chuong_trinh", "ma", "ten"},
	{"dia-ban", PLACES_FILE, "dia_ban", "ma", "ten"},
	{"kinh-phi", "seeds/kinh-phi.yaml", "kinh_phi", "ma", "ten"},
	{"loai", "seeds/loai.yaml", "loai", "ma", "ten"},
	{"mau-bao-cao", MODELS_FILE, "mau_bao_cao", "ma", "ten"},
	{"ngay-le", HOLIDAYS_FILE, "ngay_le", NULL, "ten"},
	{"thoi-han", DEADLINES_FILE, "thoi_han", "ma", "viec"},
	{"thu-lao", RATES_FILE, "thu_lao", "ma", "ten"},
	{"tieng", "seeds/tieng.yaml", "tieng", "ma", "ten"},
	{"van-ban", "seeds/van-ban.yaml", "van_ban", "so", "ve"},
};
#define FILES ((int)(sizeof(files) / sizeof(files[0])))

const struct lists_file *lists_file(int i)
{
	return i < FILES ? &files[i] : NULL;
}

const struct lists_file *lists_named(const char *name)
{
	for (int i = 0; i < FILES; i++)
		if (strcmp(files[i].name, name) == 0)
			return &files[i];
	return NULL;
}

const char *lists_title(const struct lists_file *f)
{
	static const char *const titles[FILES][2] = {
		{"Chỉ tiêu, con số của kế hoạch", "Targets and figures of plans"},
		{"Chương trình, dự án, nội dung", "Programmes, projects, contents"},
		{"Địa bàn", "Places"},
		{"Nguồn kinh phí", "Funds"},
		{"Loại sản phẩm", "Kinds of products"},
		{"Mẫu báo cáo", "Models of reports"},
		{"Ngày lễ, tết", "Public holidays"},
		{"Thời hạn báo cáo", "Reporting deadlines"},
		{"Mức chi thù lao", "Pay rates"},
		{"Tiếng", "Languages"},
		{"Văn bản", "Documents"},
	};

	return T(titles[f - files][0], titles[f - files][1]);
}

/* One file's text, if the station keeps it. */
static bool fetch(lists_read *read, void *arg, const char *file, struct buf *text,
		  struct faults *faults)
{
	struct err e = {0};

	buf_reset(text);
	if (read(arg, file, text, &e))
		return true;
	if (e.kind != ERR_NOT_FOUND)
		faults_add(faults, FAULT_ERROR, file, 0, "%s", e.text);
	return false;
}

static void load_codes(struct lists *l, lists_read *read, void *arg, struct buf *text,
		       struct faults *faults)
{
	for (int i = 0; i < CODES_LISTS; i++) {
		enum codes_list which = (enum codes_list)i;
		struct faults told = {0};
		bool again = which == CODES_GROUPS || which == CODES_PROJECTS;
		/* The programmes' file has three lists; what is wrong with it as a whole is told
		 * once. */
		if (again && l->codes[CODES_PROGRAMMES].count == 0)
			continue;
		if (fetch(read, arg, seeds_file(which), text, again ? &told : faults))
			seeds_parse(which, &l->codes[i], buf_str(text), text->len, faults);
		faults_finish(&told);
	}
}

static void check(const struct lists *l, struct faults *faults)
{
	const struct codes *documents = &l->codes[CODES_DOCUMENTS];

	seeds_check(l->codes, faults);
	places_check(&l->places, documents, faults);
	targets_check(&l->targets, l->codes, &l->places, faults);
	rates_check(&l->rates, faults);
	deadlines_check(&l->deadlines, documents, faults);
	models_check(&l->models, documents, faults);
}

void lists_load(struct lists *l, lists_read *read, void *arg, struct faults *faults)
{
	struct buf text = {0};

	*l = (struct lists){0};
	l->deadlines.month_from = DEADLINES_MONTH_FROM;
	load_codes(l, read, arg, &text, faults);
	if (fetch(read, arg, PLACES_FILE, &text, faults))
		places_parse(&l->places, buf_str(&text), text.len, faults);
	if (fetch(read, arg, TARGETS_FILE, &text, faults))
		targets_parse(&l->targets, buf_str(&text), text.len, faults);
	if (fetch(read, arg, RATES_FILE, &text, faults))
		rates_parse(&l->rates, buf_str(&text), text.len, faults);
	if (fetch(read, arg, DEADLINES_FILE, &text, faults))
		deadlines_parse(&l->deadlines, buf_str(&text), text.len, faults);
	if (fetch(read, arg, MODELS_FILE, &text, faults))
		models_parse(&l->models, buf_str(&text), text.len, faults);
	check(l, faults);
	buf_finish(&text);
}

void lists_finish(struct lists *l)
{
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&l->codes[i]);
	places_finish(&l->places);
	targets_finish(&l->targets);
	rates_finish(&l->rates);
	deadlines_finish(&l->deadlines);
	models_finish(&l->models);
}
