/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one main of run-unit and run-sim: runs every suite of the list it is built with, or only
 * those named on its command line. Started as "vangxa" (sys/proc.h starts its own program again) it
 * is the program, so that tests have real child processes. VANGXA_SEED=n and VANGXA_DAYS=n choose
 * another seed or length of a simulation; a failure prints the seed that repeats it. */
#include "base/text.h"
#include "cli/cli.h"
#include "library/relayed.h"
#include "library/worker.h"
#include "mix/fetch.h"
#include "plan/cap_read.h"
#include "proof/envoy.h"
#include "support/fake_sink.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef SUITES /* the Makefile names the list; this is for tools that look at the file alone */
#define SUITES "unit_list.h"
#endif

#define SUITE(name) Suite *suite_##name(void);
#include SUITES
#undef SUITE

static const struct {
	const char *name;
	Suite *(*make)(void);
} suites[] = {
#define SUITE(name) {#name, suite_##name},
#include SUITES
#undef SUITE
};

static int wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return 1;
	return argc < 2;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[0], "vangxa") == 0) {
		static const struct decoder *const phones[] = {&decoder_amr, &decoder_av, NULL};
		text_init();
		if (argc == 3 && strcmp(argv[2], "stream") == 0)
			_exit(relayed_main());
		if (argc == 3 && strcmp(argv[2], "cap") == 0) /* is vangxa-cap, … */
			_exit(cap_read_main());
		if (argc == 3 && strcmp(argv[1], "worker") == 0 && /* is vangxa-av as well */
		    strcmp(argv[2], "ics") != 0)
			_exit(worker_main(phones));
		if (argc == 3 && strcmp(argv[1], "fetch") == 0)
			_exit(fetch_main(argv[2]));
		if (argc > 2 && strcmp(argv[1], "witness") == 0) /* and vangxa-net */
			_exit(envoy_main(argc - 1, argv + 1));
		int fake = strcmp(argv[1], "sink") == 0 ? fake_sink_main() : -1;
		if (fake >= 0)
			return fake;
		return cli_main(argc, argv, cli_whole);
	}
	/* Check gives a test 4 s of wall time, of which a busy machine may need that much to turn
	 * to it at all. The bound is there for tests that hang. */
	setenv("CK_DEFAULT_TIMEOUT", "60", 0);
	SRunner *runner = srunner_create(NULL);

	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		if (wanted(suites[i].name, argc, argv))
			srunner_add_suite(runner, suites[i].make());
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
