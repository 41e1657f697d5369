/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_parcel.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/history.h"
#include "proof/parcel_inside.h"
#include "proof/query.h"
#include "proof/verify_story.h"
#include "proof/verify_texts.h"
#include "proof/verify_view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES (64 << 10)

/* The pack's own tables, read beside those that are made. */
struct comparing {
	const struct unparcel *u;
	bool blind; /* only the recordings are looked at */
	struct verdict *verdict;
	char name[64]; /* of the table under way */
	int fd;	       /* −1: it is not looked at any further */
	int64_t line;  /* of it, from 1 */
	int64_t tables;
	struct view *made;
	int64_t missing; /* recordings that are kept, as the log says, and are not here */
	char first_missing[PATH_BYTES];
};

static void table_differs(struct comparing *c, const char *code, const char *what)
{
	verdict_differs(c->verdict, CHECK_TABLES, code, "", -1, c->name, "%s: %s", c->name, what);
	close(c->fd);
	c->fd = -1;
}

/* Behind what the log gives there must be nothing. */
static void end_table(struct comparing *c)
{
	char byte;

	if (c->fd < 0)
		return;
	if (read(c->fd, &byte, 1) > 0) {
		table_differs(c, "table-longer",
			      T("có dòng mà nhật ký không có",
				"the log has no such lines"));
		return;
	}
	close(c->fd);
	c->fd = -1;
}

static bool begin_table(void *arg, const char *name, struct err *e)
{
	struct comparing *c = arg;
	char path[2 * PATH_BYTES];

	(void)e;
	end_table(c);
	snprintf(c->name, sizeof(c->name), "%s", name);
	snprintf(path, sizeof(path), "%s/%s", c->u->dir, name);
	c->line = 1;
	c->tables++;
	c->fd = -1;
	if (c->blind)
		return true;
	c->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (c->fd < 0)
		verdict_differs(c->verdict, CHECK_TABLES, "table-missing", "", -1, name,
				T("%s: thiếu trong gói", "%s: missing from the pack"), name);
	return true;
}

static bool same(struct comparing *c, const char *want, size_t len)
{
	char is[PIECE_BYTES];

	while (len > 0) {
		ssize_t n = read(c->fd, is, len < sizeof(is) ? len : sizeof(is));
		if (n < 0 && errno == EINTR)
			continue;
		for (ssize_t i = 0; i < n; i++) {
			if (is[i] != want[i])
				return false;
			c->line += is[i] == '\n';
		}
		if (n <= 0)
			return false;
		want += n;
		len -= (size_t)n;
	}
	return true;
}

static bool compare_table(void *arg, const void *data, size_t len, struct err *e)
{
	struct comparing *c = arg;
	char what[160];

	(void)e;
	if (c->fd < 0 || same(c, data, len))
		return true;
	snprintf(what, sizeof(what),
		 T("dòng %lld không như nhật ký", "line %lld is not as in the log"),
		 (long long)c->line);
	table_differs(c, "table-differs", what);
	return true;
}

static bool weigh_sound(void *arg, const char *file, int64_t *bytes, struct err *e)
{
	struct comparing *c = arg;
	struct recording_row r;
	struct err ignored;

	(void)e;
	*bytes = json_get_integer(json_object_get(c->u->recordings, file), "bytes", -1);
	if (*bytes < 0 && history_recording(c->made, file, &r, &ignored) && r.removed_n < 0 &&
	    c->missing++ == 0)
		snprintf(c->first_missing, sizeof(c->first_missing), "%s", file);
	return true;
}

/* It may have been removed as the pack was made, behind its head; else it was lost at the station,
 * or somebody took it out and made the table fit. */
static void tell_missing(const struct comparing *c)
{
	if (c->missing > 0)
		verdict_warn(c->verdict, "recordings-not-here", c->missing,
			     T("gói nói là có kèm bản ghi âm, mà thiếu %lld bản ghi của kỳ này dù "
			       "nhật ký không nói đã xóa (bản đầu: %s). Hãy hỏi đài, hoặc xin gói "
			       "mới",
			       "the pack says that it carries the recordings, and %lld of the "
			       "period are not here, though the log does not tell that they were "
			       "removed (the first: %s). Ask the station, or for a newer pack"),
			     (long long)c->missing, c->first_missing);
}

static bool not_compared(struct verdict *verdict, const char *why)
{
	verdict_note(verdict, "tables-unknown", 0,
		     T("các bảng (tables/) không được so với nhật ký: %s; chỉ tin điều trong log/",
		       "the tables were not compared with the log: %s; believe log/ alone"), why);
	return true;
}

/* Tables that have other columns or words than this program's are told, and not accused; which
 * recordings there should be the log says all the same. */
static bool compare_tables(const struct parcel *p, const struct unparcel *u,
			   const struct parcel_said *said, struct verdict *verdict, struct err *e)
{
	struct comparing c = {.u = u, .verdict = verdict, .fd = -1, .made = p->view,
			      .blind = !said->same_form};
	struct parcel_sink out = {begin_table, compare_table, weigh_sound, &c};
	enum text_reader before = text_speak(said->reader);
	bool ok = parcel_tables(p, &out, e);

	text_speak(before);
	end_table(&c);
	tell_missing(&c);
	if (c.blind)
		return not_compared(verdict, T("một bản khác của chương trình lập chúng, với cột "
					       "hoặc lời khác",
					       "another version of the program made them, with "
					       "other columns or words")) && ok;
	if (ok)
		verdict_checked(verdict, CHECK_TABLES, c.tables);
	return ok;
}

static void form_differs(struct verdict *verdict, const char *code, const char *name,
			 const char *what)
{
	verdict_differs(verdict, CHECK_TABLES, code, "", -1, name, "%s: %s", name, what);
}

/* Reports are held against what pack.json says of them; what they say, against nothing: names of
 * programmes and persons are the station's own. */
static void check_forms(const struct unparcel *u, const struct parcel *p, struct verdict *verdict)
{
	json_t *said = (json_t *)(uintptr_t)p->forms, *is;
	const char *name;

	json_object_foreach(u->forms, name, is)
		if (json_object_get(said, name) == NULL)
			form_differs(verdict, "form-unknown", name,
				     T("pack.json không nói có biểu mẫu này",
				       "pack.json tells of no such report"));
	json_object_foreach(said, name, is) {
		const json_t *here = json_object_get(u->forms, name);

		if (here == NULL)
			form_differs(verdict, "form-missing", name,
				     T("thiếu trong gói", "missing from the pack"));
		else if (strcmp(json_get_text(here, "sha256", ""), json_string_value(is)) != 0)
			form_differs(verdict, "form-differs", name,
				     T("không phải tệp mà pack.json nói",
				       "not the file that pack.json tells of"));
	}
	if (json_object_size(said) > 0)
		verdict_note(verdict, "forms", (int64_t)json_object_size(said), "%s",
			     T("biểu mẫu (forms/) chỉ được so với mã băm trong pack.json; số của "
			       "chúng thì tính lại từ gói: vangxa report F --from-pack",
			       "reports (forms/) are held against their hashes in pack.json only; "
			       "compute their figures from the pack: vangxa report F --from-pack"));
}

/* The newest entry of a file's name says what it must be. */
static bool sha256_of(struct view *made, const char *file, int64_t *n,
		      char sha256[static SHA256_HEX_BYTES])
{
	struct err ignored;
	sqlite3_stmt *s = query_ask(made, "SELECT n, sha256 FROM recordings WHERE file = ?1"
				    " ORDER BY n DESC LIMIT 1", &ignored);
	bool found;

	must(s != NULL);
	sqlite3_bind_text(s, 1, file, -1, SQLITE_TRANSIENT);
	found = sqlite3_step(s) == SQLITE_ROW;
	if (found) {
		*n = sqlite3_column_int64(s, 0);
		snprintf(sha256, SHA256_HEX_BYTES, "%s", query_text(s, 1));
	}
	sqlite3_finalize(s);
	return found;
}

static void check_sounds(struct view *made, const struct unparcel *u, struct verdict *verdict)
{
	char sha256[SHA256_HEX_BYTES];
	const char *file;
	json_t *is;
	int64_t n = -1;

	json_object_foreach(u->recordings, file, is) {
		if (!sha256_of(made, file, &n, sha256))
			verdict_differs(verdict, CHECK_RECORDINGS, "recording-unknown", "", -1,
					file, T("%s: nhật ký không có bản ghi âm nào tên này",
					  "%s: the log names no such recording"), file);
		else if (strcmp(json_get_text(is, "sha256", ""), sha256) != 0)
			verdict_differs(verdict, CHECK_RECORDINGS, "recording-differs", "", n, file,
					T("%s: nội dung khác với lúc ghi vào nhật ký (mục %lld)",
					  "%s: not the bytes that the log tells of (entry %lld)"),
					file, (long long)n);
	}
	verdict_checked(verdict, CHECK_RECORDINGS, (int64_t)json_object_size(u->recordings));
}

/* Whoever hands in a pack can have put them there: only the station's folder shows more. */
static void tell_unsigned(const struct verify *v, struct verdict *verdict)
{
	const struct verify_log *l = v->count > 0 ? &v->logs[v->count - 1] : NULL;

	if (l == NULL || !l->has_head || l->survey.count <= l->head.size)
		return;
	long long first = l->base + l->head.size, last = l->base + l->survey.count - 1;
	verdict_warn(verdict, "pack-unsigned", last - first + 1,
		     T("các mục %lld đến %lld trong gói chưa có chữ ký: điều bảng kể về chúng chưa "
		       "ai bảo chứng. Hãy xin gói mới, lấy sau khi đài ký tiếp",
		       "entries %lld to %lld of the pack bear no signature yet: nobody vouches for "
		       "what the tables tell of them. Ask for a newer pack, made after the station "
		       "has signed on"), first, last);
}

static void tell_of(const struct unparcel *u, struct verdict *verdict)
{
	if (u->strange > 0)
		verdict_note(verdict, "strange", u->strange,
			     T("gói có %lld tệp mà không gói nào có (%s): không xem",
			       "the pack has %lld files that no pack has (%s); they were not "
			       "looked at"),
			     (long long)u->strange, u->first_strange);
	verdict_note(verdict, "masters-elsewhere", 0, "%s",
		     T("âm thanh gốc đã duyệt nằm ở đài, không có trong gói: mã SHA-256 của nó ở "
		       "tables/masters.csv",
		       "the approved sounds are at the station and not in the pack; their SHA-256 "
		       "stand in tables/masters.csv"));
	verdict_note(verdict, "plans-elsewhere", 0, "%s",
		     T("lịch phát ở đài, không có trong gói: gói không cho biết mỗi lượt phát và "
		       "không phát có đúng theo lịch hay không (vangxa verify ở đài thì có)",
		       "the timetables are at the station and not in the pack: that each airing "
		       "and miss is as planned is not checked here (vangxa verify at the station "
		       "does)"));
}

/* Without it nobody knows which tables and recordings there should be: whoever takes it away hides
 * what else he took. A pack of a later version, or of a place that is not known here, is told. */
static void no_about(const struct err *why, struct verdict *verdict)
{
	if (why->kind == ERR_NOT_FOUND)
		verdict_differs(verdict, CHECK_TEXTS, "about-missing", "", -1, PARCEL_ABOUT,
				T("%s: thiếu trong gói; gói đáng lẽ chứa những gì thì không ai "
				  "biết",
				  "%s: missing from the pack; nobody knows what it should hold"),
				PARCEL_ABOUT);
	else if (why->kind == ERR_DAMAGED)
		verdict_differs(verdict, CHECK_TEXTS, "about-damaged", "", -1, PARCEL_ABOUT,
				T("%s; gói đáng lẽ chứa những gì thì không ai biết",
				  "%s; nobody knows what the pack should hold"), why->text);
	not_compared(verdict, why->text);
}

/* False + why: it is not there, or of no use. */
static bool read_about(const struct verify *v, struct parcel *p, struct parcel_said *said,
		       struct err *why)
{
	struct buf about = {0};
	bool known = disk_read(v->disk, PARCEL_ABOUT, PACK_TEXT_BYTES_MAX, &about, why) &&
		     parcel_about_read(about.data, about.len, p, said, why);

	buf_finish(&about);
	return known;
}

int64_t verify_parcel_entries(const struct verify *v)
{
	struct parcel_said said = {0};
	struct parcel p = {0};
	struct err ignored;
	bool known = read_about(v, &p, &said, &ignored);

	json_decref(said.forms);
	return known ? said.entries : INT64_MAX;
}

/* The view is of as many entries as the tables were made of; then of all. */
static bool compare(const struct verify *v, const struct unparcel *u, struct view **made,
		    struct verdict *verdict, struct err *e)
{
	struct parcel_said said = {0};
	struct parcel p = {0};
	struct err why;

	bool known = read_about(v, &p, &said, &why);
	bool missing = !known && why.kind == ERR_NOT_FOUND; /* and nothing says who made it */
	if (!known)
		no_about(&why, verdict);
	if (missing)
		verify_texts_program(v, verdict);
	else if (!said.ours)
		verify_texts_other(verdict);
	else if (known)
		verify_texts(v, &p, said.reader, said.entries, verdict);
	else
		verify_texts_program(v, verdict);
	if (known)
		check_forms(u, &p, verdict);
	json_decref(said.forms);
	if (!known)
		return verify_view_make(v, INT64_MAX, made, e);
	if (!verify_view_make(v, said.entries, made, e))
		return false;
	p.forms = NULL;
	p.view = *made;
	return compare_tables(&p, u, &said, verdict, e) &&
	       verify_view_make(v, INT64_MAX, made, e);
}

bool verify_parcel(const struct verify *v, const struct unparcel *u, struct view **made,
		   struct verdict *verdict, struct err *e)
{
	bool ok = compare(v, u, made, verdict, e) && verify_kept(*made, NULL, verdict, e);

	if (ok) {
		check_sounds(*made, u, verdict);
		tell_of(u, verdict);
		tell_unsigned(v, verdict);
	}
	return ok;
}
