/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/markup.h"

#include <check.h>

START_TEST(no_text_becomes_a_tag)
{
	struct buf page = {0};

	markup_element(&page, "p", "<script>alert(\"a\" + 'b')</script> & tin");
	ck_assert_str_eq(buf_str(&page), "<p>&lt;script&gt;alert(&quot;a&quot; + &#39;b&#39;)"
					 "&lt;/script&gt; &amp; tin</p>\n");
	buf_reset(&page);
	markup_text(&page, "");
	ck_assert_str_eq(buf_str(&page), "");
	buf_finish(&page);
}
END_TEST

Suite *suite_markup(void);
Suite *suite_markup(void)
{
	Suite *s = suite_create("markup");
	TCase *t = tcase_create("markup");

	tcase_add_test(t, no_text_becomes_a_tag);
	suite_add_tcase(s, t);
	return s;
}
