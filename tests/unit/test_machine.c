/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the machine lacks is told by name; what this machine has, a test cannot know. */
#include "station/machine.h"

#include "people/users.h"
#include "proof/note.h"
#include "support/plan_case.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct plan_case *c;
static struct faults faults;
static char dir[64];

static void setup(void)
{
	c = case_create("");
	for (int z = 0; z < 2; z++)
		snprintf(c->settings.zones[z].device, sizeof(c->settings.zones[z].device), "none");
	tmpdir_make(dir);
}

static void teardown(void)
{
	faults_finish(&faults);
	faults = (struct faults){0};
	tmpdir_remove(dir);
	case_destroy(c);
}

START_TEST(zones_without_a_device_need_none)
{
	machine_check(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 0);
	ck_assert_ptr_null(case_fault(&faults, 0, "trung-tam"));
	ck_assert_ptr_null(case_fault(&faults, 0, "thon-2"));
}
END_TEST

START_TEST(a_device_that_is_not_there_is_named_with_its_zone)
{
	snprintf(c->settings.zones[1].device, sizeof(c->settings.zones[1].device),
		 "Không có loa này");
	machine_check(dir, &c->settings, &faults);
	const struct fault *f = case_fault(&faults, 0, "thon-2");
	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(strstr(fault_text(f), "Không có loa này"));
	ck_assert_str_eq(f->file, "station.yaml");
	ck_assert_int_eq(f->grade, FAULT_WARNING); /* it may be plugged in later */
	ck_assert_ptr_null(case_fault(&faults, 0, "trung-tam"));
}
END_TEST

static void add_account(const char *name, enum role role, bool enabled)
{
	struct users *u = users_create(dir);
	struct user user = {.role = role, .hash = "h"};
	struct err e = {0};

	snprintf(user.name, sizeof(user.name), "%s", name);
	ck_assert_msg(users_add(u, &user, (struct wall){NS_PER_S}, &e), "%s", e.text);
	ck_assert(enabled || users_set_enabled(u, user.id, false, &e));
	users_destroy(u);
}

static int approvers_told(void)
{
	faults_finish(&faults);
	faults = (struct faults){0};
	machine_check_approvers(dir, &c->settings, &faults);
	return faults.count;
}

START_TEST(two_persons_must_approve_and_there_are_not_two)
{
	ck_assert_int_eq(approvers_told(), 0); /* one person is enough */
	c->settings.approval_persons = 2;
	ck_assert_int_eq(approvers_told(), 1);
	ck_assert_ptr_nonnull(strstr(fault_text(&faults.list[0]), "mới có 0 tài khoản"));
	add_account("boss", ROLE_ADMIN, true);
	add_account("lan", ROLE_OPERATOR, true);
	add_account("minh", ROLE_APPROVER, false);
	ck_assert_int_eq(approvers_told(), 1);
	ck_assert_ptr_nonnull(strstr(fault_text(&faults.list[0]), "mới có 1 tài khoản"));
	ck_assert_int_eq(faults.list[0].grade, FAULT_WARNING);
	add_account("hoa", ROLE_APPROVER, true);
	ck_assert_int_eq(approvers_told(), 0);
}
END_TEST

START_TEST(two_zones_on_one_wire_are_an_error)
{
	machine_check(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 0); /* "none" is no wire */
	for (int z = 0; z < 2; z++) {
		snprintf(c->settings.zones[z].device, sizeof(c->settings.zones[z].device), "Loa");
		c->settings.zones[z].channel = 1;
	}
	machine_check(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 1);
	const struct fault *f = case_fault(&faults, 0, "thon-2");
	ck_assert_ptr_nonnull(strstr(fault_text(f), "trung-tam"));
	c->settings.zones[1].channel = 2;
	faults_finish(&faults);
	faults = (struct faults){0};
	machine_check(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 0);
}
END_TEST

START_TEST(codes_that_no_bulletin_can_bear_are_told)
{
	static const char list[] = "tieng:\n  - {ma: vi, ten: Kinh}\n";
	char path[96];

	snprintf(path, sizeof(path), "%s/seeds", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/seeds/tieng.yaml", dir);
	file_save(path, list, strlen(list));
	ck_assert(case_slots(c, "  - {name: Sáng, start: \"05:30\", length: 10m,\n"
				"     play: {bulletins: {language: [vi, xx]}},\n"
				"     fallback: {bulletins: {language: [yy]}}}\n"));
	machine_check_codes(dir, &c->schedule, &faults);
	ck_assert_int_eq(faults.count, 2);
	ck_assert_ptr_nonnull(case_fault(&faults, 0, "xx"));
	ck_assert_ptr_nonnull(case_fault(&faults, 0, "yy"));
	ck_assert_ptr_nonnull(strstr(fault_text(&faults.list[0]), "Sáng"));
}
END_TEST

START_TEST(faulty_lists_are_told_with_file_and_line)
{
	static const char list[] = "chuong_trinh:\n  - {ma: A, ten: Một, can_cu: [9/QĐ]}\n";
	static const char documents[] = "van_ban:\n  - {so: 1/QĐ, ve: một}\n  - {ve: hai}\n";
	char path[96];

	machine_check_seeds(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.count, 0); /* a station needs no lists */
	snprintf(path, sizeof(path), "%s/seeds", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/seeds/chuong-trinh.yaml", dir);
	file_save(path, list, strlen(list));
	snprintf(path, sizeof(path), "%s/seeds/van-ban.yaml", dir);
	file_save(path, documents, strlen(documents));
	machine_check_seeds(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.count, 2);
	ck_assert_str_eq(faults.list[0].file, "seeds/van-ban.yaml");
	ck_assert_int_eq(faults.list[0].line, 3);
	ck_assert_str_eq(faults.list[1].file, "seeds/chuong-trinh.yaml");
	ck_assert_int_eq(faults.list[1].line, 2);
	ck_assert_int_eq(faults.list[1].grade, FAULT_WARNING);
}
END_TEST

START_TEST(places_of_the_settings_stand_in_the_list)
{
	static const char list[] = "dia_ban:\n  - {ma: xa, ten: Xã, cap: xa, to: 2025-06-30}\n";
	char path[96];

	snprintf(path, sizeof(path), "%s/seeds", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/seeds/dia-ban.yaml", dir);
	file_save(path, list, strlen(list));
	memcpy(c->settings.place, "xa", 3);
	memcpy(c->settings.zones[0].place, "thon", 5);
	machine_check_seeds(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.count, 1);
	ck_assert_ptr_nonnull(case_fault(&faults, 0, "place: thon"));
	ck_assert_int_eq(faults.list[0].grade, FAULT_WARNING);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_an_error)
{
	char path[80];

	snprintf(path, sizeof(path), "%s/khong", dir);
	machine_check(path, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 1);
	ck_assert_str_eq(faults.list[0].file, path);
}
END_TEST

static void bulletin(struct bulletin *b, const char *id, enum bulletin_state state, char hash)
{
	*b = (struct bulletin){.state = state};
	snprintf(b->id, sizeof(b->id), "%s", id);
	memset(b->sha256, hash, sizeof(b->sha256) - 1);
}

/* B3 waits, B4 is out of date: neither is to air. */
START_TEST(an_approved_bulletin_without_its_master_is_named_once)
{
	struct wall now = {INT64_C(1795384800) * NS_PER_S}; /* 2026-11-23 */
	struct bulletin list[4];
	struct world_files files = {.settings = c->settings};
	struct world w = {.files = &files, .bulletins = list, .bulletin_count = 4};

	bulletin(&list[0], "B1", BULLETIN_APPROVED, '1');
	bulletin(&list[1], "B2", BULLETIN_WITHDRAWN, '2');
	bulletin(&list[2], "B3", BULLETIN_RECEIVED, '3');
	bulletin(&list[3], "B4", BULLETIN_APPROVED, '4');
	list[3].has_to = true;
	list[3].to = (struct date){2026, 11, 22};
	machine_check_masters(dir, &w, now, &faults);
	ck_assert_int_eq(faults.count, 1);
	ck_assert_ptr_nonnull(strstr(fault_text(&faults.list[0]), "B1"));
	ck_assert_ptr_nonnull(strstr(faults.list[0].file, "masters/111"));
}
END_TEST

/* As its keeper publishes it; kind: what the byte before the key says. */
static void add_witness(const char *name, const char *url, enum note_type type)
{
	static const uint8_t seed[NOTE_SEED_BYTES] = {3};
	struct witness_place *w = &c->settings.witnesses[c->settings.witness_count++];
	struct note_signer s;
	char key[NOTE_KEY_BYTES];

	*w = (struct witness_place){.line = 10 + c->settings.witness_count};
	snprintf(w->name, sizeof(w->name), "%s", name);
	snprintf(w->url, sizeof(w->url), "%s", url);
	note_signer_make(&s, "w.example/a", type, seed);
	note_verifier_print(&s.verifier, key);
	snprintf(w->key, sizeof(w->key), "%s", key);
}

START_TEST(a_witness_whose_key_is_none_is_an_error_at_its_line)
{
	add_witness("tot", "https://w.example/", NOTE_COSIGNATURE);
	add_witness("cua-so", "https://w.example/", NOTE_ED25519); /* a log's key, no witness's */
	add_witness("do-dang", "https://w.example/", NOTE_COSIGNATURE);
	c->settings.witnesses[2].key[strlen(c->settings.witnesses[2].key) - 6] = '\0';
	machine_check(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 2);
	ck_assert_ptr_null(case_fault(&faults, 0, "tot"));
	ck_assert_ptr_nonnull(case_fault(&faults, 12, "cua-so"));
	ck_assert_ptr_nonnull(case_fault(&faults, 13, "do-dang"));
	ck_assert_str_eq(case_fault(&faults, 13, "do-dang")->file, c->settings.file);
}
END_TEST

/* Whoever holds the cable could end the log; on this machine nobody does. */
START_TEST(a_witness_over_plain_http_is_a_warning_but_on_this_machine)
{
	add_witness("xa", "http://w.example/", NOTE_COSIGNATURE);
	add_witness("gan", "http://127.0.0.1:9/", NOTE_COSIGNATURE);
	add_witness("kin", "https://w.example/", NOTE_COSIGNATURE);
	machine_check(dir, &c->settings, &faults);
	ck_assert_int_eq(faults.errors, 0);
	const struct fault *f = case_fault(&faults, 11, "nhân chứng xa");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(f->grade, FAULT_WARNING);
	ck_assert_ptr_null(case_fault(&faults, 0, "nhân chứng gan"));
	ck_assert_ptr_null(case_fault(&faults, 0, "nhân chứng kin"));
}
END_TEST

static const struct fault *tsa_told(const char *tsa, const char *ca)
{
	faults_finish(&faults);
	faults = (struct faults){0};
	snprintf(c->settings.tsa, sizeof(c->settings.tsa), "%s", tsa);
	snprintf(c->settings.tsa_ca, sizeof(c->settings.tsa_ca), "%s", ca);
	c->settings.tsa_ca_line = ca[0] != '\0' ? 7 : 0;
	machine_check(dir, &c->settings, &faults);
	return case_fault(&faults, 0, "tsa");
}

START_TEST(a_time_stamp_nobody_can_check_is_told)
{
	char path[96];

	ck_assert_ptr_null(tsa_told("", ""));
	const struct fault *f = tsa_told("https://tsa.example/", "");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(f->grade, FAULT_WARNING);
	f = tsa_told("https://tsa.example/", "tsa.pem");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(f->grade, FAULT_ERROR);
	ck_assert_int_eq(f->line, 7);
	ck_assert_ptr_nonnull(strstr(fault_text(f), "tsa.pem"));
	snprintf(path, sizeof(path), "%s/tsa.pem", dir);
	file_save(path, "x", 1);
	ck_assert_ptr_null(tsa_told("https://tsa.example/", "tsa.pem"));
	ck_assert_ptr_null(tsa_told("https://tsa.example/", path)); /* absolute */
}
END_TEST

Suite *suite_machine(void)
{
	Suite *s = suite_create("machine");
	TCase *t = tcase_create("machine");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, zones_without_a_device_need_none);
	tcase_add_test(t, a_device_that_is_not_there_is_named_with_its_zone);
	tcase_add_test(t, two_persons_must_approve_and_there_are_not_two);
	tcase_add_test(t, two_zones_on_one_wire_are_an_error);
	tcase_add_test(t, codes_that_no_bulletin_can_bear_are_told);
	tcase_add_test(t, faulty_lists_are_told_with_file_and_line);
	tcase_add_test(t, places_of_the_settings_stand_in_the_list);
	tcase_add_test(t, a_folder_that_cannot_be_written_is_an_error);
	tcase_add_test(t, an_approved_bulletin_without_its_master_is_named_once);
	tcase_add_test(t, a_witness_whose_key_is_none_is_an_error_at_its_line);
	tcase_add_test(t, a_witness_over_plain_http_is_a_warning_but_on_this_machine);
	tcase_add_test(t, a_time_stamp_nobody_can_check_is_told);
	suite_add_tcase(s, t);
	return s;
}
