/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/catalogue.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "plan/seeds.h"
#include "sys/disk.h"

#include <string.h>

#define CODES_TOLD_BYTES 160 /* a list longer than this is not read out */

enum found { NOT_KEPT, UNREADABLE, READ };

static enum found read_list(enum codes_list which, struct disk *disk, struct codes *list,
			    struct faults *faults)
{
	struct buf text = {0};
	struct err why = {0};
	enum found found = NOT_KEPT;

	if (disk_read(disk, seeds_file(which), YAML_FILE_BYTES_MAX, &text, &why)) {
		found = seeds_parse(which, list, buf_str(&text), text.len, faults) ? READ
										  : UNREADABLE;
	} else if (why.kind != ERR_NOT_FOUND) {
		faults_add(faults, FAULT_ERROR, seeds_file(which), 0, "%s", why.text);
		found = UNREADABLE;
	}
	buf_finish(&text);
	return found;
}

static bool has(const struct codes *list, const char *code)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->list[i].code, code) == 0)
			return true;
	return false;
}

static bool refuse(enum codes_list which, const struct codes *list, const char *code,
		   struct err *e)
{
	const char *field = which == CODES_LANGUAGES ? "language" : "programme";
	struct buf told = {0};

	for (int i = 0; i < list->count; i++)
		buf_print(&told, "%s%s", i > 0 ? ", " : "", list->list[i].code);
	bool few = told.len > 0 && told.len <= CODES_TOLD_BYTES;
	err_set(e, ERR_USAGE,
		T("\"%s\": không có mã \"%.31s\" trong %s%s%s; chọn mã có trong tệp đó, "
		  "hoặc thêm mã mới vào tệp",
		  "\"%s\": no code \"%.31s\" in %s%s%s; choose one that stands in that "
		  "file, or add the new one to it"),
		field, code, seeds_file(which), few ? ": " : "", few ? buf_str(&told) : "");
	buf_finish(&told);
	return false;
}

static void warn_unread(enum codes_list which, const char *code, struct warnings *w)
{
	json_t *said = saying(SAYING_LIST_UNREADABLE);

	json_object_set_new(said, "file", json_text(seeds_file(which)));
	json_object_set_new(said, "name", json_text(code));
	warnings_add(w, said);
}

bool catalogue_has(enum codes_list which, struct disk *disk, const char *code,
		   struct warnings *w, struct err *e)
{
	struct faults faults = {0};
	struct codes list = {0};
	enum found found = read_list(which, disk, &list, &faults);

	if (found == UNREADABLE)
		warn_unread(which, code, w);
	bool ok = found != READ || has(&list, code) || refuse(which, &list, code, e);
	codes_finish(&list);
	faults_finish(&faults);
	return ok;
}

/* Null for a day that the list does not name. */
static json_t *day_of(struct date d)
{
	char text[11];

	date_print(d, text);
	return d.year > 1 && d.year < 9999 ? json_text(text) : json_null();
}

json_t *catalogue_list(enum codes_list which, struct disk *disk)
{
	struct faults faults = {0};
	struct codes list = {0};
	json_t *out = json_array();

	read_list(which, disk, &list, &faults);
	for (int i = 0; i < list.count; i++)
		json_array_append_new(out, json_pack("{s:o, s:o, s:o, s:o}", "code",
						     json_text(list.list[i].code), "name",
						     json_text(list.list[i].name), "from",
						     day_of(list.list[i].from), "to",
						     day_of(list.list[i].to)));
	codes_finish(&list);
	faults_finish(&faults);
	return out;
}

void catalogue_load(struct disk *disk, struct codes lists[static CODES_LISTS],
		    struct faults *faults)
{
	bool programmes = true;

	for (int which = 0; which < CODES_LISTS; which++) {
		lists[which] = (struct codes){0};
		if ((which == CODES_GROUPS || which == CODES_PROJECTS) && !programmes)
			continue; /* the same file: its faults are told */
		enum found found = read_list((enum codes_list)which, disk, &lists[which], faults);
		programmes = programmes && (which != CODES_PROGRAMMES || found == READ);
	}
	seeds_check(lists, faults);
}

static bool read_file(void *arg, const char *file, struct buf *text, struct err *e)
{
	return disk_read(arg, file, YAML_FILE_BYTES_MAX, text, e);
}

void catalogue_all(struct disk *disk, struct lists *lists, struct faults *faults)
{
	lists_load(lists, read_file, disk, faults);
}
