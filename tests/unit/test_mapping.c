/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mapping.h"
#include "sys/chance.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

/* A device that runs `ppm` fast and reports each `step` frames, off by up to ±jitter_ns. */
struct device {
	double ppm;
	int64_t step, jitter_ns;
	struct chance chance;
	int64_t position;
	struct mono start;
};

static struct mono truth(const struct device *d, int64_t position)
{
	double s = (double)position / 48000.0 / (1.0 + d->ppm * 1e-6);

	return mono_add_ns(d->start, (int64_t)(s * 1e9));
}

static void report(struct device *d, struct mapping *m)
{
	int64_t off = d->jitter_ns == 0 ? 0
			: (int64_t)chance_below(&d->chance, (uint64_t)(2 * d->jitter_ns)) -
				  d->jitter_ns;

	mapping_report(m, (struct frame){d->position}, mono_add_ns(truth(d, d->position), off));
	d->position += d->step;
}

static double error_ms(const struct device *d, const struct mapping *m)
{
	struct mono t = mapping_mono(m, (struct frame){d->position});

	return (double)(t.ns - truth(d, d->position).ns) / 1e6;
}

START_TEST(test_anchor_is_exact)
{
	struct mapping m;

	mapping_anchor(&m, (struct frame){1000}, (struct mono){5});
	ck_assert_int_eq(mapping_mono(&m, (struct frame){1000}).ns, 5);
	/* ten years later, to the frame and to the nanosecond */
	int64_t s = INT64_C(10) * 365 * 86400;
	ck_assert_int_eq(mapping_mono(&m, (struct frame){1000 + s * 48000}).ns, 5 + s * NS_PER_S);
	ck_assert_int_eq(mapping_frame(&m, (struct mono){5 + s * NS_PER_S}).n, 1000 + s * 48000);
	ck_assert_int_eq(mapping_frame(&m, (struct mono){5 - NS_PER_S}).n, 1000 - 48000);
	ck_assert(mapping_drift_ppm(&m) == 0.0 && mapping_residual_ms(&m) == 0.0);
}
END_TEST

START_TEST(test_there_and_back)
{
	struct device d = {.ppm = -150, .step = 2048, .start = {INT64_C(1) << 50}};
	struct mapping m = {0};

	for (int i = 0; i < 3000; i++)
		report(&d, &m);
	for (int64_t f = d.position - 500000; f < d.position + 500000; f += 997)
		ck_assert_int_eq(
			mapping_frame(&m, mapping_mono(&m, (struct frame){f})).n, f);
}
END_TEST

/* The promise in the header: ±5 ms of jitter 23 times a second, filtered below 0.2 ms, rate to
 * 1 ppm. */
START_TEST(test_filters_jitter)
{
	static const double ppms[] = {0, 37.5, -120};

	for (int p = 0; p < 3; p++) {
		struct device d = {.ppm = ppms[p], .step = 2048, .jitter_ns = 5000000,
				   .chance = {(uint64_t)p + 1}, .start = {123456789}};
		struct mapping m = {0};
		double worst = 0;

		for (int i = 0; i < 23 * 900; i++)
			report(&d, &m);
		for (int i = 0; i < 23 * 600; i++) {
			report(&d, &m);
			worst = fmax(worst, fabs(error_ms(&d, &m)));
		}
		ck_assert_double_lt(worst, 0.2);
		ck_assert_double_lt(fabs(mapping_drift_ppm(&m) - ppms[p]), 1.0);
		/* uniform on ±5: 5/√3 */
		ck_assert_double_eq_tol(mapping_residual_ms(&m), 2.887, 0.4);
		ck_assert(!mapping_astray(&m));
	}
}
END_TEST

START_TEST(test_useful_at_once)
{
	struct device d = {.ppm = 60, .step = 3200, .jitter_ns = 5000000, .chance = {9}};
	struct mapping m = {0};

	for (int i = 0; i < 15; i++) /* one second */
		report(&d, &m);
	ck_assert_double_lt(fabs(error_ms(&d, &m)), 6.0);
	for (int i = 0; i < 15 * 30; i++)
		report(&d, &m);
	ck_assert_double_lt(fabs(error_ms(&d, &m)), 1.5);
	ck_assert_double_lt(fabs(mapping_drift_ppm(&m) - 60), 60.0);
}
END_TEST

START_TEST(test_uneven_reports)
{
	struct device d = {.ppm = 80, .jitter_ns = 100000, .chance = {3}};
	struct mapping m = {0};

	while (d.position < 48000 * 600) {
		d.step = 64 + (int64_t)chance_below(&d.chance, 9000);
		report(&d, &m);
	}
	ck_assert_double_eq_tol(mapping_drift_ppm(&m), 80.0, 0.5);
	ck_assert_double_lt(fabs(error_ms(&d, &m)), 0.05);
}
END_TEST

START_TEST(test_jump_is_noticed)
{
	struct device d = {.ppm = 20, .step = 2048, .jitter_ns = 300000, .chance = {5}};
	struct mapping m = {0};

	for (int i = 0; i < 23 * 60; i++)
		report(&d, &m);
	ck_assert(!mapping_astray(&m));
	d.start.ns += 150 * NS_PER_MS; /* it ran dry for 150 ms */
	for (int i = 0; i < MAPPING_ASTRAY; i++) {
		ck_assert(!mapping_astray(&m));
		report(&d, &m);
	}
	ck_assert(mapping_astray(&m));
	m.reports = 0; /* what the engine does then */
	report(&d, &m);
	ck_assert(!mapping_astray(&m));
	ck_assert_double_lt(fabs(error_ms(&d, &m)), 1.0);
}
END_TEST

START_TEST(test_one_hiccup_is_forgiven)
{
	struct device d = {.step = 2048};
	struct mapping m = {0};

	for (int i = 0; i < 23 * 300; i++)
		report(&d, &m);
	mapping_report(&m, (struct frame){d.position},
		       mono_add_ns(truth(&d, d.position), 900 * NS_PER_MS));
	d.position += d.step;
	ck_assert_double_lt(fabs(error_ms(&d, &m)), 0.5);
	ck_assert(!mapping_astray(&m));
}
END_TEST

START_TEST(test_bad_reports)
{
	struct mapping m = {0};

	mapping_report(&m, (struct frame){48000}, (struct mono){NS_PER_S});
	struct mapping before = m;
	/* same frame again, a frame from the past: nothing to learn */
	mapping_report(&m, (struct frame){48000}, (struct mono){9 * NS_PER_S});
	mapping_report(&m, (struct frame){-5}, (struct mono){0});
	ck_assert_int_eq(m.at.ns, before.at.ns);
	ck_assert_int_eq(m.reports, 1);
	/* absurd times must not poison the rate */
	for (int i = 1; i < 50; i++)
		mapping_report(&m, (struct frame){48000 + i}, (struct mono){INT64_MAX / 4});
	ck_assert(isfinite(mapping_drift_ppm(&m)));
	ck_assert_double_lt(fabs(mapping_drift_ppm(&m)), 2100.0);
	ck_assert(mapping_astray(&m));
}
END_TEST

START_TEST(test_renumber)
{
	struct mapping m;

	mapping_anchor(&m, (struct frame){100}, (struct mono){7});
	mapping_renumber(&m, -40);
	ck_assert_int_eq(mapping_mono(&m, (struct frame){60}).ns, 7);
}
END_TEST

Suite *suite_mapping(void)
{
	Suite *s = suite_create("mapping");
	TCase *t = tcase_create("mapping");

	tcase_add_test(t, test_anchor_is_exact);
	tcase_add_test(t, test_there_and_back);
	tcase_add_test(t, test_filters_jitter);
	tcase_add_test(t, test_useful_at_once);
	tcase_add_test(t, test_uneven_reports);
	tcase_add_test(t, test_jump_is_noticed);
	tcase_add_test(t, test_one_hiccup_is_forgiven);
	tcase_add_test(t, test_bad_reports);
	tcase_add_test(t, test_renumber);
	suite_add_tcase(s, t);
	return s;
}
