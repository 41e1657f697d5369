/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report is given of a station's folder; the rates, in table G. */
#include "cli/made.h"

#include "base/json.h"
#include "proof/registers.h"
#include "support/reportcase.h"
#include "support/tmpdir.h"
#include "sys/disk.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct reportcase *c;
static struct made *made;
static struct disk_real disk;
static char dir[64];
static int rows;

static void setup(void)
{
	char seeds[80];

	tmpdir_make(dir);
	snprintf(seeds, sizeof(seeds), "%s/seeds", dir);
	ck_assert_int_eq(mkdir(seeds, 0700), 0);
	c = calloc(1, sizeof(*c));
	made = calloc(1, sizeof(*made));
	reportcase_open(c);
	rows = 0;
}

static void teardown(void)
{
	made_let_go(made);
	disk_real_close(&disk);
	reportcase_close(c);
	tmpdir_remove(dir);
	free(made);
	free(c);
}

static void put(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *f = fopen(path, "we");
	ck_assert(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void gather(void)
{
	struct err e;

	ck_assert(disk_real_open(&disk, dir, &e));
	made->tz = c->sample.tz;
	made->r.view = c->report.view;
	made->r.period = c->report.period;
	made->r.filter = c->report.filter;
	made_gather(made, dir, &disk.disk);
	c->report = made->r;
}

static void work(const char *role, const char *language, int count, double pages)
{
	char id[ID_BYTES];

	snprintf(id, sizeof(id), "TL%d", ++rows);
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:i, s:f}", "day", "2026-11-03", "person",
			      "An", "role", role, "language", language, "count", count, "pages",
			      pages);
	log_sample_add(&c->sample, registers_entry("works", json_pack("{s:o}", id, o), "user:1", "",
						   NULL, NULL));
}

/* "count rate before capped sum; …", and how many notes name the file of rates. */
static void rows_are(const char *want, int named)
{
	json_t *table = reportcase_json(c, "G"), *o;
	char told[512] = "";
	int found = 0;
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, o) {
		size_t len = strlen(told);
		snprintf(told + len, sizeof(told) - len, "%d %d %d %d %d; ",
			 (int)json_get_integer(o, "count", -1),
			 (int)json_get_integer(o, "rate", -1),
			 (int)json_get_integer(o, "before", -1),
			 (int)json_get_integer(o, "capped", -1),
			 (int)json_get_integer(o, "sum", -1));
	}
	json_array_foreach(json_object_get(table, "notes"), i, o)
		found += strstr(json_string_value(o), "seeds/thu-lao.yaml") != NULL;
	ck_assert_str_eq(told, want);
	ck_assert_int_eq(found, named);
	json_decref(table);
}

/* Only where it is news: a log that began within the period, or after it. */
START_TEST(a_log_that_began_within_the_period_is_told)
{
	log_sample_add(&c->sample, log_sample_note("mở đầu", NULL, NULL)); /* 23 November */
	gather();
	made_began(made, c->report.view);
	ck_assert_int_eq(made->r.began.ns, LOG_SAMPLE_START.ns);
	made->r.began.ns = 0;
	made->r.period.first = (struct date){2026, 11, 23};
	made_began(made, c->report.view);
	ck_assert_int_eq(made->r.began.ns, 0);
}
END_TEST

/* 5 × 20,000 are the day's 100,000: what else An read on that day is above it. Nobody is paid for
 * a translation. */
START_TEST(works_are_paid_by_the_stations_rates)
{
	put("seeds/tieng.yaml", "tieng:\n"
				"  - {ma: vi, ten: Tiếng Việt}\n"
				"  - {ma: stieng, ten: Tiếng S'tiêng, thieu_so: true}\n");
	put("seeds/thu-lao.yaml",
	    "thu_lao:\n"
	    "  - {ma: doc, ten: Đọc, vai: doc, tinh_theo: luot-doc, dong: 15000,"
	    " toi_da_ngay: 100000, nguon: x}\n"
	    "  - {ma: doc-ts, ten: Đọc, vai: doc, thieu_so: true, tinh_theo: luot-doc,"
	    " dong: 20000, toi_da_ngay: 100000, nguon: x}\n"
	    "  - {ma: viet, ten: Viết, vai: viet, tinh_theo: trang, chu_moi_trang: 350,"
	    " dong: 75000, nguon: x}\n");
	gather();
	work("read", "stieng", 5, 0);
	work("read", "vi", 2, 0);
	work("translate", "vi", 1, 0);
	work("write", "vi", 1, 1.5);
	rows_are("5 20000 100000 0 100000; 2 15000 30000 30000 0; 1 -1 -1 -1 -1; "
		 "1 75000 112500 0 112500; ", 1);
}
END_TEST

START_TEST(without_rates_there_is_no_money_and_a_note)
{
	gather();
	work("read", "vi", 2, 0);
	work("write", "vi", 1, 1.5);
	rows_are("2 -1 -1 -1 -1; 1 -1 -1 -1 -1; ", 1);
}
END_TEST

/* Money in đồng, the parts of a sum of it known as such; table D as CSV has them. */
START_TEST(targets_are_those_of_the_list)
{
	put("seeds/chi-tieu.yaml",
	    "chi_tieu:\n"
	    "  - {ma: tong, viec: Kinh phí, muc: de-xuat, do: kinh-phi, so: 3220, gom: [a, b],"
	    " nguon: 1/KH}\n"
	    "  - {ma: a, viec: Huyện, muc: de-xuat, do: kinh-phi, so: 957, nguon: 1/KH}\n"
	    "  - {ma: b, viec: Tỉnh, muc: de-xuat, do: kinh-phi, so: 2263, nguon: 1/KH}\n"
	    "  - {ma: xa, viec: Xã, muc: pham-vi, do: dia-ban, so: 70, dia_ban: [quang-nam],"
	    " from: 2026-01-01, to: 2026-12-31, nguon: 1/KH}\n");
	gather();
	ck_assert_int_eq(made->r.target_count, 4);
	ck_assert_int_eq(made->r.targets[0].low, INT64_C(3220000000));
	ck_assert(!made->r.targets[0].part && made->r.targets[1].part && made->r.targets[2].part);
	ck_assert_int_eq(made->r.targets[3].measure, REPORT_PLACES);
	ck_assert_int_eq(made->r.targets[3].grade, REPORT_SCOPE);
	ck_assert(made->r.targets[3].placed);
	char *text = reportcase_text(c, "D", "csv");
	ck_assert_ptr_nonnull(strstr(text, "3220000000"));
	ck_assert_ptr_nonnull(strstr(text, "phủ 0/70"));
	free(text);
}
END_TEST

static void station(const char *place)
{
	char id[ID_BYTES];

	snprintf(id, sizeof(id), "DT%d", ++rows);
	json_t *o = json_pack("{s:s, s:s, s:b}", "name", "Đài", "place", place, "in_scope", 1);
	log_sample_add(&c->sample, registers_entry("stations", json_pack("{s:o}", id, o), "user:1",
						   "", NULL, NULL));
}

/* Two that merged into a third which is written twice, one of another province, one that is in no
 * list: two are covered of the province. */
START_TEST(what_merged_is_covered_once_and_what_lies_elsewhere_not)
{
	put("seeds/chi-tieu.yaml",
	    "chi_tieu:\n"
	    "  - {ma: xa, viec: Xã, muc: pham-vi, do: dia-ban, so: 70, dia_ban: [dn],"
	    " from: 2026-01-01, to: 2026-12-31, nguon: 1/KH}\n");
	put("seeds/dia-ban.yaml",
	    "dia_ban:\n"
	    "  - {ma: dn, ten: Tỉnh Đ, cap: tinh}\n"
	    "  - {ma: qn, ten: Tỉnh Q, cap: tinh}\n"
	    "  - {ma: a, ten: Xã A, cap: xa, thuoc: dn, to: 2025-06-30, nhap_vao: c}\n"
	    "  - {ma: b, ten: Xã B, cap: xa, thuoc: dn, to: 2025-06-30, nhap_vao: c}\n"
	    "  - {ma: c, ten: Xã C, cap: xa, thuoc: dn, from: 2025-07-01}\n"
	    "  - {ma: q, ten: Xã Q, cap: xa, thuoc: qn}\n");
	gather();
	station("Xã A");
	station("Xã B");
	station("Xã C");
	station("xã c");
	station("Xã Q");
	station("Xã Lạ");
	char *text = reportcase_text(c, "D", "csv");
	ck_assert_msg(strstr(text, "phủ 2/70") != NULL, "%s", text);
	ck_assert_msg(strstr(text, "Độ phủ: 1 nơi") != NULL, "%s", text);
	free(text);
}
END_TEST

static const char of_provinces[] =
	"chi_tieu:\n"
	"  - {ma: bp-diem, viec: V, muc: de-xuat, do: diem-ho-tro, so: 19, dia_ban: [bp],"
	" nguon: x}\n"
	"  - {ma: qn-diem, viec: V, muc: de-xuat, do: diem-ho-tro, so: 5, dia_ban: [qn],"
	" nguon: x}\n"
	"  - {ma: moi-noi, viec: V, muc: ke-hoach, do: phut, so: 5, nguon: x}\n";

/* Which of the targets stand in table D, and what a note says of the others. */
static void targets_are(const char *place, const char *want, const char *note)
{
	char settings[200];

	snprintf(settings, sizeof(settings), "station: Đài\nid: thu\n%s\n", place);
	put("station.yaml", settings);
	put("seeds/chi-tieu.yaml", of_provinces);
	put("seeds/dia-ban.yaml", "dia_ban:\n"
				  "  - {ma: bp, ten: Tỉnh B, cap: tinh, to: 2025-06-30}\n"
				  "  - {ma: qn, ten: Tỉnh Q, cap: tinh}\n"
				  "  - {ma: xa, ten: Xã Mẫu, cap: xa, thuoc: qn}\n");
	gather();
	json_t *table = reportcase_json(c, "D"), *o;
	char told[100] = "";
	bool noted = note == NULL;
	size_t i;
	json_array_foreach(json_object_get(table, "rows"), i, o) {
		size_t len = strlen(told);
		snprintf(told + len, sizeof(told) - len, "%s ", json_get_text(o, "code", ""));
	}
	json_array_foreach(json_object_get(table, "notes"), i, o)
		noted = noted || strstr(json_string_value(o), note) != NULL;
	ck_assert_str_eq(told, want);
	ck_assert_msg(noted, "%s", note);
	json_decref(table);
}

START_TEST(targets_of_other_places_are_no_rows)
{
	targets_are("place: xa", "qn-diem moi-noi ",
		    "Không kể 1 chỉ tiêu của nơi khác, hoặc của nơi không còn trong kỳ; đài này ở: "
		    "Xã Mẫu.");
}
END_TEST

START_TEST(of_a_station_that_is_nowhere_no_place_is_guessed)
{
	targets_are("", "moi-noi ", "Không kể 2 chỉ tiêu đặt cho những địa bàn nhất định");
}
END_TEST

/* A report of what is left of a catalogue says where it was at fault. */
START_TEST(what_is_wrong_with_the_lists_is_logged)
{
	char logged[1000] = "";
	int ends[2], kept = dup(STDERR_FILENO);

	put("seeds/chi-tieu.yaml", "chi_tieu:\n  - {ma: a, viec: V, so: 1}\n");
	ck_assert_int_eq(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	gather();
	dup2(kept, STDERR_FILENO);
	close(ends[1]);
	ck_assert_int_ge(read(ends[0], logged, sizeof(logged) - 1), 0);
	close(ends[0]);
	close(kept);
	ck_assert_msg(strstr(logged, "seeds/chi-tieu.yaml:2") != NULL, "%s", logged);
}
END_TEST

START_TEST(the_name_and_the_zones_are_the_settings)
{
	put("station.yaml", "station: Đài thử\nid: thu\ntimezone: Asia/Tokyo\n");
	gather();
	ck_assert_str_eq(made->r.station, "Đài thử");
	ck_assert_int_eq(made->r.zone_count, made->settings->zone_count);
	ck_assert_str_eq(made->r.zones[0].name, made->settings->zones[0].name);
	ck_assert_str_eq(made->r.log, "");
	ck_assert_str_eq(made->r.person(made->r.person_arg, "user:7"), "user:7");
}
END_TEST

Suite *suite_made(void);
Suite *suite_made(void)
{
	Suite *s = suite_create("made");
	TCase *t = tcase_create("made");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_log_that_began_within_the_period_is_told);
	tcase_add_test(t, works_are_paid_by_the_stations_rates);
	tcase_add_test(t, without_rates_there_is_no_money_and_a_note);
	tcase_add_test(t, targets_are_those_of_the_list);
	tcase_add_test(t, what_merged_is_covered_once_and_what_lies_elsewhere_not);
	tcase_add_test(t, targets_of_other_places_are_no_rows);
	tcase_add_test(t, of_a_station_that_is_nowhere_no_place_is_guessed);
	tcase_add_test(t, what_is_wrong_with_the_lists_is_logged);
	tcase_add_test(t, the_name_and_the_zones_are_the_settings);
	suite_add_tcase(s, t);
	return s;
}
