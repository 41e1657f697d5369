/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_packs.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/known_keys.h"
#include "cli/made.h"
#include "cli/packs.h"
#include "cli/shipped.h"
#include "proof/reader.h"
#include "proof/registers.h"
#include "proof/unparcel.h"
#include "report/merged.h"
#include "report/several.h"
#include "sys/disk.h"
#include "sys/tz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_MAX 4096

/* A station whose pack is gone and whose view is open still: what has no name any more takes its
 * room until it is closed, however the program ends. */
struct kept {
	struct view *view;
	struct tz tz;
	const json_t *told; /* in packing's taken */
};

struct packing {
	const struct report_packs *asked;
	struct made made; /* what is asked, and the catalogue */
	struct report_across across;
	struct table_writer *w;
	struct merged *merged;
	struct plan *plan;  /* table D */
	struct totals *totals; /* table B, divided */
	struct kept *kept;  /* ARGS_LIST_MAX; NULL: each is written as it comes */
	int kept_count;
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

static bool write_station(struct packing *p, const struct kept *k, struct err *e)
{
	struct report r = p->made.r;

	r.view = k->view;
	r.tz = &k->tz;
	const char *label = json_get_text(k->told, "label", "");

	return (p->plan != NULL
			? report_plan_add(p->plan, &r, json_get_text(k->told, "name", ""), e)
		: p->totals != NULL ? report_totals_add(p->totals, &r, label, e)
				    : merged_add(p->merged, &r, p->asked->table, label, e)) ||
	       err_wrap(e, "%s", json_get_text(k->told, "path", ""));
}

/* What stands at several stations is known when all of them are here. */
static bool keep(struct packing *p, const struct kept *k, struct err *e)
{
	struct report r = p->made.r;

	p->kept[p->kept_count++] = *k;
	r.view = k->view;
	r.tz = &k->tz;
	return several_add(p->across.several, &r, json_get_text(k->told, "label", ""), e) ||
	       err_wrap(e, "%s", json_get_text(k->told, "path", ""));
}

static bool write_kept(struct packing *p, struct err *e)
{
	bool ok = true;

	if (p->kept == NULL)
		return true;
	several_settle(p->across.several);
	for (int i = 0; ok && i < p->kept_count; i++) {
		p->across.station = i;
		ok = write_station(p, &p->kept[i], e);
	}
	return ok;
}

static void let_go(struct packing *p)
{
	for (int i = 0; i < p->kept_count; i++)
		reader_close(p->kept[i].view);
	free(p->kept);
	several_end(p->across.several);
}

static bool use(struct packing *p, const char *path, json_t *told, struct err *e)
{
	char file[PATH_BYTES + 32];
	struct kept *k = calloc(1, sizeof(*k));
	bool ok;

	must(k != NULL);
	k->told = told;
	snprintf(file, sizeof(file), "%s/" PACK_TAKE_VIEW, json_get_text(told, "dir", ""));
	ok = (tz_load(&k->tz, json_get_text(told, "timezone", ""), e) &&
	      reader_open(&k->view, file, e)) ||
	     err_wrap(e, "%s", path);
	if (ok) {
		label_it(p, told, k->view);
		json_object_set_new(told, "path", json_string(path));
		json_object_set(p->taken, json_get_text(told, "name", ""), told);
		ok = p->kept != NULL ? keep(p, k, e) : write_station(p, k, e);
		if (p->kept == NULL)
			reader_close(k->view);
	}
	free(k);
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

static bool note(struct packing *p, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static bool note(struct packing *p, struct err *e, const char *fmt, ...)
{
	char line[3 * ERR_TEXT_BYTES];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	return table_note(p->w, line, e);
}

/* A log that ends within the period says nothing of what came then. */
static bool note_end(struct packing *p, const json_t *told, struct err *e)
{
	int64_t last_ms = json_get_integer(told, "last_ms", 0);
	struct wall from, to;
	char at[32];

	period_span(&p->asked->period, &p->made.tz, &from, &to);
	if (last_ms >= to.ns / NS_PER_MS)
		return true;
	wall_print((struct wall){last_ms * NS_PER_MS}, &p->made.tz, at);
	return note(p, e, T("LƯU Ý: sổ của %.100s trong gói chỉ kể đến %.16s, trước khi kỳ hết.",
			    "NOTE: the log of %.100s in its pack tells until %.16s, before the "
			    "period is over."), json_get_text(told, "label", ""), at);
}

static bool note_pack(struct packing *p, const json_t *told, struct err *e)
{
	const json_t *text;
	size_t i;

	if (!note(p, e, T("%.100s: gói %.200s, kỳ %s – %s, sổ %.128s, %lld mục đã ký, mã gốc %s, "
			  "khóa %.200s%s",
			  "%.100s: pack %.200s of %s to %s, log %.128s, %lld entries signed, root "
			  "%s, key %.200s%s"),
		  json_get_text(told, "label", ""), json_get_text(told, "path", ""),
		  json_get_text(told, "from", ""), json_get_text(told, "to", ""),
		  json_get_text(told, "log", ""), (long long)json_get_integer(told, "size", 0),
		  json_get_text(told, "root", ""), json_get_text(told, "vkey", ""),
		  json_get_bool(told, "own_key", true)
			  ? T(" (khóa lấy trong chính gói, chưa so với nơi khác)",
			      " (the key is the pack's own, and was not compared with another)")
			  : "") ||
	    !note_end(p, told, e))
		return false;
	json_array_foreach(json_object_get(told, "warnings"), i, text)
		if (!note(p, e, T("CẢNH BÁO, %.100s: %s", "WARNING, %.100s: %s"),
			  json_get_text(told, "label", ""), json_string_value(text)))
			return false;
	return true;
}

static bool note_packs(struct packing *p, struct err *e)
{
	const char *name;
	json_t *told;
	size_t i;

	json_object_foreach(p->taken, name, told)
		if (!note_pack(p, told, e))
			return false;
	json_array_foreach(p->left, i, told)
		if (!note(p, e, T("BỊ LOẠI, không tính vào bảng này: %s",
				  "LEFT OUT, and not counted here: %s"), json_string_value(told)))
			return false;
	return true;
}

static bool note_several(struct packing *p, struct err *e)
{
	if (p->kept == NULL)
		return true;
	if (p->plan != NULL)
		return !several_any(p->across.several) ||
		       note(p, e, "%s",
			    T("Sản phẩm có ở nhiều đài (cùng một tệp) chỉ tính một lần.",
			      "What stands at several stations (the same file) counts once."));
	return several_notes(p->across.several, strcmp(p->asked->table, "C") == 0, p->w, e);
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
	return write_kept(p, e) &&
	       (p->plan != NULL	    ? report_plan_write(p->plan, p->w, e)
		: p->totals != NULL ? report_totals_write(p->totals, p->w, e)
				    : merged_sum(p->merged, e)) &&
	       note_several(p, e) && note_packs(p, e) && table_end(p->w, e);
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

static bool write_all(struct packing *p, struct packs *packs, struct err *e)
{
	bool targets = strcmp(p->asked->table, "D") == 0;

	/* Those that count products. */
	if (strpbrk(p->asked->table, "BCD") != NULL) {
		p->kept = calloc(ARGS_LIST_MAX, sizeof(*p->kept));
		must(p->kept != NULL);
		p->across.several = several_begin();
	}
	p->plan = targets ? report_plan_begin(&p->made.r) : NULL;
	if (p->asked->by != REPORT_BY_ALL)
		p->totals = report_totals_begin(&p->made.r);
	p->merged = targets || p->totals != NULL ? NULL
						 : merged_begin(p->w, &p->across, p->log);
	bool ok = take_all(p, packs, e) && finish(p, e);
	if (p->plan != NULL)
		report_plan_end(p->plan);
	merged_end(p->merged);
	report_totals_end(p->totals);
	let_go(p);
	return ok;
}

static bool run(struct packing *p, struct err *e)
{
	const struct report_packs *a = p->asked;
	struct pack_wanted wanted = {.period = a->period, .keys = p->keys};
	struct disk_real disk;

	if (report_table_find(a->table) == NULL)
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

bool report_packs_write(const struct report_packs *a, struct table_writer *w, int *left_out,
			struct err *e)
{
	struct packing *p = calloc(1, sizeof(*p));

	must(p != NULL);
	*p = (struct packing){.asked = a, .w = w, .taken = json_object(), .left = json_array(),
			      .keys = calloc(KEYS_MAX, sizeof(*p->keys))};
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
