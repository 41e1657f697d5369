/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it decodes, and how, test_decode_av and test_relayed hear; here: what it refuses. */
#include "library/avsound.h"

#include <check.h>
#include <string.h>

static AVFormatContext *file;

static AVStream *stream_of(enum AVCodecID id)
{
	file = avformat_alloc_context();
	AVStream *s = avformat_new_stream(file, NULL);
	s->codecpar->codec_type = AVMEDIA_TYPE_AUDIO;
	s->codecpar->codec_id = id;
	s->codecpar->sample_rate = 48000;
	av_channel_layout_default(&s->codecpar->ch_layout, 1);
	return s;
}

START_TEST(test_only_decoders_of_the_list)
{
	struct avsound a = {0};

	ck_assert_int_eq(avsound_open(&a, stream_of(AV_CODEC_ID_COOK)), PCM_UNSUPPORTED);
	avsound_finish(&a);
	avformat_free_context(file);
	ck_assert_int_eq(avsound_open(&a, stream_of(AV_CODEC_ID_NONE)), PCM_UNSUPPORTED);
	avsound_finish(&a);
	avformat_free_context(file);
}
END_TEST

START_TEST(test_a_packet_of_nonsense_is_passed_over)
{
	struct outlet out = {.fd = -1, .bare = true};
	struct avsound a = {.out = &out};
	AVPacket *p = av_packet_alloc();

	ck_assert_int_eq(avsound_open(&a, stream_of(AV_CODEC_ID_MP3)), PCM_DONE);
	ck_assert_int_eq(av_new_packet(p, 400), 0);
	memset(p->data, 0xa5, 400);
	av_log_set_level(AV_LOG_QUIET);
	ck_assert(avsound_feed(&a, p));
	ck_assert(out.torn);
	ck_assert_int_eq(a.frames, 0);
	ck_assert(avsound_feed(&a, NULL));
	av_packet_free(&p);
	avsound_finish(&a);
	avformat_free_context(file);
}
END_TEST

Suite *suite_avsound(void);
Suite *suite_avsound(void)
{
	Suite *s = suite_create("avsound");
	TCase *t = tcase_create("all");

	tcase_add_test(t, test_only_decoders_of_the_list);
	tcase_add_test(t, test_a_packet_of_nonsense_is_passed_over);
	suite_add_tcase(s, t);
	return s;
}
