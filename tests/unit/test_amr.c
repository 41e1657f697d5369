/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/amr.h"

#include <check.h>
#include <fcntl.h>
#include <unistd.h>

/* Table 1a of 3GPP TS 26.101 and 26.201: bits of speech; in octets, with the byte of the type. */
START_TEST(frame_sizes_are_the_standards)
{
	static const size_t narrow_bits[] = {95, 103, 118, 134, 148, 159, 204, 244, 39};
	static const size_t wide_bits[] = {132, 177, 253, 285, 317, 365, 397, 461, 477, 40};
	struct amr narrow = {.wide = false}, wide = {.wide = true};

	for (unsigned t = 0; t < 9; t++)
		ck_assert_uint_eq(amr_frame_bytes(&narrow, (uint8_t)(t << 3 | 4)),
				  1 + (narrow_bits[t] + 7) / 8);
	for (unsigned t = 0; t < 10; t++)
		ck_assert_uint_eq(amr_frame_bytes(&wide, (uint8_t)(t << 3 | 4)),
				  1 + (wide_bits[t] + 7) / 8);
	ck_assert_uint_eq(amr_frame_bytes(&narrow, 15 << 3), 1);
	ck_assert_uint_eq(amr_frame_bytes(&wide, 15 << 3), 1);
	ck_assert_uint_eq(amr_frame_bytes(&narrow, 9 << 3), 0);
	ck_assert_uint_eq(amr_frame_bytes(&wide, 10 << 3), 0);
}
END_TEST

static struct outlet out;
static struct input in;

static void listen_to(struct amr *a, bool wide)
{
	unsigned rate_hz = wide ? AMR_WIDE_HZ : AMR_NARROW_HZ;

	out = (struct outlet){.fd = open("/dev/null", O_WRONLY | O_CLOEXEC), .in = &in};
	outlet_begin(&out, "amr", rate_hz, 1, -1);
	ck_assert_int_eq(outlet_format(&out, rate_hz, 1, NULL), PCM_DONE);
	amr_init(a, wide);
}

static int64_t heard_frames(struct amr *a)
{
	amr_finish(a);
	outlet_end(&out, PCM_DONE, 0);
	close(out.fd);
	return out.sent_frames;
}

START_TEST(a_frame_is_20_ms)
{
	uint8_t nothing_sent[50];
	struct amr a;

	for (size_t i = 0; i < sizeof(nothing_sent); i++)
		nothing_sent[i] = 15 << 3 | 4;
	listen_to(&a, _i);
	ck_assert_uint_eq(amr_write(&a, nothing_sent, sizeof(nothing_sent), &out), 50);
	ck_assert_int_eq(heard_frames(&a), 48000);
}
END_TEST

START_TEST(what_is_not_whole_is_left)
{
	static const uint8_t data[] = {15 << 3, 7 << 3, 1, 2, 3};
	struct amr a;

	listen_to(&a, false);
	ck_assert_uint_eq(amr_write(&a, data, sizeof(data), &out), 1);
	ck_assert_int_eq(heard_frames(&a), 960);
}
END_TEST

Suite *suite_amr(void)
{
	Suite *s = suite_create("amr");
	TCase *t = tcase_create("amr");

	tcase_add_test(t, frame_sizes_are_the_standards);
	tcase_add_loop_test(t, a_frame_is_20_ms, 0, 2);
	tcase_add_test(t, what_is_not_whole_is_left);
	suite_add_tcase(s, t);
	return s;
}
