/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheetin.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/utf8.h"
#include "library/store.h"
#include "proof/reader.h"
#include "proof/registers.h"
#include "station/commands.h"
#include "station/foreseen.h"
#include "station/imports.h"
#include "station/registrar.h"
#include "station/sheetcols.h"
#include "station/sheetfile.h"
#include "station/station.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOLD_VALUE_BYTES 120

/* The main thread's, but for what `work` has while it runs. */
struct sheetin {
	struct later later;
	struct desk *desk;
	struct station *station;
	struct registrar g;
	enum text_reader reader;
	atomic_bool stop;
	char dir[PATH_BYTES], who[CODE_BYTES];
	char name[NAME_BYTES], sha256[SHA256_HEX_BYTES], wanted[SHA256_HEX_BYTES];
	char sheet[NAME_BYTES];
	struct foreseen foreseen; /* of all it would write */
	bool apply;
	bool headless; /* no row names the columns */

	struct sheetfile file;
	struct sheetcols cols;
	struct numbers known; /* rows that there are, as hashes of their fields */
	int64_t row;	      /* of the sheet, at hand */
	int64_t rows, added, changed, same, bad_rows, bad;
	json_t *faults, *examples, *first;
	FILE *spool;
};

static void tell_cell(void *arg, int column, const char *value, const char *why)
{
	struct sheetin *s = arg;
	char letters[8] = "", cell[TOLD_VALUE_BYTES];

	s->bad++;
	if (json_array_size(s->faults) >= REGISTER_FAULTS_TOLD)
		return;
	if (column >= 0)
		sheetcols_letters(column, letters);
	snprintf(cell, sizeof(cell), "%s", value);
	utf8_cut(cell, sizeof(cell) - 4);
	json_t *one = json_pack("{s:I, s:o, s:s, s:o, s:s}", "row", (json_int_t)s->row, "column",
				json_text(letters), "name",
				column >= 0 && column < s->cols.count ? s->cols.names[column] : "",
				"value", json_text(cell), "why", why);
	must(one != NULL && json_array_append_new(s->faults, one) == 0);
}

/* The row that is being looked at, for tell_field. */
struct looking {
	struct sheetin *s;
	const char *const *texts;
	int count;
};

static void tell_field(void *arg, const char *key, const char *why)
{
	const struct looking *l = arg;
	const struct register_field *f = register_field(l->s->g.shape, key);
	int column = sheetcols_of(&l->s->cols, key);
	char said[REASON_BYTES];

	snprintf(said, sizeof(said), "%s%s%s", column < 0 && f != NULL ? T(f->vi, f->en) : "",
		 column < 0 && f != NULL ? ": " : "", why);
	utf8_cut(said, sizeof(said) - 1);
	tell_cell(l->s, column, column >= 0 && column < l->count ? l->texts[column] : "", said);
}

static void example(struct sheetin *s, const char *id, const json_t *row, const json_t *was)
{
	if (json_array_size(s->examples) >= REGISTER_EXAMPLES_TOLD)
		return;
	must(json_array_append_new(s->examples,
				   json_pack("{s:I, s:o, s:O, s:O?}", "row", (json_int_t)s->row,
					     "id", json_text(id), "fields", row, "was",
					     was)) == 0);
}

/* What is to be written goes to the disk, so that a sheet of any length needs no memory. */
static bool spool(struct sheetin *s, const char *id, const json_t *row, const json_t *was,
		  const char *line, struct err *e)
{
	example(s, id, row, was);
	foreseen_add(&s->foreseen, id, was, line);
	s->added += id[0] == '\0';
	s->changed += id[0] != '\0';
	if (!s->apply || s->bad > 0)
		return true;
	return fprintf(s->spool, "%s %s\n", id[0] != '\0' ? id : "-", line) > 0 ||
	       err_errno(e, T("không ghi được tệp tạm", "cannot write a temporary file"));
}

static bool is_bad_id(struct sheetin *s, const char *id, struct err *e)
{
	json_t *fields = NULL;
	bool bad = register_number(s->g.shape, id) < 0 ||
		   !registers_row(s->g.view, s->g.shape->name, id, &fields, e);

	json_decref(fields);
	return bad;
}

/* The row of that id as it is, the caller's; NULL: there is none, or it is struck out. */
static json_t *there(struct sheetin *s, const char *id)
{
	json_t *fields = NULL;
	struct err none;

	if (id[0] != '\0' && !registers_row(s->g.view, s->g.shape->name, id, &fields, &none))
		return NULL;
	return fields;
}

static bool same_as_there(struct sheetin *s, const char *id, const json_t *row, const json_t *was,
			  const char *line)
{
	return id[0] == '\0' ? numbers_has(&s->known, numbers_hash(line, 0))
			     : was != NULL && json_equal(was, row);
}

static bool keep(struct sheetin *s, const char *id, const json_t *row, const json_t *was,
		 struct err *e)
{
	char *line = json_dumps(row, JSON_LINE);
	bool ok = true;

	must(line != NULL);
	if (same_as_there(s, id, row, was, line))
		s->same++;
	else
		ok = spool(s, id, row, was, line, e);
	free(line);
	return ok;
}

/* What the sheet has no column for stays as it is; an empty cell takes away. */
static void keep_others(struct sheetin *s, json_t *was, json_t *given)
{
	const char *key;
	json_t *value;

	json_object_foreach(was, key, value)
		if (sheetcols_of(&s->cols, key) < 0)
			json_object_set(given, key, value);
}

static bool look_at_row(struct sheetin *s, const char *const *texts, int count, struct err *e)
{
	struct looking l = {s, texts, count};
	int64_t before = s->bad;
	char id[ID_BYTES];
	struct err none = {0};
	int faults;

	json_t *given = sheetcols_row(&s->cols, texts, count, id, tell_cell, s);
	if (given == NULL)
		return true;
	s->rows++;
	if (json_array_size(s->first) < REGISTER_READ_TOLD)
		json_array_append_new(s->first, sheetcols_told(&s->cols, s->row, texts, count));
	if (id[0] != '\0' && is_bad_id(s, id, &none))
		tell_cell(s, sheetcols_id(&s->cols), id,
			  T("sổ không có dòng mang mã này; dòng mới thì bỏ trống",
				       "the register has no row of this id; leave it empty for a "
				       "new one"));
	json_t *was = there(s, id);
	keep_others(s, was, given);
	json_t *row = registrar_take(&s->g, given, was, tell_field, &l, &faults);
	bool ok = s->bad > before || keep(s, id, row, was, e);
	s->bad_rows += s->bad > before;
	json_decref(was);
	json_decref(row);
	json_decref(given);
	return ok;
}

static bool no_head(struct sheetin *s, struct err *e)
{
	const struct register_shape *r = s->g.shape;

	s->headless = true;
	return err_set(e, ERR_DAMAGED,
		       T("%d dòng đầu không có dòng nào mang tên các cột của sổ \"%s\", như "
			 "\"%s\", \"%s\"",
			 "none of the first %d rows names the columns of \"%s\", such as "
			 "\"%s\", \"%s\""),
		       SHEETCOLS_HEAD_ROWS, T(r->vi, r->en), T(r->fields[0].vi, r->fields[0].en),
		       T(r->fields[1].vi, r->fields[1].en));
}

static bool one_of_each(const struct sheetin *s, struct err *e)
{
	const struct sheetcols *c = &s->cols;
	char first[8], second[8];

	if (c->second == 0)
		return true;
	sheetcols_letters(c->first, first);
	sheetcols_letters(c->second, second);
	return err_set(e, ERR_DAMAGED,
		       T("dòng %lld: cột %s \"%s\" và cột %s \"%s\" là một; bỏ một cột, hay "
			 "sửa tên nó",
			 "row %lld: columns %s \"%s\" and %s \"%s\" are the same; take one away "
			 "or mend its name"),
		       (long long)c->head, first, c->names[c->first], second,
		       c->names[c->second]);
}

static bool take_head(struct sheetin *s, const char *const *texts, int count, struct err *e)
{
	if (sheetcols_head(&s->cols, s->row, texts, count))
		return one_of_each(s, e);
	return s->row < SHEETCOLS_HEAD_ROWS || no_head(s, e);
}

static bool take_row(void *arg, int64_t number, const char *const *texts, int count,
		     struct err *e)
{
	struct sheetin *s = arg;

	s->row = number;
	if (atomic_load(&s->stop))
		return err_set(e, ERR_FAILED, T("đài đang dừng", "the station is stopping"));
	if (s->cols.head == 0)
		return take_head(s, texts, count, e);
	if (sheetcols_again(&s->cols, texts, count))
		return err_set(e, ERR_DAMAGED,
			       T("dòng %lld lại là tên cột, như dòng %lld; bỏ dòng ấy rồi nhập lại",
				 "row %lld names the columns again, as row %lld does; take it away "
				 "and import the sheet again"),
			       (long long)number, (long long)s->cols.head);
	if (s->rows >= REGISTER_IMPORT_ROWS_MAX)
		return err_set(e, ERR_DAMAGED,
			       T("tệp có hơn %d dòng; chia thành nhiều tệp rồi nhập lần lượt",
				 "the sheet has more than %d rows; divide it into several"),
			       REGISTER_IMPORT_ROWS_MAX);
	return look_at_row(s, texts, count, e);
}

static bool add_known(const struct register_row *r, void *arg)
{
	char *line = json_dumps(r->fields, JSON_LINE);

	must(line != NULL);
	numbers_add(arg, numbers_hash(line, 0));
	free(line);
	return true;
}

static bool read_sheet(struct sheetin *s, struct err *e)
{
	return registers_rows(s->g.view, s->g.shape->name, add_known, &s->known, e) &&
	       sheetfile_read(&s->file, e) && (s->cols.head > 0 || no_head(s, e));
}

/* A first sheet that is none, of several, is a fault like others: the answer to it says which
 * sheets there are. */
static bool may_choose(struct sheetin *s, struct err *e)
{
	if (!s->headless || s->sheet[0] != '\0' ||
	    json_array_size(json_object_get(s->file.sheets, "sheets")) < 2)
		return false;
	s->bad_rows++;
	tell_cell(s, -1, "", e->text);
	*e = (struct err){0};
	return true;
}

static bool came_whole(struct sheetin *s, struct err *e)
{
	if (!store_hash(s->file.fd, s->sha256, e))
		return false;
	return s->wanted[0] == '\0' || strcmp(s->wanted, s->sha256) == 0 ||
	       err_set(e, ERR_CONFLICT, T("tệp không còn như lúc xem trước; xem trước lại",
					  "the sheet is not what it was when it was looked at: "
					  "look again"));
}

/* On a thread of its own, which must speak to whom the station's spoke. */
static bool work(void *arg, struct err *e)
{
	struct sheetin *s = arg;
	enum text_reader before = text_speak(s->reader);
	char path[PATH_BYTES + 16];

	snprintf(path, sizeof(path), "%s/view.sqlite", s->dir);
	bool ok = came_whole(s, e) && reader_open(&s->g.view, path, e);
	if (ok) {
		ok = (read_sheet(s, e) || may_choose(s, e)) && foreseen_holds(&s->foreseen, e);
		reader_close(s->g.view);
	}
	text_speak(before);
	return ok;
}

static bool hand_on(struct sheetin *s, struct err *e)
{
	struct imports *m = s->station != NULL ? &s->station->imports : NULL;
	struct imports alone = {0};
	struct imports_rows rows = {.spool = s->spool, .count = s->added + s->changed,
				    .shape = s->g.shape};

	if (m == NULL) {
		imports_init(&alone, s->desk, NULL);
		m = &alone;
	}
	if (imports_busy(m))
		return err_set(e, ERR_TOO_MANY,
			       T("đài đang ghi một tệp khác vào sổ; thử lại sau vài phút",
				 "the station is writing another sheet; try again later"));
	snprintf(rows.name, sizeof(rows.name), "%s", s->name);
	snprintf(rows.sha256, sizeof(rows.sha256), "%s", s->sha256);
	snprintf(rows.who, sizeof(rows.who), "%s", s->who);
	rewind(s->spool);
	s->spool = NULL;
	return imports_begin(m, &rows, e);
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct sheetin *s = arg;
	bool apply = s->apply && s->bad == 0 && s->added + s->changed > 0;
	bool is_csv = s->file.kind == SHEETFILE_CSV;
	char separator[2] = {is_csv ? s->file.cells.separator : '\0', '\0'};

	json_t *told = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:O,"
				 " s:b}",
				 "name", s->name, "sha256", s->sha256, "encoding",
				 is_csv ? charset_name(s->file.set) : "XLSX", "separator",
				 separator[0] == '\t' ? "tab" : separator, "rows",
				 (json_int_t)s->rows, "added", (json_int_t)s->added, "changed",
				 (json_int_t)s->changed, "same", (json_int_t)s->same, "bad_rows",
				 (json_int_t)s->bad_rows, "bad", (json_int_t)s->bad, "faults",
				 s->faults, "examples", s->examples, "applying", apply);
	must(told != NULL);
	json_object_set(told, "first", s->first);
	json_object_set_new(told, "effect", json_string(s->foreseen.effect));
	json_object_update(reply, told);
	if (s->file.sheets != NULL)
		json_object_update(reply, s->file.sheets);
	json_decref(told);
	return !apply || hand_on(s, e);
}

static void destroy(void *arg)
{
	struct sheetin *s = arg;

	if (s->file.fd >= 0)
		close(s->file.fd);
	if (s->spool != NULL)
		fclose(s->spool);
	sheetfile_finish(&s->file);
	numbers_finish(&s->known);
	registrar_close(&s->g);
	json_decref(s->faults);
	json_decref(s->examples);
	json_decref(s->first);
	free(s);
}

static void cancel(void *arg)
{
	atomic_store(&((struct sheetin *)arg)->stop, true);
}

static const struct later_kind kind = {work, conclude, destroy, cancel};

static bool open_sheet(struct sheetin *s, const char *path, struct err *e)
{
	struct stat st;

	s->file.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (s->file.fd < 0 || fstat(s->file.fd, &st) != 0)
		return err_errno(e, "%s", s->name);
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return err_set(e, ERR_DAMAGED, T("%s: tệp rỗng hoặc không phải tệp thường",
						 "%s: empty, or no ordinary file"), s->name);
	if (st.st_size > REGISTER_SHEET_BYTES_MAX)
		return err_set(e, ERR_DAMAGED, T("%s: tệp lớn hơn %d MB; chia thành nhiều tệp",
						 "%s: larger than %d MB; divide it into several"),
			       s->name, REGISTER_SHEET_BYTES_MAX >> 20);
	return true;
}

static bool open_spool(struct sheetin *s, struct err *e)
{
	int fd = open(s->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	s->spool = fd >= 0 ? fdopen(fd, "w+") : NULL;
	if (s->spool != NULL)
		return true;
	if (fd >= 0)
		close(fd);
	return err_errno(e, T("không mở được tệp tạm trong %s", "cannot make a temporary file in "
			      "%s"), s->dir);
}

static struct sheetin *create(struct request *rq, const char *path, const char *name,
			      const char *wanted, const char *sheet)
{
	struct sheetin *s = calloc(1, sizeof(*s));
	const char *slash = strrchr(path, '/');

	must(s != NULL);
	s->desk = rq->desk;
	s->station = rq->station;
	s->reader = text_speaks();
	s->file.fd = -1;
	s->apply = json_is_true(json_object_get(rq->args, "apply"));
	s->faults = json_array();
	s->examples = json_array();
	s->first = json_array();
	s->file.cells.each = take_row;
	s->file.cells.arg = s;
	snprintf(s->dir, sizeof(s->dir), "%s", rq->desk->dir);
	snprintf(s->who, sizeof(s->who), "%s", rq->who);
	snprintf(s->wanted, sizeof(s->wanted), "%s", wanted);
	snprintf(s->name, sizeof(s->name), "%.*s", NAME_BYTES - 1,
		 name[0] != '\0' ? name : slash != NULL ? slash + 1 : path);
	utf8_cut(s->name, sizeof(s->name) - 1);
	snprintf(s->sheet, sizeof(s->sheet), "%s", sheet);
	s->file.name = s->name;
	s->file.sheet = s->sheet;
	s->file.stop = &s->stop;
	return s;
}

bool sheetin_start(struct request *rq, json_t *reply, struct err *e)
{
	const char *path, *name, *wanted, *foreseen, *which, *sheet;

	if (!request_text(rq, "register", true, &which, e) ||
	    !request_text(rq, "path", true, &path, e) ||
	    !request_text(rq, "name", false, &name, e) ||
	    !request_text(rq, "sha256", false, &wanted, e) ||
	    !request_text(rq, "sheet", false, &sheet, e) ||
	    !request_text(rq, "effect", false, &foreseen, e))
		return false;
	if (later_count(rq->station, &kind) > 0)
		return err_set(e, ERR_TOO_MANY,
			       T("đài đang đọc một tệp khác; thử lại sau vài giây",
				 "the station reads another sheet; try again in a few seconds"));
	struct sheetin *s = create(rq, path, name, wanted, sheet);
	foreseen_begin(&s->foreseen, foreseen);
	if (registrar_open(&s->g, which, rq->desk, e) && open_sheet(s, path, e) &&
	    open_spool(s, e)) {
		s->cols.shape = s->g.shape;
		return later_start(&s->later, &kind, s, rq, reply, e);
	}
	destroy(s);
	return false;
}
