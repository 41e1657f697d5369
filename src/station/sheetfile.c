/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheetfile.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "library/sheetpipe.h"
#include "sys/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECE_BYTES (64 << 10)
#define HEAD_BYTES_MAX (512 << 10) /* the names of SHEETS_MAX sheets, escaped */
#define LOOK_MS 100		   /* so often it is asked whether to stop */

enum sheetfile_kind sheetfile_kind(const char *data, size_t len)
{
	static const char *const web[] = {"<!doctype", "<html", "<head", "<meta", "<style",
					  "<table", "<?xml", "<workbook"};
	const char *at = data, *end = data + len;

	if (len >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "PK\5\6", 4) == 0))
		return SHEETFILE_XLSX;
	if (len >= 8 && memcmp(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
		return SHEETFILE_OLD;
	if (len >= 5 && memcmp(data, "%PDF-", 5) == 0)
		return SHEETFILE_PDF;
	if (len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	while (at < end && strchr(" \t\r\n", *at) != NULL && *at != '\0')
		at++;
	for (size_t i = 0; i < sizeof(web) / sizeof(web[0]); i++)
		if ((size_t)(end - at) >= strlen(web[i]) &&
		    strncasecmp(at, web[i], strlen(web[i])) == 0)
			return SHEETFILE_WEB;
	return SHEETFILE_CSV;
}

static bool stopping(const struct sheetfile *f, struct err *e)
{
	return atomic_load(f->stop) &&
	       !err_set(e, ERR_FAILED, T("đài đang dừng", "the station is stopping"));
}

/* CSV. */

static bool guess(struct sheetfile *f, char *piece, struct err *e)
{
	struct charset_look look = {0};
	off_t at = 0;
	ssize_t n;

	while ((n = pread(f->fd, piece, PIECE_BYTES, at)) > 0) {
		charset_look(&look, piece, (size_t)n);
		at += n;
	}
	f->set = charset_guess(&look);
	return n == 0 || err_errno(e, "%s", f->name);
}

static bool add_piece(struct sheetfile *f, struct buf *text, struct err *e)
{
	if (f->cells.separator == '\0' && text->len > 0)
		f->cells.separator = cells_separator(buf_str(text), text->len);
	bool ok = text->len == 0 || cells_add(&f->cells, text->data, text->len, e);

	buf_reset(text);
	return ok;
}

static bool read_csv(struct sheetfile *f, char *piece, struct err *e)
{
	struct charset_turn *turn;
	struct buf text = {0};
	off_t at = 0;
	ssize_t n = 1;

	if (!guess(f, piece, e) || !charset_open(&turn, f->set, e))
		return false;
	bool ok = true;
	while (ok && n > 0) {
		n = pread(f->fd, piece, PIECE_BYTES, at);
		at += n > 0 ? n : 0;
		ok = n >= 0 ? charset_add(turn, piece, (size_t)n, n == 0, &text, e)
			    : err_errno(e, "%s", f->name);
		ok = ok && add_piece(f, &text, e);
	}
	ok = ok && cells_end(&f->cells, e);
	buf_finish(&text);
	charset_close(turn);
	return ok;
}

/* .xlsx. Nothing that the worker says is believed: it may be a stranger's by now. */

struct hearing {
	struct sheetfile *f;
	struct proc worker;
	int from;
	struct charset_turn *turn; /* that it is UTF-8 */
	struct buf text;
	int64_t silent_ms;
};

static const char *save_anew(void)
{
	return T("mở bằng Excel hay LibreOffice rồi lưu lại dưới dạng .xlsx hoặc .csv",
		 "open it in Excel or LibreOffice and save it as .xlsx or .csv");
}

static const char *why_of(enum sheet_verdict verdict)
{
	switch (verdict) {
	case SHEET_DAMAGED:
		return T("tệp .xlsx hỏng hoặc không trọn vẹn",
			 "the .xlsx file is damaged or not whole");
	case SHEET_NO_BOOK:
		return T("tệp nén này không phải bảng tính", "this zip file is no spreadsheet");
	case SHEET_ODS:
		return T("đây là tệp OpenDocument (.ods)", "this is an OpenDocument file (.ods)");
	case SHEET_XLSB:
		return T("đây là tệp .xlsb", "this is an .xlsb file");
	case SHEET_LOCKED:
		return T("tệp có mật khẩu", "the file has a password");
	case SHEET_DTD:
		return T("trong tệp có phần DTD mà không bảng tính nào có",
			 "the file has a DTD, as no spreadsheet has");
	default:
		return T("tiến trình đọc bảng tính kết thúc vì lỗi",
			 "the process that reads spreadsheets ended with a fault");
	}
}

static bool no_sheet(const struct sheetfile *f, struct err *e)
{
	char names[300] = "";
	size_t i, used = 0;
	json_t *one;

	json_array_foreach(json_object_get(f->sheets, "sheets"), i, one)
		if (used < sizeof(names))
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s\"%s\"",
						 i == 0 ? "" : ", ", json_string_value(one));
	utf8_cut(names, sizeof(names) - 1);
	if (f->sheet[0] == '\0')
		return err_set(e, ERR_DAMAGED,
			       T("%s: mọi trang tính đều ẩn: %s; chọn một trang, hay bỏ ẩn",
				 "%s: all its sheets are hidden: %s; choose one, or show it"),
			       f->name, names);
	return err_set(e, ERR_DAMAGED,
		       T("%s: không có trang tính \"%.60s\"; có: %s",
			 "%s: there is no sheet \"%.60s\"; there are: %s"),
		       f->name, f->sheet, names);
}

static bool refuse(const struct sheetfile *f, enum sheet_verdict verdict, struct err *e)
{
	switch (verdict) {
	case SHEET_NO_SHEET:
		return no_sheet(f, e);
	case SHEET_TOO_BIG:
		return err_set(e, ERR_DAMAGED,
			       T("%s: tệp bung ra quá lớn (hơn %d MB, hoặc quá nhiều chữ); chia "
				 "thành nhiều tệp",
				 "%s: too large when unpacked (more than %d MB, or too many texts)"
				 "; divide it into several"),
			       f->name, (int)(SHEET_UNPACKED_BYTES_MAX >> 20));
	case SHEET_TOO_WIDE:
		return err_set(e, ERR_DAMAGED,
			       T("%s: sau dòng %lld có chữ ngoài %d cột đầu; xóa các cột ấy",
				 "%s: below row %lld there is text beyond the first %d columns; "
				 "take them away"),
			       f->name, (long long)f->cells.row, CELLS_COLUMNS_MAX);
	case SHEET_LONG_ROW:
		return err_set(e, ERR_DAMAGED,
			       T("%s: sau dòng %lld có một dòng dài quá %d kB",
				 "%s: below row %lld a row has more than %d kB"),
			       f->name, (long long)f->cells.row, CELLS_ROW_BYTES_MAX >> 10);
	default:
		return err_set(e, verdict >= SHEET_DAMAGED ? ERR_DAMAGED : ERR_FAILED, "%s: %s; %s",
			       f->name, why_of(verdict), save_anew());
	}
}

static bool start(struct hearing *h, struct err *e)
{
	char worker[] = "worker", sheet[] = "sheet";
	char *name = h->f->sheet[0] != '\0' ? strdup(h->f->sheet) : NULL;
	char *const args[] = {worker, sheet, name, NULL};
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0) {
		free(name);
		return err_errno(e, T("không mở được đường ống", "cannot open a pipe"));
	}
	bool ok = proc_start(&h->worker, args,
			     &(struct proc_fds){.in_fd = h->f->fd,
						.out_fd = ends[1],
						.no_environment = true}, e);
	close(ends[1]);
	h->from = ends[0];
	free(name);
	return ok;
}

/* A name that can be shown; NULL: none. */
static json_t *shown_name(const json_t *name)
{
	const char *text = json_string_value(name);

	if (text == NULL)
		return NULL;
	return json_text(utf8_printable(text, json_string_length(name)) ? text : "?");
}

/* Only what the caller is to be told, whatever else there is. */
static json_t *sheets_of(const json_t *head)
{
	json_t *names = json_array(), *one = shown_name(json_object_get(head, "sheet"));
	const json_t *name;
	size_t i;

	json_array_foreach(json_object_get(head, "sheets"), i, name)
		if (i < SHEETS_MAX && json_is_string(name))
			json_array_append_new(names, shown_name(name));
	json_t *sheets = json_pack("{s:o, s:o}", "sheet", one != NULL ? one : json_null(),
				   "sheets", names);
	must(sheets != NULL);
	return sheets;
}

/* The line before the rows; what is behind it stays in text. */
static bool take_head(struct hearing *h, struct err *e)
{
	const char *end = memchr(buf_str(&h->text), '\n', h->text.len);

	if (end == NULL)
		return h->text.len <= HEAD_BYTES_MAX || refuse(h->f, SHEET_WHOLE, e);
	size_t len = (size_t)(end - h->text.data);
	json_t *head = json_read(h->text.data, len, e);
	buf_drop(&h->text, len + 1);
	bool ok = json_is_object(head) || refuse(h->f, SHEET_WHOLE, e);
	if (ok)
		h->f->sheets = sheets_of(head);
	json_decref(head);
	return ok;
}

static bool take_piece(struct hearing *h, const char *piece, size_t len, struct err *e)
{
	if (!charset_add(h->turn, piece, len, len == 0, &h->text, e) ||
	    (h->f->sheets == NULL && !take_head(h, e)))
		return false;
	return h->f->sheets == NULL || add_piece(h->f, &h->text, e);
}

/* False + e: it failed. *last: it has said all. */
static bool hear(struct hearing *h, char *piece, bool *last, struct err *e)
{
	struct pollfd there = {.fd = h->from, .events = POLLIN};

	*last = false;
	if (stopping(h->f, e))
		return false;
	if (poll(&there, 1, LOOK_MS) <= 0) {
		h->silent_ms += LOOK_MS;
		return h->silent_ms < SHEET_SILENT_MS ||
		       err_set(e, ERR_FAILED, T("%s: quá lâu không đọc được gì",
						"%s: nothing could be read for too long"),
			       h->f->name);
	}
	ssize_t n = read(h->from, piece, PIECE_BYTES);
	if (n < 0)
		return errno == EINTR || err_errno(e, "%s", h->f->name);
	h->silent_ms = 0;
	*last = n == 0;
	return take_piece(h, piece, (size_t)n, e);
}

/* It has closed its output; its end follows at once, or is made. */
static bool ended_well(struct hearing *h, struct err *e)
{
	struct pollfd ended = {.fd = h->worker.pidfd, .events = POLLIN};
	int status = -1;

	poll(&ended, 1, 2000);
	if (!proc_reap(&h->worker, &status) || !WIFEXITED(status))
		return refuse(h->f, SHEET_WHOLE, e);
	if (WEXITSTATUS(status) != 0)
		return refuse(h->f, (enum sheet_verdict)WEXITSTATUS(status), e);
	return h->f->sheets != NULL || refuse(h->f, SHEET_WHOLE, e);
}

static bool read_xlsx(struct sheetfile *f, char *piece, struct err *e)
{
	struct hearing h = {.f = f, .worker = {.pidfd = -1}, .from = -1};
	bool last = false;

	f->cells.separator = ',';
	if (!charset_open(&h.turn, CHARSET_UTF8, e))
		return false;
	bool ok = start(&h, e);
	while (ok && !last)
		ok = hear(&h, piece, &last, e);
	ok = ok && ended_well(&h, e) && cells_end(&f->cells, e);
	if (h.worker.pid != 0)
		kill(h.worker.pid, SIGKILL); /* it has nothing to save */
	proc_end(&h.worker, 1000);
	if (h.from >= 0)
		close(h.from);
	charset_close(h.turn);
	buf_finish(&h.text);
	return ok;
}

static bool refuse_kind(const struct sheetfile *f, struct err *e)
{
	const char *what =
		f->kind == SHEETFILE_OLD
			? T("tệp Excel kiểu cũ (.xls) hoặc có mật khẩu",
			    "an old Excel file (.xls), or one with a password")
		: f->kind == SHEETFILE_PDF
			? T("tệp PDF, không phải bảng tính", "a PDF file, no spreadsheet")
			: T("trang web hoặc tệp XML mang tên bảng tính",
			    "a web page or an XML file that is called a spreadsheet");

	return err_set(e, ERR_DAMAGED, "%s: %s; %s", f->name, what, save_anew());
}

bool sheetfile_read(struct sheetfile *f, struct err *e)
{
	char *piece = malloc(PIECE_BYTES);

	must(piece != NULL);
	ssize_t n = pread(f->fd, piece, 512, 0);
	bool ok = n >= 0 || err_errno(e, "%s", f->name);
	f->kind = ok ? sheetfile_kind(piece, (size_t)n) : SHEETFILE_CSV;
	if (ok && f->kind == SHEETFILE_CSV)
		ok = read_csv(f, piece, e);
	else if (ok)
		ok = f->kind == SHEETFILE_XLSX ? read_xlsx(f, piece, e) : refuse_kind(f, e);
	free(piece);
	return ok;
}

void sheetfile_finish(struct sheetfile *f)
{
	cells_finish(&f->cells);
	json_decref(f->sheets);
	f->sheets = NULL;
}
