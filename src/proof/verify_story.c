/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_story.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/canonical.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "proof/verify_level.h"
#include "proof/verify_time.h"
#include "proof/verify_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct known {
	int64_t n; /* of bulletin.received */
	char sha256[SHA256_HEX_BYTES];
	bool approved;
	bool ordered; /* as an emergency's message, by whoever answers for that */
};

struct bits {
	uint8_t *data;
	int64_t bytes;
};

struct story {
	struct verdict *verdict;
	struct known *bulletins; /* by n, ascending */
	int64_t bulletin_count, capacity;
	struct bits intended, ended; /* by number of the intent */
	int64_t started; /* the last entry before which a start has closed what was open, −1 none */
	int64_t airings, approvals;
	struct verify_time times;
	struct verify_level levels;
};

static void bits_set(struct bits *b, int64_t n)
{
	if (n / 8 >= b->bytes) {
		int64_t bytes = n / 8 + 4096;

		b->data = realloc(b->data, (size_t)bytes);
		must(b->data != NULL);
		memset(b->data + b->bytes, 0, (size_t)(bytes - b->bytes));
		b->bytes = bytes;
	}
	b->data[n / 8] |= (uint8_t)(1 << n % 8);
}

static bool bits_has(const struct bits *b, int64_t n)
{
	return n >= 0 && n / 8 < b->bytes && (b->data[n / 8] >> n % 8 & 1) != 0;
}

static struct known *find(const struct story *s, const char *id)
{
	int64_t n = entry_id_index(id, 'B'), low = 0, high = s->bulletin_count;

	while (low < high) {
		int64_t middle = (low + high) / 2;

		if (s->bulletins[middle].n < n)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->bulletin_count && s->bulletins[low].n == n ? &s->bulletins[low] : NULL;
}

static void received(struct story *s, int64_t n, const json_t *o)
{
	if (s->bulletin_count == s->capacity) {
		s->capacity = s->capacity == 0 ? 256 : 2 * s->capacity;
		s->bulletins = realloc(s->bulletins,
				       (size_t)s->capacity * sizeof(*s->bulletins));
		must(s->bulletins != NULL);
	}
	struct known *k = &s->bulletins[s->bulletin_count++];
	*k = (struct known){.n = n};
	snprintf(k->sha256, sizeof(k->sha256), "%s", json_get_text(o, "sha256", ""));
}

/* Approval binds to the bytes that were heard. */
static void approved(struct story *s, int64_t n, const json_t *o)
{
	const char *id = json_get_text(o, "bulletin", "");
	struct known *k = find(s, id), *was = find(s, json_get_text(o, "replaces", ""));

	if (was != NULL)
		was->approved = false;
	if (k != NULL)
		k->approved = strcmp(k->sha256, json_get_text(o, "sha256", "")) == 0;
	if (k == NULL || !k->approved)
		verdict_differs(s->verdict, CHECK_APPROVALS, "approval-unbound", "", n, "",
				T("mục %lld duyệt bản tin %s nhưng không phải âm thanh đã nhận",
				  "entry %lld approves bulletin %s, and not the sound that came"),
				(long long)n, id);
}

/* Raised, or another message: approval for these bytes, on air in its turns only. */
static void ordered(struct story *s, int64_t n, const json_t *o)
{
	struct known *k = find(s, json_get_text(o, "bulletin", ""));

	(void)n;
	if (k != NULL)
		k->ordered = strcmp(k->sha256, json_get_text(o, "sha256", "")) == 0;
}

static void ended_otherwise(struct story *s, int64_t n, const json_t *o)
{
	struct known *k = find(s, json_get_text(o, "bulletin", ""));

	(void)n;
	if (k != NULL)
		k->approved = k->ordered = false;
}

static void intended(struct story *s, int64_t n, const json_t *o)
{
	const char *id = json_get_text(o, "bulletin", "");
	const struct known *k = find(s, id);

	bits_set(&s->intended, n);
	s->airings++;
	if (id[0] == '\0')
		return;
	s->approvals++;
	bool ordered = k != NULL && k->ordered && json_get_text(o, "emergency", "")[0] != '\0';
	if (k == NULL || (!k->approved && !ordered))
		verdict_differs(s->verdict, CHECK_APPROVALS, "not-approved", "", n, "",
				T("mục %lld: bản tin %s được đưa lên sóng khi chưa được duyệt, "
				  "hoặc đã rút",
				  "entry %lld: bulletin %s went on air without approval, or "
				  "withdrawn"),
				(long long)n, id);
	else if (strcmp(k->sha256, json_get_text(o, "sha256", "")) != 0)
		verdict_differs(s->verdict, CHECK_APPROVALS, "other-bytes", "", n, "",
				T("mục %lld: bản tin %s lên sóng với âm thanh khác bản đã duyệt",
				  "entry %lld: bulletin %s went on air with another sound than was "
				  "approved"), (long long)n, id);
}

static void ended(struct story *s, int64_t n, const json_t *o)
{
	const char *id = json_get_text(o, "airing", "");
	int64_t intent = entry_id_index(id, 'A');

	intent = intent >= 0 ? intent : entry_id_index(id, 'T');
	if (intent < 0 || intent >= n || !bits_has(&s->intended, intent))
		verdict_differs(s->verdict, CHECK_OUTCOMES, "no-intent", "", n, "",
				T("mục %lld là kết quả của lần phát %s, mà không có dự định nào "
				  "như vậy",
				  "entry %lld is the outcome of %s, which nobody intended"),
				(long long)n, id);
	else if (bits_has(&s->ended, intent))
		verdict_differs(s->verdict, CHECK_OUTCOMES, "ended-twice", "", n, "",
				T("mục %lld: lần phát %s đã có kết quả trước đó",
				  "entry %lld: %s had an outcome before"), (long long)n, id);
	else
		bits_set(&s->ended, intent);
}

static void test_intended(struct story *s, int64_t n, const json_t *o)
{
	(void)o;
	bits_set(&s->intended, n);
	s->airings++;
}

static void started(struct story *s, int64_t n, const json_t *o)
{
	(void)o;
	s->started = n;
}

/* Who looks at that time finds nothing, and must not take it for silence. */
static void past_lost(struct story *s, int64_t n, const json_t *o)
{
	verdict_warn(s->verdict, "past-lost", 1,
		     T("sổ của khoảng từ %s đến %s bị mất (mục %lld, %s): không biết có phát hay "
		       "không, bản tin nào được duyệt hay bị rút",
		       "the log from %s to %s is lost (entry %lld, %s): what aired then, and what "
		       "was approved or withdrawn, nobody knows"),
		     json_get_text(o, "from", ""), json_get_text(o, "to", ""), (long long)n,
		     json_get_text(o, "why", ""));
}

static const struct {
	const char *kind;
	void (*take)(struct story *s, int64_t n, const json_t *o);
} kinds[] = {
	{KIND_INTENDED, intended},	   {KIND_ENDED, ended},
	{KIND_RECEIVED, received},	   {KIND_APPROVED, approved},
	{KIND_REFUSED, ended_otherwise},   {KIND_WITHDRAWN, ended_otherwise},
	{KIND_TEST_INTENDED, test_intended}, {KIND_TEST_ENDED, ended},
	{KIND_EMERGENCY_RAISED, ordered},  {KIND_EMERGENCY_CHANGED, ordered},
	{KIND_STARTED, started},	   {KIND_PAST_LOST, past_lost},
};

static void take(int64_t n, const json_t *o, void *arg)
{
	struct story *s = arg;
	const char *kind = json_get_text(o, "kind", "");

	verify_time_take(&s->times, n, o);
	verify_level_take(&s->levels, n, o);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			kinds[i].take(s, n, o);
}

static bool take_entry(int64_t n, const char *text, size_t len, void *arg)
{
	struct canonical c;
	struct err ignored;

	if (!canonical_read(text, len, &c))
		return true; /* was named already */
	json_t *o = json_read(text, len, &ignored);
	take(n, o, arg);
	json_decref(o);
	return true;
}

/* An airing under way, or one that the next start will close, has no outcome yet; one from before
 * the last start was closed by it, before it said so (station/recover.h); station.recovered comes
 * later, and may find the air open already. */
static void judge_open(const struct story *s, bool running)
{
	int64_t open = 0, first = -1;

	for (int64_t n = 0; n < s->intended.bytes * 8; n++) {
		if (!bits_has(&s->intended, n) || bits_has(&s->ended, n))
			continue;
		if (n >= s->started) {
			first = open++ == 0 ? n : first;
			continue;
		}
		verdict_differs(s->verdict, CHECK_OUTCOMES, "not-closed", "", n, "",
				T("mục %lld: lần phát này không có kết quả, dù đài đã khởi động "
				  "lại sau đó và phải ghi kết quả",
				  "entry %lld: this airing has no outcome, though the station has "
				  "started since and should have written one"), (long long)n);
	}
	if (open > 0)
		verdict_note(s->verdict, "open", open,
			     running ? T("%lld lần phát đang diễn ra (từ mục %lld)",
					 "%lld airings are under way (from entry %lld on)")
				     : T("%lld lần phát đã bắt đầu (từ mục %lld) mà chưa có kết "
					 "quả: đài đã ngừng đột ngột (mất điện, máy treo), đã "
					 "phát tới đâu thì không biết; lần khởi động sau sẽ ghi "
					 "là bị ngắt quãng",
					 "%lld airings had begun (from entry %lld on) and have no "
					 "outcome: the station ended without an orderly stop (a "
					 "power cut, a crash), and how far they came is not known; "
					 "the next start writes them down as interrupted"),
			     (long long)open, (long long)first);
}

static void begin(struct story *s, struct verdict *verdict)
{
	*s = (struct story){.verdict = verdict, .started = -1};
	verify_time_init(&s->times, verdict);
	verify_level_init(&s->levels, verdict);
}

static void finish(struct story *s, bool running)
{
	verify_time_tell(&s->times);
	verify_level_finish(&s->levels);
	judge_open(s, running);
	verdict_checked(s->verdict, CHECK_OUTCOMES, s->airings);
	verdict_checked(s->verdict, CHECK_APPROVALS, s->approvals);
	free(s->bulletins);
	free(s->intended.data);
	free(s->ended.data);
}

void verify_story(const struct verify *v, bool running, struct verdict *verdict)
{
	struct story s;

	begin(&s, verdict);
	verify_read(v, take_entry, &s);
	finish(&s, running);
}

bool verify_story_view(const struct verify *v, bool running, int64_t to, struct view **made,
		       struct verdict *verdict, struct err *e)
{
	struct story s;

	begin(&s, verdict);
	bool ok = verify_view_along(v, to, made, take, &s, e);
	finish(&s, running);
	return ok;
}
