/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tusset.h"

#include "base/limits.h"
#include "support/web_case.h"
#include "web/tuslife.h"
#include "web/web.h"

#include <check.h>
#include <microhttpd.h>
#include <stdio.h>

static struct web_case c;
static struct err e;
static unsigned status;

static bool may(const char *address, int64_t length)
{
	return tusset_may_begin(c.web->tus, address, length, &status, &e);
}

static struct tuslife *begun(const char *address)
{
	struct tuslife *u = tusset_create(c.web->tus, address, 3, handover_command(NULL), &e);

	ck_assert_ptr_nonnull(u);
	return u;
}

START_TEST(nobody_begins_too_fast_or_too_large_ones)
{
	web_case_start(&c);
	ck_assert(!may("a", AUDIO_FILE_BYTES_MAX + 1));
	ck_assert_uint_eq(status, MHD_HTTP_CONTENT_TOO_LARGE);
	for (int i = 0; i < TUS_ADDRESS_PER_MINUTE; i++)
		ck_assert(may("a", 1));
	ck_assert(!may("a", 1));
	ck_assert_uint_eq(status, MHD_HTTP_TOO_MANY_REQUESTS);
	ck_assert(may("b", 1));
	web_case_end(&c);
}
END_TEST

START_TEST(one_address_may_have_so_many_half_sent_and_no_more)
{
	web_case_start(&c);
	struct tuslife *last = NULL;
	for (int i = 0; i < TUS_ADDRESS_MAX; i++)
		last = begun("a");
	ck_assert(!may("a", 1));
	ck_assert_uint_eq(status, MHD_HTTP_TOO_MANY_REQUESTS);
	ck_assert(may("b", 1));
	tuslife_remove(last);
	ck_assert(may("a", 1));
	web_case_end(&c);
}
END_TEST

START_TEST(it_is_found_by_its_name_and_after_a_restart)
{
	char id[INCOMING_ID_BYTES];

	web_case_start(&c);
	snprintf(id, sizeof(id), "%s", begun("a")->file.id);
	ck_assert_ptr_nonnull(tusset_find(c.web->tus, id));
	ck_assert_ptr_null(tusset_find(c.web->tus, "x"));
	tusset_close(c.web->tus);
	c.web->tus = tusset_open(c.web);
	ck_assert_ptr_nonnull(tusset_find(c.web->tus, id));
	ck_assert_int_eq(tusset_senders(c.web->tus), 0);
	web_case_end(&c);
}
END_TEST

Suite *suite_tusset(void);
Suite *suite_tusset(void)
{
	Suite *s = suite_create("tusset");
	TCase *t = tcase_create("tusset");

	tcase_add_test(t, nobody_begins_too_fast_or_too_large_ones);
	tcase_add_test(t, one_address_may_have_so_many_half_sent_and_no_more);
	tcase_add_test(t, it_is_found_by_its_name_and_after_a_restart);
	suite_add_tcase(s, t);
	return s;
}
