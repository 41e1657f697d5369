/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outfile.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
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

/* Behind the last dot of the name: ".csv" is a name and no end of one. */
static const char *suffix(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot != NULL && dot != name ? dot + 1 : NULL;
}

static bool none_of(const char *wanted, bool asked, const char *const *one_of, struct err *e)
{
	char list[80] = "";
	size_t used = 0;

	for (int i = 0; one_of[i] != NULL && used < sizeof(list); i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
					 i > 0 ? ", " : "", one_of[i]);
	return asked ? err_set(e, ERR_USAGE,
			       T("--format %.40s: không viết được như vậy; chọn một trong: %s",
				 "--format %.40s: this is not written so; choose one of: %s"),
			       wanted, list)
		     : err_set(e, ERR_USAGE,
			       T("đuôi tệp \".%.40s\": không viết được như vậy, nên không ghi gì; "
				 "chọn một trong: %s (hoặc nói rõ bằng --format)",
				 "the file's name ends in \".%.40s\": this is not written so, and "
				 "nothing is; choose one of: %s (or say it with --format)"),
			       wanted, list);
}

const char *outfile_format(const char *path, const char *asked, const char *const *one_of,
			   const char *otherwise, struct err *e)
{
	bool said = asked != NULL;

	if (!said && path != NULL && strcmp(path, "-") != 0)
		asked = suffix(path);
	if (asked == NULL)
		return otherwise;
	for (int i = 0; one_of[i] != NULL; i++)
		if (strcasecmp(one_of[i], asked) == 0)
			return one_of[i];
	none_of(asked, said, one_of, e);
	return NULL;
}
