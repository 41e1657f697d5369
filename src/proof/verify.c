/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there, and the walk through it. verify_judge.c says whose fault a difference is. */
#include "proof/verify.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/newest.h"
#include "proof/notary.h"
#include "proof/verify_cosigners.h"
#include "proof/verify_inside.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS_MAX 16

/* The text of a file of one line; "" if it is anything else. */
static void only_line(const struct buf *b, char *out, size_t size)
{
	size_t len = strcspn(buf_str(b), "\n");

	bool only = len + 1 == b->len && b->data[len] == '\n'; /* strcspn stops at a NUL, too */
	snprintf(out, size, "%.*s", only ? (int)len : 0, buf_str(b));
}

/* The key that the caller knows the log by, NULL none: by its name, as its key says, or its head
 * where it has no key. */
static const struct note_verifier *known_key(const struct verify_log *l,
					     const struct verify_setup *how)
{
	const char *head = buf_str(&l->survey.checkpoint);
	size_t len = strcspn(head, "\n");

	for (int i = 0; i < how->key_count; i++) {
		const char *name = how->keys[i].name;

		if (how->keys[i].type == NOTE_COSIGNATURE)
			continue;
		if (l->has_key ? strcmp(name, l->key.name) == 0
			       : strlen(name) == len && memcmp(name, head, len) == 0)
			return &how->keys[i];
	}
	return NULL;
}

static void put_given(struct verify_log *l, const struct verify_setup *how, const char *file,
		      struct verdict *verdict)
{
	const struct note_verifier *given = known_key(l, how);

	if (given == NULL)
		return;
	if (l->has_key && !note_verifier_same(given, &l->key))
		verdict_differs(verdict, CHECK_HEADS, "other-key", l->survey.log, -1, file,
				T("%s không phải khóa đã cho", "%s is not the key that was given"),
				file);
	l->key = *given;
	l->has_key = true;
	/* A folder with nothing but a key in it is vouched for by nobody, and vouches for none. */
	l->given = l->survey.count > 0 || l->survey.checkpoint.len > 0;
}

/* A log signs plainly; a cosignature is what others add. */
static bool log_key(const char *text, struct note_verifier *key, struct err *e)
{
	return note_verifier_parse(key, text, e) &&
	       (key->type == NOTE_ED25519 ||
		err_set(e, ERR_DAMAGED, T("khóa của nhân chứng, không phải của nhật ký",
					  "the key of a witness, and not of a log")));
}

/* The key that lies in the log's folder; if the caller knows the log of that name by another, his
 * is the one that counts. */
static void find_key(struct verify_log *l, const struct verify_setup *how,
		     struct verdict *verdict)
{
	char text[NOTE_KEY_BYTES], file[PATH_BYTES];
	struct err e;

	snprintf(file, sizeof(file), "%s/vkey", l->survey.log);
	only_line(&l->survey.vkey, text, sizeof(text));
	if (l->survey.vkey.len == 0 && l->survey.count == 0)
		return; /* it has just begun */
	if (l->survey.vkey.len == 0)
		verdict_differs(verdict, CHECK_HEADS, "no-vkey", l->survey.log, -1, file,
				T("thiếu khóa kiểm tra %s", "the log's key %s is missing"), file);
	else if (!log_key(text, &l->key, &e))
		verdict_differs(verdict, CHECK_HEADS, "vkey", l->survey.log, -1, file, "%s: %s",
				file, e.text);
	else
		l->has_key = true;
	put_given(l, how, file, verdict);
}

static void open_head(struct verify_log *l, struct verdict *verdict)
{
	const struct buf *b = &l->survey.checkpoint;
	char file[PATH_BYTES];
	struct err e;

	snprintf(file, sizeof(file), "%s/checkpoint", l->survey.log);
	if (b->len == 0 && l->survey.count > 0)
		verdict_differs(verdict, CHECK_HEADS, "no-checkpoint", l->survey.log, -1, file,
				T("thiếu %s: không có chữ ký nào trên nhật ký này",
				  "%s is missing: nobody signed this log"), file);
	if (b->len == 0 || !l->has_key)
		return;
	l->has_head = checkpoint_open(b->data, b->len, &l->key, 1, &l->head, NULL, &e);
	if (!l->has_head && e.kind == ERR_DIFFERS)
		/* Whole, but not of this key: nothing here says which of the two is wrong. */
		verdict_differs(verdict, CHECK_HEADS, "checkpoint", l->survey.log, -1, file,
				T("%s: %s; nó hoặc %s/vkey không phải của nhật ký này",
				  "%s: %s; it or %s/vkey is not of this log"),
				file, e.text, l->survey.log);
	else if (!l->has_head)
		verdict_differs(verdict, CHECK_HEADS, "checkpoint", l->survey.log, -1, file,
				"%s: %s", file, e.text);
}

/* The head that outsiders have signed, too. */
static void open_witnessed(struct verify_log *l, struct verdict *verdict)
{
	const struct buf *b = &l->survey.witnessed;
	char file[PATH_BYTES];
	struct err e;

	if (b->len == 0 || !l->has_key)
		return;
	snprintf(file, sizeof(file), "%s/" NOTARY_WITNESSED, l->survey.log);
	l->has_witnessed = checkpoint_open(b->data, b->len, &l->key, 1, &l->witnessed, NULL, &e);
	if (!l->has_witnessed)
		verdict_differs(verdict, CHECK_HEADS, "witnessed", l->survey.log, -1, file,
				"%s: %s", file, e.text);
}

struct first_entry {
	struct verify_log *log, *before;
	bool ok;
};

/* {size, root}: false when it is none. */
static bool read_named(const json_t *o, int64_t *size, struct hash *root)
{
	const char *text = json_get_text(o, "root", "");

	*size = json_get_integer(o, "size", 0);
	return *size == 0 || (*size > 0 && hash_parse(text, strlen(text), root));
}

/* What the first entry tells of the log before. */
static bool note_before(struct verify_log *b, const json_t *o)
{
	const json_t *previous = json_object_get(o, "previous"), *kept = json_object_get(o, "kept");
	int64_t untold = json_object_get(o, "last") != NULL ? -1 : INT64_MIN;

	b->continued = true;
	b->continued_base = json_get_integer(o, "base", -1);
	b->continued_last = json_get_integer(o, "last", untold);
	snprintf(b->continued_why, sizeof(b->continued_why), "%.*s", HEADS_WHY_BYTES - 1,
		 json_get_text(o, "why", ""));
	snprintf(b->continued_key, sizeof(b->continued_key), "%.*s", NOTE_KEY_BYTES - 1,
		 json_get_text(previous, "vkey", ""));
	bool ok = read_named(previous, &b->continued_size, &b->continued_root);
	return read_named(kept, &b->kept, &b->kept_root) && ok;
}

static bool note_first(int64_t index, const char *text, size_t len, void *arg)
{
	struct first_entry *f = arg;
	struct verify_log *b = f->before;
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	(void)index;
	f->ok = strcmp(json_get_text(o, "kind", ""), KIND_LOG_CONTINUED) == 0;
	/* An entry that was changed must not name the others anew: it is believed as far as it
	 * agrees with itself and with what is known already. */
	int64_t base = json_get_integer(o, "base", -1);
	if (f->ok && base == json_get_integer(o, "n", -1) && base > f->log->base)
		f->log->base = base;
	if (b != NULL && f->ok)
		f->ok = note_before(b, o);
	json_decref(o);
	return false;
}

/* A later log says where it begins, and how far the one before had come. */
static void find_base(struct verify *v, struct verify_log *l, struct verdict *verdict)
{
	struct verify_log *before = v->count > 0 ? &v->logs[v->count - 1] : NULL;
	struct first_entry f = {l, before, false};

	if (l->number == 1)
		return;
	l->base = before != NULL ? before->base + before->survey.count : 0;
	if (v->heads.log == l->number)
		l->base = v->heads.base > l->base ? v->heads.base : l->base;
	if (l->survey.count == 0)
		return;
	if (before != NULL && before->number != l->number - 1)
		f.before = NULL;
	survey_read(&l->survey, 0, 1, note_first, &f);
	if (!f.ok)
		verdict_differs(verdict, CHECK_CHAIN, "not-continued", l->survey.log, l->base, "",
				T("mục đầu của %s không nói nhật ký trước đã kết thúc ra sao",
				  "the first entry of %s does not say how the log before ended"),
				l->survey.log);
}

/* With what the station's own copies of heads tell of it. */
static void log_missing(const struct heads *h, int number, struct verdict *verdict)
{
	char log[LOG_DIR_BYTES], root[HASH_TEXT_BYTES];

	log_dir(number, log);
	hash_print(&h->root, root);
	if (h->log == number && h->size > 0)
		verdict_differs(verdict, CHECK_CHAIN, "log-missing", log, -1, log,
				T("thiếu cả nhật ký %s: đài nhớ đã ký %lld mục của nó, gốc %s (thư "
				  "mục %s)",
				  "the whole log %s is missing: the station remembers to have "
				  "signed %lld entries of it, root %s (folder %s)"),
				log, (long long)h->size, root, HEADS_DIR);
	else
		verdict_differs(verdict, CHECK_CHAIN, "log-missing", log, -1, log,
				T("thiếu cả nhật ký %s", "the whole log %s is missing"), log);
}

static bool add_log(struct verify *v, int number, const struct verify_setup *how,
		    struct verdict *verdict, struct err *e)
{
	struct verify_log *l = &v->logs[v->count];
	char log[LOG_DIR_BYTES];

	log_dir(number, log);
	*l = (struct verify_log){.number = number};
	if (!survey_make(&l->survey, v->disk, log, e)) {
		if (e->kind != ERR_NOT_FOUND && newest_is_folder(v->disk, log))
			return false;
		log_missing(&v->heads, number, verdict);
		return true;
	}
	find_key(l, how, verdict);
	open_head(l, verdict);
	open_witnessed(l, verdict);
	find_base(v, l, verdict);
	v->count++;
	return true;
}

static bool none_here(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, T("không có nhật ký nào ở đây", "there is no log here"));
}

static bool was_found(const struct verify *v, const struct note_verifier *key)
{
	for (int i = 0; i < v->count; i++)
		if (v->logs[i].given && strcmp(v->logs[i].key.name, key->name) == 0)
			return true;
	return false;
}

/* A key of no log that is here vouches for nothing, and whoever gave it thinks it does. Those of
 * witnesses are no log's: verify_cosigner. */
static void check_given(const struct verify *v, const struct verify_setup *how,
			struct verdict *verdict)
{
	for (int i = 0; i < how->key_count; i++)
		if (how->keys[i].type != NOTE_COSIGNATURE && !was_found(v, &how->keys[i]))
			verdict_differs(verdict, CHECK_HEADS, "other-key", "", -1, "",
					T("không nhật ký nào ở đây mang tên của khóa đã cho (%s)",
					  "no log here has the name of the key that was given "
					  "(%s)"), how->keys[i].name);
}

bool verify_open(struct verify *v, struct disk *d, const struct verify_setup *how,
		 struct verdict *verdict, struct err *e)
{
	bool ok = true;
	int newest;

	*v = (struct verify){.disk = d};
	if (!newest_log(d, &newest, e))
		return false;
	heads_peek(d, &v->heads);
	/* The station notes its first log before it makes the folder. */
	bool remembered = v->heads.size > 0 || v->heads.log > 1;
	if (newest == 0 && !remembered)
		return none_here(e);
	v->logs = calloc((size_t)newest + 1, sizeof(*v->logs));
	must(v->logs != NULL);
	v->newest = newest;
	int last = newest;
	while (last > 1 && newest_is_bare(d, last))
		last--;
	for (int i = 1; ok && i <= last; i++)
		ok = add_log(v, i, how, verdict, e);
	if (ok && v->count == 0 && !remembered)
		ok = none_here(e);
	if (!ok) {
		verify_close(v);
		return false;
	}
	/* A folder without a file is one that is about to begin, if nothing of it was signed. */
	for (int i = last + 1; i <= v->heads.log && i <= LOGS_MAX; i++)
		if (i > newest || i < v->heads.log || v->heads.size > 0)
			log_missing(&v->heads, i, verdict);
	check_given(v, how, verdict);
	return true;
}

void verify_close(struct verify *v)
{
	for (int i = 0; i < v->count; i++)
		survey_finish(&v->logs[i].survey);
	free(v->logs);
	*v = (struct verify){0};
}

/* The walk of one log, shared by its threads. */
struct job {
	const struct verify_log *log;
	struct stretch *stretches;
	int64_t count;
	struct stretch_size *sizes;
	atomic_llong next;
};

static void *work(void *arg)
{
	struct job *j = arg;
	long long i;

	while ((i = atomic_fetch_add(&j->next, 1)) < j->count)
		stretch_walk(&j->stretches[i], &j->log->survey, i * STRETCH_ENTRIES,
			     j->log->base, j->sizes, SIZES_MAX);
	return NULL;
}

/* The caller works, too: a thread that the machine does not give is done without. */
static void work_all(struct job *j, int threads)
{
	pthread_t ids[THREADS_MAX];
	int started = 0;

	threads = threads < THREADS_MAX ? threads : THREADS_MAX;
	threads = threads < j->count ? threads : (int)j->count;
	while (started < threads - 1 && pthread_create(&ids[started], NULL, work, j) == 0)
		started++;
	work(j);
	for (int i = 0; i < started; i++)
		pthread_join(ids[i], NULL);
}

static void earliest(int64_t *n, int64_t other)
{
	if (other >= 0 && (*n < 0 || other < *n))
		*n = other;
}

/* Adds one stretch behind those before; before: what came before it, from entries and tiles. */
static void add_stretch(struct whole *w, const struct stretch *t, struct merkle *own,
			struct merkle *told)
{
	if (t->bad >= 0 && w->bad < 0) {
		w->bad = t->bad;
		w->fault = t->fault;
	}
	earliest(&w->unreadable, t->unreadable);
	earliest(&w->differs, t->differs);
	earliest(&w->untold, t->untold);
	earliest(&w->level1, t->level1);
	earliest(&w->untold1, t->untold1);
	earliest(&w->repacked, t->repacked);
	for (int i = 0; i < SIZES_MAX; i++) {
		struct stretch_size *s = &w->sizes[i];
		struct merkle whole = *own;

		if (s->size <= t->first || s->size > t->first + t->count)
			continue;
		merkle_join(&whole, &s->own);
		s->own = whole;
		whole = *told;
		merkle_join(&whole, &s->told);
		s->told = whole;
	}
	if (t->count == STRETCH_ENTRIES)
		merkle_root(&t->own, &w->hashes[w->hash_count++]);
	merkle_join(own, &t->own);
	merkle_join(told, &t->told);
}

static void ask_size(struct whole *w, int which, int64_t size, const struct hash *root)
{
	w->roots[which] = *root;
	w->sizes[which].size = size;
}

static void ask_sizes(const struct verify *v, struct whole *w)
{
	const struct verify_log *l = w->log;

	if (l->has_head)
		ask_size(w, SIZE_SIGNED, l->head.size, &l->head.root);
	if (l->has_witnessed)
		ask_size(w, SIZE_WITNESSED, l->witnessed.size, &l->witnessed.root);
	if (v->heads.log == l->number)
		ask_size(w, SIZE_REMEMBERED, v->heads.size, &v->heads.root);
	if (l->continued)
		ask_size(w, SIZE_CONTINUED, l->continued_size, &l->continued_root);
	if (l->kept > 0)
		ask_size(w, SIZE_KEPT, l->kept, &l->kept_root);
}

static void verify_one(const struct verify *v, int i, const struct verify_setup *how,
		       struct verdict *verdict)
{
	const struct verify_log *l = &v->logs[i];
	int64_t count = l->survey.count;
	struct job j = {.log = l, .count = (count + STRETCH_ENTRIES - 1) / STRETCH_ENTRIES};
	struct whole *w = calloc(1, sizeof(*w));
	struct merkle own = {0}, told = {0};

	must(w != NULL);
	w->log = l;
	w->next = i + 1 < v->count ? &v->logs[i + 1] : NULL;
	w->tiled = l->has_head && how->boot != NULL && how->boot[0] != '\0' &&
		   v->heads.log == l->number && strcmp(how->boot, v->heads.boot) == 0 ?
		   l->head.size : 0;
	w->bad = w->unreadable = w->differs = w->untold = w->level1 = w->untold1 = -1;
	w->repacked = -1;
	ask_sizes(v, w);
	j.sizes = w->sizes;
	j.stretches = calloc((size_t)j.count + 1, sizeof(*j.stretches));
	w->hashes = calloc((size_t)j.count + 1, sizeof(*w->hashes));
	must(j.stretches != NULL && w->hashes != NULL);
	work_all(&j, how->threads);
	for (int64_t k = 0; k < j.count; k++)
		add_stretch(w, &j.stretches[k], &own, &told);
	verify_judge(w, how, verdict);
	free(j.stretches);
	free(w->hashes);
	free(w);
}

void verify_logs(struct verify *v, const struct verify_setup *how, struct verdict *verdict)
{
	for (int i = 0; i < v->count; i++)
		verify_one(v, i, how, verdict);
	verify_keys(v, verdict);
	for (int i = 0; i < how->key_count; i++)
		if (how->keys[i].type == NOTE_COSIGNATURE)
			verify_cosigner(v, &how->keys[i], true, verdict);
}

struct reading {
	int64_t base;
	bool (*each)(int64_t n, const char *text, size_t len, void *arg);
	void *arg;
	bool going;
};

static bool pass_on(int64_t index, const char *text, size_t len, void *arg)
{
	struct reading *r = arg;

	r->going = r->each(r->base + index, text, len, r->arg);
	return r->going;
}

void verify_read(const struct verify *v,
		 bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg)
{
	struct reading r = {.each = each, .arg = arg, .going = true};

	for (int i = 0; i < v->count && r.going; i++) {
		r.base = v->logs[i].base;
		survey_read(&v->logs[i].survey, 0, v->logs[i].survey.count, pass_on, &r);
	}
}
