/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever has the key can append what he likes, but not before what stands there already. The
 * program itself never stamps an entry earlier than what the entry before it knew to have passed,
 * or it says so (stamps_json), whatever the clock did; each pair of neighbours is held to that. An
 * entry is where another program of the station may have opened the log, and that one knows only
 * what the entry says (stamps_resume): so no more than that is held against the next one. */
#include "proof/verify_time.h"

#include "base/json.h"
#include "base/text.h"
#include "proof/entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDED_NS (10 * NS_PER_MS)	/* times are told in milliseconds */
#define WRITTEN_NS (10 * NS_PER_S) /* from sound to entry and back: buffers, a busy disk */
#define SET_NS (2 * NS_PER_S)		/* so much may slewing take a clock off its counter */
#define ERROR_MS_MAX 1e9
#define WITNESS_NS (300 * NS_PER_S) /* so far may a witness's clock be off, which does not say */

void verify_time_init(struct verify_time *t, struct verdict *verdict)
{
	*t = (struct verify_time){.verdict = verdict, .first_behind = -1, .first_untold = -1};
	for (int i = 0; i < VERIFY_TIME_OPEN_MAX; i++)
		t->open[i].n = -1;
}

static struct verify_stamp read_stamp(const json_t *o)
{
	const json_t *clock = json_object_get(o, "clock");
	double error_ms = json_get_number(clock, "max_error_ms", 0);
	struct verify_stamp s = {.known = clock != NULL, .up_ms = -1};

	s.known = json_get_time(o, "at", &s.at) && s.known;
	s.synced = json_get_bool(clock, "synced", false);
	if (error_ms > 0 && error_ms < ERROR_MS_MAX)
		s.error_ns = (int64_t)(error_ms * (double)NS_PER_MS);
	s.bounded = json_get_time(clock, "not_before", &s.not_before);
	snprintf(s.boot, sizeof(s.boot), "%.*s", VERIFY_BOOT_BYTES - 1,
		 json_get_text(clock, "boot", ""));
	s.up_ms = json_get_integer(clock, "up_ms", -1);
	return s;
}

/* What had surely passed as that entry was written, by its own word. */
static bool passed(const struct verify_stamp *s, int64_t *ns)
{
	int64_t synced_ns = s->at.ns - s->error_ns;

	if (!s->known || (!s->synced && !s->bounded))
		return false;
	*ns = s->bounded ? s->not_before.ns : synced_ns;
	if (s->synced && synced_ns > *ns)
		*ns = synced_ns;
	return true;
}

/* A person said that the clock is right: what was known is forgotten, from that entry on. */
static bool is_trusted(const json_t *o)
{
	const json_t *said = json_object_get(o, "said");

	return strcmp(json_get_text(o, "kind", ""), KIND_NOTE) == 0 &&
	       strcmp(json_get_text(said, "code", ""), "clock-trusted") == 0;
}

static bool admits(const struct verify_stamp *s, int64_t passed_ns)
{
	if (s->synced && s->at.ns + s->error_ns + ROUNDED_NS >= passed_ns)
		return true;
	return s->bounded && s->not_before.ns + ROUNDED_NS >= passed_ns;
}

static void check_order(struct verify_time *t, int64_t n, const struct verify_stamp *s,
			const json_t *o)
{
	int64_t passed_ns;

	if (!passed(&t->last, &passed_ns) || is_trusted(o) || admits(s, passed_ns))
		return;
	verdict_differs(t->verdict, CHECK_OUTCOMES, "time-ran-back", "", n, "",
			T("mục %lld mang thời điểm (%s) trước lúc mà mục ngay trước nó đã biết là "
			  "đã qua, mà không nói vậy: không đài nào ghi như thế",
			  "entry %lld bears a time (%s) before what the entry before it knew to "
			  "have passed, and does not say so: no station writes such"),
			(long long)n, json_get_text(o, "at", ""));
}

static void check_counter(struct verify_time *t, int64_t n, const struct verify_stamp *s)
{
	if (s->boot[0] == '\0' || s->up_ms < 0)
		return;
	if (strcmp(s->boot, t->boot) == 0 && s->up_ms < t->up_ms)
		verdict_differs(t->verdict, CHECK_OUTCOMES, "counter-ran-back", "", n, "",
				T("mục %lld: máy đã chạy %lld ms, ít hơn ở mục trước nó (%lld ms), "
				  "trong cùng một lần bật máy",
				  "entry %lld: the machine had been up for %lld ms, less than at "
				  "an entry before it (%lld ms), in one and the same run"),
				(long long)n, (long long)s->up_ms, (long long)t->up_ms);
	snprintf(t->boot, sizeof(t->boot), "%s", s->boot);
	t->up_ms = s->up_ms;
}

/* An entry that tells of a witness was written behind the witness's time, and what that had seen
 * before it. A station that believes the witness says so (proof/stamp.h); one whose server of time
 * is wrong does not, in all honesty. */
static void check_witness(struct verify_time *t, int64_t n, const struct verify_stamp *s,
			  const json_t *o)
{
	int64_t last = t->base + json_get_integer(o, "size", 0) - 1;
	struct wall time;

	if (!s->known || !json_get_bool(o, "trusted", false) || !json_get_time(o, "time", &time))
		return;
	bool before = !admits(s, time.ns - WITNESS_NS);
	bool behind = last >= t->base && last < n && last >= n - VERIFY_TIME_PAST &&
		      t->earliest_ns[last % VERIFY_TIME_PAST] > time.ns + WITNESS_NS;
	if ((before || behind) && t->outside++ == 0)
		t->first_outside = n;
}

static void remember(struct verify_time *t, int64_t n, const struct verify_stamp *s)
{
	int64_t *earliest_ns = &t->earliest_ns[n % VERIFY_TIME_PAST];

	*earliest_ns = s->known && s->synced ? s->at.ns - s->error_ns : INT64_MIN;
}

static struct verify_intent *find(struct verify_time *t, int64_t n)
{
	for (int i = 0; i < VERIFY_TIME_OPEN_MAX; i++)
		if (t->open[i].n == n)
			return &t->open[i];
	return NULL;
}

/* Of more than are remembered, nothing is said. */
static void intend(struct verify_time *t, int64_t n, const struct verify_stamp *s, const json_t *o)
{
	struct verify_intent *free_one = find(t, -1);
	bool alarm = json_object_get(o, "emergency") != NULL;
	struct wall from = s->at, happened;

	/* A warning is not kept waiting by a disk: its intent may come late, and says so. Nothing
	 * else has that excuse. */
	if (alarm && json_get_time(o, "happened", &happened) && happened.ns < from.ns)
		from = happened;
	if (free_one != NULL)
		*free_one = (struct verify_intent){n, *s, from, t->leaps, alarm};
}

/* Whether one and the same clock went on from a to b without being set. */
static bool unset(const struct verify_stamp *a, const struct verify_stamp *b)
{
	if (a->synced && b->synced)
		return !a->bounded && !b->bounded;
	int64_t went_ns = b->at.ns - a->at.ns;
	int64_t counted_ns = (b->up_ms - a->up_ms) * NS_PER_MS;

	return !a->synced && !b->synced && a->boot[0] != '\0' &&
	       strcmp(a->boot, b->boot) == 0 && llabs(went_ns - counted_ns) <= SET_NS;
}

static void check_airing(struct verify_time *t, int64_t n, const struct verify_stamp *s,
			 const json_t *o)
{
	const char *id = json_get_text(o, "airing", "");
	int64_t intent = entry_id_index(id, id[0] == 'T' ? 'T' : 'A');
	struct verify_intent *i = intent >= 0 ? find(t, intent) : NULL;
	struct wall start, end;

	if (i == NULL)
		return;
	struct verify_stamp was = i->stamp;
	struct wall from = i->from;
	int64_t slack_ns = WRITTEN_NS + was.error_ns + s->error_ns;
	bool alarm = i->alarm;
	i->n = -1;
	if (!was.known || !s->known || i->leaps != t->leaps || !unset(&was, s))
		return;
	bool early = json_get_time(o, "start", &start) && start.ns + slack_ns < from.ns;
	bool late = json_get_time(o, "end", &end) && end.ns - slack_ns > s->at.ns;
	if (early && alarm) {
		t->first_untold = t->untold++ == 0 ? intent : t->first_untold;
		early = false;
	}
	if (early || late)
		verdict_differs(t->verdict, CHECK_OUTCOMES, "aired-elsewhen", "", n, "",
				T("mục %lld: lần phát %s ghi là từ %s đến %s, nhưng nhật ký viết "
				  "dự định và kết quả của nó vào lúc khác",
				  "entry %lld: airing %s is said to be from %s to %s, and the log "
				  "wrote its intent and its outcome at another time"),
				(long long)n, id, json_get_text(o, "start", "-"),
				json_get_text(o, "end", "-"));
}

void verify_time_take(struct verify_time *t, int64_t n, const json_t *o)
{
	const char *kind = json_get_text(o, "kind", "");
	struct verify_stamp s = read_stamp(o);

	check_order(t, n, &s, o);
	check_counter(t, n, &s);
	t->leaps += strcmp(kind, KIND_CLOCK_STEPPED) == 0 || strcmp(kind, KIND_SLEPT) == 0;
	if (strcmp(kind, KIND_INTENDED) == 0 || strcmp(kind, KIND_TEST_INTENDED) == 0)
		intend(t, n, &s, o);
	else if (strcmp(kind, KIND_ENDED) == 0 || strcmp(kind, KIND_TEST_ENDED) == 0)
		check_airing(t, n, &s, o);
	else if (strcmp(kind, KIND_WITNESS_SEEN) == 0)
		check_witness(t, n, &s, o);
	else if (strcmp(kind, KIND_LOG_CONTINUED) == 0)
		t->base = n;
	remember(t, n, &s);
	/* A clock that claims to be right, and is behind what the log knows. */
	if (s.synced && s.bounded && s.at.ns + s.error_ns < s.not_before.ns && t->behind++ == 0)
		t->first_behind = n;
	t->last = s;
}

void verify_time_tell(struct verify_time *t)
{
	if (t->outside > 0)
		verdict_warn(t->verdict, "witness-time", t->outside,
			     T("%lld lần (từ mục %lld) nhân chứng bên ngoài nói một giờ khác với "
			       "giờ của các mục nhật ký quanh đó, quá sai số của cả hai: đồng hồ "
			       "của đài tự nhận là đúng mà sai, đồng hồ của nhân chứng sai, hoặc "
			       "có người viết mục với giờ khác. Đừng tin giờ của các mục ấy khi "
			       "chưa hỏi nhân chứng",
			       "%lld times (from entry %lld on) a witness outside told another "
			       "time than the entries around it bear, beyond the errors of both: "
			       "the station's clock called itself right and was wrong, the "
			       "witness's was, or somebody wrote entries with other times. Do not "
			       "believe the times of those entries before asking the witness"),
			     (long long)t->outside, (long long)t->first_outside);
	if (t->behind > 0)
		verdict_note(t->verdict, "clock-behind", t->behind,
			     T("%lld mục (từ mục %lld) mang thời điểm trước lúc mà nhật ký đã biết "
			       "là đã qua, và có nói vậy (not_before): đồng hồ tự nhận là đúng "
			       "mà bị chậm; đừng tin giờ của chúng",
			       "%lld entries (from entry %lld on) bear a time before what the log "
			       "knew to have passed, and say so (not_before): a clock that called "
			       "itself right was late; do not believe their times"),
			     (long long)t->behind, (long long)t->first_behind);
	if (t->untold > 0)
		verdict_note(t->verdict, "alarm-untold", t->untold,
			     T("%lld lần báo khẩn cấp (từ mục %lld) đã kêu trước khi đĩa nhận dự "
			       "định của nó: giờ phát chỉ được ghi lại sau đó",
			       "%lld emergency airings (from entry %lld on) were heard before the "
			       "disk took their intent: when they aired was written only later"),
			     (long long)t->untold, (long long)t->first_untold);
}
