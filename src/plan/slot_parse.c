/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_parse.h"

#include "base/err.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/confirm.h"
#include "plan/dates_parse.h"
#include "plan/days.h"
#include "plan/quiet.h"
#include "plan/rrule.h"
#include "plan/rrule_until.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S 86400

void slot_finish(struct slot *slot)
{
	free(slot->dates);
	free(slot->except);
	free(slot->offs);
	slot->dates = slot->except = NULL;
	slot->offs = NULL;
}

void slot_parse_validity(struct yamlread *r, const struct yamlnode *n, const struct validity *outer,
			 struct validity *v)
{
	static const char *const known[] = {"from", "to", NULL};

	*v = *outer;
	if (!yamlread_keys(r, n, known))
		return;
	/* A stand-in for a day that cannot be read: no other fault shall follow from it. */
	if (!v->has_from && yamlnode_get(n, "from") != NULL)
		v->from = (struct date){1970, 1, 1};
	yamlread_date(r, n, "from", &v->from);
	v->has_from = v->has_from || yamlnode_get(n, "from") != NULL;
	v->has_to = yamlread_date(r, n, "to", &v->to) || v->has_to;
	if ((outer->has_from && date_compare(v->from, outer->from) < 0) ||
	    (outer->has_to && v->has_to && date_compare(v->to, outer->to) > 0))
		yamlread_fault(r, n->line, T("hiệu lực của khung giờ vượt ra ngoài hiệu lực của "
					     "lịch",
					     "the slot is valid outside the timetable's validity"));
	if (v->has_from && v->has_to && date_compare(v->from, v->to) > 0)
		yamlread_fault(r, n->line, T("ngày bắt đầu hiệu lực sau ngày kết thúc",
					     "validity ends before it begins"));
}

static bool add_days(struct yamlread *r, int line, const char *word, void *arg)
{
	if (days_parse(word, arg))
		return true;
	yamlread_fault(r, line,
		       T("\"days: %.40s\" không đúng; ví dụ: mon-sat, t2-t7, cn, daily, weekdays, "
			 "[mon, wed]",
			 "\"days: %.40s\" is not right; examples: mon-sat, t2-t7, cn, daily, "
			 "weekdays, [mon, wed]"),
		       word);
	return false;
}

static void parse_rrule(struct yamlread *r, const struct settings *settings,
			const struct yamlnode *map, const struct validity *valid,
			struct slot *slot)
{
	const struct yamlnode *n = yamlnode_get(map, "rrule");
	struct err e = {0};
	bool needs_start = false;

	if (!yamlread_text(r, map, "rrule", slot->rrule, sizeof(slot->rrule)))
		return;
	if (!rrule_check(slot->rrule, &needs_start, &e))
		yamlread_fault(r, n->line, "%s", e.text);
	else
		rrule_until_here(slot->rrule, &settings->tz, slot->start_s);
	if (needs_start && !valid->has_from)
		yamlread_fault(r, n->line,
			       T("rrule này đếm từ ngày bắt đầu hiệu lực; thêm \"valid: {from: "
				 "NGÀY}\"",
				 "this rrule counts from the first valid day; add \"valid: {from: "
				 "DAY}\""));
}

static void parse_when(struct yamlread *r, const struct settings *settings,
		       const struct yamlnode *n, struct slot *slot)
{
	const struct yamlnode *days = yamlnode_get(n, "days"), *rrule = yamlnode_get(n, "rrule");
	const struct yamlnode *dates = yamlnode_get(n, "dates"), *lunar = yamlnode_get(n, "lunar");
	const struct yamlnode *valid = yamlnode_get(n, "valid");
	struct validity v = {true, slot->has_valid_to, slot->valid_from, slot->valid_to}, outer = v;

	/* valid_from holds year 0 until somebody set it. */
	v.has_from = outer.has_from = slot->valid_from.year > 0;
	r->field = "valid";
	slot->valid_named = valid != NULL;
	if (valid != NULL)
		slot_parse_validity(r, valid, &outer, &v);
	r->field = "days";
	if ((days != NULL) + (rrule != NULL) + (dates != NULL) + (lunar != NULL) > 1)
		yamlread_fault(r, n->line, T("chỉ dùng một trong bốn: days, rrule, dates, lunar",
					     "use only one of days, rrule, dates, lunar"));
	slot->days = days != NULL ? 0 : DAYS_ALL;
	if (days != NULL && yamlread_words(r, n, "days", add_days, &slot->days) &&
	    slot->days == 0)
		yamlread_fault(r, days->line, T("\"days\" không có ngày nào", "\"days\" has no "
									      "day"));
	parse_rrule(r, settings, n, &v, slot);
	dates_parse(r, n, slot);
	dates_parse_lunar(r, n, slot);
	r->field = "except";
	dates_parse_except(r, n, slot);
	/* An rrule that counts from its first day has been refused: each day that can be asked for
	 * is in. */
	slot->valid_from = v.has_from ? v.from : (struct date){1970, 1, 1};
	slot->has_valid_to = v.has_to;
	slot->valid_to = v.to;
}

static void parse_holidays(struct yamlread *r, const struct yamlnode *n, bool listed,
			   struct slot *slot)
{
	static const char *const words[] = {"as-ever", "skip", "only"};
	char word[CODE_BYTES];
	int i = 0;

	r->field = "holidays";
	if (!yamlread_text(r, n, "holidays", word, sizeof(word)))
		return;
	int line = yamlnode_get(n, "holidays")->line;
	while (i < 3 && strcmp(words[i], word) != 0)
		i++;
	slot->holidays = i < 3 ? (enum holidays_rule)i : HOLIDAYS_AS_EVER;
	if (i == 3)
		yamlread_fault(r, line, T("\"holidays: %s\" không đúng; dùng skip (nghỉ ngày lễ), "
					  "only (chỉ ngày lễ) hoặc as-ever",
					  "\"holidays: %s\" is not right; use skip, only or "
					  "as-ever"), word);
	else if (slot->holidays != HOLIDAYS_AS_EVER && !listed)
		yamlread_fault(r, line, T("\"holidays\" cần danh sách ngày lễ: đài chưa có "
					  HOLIDAYS_FILE, "\"holidays\" needs the list of holidays: "
					  "the station has no " HOLIDAYS_FILE));
}

static void parse_repeat(struct yamlread *r, const struct yamlnode *n, struct slot *slot)
{
	static const char *const known[] = {"every", "until", NULL};
	const struct yamlnode *every = yamlnode_get(n, "every"), *until = yamlnode_get(n, "until");

	if (!yamlread_keys(r, n, known))
		return;
	if (every == NULL || until == NULL) {
		yamlread_fault(r, n->line, T("\"repeat\" cần cả hai: {every: 30m, until: "
					     "\"07:00\"}",
					     "\"repeat\" needs both: {every: 30m, until: "
					     "\"07:00\"}"));
		return;
	}
	if (!yamlread_time(r, n, "until", &slot->repeat_until_s) ||
	    !yamlread_duration(r, n, "every", 1, DAY_S, &slot->repeat_every_s))
		return;
	if (slot->length_s > 0 && slot->repeat_every_s < slot->length_s)
		yamlread_fault(r, every->line,
			       T("lặp lại mỗi %d giây nhưng khung giờ dài %d giây: các lần phát sẽ "
				 "chồng lên nhau",
				 "repeats every %d seconds but the slot is %d seconds long: it "
				 "would overlap itself"),
			       slot->repeat_every_s, slot->length_s);
}

static void parse_time(struct yamlread *r, const struct yamlnode *n, struct slot *slot)
{
	static const char *const late_known[] = {"join_within", NULL};
	const struct yamlnode *repeat = yamlnode_get(n, "repeat"), *late = yamlnode_get(n, "late");

	r->field = "start";
	if (yamlread_need(r, n, "start", T("thiếu giờ bắt đầu; thêm start: \"05:30\"",
					   "the start is missing; add start: \"05:30\"")))
		yamlread_time(r, n, "start", &slot->start_s);
	r->field = "length";
	if (yamlread_need(r, n, "length", T("thiếu độ dài; thêm length: 20m",
					    "the length is missing; add length: 20m")))
		yamlread_duration(r, n, "length", 1, DAY_S, &slot->length_s);
	r->field = "repeat";
	if (repeat != NULL)
		parse_repeat(r, repeat, slot);
	r->field = "late";
	if (late != NULL && yamlread_keys(r, late, late_known))
		yamlread_duration(r, late, "join_within", 0, DAY_S, &slot->join_within_s);
}

static bool add_order(struct yamlread *r, int line, const char *word, void *arg)
{
	static const char *const words[] = {"level", "language", "oldest", "newest", "title"};
	struct slot *slot = arg;

	for (int i = 0; i < (int)(sizeof(words) / sizeof(words[0])); i++) {
		if (strcmp(words[i], word) != 0 || slot->order_count == ORDER_KEYS_MAX)
			continue;
		slot->order[slot->order_count++] = (enum order_key)i;
		return true;
	}
	yamlread_fault(r, line, T("\"order: %.40s\" không đúng; dùng tối đa %d trong: level, "
				  "language, oldest, newest, title",
				  "\"order: %.40s\" is not right; use up to %d of level, language, "
				  "oldest, newest, title"),
		       word, ORDER_KEYS_MAX);
	return false;
}

/* One of three words; as it was where there is none, or another. */
static int parse_word(struct yamlread *r, const struct yamlnode *n, const char *key,
		      const char *const words[3], int otherwise)
{
	char word[CODE_BYTES];

	r->field = key;
	if (!yamlread_text(r, n, key, word, sizeof(word)))
		return otherwise;
	for (int i = 0; i < 3; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	yamlread_fault(r, yamlnode_get(n, key)->line,
		       T("\"%s: %s\" không đúng; dùng %s, %s hoặc %s",
			 "\"%s: %s\" is not right; use %s, %s or %s"),
		       key, word, words[0], words[1], words[2]);
	return otherwise;
}

static void parse_ends(struct yamlread *r, const struct yamlnode *n, struct slot *slot)
{
	static const char *const overruns[] = {"fade", "finish", "cut"};
	static const char *const breaks[] = {"resume", "restart", "drop"};

	slot->overrun = (enum overrun)parse_word(r, n, "overrun", overruns, OVERRUN_FADE);
	slot->after_break = (enum after_break)parse_word(r, n, "after_break", breaks,
							 AFTER_BREAK_RESUME);
	if (slot->after_break == AFTER_BREAK_RESTART && slot->play.kind == PLAY_RELAY)
		yamlread_fault(r, yamlnode_get(n, "after_break")->line,
			       T("tiếp âm là phát trực tiếp, không phát lại từ đầu được; dùng "
				 "resume hoặc drop",
				 "a relay is live and cannot begin again; use resume or drop"));
}

struct zones {
	const struct settings *settings;
	uint32_t mask;
};

static bool add_zone(struct yamlread *r, int line, const char *word, void *arg)
{
	struct zones *zones = arg;
	char known[REASON_BYTES / 2] = "";
	size_t len = 0;
	int zone = settings_zone(zones->settings, word);

	if (zone >= 0 || zones->settings->faulty) { /* there, or lost with a fault already told */
		zones->mask |= 1u << (zone >= 0 ? zone : 0);
		return true;
	}
	for (int i = 0; i < zones->settings->zone_count && len < sizeof(known); i++)
		len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i > 0 ? ", " : "",
					zones->settings->zones[i].name);
	yamlread_fault(r, line, T("không có cụm loa \"%.60s\"; station.yaml có: %s",
				  "there is no zone \"%.60s\"; station.yaml has: %s"), word, known);
	return false;
}

static void parse_zones(struct yamlread *r, const struct settings *settings,
			const struct yamlnode *n, struct slot *slot)
{
	const struct yamlnode *value = yamlnode_get(n, "zones");
	struct zones zones = {settings, 0};

	slot->zones = (uint32_t)((UINT64_C(1) << settings->zone_count) - 1);
	if (value == NULL)
		return;
	if (yamlread_words(r, n, "zones", add_zone, &zones) && zones.mask == 0)
		yamlread_fault(r, value->line, T("\"zones\" không có cụm loa nào",
						 "\"zones\" names no zone"));
	slot->zones = zones.mask;
	slot->zones_named = true;
}

/* The guard that Trung Lộc (5 December 2025, 03:15) lacked. */
static void check_quiet(struct yamlread *r, const struct settings *s, int line,
			const struct slot *slot)
{
	int32_t at;

	if (slot->start_s < 0 || slot->length_s == 0) /* unreadable: that is told already */
		return;
	if ((at = quiet_start(s, slot)) < 0)
		return;
	yamlread_fault(r, line,
		       T("phát lúc %02d:%02d, chạm giờ yên tĩnh %02d:%02d–%02d:%02d; nếu đúng là "
			 "cần, thêm "
			 "confirm: {by: \"người cho phép\", reason: \"lý do\"}, nếu không thì sửa "
			 "giờ",
			 "airs at %02d:%02d and touches quiet hours %02d:%02d–%02d:%02d; if it "
			 "must, add "
			 "confirm: {by: \"who allows it\", reason: \"why\"}, else change the time"),
		       at / 3600, at / 60 % 60, s->quiet_from_s / 3600, s->quiet_from_s / 60 % 60,
		       s->quiet_to_s / 3600, s->quiet_to_s / 60 % 60);
}

static void parse_sound(struct yamlread *r, const struct settings *settings,
			const struct yamlnode *n,
			struct slot *slot)
{
	const struct yamlnode *play = yamlnode_get(n, "play"), *value;

	r->field = "play";
	if (play != NULL)
		play_parse(r, settings, "play", play, &slot->play);
	else
		yamlread_fault(r, n->line, T("thiếu \"play\": phát gì? ví dụ play: {bulletins: {}}",
					     "\"play\" is missing; for example play: {bulletins: "
					     "{}}"));
	r->field = "fallback";
	if ((value = yamlnode_get(n, "fallback")) != NULL) {
		play_parse(r, settings, "fallback", value, &slot->fallback);
		slot->has_fallback = true;
		if (slot->fallback.kind == PLAY_RELAY)
			yamlread_fault(r, value->line, T("\"fallback\" không thể lại là tiếp âm",
							 "\"fallback\" cannot be a relay again"));
	}
	r->field = "order";
	yamlread_words(r, n, "order", add_order, slot);
	parse_ends(r, n, slot);
	r->field = "volume_db";
	yamlread_number(r, n, "volume_db", -60, 12, "dB", &slot->volume_db);
	r->field = "zones";
	parse_zones(r, settings, n, slot);
}

static void parse_flags(struct yamlread *r, const struct yamlnode *n, struct slot *slot,
			bool *enabled)
{
	const struct {
		const char *key;
		bool *flag;
	} flags[] = {{"ident", &slot->ident}, {"bed", &slot->bed}, {"demo", &slot->demo},
		     {"enabled", enabled}};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		yamlread_bool(r, n, r->field = flags[i].key, flags[i].flag);
}

void slot_parse(struct yamlread *r, const struct settings *settings,
		const struct slot_around *around, const struct yamlnode *n, struct slot *slot,
		bool *enabled)
{
	const struct validity *valid = &around->valid;
	static const char *const known[] = {
		"name", "start", "length", "days", "rrule", "dates", "lunar", "except", "holidays",
		"valid",
		"play", "fallback", "order", "overrun", "after_break", "late", "volume_db", "zones",
		"repeat", "confirm", "ident", "bed", "demo", "enabled", NULL,
	};
	const struct yamlnode *confirm = yamlnode_get(n, "confirm");

	*slot = (struct slot){.line = n->line, .start_s = -1, .ident = true,
			      .has_valid_to = valid->has_to, .valid_to = valid->to};
	if (valid->has_from)
		slot->valid_from = valid->from;
	*enabled = true;
	snprintf(slot->file, sizeof(slot->file), "%s", r->file);
	r->slot = slot->name;
	r->field = "name";
	if (yamlread_text(r, n, "name", slot->name, sizeof(slot->name)))
		snprintf(r->where, sizeof(r->where), T("khung giờ \"%s\"", "slot \"%s\""),
			 slot->name);
	r->field = NULL;
	if (yamlread_keys(r, n, known)) {
		r->field = "name";
		yamlread_need(r, n, "name", T("khung giờ này thiếu \"name\"",
					      "this slot has no \"name\""));
		parse_time(r, n, slot);
		parse_when(r, settings, n, slot);
		parse_holidays(r, n, around->holidays, slot);
		parse_sound(r, settings, n, slot);
		parse_flags(r, n, slot, enabled);
		slot->no_music = !around->music;
		slot->ident &= around->music;
		slot->bed &= around->music;
		if (slot->play.kind == PLAY_RELAY && yamlnode_get(n, "late") == NULL)
			slot->join_within_s = slot->length_s;
		r->field = "confirm";
		if (confirm != NULL)
			confirm_parse(r, settings, confirm, slot);
		else
			check_quiet(r, settings, n->line, slot);
	}
	r->where[0] = '\0';
	r->slot = r->field = NULL;
}
