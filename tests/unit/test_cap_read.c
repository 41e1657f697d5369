/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker, behind its fence, against files that a stranger could send. Signed by xmlsec1. */
#include "plan/cap_read.h"

#include "base/json.h"
#include "base/limits.h"
#include "support/program.h"
#include "support/tmpdir.h"
#include "sys/errand.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SIGN "tests/support/cap_sign.sh"
#define HEAD "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">"
#define WHOLE                                                                                      \
	HEAD "<identifier>VN-1</identifier><info><event>Lu</event><area><polygon>1,2</polygon>"    \
	     "<polygon>3,4</polygon></area></info></alert>\n"

static char dir[64];
static struct buf pem;
static json_t *answer;

static void take(const char *name, struct buf *out)
{
	char path[128], part[4096];
	size_t n;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *f = fopen(path, "re");
	ck_assert_ptr_nonnull(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(out, part, n);
	fclose(f);
}

static void setup(void)
{
	tmpdir_make(dir);
	const char *const keys[] = {SIGN, "keys", dir, NULL};
	run_program(keys);
	take("pub.pem", &pem);
}

static void teardown(void)
{
	tmpdir_remove(dir);
	buf_finish(&pem);
	json_decref(answer);
	answer = NULL;
}

static void sign(const char *xml, struct buf *out)
{
	char path[128], key[128], signed_path[128];
	const char *const args[] = {SIGN, "sign", key, path, signed_path, NULL};

	snprintf(path, sizeof(path), "%s/in.xml", dir);
	snprintf(key, sizeof(key), "%s/key.pem", dir);
	snprintf(signed_path, sizeof(signed_path), "%s/out.xml", dir);
	FILE *f = fopen(path, "we");
	ck_assert_ptr_nonnull(f);
	fputs(xml, f);
	fclose(f);
	run_program(args);
	take("out.xml", out);
}

/* What the worker says to these bytes. */
static const char *said(const void *xml, size_t len)
{
	char sub[] = "worker", what[] = "cap";
	char *const args[] = {sub, what, NULL};
	struct buf parts = {0}, out = {0};
	atomic_bool stop = false;
	struct err e = {0};

	errand_pack(&parts, xml, len);
	errand_pack(&parts, "khoa-tinh", 9);
	errand_pack(&parts, pem.data, pem.len);
	ck_assert_msg(errand_run(args, &parts, CAP_ANSWER_BYTES_MAX, 60000, &stop, &out, &e), "%s",
		      e.text);
	json_decref(answer);
	answer = json_read(buf_str(&out), out.len, &e);
	buf_finish(&parts);
	buf_finish(&out);
	return json_get_text(answer, "error", "");
}

START_TEST(a_signed_message_is_read)
{
	struct buf xml = {0};

	sign(WHOLE, &xml);
	ck_assert_str_eq(said(xml.data, xml.len), "");
	ck_assert_str_eq(json_get_text(answer, "key", ""), "khoa-tinh");
	const json_t *alert = json_object_get(answer, "alert");
	ck_assert_str_eq(json_get_text(alert, "identifier", ""), "VN-1");
	const json_t *info = json_array_get(json_object_get(alert, "info"), 0);
	const json_t *area = json_array_get(json_object_get(info, "area"), 0);
	ck_assert_uint_eq(json_array_size(json_object_get(area, "polygon")), 2);
	buf_finish(&xml);
}
END_TEST

START_TEST(a_changed_letter_is_noticed)
{
	struct buf xml = {0};

	sign(WHOLE, &xml);
	memcpy(strstr(xml.data, "VN-1"), "VN-2", 4);
	ck_assert_str_eq(said(xml.data, xml.len), "wrong-signature");
	buf_reset(&pem);
	buf_text(&pem, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
	buf_reset(&xml);
	sign(WHOLE, &xml);
	ck_assert_str_eq(said(xml.data, xml.len), "wrong-signature");
	buf_finish(&xml);
}
END_TEST

/* The signed message is carried along inside another one. */
START_TEST(a_wrapped_message_is_refused)
{
	struct buf xml = {0}, evil = {0};

	sign(WHOLE, &xml);
	const char *alert = strstr(xml.data, "<alert");
	buf_print(&evil, HEAD "<identifier>EVIL</identifier><note>%s</note></alert>", alert);
	ck_assert_str_eq(said(evil.data, evil.len), "badly-signed");
	buf_reset(&evil);
	const char *from = strstr(xml.data, "<Signature"), *to = strstr(xml.data, "</Signature>");
	buf_print(&evil, HEAD "<identifier>EVIL</identifier>%.*s</Signature></alert>",
		  (int)(to - from), from);
	ck_assert_str_eq(said(evil.data, evil.len), "wrong-signature");
	char *uri = strstr(xml.data, "URI=\"\"");
	buf_reset(&evil);
	buf_print(&evil, "%.*sURI=\"#a\"%s", (int)(uri - xml.data), xml.data, uri + 6);
	ck_assert_str_eq(said(evil.data, evil.len), "badly-signed");
	buf_finish(&xml);
	buf_finish(&evil);
}
END_TEST

START_TEST(weak_algorithms_are_refused)
{
	struct buf xml = {0};

	sign(WHOLE, &xml);
	char *at = strstr(xml.data, "xmldsig-more#ecdsa-sha256");
	ck_assert_ptr_nonnull(at);
	memcpy(at, "xmldsig-more#hmac--sha256", 25);
	ck_assert_str_eq(said(xml.data, xml.len), "badly-signed");
	buf_finish(&xml);
}
END_TEST

START_TEST(what_is_no_such_file_is_said)
{
	static const char bomb[] = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]>"
				   "<a>&c;&c;</a>";
	static const char outside[] = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
	struct buf deep = {0};

	ck_assert_str_eq(said(WHOLE, strlen(WHOLE)), "unsigned");
	ck_assert_str_eq(said(bomb, sizeof(bomb) - 1), "dtd");
	ck_assert_str_eq(said(outside, sizeof(outside) - 1), "dtd");
	ck_assert_str_eq(said("", 0), "not-xml");
	ck_assert_str_eq(said("PK\3\4", 4), "not-xml");
	ck_assert_str_eq(said("<html/>", 7), "not-cap");
	ck_assert_str_eq(said("<a>&b;</a>", 10), "not-xml");
	for (int i = 0; i < 20000; i++)
		buf_text(&deep, "<a>");
	ck_assert_str_eq(said(deep.data, deep.len), "not-xml");
	buf_finish(&deep);
	/* UTF-16 is XML as well. */
	ck_assert_str_eq(said("\xff\xfe<\0a\0/\0>\0", 10), "not-cap");
}
END_TEST

Suite *suite_cap_read(void);
Suite *suite_cap_read(void)
{
	Suite *s = suite_create("cap_read");
	TCase *t = tcase_create("cap_read");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_signed_message_is_read);
	tcase_add_test(t, a_changed_letter_is_noticed);
	tcase_add_test(t, a_wrapped_message_is_refused);
	tcase_add_test(t, weak_algorithms_are_refused);
	tcase_add_test(t, what_is_no_such_file_is_said);
	suite_add_tcase(s, t);
	return s;
}
