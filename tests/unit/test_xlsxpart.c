/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxpart.h"

#include "base/buf.h"
#include "support/xlsxcase.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

#define PART "a.xml"

static struct xlsx x;
static struct buf seen;
static const char *stop_at;

static bool start(void *arg, const char *name, const struct xlsxattrs *attrs)
{
	char value[16];

	(void)arg;
	buf_print(&seen, "<%s %s>", name, xlsxpart_attr(attrs, "k", value, sizeof(value)));
	return stop_at == NULL || strcmp(name, stop_at) != 0 ||
	       xlsxpart_refuse(&x, SHEET_TOO_WIDE);
}

static bool end(void *arg, const char *name)
{
	(void)arg;
	buf_print(&seen, "</%s>", name);
	return true;
}

static bool text(void *arg, const char *data, size_t len)
{
	(void)arg;
	buf_add(&seen, data, len);
	return true;
}

static void setup(void)
{
	stop_at = NULL;
}

static void teardown(void)
{
	close(x.zip.fd);
	buf_finish(&seen);
}

static bool parse(const char *xml)
{
	static const struct xlsxpart_handler h = {start, end, text, NULL};

	xlsxpart_init(&x, xlsxcase_open((const struct xlsxcase_part[]){{PART, xml}, {NULL, NULL}}));
	return xlsxpart_parse(&x, PART, &h);
}

START_TEST(elements_attributes_and_texts_come_in_order)
{
	ck_assert(parse("<a " XLSXCASE_MAIN " k='R&amp;D'>x &lt; y<b/><![CDATA[<z>]]></a>"));
	ck_assert_str_eq(buf_str(&seen), "<a R&D>x < y<b ></b><z></a>");
}
END_TEST

START_TEST(other_namespaces_are_passed_over)
{
	ck_assert(parse("<s:a xmlns:s='http://purl.oclc.org/ooxml/spreadsheetml/main'>"
			"<e:a xmlns:e='urn:extension'/><none/></s:a>"));
	ck_assert_str_eq(buf_str(&seen), "<a ></a>");
}
END_TEST

START_TEST(a_long_attribute_is_cut)
{
	ck_assert(parse("<a " XLSXCASE_MAIN " k='0123456789abcdefgh'/>"));
	ck_assert_str_eq(buf_str(&seen), "<a 0123456789abcde></a>");
}
END_TEST

START_TEST(entities_cannot_be_declared)
{
	ck_assert(!parse("<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;&b;'>]>"
			 "<a " XLSXCASE_MAIN ">&c;</a>"));
	ck_assert_int_eq(x.verdict, SHEET_DTD);
	ck_assert_str_eq(buf_str(&seen), "");
}
END_TEST

START_TEST(what_is_no_xml_is_damaged)
{
	static const char *const bad[] = {"x", "<a " XLSXCASE_MAIN "><b></a>",
					  "<a " XLSXCASE_MAIN ">&c;</a>",
					  "<a " XLSXCASE_MAIN ">\xFF</a>",
					  "<a " XLSXCASE_MAIN "/><a/>"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ck_assert_msg(!parse(bad[i]), "%s", bad[i]);
		ck_assert_int_eq(x.verdict, SHEET_DAMAGED);
	}
}
END_TEST

START_TEST(a_part_that_is_not_there_is_told)
{
	ck_assert(parse("<a/>"));
	ck_assert(xlsxpart_has(&x, "A.XML") && !xlsxpart_has(&x, "b.xml"));
	ck_assert_int_eq(x.verdict, SHEET_WHOLE);
	ck_assert(!xlsxpart_parse(&x, "b.xml", &(struct xlsxpart_handler){start, end, text, NULL}));
	ck_assert_int_eq(x.verdict, SHEET_DAMAGED);
}
END_TEST

START_TEST(no_zip_file_is_damaged)
{
	ck_assert(parse("<a/>"));
	ck_assert_int_eq(ftruncate(x.zip.fd, 100), 0);
	ck_assert(!xlsxpart_has(&x, PART));
	ck_assert_int_eq(x.verdict, SHEET_DAMAGED);
}
END_TEST

START_TEST(no_more_is_unpacked_than_is_allowed)
{
	ck_assert(parse("<a " XLSXCASE_MAIN ">0123456789</a>"));
	x.left = 50;
	ck_assert(!xlsxpart_parse(&x, PART, &(struct xlsxpart_handler){start, end, text, NULL}));
	ck_assert_int_eq(x.verdict, SHEET_TOO_BIG);
}
END_TEST

START_TEST(who_refuses_is_asked_no_more)
{
	stop_at = "b";
	ck_assert(!parse("<a " XLSXCASE_MAIN "><b/><c/></a>"));
	ck_assert_int_eq(x.verdict, SHEET_TOO_WIDE);
	ck_assert_ptr_null(strstr(buf_str(&seen), "<c"));
}
END_TEST

Suite *suite_xlsxpart(void);
Suite *suite_xlsxpart(void)
{
	Suite *s = suite_create("xlsxpart");
	TCase *t = tcase_create("xlsxpart");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, elements_attributes_and_texts_come_in_order);
	tcase_add_test(t, other_namespaces_are_passed_over);
	tcase_add_test(t, a_long_attribute_is_cut);
	tcase_add_test(t, entities_cannot_be_declared);
	tcase_add_test(t, what_is_no_xml_is_damaged);
	tcase_add_test(t, a_part_that_is_not_there_is_told);
	tcase_add_test(t, no_zip_file_is_damaged);
	tcase_add_test(t, no_more_is_unpacked_than_is_allowed);
	tcase_add_test(t, who_refuses_is_asked_no_more);
	suite_add_tcase(s, t);
	return s;
}
