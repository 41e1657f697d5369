/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/faulty.h"

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* True if fault number i is the first error of its file. */
static bool first_of_file(const struct faults *f, int i)
{
	if (f->list[i].grade != FAULT_ERROR)
		return false;
	for (int k = 0; k < i; k++) {
		const struct fault *before = &f->list[k];
		if (before->grade == FAULT_ERROR && strcmp(before->file, f->list[i].file) == 0)
			return false;
	}
	return true;
}

int faulty_tell(const struct faults *f, const char *data, FILE *to)
{
	struct buf files = {0};
	int count = 0;

	for (int i = 0; i < f->count; i++)
		if (first_of_file(f, i))
			buf_print(&files, "%s%s", count++ > 0 ? ", " : "", f->list[i].file);
	if (count > 0)
		fprintf(to, T("vangxa: %s: có lỗi nên không nằm trong kết quả này; xem lỗi: vangxa "
			      "check --data %s\n",
			      "vangxa: %s: faulty, and therefore not part of this; to see the "
			      "faults: vangxa check --data %s\n"),
			buf_str(&files), data);
	buf_finish(&files);
	return count;
}
