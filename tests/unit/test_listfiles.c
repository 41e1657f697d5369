/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/listfiles.h"

#include "base/json.h"
#include "proof/entry_lists.h"
#include "proof/reader.h"
#include "station/versions.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct deskcase c;
static struct err e;

static void setup(void)
{
	char path[80];

	deskcase_open(&c);
	snprintf(path, sizeof(path), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(path, 0755), 0);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static bool count_one(const struct event_row *r, void *arg)
{
	(void)r;
	(*(int *)arg)++;
	return true;
}

static int entries(void)
{
	int count = 0;

	ck_assert(reader_kind(ledger_view(c.desk.ledger), KIND_LISTS, 100, count_one, &count, &e));
	return count;
}

static json_t *last(void)
{
	json_t *entry = NULL;

	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_LISTS, &entry, &e));
	ck_assert_ptr_nonnull(entry);
	return entry;
}

START_TEST(a_station_without_lists_has_no_entry)
{
	ck_assert(listfiles_note(&c.desk, "", &e));
	ck_assert_int_eq(entries(), 0);
}
END_TEST

START_TEST(every_change_is_one_entry_and_its_text_is_kept)
{
	struct buf text = {0};

	deskcase_write(&c, "seeds/tieng.yaml", "tieng: [{ma: vi, ten: Việt}]\n");
	ck_assert(listfiles_note(&c.desk, "", &e));
	ck_assert(listfiles_note(&c.desk, "", &e));
	ck_assert_int_eq(entries(), 1);
	deskcase_write(&c, "seeds/tieng.yaml", "tieng: []\n");
	deskcase_write(&c, "seeds/loai.yaml", "loai: []\n");
	ck_assert(listfiles_note(&c.desk, "user:5", &e));
	ck_assert_int_eq(entries(), 2);
	json_t *entry = last();
	const json_t *files = json_object_get(entry, "files");
	ck_assert_str_eq(json_get_text(entry, "who", ""), "user:5");
	ck_assert_uint_eq(json_array_size(files), 2);
	const char *sha256 = json_get_text(json_array_get(files, 1), "sha256", "");
	ck_assert_str_eq(json_get_text(json_array_get(files, 1), "file", ""), "seeds/tieng.yaml");
	ck_assert(versions_read(c.desk.disk, sha256, &text, &e));
	ck_assert_str_eq(buf_str(&text), "tieng: []\n");
	buf_finish(&text);
	json_decref(entry);
}
END_TEST

/* A file that is gone is a change, too. */
START_TEST(changed_by_hand_is_noticed)
{
	uint64_t stamp = listfiles_stamp(c.dir);
	char path[96];

	listfiles_poll(&c.desk, &stamp);
	ck_assert_int_eq(entries(), 0);
	deskcase_write(&c, "seeds/tieng.yaml", "tieng: []\n");
	listfiles_poll(&c.desk, &stamp);
	ck_assert_int_eq(entries(), 1);
	listfiles_poll(&c.desk, &stamp);
	ck_assert_int_eq(entries(), 1);
	snprintf(path, sizeof(path), "%s/seeds/tieng.yaml", c.dir);
	ck_assert_int_eq(unlink(path), 0);
	listfiles_poll(&c.desk, &stamp);
	ck_assert_int_eq(entries(), 2);
	json_t *entry = last();
	ck_assert_uint_eq(json_array_size(json_object_get(entry, "files")), 0);
	json_decref(entry);
}
END_TEST

Suite *suite_listfiles(void);
Suite *suite_listfiles(void)
{
	Suite *s = suite_create("listfiles");
	TCase *t = tcase_create("listfiles");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_station_without_lists_has_no_entry);
	tcase_add_test(t, every_change_is_one_entry_and_its_text_is_kept);
	tcase_add_test(t, changed_by_hand_is_noticed);
	suite_add_tcase(s, t);
	return s;
}
