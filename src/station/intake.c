/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/intake.h"

#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "library/store.h"
#include "proof/row.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/sight.h"
#include "station/station.h"
#include "station/tags.h"
#include "station/twins.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TELL_NS (2 * NS_PER_S) /* so often even if nothing changed: the client need not doubt us */

static bool on_progress(double done, void *arg)
{
	struct intake *in = arg;

	atomic_store(&in->permille, done < 0 ? -1 : (int)(done * 1000));
	if (in->progress != NULL)
		in->progress(done, NULL);
	return !atomic_load(&in->cancel);
}

/* What the sender has is what came, or nothing was said about it. */
static bool came_whole(const struct intake *in, struct err *e)
{
	char sha256[SHA256_HEX_BYTES];

	if (in->sha256[0] == '\0')
		return true;
	if (!store_hash(in->job.fd, sha256, e))
		return false;
	if (strcmp(sha256, in->sha256) == 0)
		return true;
	return err_set(e, ERR_DAMAGED,
		       T("tệp đến nơi khác với tệp đã gửi (SHA-256 không khớp); hãy gửi lại",
			 "what came is not what was sent (another SHA-256); send it again"));
}

/* The name of an upload on our disk says nothing to its sender. */
static bool failed(const struct intake *in, struct err *e)
{
	if (in->name[0] != '\0' || in->upload[0] == '\0')
		err_wrap(e, "%s", in->name[0] != '\0' ? in->name : in->path);
	return false;
}

static bool work(void *arg, struct err *e)
{
	struct intake *in = arg;

	if (!came_whole(in, e) || !ingest_run(&in->job, &in->result, e))
		return failed(in, e);
	likeness_look(in->job.dir, in->result.sha256, in->result.frames, in->facts.replaces,
		      &in->cancel, &in->like);
	return true;
}

/* True if the station was killed between this upload's entry and the end of its file: the web
 * process asks again for what is a bulletin already. */
static bool is_entered(struct intake *in, json_t **findings)
{
	struct view *v = ledger_view(in->desk->ledger);
	struct bulletin b;
	struct err e = {0};

	if (in->upload[0] == '\0' ||
	    !reader_uploaded(v, in->result.original_sha256, in->upload, &b, &e))
		return false;
	in->facts = b;
	json_t *told;
	if (reader_findings(v, b.id, &told, &e)) {
		*findings = json_incref(json_object_get(told, b.id));
		json_decref(told);
	}
	return true;
}

/* What was measured joins what was asked for; the entry is durable when this returns true. */
static bool enter(struct intake *in, json_t **findings, struct err *e)
{
	struct bulletin *b = &in->facts;
	int64_t n;

	snprintf(b->sha256, sizeof(b->sha256), "%s", in->result.sha256);
	b->frames = in->result.frames;
	b->loudness_lufs = in->result.loudness_lufs;
	b->peak_dbtp = in->result.peak_dbtp;
	b->noise_db = in->result.noise_db;
	b->state = BULLETIN_RECEIVED;
	b->received = clock_wall(in->desk->clock);
	snprintf(b->sender, sizeof(b->sender), "%s", in->who);
	warnings_join(&in->warnings, &in->result.warnings);
	twins_tell(ledger_view(in->desk->ledger), b, in->result.original_sha256, &in->like,
		   &in->desk->world.files->settings.tz, &in->warnings);
	*findings = warnings_list(&in->warnings);
	json_t *entry = entry_bulletin_received(b, in->result.original_sha256,
						json_incref(*findings), in->who);
	if (in->upload[0] != '\0')
		json_object_set_new(entry, "upload", json_string(in->upload));
	if (!desk_append(in->desk, entry, &n, e))
		return false;
	snprintf(b->id, sizeof(b->id), "B%lld", (long long)n);
	b->revision = n;
	return true;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct intake *in = arg;
	json_t *findings = NULL;
	bool ok = is_entered(in, &findings) || enter(in, &findings, e);

	/* Only then: the web process asks again for a file that is there, and may have been killed
	 * before it could hear why it was refused. */
	if (ok && in->upload[0] != '\0')
		unlink(in->path);
	if (ok)
		json_object_set_new(reply, "bulletin",
				    row_bulletin_json(&in->facts, findings,
						      &in->desk->world.files->settings.tz));
	json_decref(findings);
	return ok || failed(in, e);
}

static void discard(void *arg)
{
	struct intake *in = arg;

	if (in->job.fd >= 0)
		close(in->job.fd);
	free(in);
}

static void cancel(void *arg)
{
	struct intake *in = arg;

	atomic_store(&in->cancel, true);
}

/* What was decoded when the station stops is not lost: the client still has its file, and without
 * an answer it will send it again. */
static const struct later_kind kind = {work, conclude, discard, cancel};

static struct intake *next(struct later *from)
{
	struct later *l = later_find(from, &kind);

	return l != NULL ? l->arg : NULL;
}

/* A client that was killed asks again for the file that is being looked at for it. */
static bool is_under_way(struct request *rq, const char *path, struct err *e)
{
	const struct intake *in = rq->station != NULL ? next(rq->station->laters) : NULL;

	while (in != NULL && strcmp(in->path, path) != 0)
		in = next(in->later.next);
	if (in == NULL)
		return false;
	err_set(e, ERR_CONFLICT, T("%s: đang được đưa vào kho; chờ một lát",
				   "%s: is being taken in already; wait a moment"), path);
	return true;
}

static bool take_sha256(struct request *rq, struct intake *in, struct err *e)
{
	const char *text;

	if (!request_text(rq, "sha256", false, &text, e))
		return false;
	if (text[0] != '\0' && !path_is_sha256(text))
		return err_set(e, ERR_USAGE, T("\"sha256\": phải là 64 chữ số thập lục phân",
					       "\"sha256\": must be 64 hexadecimal digits"));
	snprintf(in->sha256, sizeof(in->sha256), "%s", text);
	return true;
}

/* Its own name, if it lies in DIR/incoming. DIR may have been given relative to somewhere, the path
 * comes from a client whose somewhere is another: what the kernel makes of both is compared. */
static void see_upload(struct intake *in)
{
	char folder[PATH_BYTES + 16], path[PATH_MAX], incoming[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s/incoming", in->desk->dir);
	if (realpath(folder, incoming) == NULL || realpath(in->path, path) == NULL)
		return;
	size_t len = strlen(incoming);
	if (strncmp(path, incoming, len) == 0 && path[len] == '/')
		snprintf(in->upload, sizeof(in->upload), "%.*s", NAME_BYTES - 1, path + len + 1);
}

static bool open_file(struct request *rq, struct intake *in, struct err *e)
{
	const char *path;
	struct stat st;

	if (!request_text(rq, "path", true, &path, e))
		return false;
	snprintf(in->path, sizeof(in->path), "%s", path);
	see_upload(in);
	if (is_under_way(rq, in->path, e))
		return false;
	/* Not blocking: opening a pipe that nobody writes to would stop the whole station. */
	in->job.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (in->job.fd < 0 && errno == EACCES)
		return err_set(e, ERR_FAILED,
			       T("%s: đài không có quyền đọc tệp này; mở quyền đọc cho tệp và các "
				 "thư mục chứa nó, hoặc gửi tệp qua trang của đài",
				 "%s: the station may not read this file; allow it for the file "
				 "and the folders around it, or send it through the page"),
			       path);
	if (in->job.fd < 0)
		return err_errno(e, "%s", path);
	if (fstat(in->job.fd, &st) == 0 && S_ISREG(st.st_mode))
		return true;
	return err_set(e, ERR_REFUSED,
		       T("%s: không phải tệp thường (thư mục, ống hoặc thiết bị);"
			 " chọn một tệp âm thanh",
			 "%s: no ordinary file (a folder, pipe or device); choose a sound file"),
		       path);
}

/* What has been replaced already has a newer version, which is meant. */
static bool take_replaced(struct request *rq, struct bulletin *b, struct err *e)
{
	const char *id;

	if (!request_text(rq, "replaces", false, &id, e))
		return false;
	if (id[0] == '\0')
		return true;
	const struct bulletin *old = world_bulletin(&rq->desk->world, id);
	if (old == NULL || !sight_has_bulletin(sight_of(rq), old))
		return err_set(e, ERR_NOT_FOUND,
			       T("\"replaces\": không có bản tin \"%.40s\"",
				 "\"replaces\": no bulletin \"%.40s\""), id);
	if (old->replaced_by[0] != '\0')
		return err_set(e, ERR_CONFLICT,
			       T("%s đã được thay bằng %s; hãy thay %s",
				 "%s was replaced by %s; replace %s instead"),
			       old->id, old->replaced_by, old->replaced_by);
	memcpy(b->replaces, old->id, sizeof(b->replaces));
	return true;
}

static struct intake *prepare(struct request *rq, struct err *e)
{
	struct intake *in = calloc(1, sizeof(*in));
	const char *name = "";

	must(in != NULL);
	in->desk = rq->desk;
	in->progress = rq->station == NULL ? rq->progress : NULL;
	in->tell_progress = json_is_true(json_object_get(rq->args, "progress"));
	in->job = (struct ingest_job){.fd = -1,
				      .dir = rq->desk->dir,
				      .keep_original = true,
				      .progress = on_progress,
				      .arg = in};
	snprintf(in->who, sizeof(in->who), "%s", rq->who);
	if (tags_read(rq, &in->facts, e) && take_replaced(rq, &in->facts, e) &&
	    tags_check(rq->desk, &in->facts, &in->warnings, e) &&
	    request_text(rq, "name", false, &name, e) && take_sha256(rq, in, e) &&
	    open_file(rq, in, e)) {
		snprintf(in->name, sizeof(in->name), "%s", name);
		return in;
	}
	discard(in);
	return NULL;
}

bool intake_start(struct request *rq, json_t *reply, struct err *e)
{
	struct intake *in = prepare(rq, e);

	return in != NULL && later_start(&in->later, &kind, in, rq, reply, e);
}

static void tell_progress(struct station *st, struct intake *in)
{
	int permille = atomic_load(&in->permille);

	struct mono now = clock_mono(st->desk.clock);

	if (!in->tell_progress || permille < 0 ||
	    (permille == in->told_permille && now.ns - in->told.ns < TELL_NS))
		return;
	in->told_permille = permille;
	in->told = now;
	control_send(st->control, in->later.client,
		     json_pack("{s:O?, s:f}", "id", in->later.id, "progress", permille / 1000.0));
}

bool intake_poll(struct station *st)
{
	struct intake *first = next(st->laters);

	for (struct intake *in = first; in != NULL; in = next(in->later.next))
		tell_progress(st, in);
	return first != NULL;
}
