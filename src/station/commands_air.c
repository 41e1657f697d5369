/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/text.h"
#include "station/commands.h"
#include "station/facts.h"
#include "station/sight.h"
#include "station/station.h"
#include "station/tone.h"

#include <stdlib.h>
#include <string.h>

#define TONE_S 3 /* a test that says no length */

bool station_zones(const struct station *st, const char *zone, uint32_t *zones, struct err *e)
{
	const struct settings *s = &st->desk.world.files->settings;
	int index = zone[0] != '\0' ? settings_zone(s, zone) : -1;

	*zones = index >= 0 ? 1u << index : (1u << s->zone_count) - 1;
	if (zone[0] == '\0' || index >= 0)
		return true;
	return err_set(e, ERR_NOT_FOUND, T("không có cụm loa \"%.40s\"", "no zone \"%.40s\""),
		       zone);
}

static bool zones_field(struct request *rq, uint32_t *zones, struct err *e)
{
	const char *zone;

	return request_text(rq, "zone", false, &zone, e) &&
	       station_zones(rq->station, zone, zones, e);
}

static bool status(struct request *rq, json_t *reply, struct err *e)
{
	json_t *all = station_status(rq->station, sight_of(rq));

	(void)e;
	json_object_update(reply, all);
	json_decref(all);
	return true;
}

static bool cut(struct request *rq, json_t *reply, struct err *e)
{
	uint32_t zones;

	(void)reply;
	if (!zones_field(rq, &zones, e))
		return false;
	playout_cut(&rq->station->playout, zones, rq->who);
	return true;
}

static bool resume(struct request *rq, json_t *reply, struct err *e)
{
	uint32_t zones;

	(void)reply;
	if (!zones_field(rq, &zones, e))
		return false;
	playout_resume(&rq->station->playout, zones, rq->who);
	return true;
}

static bool play(struct request *rq, json_t *reply, struct err *e)
{
	const char *id, *why;
	uint32_t zones;

	struct playout *p = &rq->station->playout;
	const struct settings *s = &rq->desk->world.files->settings;

	if (!request_text(rq, "bulletin", true, &id, e) ||
	    !request_text(rq, "reason", false, &why, e) || !zones_field(rq, &zones, e))
		return false;
	const struct bulletin *b = world_bulletin(&rq->desk->world, id);
	if (b == NULL)
		return err_set(e, ERR_NOT_FOUND,
			       T("không có bản tin \"%.40s\"", "no bulletin \"%.40s\""), id);
	if (!playout_play(p, b, zones, why, rq->who, e))
		return false;
	json_object_set_new(reply, "zones", facts_zones(s, zones & ~p->arbiter.cut));
	json_object_set_new(reply, "held", facts_zones(s, zones & p->arbiter.cut));
	return true;
}

static bool release(struct request *rq, json_t *reply, struct err *e)
{
	const char *item;

	(void)reply;
	if (!request_text(rq, "item", true, &item, e) ||
	    !quarantine_release(&rq->station->playout, item, rq->who, e))
		return false;
	desk_refresh(rq->desk); /* the plan has it again */
	return true;
}

/* What comes of it stands in the status, for everybody who looks. */
static bool relay_try(struct request *rq, json_t *reply, struct err *e)
{
	struct station *st = rq->station;
	const char *name;

	(void)reply;
	if (!request_text(rq, "relay", true, &name, e))
		return false;
	int i = relays_find(&st->relays, name);
	if (i < 0)
		return err_set(e, ERR_NOT_FOUND,
			       T("không có nguồn tiếp âm \"%.40s\"", "no relay \"%.40s\""), name);
	relaytry_begin(&st->tries, i, clock_mono(&st->clock.clock));
	st->playout.changes++;
	return true;
}

static bool tone(struct request *rq, json_t *reply, struct err *e)
{
	struct playout *p = &rq->station->playout;
	const char *seconds, *why;
	uint32_t zones;

	if (!request_text(rq, "seconds", false, &seconds, e) ||
	    !request_text(rq, "reason", false, &why, e) || !zones_field(rq, &zones, e))
		return false;
	char *end = NULL;
	long length = seconds[0] != '\0' ? strtol(seconds, &end, 10) : TONE_S;
	if ((end != NULL && *end != '\0') || length < 1 || length > TONE_S_MAX)
		length = 0; /* refused with the bounds */
	if (!tone_play(p, zones, (int)length, why, rq->who, e))
		return false;
	json_object_set_new(reply, "seconds", json_integer(length));
	json_object_set_new(reply, "zones",
			    facts_zones(&rq->desk->world.files->settings, zones & ~p->arbiter.cut));
	return true;
}

static bool trust_clock_now(struct request *rq, json_t *reply, struct err *e)
{
	(void)reply;
	(void)e;
	playout_trust_clock(&rq->station->playout, rq->who);
	return true;
}

static bool watch(struct request *rq, json_t *reply, struct err *e)
{
	(void)reply;
	(void)e;
	control_watch(rq->station->control, rq->client, sight_of(rq) != NULL);
	return true;
}

const struct command commands_air[] = {
	{"status", "narrow?", true, status},
	{"cut", "zone?", true, cut},
	{"resume", "zone?", true, resume},
	{"play", "bulletin, zone?, reason?", true, play},
	{"release", "item", true, release},
	{"relay.try", "relay", true, relay_try},
	{"tone", "zone?, seconds?, reason?", true, tone},
	{"clock.trust", "", true, trust_clock_now},
	{"watch", "narrow?", true, watch},
	{0},
};
