/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/filetype.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *format, *type;
} all[] = {
	{"pdf", "application/pdf"},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"csv", "text/csv; charset=utf-8"},
	{"json", "application/json; charset=utf-8"},
	{"html", "text/html; charset=utf-8"},
};

const char *filetype_of(const char *format)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].format, format) == 0)
			return all[i].type;
	return NULL;
}

const char *filetype_format(int i)
{
	return i < (int)(sizeof(all) / sizeof(all[0])) ? all[i].format : NULL;
}
