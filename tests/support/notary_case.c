/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/notary_case.h"

#include "base/json.h"
#include "proof/journal.h"
#include "proof/tree.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct disk_sim *case_sim;
struct notary *case_notary;
struct err case_err;
struct notary_setup case_how;

struct disk *case_disk(void)
{
	return disk_sim_disk(case_sim);
}

void case_boot(const char *boot)
{
	case_how = (struct notary_setup){.name = "vangxa/dai", .seed = {7}};
	snprintf(case_how.boot, sizeof(case_how.boot), "%s", boot);
}

void case_begin(void)
{
	ck_assert_msg(notary_open(&case_notary, case_disk(), &case_how, &case_err), "%s",
		      case_err.text);
}

void case_setup(void)
{
	case_sim = disk_sim_create();
	case_boot("boot-1");
	case_begin();
}

void case_teardown(void)
{
	notary_close(case_notary);
	disk_sim_destroy(case_sim);
	case_notary = NULL;
}

struct notary_state case_now(void)
{
	struct notary_state s;

	notary_state(case_notary, &s);
	return s;
}

int case_text(int64_t i, int salt, char out[static 64])
{
	return snprintf(out, 64, "{\"n\":%d,\"salt\":%d}", (int)i, salt);
}

bool case_try(int salt)
{
	char text[64];
	int len = case_text(case_now().size, salt, text);

	return notary_append(case_notary, text, (size_t)len, &case_err);
}

void case_append(json_t *o)
{
	struct notary_state now = case_now();

	json_object_set_new(o, "at", json_string("2026-11-23T05:30:00.000+07:00"));
	json_object_set_new(o, "n", json_integer(now.base + now.size));
	char *text = json_dumps(o, JSON_LINE);
	ck_assert_msg(notary_append(case_notary, text, strlen(text), &case_err), "%s",
		      case_err.text);
	free(text);
	json_decref(o);
}

void case_add(int count)
{
	for (int i = 0; i < count; i++)
		ck_assert_msg(case_try(0), "%s", case_err.text);
}

void case_again(void)
{
	notary_close(case_notary);
	case_notary = NULL;
	case_begin();
}

bool case_head(struct disk *d, const char *log, struct checkpoint *c)
{
	char path[64];
	struct note_verifier v;
	struct buf b = {0}, k = {0};

	snprintf(path, sizeof(path), "%s/vkey", log);
	ck_assert_msg(disk_read(d, path, 1000, &k, &case_err), "%s", case_err.text);
	k.data[k.len - 1] = '\0';
	ck_assert_msg(note_verifier_parse(&v, k.data, &case_err), "%s", case_err.text);
	snprintf(path, sizeof(path), "%s/checkpoint", log);
	bool ok = disk_read(d, path, NOTE_BYTES_MAX, &b, &case_err) &&
		  checkpoint_open(b.data, b.len, &v, 1, c, NULL, &case_err);
	buf_finish(&b);
	buf_finish(&k);
	return ok;
}

void case_check(const char *log, int64_t size)
{
	struct checkpoint c;
	struct journal *j;
	struct tree t;
	struct hash root;

	ck_assert_msg(case_head(case_disk(), log, &c), "%s", case_err.text);
	ck_assert_int_eq(c.size, size);
	ck_assert_msg(journal_peek(&j, case_disk(), log, &case_err), "%s", case_err.text);
	ck_assert_int_ge(journal_count(j), size);
	tree_init(&t, case_disk(), log, journal_count(j));
	ck_assert_msg(tree_root(&t, size, &root, &case_err), "%s", case_err.text);
	ck_assert(hash_equal(&root, &c.root));
	journal_close(j);
}

bool case_there(const char *path)
{
	struct buf b = {0};
	bool ok = disk_read(case_disk(), path, 1 << 20, &b, &case_err);

	buf_finish(&b);
	return ok;
}

void case_overwrite(const char *path, const void *data, size_t len)
{
	struct disk_file *f;

	ck_assert_msg(disk_open(case_disk(), path, DISK_CREATE | DISK_FRESH, &f, &case_err), "%s",
		      case_err.text);
	ck_assert(disk_write(f, data, len, &case_err) && disk_sync(f, &case_err));
	disk_close(f);
}
