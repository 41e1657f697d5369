/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pack_take.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/pack_check.h"
#include "proof/parcel.h"
#include "proof/reader.h"
#include "proof/verify_view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FAR_NS (INT64_C(9000000000) * NS_PER_S) /* the year 2255 */

struct taking {
	const struct pack_wanted *wanted;
	struct unparcel u;
	struct known_keys known; /* those of the wanted that are this station's, and witnesses' */
	struct parcel said;
	struct view *made;
	char view[PATH_BYTES + 32];
	json_t *told;
};

static void tell(struct taking *t, const char *key, json_t *value)
{
	must(json_object_set_new(t->told, key, value) == 0);
}

static bool open_view(struct taking *t, struct err *e)
{
	return view_open_loose(&t->made, t->view, e);
}

/* Entries behind the signed head are nobody's: no figure is made of them. */
static bool leave_unsigned(struct taking *t, const struct verify *v, struct err *e)
{
	const struct verify_log *l = &v->logs[v->count - 1];

	if (l->survey.count <= l->head.size)
		return true;
	view_close(t->made);
	t->made = NULL;
	unlink(t->view);
	return open_view(t, e) && verify_view_make(v, l->base + l->head.size, &t->made, e);
}

static void tell_logs(struct taking *t, const struct verify *v)
{
	const struct verify_log *l = &v->logs[v->count - 1];
	char root[HASH_TEXT_BYTES], vkey[NOTE_KEY_BYTES];

	hash_print(&l->head.root, root);
	note_verifier_print(&v->logs[0].key, vkey);
	tell(t, "name", json_string(v->logs[0].key.name));
	tell(t, "vkey", json_string(vkey));
	tell(t, "log", json_string(l->key.name));
	tell(t, "size", json_integer(l->head.size));
	tell(t, "root", json_string(root));
	tell(t, "entries", json_integer(l->base + l->head.size));
}

struct judging {
	struct taking *t;
	struct err e;
	bool ok;
};

static void judged(const struct verify *v, const struct verdict *verdict, void *arg)
{
	struct judging *j = arg;

	if (verdict->differ > 0)
		return;
	if (v->count == 0 || !v->logs[v->count - 1].has_head || !v->logs[0].has_key) {
		j->ok = err_set(&j->e, ERR_DAMAGED, T("không có sổ nào được ký",
						      "no log in it is signed"));
		return;
	}
	tell_logs(j->t, v);
	j->ok = leave_unsigned(j->t, v, &j->e);
}

static void tell_warnings(struct taking *t, const struct verdict *verdict)
{
	json_t *list = json_array();

	must(list != NULL);
	for (int i = 0; i < verdict->note_count; i++)
		if (verdict->notes[i].grave)
			json_array_append_new(list, json_string(verdict->notes[i].text));
	tell(t, "warnings", list);
	tell(t, "own_key", json_boolean(!known_keys_any_log(&t->known)));
}

/* The first difference stands for all. */
static bool differs(const struct verdict *verdict, struct err *e)
{
	const struct finding *first = verdict_first(verdict);

	if (first == NULL)
		return true;
	if (verdict->differ == 1)
		return err_set(e, ERR_DIFFERS, "%s", first->text);
	return err_set(e, ERR_DIFFERS, T("%s (và %lld khác biệt nữa)", "%s (and %lld more)"),
		       first->text, (long long)verdict->differ - 1);
}

static bool check(struct taking *t, const char *path, struct err *e)
{
	struct judging j = {.t = t, .ok = true};
	struct folder_check how = {.name = path, .known = &t->known, .made = t->made,
				   .done = judged, .arg = &j};
	struct verdict verdict;

	verdict_init(&verdict);
	bool ok = pack_check(&t->u, &how, &verdict, e) && differs(&verdict, e);
	if (ok && !j.ok) {
		*e = j.e;
		ok = false;
	}
	if (ok)
		tell_warnings(t, &verdict);
	verdict_finish(&verdict);
	return ok;
}

static bool take_key(struct taking *t, const struct note_verifier *key, struct err *e)
{
	if (t->known.count == NOTE_KNOWN_MAX)
		return err_set(e, ERR_USAGE, T("quá %d khóa mang tên ấy", "more than %d such keys"),
			       NOTE_KNOWN_MAX);
	t->known.keys[t->known.count++] = *key;
	return true;
}

/* The name under which a log of the pack is signed, as its key's file says; what it says is held
 * against the signature later. */
static bool name_of(const struct taking *t, int log, char name[static NOTE_NAME_BYTES])
{
	char path[PATH_BYTES + 64], dir[LOG_DIR_BYTES];

	log_dir(log, dir);
	snprintf(path, sizeof(path), "%s/%s/vkey", t->u.dir, dir);
	FILE *f = fopen(path, "re");
	char line[NOTE_NAME_BYTES] = "";
	bool ok = f != NULL && fgets(line, sizeof(line), f) != NULL;
	if (f != NULL)
		fclose(f);
	line[strcspn(line, "+\n")] = '\0';
	memcpy(name, line, NOTE_NAME_BYTES);
	return ok;
}

/* Keys of other stations say nothing of this one. */
static bool choose_keys(struct taking *t, struct err *e)
{
	const struct pack_wanted *w = t->wanted;
	char name[NOTE_NAME_BYTES], first[NOTE_NAME_BYTES] = "?";
	bool any = false, logs = false;

	for (int i = 0; i < w->key_count; i++)
		if (w->keys[i].type == NOTE_COSIGNATURE && !take_key(t, &w->keys[i], e))
			return false;
	for (int log = 1; log <= LOGS_MAX && name_of(t, log, name); log++) {
		if (log == 1)
			memcpy(first, name, sizeof(first));
		for (int i = 0; i < w->key_count; i++) {
			if (w->keys[i].type == NOTE_COSIGNATURE)
				continue;
			logs = true;
			if (strcmp(w->keys[i].name, name) != 0)
				continue;
			any = true;
			if (!take_key(t, &w->keys[i], e))
				return false;
		}
	}
	return any || !logs ||
	       err_set(e, ERR_REFUSED, T("không khóa --key nào là của sổ %.100s trong gói này",
					 "no --key is that of the log %.100s in this pack"), first);
}

static bool is_of_period(const struct taking *t, struct err *e)
{
	const struct period *p = &t->wanted->period;
	char first[11], last[11];

	if (date_compare(t->said.first, p->first) <= 0 && date_compare(t->said.last, p->last) >= 0)
		return true;
	date_print(t->said.first, first);
	date_print(t->said.last, last);
	return err_set(e, ERR_REFUSED,
		       T("gói chỉ có kỳ %s đến %s, không đủ kỳ của báo cáo; hãy xin gói của cả kỳ",
			 "the pack is of %s to %s only, and not of all of the report's period; ask "
			 "for one of it all"), first, last);
}

static void tell_said(struct taking *t)
{
	char first[11], last[11];
	struct wall latest = {0};
	struct err ignored;
	bool found = false;

	date_print(t->said.first, first);
	date_print(t->said.last, last);
	reader_latest(t->made, (struct wall){FAR_NS}, &latest, &found, &ignored);
	tell(t, "from", json_string(first));
	tell(t, "to", json_string(last));
	tell(t, "timezone", json_string(t->said.tz.name));
	tell(t, "last_ms", json_integer(found ? latest.ns / NS_PER_MS : 0));
	tell(t, "dir", json_string(t->u.dir));
}

static bool take_apart(struct taking *t, const char *path, struct err *e)
{
	char head[64];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return err_errno(e, "%s", T("không mở được", "cannot be opened"));
	ssize_t n = pread(fd, head, sizeof(head), 0);
	bool ok = n >= 0 ? pack_check_is(head, (size_t)n, e)
			 : err_errno(e, "%s", T("không đọc được", "cannot be read"));
	ok = ok && unparcel_open(&t->u, fd, e);
	close(fd);
	return ok;
}

static bool take(struct taking *t, const char *path, struct err *e)
{
	snprintf(t->view, sizeof(t->view), "%s/" PACK_TAKE_VIEW, t->u.dir);
	if (!unparcel_about(&t->u, &t->said, e) || !is_of_period(t, e) || !choose_keys(t, e) ||
	    !open_view(t, e) || !check(t, path, e))
		return false;
	tell_said(t);
	return true;
}

json_t *pack_take(const char *path, const struct pack_wanted *w)
{
	struct taking *t = calloc(1, sizeof(*t));
	struct err e = {0};

	must(t != NULL);
	t->wanted = w;
	t->told = json_object();
	bool apart = take_apart(t, path, &e);
	bool ok = apart && take(t, path, &e);
	view_close(t->made);
	json_decref(t->u.recordings);
	json_decref(t->u.forms);
	t->u.recordings = t->u.forms = NULL;
	if (apart && !ok)
		unparcel_close(&t->u);
	if (!ok)
		tell(t, "why", json_string(e.text));
	tell(t, "ok", json_boolean(ok));
	json_t *told = t->told;
	free(t);
	return told;
}
