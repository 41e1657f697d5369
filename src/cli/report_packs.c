/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_packs.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/known_keys.h"
#include "cli/made.h"
#include "cli/packs.h"
#include "cli/packs_told.h"
#include "cli/shipped.h"
#include "proof/reader.h"
#include "proof/registers.h"
#include "proof/unparcel.h"
#include "report/merged.h"
#include "report/several.h"
#include "report/summary.h"
#include "report/together.h"
#include "sys/disk.h"
#include "sys/tz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_MAX 4096

struct packing {
	const struct report_packs *asked;
	struct made made; /* what is asked, and the catalogue */
	struct report_across across;
	struct table_writer *w;
	/* Each is written as it comes; or all of them are open until the last is there: their packs
	 * are gone then, and what has no name any more takes its room until it is closed, however
	 * the program ends. One of the two is NULL. */
	struct merged *merged;
	struct together *all;
	document_write *words; /* the report in words, into `out`; NULL: a table, into w */
	FILE *out;
	json_t *taken;      /* names of logs → what pack_take told, and "path", "label" */
	json_t *left;       /* path and why, in words */
	char log[ERR_TEXT_BYTES]; /* struct table_head */
	struct note_verifier *keys;
	int key_count;
};

static bool add_key(const struct note_verifier *key, void *arg, struct err *e)
{
	struct packing *p = arg;

	if (p->key_count == KEYS_MAX)
		return err_set(e, ERR_USAGE, T("--key: nhiều nhất %d khóa", "--key: at most %d"),
			       KEYS_MAX);
	p->keys[p->key_count++] = *key;
	return true;
}

static void leave_out(struct packing *p, const char *path, const char *why)
{
	char line[2 * ERR_TEXT_BYTES];

	snprintf(line, sizeof(line), "%.300s: %s", path, why);
	fprintf(stderr, T("vangxa: bị loại: %s\n", "vangxa: left out: %s\n"), line);
	json_array_append_new(p->left, json_string(line));
}

/* Its own register may have its name; a log has but the id of the settings. */
struct naming {
	int rows;
	char name[NAME_BYTES];
};

static bool each_station(const struct register_row *row, void *arg)
{
	struct naming *n = arg;

	snprintf(n->name, sizeof(n->name), "%.190s", json_get_text(row->fields, "name", ""));
	return ++n->rows < 2;
}

static bool is_taken(const struct packing *p, const char *label)
{
	const char *name;
	json_t *o;

	json_object_foreach(p->taken, name, o)
		if (strcmp(json_get_text(o, "label", ""), label) == 0)
			return true;
	return false;
}

static void label_it(const struct packing *p, json_t *told, struct view *v)
{
	const char *name = json_get_text(told, "name", "?"), *slash = strchr(name, '/');
	struct naming n = {0};
	struct err ignored;

	if (!registers_rows(v, "stations", each_station, &n, &ignored) || n.rows != 1 ||
	    n.name[0] == '\0' || is_taken(p, n.name))
		snprintf(n.name, sizeof(n.name), "%.190s",
			 slash != NULL && slash[1] != '\0' ? slash + 1 : name);
	json_object_set_new(told, "label", json_string(n.name));
}

static bool agree(const json_t *a, const json_t *b, const char *key)
{
	return strcmp(json_get_text(a, key, ""), json_get_text(b, key, "")) == 0;
}

/* Of one station there may be one pack: each holds the whole log, and all are of the whole
 * period. */
static bool is_twice(const struct packing *p, const json_t *told, struct err *e)
{
	const json_t *had = json_object_get(p->taken, json_get_text(told, "name", ""));
	const char *path = json_get_text(had, "path", "");

	if (had == NULL)
		return false;
	if (!agree(had, told, "vkey"))
		err_set(e, ERR_CONFLICT,
			T("mang tên sổ %.100s như %.200s, mà ký bằng khóa khác: một trong hai "
			  "không phải của đài ấy. Đưa khóa đúng bằng --key",
			  "of the log %.100s as %.200s is, and signed by another key: one of the "
			  "two is not of that station. Give the right key with --key"),
			json_get_text(told, "name", ""), path);
	else if (agree(had, told, "root") && agree(had, told, "from") && agree(had, told, "to"))
		err_set(e, ERR_CONFLICT, T("cùng một gói với %.200s, đưa hai lần",
					   "the same pack as %.200s, given twice"), path);
	else
		err_set(e, ERR_CONFLICT,
			T("cùng đài với %.200s, và kỳ của hai gói chồng lên nhau: không lượt phát "
			  "nào được tính hai lần",
			  "of the same station as %.200s, and their periods overlap: no airing "
			  "counts twice"), path);
	return true;
}

static bool write_station(struct packing *p, struct view *view, const struct tz *tz,
			  const struct together_station *s, struct err *e)
{
	struct report r = p->made.r;

	r.view = view;
	r.tz = tz;
	bool ok = merged_add(p->merged, &r, p->asked->table, s->label, e) ||
		  err_wrap(e, "%s", s->path);
	reader_close(view);
	return ok;
}

/* The day of a log's first entry, or nothing if nobody knows. */
static void tell_began(json_t *told, struct view *v)
{
	struct wall began;
	struct err ignored;
	bool found = false;

	if (reader_began(v, &began, &found, &ignored) && found)
		json_object_set_new(told, "first_ms", json_integer(began.ns / NS_PER_MS));
}

static bool use_view(struct packing *p, const char *path, json_t *told, struct view *view,
		     const struct tz *tz, struct err *e)
{
	label_it(p, told, view);
	tell_began(told, view);
	json_object_set_new(told, "path", json_string(path));
	json_object_set(p->taken, json_get_text(told, "name", ""), told);
	struct together_station s = {.log = json_get_text(told, "name", ""),
				     .label = json_get_text(told, "label", ""),
				     .path = json_get_text(told, "path", "")};
	if (p->all == NULL)
		return write_station(p, view, tz, &s, e);
	together_add(p->all, &s, view, tz);
	return true;
}

static bool use(struct packing *p, const char *path, json_t *told, struct err *e)
{
	char file[PATH_BYTES + 32];
	struct tz *tz = calloc(1, sizeof(*tz));
	struct view *view = NULL;

	must(tz != NULL);
	snprintf(file, sizeof(file), "%s/" PACK_TAKE_VIEW, json_get_text(told, "dir", ""));
	bool ok = (tz_load(tz, json_get_text(told, "timezone", ""), e) &&
		   reader_open(&view, file, e)) ||
		  err_wrap(e, "%s", path);
	ok = ok && use_view(p, path, told, view, tz, e);
	free(tz);
	return ok;
}

/* What is wrong with a pack is told and not the end; what is wrong with the report is. */
static bool take(struct packing *p, const char *path, json_t *told, struct err *e)
{
	struct unparcel u = {0};
	struct err why;
	bool ok = true;

	snprintf(u.dir, sizeof(u.dir), "%s", json_get_text(told, "dir", ""));
	if (!json_get_bool(told, "ok", false))
		leave_out(p, path, json_get_text(told, "why", "?"));
	else if (is_twice(p, told, &why))
		leave_out(p, path, why.text);
	else
		ok = use(p, path, told, e);
	unparcel_close(&u);
	return ok;
}

/* A table can have no other text. */
static const char *shown(const char *path)
{
	return utf8_printable(path, strlen(path)) ? path : T("(tên tệp không phải UTF-8)",
							     "(a name that is not UTF-8)");
}

static bool take_all(struct packing *p, struct packs *packs, struct err *e)
{
	const char *path;
	json_t *told;
	bool ok = true;

	while (ok && (told = packs_next(packs, &path)) != NULL) {
		ok = take(p, shown(path), told, e);
		json_decref(told);
	}
	return ok;
}

static bool note_several(struct packing *p, struct err *e)
{
	bool plan = strcmp(p->asked->table, "D") == 0;

	if (p->across.several == NULL)
		return true;
	if (!plan && p->words == NULL)
		return several_notes(p->across.several, strcmp(p->asked->table, "C") == 0, p->w,
				     e);
	return !together_shared(p->all) ||
	       table_note(p->w, T("Sản phẩm có ở nhiều đài (cùng một tệp) chỉ tính một lần.",
				  "What stands at several stations (the same file) counts once."),
			  e);
}

static bool write_one(void *arg, const struct report *r, const char *table,
		      struct table_writer *w, struct err *e)
{
	struct packing *p = arg;

	return together_write(p->all, r, table, w, e);
}

static bool write_notes(void *arg, struct table_writer *w, struct err *e)
{
	struct packing *p = arg;

	p->w = w;
	return table_note(w, p->log, e) && note_several(p, e) &&
	       packs_told(&p->made.r, p->taken, p->left, w, e);
}

/* Of several logs the first that is of the period: where there is none, nothing is known of it. */
static void began(struct packing *p)
{
	int64_t first_ms = INT64_MAX;
	const char *name;
	json_t *told;

	json_object_foreach(p->taken, name, told) {
		int64_t one_ms = json_get_integer(told, "first_ms", 0);
		first_ms = one_ms < first_ms ? one_ms : first_ms;
	}
	if (first_ms > 0 && date_compare(report_day(&p->made.r, first_ms),
					 p->asked->period.first) > 0)
		p->made.r.began.ns = first_ms * NS_PER_MS;
}

static bool write_report(struct packing *p, struct err *e)
{
	const struct report *r = &p->made.r;

	if (p->all != NULL && !together_known(p->all, r, e))
		return false;
	if (p->words != NULL) {
		began(p);
		return summary_write(r, p->words, p->out, e);
	}
	return (p->all != NULL ? together_write(p->all, r, p->asked->table, p->w, e)
			       : merged_sum(p->merged, e)) &&
	       note_several(p, e) && packs_told(&p->made.r, p->taken, p->left, p->w, e) &&
	       table_end(p->w, e);
}

static bool finish(struct packing *p, struct err *e)
{
	int used = (int)json_object_size(p->taken), left = (int)json_array_size(p->left);

	if (used == 0)
		return err_set(e, ERR_FAILED,
			       T("không gói nào trong %d gói dùng được, nên không lập bảng; lý do "
				 "của từng gói ở trên",
				 "none of the %d packs can be used, and no table is made; the "
				 "reason of each stands above"), left);
	snprintf(p->log, sizeof(p->log),
		 T("Gộp từ %d trên %d gói, mỗi gói đã được kiểm như vangxa verify.",
		   "Merged from %d of %d packs, each verified as vangxa verify does."),
		 used, used + left);
	return write_report(p, e);
}

/* Names, targets and rates are those of whoever makes the report. */
static bool gather(struct packing *p, struct disk_real *disk, struct err *e)
{
	const struct report_packs *a = p->asked;
	char dir[PATH_BYTES];

	if (a->data != NULL)
		snprintf(dir, sizeof(dir), "%s", a->data);
	else
		shipped_dir(dir);
	if (!disk_real_open(disk, dir, e) || !tz_load(&p->made.tz, "Asia/Ho_Chi_Minh", e))
		return false;
	p->made.r.period = a->period;
	p->made.r.filter = a->filter;
	p->made.r.by = a->by;
	made_gather(&p->made, dir, &disk->disk);
	p->made.r.zone_count = 0;
	users_destroy(p->made.users); /* accounts have their names at their stations */
	p->made.users = NULL;
	p->made.r.log = p->log;
	p->made.r.across = &p->across;
	return true;
}

/* What stands at several stations is known when all of them are here, and whether a code is
 * anywhere; words are of many tables. */
static bool needs_all(const struct packing *p)
{
	const struct report_filter *f = &p->asked->filter;

	return f->programme != NULL || f->language != NULL || f->kind != NULL || f->fund != NULL ||
	       f->place != NULL || f->producer != NULL || p->words != NULL ||
	       strpbrk(p->asked->table, "BCD") != NULL;
}

static bool write_all(struct packing *p, struct packs *packs, struct err *e)
{
	p->across.write = write_one;
	p->across.notes = write_notes;
	p->across.arg = p;
	if (needs_all(p))
		p->all = together_begin(&p->across, p->log);
	else
		p->merged = merged_begin(p->w, &p->across, p->log);
	bool ok = take_all(p, packs, e) && finish(p, e);
	merged_end(p->merged);
	together_end(p->all);
	return ok;
}

static bool run(struct packing *p, struct err *e)
{
	const struct report_packs *a = p->asked;
	struct pack_wanted wanted = {.period = a->period, .keys = p->keys};
	struct disk_real disk;

	if (p->words == NULL && report_table_find(a->table) == NULL)
		return report_no_table(a->table, e);
	if (!known_keys_each(a->keys, add_key, p, e))
		return false;
	wanted.key_count = p->key_count;
	struct packs *packs = packs_start(a->paths, &wanted, e);
	if (packs == NULL)
		return false;
	bool ok = gather(p, &disk, e);
	if (ok) {
		ok = write_all(p, packs, e);
		made_let_go(&p->made);
		disk_real_close(&disk);
	}
	packs_stop(packs);
	return ok;
}

static bool make(struct packing *p, int *left_out, struct err *e)
{
	p->taken = json_object();
	p->left = json_array();
	p->keys = calloc(KEYS_MAX, sizeof(*p->keys));
	must(p->taken != NULL && p->left != NULL && p->keys != NULL);
	bool ok = run(p, e);
	*left_out = (int)json_array_size(p->left);
	numbers_finish(&p->across.days);
	json_decref(p->taken);
	json_decref(p->left);
	free(p->keys);
	free(p);
	return ok;
}

bool report_packs_write(const struct report_packs *a, struct table_writer *w, int *left_out,
			struct err *e)
{
	struct packing *p = calloc(1, sizeof(*p));

	must(p != NULL);
	*p = (struct packing){.asked = a, .w = w};
	return make(p, left_out, e);
}

bool report_packs_tell(const struct report_packs *a, document_write *write, FILE *out,
		       int *left_out, struct err *e)
{
	struct packing *p = calloc(1, sizeof(*p));

	must(p != NULL);
	*p = (struct packing){.asked = a, .words = write, .out = out};
	return make(p, left_out, e);
}
