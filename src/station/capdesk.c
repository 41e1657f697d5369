/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/capdesk.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/utf8.h"
#include "plan/cap.h"
#include "proof/alarm.h"
#include "station/commands.h"
#include "station/desk.h"
#include "station/emergency.h"
#include "station/record.h"
#include "station/station.h"
#include "sys/log.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOREIGN_TOLD_NS (INT64_C(86400) * NS_PER_S)
#define LEFT_MAX 100 /* names that are told; a folder that holds more has been told of */
#define RETRY_S 60 /* where the program that reads cannot be started */

static void make_folders(const struct desk *d)
{
	static const char *const names[] = {"cap", "cap/done", "cap/refused", "cap-keys"};
	char path[PATH_BYTES + 32];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", d->dir, names[i]);
		(void)mkdir(path, 0770); /* what is missing is told when it is wanted */
	}
}

static bool work(void *arg, struct err *e)
{
	struct capdesk *c = arg;

	(void)e;
	return capjob_work(&c->job);
}

static void done(void *arg);

void capdesk_init(struct capdesk *c, struct desk *d, struct playout *p, struct loop *l)
{
	struct err e = {0};

	*c = (struct capdesk){.desk = d, .playout = p, .loop = l,
			      .aside = {.work = work, .done = done}};
	c->aside.arg = c;
	c->left = json_object();
	must(c->left != NULL);
	make_folders(d);
	capmemory_init(&c->memory);
	if (!capmemory_read(&c->memory, ledger_view(d->ledger), &e))
		log_warn("%s", e.text);
}

static bool is_above(const struct settings *s, const char *signer)
{
	for (int i = 0; i < s->cap_above_count; i++)
		if (strcmp(s->cap_above[i], signer) == 0)
			return true;
	return false;
}

/* Signed by the key, and sent in the name, of the message with this key ("sender,…")? */
static bool is_theirs(const struct capdesk *c, const struct capjob *j, const char *key)
{
	const json_t *alert = json_object_get(j->read, "alert");
	const char *sender = json_get_text(alert, "sender", "");
	size_t len = strlen(sender);

	return strcmp(capmemory_signer(&c->memory, key), json_get_text(j->read, "key", "")) == 0 &&
	       strncmp(key, sender, len) == 0 && key[len] == ',';
}

/* Would it end what another has begun? Any key that is known here may warn; only its own, or one
 * that stands above, may say that it is over. */
static bool is_foreign(const struct capdesk *c, const struct capjob *j)
{
	const json_t *alert = json_object_get(j->read, "alert");
	const char *key;
	json_t *value;

	if (is_above(c->playout->world->settings, json_get_text(j->read, "key", "")))
		return false;
	for (const struct emergency *m = c->playout->emergencies; m != NULL; m = m->next)
		if (m->cap[0] != '\0' && cap_refers(alert, m->cap) && !is_theirs(c, j, m->cap))
			return true;
	json_object_foreach(c->memory.waiting, key, value)
		if (cap_refers(alert, key) && !is_theirs(c, j, key))
			return true;
	return false;
}

static void refuse_foreign(struct capdesk *c, const struct capjob *j, struct cap_meaning *m)
{
	m->verdict = CAP_REFUSED;
	m->why = "not-theirs";
	json_decref(c->foreign);
	c->foreign = saying(SAYING_CAP_FOREIGN);
	json_object_set_new(c->foreign, "key", json_text(json_get_text(j->read, "key", "")));
	json_object_set_new(c->foreign, "sender",
			    json_text(json_get_text(json_object_get(j->read, "alert"), "sender",
						    "")));
	c->foreign_at = playout_now(c->playout);
	capmemory_settle(&c->memory, m->key, true);
	c->playout->changes++;
}

json_t *capdesk_banner(const struct capdesk *c)
{
	bool fresh = playout_now(c->playout).ns - c->foreign_at.ns < FOREIGN_TOLD_NS;

	return c->foreign != NULL && fresh ? json_incref(c->foreign) : NULL;
}

/* Emergencies and messages in waiting that this one is about; adds their keys. */
static void end_referred(struct capdesk *c, const json_t *alert, const char *headline,
			 json_t *ended)
{
	for (struct emergency *m = c->playout->emergencies, *after; m != NULL; m = after) {
		after = m->next;
		if (m->cap[0] == '\0' || !cap_refers(alert, m->cap))
			continue;
		json_array_append_new(ended, json_string(m->cap));
		emergency_end(c->playout, m, "ended", headline, "cap");
	}
	capmemory_end(&c->memory, alert, ended);
}

/* In the zones that it is for; who answers is its sender. */
static bool raise(struct capdesk *c, const json_t *alert, const struct cap_meaning *m,
		  char id[static ID_BYTES])
{
	char by[NAME_BYTES];
	struct emergency *raised;
	struct err e = {0};
	struct emergency_order o = {.drill = m->drill, .zones = m->zones, .text = m->text,
				    .by = by,
				    .reason = m->headline[0] != '\0' ? m->headline : "CAP",
				    .who = "cap", .cap = m->key, .has_until = true,
				    .until = m->until,
				    .every_s = c->playout->world->settings->cap_repeat_s};

	snprintf(by, sizeof(by), "bản tin CAP %s của %s", json_get_text(alert, "identifier", ""),
		 json_get_text(alert, "sender", ""));
	utf8_cut(by, sizeof(by) - 1);
	if (!emergency_raise(c->playout, &o, &raised, &e)) {
		log_warn("CAP %s: %s", m->key, e.text);
		return false;
	}
	snprintf(id, ID_BYTES, "%s", raised->id);
	return true;
}

/* What somebody who may end it has called off before it came: after an outage the cancel may come
 * first. */
static bool is_called_off(const struct capdesk *c, const struct capjob *j, const char *key)
{
	const char *by = capmemory_called_off(&c->memory, key);

	return by != NULL && (strcmp(by, json_get_text(j->read, "key", "")) == 0 ||
			      is_above(c->playout->world->settings, by));
}

/* What became of others by it. */
struct deeds {
	json_t *ended, *called_off; /* keys */
};

/* Does what it means. */
static void act(struct capdesk *c, const struct capjob *j, struct cap_meaning *m,
		char id[static ID_BYTES], struct deeds *d)
{
	const json_t *alert = json_object_get(j->read, "alert");
	const char *signer = json_get_text(j->read, "key", "");

	if (m->verdict == CAP_ENDS || (m->supersedes && m->verdict != CAP_WAITS)) {
		end_referred(c, alert, m->headline, d->ended);
		json_decref(d->called_off);
		d->called_off = capmemory_call_off(&c->memory, alert, signer,
						   is_above(c->playout->world->settings, signer));
	}
	if (m->verdict == CAP_ENDS && json_array_size(d->ended) == 0) {
		m->verdict = CAP_SILENT;
		m->why = "nothing-to-end";
	} else if (m->verdict == CAP_AIRS && !raise(c, alert, m, id)) {
		m->verdict = CAP_REFUSED;
		m->why = "not-raised";
	}
	capmemory_settle(&c->memory, m->key, m->verdict == CAP_REFUSED);
	if (m->verdict == CAP_WAITS)
		capmemory_wait(&c->memory, m->key, j->sha256, m->from.ns / NS_PER_S);
}

/* deeds: taken over. */
static void note(struct capdesk *c, const struct capjob *j, const struct cap_meaning *m,
		 const char *id, struct deeds *d)
{
	const json_t *alert = json_object_get(j->read, "alert");
	bool believed = m->key[0] != '\0';
	json_t *o = json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
		KIND_CAP_RECEIVED, "key", json_text(m->key), "identifier",
		json_text(believed ? json_get_text(alert, "identifier", "") : ""), "sender",
		json_text(believed ? json_get_text(alert, "sender", "") : ""), "sent",
		json_text(believed ? json_get_text(alert, "sent", "") : ""), "sha256",
		json_text(j->sha256), "verdict", cap_verdict_code(m->verdict), "reason",
		json_text(m->why), "signed_by", json_text(json_get_text(j->read, "key", "")),
		"emergency", json_text(id), "drill", json_boolean(m->drill), "ends", d->ended,
		"who", json_text(j->who), "from_s",
		m->verdict == CAP_WAITS ? json_integer(m->from.ns / NS_PER_S) : json_null());

	must(o != NULL);
	if (json_array_size(d->called_off) > 0)
		json_object_set(o, "called_off", d->called_off);
	json_decref(d->called_off);
	if (m->shortened)
		json_object_set_new(o, "shortened", json_true());
	record_entry(c->playout, o);
}

/* What has waited keeps its name, whatever can be read of it now. */
static void judge(const struct capdesk *c, const struct capjob *j, struct cap_meaning *m)
{
	const json_t *alert = json_object_get(j->read, "alert");

	*m = (struct cap_meaning){.verdict = CAP_REFUSED,
				  .why = json_get_text(j->read, "error", "")};
	if (alert != NULL)
		cap_judge(alert, c->playout->world->settings, playout_now(c->playout),
			  c->playout->trusted, m);
	if (alert == NULL && j->key[0] != '\0')
		snprintf(m->key, sizeof(m->key), "%s", j->key);
}

json_t *capdesk_decide(struct capdesk *c, struct capjob *j)
{
	struct cap_meaning m;
	char id[ID_BYTES] = "";
	struct deeds deeds = {json_array(), json_array()};

	judge(c, j, &m);
	if (m.key[0] != '\0' && j->key[0] == '\0' && capmemory_knows(&c->memory, m.key)) {
		m.verdict = CAP_SILENT;
		m.why = "duplicate";
	} else if ((m.verdict == CAP_AIRS || m.verdict == CAP_WAITS) &&
		   is_called_off(c, j, m.key)) {
		m.verdict = CAP_SILENT;
		m.why = "called-off";
		capmemory_settle(&c->memory, m.key, false);
	} else if (m.key[0] != '\0' && (m.verdict == CAP_ENDS || m.supersedes) &&
		   is_foreign(c, j)) {
		refuse_foreign(c, j, &m);
	} else if (m.key[0] != '\0') {
		if (m.verdict == CAP_AIRS || m.verdict == CAP_WAITS)
			capmemory_sign(&c->memory, m.key, json_get_text(j->read, "key", ""));
		act(c, j, &m, id, &deeds);
	}
	note(c, j, &m, id, &deeds);
	if (m.shortened)
		log_warn(T("CAP %s: lời dài hơn %d byte, phần sau không được đọc",
			   "CAP %s: its text is longer than %d bytes, the rest is not read aloud"),
			 m.key, EMERGENCY_TEXT_BYTES - 1);
	log_info("CAP %s: %s %s", m.key[0] != '\0' ? m.key : j->sha256,
		 cap_verdict_code(m.verdict), m.why);
	return json_pack("{s:s, s:o, s:o, s:o}", "verdict", cap_verdict_code(m.verdict), "reason",
			 json_text(m.why), "text", json_text(cap_why(m.why)), "emergency",
			 json_text(id));
}

/* A name as long as a file may have leaves no room for ".txt" behind it: the message's hash ends
 * it, so that no two become one. */
static void name_away(const struct capdesk *c, char out[static NAME_MAX + 1])
{
	snprintf(out, NAME_MAX + 1, "%s", c->name);
	if (strlen(out) < NAME_BYTES)
		return;
	utf8_cut(out, NAME_BYTES - 32);
	snprintf(out + strlen(out), 32, "-%.16s.xml", c->job.sha256);
}

/* Done or refused; beside what was refused, why. */
static void put_away(struct capdesk *c, const json_t *answer)
{
	bool refused = strcmp(json_get_text(answer, "verdict", ""), "refused") == 0;
	char from[PATH_BYTES * 2], to[PATH_BYTES * 2], why[PATH_BYTES * 2 + 8];
	char name[NAME_MAX + 1];
	FILE *f;

	name_away(c, name);
	snprintf(from, sizeof(from), "%s/cap/%s", c->desk->dir, c->name);
	snprintf(to, sizeof(to), "%s/cap/%s/%s", c->desk->dir, refused ? "refused" : "done",
		 name);
	if (rename(from, to) != 0 && unlink(from) != 0) {
		c->stuck = true;
		log_warn("%s: %s", from,
			 T("không dời được tệp đi; đài không xem thư mục cap nữa",
			   "the file cannot be moved away; the folder cap is no longer watched"));
		return;
	}
	snprintf(why, sizeof(why), "%s.txt", to);
	if (refused && (f = fopen(why, "we")) != NULL) {
		fprintf(f, "%s\n", json_get_text(answer, "text", ""));
		fclose(f);
	}
}

/* The program that reads could not be started: no word about the message, which is still due. */
static bool postpone(struct capdesk *c)
{
	const struct capjob *j = &c->job;

	if (strcmp(json_get_text(j->read, "error", ""), "worker") != 0)
		return false;
	capmemory_wait(&c->memory, j->key, j->sha256,
		       playout_now(c->playout).ns / NS_PER_S + RETRY_S);
	return true;
}

static void done(void *arg)
{
	struct capdesk *c = arg;
	bool waited = c->job.key[0] != '\0';

	if (!waited || !postpone(c)) {
		json_t *answer = capdesk_decide(c, &c->job);
		if (!waited)
			put_away(c, answer);
		json_decref(answer);
	}
	capjob_finish(&c->job);
	capdesk_look(c); /* the next may be the flood */
}

static void begin(struct capdesk *c)
{
	struct err e = {0};

	c->job.dir = c->desk->dir;
	snprintf(c->job.who, sizeof(c->job.who), "cap");
	if (!aside_start(&c->aside, c->loop, &e))
		log_warn("%s", e.text);
}

/* A message whose time has come is read anew: it may have expired, and keys may be gone. */
static bool begin_waiting(struct capdesk *c)
{
	char key[CAP_KEY_BYTES], sha256[SHA256_HEX_BYTES];

	if (!capmemory_due(&c->memory, playout_now(c->playout).ns / NS_PER_S, key, sha256))
		return false;
	memset(&c->job, 0, sizeof(c->job));
	memcpy(c->job.key, key, sizeof(key));
	snprintf(c->job.path, sizeof(c->job.path), "%s/cap/kept/%s.xml", c->desk->dir, sha256);
	begin(c);
	return true;
}

/* The folder's own. */
static bool is_ours(const char *name)
{
	return strcmp(name, "done") == 0 || strcmp(name, "refused") == 0 ||
	       strcmp(name, "kept") == 0;
}

/* Whoever put it there waits for a siren: a link, a pipe or a folder is never opened. */
static void leave(struct capdesk *c, const char *name)
{
	if (is_ours(name) || json_object_get(c->left, name) != NULL ||
	    json_object_size(c->left) >= LEFT_MAX ||
	    json_object_set_new_nocheck(c->left, name, json_true()) != 0)
		return;
	log_warn("%s/cap/%s: %s", c->desk->dir, name,
		 T("không phải tệp thường; đài để yên, không đọc như bản tin CAP",
		   "not a plain file; it is left there and not read as a CAP message"));
}

/* Temporary names of those who write first and rename then begin with a dot. */
static bool next_file(struct capdesk *c)
{
	char path[PATH_BYTES + 32];
	struct dirent *one;
	struct stat st;

	snprintf(path, sizeof(path), "%s/cap", c->desk->dir);
	DIR *d = opendir(path);
	c->name[0] = '\0';
	while (d != NULL && (one = readdir(d)) != NULL) {
		if (one->d_name[0] == '.' ||
		    fstatat(dirfd(d), one->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (!S_ISREG(st.st_mode))
			leave(c, one->d_name);
		else if (c->name[0] == '\0' || strcmp(one->d_name, c->name) < 0)
			snprintf(c->name, sizeof(c->name), "%s", one->d_name);
	}
	if (d != NULL)
		closedir(d);
	return c->name[0] != '\0';
}

void capdesk_look(struct capdesk *c)
{
	if (c->aside.running || begin_waiting(c) || c->stuck || !next_file(c))
		return;
	memset(&c->job, 0, sizeof(c->job));
	snprintf(c->job.path, sizeof(c->job.path), "%s/cap/%s", c->desk->dir, c->name);
	begin(c);
}

void capdesk_stop(struct capdesk *c)
{
	atomic_store(&c->job.stop, true);
	aside_join(&c->aside);
	capjob_finish(&c->job);
	capmemory_finish(&c->memory);
	json_decref(c->foreign);
	json_decref(c->left);
	c->foreign = c->left = NULL;
}

static bool work_command(void *arg, struct err *e)
{
	(void)e;
	return capjob_work(arg);
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct capjob *j = arg;
	json_t *answer = capdesk_decide(j->owner, j);
	bool refused = strcmp(json_get_text(answer, "verdict", ""), "refused") == 0;

	if (refused)
		err_set(e, ERR_REFUSED, "%s", json_get_text(answer, "text", ""));
	else
		json_object_update(reply, answer);
	json_decref(answer);
	return !refused;
}

static void discard(void *arg)
{
	struct capjob *j = arg;

	capjob_finish(j);
	free(j);
}

static void cancel(void *arg)
{
	struct capjob *j = arg;

	atomic_store(&j->stop, true);
}

bool capdesk_command(struct request *rq, json_t *reply, struct err *e)
{
	static const struct later_kind kind = {work_command, conclude, discard, cancel};
	const char *text = json_get_text(rq->args, "xml", "");
	size_t len = 0;

	if (text[0] == '\0')
		return err_set(e, ERR_USAGE, T("thiếu nội dung: hãy gửi bản tin CAP (XML đã ký)",
					       "it is empty: send the CAP message (signed XML)"));
	unsigned char *xml = malloc(CAP_BYTES_MAX);
	must(xml != NULL);
	if (sodium_base642bin(xml, CAP_BYTES_MAX, text, strlen(text), NULL, &len,
						 NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
		free(xml);
		return err_set(e, ERR_USAGE, T("\"xml\": quá dài hoặc không phải base64",
					       "\"xml\": too long or not base64"));
	}
	struct capjob *j = calloc(1, sizeof(*j));
	must(j != NULL);
	j->owner = &rq->station->cap;
	j->dir = rq->desk->dir;
	snprintf(j->who, sizeof(j->who), "%s", rq->who);
	buf_add(&j->xml, xml, len);
	free(xml);
	return later_start(&j->later, &kind, j, rq, reply, e);
}
