/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs that are not ours, run by tests. */
#ifndef VX_TESTS_PROGRAM_H
#define VX_TESTS_PROGRAM_H

/* Runs argv[0] from PATH with these arguments (NULL-ended) to its end; dies (must) unless it ended
 * with status 0. */
void run_program(const char *const argv[]);

#endif
