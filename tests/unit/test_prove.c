/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/prove.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/heads.h"
#include "proof/notary.h"
#include "proof/tlogproof.h"
#include "support/notary_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct chain *c;
static struct buf text;
static int64_t n;

static void setup(void)
{
	case_setup();
	c = NULL;
}

static void teardown(void)
{
	chain_close(c);
	buf_finish(&text);
	case_teardown();
}

static void open_it(void)
{
	chain_close(c);
	c = NULL;
	ck_assert_msg(chain_open(&c, case_disk(), 0, &case_err), "%s", case_err.text);
}

static void add(const char *entry)
{
	ck_assert_msg(notary_append(case_notary, entry, strlen(entry), &case_err), "%s",
		      case_err.text);
}

static bool prove(int64_t number)
{
	buf_reset(&text);
	return prove_entry(case_disk(), c, number, true, &text, &case_err);
}

/* What was handed out holds by the log's own key, and is this text. */
static void check(const char *log, const char *leaf)
{
	static struct tlogproof p;
	struct note_verifier key;
	struct checkpoint head;
	struct buf vkey = {0};
	char path[64];

	snprintf(path, sizeof(path), "%s/vkey", log);
	ck_assert(disk_read(case_disk(), path, 1000, &vkey, &case_err));
	vkey.data[vkey.len - 1] = '\0';
	ck_assert(note_verifier_parse(&key, vkey.data, &case_err));
	ck_assert_msg(tlogproof_parse(text.data, text.len, &p, &case_err) &&
		      tlogproof_check(&p, &key, &head, &case_err), "%s", case_err.text);
	ck_assert_uint_eq(p.leaf_len, strlen(leaf) + 1);
	ck_assert_mem_eq(p.leaf, leaf, strlen(leaf));
	buf_finish(&vkey);
}

START_TEST(every_entry_has_its_proof)
{
	static const int sizes[] = {1, 2, 255, 256, 257, 513};
	char leaf[64];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		case_add(sizes[i] - (int)case_now().size);
		open_it();
		for (int64_t k = 0; k < sizes[i]; k += k < 250 ? 31 : 1) {
			case_text(k, 0, leaf);
			ck_assert_msg(prove(k), "%d of %d: %s", (int)k, sizes[i], case_err.text);
			check("log", leaf);
		}
		ck_assert(!prove(sizes[i]) && case_err.kind == ERR_NOT_FOUND && text.len == 0);
	}
}
END_TEST

START_TEST(ids_mean_their_entries)
{
	static const struct {
		const char *name;
		int64_t n;
	} named[] = {{"B0", 0}, {"A1", 4}, {"M3", 3}, {"T5", 6}, {"2", 2}, {"7", 7}};
	static const char *const unknown[] = {"A0", "A2", "A4", "M1", "B1", "B99", "T1", "A99"};
	static const char *const wrong[] = {"", "x", "A", "A-1", "-1", "01", "A01", "1.5", "a1",
					    "A1 ", "99999999999999999999999"};

	add("{\"kind\":\"bulletin.received\"}");
	add("{\"kind\":\"airing.intended\"}");
	add("{\"airing\":\"A1\",\"kind\":\"note.added\"}");
	add("{\"kind\":\"airing.missed\"}");
	add("{\"airing\":\"A1\",\"kind\":\"airing.ended\"}");
	add("{\"kind\":\"test.intended\"}");
	add("{\"airing\":\"T5\",\"kind\":\"test.ended\"}");
	add("{\"kind\":\"airing.intended\"}");
	open_it();
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		ck_assert_msg(prove_find(c, named[i].name, &n, &case_err), "%s", case_err.text);
		ck_assert_int_eq(n, named[i].n);
	}
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		ck_assert_msg(!prove_find(c, unknown[i], &n, &case_err), "%s", unknown[i]);
		ck_assert_int_eq(case_err.kind, ERR_NOT_FOUND);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(!prove_find(c, wrong[i], &n, &case_err), "%s", wrong[i]);
		ck_assert_int_eq(case_err.kind, ERR_USAGE);
	}
	ck_assert(!prove_find(c, "A7", &n, &case_err) && case_err.kind == ERR_CONFLICT);
}
END_TEST

START_TEST(what_no_head_covers_is_said_to_be_so)
{
	case_add(3);
	open_it();
	ck_assert(disk_remove(case_disk(), "log/checkpoint", &case_err));
	ck_assert(!prove(1) && case_err.kind == ERR_CONFLICT && text.len == 0);
	case_again();
	struct buf old = {0};
	ck_assert(disk_read(case_disk(), "log/checkpoint", 1000, &old, &case_err));
	case_add(1);
	open_it();
	ck_assert(prove(3));
	case_overwrite("log/checkpoint", old.data, old.len);
	ck_assert(!prove(3) && case_err.kind == ERR_CONFLICT);
	ck_assert_msg(strstr(case_err.text, "3") != NULL, "%s", case_err.text);
	ck_assert(prove(2));
	buf_finish(&old);
}
END_TEST

/* A line by somebody whose key nobody here has. */
#define OUTSIDER "\xe2\x80\x94 witness.example/w1 AAAAAAAAAAAAAAAAAAAA\n"

START_TEST(a_head_that_outsiders_signed_is_taken_where_it_reaches)
{
	struct buf seen = {0};
	char leaf[64];

	case_add(3);
	ck_assert(disk_read(case_disk(), "log/checkpoint", 1000, &seen, &case_err));
	buf_text(&seen, OUTSIDER);
	case_overwrite("log/witnessed", seen.data, seen.len);
	case_add(300);
	open_it();
	for (int i = 0; i < 303; i += 101) {
		case_text(i, 0, leaf);
		ck_assert_msg(prove(i), "%s", case_err.text);
		check("log", leaf);
		ck_assert_msg((strstr(buf_str(&text), OUTSIDER) != NULL) == (i < 3), "%d", i);
	}
	seen.data[seen.len - sizeof(OUTSIDER) - 8] ^= 1; /* the station's own signature */
	case_overwrite("log/witnessed", seen.data, seen.len);
	ck_assert_msg(prove(0), "%s", case_err.text);
	ck_assert_ptr_eq(strstr(buf_str(&text), OUTSIDER), NULL);
	buf_finish(&seen);
}
END_TEST

START_TEST(what_does_not_hold_is_not_handed_out)
{
	struct buf b = {0};

	case_add(300);
	ck_assert(disk_read(case_disk(), "log/tile/0/000", 1 << 20, &b, &case_err));
	b.data[77] ^= 1;
	case_overwrite("log/tile/0/000", b.data, b.len);
	open_it();
	ck_assert(!prove(3) && case_err.kind == ERR_DIFFERS && text.len == 0);
	ck_assert(prove(299)); /* its path has the whole tile as one hash, of the level above */
	b.data[77] ^= 1;
	case_overwrite("log/tile/0/000", b.data, b.len);
	ck_assert(prove(3));
	buf_reset(&b);
	ck_assert(disk_read(case_disk(), "log/tile/entries/000", 1 << 20, &b, &case_err));
	b.data[5] = 'm'; /* {"n" of the first entry */
	case_overwrite("log/tile/entries/000", b.data, b.len);
	open_it();
	ck_assert(!prove(0) && case_err.kind == ERR_DIFFERS);
	ck_assert(disk_remove(case_disk(), "log/vkey", &case_err));
	ck_assert(!prove(5) && text.len == 0);
	buf_finish(&b);
}
END_TEST

START_TEST(entries_of_a_later_log_too)
{
	char first[200];

	case_add(5);
	case_notary = (notary_close(case_notary), NULL);
	/* As from an old copy of the disk: shorter than a head that is known. */
	struct disk_file *f;
	ck_assert(disk_open(case_disk(), "log/tile/entries/000.p/5", 0, &f, &case_err));
	ck_assert(disk_truncate(f, 30, &case_err));
	disk_close(f);
	case_boot("boot-2");
	case_begin();
	ck_assert_int_eq(case_now().log, 2);
	int base = (int)case_now().base;
	snprintf(first, sizeof(first), "{\"base\":%d,\"kind\":\"log.continued\"}", base);
	add(first);
	while (case_now().head == 0)
		add("{\"kind\":\"log.padded\"}");
	open_it();
	ck_assert_msg(prove(base), "%s", case_err.text);
	check("log-2", first);
	ck_assert(prove(base + 1) == (case_now().size > 1));
	ck_assert(!prove(base - 1) || base - 1 <= 1);
}
END_TEST

/* No head of its own will ever come: whoever asks need not try again for ever. */
START_TEST(what_the_next_log_vouches_for_says_so)
{
	case_add(5);
	case_how.held = true;
	case_again();
	case_add(3);
	ck_assert(heads_doubt(case_disk(), 1, 20, "witness-larger", &case_err));
	open_it();
	ck_assert(!prove(6));
	ck_assert_ptr_nonnull(strstr(case_err.text, "hãy thử lại sau"));
	case_how.held = false;
	case_again();
	struct notary_state s = case_now();
	struct entry_log_end end = {s.why, s.base, 7, s.previous_vkey, s.previous_size,
				    s.previous_root, s.kept_size, s.kept_root};
	case_append(entry_log_continued(&end));
	open_it();
	ck_assert(prove(4));
	ck_assert(!prove(6));
	ck_assert_ptr_nonnull(strstr(case_err.text, "Mục 20"));
}
END_TEST

Suite *suite_prove(void);
Suite *suite_prove(void)
{
	Suite *s = suite_create("prove");
	TCase *t = tcase_create("prove");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, every_entry_has_its_proof);
	tcase_add_test(t, what_the_next_log_vouches_for_says_so);
	tcase_add_test(t, ids_mean_their_entries);
	tcase_add_test(t, what_no_head_covers_is_said_to_be_so);
	tcase_add_test(t, a_head_that_outsiders_signed_is_taken_where_it_reaches);
	tcase_add_test(t, what_does_not_hold_is_not_handed_out);
	tcase_add_test(t, entries_of_a_later_log_too);
	suite_add_tcase(s, t);
	return s;
}
