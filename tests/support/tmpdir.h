/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fresh folder for one test, and its removal with all that is in it. */
#ifndef VX_TESTS_TMPDIR_H
#define VX_TESTS_TMPDIR_H

/* Makes a new folder and writes its path; dies if it cannot. */
void tmpdir_make(char path[static 64]);
void tmpdir_remove(const char *path);

#endif
