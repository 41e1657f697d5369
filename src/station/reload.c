/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/reload.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "plan/check.h"
#include "plan/confirm.h"
#include "proof/entry.h"
#include "station/confirmed.h"
#include "station/desk.h"
#include "station/lastgood.h"
#include "station/world.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

static bool read_files(void *arg, struct err *e)
{
	struct reload *r = arg;

	struct world_files *files = world_files_load(r->desk->dir, &r->faults, e);

	if (files != NULL)
		check_twins(&files->schedule, &files->settings.tz, clock_wall(r->desk->clock),
			    &files->faults);
	r->files = files;
	return files != NULL;
}

/* Without a thread to spare: tried again a second later. */
static void start(struct reload *r, uint64_t stamp)
{
	struct err ignored;

	r->reading = stamp;
	aside_start(&r->work, r->loop, &ignored);
}

static void tell(struct reload *r, json_t *said)
{
	char words[512];

	json_decref(r->refused);
	r->refused = said;
	saying_words(said, text_own_english, words, sizeof(words));
	log_warn("%s", words);
}

/* Whoever asks later why the station did not follow its files. Once per fault: files are touched,
 * and saved again as they were. */
static void note(struct reload *r, const json_t *before)
{
	struct err e = {0};
	int64_t n;

	if (before != NULL && json_equal(before, r->refused))
		return;
	if (!ledger_append(r->desk->ledger, entry_note_said(json_incref(r->refused), "station"), &n,
			   &e))
		log_warn("%s", e.text);
}

static json_t *both(const struct fault *f)
{
	enum text_reader before = text_speak(TEXT_VI);
	json_t *texts = json_pack("{s:o}", "vi", json_text(fault_text(f)));

	text_speak(TEXT_EN);
	json_object_set_new(texts, "en", json_text(fault_text(f)));
	text_speak(before);
	return texts;
}

static void refuse(struct reload *r, const struct faults *faults)
{
	const struct fault *first = faults_first(faults);
	json_t *said;

	if (first != NULL) {
		char place[PATH_BYTES + 16];
		fault_place(first, place); /* of a pipe, say, there is no line */
		said = saying(SAYING_NEW_FILES_FAULTY);
		json_object_set_new(said, "place", json_text(place));
		json_object_set_new(said, "file", json_text(first->file));
		json_object_set_new(said, "line", json_integer(first->line));
	} else {
		said = saying(SAYING_NEW_FILES_UNREADABLE);
	}
	json_object_set_new(said, "fault",
			    first != NULL ? both(first) : json_text(r->work.error.text));
	tell(r, said);
}

/* Zones and devices are wired at start; the files in force must not say something else. */
static bool same_wiring(const struct settings *a, const struct settings *b)
{
	bool same = a->zone_count == b->zone_count && strcmp(a->tz.name, b->tz.name) == 0;

	for (int z = 0; same && z < a->zone_count; z++)
		same = strcmp(a->zones[z].name, b->zones[z].name) == 0 &&
		       strcmp(a->zones[z].device, b->zones[z].device) == 0 &&
		       strcmp(a->zones[z].microphone, b->zones[z].microphone) == 0 &&
		       a->zones[z].channel == b->zones[z].channel;
	return same;
}

/* False: they are refused, and why is told. */
static bool judge(struct reload *r, const struct world_files *files)
{
	json_t *before = json_incref(r->refused);
	bool faulty = files == NULL || files->faults.errors > 0;
	bool good = !faulty && same_wiring(&files->settings, &r->desk->world.files->settings);

	if (faulty)
		refuse(r, files != NULL ? &files->faults : &r->faults);
	else if (!good)
		tell(r, saying(SAYING_WIRING_CHANGED));
	if (!good)
		note(r, before);
	json_decref(before);
	return good;
}

bool reload_take(struct reload *r, struct world_files *files, const char *who)
{
	if (!judge(r, files)) {
		faults_finish(&r->faults);
		world_files_free(files);
		return false;
	}
	json_decref(r->refused);
	r->refused = NULL;
	desk_adopt(r->desk, files, who);
	log_info("%s", T("đã nhận lịch phát mới", "new timetable taken over"));
	return true;
}

void reload_first(struct reload *r)
{
	struct world_files *files = r->desk->world.files, *good;
	struct err e = {0};

	check_twins(&files->schedule, &files->settings.tz, clock_wall(r->desk->clock),
		    &files->faults);
	if (files->faults.errors == 0 && !confirm_any(&files->schedule))
		return;
	if ((good = lastgood_of(ledger_view(r->desk->ledger), r->desk->dir)) == NULL)
		return;
	confirmed_check(files, good);
	if (files->faults.errors == 0) {
		world_files_free(good);
		return;
	}
	refuse(r, &files->faults);
	r->desk->world.files = good;
	if (!world_refresh(&r->desk->world, ledger_view(r->desk->ledger), &e))
		log_warn("%s", e.text);
	world_files_free(files);
}

static void done(void *arg)
{
	struct reload *r = arg;
	struct world_files *files = r->files;
	uint64_t stamp = world_stamp(r->desk->dir);

	r->files = NULL;
	r->stamp = r->reading;
	if (stamp == r->stamp) {
		if (files != NULL)
			confirmed_check(files, r->desk->world.files);
		reload_take(r, files, "");
		r->decided(r->arg);
		return;
	}
	/* Changed since it was read, perhaps by a command that is in force already. */
	world_files_free(files);
	faults_finish(&r->faults);
	start(r, stamp);
}

void reload_init(struct reload *r, struct desk *d, struct loop *l, void (*decided)(void *arg),
		 void *arg)
{
	*r = (struct reload){.desk = d, .loop = l, .decided = decided, .arg = arg,
			     .stamp = d->faulty ? 0 : world_stamp(d->dir),
			     .work = {.work = read_files, .done = done, .arg = r}};
}

void reload_poll(struct reload *r)
{
	if (r->work.running)
		return;
	uint64_t stamp = world_stamp(r->desk->dir);
	if (stamp != r->stamp)
		start(r, stamp);
}

void reload_finish(struct reload *r)
{
	aside_join(&r->work);
	world_files_free(r->files);
	faults_finish(&r->faults);
	json_decref(r->refused);
	r->refused = NULL;
}
