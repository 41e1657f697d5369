/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one main of run-unit, run-apart and run-sim: runs every suite of the list it is built with,
 * or only those named on its command line; run-unit has run-apart run the others. Started as
 * "vangxa" (sys/proc.h starts its own program again) it is the program, so that tests have real
 * child processes. VANGXA_SEED=n and VANGXA_DAYS=n choose another seed or length of a simulation; a
 * failure prints the seed that repeats it. */
#include "base/must.h"
#include "base/text.h"
#include "cli/cli.h"
#include "support/fake_sink.h"

#include <check.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SUITES /* the Makefile names the list; this is for tools that look at the file alone */
#define SUITES "unit_list.h"
#endif

#define SUITE(name) Suite *suite_##name(void);
#include SUITES
#undef SUITE

#ifdef VX_ASAN
/* fontconfig keeps pointers as offsets, which the leak checker cannot follow. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
#endif

#ifdef VX_TSAN
/* Pango starts fontconfig on a thread of its own. Debian's builds of them are not instrumented, so
 * their atomics are not seen, and every hand-over between them looks like a race. Cairo takes its
 * own locks of a font in two orders; only one thread of ours draws. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
	return "race:libfontconfig.so\nrace:libpangoft2-1.0.so\nrace:libglib-2.0.so\n"
	       "deadlock:libcairo.so\n";
}
#endif

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

static int ours(const char *name)
{
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		if (strcmp(suites[i].name, name) == 0)
			return 1;
	return 0;
}

#ifdef BESIDE
/* With the names that are left in argv; 0 if all went well. */
static int run_beside(char **argv)
{
	char path[4096];
	const char *slash = strrchr(argv[0], '/');
	pid_t pid;
	int status;

	snprintf(path, sizeof(path), "%.*s" BESIDE, slash ? (int)(slash + 1 - argv[0]) : 0,
		 argv[0]);
	argv[0] = path;
	must(posix_spawn(&pid, path, NULL, NULL, argv, environ) == 0);
	must(waitpid(pid, &status, 0) == pid);
	return status;
}
#else
static int run_beside(char **argv)
{
	fprintf(stderr, "no suite of that name: %s\n", argv[1]);
	return 1;
}
#endif

/* Suites of another list: 0 if there are none or all went well. */
static int run_others(int argc, char **argv)
{
	int count = 1;

	for (int i = 1; i < argc; i++)
		if (!ours(argv[i]))
			argv[count++] = argv[i];
	argv[count] = NULL;
#ifdef BESIDE
	if (argc < 2)
		return run_beside(argv);
#endif
	return count > 1 ? run_beside(argv) : 0;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[0], "vangxa") == 0) {
		text_init();
		int fake = strcmp(argv[1], "sink") == 0 ? fake_sink_main() : -1;
		if (fake >= 0)
			return fake;
		return cli_main(argc, argv, cli_light, cli_station);
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
	return run_others(argc, argv) || failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
