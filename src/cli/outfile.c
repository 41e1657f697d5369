/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outfile.h"

#include "base/text.h"

#include <string.h>
#include <unistd.h>

bool outfile_begin(struct outfile *o, const char *path, struct err *e)
{
	*o = (struct outfile){.path = path};
	if ((size_t)snprintf(o->part, sizeof(o->part), "%s.part", path) >= sizeof(o->part))
		return err_set(e, ERR_USAGE, T("tên tệp quá dài: %.80s…",
					       "the name of the file is too long: %.80s…"), path);
	o->out = fopen(o->part, "we");
	return o->out != NULL || err_errno(e, "%s", o->part);
}

bool outfile_end(struct outfile *o, bool ok, struct err *e)
{
	if (ok && (fflush(o->out) != 0 || ferror(o->out) != 0 || fsync(fileno(o->out)) != 0))
		ok = err_errno(e, "%s", o->part);
	if (fclose(o->out) != 0 && ok)
		ok = err_errno(e, "%s", o->part);
	if (ok && rename(o->part, o->path) != 0)
		ok = err_errno(e, "%s", o->path);
	if (!ok)
		unlink(o->part);
	return ok;
}
