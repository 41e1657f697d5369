/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members are looked for in the text: within a text of an entry their quotes are escaped, and one
 * entry too many does no harm. */
#include "proof/pick.h"

#include "base/gather.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/kin.h"
#include "proof/outages.h"
#include "proof/query.h"
#include "proof/sameness.h"
#include "proof/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STRIDE 4096 /* entries between two looks at the time */
#define DAY_MS INT64_C(86400000)
#define LATE_MS (36 * DAY_MS)
#define UNKNOWN_MS INT64_MIN

struct said {
	int64_t n, bulletin;
};

void pick_finish(struct pick *p)
{
	numbers_finish(&p->numbers);
	numbers_finish(&p->corrected);
	numbers_finish(&p->answered);
	numbers_finish(&p->found);
	numbers_finish(&p->bulletins);
	numbers_finish(&p->emergencies);
	free(p->said);
	free(p->searched);
	p->said = NULL;
	p->searched = NULL;
}

static void add(struct numbers *s, int64_t n)
{
	if (n >= 0)
		numbers_add(s, n);
}

static const char *find(const char *text, size_t len, const char *what)
{
	const char *at = memmem(text, len, what, strlen(what));

	return at != NULL ? at + strlen(what) : NULL;
}

/* An entry ends with '}', so digits end before it does. */
static int64_t number_behind(const char *text, size_t len, const char *what)
{
	const char *at = find(text, len, what);
	int64_t n = -1;

	for (; at != NULL && *at >= '0' && *at <= '9' && n < INT64_MAX / 100; at++)
		n = (n < 0 ? 0 : n) * 10 + (*at - '0');
	return n;
}

static int64_t time_behind(const char *text, size_t len, const char *what)
{
	const char *at = find(text, len, what);
	static const struct tz none;
	char copy[32];
	struct wall t;

	if (at == NULL)
		return UNKNOWN_MS;
	const char *end = memchr(at, '"', len - (size_t)(at - text));
	if (end == NULL || (size_t)(end - at) >= sizeof(copy))
		return UNKNOWN_MS;
	memcpy(copy, at, (size_t)(end - at));
	copy[end - at] = '\0';
	return wall_parse(copy, &none, &t) ? query_ms(t) : UNKNOWN_MS;
}

static bool in(int64_t ms, int64_t from_ms, int64_t to_ms)
{
	return ms >= from_ms && ms < to_ms;
}

/* Of all the entries whose times a correction names, some may be of the period by it. */
static void add_corrected(struct pick *p, const char *text, size_t len)
{
	int64_t from = number_behind(text, len, "\"from_n\":");
	int64_t to = number_behind(text, len, "\"to_n\":");

	for (int64_t n = from; from >= 0 && n <= to && n - from < 2 * STRIDE; n++)
		add(&p->corrected, n);
}

static int64_t sum_ms(int64_t ms, int64_t more_ms)
{
	return ms > INT64_MAX - more_ms ? INT64_MAX : ms + more_ms;
}

static void note_outcome(struct pick *p, const char *text, size_t len)
{
	int64_t of = number_behind(text, len, "\"airing\":\"A");

	if (of >= 0 && find(text, len, "\"kind\":\"" KIND_ENDED "\"") != NULL)
		add(&p->answered, of);
	/* A reason is looked for in all of it: once too often does no harm. */
	p->leapt = p->leapt || find(text, len, "clock-stepped-forward") != NULL;
}

bool pick_answered(struct pick *p, int64_t n, const char *text, size_t len)
{
	return !p->leapt && numbers_has(&p->answered, n) &&
	       find(text, len, "\"kind\":\"" KIND_INTENDED "\"") != NULL;
}

/* What an entry names: its bulletin, and the emergency whose turn it is. */
static void note_names(struct pick *p, const char *text, size_t len)
{
	add(&p->bulletins, number_behind(text, len, "\"bulletin\":\"B"));
	add(&p->emergencies, number_behind(text, len, "\"emergency\":\"K"));
}

static void note_said(struct pick *p, int64_t n, const char *text, size_t len)
{
	if (find(text, len, "\"kind\":\"bulletin.") == NULL)
		return;
	p->said = gather_room(p->said, p->said_count, &p->said_room, sizeof(*p->said));
	p->said[p->said_count++] =
		(struct said){n, number_behind(text, len, "\"bulletin\":\"B")};
}

static bool look(int64_t n, const char *text, size_t len, void *arg)
{
	struct pick *p = arg;
	bool airing = find(text, len, "\"kind\":\"airing.") != NULL;
	bool mine = in(time_behind(text, len, "\"at\":\""), p->from_ms, sum_ms(p->to_ms, DAY_MS));

	if (n >= p->entries)
		return false;
	if (!airing && find(text, len, "\"kind\":\"" KIND_CLOCK_CORRECTED "\"") != NULL) {
		mine = true;
		add_corrected(p, text, len);
	}
	if (airing && !mine) {
		int64_t of = number_behind(text, len, "\"airing\":\"A");

		mine = in(time_behind(text, len, "\"planned\":\""), p->from_ms, p->to_ms) ||
		       numbers_has(&p->found, of) || numbers_has(&p->numbers, of);
	}
	if (mine) {
		add(&p->found, n);
		note_names(p, text, len);
	}
	if (!airing)
		note_said(p, n, text, len);
	if (mine && airing)
		note_outcome(p, text, len);
	return true;
}

/* When the entries at the strides were stamped. */
struct strides {
	int64_t *at_ms;
	int64_t count;
};

static bool look_at(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	*(int64_t *)arg = time_behind(text, len, "\"at\":\"");
	return false;
}

/* One that cannot be read says nothing about where the period lies. */
static void read_strides(const struct pick *p, struct strides *s)
{
	struct err ignored;

	s->count = p->entries / STRIDE + 1;
	s->at_ms = calloc((size_t)s->count, sizeof(*s->at_ms));
	must(s->at_ms != NULL);
	for (int64_t i = 0; i < s->count; i++) {
		s->at_ms[i] = UNKNOWN_MS;
		chain_read(p->chain, i * STRIDE, p->entries, look_at, &s->at_ms[i], &ignored);
	}
}

/* Between the two looks before and behind, so that a single one may be off. */
static bool may_hold(const struct pick *p, const struct strides *s, int64_t i)
{
	int64_t least = INT64_MAX, most = i + 2 < s->count ? INT64_MIN : INT64_MAX;

	if (i == 0)
		least = INT64_MIN;
	for (int64_t k = i > 0 ? i - 1 : 0; k <= i + 2 && k < s->count; k++) {
		if (s->at_ms[k] == UNKNOWN_MS)
			return true;
		least = s->at_ms[k] < least ? s->at_ms[k] : least;
		most = s->at_ms[k] > most ? s->at_ms[k] : most;
	}
	return most >= p->from_ms && least < sum_ms(p->to_ms, LATE_MS);
}

static bool search(struct pick *p, struct err *e)
{
	struct strides s;
	bool ok = true;

	read_strides(p, &s);
	p->searched = calloc((size_t)s.count, sizeof(*p->searched));
	must(p->searched != NULL);
	for (int64_t i = 0; ok && i < s.count; i++) {
		p->searched[i] = may_hold(p, &s, i);
		if (p->searched[i])
			ok = chain_read(p->chain, i * STRIDE, (i + 1) * STRIDE, look, p, e);
	}
	free(s.at_ms);
	return ok;
}

static void add_unfound(struct pick *p, int64_t n)
{
	if (!numbers_has(&p->found, n))
		add(&p->numbers, n);
}

static bool add_columns(sqlite3_stmt *s, void *arg)
{
	for (int i = 0; i < sqlite3_column_count(s); i++)
		if (sqlite3_column_type(s, i) == SQLITE_INTEGER)
			add_unfound(arg, sqlite3_column_int64(s, i));
	return true;
}

/* Numbers that the view gives for two of ours. */
static bool ask(struct pick *p, const char *sql, int64_t a, int64_t b, struct err *e)
{
	sqlite3_stmt *s = query_ask(p->have, sql, e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, a);
	sqlite3_bind_int64(s, 2, b);
	return query_walk(p->have, s, add_columns, p, e);
}

/* What an airing says of its recording hangs on whether that is there still, months later. */
#define SOUNDS_OF(airings)                                                                         \
	SOUNDS_IN(RECORDINGS_OF_ONE) " AND a.by_zone = '' AND " airings " UNION ALL "              \
	SOUNDS_IN(RECORDINGS_OF_ZONES) " AND a.by_zone <> '' AND " airings
#define SOUNDS_IN(recordings)                                                                      \
	"SELECT q.n, q.removed_n FROM airings a CROSS JOIN " recordings

static bool ask_view(struct pick *p, struct err *e)
{
	int64_t from = p->from_ms, to = p->to_ms;

	return ask(p, "SELECT n, ended_n, checked_n FROM airings WHERE planned_ms >= ?1"
		      " AND planned_ms < ?2", from, to, e) &&
	       ask(p, "SELECT n, ended_n, checked_n FROM airings WHERE counted_ms >= ?1"
		      " AND counted_ms < ?2", from, to, e) &&
	       ask(p, SOUNDS_OF("a.planned_ms >= ?1 AND a.planned_ms < ?2"), from, to, e) &&
	       ask(p, "SELECT n FROM events WHERE kind = '" KIND_REGISTER "'", 0, 0, e) &&
	       ask(p, "SELECT n FROM events WHERE kind = '" KIND_DUPLICATE "'", 0, 0, e) &&
	       ask(p, "SELECT n FROM events WHERE n IN " OUTAGE_ENTRIES, from, to, e) &&
	       ask(p, "SELECT n FROM events WHERE at_ms >= ?1 AND at_ms < ?2", from,
		   sum_ms(to, DAY_MS), e);
}

struct naming {
	struct pick *p;
	size_t next; /* of the numbers that are picked, and not found by the search */
};

static bool look_for_names(int64_t n, const char *text, size_t len, void *arg)
{
	struct naming *m = arg;
	const struct numbers *s = &m->p->numbers;

	while (m->next < s->count && s->list[m->next] < n)
		m->next++;
	if (m->next < s->count && s->list[m->next] == n)
		note_names(m->p, text, len);
	return m->next < s->count && n < s->list[m->next] + STRIDE;
}

/* All that are picked, gaps between them left out. */
static bool read_names(struct pick *p, struct err *e)
{
	const struct numbers *s = &p->numbers;
	struct naming m = {.p = p};

	while (m.next < s->count) {
		size_t last = m.next;

		while (last + 1 < s->count && s->list[last + 1] - s->list[last] < 256)
			last++;
		if (!chain_read(p->chain, s->list[m.next], s->list[last] + 1, look_for_names, &m,
				e))
			return false;
		m.next = last + 1;
	}
	numbers_settle(&p->bulletins);
	numbers_settle(&p->emergencies);
	return true;
}

static bool look_for_words(int64_t n, const char *text, size_t len, void *arg)
{
	note_said(arg, n, text, len);
	return true;
}

/* Up to end, stride by stride of what was not searched. */
static bool read_words(struct pick *p, int64_t first, int64_t end, struct err *e)
{
	while (first < end) {
		int64_t stride = first / STRIDE, next = (stride + 1) * STRIDE;

		if ((p->searched == NULL || !p->searched[stride]) &&
		    !chain_read(p->chain, first, next < end ? next : end, look_for_words, p, e))
			return false;
		first = next;
	}
	return true;
}

static int64_t last_of(const struct numbers *s)
{
	return s->count > 0 ? s->list[s->count - 1] : -1;
}

static int64_t last_picked(const struct pick *p)
{
	int64_t a = last_of(&p->found), b = last_of(&p->numbers);

	return a > b ? a : b;
}

/* From the first of them on, all words that were said about these bulletins up to the end of the
 * period, and later ones that the view knows of. */
static bool add_words(struct pick *p, struct err *e)
{
	int64_t last = last_picked(p), end = last < p->entries ? last + 1 : p->entries;

	if (p->bulletins.count > 0 && !read_words(p, p->bulletins.list[0], end, e))
		return false;
	for (int i = 0; i < p->said_count; i++)
		if (p->said[i].n <= last && numbers_has(&p->bulletins, p->said[i].bulletin))
			add(&p->numbers, p->said[i].n);
	for (size_t i = 0; i < p->bulletins.count; i++) {
		add(&p->numbers, p->bulletins.list[i]);
		if (!ask(p, "SELECT n FROM events WHERE about = 'B' || ?1 AND about <> ''",
			 p->bulletins.list[i], 0, e))
			return false;
	}
	for (size_t i = 0; i < p->emergencies.count; i++)
		add(&p->numbers, p->emergencies.list[i]);
	return true;
}

/* So that table C can say what was there before, however long ago: which words they have, the view
 * knows. A year of the log is not read for it. */
static bool add_twins(struct pick *p, struct err *e)
{
	struct numbers twins = {0};
	bool ok = kin_of_period(p->have, p->from_ms, p->to_ms, &twins, e);

	numbers_settle(&twins);
	for (size_t i = 0; i < twins.count && ok; i++) {
		add(&p->numbers, twins.list[i]);
		ok = ask(p, "SELECT n FROM events WHERE about = 'B' || ?1 AND about <> ''",
			 twins.list[i], 0, e);
	}
	numbers_finish(&twins);
	return ok;
}

/* Whatever corrects one of them, wherever it stands. */
static bool add_corrections(struct pick *p, struct err *e)
{
	int64_t last = last_picked(p), first = INT64_MAX;

	if (p->found.count > 0)
		first = p->found.list[0];
	if (p->numbers.count > 0 && p->numbers.list[0] < first)
		first = p->numbers.list[0];
	return last < 0 ||
	       ask(p, "SELECT n FROM events WHERE kind = '" KIND_CLOCK_CORRECTED "' AND n >= ?1"
		      " AND json_valid(text) AND json_extract(text, '$.from_n') <= ?2",
		   first, last, e);
}

static bool add_named(struct pick *p, struct err *e)
{
	for (size_t i = 0; i < p->corrected.count; i++)
		add_unfound(p, p->corrected.list[i]);
	numbers_settle(&p->numbers);
	bool ok = add_corrections(p, e);
	numbers_settle(&p->numbers);
	ok = ok && read_names(p, e) && add_words(p, e) && add_twins(p, e);
	for (size_t i = 0; i < p->found.count; i++)
		add(&p->numbers, p->found.list[i]);
	numbers_settle(&p->numbers);
	while (p->numbers.count > 0 && p->numbers.list[p->numbers.count - 1] >= p->entries)
		p->numbers.count--;
	return ok;
}

bool pick_period(struct pick *p, struct err *e)
{
	return search(p, e) && ask_view(p, e) && add_named(p, e);
}

bool pick_airing(struct pick *p, int64_t n, int64_t ended_n, int64_t checked_n, struct err *e)
{
	int64_t to = n + 2 * BUNDLE_ENTRIES;

	add(&p->numbers, n);
	/* Its outcome comes soon, unless the power failed. */
	if (!chain_read(p->chain, n, to < p->entries ? to : p->entries, look, p, e))
		return false;
	add(&p->numbers, ended_n);
	add(&p->numbers, checked_n);
	return ask(p, SOUNDS_OF("a.n = ?1"), n, 0, e) && add_named(p, e);
}
