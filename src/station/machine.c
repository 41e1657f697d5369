/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/machine.h"

#include "base/path.h"
#include "base/text.h"
#include "mix/devlist.h"
#include "mix/feeder.h"
#include "plan/trust.h"
#include "proof/reader.h"
#include "station/approval.h"
#include "station/catalogue.h"
#include "station/keeping.h"
#include "station/vouching.h"
#include "sys/clock.h"
#include "sys/disk.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FREE_LOW_BYTES (LOG_RESERVE_BYTES * 4)

static const struct devlist_device *find(const struct devlist_device *list, int count,
					 const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(name, "default") == 0 ? list[i].is_default
						 : list[i].channels > 0 &&
							   strstr(list[i].name, name) != NULL)
			return &list[i];
	return NULL;
}

static void check_zone(const struct zone *z, const struct devlist_device *list, int count,
		       const struct settings *s, struct faults *faults)
{
	const struct devlist_device *d = find(list, count, z->device);

	if (strcmp(z->device, "none") == 0)
		return;
	if (d == NULL)
		faults_add(faults, FAULT_WARNING, s->file, 0,
			   T("cụm loa %s: không thấy thiết bị âm thanh \"%s\""
			     " (xem: vangxa devices)",
			     "zone %s: no sound device \"%s\" (see: vangxa devices)"),
			   z->name, z->device);
	else if (z->channel > d->channels)
		faults_add(faults, FAULT_WARNING, s->file, 0,
			   T("cụm loa %s: thiết bị \"%s\" chỉ có %d kênh, không có kênh %d",
			     "zone %s: device \"%s\" has %d channels, not channel %d"),
			   z->name, d->name, d->channels, z->channel);
}

static void check_microphone(const struct zone *z, const struct devlist_device *list, int count,
			     const struct settings *s, struct faults *faults)
{
	bool any = strcmp(z->microphone, "default") == 0;

	if (z->microphone[0] == '\0')
		return;
	for (int i = 0; i < count; i++)
		if (list[i].inputs > 0 && (any || strstr(list[i].name, z->microphone) != NULL))
			return;
	faults_add(faults, FAULT_WARNING, s->file, 0,
		   T("cụm loa %s: không thấy micro \"%s\" (xem: vangxa devices)",
		     "zone %s: no microphone \"%s\" (see: vangxa devices)"),
		   z->name, z->microphone);
}

static void check_devices(const struct settings *s, struct faults *faults)
{
	struct devlist_device list[DEVLIST_MAX];
	struct err e = {0};
	int count = 0;

	if (!devlist_get(list, DEVLIST_MAX, &count, &e))
		faults_add(faults, FAULT_WARNING, s->file, 0, "%s", e.text);
	for (int z = 0; z < s->zone_count; z++) {
		check_zone(&s->zones[z], list, count, s, faults);
		check_microphone(&s->zones[z], list, count, s, faults);
	}
}

/* The station refuses to start with these: two mixes cannot share one wire. */
static void check_wiring(const struct settings *s, struct faults *faults)
{
	for (int b = 1; b < s->zone_count; b++)
		for (int a = 0; a < b; a++)
			if (strcmp(s->zones[a].device, "none") != 0 &&
			    strcmp(s->zones[a].device, s->zones[b].device) == 0 &&
			    s->zones[a].channel == s->zones[b].channel)
				faults_add(faults, FAULT_ERROR, s->file, 0,
					   T("cụm loa %s và %s dùng chung kênh %d của \"%s\"; mỗi "
					     "cụm cần một kênh riêng",
					     "zones %s and %s share channel %d of \"%s\"; each "
					     "needs a channel of its own"),
					   s->zones[a].name, s->zones[b].name, s->zones[b].channel,
					   s->zones[b].device);
}

static void check_code(const struct slot *slot, enum codes_list list, struct disk *disk,
		       const char *code, struct faults *faults)
{
	struct warnings ignored = {0};
	struct err e = {0};

	if (!catalogue_has(list, disk, code, &ignored, &e))
		faults_add(faults, FAULT_WARNING, slot->file, slot->line,
			   T("khung giờ \"%s\": %.200s", "slot \"%s\": %.200s"), slot->name,
			   e.text);
}

static void check_place(const struct places *places, const char *code, const char *file, int line,
			struct faults *faults)
{
	const struct date any = {9999, 12, 31};

	if (code[0] != '\0' && places_named(places, code, any) == NULL)
		faults_add(faults, FAULT_WARNING, file, line,
			   T("\"place: %.60s\": không có mã này trong " PLACES_FILE
			     "; báo cáo không biết đài ở đâu",
			     "\"place: %.60s\": " PLACES_FILE " has no such code; reports do not "
			     "know where the station is"), code);
}

void machine_check_seeds(const char *dir, const struct settings *s, struct faults *faults)
{
	struct disk_real disk;
	struct lists lists;
	struct err ignored;

	if (!disk_real_open(&disk, dir, &ignored))
		return;
	catalogue_all(&disk.disk, &lists, faults);
	check_place(&lists.places, s->place, s->file, s->place_line, faults);
	for (int i = 0; i < s->zone_count; i++)
		check_place(&lists.places, s->zones[i].place, s->file, 0, faults);
	lists_finish(&lists);
	disk_real_close(&disk);
}

void machine_check_codes(const char *dir, const struct schedule *schedule, struct faults *faults)
{
	struct disk_real disk;
	struct err ignored;

	if (!disk_real_open(&disk, dir, &ignored))
		return;
	for (int i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		const struct play *plays[] = {&slot->play, &slot->fallback};
		for (int p = 0; p < 2; p++) {
			for (int k = 0; k < plays[p]->programme_count; k++)
				check_code(slot, CODES_PROGRAMMES, &disk.disk,
					   plays[p]->programmes[k], faults);
			for (int k = 0; k < plays[p]->language_count; k++)
				check_code(slot, CODES_LANGUAGES, &disk.disk,
					   plays[p]->languages[k], faults);
		}
	}
	disk_real_close(&disk);
}

static void check_clock(const struct settings *s, struct faults *faults)
{
	struct clock_real clock;
	char words[REASON_BYTES];

	clock_real_open(&clock);
	enum trust trust = trust_judge(clock_wall(&clock.clock),
				       trust_floor(false, (struct wall){0}),
				       clock_state(&clock.clock).synced);
	clock_real_close(&clock);
	json_t *said = saying(trust_saying(trust));
	saying_words(said, text_english(), words, sizeof(words));
	json_decref(said);
	if (trust != TRUST_SYNCED)
		faults_add(faults, FAULT_WARNING, s->file, 0, T("đồng hồ: %s", "clock: %s"),
			   words);
}

static void check_disk(const char *dir, const struct settings *s, struct faults *faults)
{
	struct disk_real disk;
	struct err e = {0};

	if (access(dir, W_OK) != 0) {
		faults_add(faults, FAULT_ERROR, dir, 0,
			   T("không ghi được vào thư mục này; kiểm tra quyền của người chạy đài",
			     "this folder cannot be written;"
			     " check the rights of the station's user"));
		return;
	}
	if (!disk_real_open(&disk, dir, &e)) {
		faults_add(faults, FAULT_ERROR, dir, 0, "%s", e.text);
		return;
	}
	int64_t free_bytes = disk_free_bytes(&disk.disk);
	disk_real_close(&disk);
	if (free_bytes < FREE_LOW_BYTES)
		faults_add(faults, FAULT_WARNING, s->file, 0,
			   T("đĩa chỉ còn %lld MB; cần ít nhất %lld MB",
			     "only %lld MB free on the disk; %lld MB are needed"),
			   (long long)(free_bytes >> 20), (long long)(FREE_LOW_BYTES >> 20));
}

json_t *machine_keep(const char *dir, const struct settings *s, struct wall now)
{
	char path[PATH_BYTES + 16];
	struct keep_totals totals;
	struct disk_real disk;
	struct view *v = NULL;
	struct err ignored;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	bool known = access(path, R_OK) == 0 && reader_open(&v, path, &ignored) &&
		     keep_totals(v, keeping_since(now), &totals, &ignored);
	reader_close(v);
	if (!known || !disk_real_open(&disk, dir, &ignored))
		return NULL;
	json_t *o = keeping_json(&totals, disk_free_bytes(&disk.disk), s->keep_days, now, &s->tz);
	disk_real_close(&disk);
	return o;
}

static void check_master(const char *dir, const struct bulletin *b, struct faults *faults)
{
	char path[PATH_MASTER_BYTES];
	struct err e = {0};

	path_master(path, dir, b->sha256, ".flac");
	struct source *s = source_open_master(path, b->sha256, &e);
	if (s != NULL) {
		s->ops->close(s);
		return;
	}
	faults_add(faults, FAULT_WARNING, path + strlen(dir) + 1, 0,
		   T("bản tin %s \"%.80s\" sẽ không phát được: nạp lại tệp gốc (vangxa add) và "
		     "duyệt lại (%.160s)",
		     "bulletin %s \"%.80s\" cannot air: add its original again (vangxa add) and "
		     "approve that (%.160s)"),
		   b->id, b->title, e.text);
}

void machine_check_masters(const char *dir, const struct world *w, struct wall now,
			   struct faults *faults)
{
	struct date today = tz_date(&w->files->settings.tz, now, NULL);

	for (int i = 0; i < w->bulletin_count; i++) {
		const struct bulletin *b = &w->bulletins[i];
		bool over = b->has_to && date_compare(b->to, today) < 0;
		if (b->state == BULLETIN_APPROVED && !over)
			check_master(dir, b, faults);
	}
}

void machine_check_approvers(const char *dir, const struct settings *s, struct faults *faults)
{
	char words[REASON_BYTES * 2];
	struct users *u = users_create(dir);
	json_t *said = approval_short(u, s);

	users_destroy(u);
	if (said == NULL)
		return;
	saying_words(said, text_english(), words, sizeof(words));
	json_decref(said);
	faults_add(faults, FAULT_WARNING, s->file, 0, "%s", words);
}

void machine_check_cert(const char *dir, struct wall now, char print[static CERT_PRINT_BYTES],
			struct faults *faults)
{
	static char names[CERT_NAMES_MAX][CERT_NAME_BYTES];
	int count = cert_machine_names(names, NULL, 0);
	struct cert cert = {0};
	struct err e = {0};

	print[0] = '\0';
	if (cert_load(&cert, dir, &e)) {
		snprintf(print, CERT_PRINT_BYTES, "%s", cert.print);
		if (!cert_fits(&cert, names, count, now, &e))
			faults_add(faults, FAULT_WARNING, "tls/cert.pem", 0, "%s", e.text);
	} else if (e.kind != ERR_NOT_FOUND) {
		faults_add(faults, FAULT_WARNING, "tls/cert.pem", 0, "%s", e.text);
	}
	cert_finish(&cert);
}

static void check_witness(const struct witness_place *w, const struct settings *s,
			  struct faults *faults)
{
	struct note_verifier key;
	struct err e;

	if (!note_verifier_parse(&key, w->key, &e) || key.type != NOTE_COSIGNATURE)
		faults_add(faults, FAULT_ERROR, s->file, w->line,
			   T("khóa của nhân chứng %s không đúng; chép lại đúng khóa mà họ công bố",
			     "the key of the witness %s is none; copy the one that its keeper "
			     "publishes"), w->name);
	if (!vouching_is_sure(w->url))
		faults_add(faults, FAULT_WARNING, s->file, w->line,
			   T("nhân chứng %s: qua http:// người trên đường truyền có thể giả câu "
			     "trả lời \"nhật ký đã bị lùi\", nên đài chỉ báo mà không đóng nhật "
			     "ký; dùng https:// nếu có",
			     "witness %s: over http:// somebody on the way can make up the answer "
			     "that the log was put back, so the station only tells it and ends no "
			     "log; use https:// if there is one"), w->name);
}

static void check_outside(const char *dir, const struct settings *s, struct faults *faults)
{
	char path[PATH_BYTES * 2];

	for (int i = 0; i < s->witness_count; i++)
		check_witness(&s->witnesses[i], s, faults);
	snprintf(path, sizeof(path), "%s%s%s", s->tsa_ca[0] == '/' ? "" : dir,
		 s->tsa_ca[0] == '/' ? "" : "/", s->tsa_ca);
	if (s->tsa_ca[0] != '\0' && access(path, R_OK) != 0)
		faults_add(faults, FAULT_ERROR, s->file, s->tsa_ca_line,
			   T("không đọc được tệp tsa_ca: %s", "the file tsa_ca cannot be read: %s"),
			   s->tsa_ca);
	else if (s->tsa[0] != '\0' && s->tsa_ca[0] == '\0')
		faults_add(faults, FAULT_WARNING, s->file, 0, "%s",
			   T("có tsa mà không có tsa_ca: dấu thời gian được giữ, nhưng chữ ký của "
			     "nó không được kiểm tra",
			     "tsa without tsa_ca: time-stamps are kept, and their signatures are "
			     "not checked"));
}

void machine_check(const char *dir, const struct settings *s, struct faults *faults)
{
	check_outside(dir, s, faults);
	check_disk(dir, s, faults);
	check_wiring(s, faults);
	check_devices(s, faults);
	check_clock(s, faults);
}
