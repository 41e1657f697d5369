/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of the questions is that of their weight: may it be believed in time, is it meant
 * seriously, is it for everybody, is it grave enough, is it for here. A message has several <info>
 * in several languages: those in Vietnamese count, or, where there is none, all. */
#include "plan/cap.h"

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "plan/area.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define AHEAD_NS (600 * NS_PER_S)    /* a sender's clock may be so much before ours */
#define LIFE_NS (86400 * NS_PER_S)   /* what says no end, or a later one, is heard for a day */

static const struct {
	const char *code, *vi, *en;
} whys[] = {
	{"not-cap", "không phải bản tin CAP 1.2", "this is no CAP 1.2 message"},
	{"not-xml", "tệp XML hỏng, quá lớn hoặc lồng quá sâu",
	 "the XML is damaged, too large or too deep"},
	{"dtd", "có khai báo DTD hoặc thực thể: không nhận", "it declares a DTD or entities"},
	{"unsigned", "không có chữ ký số: hỏi lại nơi gửi", "it is not signed: ask its sender"},
	{"badly-signed", "chữ ký không bao trùm cả bản tin, hoặc dùng thuật toán không được nhận",
	 "its signature does not cover the whole message, or by an algorithm that is not taken"},
	{"no-key", "đài chưa có khóa nào trong thư mục cap-keys",
	 "the station has no key in the folder cap-keys"},
	{"wrong-signature", "chữ ký không khớp với khóa nào trong thư mục cap-keys",
	 "its signature fits no key in the folder cap-keys"},
	{"damaged", "thiếu mục bắt buộc hoặc có mục không đọc được",
	 "a field that must be there is missing or cannot be read"},
	{"bad-polygon", "mục polygon không đọc được (cặp \"vĩ độ,kinh độ\" cách nhau bằng dấu "
			"cách, dấu chấm thập phân, điểm cuối trùng điểm đầu)",
	 "a field polygon cannot be read (pairs \"latitude,longitude\" with spaces between, "
	 "decimal points, the last as the first)"},
	{"bad-circle", "mục circle không đọc được (\"vĩ độ,kinh độ bán-kính\", dấu chấm thập phân)",
	 "a field circle cannot be read (\"latitude,longitude radius\", decimal points)"},
	{"bad-msgtype", "mục msgType không đọc được (Alert, Update, Cancel, Ack hoặc Error)",
	 "the field msgType cannot be read (Alert, Update, Cancel, Ack or Error)"},
	{"not-theirs", "muốn kết thúc hay thay bản tin của khóa khác: chỉ chính khóa đã ký bản tin "
		       "ấy, hoặc khóa ghi ở cap: {above}, mới được",
	 "it would end or replace a message by another key: only the key that signed that one may, "
	 "or a key under cap: {above}"},
	{"future", "giờ gửi ở tương lai: xem lại đồng hồ", "sent in the future: look at the clock"},
	{"expired", "đã hết hạn", "it has expired"},
	{"too-old", "gửi đã hơn một ngày mà không ghi hạn (expires)",
	 "sent more than a day ago, and it says no end (expires)"},
	{"called-off", "đã bị hủy hoặc thay thế trước khi tới đây",
	 "it was cancelled or replaced before it came"},
	{"duplicate", "đã nhận bản tin này rồi", "it was received before"},
	{"test", "bản tin thử, nháp hoặc của hệ thống: không phát",
	 "a test, a draft or a system's message: not aired"},
	{"no-warning", "không phải lời cảnh báo (Ack, Error, hết nguy hiểm)",
	 "no warning (Ack, Error, all clear)"},
	{"not-public", "không phải cho mọi người", "not for the public"},
	{"below", "mức nghiêm trọng hoặc khẩn cấp dưới ngưỡng của đài",
	 "less severe or urgent than the station's threshold"},
	{"not-here", "không phải cho địa bàn này (xem at và geocodes của cụm loa)",
	 "not for this place (see at and geocodes of the zones)"},
	{"nothing-to-end", "không có gì để kết thúc", "there is nothing to end"},
	{"not-raised", "không phát được: loa đang bị ngắt, hoặc đã đủ lệnh khẩn cấp",
	 "it could not be raised: zones are cut, or there are too many emergencies"},
	{"worker", "không đọc được: chương trình đọc CAP không chạy",
	 "it cannot be read: the program that reads CAP does not run"},
};

const char *cap_why(const char *code)
{
	for (size_t i = 0; i < sizeof(whys) / sizeof(whys[0]); i++)
		if (strcmp(whys[i].code, code) == 0)
			return T(whys[i].vi, whys[i].en);
	return code;
}

const char *cap_verdict_code(enum cap_verdict v)
{
	static const char *const codes[] = {"refused", "silent", "waits", "raised", "ended"};

	return codes[v];
}

/* What a message is judged by. */
struct asked {
	const struct settings *settings;
	struct wall now, sent;
	bool trusted; /* the clock */
};

static bool is(const json_t *o, const char *key, const char *value)
{
	return strcmp(json_get_text(o, key, ""), value) == 0;
}

/* §3.2.1: neither holds spaces, commas, < or &. */
static bool name_like(const char *text)
{
	return text[0] != '\0' && strpbrk(text, " ,<&\t\r\n") == NULL &&
	       utf8_printable(text, strlen(text));
}

/* Only with an offset: xs:dateTime without one is no instant. */
static bool take_time(const json_t *o, const char *key, struct wall *t)
{
	const char *text = json_get_text(o, key, "");

	return strlen(text) > 19 && json_get_time(o, key, t);
}

static bool take_key(const json_t *alert, char key[static CAP_KEY_BYTES])
{
	const char *sender = json_get_text(alert, "sender", "");
	const char *identifier = json_get_text(alert, "identifier", "");
	const char *sent = json_get_text(alert, "sent", "");
	int n = snprintf(key, CAP_KEY_BYTES, "%s,%s,%s", sender, identifier, sent);

	if (n < CAP_KEY_BYTES && name_like(sender) && name_like(identifier) && name_like(sent))
		return true;
	key[0] = '\0';
	return false;
}

/* What stands behind the second comma; NULL: there is none. */
static const char *sent_of(const char *key)
{
	const char *comma = strchr(key, ',');

	comma = comma != NULL ? strchr(comma + 1, ',') : NULL;
	return comma != NULL ? comma + 1 : NULL;
}

bool cap_same(const char *a, const char *b)
{
	const char *at = sent_of(a), *bt = sent_of(b);
	struct tz utc;
	struct wall ta, tb;

	if (strcmp(a, b) == 0)
		return a[0] != '\0';
	if (at == NULL || bt == NULL || at - a != bt - b || memcmp(a, b, (size_t)(at - a)) != 0)
		return false;
	tz_fixed(&utc, "UTC", 0);
	return wall_parse(at, &utc, &ta) && wall_parse(bt, &utc, &tb) && ta.ns == tb.ns;
}

bool cap_reference(const json_t *alert, int i, char key[static CAP_KEY_BYTES])
{
	static const char spaces[] = " \t\r\n";
	const char *at = json_get_text(alert, "references", "");

	for (at += strspn(at, spaces); *at != '\0'; at += strspn(at, spaces)) {
		size_t len = strcspn(at, spaces);
		if (len < CAP_KEY_BYTES && i-- == 0) {
			memcpy(key, at, len);
			key[len] = '\0';
			return true;
		}
		at += len;
	}
	return false;
}

bool cap_refers(const json_t *alert, const char *key)
{
	char one[CAP_KEY_BYTES];

	for (int i = 0; cap_reference(alert, i, one); i++)
		if (cap_same(one, key))
			return true;
	return false;
}

static int rank_of(const char *const ranks[static 5], const char *text)
{
	for (int i = 0; i < 5; i++)
		if (strcasecmp(text, ranks[i]) == 0)
			return i;
	return -1;
}

int cap_severity(const char *text)
{
	static const char *const ranks[] = {"Unknown", "Minor", "Moderate", "Severe", "Extreme"};

	return rank_of(ranks, text);
}

int cap_urgency(const char *text)
{
	static const char *const ranks[] = {"Unknown", "Past", "Future", "Expected", "Immediate"};

	return rank_of(ranks, text);
}

static bool has_code(const struct zone *z, const json_t *area)
{
	const json_t *code;
	size_t i;

	json_array_foreach(json_object_get(area, "geocode"), i, code)
		for (int k = 0; k < z->geocode_count; k++)
			if (strcmp(z->geocodes[k], json_get_text(code, "value", "")) == 0)
				return true;
	return false;
}

static bool has_shape(const struct zone *z, const json_t *area)
{
	const struct place at = {z->lat, z->lon};
	const json_t *shape;
	size_t i;

	if (!z->has_place)
		return false;
	json_array_foreach(json_object_get(area, "polygon"), i, shape)
		if (json_is_string(shape) && area_in_polygon(json_string_value(shape), at))
			return true;
	json_array_foreach(json_object_get(area, "circle"), i, shape)
		if (json_is_string(shape) && area_in_circle(json_string_value(shape), at))
			return true;
	return false;
}

/* Every shape of every area: one that cannot be read may be the one for this place. */
static const char *unread_shape(const json_t *info)
{
	const json_t *area, *shape;
	size_t i, k;

	json_array_foreach(json_object_get(info, "area"), i, area) {
		json_array_foreach(json_object_get(area, "polygon"), k, shape)
			if (!json_is_string(shape) || !area_is_polygon(json_string_value(shape)))
				return "bad-polygon";
		json_array_foreach(json_object_get(area, "circle"), k, shape)
			if (!json_is_string(shape) || !area_is_circle(json_string_value(shape)))
				return "bad-circle";
	}
	return NULL;
}

/* Without any <area> it is for whoever gets it: its sender chose us. */
static uint32_t zones_of(const struct settings *s, const json_t *info)
{
	const json_t *areas = json_object_get(info, "area"), *area;
	uint32_t zones = 0;
	size_t i;

	if (json_array_size(areas) == 0)
		return (uint32_t)((UINT64_C(1) << s->zone_count) - 1);
	json_array_foreach(areas, i, area)
		for (int z = 0; z < s->zone_count; z++)
			if (has_code(&s->zones[z], area) || has_shape(&s->zones[z], area))
				zones |= 1u << z;
	return zones;
}

/* One sentence more; white space of any kind becomes one space. False: not all of it. */
static bool say(char out[static EMERGENCY_TEXT_BYTES], const char *words)
{
	size_t len = strlen(out);
	bool space = len > 0;

	if (words[0] == '\0')
		return true;
	if (len > 0 && len + 2 < EMERGENCY_TEXT_BYTES && strchr(".!?:", out[len - 1]) == NULL)
		out[len++] = '.';
	for (; *words != '\0' && len + 8 < EMERGENCY_TEXT_BYTES; words++) {
		bool blank = (unsigned char)*words <= ' ';
		if (!blank && space && len > 0)
			out[len++] = ' ';
		if (!blank)
			out[len++] = *words;
		space = blank;
	}
	bool whole = *words == '\0';
	/* Not half a letter. */
	while (*words != '\0' && len > 0 && ((unsigned char)*words & 0xc0) == 0x80) {
		words--;
		len--;
	}
	out[len] = '\0';
	return whole;
}

static void take_words(const json_t *info, struct cap_meaning *m)
{
	const char *headline = json_get_text(info, "headline", "");

	if (headline[0] == '\0')
		headline = json_get_text(info, "event", "");
	if (m->headline[0] == '\0')
		snprintf(m->headline, sizeof(m->headline), "%s", headline);
	utf8_cut(m->headline, REASON_BYTES / 2);
	bool whole = say(m->text, headline);
	whole &= say(m->text, json_get_text(info, "description", ""));
	whole &= say(m->text, json_get_text(info, "instruction", ""));
	m->shortened = m->shortened || !whole;
}

static bool all_clear(const json_t *info)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(info, "responseType"), i, one)
		if (json_is_string(one) && strcmp(json_string_value(one), "AllClear") == 0)
			return true;
	return false;
}

/* Until when, and from when. What says no end lives for a day from when it was sent or takes
 * effect: whoever kept an old message could else sound the siren with it for ever. False: it is
 * over. */
static bool take_times(const json_t *info, const struct asked *a, struct wall *effective,
		       struct wall *expires, const char **why)
{
	struct wall since = a->trusted ? a->sent : a->now;

	*effective = a->now;
	if (take_time(info, "effective", effective) && effective->ns > since.ns)
		since = *effective;
	*expires = wall_add_ns(since, LIFE_NS);
	*why = take_time(info, "expires", expires) ? "expired" : "too-old";
	return !a->trusted || expires->ns > a->now.ns;
}

/* What one <info> comes to; a later one of more consequence replaces it. */
static void judge_info(const json_t *info, const struct asked *a, struct cap_meaning *m)
{
	const struct settings *s = a->settings;
	struct wall expires, effective, now = a->now;
	struct cap_meaning one = {.verdict = CAP_SILENT};
	const char *over;

	one.zones = zones_of(s, info);
	if (!take_times(info, a, &effective, &expires, &over))
		one = (struct cap_meaning){.verdict = CAP_REFUSED, .why = over};
	else if (all_clear(info))
		one.why = "no-warning";
	else if (cap_severity(json_get_text(info, "severity", "")) < s->cap_severity ||
		 cap_urgency(json_get_text(info, "urgency", "")) < s->cap_urgency)
		one.why = "below";
	else if (one.zones == 0 && (one.why = unread_shape(info)) != NULL)
		one.verdict = CAP_REFUSED;
	else if (one.zones == 0)
		one.why = "not-here";
	else
		one.verdict = a->trusted && effective.ns > now.ns ? CAP_WAITS : CAP_AIRS;
	if (one.verdict < m->verdict)
		return;
	if (one.verdict > m->verdict)
		m->zones = 0;
	if (one.verdict > m->verdict || m->why[0] == '\0')
		m->why = one.why != NULL ? one.why : "";
	if (one.verdict == CAP_WAITS && (m->verdict != CAP_WAITS || effective.ns < m->from.ns))
		m->from = effective;
	m->verdict = one.verdict;
	m->zones |= one.zones;
	if (one.verdict != CAP_AIRS)
		return;
	if (expires.ns > m->until.ns)
		m->until = expires;
	if (m->until.ns > now.ns + LIFE_NS)
		m->until = wall_add_ns(now, LIFE_NS);
	take_words(info, m);
}

static bool vietnamese(const json_t *info)
{
	return strncasecmp(json_get_text(info, "language", ""), "vi", 2) == 0;
}

static void judge_all(const json_t *alert, const struct asked *a, struct cap_meaning *m)
{
	const json_t *infos = json_object_get(alert, "info"), *info;
	bool any_vi = false;
	size_t i;

	json_array_foreach(infos, i, info)
		any_vi = any_vi || vietnamese(info);
	*m->text = '\0';
	m->verdict = CAP_REFUSED;
	m->why = json_array_size(infos) == 0 ? "damaged" : "";
	json_array_foreach(infos, i, info)
		if (!any_vi || vietnamese(info))
			judge_info(info, a, m);
	if (m->verdict == CAP_AIRS && !utf8_printable(m->text, strlen(m->text))) {
		m->verdict = CAP_REFUSED;
		m->why = "damaged";
	}
}

static void settle(struct cap_meaning *m, enum cap_verdict v, const char *why)
{
	m->verdict = v;
	m->why = why;
}

void cap_judge(const json_t *alert, const struct settings *s, struct wall now, bool trusted,
	       struct cap_meaning *m)
{
	bool exercise = is(alert, "status", "Exercise");
	struct asked a = {.settings = s, .now = now, .trusted = trusted};

	memset(m, 0, sizeof(*m));
	m->drill = exercise;
	m->supersedes = is(alert, "msgType", "Update");
	if (!take_key(alert, m->key) || !take_time(alert, "sent", &a.sent))
		settle(m, CAP_REFUSED, "damaged");
	else if (trusted && a.sent.ns > now.ns + AHEAD_NS)
		settle(m, CAP_REFUSED, "future");
	else if (!exercise && !is(alert, "status", "Actual"))
		settle(m, CAP_SILENT, "test");
	else if (is(alert, "msgType", "Cancel"))
		settle(m, CAP_ENDS, "");
	else if (is(alert, "msgType", "Ack") || is(alert, "msgType", "Error"))
		settle(m, CAP_SILENT, "no-warning");
	else if (!is(alert, "msgType", "Alert") && !m->supersedes)
		settle(m, CAP_REFUSED, "bad-msgtype");
	else if (!is(alert, "scope", "Public"))
		settle(m, CAP_SILENT, "not-public");
	else
		judge_all(alert, &a, m);
}
