/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sent.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "station/parting.h"
#include "station/playout.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Gapless is what the device took without a gap, from before the start to after the end: it was on
 * at both moments and was never lost, nor had to play silence of its own between, nor did its clock
 * jump (a sound server that ran dry tells it in no other way), and it has taken the last frame: one
 * that died a moment ago may still count as on. */
static enum sent_how judge(const struct air_device *before, const struct air_device *after,
			   struct frame last)
{
	bool gapless = after->silent_frames == before->silent_frames &&
		       after->losses == before->losses && after->jumps == before->jumps;
	bool same = strcmp(after->name, before->name) == 0 && after->taken.n >= last.n;

	if (!after->on && !before->on)
		return SENT_NOWHERE;
	if (!after->on || !before->on || !same)
		return SENT_IN_PART;
	return gapless ? SENT_WHOLE : SENT_WITH_GAPS;
}

static bool names(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = strstr(list, name); at != NULL; at = strstr(at + 1, name))
		if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ','))
			return true;
	return false;
}

static void add_name(struct sent *s, const char *name)
{
	size_t len = strlen(s->devices), more = strlen(name);

	if (more == 0 || names(s->devices, name) || len + 2 + more >= sizeof(s->devices))
		return;
	snprintf(s->devices + len, sizeof(s->devices) - len, "%s%s", len > 0 ? ", " : "", name);
}

void sent_look(struct sent *s, struct playout *p, const struct airing *a)
{
	*s = (struct sent){.zones = a->zones & (~a->cut_zones | a->parted)};
	for (uint32_t left = s->zones; left != 0; left &= left - 1) {
		int z = __builtin_ctz(left);
		const struct air_device *before = &a->before[z];
		struct air_device after;

		p->air->ops->device(p->air, z, &after);
		s->how[z] = judge(before, &after, a->last);
		if (s->how[z] < SENT_PARTED && parting_frames(a, z) > 0)
			s->how[z] = SENT_PARTED;
		s->xruns[z] = (int64_t)(after.xruns - before->xruns + after.jumps - before->jumps);
		memcpy(s->device[z], after.name[0] != '\0' ? after.name : before->name, NAME_BYTES);
		add_name(s, s->device[z]);
	}
}

int sent_best(const struct sent *s)
{
	must(s->zones != 0);
	int best = __builtin_ctz(s->zones);

	for (uint32_t left = s->zones; left != 0; left &= left - 1)
		if (s->how[__builtin_ctz(left)] < s->how[best])
			best = __builtin_ctz(left);
	return best;
}

static json_t *zone_said(const struct playout *p, const struct airing *a, int z, enum sent_how how)
{
	static const enum saying words[] = {[SENT_WITH_GAPS] = SAYING_ZONE_GAPS,
					    [SENT_PARTED] = SAYING_ZONE_PARTED,
					    [SENT_IN_PART] = SAYING_ZONE_IN_PART,
					    [SENT_NOWHERE] = SAYING_ZONE_NO_DEVICE};
	json_t *said = saying(words[how]);

	json_object_set_new(said, "zone", json_text(p->world->settings->zones[z].name));
	if (how == SENT_PARTED)
		json_object_set_new(said, "missed_s",
				    json_rounded((double)parting_frames(a, z) / FRAMES_PER_S, 1));
	return said;
}

static enum saying device_said(enum sent_how how)
{
	return how == SENT_NOWHERE   ? SAYING_NO_DEVICE
	       : how == SENT_IN_PART ? SAYING_DEVICE_IN_PART
				     : SAYING_DEVICE_GAPS;
}

/* Some zones got it and some did not: of the whole, a part was sent. */
static json_t *differing(const struct sent *s, const struct playout *p, const struct airing *a,
			 enum sent_how worst)
{
	json_t *zones = json_array(), *said = saying(SAYING_ZONES_SILENT);

	for (uint32_t left = s->zones; left != 0; left &= left - 1)
		if (s->how[__builtin_ctz(left)] != SENT_WHOLE)
			json_array_append_new(zones, zone_said(p, a, __builtin_ctz(left),
							       s->how[__builtin_ctz(left)]));
	json_object_set_new(said, "zones", zones);
	if (worst != SENT_PARTED) /* no device is to blame for that */
		json_object_set_new(said, "device",
				    saying(device_said(worst == SENT_NOWHERE ? SENT_IN_PART
									     : worst)));
	return said;
}

void sent_put(struct airing_facts *f, const struct sent *s, const struct playout *p,
	      const struct airing *a)
{
	enum sent_how best = SENT_NOWHERE, worst = SENT_WHOLE;

	f->device = s->devices;
	for (uint32_t left = s->zones; left != 0; left &= left - 1) {
		int z = __builtin_ctz(left);
		best = s->how[z] < best ? s->how[z] : best;
		worst = s->how[z] > worst ? s->how[z] : worst;
		f->xruns = s->xruns[z] > f->xruns ? s->xruns[z] : f->xruns;
	}
	f->proof = s->zones != 0 && worst == SENT_WHOLE && a->frames > 0 ? "A" : NULL;
	if (worst != SENT_WHOLE)
		f->detail = best == worst && worst != SENT_PARTED
				    ? saying(device_said(worst)) : differing(s, p, a, worst);
}

static json_t *one_zone(const struct sent *s, const struct airing *a, int z, double complete)
{
	const struct encoder_place *at = &a->places[z];
	bool whole = s->how[z] == SENT_WHOLE, nowhere = s->how[z] == SENT_NOWHERE;
	bool known = whole || nowhere || s->how[z] == SENT_PARTED;
	int64_t heard = nowhere ? 0 : a->frames - parting_frames(a, z);

	heard = heard > 0 ? heard : 0;
	complete = a->frames > 0 ? complete * (double)heard / (double)a->frames : 0;
	json_t *o = json_pack(
		"{s:o, s:o, s:o, s:o, s:I, s:o, s:o}", "device", json_text(s->device[z]), "proof",
		json_text(whole && a->frames > 0 ? "A" : NULL), "complete",
		known ? json_rounded(complete, 3) : json_null(), "frames",
		known ? json_integer(heard) : json_null(), "xruns",
		(json_int_t)s->xruns[z], "recording", json_text(at->recording), "recording_s",
		at->recording[0] != '\0' ?
		json_rounded((double)at->into_frames / FRAMES_PER_S, 6) : json_null());

	must(o != NULL);
	return o;
}

json_t *sent_by_zone(const struct sent *s, const struct playout *p, const struct airing *a,
		     double complete)
{
	json_t *o = json_object();

	if ((s->zones & (s->zones - 1)) == 0) {
		json_decref(o);
		return NULL;
	}
	for (uint32_t left = s->zones; left != 0; left &= left - 1)
		json_object_set_new(o, p->world->settings->zones[__builtin_ctz(left)].name,
				    one_zone(s, a, __builtin_ctz(left), complete));
	return o;
}
