/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/foreseen.h"

#include <check.h>
#include <stdio.h>

static char effect[SHA256_HEX_BYTES];

static bool holds(const char *wanted, const char *id, const char *was, const char *line)
{
	json_t *old = was != NULL ? json_pack("{s:s}", "title", was) : NULL;
	struct foreseen f;
	struct err e = {0};

	foreseen_begin(&f, wanted);
	foreseen_add(&f, id, old, line);
	bool ok = foreseen_holds(&f, &e);
	ck_assert(ok || e.kind == ERR_CONFLICT);
	snprintf(effect, sizeof(effect), "%s", f.effect);
	json_decref(old);
	return ok;
}

START_TEST(the_same_rows_have_the_same_effect_and_others_not)
{
	char seen[SHA256_HEX_BYTES];

	ck_assert(holds("", "SP1", "a", "{}"));
	snprintf(seen, sizeof(seen), "%s", effect);
	ck_assert(holds(seen, "SP1", "a", "{}"));
	ck_assert(!holds(seen, "SP1", "b", "{}")); /* somebody changed it in between */
	ck_assert(!holds(seen, "SP2", "a", "{}"));
	ck_assert(!holds(seen, "", NULL, "{}"));
	ck_assert(!holds(seen, "SP1", "a", "{\"title\":\"c\"}"));
}
END_TEST

Suite *suite_foreseen(void);
Suite *suite_foreseen(void)
{
	Suite *s = suite_create("foreseen");
	TCase *t = tcase_create("foreseen");

	tcase_add_test(t, the_same_rows_have_the_same_effect_and_others_not);
	suite_add_tcase(s, t);
	return s;
}
