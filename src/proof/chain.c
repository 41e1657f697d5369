/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/chain.h"

#include "base/must.h"
#include "proof/journal.h"
#include "proof/newest.h"

#include <stdlib.h>

struct part {
	struct journal *journal;
	int log; /* its number */
	int64_t base;
};

struct chain {
	struct part parts[LOGS_MAX];
	int count;
	int unreadable;
};

static int64_t next_of(const struct part *p)
{
	return p->base + journal_count(p->journal);
}

int64_t chain_next(const struct chain *c)
{
	return c->count == 0 ? 0 : next_of(&c->parts[c->count - 1]);
}

int chain_unreadable(const struct chain *c)
{
	return c->unreadable;
}

/* base: of a log that is empty and cannot say it itself. */
static bool add(struct chain *c, struct disk *d, int log, int64_t base, struct err *e)
{
	struct part *p = &c->parts[c->count];
	char dir[LOG_DIR_BYTES];
	int64_t least = chain_next(c);

	log_dir(log, dir);
	if (!journal_peek(&p->journal, d, dir, e))
		return false;
	p->log = log;
	p->base = log == 1 ? 0 : base;
	if (log > 1 && journal_count(p->journal) > 0 &&
	    !newest_base(p->journal, &p->base, e)) {
		journal_close(p->journal);
		return false;
	}
	/* A log that was begun too early to know all before it still comes after them. */
	p->base = p->base > least ? p->base : least;
	c->count++;
	return true;
}

bool chain_open(struct chain **c, struct disk *d, int64_t base, struct err *e)
{
	struct chain *made = calloc(1, sizeof(*made));
	int newest;

	must(made != NULL);
	bool ok = newest_log(d, &newest, e);
	for (int log = 1; ok && log <= newest; log++) {
		if (add(made, d, log, base, e))
			continue;
		made->unreadable++;
		ok = log < newest; /* the newest is needed, older ones are missed */
	}
	if (!ok) {
		chain_close(made);
		return false;
	}
	*c = made;
	return true;
}

void chain_close(struct chain *c)
{
	if (c == NULL)
		return;
	for (int i = 0; i < c->count; i++)
		journal_close(c->parts[i].journal);
	free(c);
}

void chain_note(struct chain *c, const char *text, size_t len)
{
	must(c->count > 0);
	journal_note(c->parts[c->count - 1].journal, text, len);
}

struct reading {
	int64_t base;
	bool (*each)(int64_t n, const char *text, size_t len, void *arg);
	void *arg;
	bool stopped;
};

static bool pass_on(int64_t index, const char *text, size_t len, void *arg)
{
	struct reading *r = arg;

	r->stopped = !r->each(r->base + index, text, len, r->arg);
	return !r->stopped;
}

bool chain_read(struct chain *c, int64_t from, int64_t to,
		bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		struct err *e)
{
	struct reading r = {.each = each, .arg = arg};

	must(from >= 0);
	for (int i = 0; i < c->count && !r.stopped; i++) {
		struct part *p = &c->parts[i];
		int64_t first = from > p->base ? from : p->base;
		int64_t end = to < next_of(p) ? to : next_of(p);

		r.base = p->base;
		if (first < end && !journal_read(p->journal, first - p->base, end - p->base,
						 pass_on, &r, e))
			return false;
	}
	return true;
}

bool chain_where(const struct chain *c, int64_t n, char log[static LOG_DIR_BYTES],
		 int64_t *index)
{
	for (int i = 0; i < c->count; i++) {
		const struct part *p = &c->parts[i];

		if (n < p->base || n >= next_of(p))
			continue;
		log_dir(p->log, log);
		*index = n - p->base;
		return true;
	}
	return false;
}

int64_t chain_after(const struct chain *c, const char *log)
{
	int number = log_dir_number(log);

	for (int i = 0; i < c->count; i++)
		if (c->parts[i].log > number)
			return journal_count(c->parts[i].journal) > 0 ? c->parts[i].base : -1;
	return -1;
}

int64_t chain_before(const struct chain *c, int64_t before)
{
	for (int i = c->count - 1; i >= 0; i--) {
		const struct part *p = &c->parts[i];
		int64_t last = (before < next_of(p) ? before : next_of(p)) - 1;

		if (last >= p->base)
			return last;
	}
	return -1;
}
