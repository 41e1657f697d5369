/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/voicing.h"

#include "base/must.h"
#include "base/text.h"
#include "library/speech.h"
#include "proof/entry.h"
#include "station/desk.h"
#include "station/emergency.h"
#include "sys/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void reserve_path(const struct voicing *v, char path[static PATH_BYTES + 16])
{
	snprintf(path, PATH_BYTES + 16, "%s/" VOICE_RESERVE, v->desk->dir);
}

/* Quietly, as the log's: a disk without room for it is full, and says so elsewhere. */
static void make_reserve(const struct voicing *v)
{
	char path[PATH_BYTES + 16];

	reserve_path(v, path);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return;
	if (posix_fallocate(fd, 0, VOICE_RESERVE_BYTES) != 0)
		unlink(path);
	close(fd);
}

static bool has_reserve(const struct voicing *v)
{
	char path[PATH_BYTES + 16];
	struct stat st;

	reserve_path(v, path);
	return stat(path, &st) == 0 && (int64_t)st.st_blocks * 512 >= VOICE_RESERVE_BYTES;
}

static bool keep(void *arg, struct err *e)
{
	const struct voicing *v = arg;

	(void)e;
	if (!has_reserve(v) &&
	    disk_free_bytes(v->desk->disk) >= VOICE_ROOM_BYTES + VOICE_RESERVE_BYTES)
		make_reserve(v);
	return true;
}

static void kept(void *arg)
{
	(void)arg;
}

static bool give_up_reserve(const struct voicing *v)
{
	char path[PATH_BYTES + 16];

	reserve_path(v, path);
	return unlink(path) == 0;
}

static bool work(void *arg, struct err *e)
{
	struct voicing *v = arg;
	struct speech_job job = {.dir = v->desk->dir, .command = v->command, .text = v->text,
				 .stop = &v->stop};

	if (v->make(&job, &v->result, e))
		return true;
	if (e->kind != ERR_NO_SPACE || !give_up_reserve(v))
		return false;
	*e = (struct err){0};
	return v->make(&job, &v->result, e);
}

static void forget(struct voicing *v)
{
	json_decref(v->entry);
	v->entry = NULL;
}

/* A bulletin like one that was handed in, by the name of what it is for. */
static json_t *entry_of(const struct voicing *v, const struct emergency *m)
{
	struct bulletin b = {.frames = v->result.frames, .level = LEVEL_URGENT,
			     .loudness_lufs = v->result.loudness_lufs,
			     .peak_dbtp = v->result.peak_dbtp, .noise_db = v->result.noise_db,
			     .language = "vi", .kind = "thong-bao"};

	snprintf(b.title, sizeof(b.title), "%s", m->reason);
	snprintf(b.sha256, sizeof(b.sha256), "%s", v->result.sha256);
	json_t *entry = entry_bulletin_received(&b, v->result.original_sha256,
						warnings_list(&v->result.warnings), m->who);
	json_object_set_new(entry, "read", json_string(v->command[0] != '\0' ? v->command
									     : "espeak-ng"));
	return entry;
}

static bool enter(struct voicing *v, const struct emergency *m, char id[static ID_BYTES],
		  struct err *e)
{
	int64_t n;

	if (v->entry == NULL)
		v->entry = entry_of(v, m);
	if (!desk_append(v->desk, json_incref(v->entry), &n, e))
		return false;
	entry_id('B', n, id);
	return true;
}

static bool conclude(struct voicing *v, struct emergency *m, struct err *e)
{
	const struct bulletin *b;
	char id[ID_BYTES];

	if (!v->aside.ok) {
		*e = v->aside.error;
		return false;
	}
	if (!enter(v, m, id, e))
		return false;
	b = world_bulletin(&v->desk->world, id);
	if (b == NULL)
		return err_set(e, ERR_FAILED, T("không tìm thấy bản tin %s", "no bulletin %s"), id);
	return emergency_message(v->playout, m, b, m->who, e);
}

/* True: there is nothing left to be done for that text. */
static bool settled(struct voicing *v)
{
	struct err e = {0};
	struct emergency *m = emergency_find(v->playout, v->emergency, &e);

	if (m == NULL || m->message.id[0] != '\0') /* over, or it has another message by now */
		return true;
	if (conclude(v, m, &e))
		return true;
	if (e.kind == ERR_STALLED)
		return false;
	log_warn("%s: %s", v->emergency, e.text);
	emergency_unread(v->playout, m, err_code(e.kind));
	return true;
}

/* The voice is there; while the disk hangs on its entry voicing_look asks again. */
static void done(void *arg)
{
	if (settled(arg))
		forget(arg);
}

void voicing_init(struct voicing *v, struct desk *d, struct playout *p, struct loop *l)
{
	*v = (struct voicing){.desk = d, .playout = p, .loop = l,
			      .make = speech_make, .aside = {.work = work, .done = done},
			      .keeping = {.work = keep, .done = kept, .patient = true}};
	v->aside.arg = v->keeping.arg = v;
	v->keep_at = mono_add_ns(clock_mono(d->clock), VOICE_KEEP_NS);
	make_reserve(v);
}

static void begin(struct voicing *v, struct emergency *m)
{
	struct err e = {0};

	snprintf(v->emergency, sizeof(v->emergency), "%s", m->id);
	snprintf(v->text, sizeof(v->text), "%s", m->text);
	snprintf(v->command, sizeof(v->command), "%s", v->playout->world->settings->speech);
	if (aside_start(&v->aside, v->loop, &e))
		return;
	log_warn("%s: %s", m->id, e.text);
	emergency_unread(v->playout, m, err_code(e.kind));
}

void voicing_look(struct voicing *v)
{
	struct emergency *m = v->playout->emergencies;

	if (v->aside.running)
		return;
	if (v->entry != NULL)
		done(v);
	if (v->entry != NULL)
		return;
	while (m != NULL && (!m->waits || m->text[0] == '\0' || m->id[0] == '\0'))
		m = m->next;
	if (m != NULL)
		begin(v, m);
}

void voicing_keep(struct voicing *v, bool disk_low)
{
	struct mono now = clock_mono(v->desk->clock);
	struct err e;

	if (disk_low)
		v->keep_at = now; /* as soon as it is not */
	if (disk_low || now.ns < v->keep_at.ns || v->keeping.running || v->aside.running ||
	    v->playout->emergencies != NULL)
		return;
	v->keep_at = mono_add_ns(now, VOICE_KEEP_NS);
	aside_start(&v->keeping, v->loop, &e); /* or in ten minutes */
}

void voicing_stop(struct voicing *v)
{
	atomic_store(&v->stop, true);
	aside_join(&v->aside);
	aside_join(&v->keeping);
	forget(v);
}
