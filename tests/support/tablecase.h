/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table with a cell of each type and with what writers trip over. */
#ifndef VX_TESTS_TABLECASE_H
#define VX_TESTS_TABLECASE_H

#include "report/table.h"

/* In that format, len bytes; free() it. */
char *tablecase_bytes(const struct table_format *format, size_t *len);
char *tablecase_text(const char *format);

#endif
