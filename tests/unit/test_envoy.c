/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The child process as the station runs it. */
#include "proof/envoy.h"

#include "base/json.h"
#include "support/tmpdir.h"
#include "support/tsa.h"
#include "sys/errand.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const char data[] = "checkpoint";
static struct buf in, out;
static atomic_bool stop;
static struct err e;

/* Of an authority: its certificate and one of nobody's, a question, and its answer. */
static struct buf ca, other, query, reply;

static void teardown(void)
{
	struct buf *const all[] = {&in, &out, &ca, &other, &query, &reply};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		buf_finish(all[i]);
}

static bool run(const char *mode, const char *url)
{
	char sub[] = "witness", word[16], where[64], type[] = "text/plain";
	char *const args[] = {sub, word, url != NULL ? where : NULL, type, NULL};

	snprintf(word, sizeof(word), "%s", mode);
	snprintf(where, sizeof(where), "%s", url != NULL ? url : "");
	buf_reset(&out);
	return errand_run(args, &in, ENVOY_OUT_BYTES_MAX, 60000, &stop, &out, &e);
}

static void ask_authority(void)
{
	char dir[64];

	tmpdir_make(dir);
	tsa_make(dir, &ca, &other);
	buf_text(&in, data);
	ck_assert_msg(run("query", NULL), "%s", e.text);
	buf_add(&query, out.data, out.len);
	tsa_reply(dir, &query, &reply);
	buf_reset(&in);
	tmpdir_remove(dir);
}

START_TEST(a_token_is_asked_for_and_judged_inside_the_fences)
{
	ask_authority();
	errand_pack(&in, data, strlen(data));
	errand_pack(&in, query.data, query.len);
	errand_pack(&in, reply.data, reply.len);
	size_t before_ca = in.len;
	errand_pack(&in, ca.data, ca.len);
	ck_assert_msg(run("token", NULL), "%s", e.text);
	json_t *o = json_read(buf_str(&out), out.len, &e);
	ck_assert(json_get_bool(o, "trusted", false));
	ck_assert_int_gt(json_get_integer(o, "time_s", 0), 1700000000);
	json_decref(o);
	in.len = before_ca;
	errand_pack(&in, other.data, other.len);
	ck_assert(run("token", NULL));
	o = json_read(buf_str(&out), out.len, &e);
	ck_assert_str_eq(json_get_text(o, "kind", ""), "differs");
	json_decref(o);
}
END_TEST

static void ask_of_nonsense(int times)
{
	for (int i = 0; i < 4 * times; i++)
		errand_pack(&in, data, i % 4 == 3 ? 0 : strlen(data));
}

/* A line for each, in their order: a good one between two that are none. */
START_TEST(several_tokens_are_judged_one_by_one)
{
	char *line;

	ask_authority();
	ask_of_nonsense(1);
	errand_pack(&in, data, strlen(data));
	errand_pack(&in, query.data, query.len);
	errand_pack(&in, reply.data, reply.len);
	errand_pack(&in, "", 0);
	ask_of_nonsense(1);
	ck_assert_msg(run("token", NULL), "%s", e.text);
	line = out.data;
	for (int i = 0; i < 3; i++, line += strcspn(line, "\n") + 1) {
		json_t *o = json_read(line, strcspn(line, "\n"), &e);
		ck_assert_int_eq(json_get_integer(o, "time_s", 0) > 0, i == 1);
		json_decref(o);
	}
	ck_assert_ptr_eq(line, out.data + out.len);
}
END_TEST

START_TEST(there_is_an_end_to_what_one_is_asked)
{
	ask_of_nonsense(ENVOY_TOKENS_MAX);
	ck_assert_msg(run("token", NULL), "%s", e.text);
	ask_of_nonsense(1);
	ck_assert(!run("token", NULL));
}
END_TEST

START_TEST(no_network_is_an_answer_that_says_why)
{
	buf_text(&in, data);
	ck_assert_msg(run("post", "http://127.0.0.1:1/"), "%s", e.text); /* nobody listens there */
	ck_assert_str_eq(buf_str(&out), "0\nnet-connect");
}
END_TEST

START_TEST(what_is_not_whole_is_refused)
{
	ck_assert(!run("token", NULL));
	errand_pack(&in, data, strlen(data));
	ck_assert(!run("token", NULL));
	ck_assert(!run("other", NULL));
}
END_TEST

Suite *suite_envoy(void)
{
	Suite *s = suite_create("envoy");
	TCase *c = tcase_create("envoy");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, a_token_is_asked_for_and_judged_inside_the_fences);
	tcase_add_test(c, several_tokens_are_judged_one_by_one);
	tcase_add_test(c, there_is_an_end_to_what_one_is_asked);
	tcase_add_test(c, no_network_is_an_answer_that_says_why);
	tcase_add_test(c, what_is_not_whole_is_refused);
	suite_add_tcase(s, c);
	return s;
}
