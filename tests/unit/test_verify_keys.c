/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may sign the log that follows: everything else about these logs is right. */
#include "proof/entry.h"
#include "proof/notary.h"
#include "support/log_sample.h"
#include "support/notary_case.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct verdict v;
static char first_key[NOTE_KEY_BYTES];

static void append_many(int count)
{
	for (int i = 0; i < count; i++)
		case_append(log_sample_note("x", NULL, "user:1"));
}

static void begin(void)
{
	case_setup();
	verdict_init(&v);
	append_many(20);
	snprintf(first_key, sizeof(first_key), "%s", case_now().vkey);
}

static void end(void)
{
	verdict_finish(&v);
	case_teardown();
}

static void close_log(void)
{
	notary_close(case_notary);
	case_notary = NULL;
}

/* The log that has begun says how; why NULL: the true reason. */
static void introduce(const char *why)
{
	struct notary_state s = case_now();

	ck_assert(s.begun);
	struct entry_log_end end = {why != NULL ? why : s.why, s.base, s.base - 1,
				    s.previous_vkey, s.previous_size, s.previous_root,
				    s.kept_size, s.kept_root};
	case_append(entry_log_continued(&end));
	append_many(5);
}

/* Somebody without the station's key goes on. */
static void usurp(const char *why)
{
	if (case_notary != NULL)
		close_log();
	ck_assert(disk_remove(case_disk(), "key", &case_err));
	case_how.seed[0] = 99;
	case_begin();
	introduce(why);
}

/* Its last word names a key, which it has ready. */
static void announce(void)
{
	close_log();
	case_how.next_seed[0] = 3;
	case_begin();
	case_append(entry_key_rotated(case_now().vkey, case_now().next_vkey, "x", NULL));
	close_log();
	memset(case_how.next_seed, 0, sizeof(case_how.next_seed));
}

/* Nobody but the log itself remembers. */
static void forget(int log)
{
	char path[32];

	for (int i = 1; i <= log; i++) {
		snprintf(path, sizeof(path), "heads/%d", i);
		if (case_there(path))
			ck_assert(disk_remove(case_disk(), path, &case_err));
	}
}

/* The first difference's code, "" none; keys: what is known from elsewhere, up to NULL. */
static const char *code(const char *a, const char *b)
{
	struct note_verifier keys[2];
	struct verify_setup how = {.keys = keys, .threads = 1};
	struct verify all;

	if (a != NULL)
		ck_assert(note_verifier_parse(&keys[how.key_count++], a, &case_err));
	if (b != NULL)
		ck_assert(note_verifier_parse(&keys[how.key_count++], b, &case_err));
	verdict_finish(&v);
	verdict_init(&v);
	ck_assert_msg(verify_open(&all, case_disk(), &how, &v, &case_err), "%s", case_err.text);
	verify_logs(&all, &how, &v);
	verify_close(&all);
	const struct finding *f = verdict_first(&v);
	return f != NULL ? f->code : "";
}

START_TEST(a_key_that_nothing_before_names_is_a_difference)
{
	char second_key[NOTE_KEY_BYTES];

	usurp(NULL);
	snprintf(second_key, sizeof(second_key), "%s", case_now().vkey);
	close_log();
	ck_assert_str_eq(code(NULL, NULL), "key-unnamed");
	ck_assert_ptr_nonnull(strstr(verdict_first(&v)->text, second_key));
	ck_assert_int_eq(v.differ, 1);
	ck_assert_str_eq(code(first_key, NULL), "key-unnamed");
	ck_assert_str_eq(code(second_key, NULL), "");
	ck_assert_str_eq(code(first_key, second_key), "");
	forget(2);
	ck_assert_str_eq(code(NULL, NULL), "key-unnamed");
}
END_TEST

START_TEST(the_same_secret_may_go_on_under_the_next_name)
{
	ck_assert(heads_doubt(case_disk(), 1, 20, "witness", &case_err));
	case_again();
	introduce(NULL);
	close_log();
	ck_assert_str_eq(code(NULL, NULL), "");
	ck_assert_str_eq(code(first_key, NULL), "");
	ck_assert_int_eq(v.checks[CHECK_CHAIN].count, 1);
}
END_TEST

START_TEST(the_key_that_the_last_word_names_goes_on)
{
	announce();
	case_begin();
	introduce(NULL);
	close_log();
	ck_assert_str_eq(code(NULL, NULL), "");
	ck_assert_str_eq(code(first_key, NULL), "");
	forget(2);
	ck_assert_str_eq(code(NULL, NULL), "");
}
END_TEST

/* Not even the old key may go on: it may be why the key was rotated. */
START_TEST(no_other_than_the_named_key_goes_on)
{
	announce();
	ck_assert(disk_remove(case_disk(), "key.next", &case_err));
	usurp("rotated");
	close_log();
	ck_assert_str_eq(code(NULL, NULL), "key-unnamed");
}
END_TEST

START_TEST(a_rotation_must_have_been_announced)
{
	char second_key[NOTE_KEY_BYTES];

	usurp("rotated");
	snprintf(second_key, sizeof(second_key), "%s", case_now().vkey);
	close_log();
	ck_assert_str_eq(code(NULL, NULL), "key-unnamed");
	ck_assert_str_eq(code(second_key, NULL), "not-rotated");
}
END_TEST

/* Whoever can write into the folder can append a line; he cannot sign it. */
START_TEST(what_no_head_has_signed_names_nobody)
{
	struct buf head = {0};
	struct note_signer s;
	const uint8_t seed[NOTE_SEED_BYTES] = {99};
	char vkey[NOTE_KEY_BYTES];

	note_signer_make(&s, "vangxa/dai/2", NOTE_ED25519, seed);
	note_verifier_print(&s.verifier, vkey);
	verify_case_read(case_disk(), "log/checkpoint", &head);
	case_append(entry_key_rotated(first_key, vkey, "x", NULL));
	close_log();
	verify_case_put(case_disk(), "log/checkpoint", head.data, head.len);
	forget(1);
	usurp("rotated");
	close_log();
	forget(2);
	ck_assert_str_eq(code(NULL, NULL), "key-unnamed");
	buf_finish(&head);
}
END_TEST

START_TEST(the_log_whose_key_was_named_is_missed)
{
	announce();
	ck_assert_str_eq(code(NULL, NULL), "");
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "rotating");
	verify_case_put(case_disk(), "key.next", "nonsense\n", 9);
	ck_assert_str_eq(code(NULL, NULL), "log-missing");
	ck_assert(disk_remove(case_disk(), "key.next", &case_err));
	ck_assert_str_eq(code(NULL, NULL), "log-missing");
	ck_assert_str_eq(verdict_first(&v)->log, "log-2");
}
END_TEST

/* Otherwise it would take no more than a copy of the public key to pass for the station. */
START_TEST(a_folder_with_nothing_but_the_known_key_vouches_for_nothing)
{
	char other[NOTE_KEY_BYTES];
	struct note_signer s;
	const uint8_t seed[NOTE_SEED_BYTES] = {42};

	note_signer_make(&s, "vangxa/khac", NOTE_ED25519, seed);
	note_verifier_print(&s.verifier, other);
	close_log();
	ck_assert(disk_make_dir(case_disk(), "log-2/tile", &case_err));
	snprintf(other + strlen(other), 2, "\n");
	verify_case_put(case_disk(), "log-2/vkey", other, strlen(other));
	other[strlen(other) - 1] = '\0';
	code(other, NULL);
	bool missed = false;
	for (int i = 0; i < v.finding_count; i++)
		missed = missed || strcmp(v.findings[i].code, "other-key") == 0;
	ck_assert(missed);
}
END_TEST

Suite *suite_verify_keys(void);
Suite *suite_verify_keys(void)
{
	Suite *s = suite_create("verify_keys");
	TCase *t = tcase_create("verify_keys");

	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, a_key_that_nothing_before_names_is_a_difference);
	tcase_add_test(t, the_same_secret_may_go_on_under_the_next_name);
	tcase_add_test(t, the_key_that_the_last_word_names_goes_on);
	tcase_add_test(t, no_other_than_the_named_key_goes_on);
	tcase_add_test(t, a_rotation_must_have_been_announced);
	tcase_add_test(t, what_no_head_has_signed_names_nobody);
	tcase_add_test(t, the_log_whose_key_was_named_is_missed);
	tcase_add_test(t, a_folder_with_nothing_but_the_known_key_vouches_for_nothing);
	suite_add_tcase(s, t);
	return s;
}
