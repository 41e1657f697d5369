/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small station's folder with two logs, a view, masters, recordings and kept timetables, damaged
 * COUNT times at random; each time it is verified as `vangxa verify` does, and put back. Each
 * damage must be noticed, and its place be named: the entry, the file, or the table of the view.
 *   tamper DIR COUNT SEED     DIR is empty, best in memory */
#include "lib/tamper_folder.h"

/* --- Verifying, as cmd_verify.c does. */

static void rest(struct verify *v)
{
	struct view *made = NULL;

	verify_story(v, false, &verdict);
	explain_airings(v, &verdict);
	must(verify_view(v, view_path, &verdict, &made, &e) &&
	     verify_sound(made, real.root, &verdict, &e));
	view_close(made);
}

/* logs: what was damaged is of the logs; where they show it, the rest adds nothing. */
static const struct finding *first(bool logs)
{
	struct verify_setup how;
	struct verify v;

	open_all(&v, &how);
	verify_logs(&v, &how, &verdict);
	if (verdict.checks[CHECK_ENTRIES].differ == 0 && !(logs && verdict.differ > 0))
		rest(&v);
	verify_close(&v);
	return verdict_first(&verdict);
}

/* --- One damage. */

struct damage {
	const struct file *file, *other; /* other: NULL, or with which it changed places */
	const char *what;
	bool within; /* what a packed file holds, which was packed as the station does */
	size_t at; /* the first byte that is another, of the file, or within */
};

static void write_file(const struct file *f, const struct buf *b)
{
	if (b == NULL)
		must(disk_remove(disk, f->path, &e));
	else
		must(disk_put(disk, f->path, buf_str(b), b->len, &e));
}

static bool is_packed(const struct file *f)
{
	return f->plain.len > 0;
}

static int64_t entry_at(const struct file *f, const struct buf *b, size_t at)
{
	int64_t n = f->base;
	const char *text;
	size_t from = 0, len;

	while (bundle_next(b->data, b->len, &from, &text, &len) && from <= at)
		n++;
	return at >= b->len ? n - 1 : n;
}

/* Of a packed one whose file was damaged, its first or the file: nothing comes out of it, or
 * another bundle does. */
static bool names_entry(const struct finding *f, const struct damage *d, const struct file *file)
{
	const struct buf *b = d->within ? &file->plain : &file->kept;

	if (is_packed(file) && !d->within)
		return f->n == file->base || strcmp(f->file, file->path) == 0;
	return f->n == entry_at(file, b, d->at) ||
	       (d->at >= b->len && f->n == entry_at(file, b, d->at) + 1);
}

/* A torn end is told in words, and accuses nobody. */
static bool told_as_torn(const struct damage *d)
{
	for (int i = 0; i < verdict.note_count; i++)
		if (strcmp(verdict.notes[i].code, "torn-tail") == 0)
			return d->file->kind == BUNDLE && d->at >= d->file->kept.len &&
			       strstr(verdict.notes[i].text, d->file->path) != NULL;
	return false;
}

static bool is_named(const struct damage *d, const struct finding *f)
{
	static const enum verdict_check checks[] = {
		[BUNDLE] = CHECK_ENTRIES, [TILE] = CHECK_TILES, [HEAD] = CHECK_HEADS,
		[RECORDING] = CHECK_RECORDINGS, [MASTER] = CHECK_MASTERS,
		[ORIGINAL] = CHECK_ORIGINALS, [TIMETABLE] = CHECK_TIMETABLES,
	};

	if (d->file->kind == BUNDLE)
		return f->check == CHECK_ENTRIES &&
		       (names_entry(f, d, d->file) ||
			(d->other != NULL && names_entry(f, d, d->other)));
	return f->check == checks[d->file->kind] &&
	       (strcmp(f->file, d->file->path) == 0 || strstr(f->text, d->file->path) != NULL ||
		(d->other != NULL && (strcmp(f->file, d->other->path) == 0 ||
				      strstr(f->text, d->other->path) != NULL)));
}

/* A few bits in the middle of a packed file mean nothing (where a byte is filled up behind its last
 * code): it holds the same entries in another encoding, which is no damage of what is proven. */
static bool is_other_encoding(const struct file *f)
{
	struct buf plain = {0};
	enum stow_form form;

	bool is = is_packed(f) && stow_read(disk, "log", 0, &plain, &form, &e) &&
		  form == STOW_PACKED && plain.len == f->plain.len &&
		  memcmp(plain.data, f->plain.data, plain.len) == 0;
	buf_finish(&plain);
	return is;
}

static void judge(const struct damage *d)
{
	const struct finding *f = first(d->file->kind <= HEAD);

	done[d->file->kind]++;
	if (f == NULL && is_other_encoding(d->file)) {
		same++;
	} else if (f == NULL && !told_as_torn(d)) {
		unnoticed++;
		printf("UNNOTICED %s of %s at %zu\n", d->what, d->file->path, d->at);
	} else if (f != NULL && !is_named(d, f)) {
		misnamed++;
		printf("MISNAMED %s of %s%s%s at %zu: n %lld, %s: %s\n", d->what, d->file->path,
		       d->other != NULL ? " with " : "", d->other != NULL ? d->other->path : "",
		       d->at, (long long)f->n, f->code, f->text);
	}
}

static size_t first_difference(const struct buf *a, const struct buf *b)
{
	size_t at = 0;

	while (at < a->len && at < b->len && a->data[at] == b->data[at])
		at++;
	return at;
}

static void edit(struct buf *b, struct damage *d)
{
	char junk[64];

	switch (below(4)) {
	case 0:
		d->what = "cut";
		b->len = (size_t)below((int64_t)b->len);
		break;
	case 1:
		d->what = "addition";
		for (size_t i = 0; i < sizeof(junk); i++)
			junk[i] = (char)below(256);
		buf_add(b, junk, 1 + (size_t)below(sizeof(junk)));
		break;
	default:
		d->what = "edit";
		d->at = (size_t)below((int64_t)b->len);
		b->data[d->at] = (char)(b->data[d->at] ^ (1 + below(255)));
	}
}

static void damage_file(const struct file *f)
{
	struct damage d = {.file = f};
	struct buf b = {0};

	if (below(12) == 0) {
		d.what = "removal";
		write_file(f, NULL);
		judge(&d);
	} else {
		buf_add(&b, f->kept.data, f->kept.len);
		edit(&b, &d);
		d.at = first_difference(&b, &f->kept);
		write_file(f, &b);
		judge(&d);
	}
	buf_finish(&b);
	write_file(f, &f->kept);
}

static void swap_files(const struct file *a, const struct file *b)
{
	struct damage d = {.file = a, .other = b, .what = "swap",
			   .at = first_difference(&a->kept, &b->kept)};

	if (a == b || a->kind != b->kind ||
	    (a->kind == HEAD && strrchr(a->path, '/')[1] != strrchr(b->path, '/')[1]))
		return damage_file(a);
	write_file(a, &b->kept);
	write_file(b, &a->kept);
	judge(&d);
	write_file(a, &a->kept);
	write_file(b, &b->kept);
}

/* As the station would have packed them. */
static void put_bundle(const struct file *f, const struct buf *b)
{
	struct buf packed = {0};

	if (is_packed(f))
		gzip_pack(&packed, b->data, b->len);
	write_file(f, is_packed(f) ? &packed : b);
	buf_finish(&packed);
}

/* Two entries of a bundle change places, or one goes, or comes twice. */
static void shuffle_entries(const struct file *f)
{
	const char *texts[TILE_WIDTH];
	size_t lens[TILE_WIDTH], at = 0;
	struct damage d = {.file = f, .what = "shuffle",
			   .within = is_packed(f)};
	struct buf b = {0};
	const struct buf *was = is_packed(f) ? &f->plain : &f->kept;
	int count = 0;

	while (count < TILE_WIDTH && bundle_next(was->data, was->len, &at, &texts[count],
						 &lens[count]))
		count++;
	int i = below(count), k = below(count), how = below(3);
	for (int j = 0; j < count; j++) {
		int from = how > 0 ? j : j == i ? k : j == k ? i : j;
		int times = how == 0 || j != i ? 1 : how == 1 ? 0 : 2;
		for (; times > 0; times--) {
			uint8_t header[2];
			bundle_header(lens[from] + 1, header);
			buf_add(&b, header, 2);
			buf_add(&b, texts[from], lens[from] + 1);
		}
	}
	d.at = first_difference(&b, was);
	if (b.len != was->len || d.at < b.len) {
		put_bundle(f, &b);
		judge(&d);
		write_file(f, &f->kept);
	}
	buf_finish(&b);
}

static void swap_names(const char *a, const char *b)
{
	char from[PATH_BYTES * 2], to[PATH_BYTES * 2], aside[PATH_BYTES * 2];

	snprintf(from, sizeof(from), "%s/%s", real.root, a);
	snprintf(to, sizeof(to), "%s/%s", real.root, b);
	snprintf(aside, sizeof(aside), "%s/aside", real.root);
	must(rename(from, aside) == 0 && rename(to, from) == 0 && rename(aside, to) == 0);
}

/* Whole logs, or all their entries or tiles: the first entry stands where another belongs. */
static void swap_logs(void)
{
	static const char *const parts[] = {"", "/tile", "/tile/entries", "/tile/0"};
	const char *part = parts[below(4)];
	char a[64], b[64];

	snprintf(a, sizeof(a), "log%s", part);
	snprintf(b, sizeof(b), "log-2%s", part);
	swap_names(a, b);
	const struct finding *f = first(true);
	done[LOG]++;
	if (f == NULL) {
		unnoticed++;
		printf("UNNOTICED swap of %s\n", a);
	} else if (strncmp(f->log, "log", 3) != 0) {
		misnamed++;
		printf("MISNAMED swap of %s: %s\n", a, f->text);
	}
	swap_names(a, b);
}

/* --- The view. */

static const char *const tables[] = {"events", "bulletins", "airings", "aired", "recordings",
				     "progress"};

static int number_of(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;

	must(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
	     sqlite3_step(s) == SQLITE_ROW);
	int number = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return number;
}

static void name_of(sqlite3 *db, const char *table, char out[static 64])
{
	char sql[200];
	sqlite3_stmt *s = NULL;

	snprintf(sql, sizeof(sql), "SELECT name FROM pragma_table_info('%s') ORDER BY random() "
		 "LIMIT 1", table);
	must(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
	     sqlite3_step(s) == SQLITE_ROW);
	snprintf(out, 64, "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
}

/* False: the database would not have it (a constraint), or it changed nothing. */
static bool edit_row(sqlite3 *db, const char *table, char *said, size_t size)
{
	char sql[600], column[64], row[100];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
	int rows = number_of(db, sql);
	snprintf(row, sizeof(row), "(SELECT rowid FROM %s LIMIT 1 OFFSET %d)", table,
		 below(rows > 0 ? rows : 1));
	name_of(db, table, column);
	switch (below(5)) {
	case 0:
		snprintf(sql, sizeof(sql), "DELETE FROM %s WHERE rowid = %s", table, row);
		break;
	case 1:
		snprintf(sql, sizeof(sql),
			 "UPDATE %s SET %s = NULL WHERE rowid = %s AND %s NOTNULL", table, column,
			 row, column);
		break;
	default:
		snprintf(sql, sizeof(sql),
			 "UPDATE %s SET %s = CASE typeof(%s) WHEN 'integer' THEN %s + %d"
			 " WHEN 'real' THEN %s * 1.0000001 + 1e-9"
			 " WHEN 'null' THEN %d ELSE %s || '%d' END WHERE rowid = %s",
			 table, column, column, column, 1 + below(1000), column, below(9), column,
			 below(9), row);
	}
	snprintf(said, size, "%s", sql);
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(db) > 0;
}

static bool names_table(const struct finding *f, const char *table)
{
	char word[64];

	snprintf(word, sizeof(word), " %s,", table);
	/* What "progress" says decides with how much of the log the others are compared. */
	return f->check == CHECK_VIEW && strcmp(f->file, "view.sqlite") == 0 &&
	       (strstr(f->text, word) != NULL || strcmp(table, "progress") == 0);
}

static void damage_view(void)
{
	const char *table = tables[below(sizeof(tables) / sizeof(tables[0]))];
	char said[600];
	sqlite3 *db;

	must(sqlite3_open(view_path, &db) == SQLITE_OK);
	bool changed = edit_row(db, table, said, sizeof(said));
	sqlite3_close(db);
	if (!changed)
		return;
	const struct finding *f = first(false);
	done[ROW]++;
	if (f == NULL) {
		unnoticed++;
		printf("UNNOTICED %s\n", said);
	} else if (!names_table(f, table)) {
		misnamed++;
		printf("MISNAMED %s: %s\n", said, f->text);
	}
	must(disk_put(disk, "view.sqlite", view_kept.data, view_kept.len, &e));
}

/* --- */

static int64_t total(void)
{
	int64_t sum = 0;

	for (int i = 0; i < KINDS; i++)
		sum += done[i];
	return sum;
}

static void damage(void)
{
	/* Those of the logs stand last; there are fewer of them than of the rest. */
	int from = below(5) > 0 ? file_count - log_files : 0;
	const struct file *f = &files[from + below(file_count - from)];
	int which = below(100);

	if (which < 10)
		damage_view();
	else if (which < 12)
		swap_logs();
	else if (which < 30)
		swap_files(f, &files[from + below(file_count - from)]);
	else if (f->kind == BUNDLE && which < 60)
		shuffle_entries(f);
	else
		damage_file(f);
}

int main(int argc, char **argv)
{
	must(argc == 4 && disk_real_open(&real, argv[1], &e));
	disk = &real.disk;
	setvbuf(stdout, NULL, _IOLBF, 0);
	chance.state = strtoull(argv[3], NULL, 10);
	snprintf(view_path, sizeof(view_path), "%s/view.sqlite", real.root);
	make();
	const struct finding *f = first(false);
	if (f != NULL || verdict.note_count > 0) {
		fprintf(stderr, "the folder as it was made: %s\n",
			f != NULL ? f->text : verdict.notes[0].text);
		return 1;
	}
	while (total() < strtoll(argv[2], NULL, 10))
		damage();
	f = first(false);
	must(f == NULL); /* all was put back */
	printf("%lld damages: bundles %lld, tiles %lld, heads %lld, recordings %lld, masters %lld, "
	       "originals %lld, timetables %lld, swaps of logs %lld, rows %lld; unnoticed %lld, "
	       "misnamed %lld; the same entries in another encoding %lld\n",
	       (long long)total(), (long long)done[BUNDLE], (long long)done[TILE],
	       (long long)done[HEAD], (long long)done[RECORDING], (long long)done[MASTER],
	       (long long)done[ORIGINAL], (long long)done[TIMETABLE], (long long)done[LOG],
	       (long long)done[ROW],
	       (long long)unnoticed, (long long)misnamed, (long long)same);
	return unnoticed + misnamed > 0 ? 1 : 0;
}
