/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/models.h"

#include "support/seedtext.h"

#include <check.h>
#include <stdio.h>

static struct models models;
static struct faults faults;

static void teardown(void)
{
	models_finish(&models);
	faults_finish(&faults);
}

static void parse(const char *text)
{
	ck_assert(models_parse(&models, text, strlen(text), &faults));
}

START_TEST(a_model_with_its_parts)
{
	parse("mau_bao_cao:\n"
	      "  - {ma: t, ten: Tháng, ky: thang, trich_yeu: \"Việc {ky}\",\n"
	      "     ket: \"Hết {don_vi}\", can_cu: [{so: 1/NĐ, cau: Căn cứ 1/NĐ;}],\n"
	      "     from: 2026-01-01,\n"
	      "     phan: [{de_muc: Một, gom: [tong-so, kho-khan]}, {de_muc: Hai, cau: Câu.}]}\n");
	ck_assert_int_eq(faults.count, 0);
	ck_assert_int_eq(models.count, 1);
	const struct model *m = &models.list[0];
	ck_assert(m->span == MODEL_MONTH && m->basis_count == 1 && m->part_count == 2);
	ck_assert_str_eq(m->subject, "Việc {ky}");
	ck_assert_str_eq(m->bases[0].number, "1/NĐ");
	ck_assert_int_eq(m->parts[0].block_count, 2);
	ck_assert_int_eq(m->parts[0].blocks[1], MODEL_DIFFICULTIES);
	ck_assert_str_eq(m->parts[1].sentence, "Câu.");
	ck_assert_int_eq(m->from.year, 2026);
}
END_TEST

START_TEST(faulty_ones_are_told)
{
	parse("mau_bao_cao:\n"
	      "  - {ma: a, ten: A, ky: tuan, trich_yeu: A, phan: []}\n"
	      "  - {ma: b, ten: B, ky: nam, trich_yeu: \"B {nam}\", phan: [{gom: [tong]}]}\n"
	      "  - {ma: c, ten: C, ky: nam, phan: x, can_cu: [{so: 1/NĐ}]}\n");
	ck_assert(seedtext_told(&faults, "ky: tuan", 2));
	ck_assert(seedtext_told(&faults, "{nam}", 3));
	ck_assert(seedtext_told(&faults, "de_muc", 3));
	ck_assert(seedtext_told(&faults, "\"tong\"", 3));
	ck_assert(seedtext_told(&faults, "trich_yeu", 4));
	ck_assert(seedtext_told(&faults, "\"phan\" cần", 4));
	ck_assert(seedtext_told(&faults, "\"cau\"", 4));
}
END_TEST

START_TEST(what_does_not_fit_is_a_warning)
{
	struct codes documents = {0};
	struct code *c = codes_add(&documents);

	snprintf(c->code, sizeof(c->code), "1/NĐ");
	parse("mau_bao_cao:\n"
	      "  - {ma: a, ten: A, ky: nam, trich_yeu: A, phan: [],"
	      " can_cu: [{so: 2/NĐ, cau: 2/NĐ}]}\n"
	      "  - {ma: b, ten: B, ky: nam, trich_yeu: B, phan: [],"
	      " can_cu: [{so: 1/NĐ, cau: Có;}]}\n"
	      "  - {ma: c, ten: C, ky: quy, trich_yeu: C, phan: []}\n");
	ck_assert_int_eq(faults.count, 0);
	models_check(&models, &documents, &faults);
	ck_assert_int_eq(faults.count, 3);
	ck_assert(seedtext_told(&faults, "2/NĐ", 2));
	ck_assert(seedtext_told(&faults, "không có số 1/NĐ", 3));
	ck_assert(seedtext_told(&faults, "mẫu a ở dòng 2", 3));
	codes_finish(&documents);
}
END_TEST

Suite *suite_models(void);
Suite *suite_models(void)
{
	Suite *s = suite_create("models");
	TCase *t = tcase_create("models");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, a_model_with_its_parts);
	tcase_add_test(t, faulty_ones_are_told);
	tcase_add_test(t, what_does_not_fit_is_a_warning);
	suite_add_tcase(s, t);
	return s;
}
