/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/deskcase.h"

#include "base/json.h"
#include "base/must.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <sndfile.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define STATION                                                                                    \
	"station: Đài thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"                                  \
	"zones: [{name: mot, device: none}, {name: hai, device: none, channel: 2}]\n"
#define START_S INT64_C(1795384800) /* 2026-11-23T05:00:00+07:00 */

void deskcase_write(const struct deskcase *c, const char *name, const char *text)
{
	char path[400];

	snprintf(path, sizeof(path), "%s/%s", c->dir, name);
	file_save(path, text, strlen(text));
}

void deskcase_open(struct deskcase *c)
{
	char schedules[96];
	struct err e = {0};

	tmpdir_make(c->dir);
	snprintf(schedules, sizeof(schedules), "%s/schedules", c->dir);
	must(mkdir(schedules, 0755) == 0);
	deskcase_write(c, "station.yaml", STATION);
	deskcase_write(c, "schedules/thu.yaml",
		       "timetable: Thử\nslots:\n  - {name: Sáng, start: \"05:30\", length: 10m, "
		       "ident: false, play: {bulletins: {}}}\n");
	c->as = c->replaces = NULL;
	c->station = NULL;
	c->who = "uid:7";
	clock_sim_init(&c->clock, (struct wall){START_S * NS_PER_S});
	if (!desk_open(&c->desk, c->dir, &c->clock.clock, &e))
		ck_abort_msg("%s", e.text);
}

void deskcase_close(struct deskcase *c)
{
	desk_close(&c->desk);
	tmpdir_remove(c->dir);
}

const char *deskcase_sound(const struct deskcase *c, const char *name, double seconds)
{
	static char path[128];
	struct clip tone = clip_tone(48000, 1, seconds, 440, 0.3);

	snprintf(path, sizeof(path), "%s/%s", c->dir, name);
	clip_save(&tone, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	clip_free(&tone);
	return path;
}

json_t *deskcase_ask(struct deskcase *c, json_t *request)
{
	must(request != NULL);
	if (c->as != NULL)
		json_object_set_new(request, "as", json_string(c->as));
	struct request rq = {
		.desk = &c->desk, .station = c->station, .who = c->who, .args = request};
	json_t *answer = commands_run(&rq);
	must(answer != NULL);
	json_decref(request);
	return answer;
}

json_t *deskcase_told(struct deskcase *c, json_t *request)
{
	json_t *answer = deskcase_ask(c, request);

	ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s",
		      json_get_text(json_object_get(answer, "error"), "text", ""));
	return answer;
}

void deskcase_refused(struct deskcase *c, json_t *request, const char *code, const char *word)
{
	json_t *answer = deskcase_ask(c, request);
	const json_t *error = json_object_get(answer, "error");

	ck_assert_msg(error != NULL, "no error for %s", word);
	if (code != NULL)
		ck_assert_str_eq(json_get_text(error, "code", ""), code);
	ck_assert_msg(strstr(json_get_text(error, "text", ""), word) != NULL, "%s",
		      json_get_text(error, "text", ""));
	ck_assert_ptr_null(json_object_get(answer, "ok"));
	json_decref(answer);
}

void deskcase_fails(struct deskcase *c, json_t *request, const char *word)
{
	deskcase_refused(c, request, NULL, word);
}

const char *deskcase_add(struct deskcase *c, const char *title)
{
	static char id[ID_BYTES];
	json_t *answer = deskcase_told(c, json_pack("{s:s, s:s, s:s, s:s*}", "do", "bulletin.add",
						    "path", deskcase_sound(c, "tin.wav", 2),
						    "title", title, "replaces", c->replaces));

	snprintf(id, sizeof(id), "%s",
		 json_get_text(json_object_get(answer, "bulletin"), "id", ""));
	json_decref(answer);
	return id;
}

void deskcase_people(struct deskcase *c)
{
	struct err e = {0};

	for (int i = 0; i <= ROLES; i++) {
		enum role role = i < ROLES ? (enum role)i : ROLE_APPROVER;
		struct user u = {.role = role, .hash = "h"};
		snprintf(u.name, sizeof(u.name), "%s%s", role_code(role), i < ROLES ? "" : "2");
		snprintf(u.person, sizeof(u.person), "Người thứ %d", i + 1);
		must(users_add(c->desk.users, &u, clock_wall(&c->clock.clock), &e));
	}
}

void deskcase_settings(struct deskcase *c, const char *lines)
{
	struct err e = {0};
	char text[1024];

	snprintf(text, sizeof(text), "%s%s", STATION, lines);
	deskcase_write(c, "station.yaml", text);
	struct world_files *files = world_files_load(c->dir, NULL, &e);
	ck_assert_msg(files != NULL && files->faults.errors == 0, "%s", e.text);
	desk_adopt(&c->desk, files, "");
}

void deskcase_tin(struct deskcase *c, char id[static ID_BYTES])
{
	deskcase_open(c);
	deskcase_people(c);
	c->as = "user:2";
	snprintf(id, ID_BYTES, "%s", deskcase_add(c, "Tin"));
}

int64_t deskcase_log(struct deskcase *c, json_t *entry)
{
	struct err e;
	int64_t n;

	ck_assert_msg(ledger_append(c->desk.ledger, entry, &n, &e), "%s", e.text);
	return n;
}
