/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live.start, live.stop, live.sound. */
#include "base/json.h"
#include "base/text.h"
#include "proof/base64.h"
#include "station/commands.h"
#include "station/persons.h"
#include "station/speaking.h"
#include "station/station.h"
#include "sys/chance.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_RANDOM_BYTES 12

/* One zone by "zone", several by "zones"; all when neither is there. */
static bool take_zones(struct request *rq, uint32_t *zones, struct err *e)
{
	const json_t *list = json_object_get(rq->args, "zones"), *one;
	const char *zone;
	uint32_t bit;
	size_t i;

	if (!request_text(rq, "zone", false, &zone, e) ||
	    !station_zones(rq->station, zone, zones, e))
		return false;
	if (list == NULL || zone[0] != '\0')
		return true;
	if (!json_is_array(list) || json_array_size(list) == 0)
		return err_set(e, ERR_USAGE, T("\"zones\" phải là danh sách tên cụm loa",
					       "\"zones\" must be a list of zones' names"));
	*zones = 0;
	json_array_foreach(list, i, one) {
		if (!json_is_string(one) || json_string_value(one)[0] == '\0')
			return err_set(e, ERR_USAGE,
				       T("\"zones\" phải là danh sách tên cụm loa",
					 "\"zones\" must be a list of zones' names"));
		if (!station_zones(rq->station, json_string_value(one), &bit, e))
			return false;
		*zones |= bit;
	}
	return true;
}

static bool take_minutes(struct request *rq, int *minutes, struct err *e)
{
	const char *text;
	char *end = NULL;

	if (!request_text(rq, "minutes", false, &text, e))
		return false;
	long n = text[0] != '\0' ? strtol(text, &end, 10) : 0;
	*minutes = (int)n;
	if (text[0] == '\0' || (*end == '\0' && n >= 1 && n <= VOICE_S_MAX / 60))
		return true;
	return err_set(e, ERR_USAGE, T("\"minutes\": không hiểu \"%.20s\"; ví dụ 5",
				       "\"minutes\": \"%.20s\" is no number; for example 5"), text);
}

static bool take_source(struct request *rq, bool *browser, struct err *e)
{
	const char *text;

	if (!request_text(rq, "source", false, &text, e))
		return false;
	*browser = strcmp(text, "browser") == 0;
	if (*browser || text[0] == '\0' || strcmp(text, "microphone") == 0)
		return true;
	return err_set(e, ERR_USAGE, T("\"source\" là microphone hoặc browser",
				       "\"source\" is microphone or browser"));
}

/* Whoever would speak too wants to know whom to wait for. */
static bool nobody_speaks(struct request *rq, struct err *e)
{
	const struct speaking *s = rq->station->playout.speaking;

	if (s == NULL)
		return true;
	json_t *person = persons_tell(rq->desk->users, s->by, true);
	err_set(e, ERR_CONFLICT,
		T("%s đang nói trực tiếp; đợi xong rồi hãy nói",
		  "%s is speaking live; wait until that is over"),
		json_get_text(person, "name", s->by));
	json_decref(person);
	return false;
}

static void make_id(char out[static ID_BYTES])
{
	uint8_t bytes[ID_RANDOM_BYTES];

	chance_bytes(bytes, sizeof(bytes));
	sodium_bin2hex(out, ID_BYTES, bytes, sizeof(bytes));
}

static bool open_mike(struct request *rq, const struct speaking_order *o, struct err *e)
{
	const struct live_settings *l = &rq->desk->world.files->settings.live;

	return mike_open(rq->station->live.mike, o->browser ? NULL : l->device, l->channel, e);
}

/* The microphone warms up under the chime. */
static bool start(struct request *rq, json_t *reply, struct err *e)
{
	struct playout *p = &rq->station->playout;
	char by[NAME_BYTES], id[ID_BYTES];
	struct speaking_order o = {.id = id, .by = by, .who = rq->who};

	make_id(id);
	if (!take_zones(rq, &o.zones, e) || !take_minutes(rq, &o.minutes, e) ||
	    !take_source(rq, &o.browser, e) || !request_by(rq, by, sizeof(by), e) ||
	    !request_text(rq, "reason", false, &o.why, e) || !nobody_speaks(rq, e) ||
	    !speaking_may(p, &o, e) || !open_mike(rq, &o, e))
		return false;
	if (!speaking_begin(p, &o, e)) {
		mike_end(rq->station->live.mike);
		return false;
	}
	json_object_set_new(reply, "live", json_string(id));
	json_object_set_new(reply, "speaking", speaking_json(p));
	return true;
}

static bool stop(struct request *rq, json_t *reply, struct err *e)
{
	struct playout *p = &rq->station->playout;

	if (p->speaking == NULL)
		return err_set(e, ERR_NOT_FOUND, T("không có ai đang nói trực tiếp",
						   "nobody is speaking live"));
	speaking_end(p);
	json_object_set_new(reply, "speaking", speaking_json(p));
	return true;
}

/* Whose voice it is: the one who began it, with the id that only they were told. */
static bool is_speaker(struct request *rq, struct err *e)
{
	const struct speaking *s = rq->station->playout.speaking;
	const char *id = json_get_text(rq->args, "live", "");

	if (s == NULL || strcmp(s->id, id) != 0 || strcmp(s->who, rq->who) != 0 || !s->browser)
		return err_set(e, ERR_NOT_FOUND,
			       T("lần nói trực tiếp này đã kết thúc hoặc không phải của bạn",
				 "this live voice is over, or it is not yours"));
	return true;
}

static bool sound(struct request *rq, json_t *reply, struct err *e)
{
	const char *text = json_get_text(rq->args, "sound", "");
	size_t len = strlen(text), count = 0;

	if (!is_speaker(rq, e))
		return false;
	uint8_t *bytes = len / 4 * 3 <= VOICE_PART_BYTES ? malloc(VOICE_PART_BYTES + 3) : NULL;
	bool ok = bytes != NULL && base64_read(text, len, bytes, VOICE_PART_BYTES + 3, &count);
	if (ok && !rq->station->playout.speaking->ending)
		mike_take(rq->station->live.mike, bytes, count);
	free(bytes);
	json_object_set_new(reply, "speaking", speaking_json(&rq->station->playout));
	return ok || err_set(e, ERR_USAGE,
			     T("\"sound\" phải là base64 của âm thanh G.711 μ-law 16 kHz, nhiều "
			       "nhất %d byte",
			       "\"sound\" must be base64 of G.711 μ-law at 16 kHz, at most %d "
			       "bytes"),
			     VOICE_PART_BYTES);
}

const struct command commands_live[] = {
	{"live.start", "zone? | zones?, by?, minutes?, reason?, source?", true, start},
	{"live.stop", "", true, stop},
	{"live.sound", "live, sound", true, sound},
	{0},
};
