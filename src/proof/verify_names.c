/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a log promise by their names, and files whose names are none of a log. */
#include "base/text.h"
#include "proof/verify_inside.h"

int64_t verify_promised(const struct survey_level *l)
{
	return l->full * TILE_WIDTH + l->width;
}

/* A file that is not there may be, under another name: that is the cause, and is said before what
 * follows from it. entries: that the level should have the entries or hashes of. */
static void judge_name(const struct whole *w, const struct survey_level *l,
		       enum verdict_check check, int level, int64_t entries,
		       struct verdict *verdict)
{
	const struct survey *s = &w->log->survey;
	int64_t have = l->missing >= 0 ? l->missing * TILE_WIDTH : verify_promised(l);
	char file[TILE_PATH_BYTES];

	if (l->odd[0] == '\0' || have >= entries >> (8 * level))
		return;
	tile_path(s->log, check == CHECK_ENTRIES ? TILE_ENTRIES : level, have / TILE_WIDTH,
		  TILE_WIDTH, file);
	long long n = w->log->base + (have << (8 * level));
	verdict_differs(verdict, check, "file-misnamed", s->log, n, l->odd,
			T("%s: sổ không có tệp nào tên như vậy, mà %s (từ mục %lld) thì thiếu hoặc "
			  "hẹp hơn: tên tệp đã bị đổi?",
			  "%s: no log has a file of that name, and %s (from entry %lld on) is "
			  "missing or narrower: was it renamed?"),
			l->odd, file, n);
}

void verify_names(const struct whole *w, int64_t known, struct verdict *verdict)
{
	const struct survey *s = &w->log->survey;

	judge_name(w, &s->entries, CHECK_ENTRIES, 0, known, verdict);
	known = known < s->settled ? known : s->settled;
	for (int level = 0; level < TILE_LEVELS; level++)
		judge_name(w, &s->levels[level], CHECK_TILES, level, known, verdict);
}
