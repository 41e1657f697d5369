/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_cosigners.h"

#include "proof/notary.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

static struct deskcase c;
static struct verdict v;
static struct err e;
static struct note_signer witness;
static const uint8_t seed[NOTE_SEED_BYTES] = {7}, other_seed[NOTE_SEED_BYTES] = {8};

static void setup(void)
{
	deskcase_open(&c);
	deskcase_add(&c, "Tin");
	note_signer_make(&witness, "nhan.chung/mot", NOTE_COSIGNATURE, seed);
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	deskcase_close(&c);
}

/* The log's present head in LOG/witnessed, with the witness's line under it. */
static void cosign(const struct note_signer *s, const char *file)
{
	struct buf note = {0};
	struct note_opened o;

	ck_assert(disk_read(c.desk.disk, "log/checkpoint", NOTE_BYTES_MAX, &note, &e));
	ck_assert(note_open(buf_str(&note), note.len, NULL, 0, &o, &e));
	note_sign(s, buf_str(&note), o.text_len, 1700000000, &note);
	ck_assert(disk_put(c.desk.disk, file, note.data, note.len, &e));
	buf_finish(&note);
}

static void verify(const struct note_verifier *keys, int count)
{
	struct verify_setup how = {.threads = 1, .running = true, .keys = keys, .key_count = count};
	struct verify f;

	ck_assert_msg(verify_open(&f, c.desk.disk, &how, &v, &e), "%s", e.text);
	verify_logs(&f, &how, &v);
	verify_close(&f);
}

static const char *first_code(void)
{
	return verdict_first(&v) == NULL ? "" : verdict_first(&v)->code;
}

static const struct verdict_note *noted(const char *code)
{
	for (int i = 0; i < v.note_count; i++)
		if (strcmp(v.notes[i].code, code) == 0)
			return &v.notes[i];
	return NULL;
}

START_TEST(a_witness_who_signed_is_told)
{
	cosign(&witness, _i == 0 ? "log/witnessed" : "log/checkpoint");
	verify(&witness.verifier, 1);
	ck_assert_str_eq(first_code(), "");
	ck_assert_ptr_nonnull(noted("cosigned"));
	ck_assert_ptr_nonnull(strstr(noted("cosigned")->text, "2023-11-14T22:13:20Z"));
}
END_TEST

START_TEST(a_witness_who_signed_nothing)
{
	verify(&witness.verifier, 1);
	ck_assert_str_eq(first_code(), "cosignature-none");
}
END_TEST

START_TEST(a_line_in_the_name_of_a_witness_by_somebody_else)
{
	struct note_signer other;

	note_signer_make(&other, witness.verifier.name, NOTE_COSIGNATURE, other_seed);
	cosign(&other, "log/witnessed");
	verify(&witness.verifier, 1);
	ck_assert_str_eq(first_code(), "cosignature-none");
}
END_TEST

START_TEST(a_line_that_was_changed)
{
	struct buf b = {0};

	cosign(&witness, "log/witnessed");
	ck_assert(disk_read(c.desk.disk, "log/witnessed", NOTE_BYTES_MAX, &b, &e));
	b.data[b.len - 30] = b.data[b.len - 30] == 'A' ? 'B' : 'A';
	ck_assert(disk_put(c.desk.disk, "log/witnessed", b.data, b.len, &e));
	buf_finish(&b);
	verify(&witness.verifier, 1);
	ck_assert_str_eq(first_code(), "cosignature-wrong");
	ck_assert_str_eq(verdict_first(&v)->file, "log/witnessed");
}
END_TEST

/* The name of the log does not make a witness's key the log's. */
START_TEST(a_witness_of_the_name_of_the_log)
{
	char name[NOTE_NAME_BYTES];
	const char *vkey = ledger_state(c.desk.ledger)->vkey;

	memcpy(name, vkey, strcspn(vkey, "+"));
	name[strcspn(vkey, "+")] = '\0';
	note_signer_make(&witness, name, NOTE_COSIGNATURE, seed);
	cosign(&witness, "log/witnessed");
	verify(&witness.verifier, 1);
	ck_assert_str_eq(first_code(), "");
	ck_assert_ptr_nonnull(noted("cosigned"));
}
END_TEST

Suite *suite_verify_cosigners(void);
Suite *suite_verify_cosigners(void)
{
	Suite *s = suite_create("verify_cosigners");
	TCase *t = tcase_create("verify_cosigners");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_witness_who_signed_is_told, 0, 2);
	tcase_add_test(t, a_witness_who_signed_nothing);
	tcase_add_test(t, a_line_in_the_name_of_a_witness_by_somebody_else);
	tcase_add_test(t, a_line_that_was_changed);
	tcase_add_test(t, a_witness_of_the_name_of_the_log);
	suite_add_tcase(s, t);
	return s;
}
