/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_all.h"

#include "base/limits.h"
#include "cli/outfile.h"
#include "report/formats.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHECKLIST "F"

static const char *const formats[] = {"csv", "pdf", "xlsx"}; /* the cheapest tells first */

static bool write_one(const struct report *r, const struct report_table *t, const char *format,
		      const char *path, int *rows, struct err *e)
{
	struct table_writer w = {.format = report_format(format)};
	struct outfile o;

	if (!outfile_begin(&o, path, e))
		return false;
	w.out = o.out;
	bool ok = t->write(r, &w, e);
	*rows = w.rows;
	table_finish(&w);
	return outfile_end(&o, ok, e);
}

static bool write_table(const struct report *r, const struct report_table *t, const char *dir,
			struct err *e)
{
	char path[PATH_BYTES];
	int rows = 0;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s.%s", dir, t->letter, formats[i]);
		if (!write_one(r, t, formats[i], path, &rows, e))
			return false;
		if (rows == 0 && strcmp(t->letter, CHECKLIST) != 0)
			return unlink(path) == 0 || err_errno(e, "%s", path);
	}
	return true;
}

bool report_all(const struct report *r, const char *dir, struct err *e)
{
	const struct report_table *t;

	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_errno(e, "%s", dir);
	for (int i = 0; (t = report_table(i)) != NULL; i++)
		if (!write_table(r, t, dir, e))
			return false;
	return true;
}

struct date report_all_first(const struct report *r)
{
	struct date first = r->period.first;
	const struct report_table *t;

	for (int i = 0; (t = report_table(i)) != NULL; i++) {
		struct date of = report_first(r, t->letter);

		if (date_compare(of, first) < 0)
			first = of;
	}
	return first;
}
