/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the simulations; `run-sim NAME…` runs only those named. VANGXA_SEED=n and VANGXA_DAYS=n
 * choose another seed or length; a failure prints the seed that repeats it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) Suite *suite_##name(void);
#include "sim_list.h"
#undef SUITE

static const struct {
	const char *name;
	Suite *(*make)(void);
} suites[] = {
#define SUITE(name) {#name, suite_##name},
#include "sim_list.h"
#undef SUITE
};

int main(int argc, char **argv)
{
	SRunner *runner = srunner_create(NULL);

	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		for (int k = argc > 1 ? 1 : 0; k < argc || k == 0; k++)
			if (argc < 2 || strcmp(suites[i].name, argv[k]) == 0) {
				srunner_add_suite(runner, suites[i].make());
				break;
			}
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
