/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/approval.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static char id[ID_BYTES];

#define TWO "approval: {persons: 2}\n"

static void setup(void)
{
	deskcase_tin(&c, id);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static const struct bulletin *now(void)
{
	return world_bulletin(&c.desk.world, id);
}

static json_t *approving(const char *as, const char *document)
{
	c.as = as;
	return json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.approve", "bulletin", id, "sha256",
			 now()->sha256, "document", document);
}

static void becomes(json_t *request, enum bulletin_state state)
{
	json_t *answer = deskcase_told(&c, request);
	json_decref(answer);
	ck_assert_int_eq(now()->state, state);
}

START_TEST(one_person_is_enough_unless_said)
{
	becomes(approving("user:3", "12/QĐ"), BULLETIN_APPROVED);
	ck_assert_str_eq(now()->decided_by, "user:3");
	ck_assert_str_eq(now()->decided_why, "12/QĐ");
	deskcase_refused(&c, approving("user:6", ""), "conflict", "đã được duyệt");
}
END_TEST

/* user:3 sends, and user:6 may approve as well. */
START_TEST(ones_own_is_for_another_while_there_is_one)
{
	c.as = "user:3";
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Tin của mình"));
	deskcase_refused(&c, approving("user:3", ""), "refused", "do chính bạn gửi");
	deskcase_settings(&c, "approval: {own: true}\n");
	becomes(approving("user:3", ""), BULLETIN_APPROVED);
}
END_TEST

static bool says_own(const struct event_row *r, void *arg)
{
	(void)arg;
	ck_assert_msg(strstr(r->text, "\"own\":true") != NULL, "%s", r->text);
	return true;
}

START_TEST(who_is_alone_may_approve_ones_own)
{
	struct err e = {0};

	c.as = "user:5"; /* the admin */
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Tin của mình"));
	deskcase_refused(&c, approving("user:5", ""), "refused", "do chính bạn gửi");
	ck_assert(users_set_enabled(c.desk.users, 3, false, &e));
	ck_assert(users_set_enabled(c.desk.users, 6, false, &e));
	becomes(approving("user:5", ""), BULLETIN_APPROVED);
	ck_assert(reader_kind(ledger_view(c.desk.ledger), KIND_APPROVED, 1, says_own, NULL, &e));
}
END_TEST

START_TEST(two_persons_are_two_and_not_the_sender)
{
	deskcase_settings(&c, TWO);
	becomes(approving("user:3", "12/QĐ"), BULLETIN_ENDORSED);
	ck_assert_str_eq(now()->endorsed_by, "user:3");
	ck_assert(!bulletin_may_air(now(), (struct date){2026, 11, 23}));
	deskcase_refused(&c, approving("user:3", ""), "conflict", "người thứ hai");
	becomes(approving("user:6", ""), BULLETIN_APPROVED);
	ck_assert_str_eq(now()->endorsed_by, "user:3");
	ck_assert_str_eq(now()->decided_by, "user:6");
	ck_assert_str_eq(now()->decided_why, "12/QĐ"); /* the first one's stands for both */
	c.as = "user:3";
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Của tôi"));
	deskcase_refused(&c, approving("user:3", ""), "refused", "chính bạn gửi");
	becomes(approving("user:6", ""), BULLETIN_ENDORSED);
	deskcase_refused(&c, approving("user:3", ""), "refused", "chính bạn gửi");
	becomes(approving(NULL, ""), BULLETIN_APPROVED); /* the machine is a person too */
}
END_TEST

START_TEST(a_second_person_may_refuse_what_the_first_approved)
{
	deskcase_settings(&c, TWO);
	becomes(approving("user:3", ""), BULLETIN_ENDORSED);
	c.as = "user:6";
	becomes(json_pack("{s:s, s:s, s:s}", "do", "bulletin.refuse", "bulletin", id, "reason",
			  "sai số"), BULLETIN_REFUSED);
}
END_TEST

START_TEST(bytes_and_words_must_be_those_that_were_seen)
{
	char other[SHA256_HEX_BYTES];

	memset(other, 'a', sizeof(other) - 1);
	other[sizeof(other) - 1] = '\0';
	c.as = "user:3";
	json_t *rq = approving("user:3", "");
	json_object_set_new(rq, "sha256", json_string(other));
	deskcase_refused(&c, rq, "conflict", "không còn là âm thanh bạn đã nghe");
	rq = approving("user:3", "");
	json_object_del(rq, "sha256");
	deskcase_refused(&c, rq, "usage", "sha256");
	int64_t revision = now()->revision;
	c.as = "user:2";
	becomes(json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin", id, "title",
			  "Tin khác"), BULLETIN_RECEIVED);
	ck_assert_int_gt(now()->revision, revision);
	char text[24];
	snprintf(text, sizeof(text), "%lld", (long long)revision);
	rq = approving("user:3", "");
	json_object_set_new(rq, "revision", json_string(text));
	deskcase_refused(&c, rq, "conflict", "vừa được sửa");
	snprintf(text, sizeof(text), "%lld", (long long)now()->revision);
	rq = approving("user:3", "");
	json_object_set_new(rq, "revision", json_string(text));
	becomes(rq, BULLETIN_APPROVED);
}
END_TEST

START_TEST(a_changed_word_takes_the_first_approval_back)
{
	deskcase_settings(&c, TWO);
	becomes(approving("user:3", ""), BULLETIN_ENDORSED);
	c.as = "user:2";
	becomes(json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin", id, "fund",
			  "Ngân sách xã"), BULLETIN_RECEIVED);
	ck_assert_str_eq(now()->endorsed_by, "");
	becomes(approving("user:6", ""), BULLETIN_ENDORSED);
}
END_TEST

START_TEST(a_document_may_be_asked_for)
{
	deskcase_settings(&c, "approval: {document: true}\n");
	deskcase_refused(&c, approving("user:3", ""), "usage", "số văn bản");
	becomes(approving("user:3", "12/QĐ"), BULLETIN_APPROVED);
}
END_TEST

Suite *suite_approval(void);
Suite *suite_approval(void)
{
	Suite *s = suite_create("approval");
	TCase *t = tcase_create("approval");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, one_person_is_enough_unless_said);
	tcase_add_test(t, ones_own_is_for_another_while_there_is_one);
	tcase_add_test(t, who_is_alone_may_approve_ones_own);
	tcase_add_test(t, two_persons_are_two_and_not_the_sender);
	tcase_add_test(t, a_second_person_may_refuse_what_the_first_approved);
	tcase_add_test(t, bytes_and_words_must_be_those_that_were_seen);
	tcase_add_test(t, a_changed_word_takes_the_first_approval_back);
	tcase_add_test(t, a_document_may_be_asked_for);
	suite_add_tcase(s, t);
	return s;
}
