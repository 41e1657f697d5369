/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tile.h"

#include <check.h>
#include <string.h>

START_TEST(paths_are_those_of_tlog_tiles)
{
	char path[TILE_PATH_BYTES];

	tile_path("log", TILE_ENTRIES, 0, TILE_WIDTH, path);
	ck_assert_str_eq(path, "log/tile/entries/000");
	tile_path("log", TILE_ENTRIES, 999, 5, path);
	ck_assert_str_eq(path, "log/tile/entries/999.p/5");
	tile_path("log", TILE_ENTRIES, 1000, TILE_WIDTH, path);
	ck_assert_str_eq(path, "log/tile/entries/x001/000");
	tile_path("log", TILE_ENTRIES, 1234067, 255, path); /* the specification's own example */
	ck_assert_str_eq(path, "log/tile/entries/x001/x234/067.p/255");
	tile_path("log", TILE_ENTRIES, TILES_MAX - 1, 1, path);
	ck_assert_str_eq(path, "log/tile/entries/x999/x999/999.p/1");
	tile_parent("log", TILE_ENTRIES, 1234067, path);
	ck_assert_str_eq(path, "log/tile/entries/x001/x234");
	tile_partial_dir("log", TILE_ENTRIES, 7, path);
	ck_assert_str_eq(path, "log/tile/entries/007.p");
	tile_path("log-2", 0, 273, 112, path);
	ck_assert_str_eq(path, "log-2/tile/0/273.p/112");
	tile_path("log", 2, 0, 1, path);
	ck_assert_str_eq(path, "log/tile/2/000.p/1");
}
END_TEST

START_TEST(names_are_three_digits)
{
	ck_assert_int_eq(tile_digits("067"), 67);
	ck_assert_int_eq(tile_digits("x234"), 234);
	static const char *const wrong[] = {"", "x", "67", "0067", "06a", "x06", "067.p", "-01",
					    "xx01"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(tile_digits(wrong[i]) == -1, "%s", wrong[i]);
}
END_TEST

START_TEST(logs_are_numbered)
{
	static const char *const wrong[] = {"",	    "lo",     "log-",	"log-0", "log-1", "log-02",
					    "log-2x", "log--2", "log-2/", "logs",  "log 2"};
	char dir[LOG_DIR_BYTES];

	for (int k = 1; k < 12; k++) {
		log_dir(k, dir);
		ck_assert_int_eq(log_dir_number(dir), k);
	}
	ck_assert_int_eq(log_dir_number("log"), 1);
	ck_assert_int_eq(log_dir_number("log-2"), 2);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(log_dir_number(wrong[i]) == 0, "%s", wrong[i]);
}
END_TEST

START_TEST(a_path_is_read_back_and_nothing_else)
{
	static const char *const wrong[] = {
		"", "log", "log/", "log/tile", "log/tile/", "log/tile/0", "log/tile/0/",
		"log/tile/0/67", "log/tile/00/067", "log/tile/64/067", "log/tile/-1/067",
		"log/tile/0/067/", "log/tile/0/0670", "log/tile/0/x067", "log/tile/0/x000/067",
		"log/tile/0/x001/x000", "log/tile/0/x001/x001/x001/001", "log/tile/0/067.p",
		"log/tile/0/067.p/", "log/tile/0/067.p/0", "log/tile/0/067.p/256",
		"log/tile/0/067.p/1024", "log/tile/0/067.p/07", "log/tile/0/067.p/7/",
		"log/tile/0/067.p/-7", "log/tile/entries", "log/tile/entriesx/067",
		"log/tile/data/067", "log-1/tile/0/067", "other/tile/0/067", "/log/tile/0/067",
		"log//tile/0/067", "log/tile/../key", "log/tile/0/../../../key",
		"log/tile/0/067.p/2147483648"};
	struct tile_name t;
	char path[TILE_PATH_BYTES];

	for (int level = TILE_ENTRIES; level < 64; level += 3)
		for (int64_t n = 0; n < TILES_MAX; n = n * 7 + 999)
			for (int width = 1; width <= TILE_WIDTH; width += 51) {
				tile_path("log-12", level, n, width, path);
				ck_assert_msg(tile_parse(path, &t), "%s", path);
				ck_assert(t.level == level && t.n == n && t.width == width);
				ck_assert_str_eq(t.log, "log-12");
			}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!tile_parse(wrong[i], &t), "%s", wrong[i]);
}
END_TEST

Suite *suite_tile(void);
Suite *suite_tile(void)
{
	Suite *s = suite_create("tile");
	TCase *t = tcase_create("tile");

	tcase_add_test(t, paths_are_those_of_tlog_tiles);
	tcase_add_test(t, names_are_three_digits);
	tcase_add_test(t, logs_are_numbered);
	tcase_add_test(t, a_path_is_read_back_and_nothing_else);
	suite_add_tcase(s, t);
	return s;
}
