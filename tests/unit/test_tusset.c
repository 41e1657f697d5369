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

static int64_t account; /* of whoever begins */

static struct tusowner who(const char *address)
{
	struct tusowner owner = {.account = account};

	snprintf(owner.address, sizeof(owner.address), "%s", address);
	return owner;
}

static bool may(const char *address, int64_t length)
{
	struct tusowner owner = who(address);

	return tusset_may_begin(c.web->tus, &owner, length, &status, &e);
}

static struct tuslife *begun(const char *address)
{
	struct tusowner owner = who(address);
	struct tuslife *u = tusset_create(c.web->tus, &owner, 3, handover_command(NULL), &e);

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

/* One person with many telephones, and many persons behind one router. */
START_TEST(one_account_may_have_so_many_wherever_it_comes_from)
{
	char address[16];

	web_case_start(&c);
	account = 7;
	for (int i = 0; i < TUS_ACCOUNT_MAX; i++) {
		snprintf(address, sizeof(address), "a%d", i);
		begun(address);
	}
	ck_assert(!may("b", 1));
	ck_assert_uint_eq(status, MHD_HTTP_TOO_MANY_REQUESTS);
	account = 8;
	ck_assert(may("a0", 1));
	for (int i = 1; i < TUS_ADDRESS_PER_MINUTE; i++) {
		snprintf(address, sizeof(address), "c%d", i);
		ck_assert(may(address, 1));
	}
	ck_assert(!may("d", 1));
	account = 9;
	ck_assert(may("d", 1));
	account = 0;
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
	tcase_add_test(t, one_account_may_have_so_many_wherever_it_comes_from);
	tcase_add_test(t, it_is_found_by_its_name_and_after_a_restart);
	suite_add_tcase(s, t);
	return s;
}
