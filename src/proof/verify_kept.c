/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the sound is that the entries rest on: what was removed may have been removed, and each
 * airing lies in the recording that it names. Files are hashed in verify_sound.c. */
#include "base/text.h"
#include "proof/history.h"
#include "proof/keep.h"
#include "proof/query.h"
#include "proof/verify_story.h"

#include <stdio.h>
#include <unistd.h>

struct kept {
	const char *dir;
	struct verdict *verdict;
	int64_t looked, open, lost;
	int64_t first_open, first_lost; /* entries */
};

static void wrongly(struct kept *k, const char *code, const struct recording_row *r,
		    const char *what)
{
	verdict_differs(k->verdict, CHECK_KEPT, code, "", r->removed_n, r->file,
			T("%s bị xóa (mục %lld): %s", "%s was removed (entry %lld): %s"), r->file,
			(long long)r->removed_n, what);
}

static bool take_fault(const struct recording_row *r, enum keep_fault fault, void *arg)
{
	switch (fault) {
	case KEEP_WHILE_HELD:
		wrongly(arg, "removed-held", r,
			T("khi đang có lệnh giữ của thanh tra",
			  "while an inspection wanted it kept"));
		break;
	case KEEP_NO_CAUSE:
		wrongly(arg, "removed-causeless", r,
			T("không vì lý do nào mà đài xóa bản ghi",
			  "for no cause for which a station removes recordings"));
		break;
	case KEEP_TOO_YOUNG:
		wrongly(arg, "removed-early", r,
			T("nói là quá hạn giữ, mà chưa đài nào được giữ ngắn như vậy",
			  "too old, it says, and no station may keep them for so short a time"));
		break;
	}
	return true;
}

/* Airings without their recording. */
static const char homeless[] =
	"SELECT a.n, a.recording FROM " AIRINGS_RECORDED "WHERE a.recording <> '' AND a.frames > 0"
	" AND NOT EXISTS (SELECT 1 FROM recordings r WHERE " RECORDING_OF_AIRING ")"
	" ORDER BY a.n";

/* Airings that begin in their recording behind its end, a minute left for rounding and the coder.
 * Where the clock was set while it was being written, or nearly, its end minus its beginning is no
 * length. */
static const char outside[] =
	"SELECT a.n, a.recording, a.recording_frames / 48000, (r.to_ms - r.from_ms) / 1000 FROM "
	AIRINGS_RECORDED "JOIN recordings r ON r.n = (SELECT min(r.n) FROM recordings r WHERE "
	RECORDING_OF_AIRING ") WHERE a.recording <> '' AND a.frames > 0"
	" AND a.recording_frames / 48 > r.to_ms - r.from_ms + 60000 AND NOT EXISTS (SELECT 1"
	" FROM events s WHERE s.kind IN ('clock.stepped', 'machine.slept')"
	" AND s.n > coalesce((SELECT max(q.n) FROM recordings q"
	"  WHERE q.zone = r.zone AND q.n < r.n), -1)"
	" AND s.n < coalesce((SELECT min(q.n) FROM recordings q"
	"  WHERE q.zone = r.zone AND q.n > r.n), s.n + 1)) ORDER BY a.n";

static bool take_outside(sqlite3_stmt *s, void *arg)
{
	struct kept *k = arg;
	int64_t n = sqlite3_column_int64(s, 0);
	const char *file = query_text(s, 1);

	verdict_differs(k->verdict, CHECK_KEPT, "recording-shorter", "", n, file,
			T("A%lld ghi là bắt đầu ở giây %lld của %s, mà bản ghi ấy chỉ dài %lld "
			  "giây",
			  "A%lld is said to begin at second %lld of %s, and that recording is "
			  "%lld seconds long"), (long long)n,
			(long long)sqlite3_column_int64(s, 2), file,
			(long long)sqlite3_column_int64(s, 3));
	return true;
}

/* One that is there and that no entry tells of is being written, or was when the power failed: the
 * next start writes its entry. */
static bool take_homeless(sqlite3_stmt *s, void *arg)
{
	struct kept *k = arg;
	int64_t n = sqlite3_column_int64(s, 0);
	const char *file = query_text(s, 1);
	char path[2 * PATH_BYTES];

	snprintf(path, sizeof(path), "%s/%s", k->dir != NULL ? k->dir : "", file);
	if (k->dir == NULL || access(path, F_OK) == 0)
		k->first_open = k->open++ == 0 ? n : k->first_open;
	else
		verdict_differs(k->verdict, CHECK_KEPT, "recording-untold", "", n, file,
				T("A%lld được ghi vào %s: không còn tệp ấy, và nhật ký không nói "
				  "nó đi đâu", "A%lld was recorded in %s: it is not there, and the "
				  "log does not say what became of it"), (long long)n, file);
	return true;
}

static bool take_count(sqlite3_stmt *s, void *arg)
{
	*(int64_t *)arg = sqlite3_column_int64(s, 0);
	return false;
}

static bool count(struct view *made, const char *sql, int64_t *out, struct err *e)
{
	sqlite3_stmt *s = query_ask(made, sql, e);

	return s != NULL && query_walk(made, s, take_count, out, e);
}

/* What the station found out itself, at its start, is none the less. */
static bool take_differing(sqlite3_stmt *s, void *arg)
{
	struct kept *k = arg;
	int64_t n = sqlite3_column_int64(s, 0);
	const char *file = query_text(s, 1);

	verdict_differs(k->verdict, CHECK_KEPT, "recording-not-vouched", "", n, file,
			T("%s: khi khởi động lại, đài thấy đây không phải bản ghi mà nhật ký đã "
			  "bảo chứng (mục %lld): mã băm ở mục ấy là của tệp đã bị đổi",
			  "%s: when it started again the station found that this is not the "
			  "recording that the log had vouched for (entry %lld): the hash in that "
			  "entry is of the file that was put in its place"), file, (long long)n);
	return true;
}

static bool take_lost(sqlite3_stmt *s, void *arg)
{
	struct kept *k = arg;

	k->first_lost = k->lost++ == 0 ? sqlite3_column_int64(s, 0) : k->first_lost;
	return true;
}

static void tell(const struct kept *k)
{
	if (k->open > 0)
		verdict_note(k->verdict, "recording-open", k->open,
			     T("%lld lần phát (từ A%lld) nằm trong bản ghi chưa có mã băm trong "
			       "nhật ký: bản ghi đang viết, hoặc đài đã ngừng đột ngột; chỉ phần "
			       "đã được bảo chứng khi phát là kiểm được",
			       "%lld airings (from A%lld on) lie in recordings whose hash is not "
			       "in the log yet: they are being written, or the station ended "
			       "without an orderly stop; only the part that was vouched for as "
			       "it aired can be checked"),
			     (long long)k->open, (long long)k->first_open);
	if (k->lost > 0)
		verdict_note(k->verdict, "recordings-lost", k->lost,
			     T("%lld bản ghi biến mất hoặc ngắn đi khi đài không chạy; đài đã nói "
			       "vậy khi khởi động lại (từ mục %lld)",
			       "%lld recordings were lost, or became shorter, while the station "
			       "did not run; it said so when it started again (from entry %lld "
			       "on)"), (long long)k->lost, (long long)k->first_lost);
}

bool verify_kept(struct view *made, const char *dir, struct verdict *verdict, struct err *e)
{
	struct kept k = {.dir = dir, .verdict = verdict};
	int64_t removed = 0, resting = 0;
	sqlite3_stmt *s;

	if (!keep_faults(made, take_fault, &k, e))
		return false;
	s = query_ask(made, homeless, e);
	if (s == NULL || !query_walk(made, s, take_homeless, &k, e))
		return false;
	s = query_ask(made, outside, e);
	if (s == NULL || !query_walk(made, s, take_outside, &k, e))
		return false;
	s = query_ask(made, "SELECT n, file FROM recordings WHERE differs <> 0 ORDER BY n", e);
	if (s == NULL || !query_walk(made, s, take_differing, &k, e))
		return false;
	s = query_ask(made, "SELECT n FROM events WHERE kind = 'recording.lost' ORDER BY n", e);
	if (s == NULL || !query_walk(made, s, take_lost, &k, e))
		return false;
	if (!count(made, "SELECT count(*) FROM recordings WHERE removed_n > n", &removed, e) ||
	    !count(made, "SELECT count(*) FROM airings WHERE recording <> '' AND frames > 0",
		   &resting, e))
		return false;
	verdict_checked(verdict, CHECK_KEPT, removed + resting);
	tell(&k);
	return true;
}
