/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live.start, live.stop, live.sound. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/base64.h"
#include "station/commands.h"
#include "station/later.h"
#include "station/persons.h"
#include "station/speaking.h"
#include "station/station.h"
#include "sys/chance.h"

#include <sodium.h>
#include <stdatomic.h>
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

/* On the way to the air: the request is gone before the sound card's input has given anything. */
struct wish {
	struct later later;
	struct station *station;
	struct speaking_order order;
	char id[ID_BYTES], by[NAME_BYTES], who[CODE_BYTES];
	char *why;
	enum mike_first first;
	atomic_bool stop;
};

static bool await_sound(void *arg, struct err *e)
{
	struct wish *w = arg;

	(void)e;
	w->first = mike_first(w->station->live.mike, VOICE_STILL_MS, &w->stop);
	return true;
}

static bool no_sound(const struct wish *w, struct err *e)
{
	const char *device = w->station->desk.world.files->settings.live.device;

	if (w->first == MIKE_STILL)
		return err_set(e, ERR_CONFLICT,
			       T("micrô “%s” của máy đài không gửi gì sau %d giây; xem dây và công "
				 "tắc của micrô rồi thử lại, hoặc nói từ trình duyệt",
				 "the station's microphone \"%s\" gave nothing within %d seconds; "
				 "look at its cable and switch and try again, or speak from a "
				 "browser"),
			       device, VOICE_STILL_MS / 1000);
	return err_set(e, ERR_CONFLICT,
		       T("máy đài không có micrô, hoặc không mở được (“%s”); cắm micrô vào máy, "
			 "sửa “live: device” trong cài đặt nếu micrô tên khác, hoặc nói từ trình "
			 "duyệt",
			 "the station's machine has no microphone, or it does not open (\"%s\"); "
			 "plug one in, mend \"live: device\" in the settings if it has another "
			 "name, or speak from a browser"),
		       device);
}

/* What may not be by now (an emergency has begun) is refused here. */
static bool begin(void *arg, json_t *reply, struct err *e)
{
	struct wish *w = arg;
	struct playout *p = &w->station->playout;

	if (!(w->first == MIKE_SOUNDS ? speaking_begin(p, &w->order, e) : no_sound(w, e))) {
		mike_end(w->station->live.mike);
		return false;
	}
	/* No step of playout follows an answer that comes later. */
	if (w->later.station != NULL)
		timer_set(&w->station->step, clock_mono(&w->station->clock.clock));
	json_object_set_new(reply, "live", json_string(w->id));
	json_object_set_new(reply, "speaking", speaking_json(p));
	return true;
}

static void leave(void *arg)
{
	struct wish *w = arg;

	free(w->why);
	free(w);
}

static void give_up(void *arg)
{
	atomic_store(&((struct wish *)arg)->stop, true);
}

static const struct later_kind kind = {await_sound, begin, leave, give_up};

static struct wish *wish_create(const struct request *rq, const struct speaking_order *o)
{
	struct wish *w = calloc(1, sizeof(*w));

	must(w != NULL && (w->why = strdup(o->why)) != NULL);
	w->station = rq->station;
	snprintf(w->id, sizeof(w->id), "%s", o->id);
	snprintf(w->by, sizeof(w->by), "%s", o->by);
	snprintf(w->who, sizeof(w->who), "%s", o->who);
	w->order = *o;
	w->order.id = w->id;
	w->order.by = w->by;
	w->order.who = w->who;
	w->order.why = w->why;
	return w;
}

static bool open_mike(struct request *rq, const struct speaking_order *o, struct err *e)
{
	const struct live_settings *l = &rq->desk->world.files->settings.live;

	if (later_count(rq->station, &kind) > 0)
		return err_set(e, ERR_CONFLICT,
			       T("người khác vừa mở micrô để nói; thử lại sau vài giây",
				 "somebody else is just opening the microphone; try again in a few "
				 "seconds"));
	return mike_open(rq->station->live.mike, o->browser ? NULL : l->device, l->channel, e);
}

/* A browser's sound comes by itself, after the answer. The station's own microphone must give some
 * first: nobody is told to speak into one that is not there. */
static bool launch(struct request *rq, json_t *reply, const struct speaking_order *o, struct err *e)
{
	struct wish *w = wish_create(rq, o);

	w->first = MIKE_SOUNDS;
	if (o->browser) {
		bool ok = begin(w, reply, e);
		leave(w);
		return ok;
	}
	if (later_start(&w->later, &kind, w, rq, reply, e))
		return true;
	mike_end(rq->station->live.mike);
	return false;
}

static bool start(struct request *rq, json_t *reply, struct err *e)
{
	char by[NAME_BYTES], id[ID_BYTES];
	struct speaking_order o = {.id = id, .by = by, .who = rq->who};

	make_id(id);
	return take_zones(rq, &o.zones, e) && take_minutes(rq, &o.minutes, e) &&
	       take_source(rq, &o.browser, e) && request_by(rq, by, sizeof(by), e) &&
	       request_text(rq, "reason", false, &o.why, e) && nobody_speaks(rq, e) &&
	       speaking_may(&rq->station->playout, &o, e) && open_mike(rq, &o, e) &&
	       launch(rq, reply, &o, e);
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
