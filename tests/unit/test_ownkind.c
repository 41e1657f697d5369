/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/ownkind.h"

#include "proof/entry.h"

#include <check.h>
#include <string.h>

static bool own(const char *kind)
{
	return ownkind_has(kind, strlen(kind));
}

START_TEST(what_a_station_does_shows_that_it_ran)
{
	ck_assert(own(KIND_STARTED));
	ck_assert(own(KIND_ENDED));
	ck_assert(own(KIND_RELAY_LOST));
	ck_assert(own(KIND_RELAY_BACK));
	ck_assert(own(KIND_TEST_ENDED));
	ck_assert(own(KIND_CLOCK_CORRECTED));
}
END_TEST

START_TEST(what_a_command_or_the_log_itself_writes_does_not)
{
	ck_assert(!own(KIND_APPROVED));
	ck_assert(!own(KIND_TIMETABLE));
	ck_assert(!own(KIND_HELD));
	ck_assert(!own(KIND_NOTE));
	ck_assert(!own(KIND_KEY_ROTATED));
	ck_assert(!own(KIND_LOG_PADDED));
	ck_assert(!own(KIND_LOG_CONTINUED));
}
END_TEST

START_TEST(a_kind_is_the_whole_word)
{
	ck_assert(!own(""));
	ck_assert(!own("relay"));
	ck_assert(!own("relay.lost "));
	ck_assert(ownkind_has("relay.lost\",\"n\":1", strlen(KIND_RELAY_LOST)));
}
END_TEST

Suite *suite_ownkind(void);
Suite *suite_ownkind(void)
{
	Suite *s = suite_create("ownkind");
	TCase *t = tcase_create("kinds");

	tcase_add_test(t, what_a_station_does_shows_that_it_ran);
	tcase_add_test(t, what_a_command_or_the_log_itself_writes_does_not);
	tcase_add_test(t, a_kind_is_the_whole_word);
	suite_add_tcase(s, t);
	return s;
}
