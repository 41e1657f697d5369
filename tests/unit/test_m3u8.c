/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/m3u8.h"

#include "base/buf.h"

#include <check.h>
#include <string.h>

static struct m3u8 p;

static bool parse(const char *text)
{
	return m3u8_parse(&p, text, strlen(text));
}

START_TEST(test_a_window_of_segments)
{
	ck_assert(parse("#EXTM3U\r\n#EXT-X-TARGETDURATION:4\r\n#EXT-X-MEDIA-SEQUENCE:17\r\n"
			"#EXTINF:4.0,\r\na.ts\r\n#EXTINF:3.2,tên\r\nsub/b.ts?x=1,2\r\n"));
	ck_assert_int_eq(p.count, 2);
	ck_assert_int_eq(p.target_s, 4);
	ck_assert_int_eq(p.segments[0].sequence, 17);
	ck_assert_str_eq(p.segments[0].url, "a.ts");
	ck_assert_int_eq(p.segments[1].sequence, 18);
	ck_assert_str_eq(p.segments[1].url, "sub/b.ts?x=1,2");
	ck_assert(!p.ended && !p.locked && !p.parts && p.next[0] == '\0' && p.map[0] == '\0');
}
END_TEST

START_TEST(test_of_variants_the_one_that_needs_least)
{
	ck_assert(parse("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS=\"a,b\"\nhigh.m3u8\n"
			"#EXT-X-STREAM-INF:CODECS=\"mp4a.40.2,avc1\",BANDWIDTH=64000\nlow.m3u8\n"
			"#EXT-X-STREAM-INF:BANDWIDTH=300000\nmid.m3u8\n"));
	ck_assert_str_eq(p.next, "low.m3u8");
	ck_assert_int_eq(p.count, 0);
}
END_TEST

START_TEST(test_sound_alone_goes_before_any_film)
{
	ck_assert(parse("#EXTM3U\n"
			"#EXT-X-MEDIA:TYPE=SUBTITLES,URI=\"s.m3u8\"\n"
			"#EXT-X-MEDIA:TYPE=AUDIO,NAME=\"URI=x,y\",URI=\"sound.m3u8\"\n"
			"#EXT-X-STREAM-INF:BANDWIDTH=64000\nfilm.m3u8\n"));
	ck_assert_str_eq(p.next, "sound.m3u8");
}
END_TEST

START_TEST(test_what_cannot_be_played_is_told)
{
	ck_assert(parse("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n"
			"a.ts\n"));
	ck_assert(p.locked);
	ck_assert(parse("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=NONE\na.ts\n"));
	ck_assert(!p.locked);
	ck_assert(parse("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-BYTERANGE:100@0\na.ts\n"));
	ck_assert(p.parts);
	ck_assert(parse("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"init.mp4\"\na.m4s\n"
			"#EXT-X-ENDLIST\n"));
	ck_assert_str_eq(p.map, "init.mp4");
	ck_assert(p.ended);
}
END_TEST

START_TEST(test_a_plain_list_names_a_stream)
{
	ck_assert(parse("\xef\xbb\xbf#EXTM3U\n#EXTINF:-1,Đài\nhttp://a.example/s?x=1\n"
			"http://b/\n"));
	ck_assert_str_eq(p.next, "http://a.example/s?x=1");
	ck_assert(parse("[playlist]\nNumberOfEntries=1\nFile1=http://c.example/;\nTitle1=Đài\n"));
	ck_assert_str_eq(p.next, "http://c.example/;");
}
END_TEST

START_TEST(test_no_playlist)
{
	static const char *const texts[] = {"", "#EXTM3", "<html>", "#EXTM3U", "#EXTM3U\n#\n\n",
					    "[playlist]\nTitle1=x\n", "a.ts\n"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_msg(!parse(texts[i]), "%s", texts[i]);
}
END_TEST

START_TEST(test_figures_out_of_all_bounds)
{
	ck_assert(parse("#EXTM3U\n#EXT-X-TARGETDURATION:99999999999999999999\n"
			"#EXT-X-MEDIA-SEQUENCE:9223372036854775807\na\nb\n"));
	ck_assert_int_eq(p.target_s, 60);
	ck_assert_int_eq(p.segments[1].sequence, INT64_MAX);
	ck_assert(parse("#EXTM3U\n#EXT-X-TARGETDURATION:-5\n"
			"#EXT-X-STREAM-INF:BANDWIDTH=-1\nx\n#EXT-X-STREAM-INF:BANDWIDTH=\ny\n"));
	ck_assert_int_eq(p.target_s, 1);
	ck_assert_str_eq(p.next, "x");
}
END_TEST

START_TEST(test_of_thousands_the_newest_are_kept)
{
	struct buf b = {0};

	buf_text(&b, "#EXTM3U\n#EXT-X-TARGETDURATION:1\n");
	for (int i = 0; i < 5000; i++)
		buf_print(&b, "s%d.ts\n", i);
	for (int i = 0; i < 3000; i++)
		buf_text(&b, "very-long-");
	ck_assert(m3u8_parse(&p, b.data, b.len));
	ck_assert_int_eq(p.count, HLS_SEGMENTS);
	ck_assert_str_eq(p.segments[HLS_SEGMENTS - 1].url, "s4999.ts");
	ck_assert_int_eq(p.segments[0].sequence, 5000 - HLS_SEGMENTS);
	buf_finish(&b);
}
END_TEST

Suite *suite_m3u8(void);
Suite *suite_m3u8(void)
{
	Suite *s = suite_create("m3u8");
	TCase *t = tcase_create("all");

	tcase_add_test(t, test_a_window_of_segments);
	tcase_add_test(t, test_of_variants_the_one_that_needs_least);
	tcase_add_test(t, test_sound_alone_goes_before_any_film);
	tcase_add_test(t, test_what_cannot_be_played_is_told);
	tcase_add_test(t, test_a_plain_list_names_a_stream);
	tcase_add_test(t, test_no_playlist);
	tcase_add_test(t, test_figures_out_of_all_bounds);
	tcase_add_test(t, test_of_thousands_the_newest_are_kept);
	suite_add_tcase(s, t);
	return s;
}
