/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/arena.h"

#include <check.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

START_TEST(pieces_are_zeroed_aligned_and_apart)
{
	struct arena a = {0};
	static const unsigned char zeros[3000];
	static unsigned char filled[3000];
	unsigned char *last = NULL;
	size_t wrong = 0; /* the first length that is; Check writes a file for every assertion */

	memset(filled, 0xff, sizeof(filled));
	for (size_t i = 1; i < 3000 && wrong == 0; i++) {
		unsigned char *piece = arena_take(&a, i, 1);
		bool aligned = (uintptr_t)piece % alignof(max_align_t) == 0;
		bool zeroed = memcmp(piece, zeros, i) == 0;
		memset(piece, 0xff, i);
		bool apart = last == NULL || memcmp(last, filled, i - 1) == 0;
		if (!aligned || !zeroed || !apart)
			wrong = i;
		last = piece;
	}
	ck_assert_uint_eq(wrong, 0);
	arena_finish(&a);
	ck_assert_ptr_null(a.chunks);
}
END_TEST

START_TEST(gives_more_than_a_chunk)
{
	struct arena a = {0};
	char *big = arena_take(&a, 3, 1 << 20);

	memset(big, 1, 3 << 20);
	ck_assert_str_eq(arena_text(&a, "abcdef", 3), "abc");
	ck_assert_str_eq(arena_text(&a, "", 0), "");
	ck_assert_ptr_nonnull(arena_take(&a, 0, 8));
	arena_finish(&a);
	arena_finish(&a);
}
END_TEST

Suite *suite_arena(void);
Suite *suite_arena(void)
{
	Suite *s = suite_create("arena");
	TCase *t = tcase_create("all");

	tcase_add_test(t, pieces_are_zeroed_aligned_and_apart);
	tcase_add_test(t, gives_more_than_a_chunk);
	suite_add_tcase(s, t);
	return s;
}
