/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that may wait for the disk, in their order. */
#include "station/record.h"

#include "proof/entry.h"
#include "station/emergency.h"
#include "sys/log.h"

/* Enough for days without a disk; beyond that the gap is accounted for once there is one. */
#define UNWRITTEN_MAX 10000
#define RETRY_NS NS_PER_S

/* A slow disk's queue is written for so long at a time: the loop has other things to do. */
#define FLUSH_NS (NS_PER_S / 10)

void record_late(struct playout *p, json_t *entry)
{
	entry_happened(entry, playout_now(p), &p->world->settings->tz);
}

/* A full disk is tried again after a while, one that hangs says at once that it still does. */
static void try_again(struct playout *p, const struct err *e)
{
	p->retry_at = mono_add_ns(clock_mono(p->clock), e->kind == ERR_STALLED ? 0 : RETRY_NS);
}

static void begin_queue(struct playout *p, const struct err *e)
{
	if (e->kind != ERR_STALLED) /* told once, whoever comes upon it (events.c) */
		log_warn("%s", e->text);
	p->unwritten = json_array();
	try_again(p, e);
}

/* Before the first that waits, but not for one that is on its way, to a slow disk most often: if
 * the power fails before the last of them is written, the next start knows from where on to
 * look. */
static void mark_queue(struct playout *p, const json_t *entry)
{
	if (p->unwritten_marked || ledger_fate(p->ledger, entry) != LEDGER_NOT)
		return;
	json_array_append_new(p->unwritten, owed_late(p));
	p->unwritten_marked = true;
}

static bool written(struct playout *p, json_t *entry, struct err *e)
{
	int64_t n;

	if (!ledger_append_soon(p->ledger, json_incref(entry), &n, e))
		return false;
	emergency_written(p, entry, n);
	return true;
}

void record_wait(struct playout *p, json_t *entry, const struct err *e)
{
	record_late(p, entry);
	if (p->unwritten == NULL)
		begin_queue(p, e);
	mark_queue(p, entry);
	json_array_append(p->unwritten, entry);
}

/* What cannot be written now waits its turn. */
void record_entry(struct playout *p, json_t *entry)
{
	struct err e = {0};

	if (p->unwritten == NULL && written(p, entry, &e)) {
		json_decref(entry);
		return;
	}
	if (json_array_size(p->unwritten) < UNWRITTEN_MAX)
		record_wait(p, entry, &e);
	else
		p->unwritten_lost = true;
	json_decref(entry);
}

void record_retry(struct playout *p)
{
	struct err e = {0};

	if (p->unwritten == NULL || clock_mono(p->clock).ns < p->retry_at.ns)
		return;
	struct mono until = mono_add_ns(clock_mono(p->clock), FLUSH_NS);
	while (json_array_size(p->unwritten) > 0) {
		if (!written(p, json_array_get(p->unwritten, 0), &e)) {
			try_again(p, &e);
			return;
		}
		json_array_remove(p->unwritten, 0);
		if (clock_mono(p->clock).ns > until.ns)
			return;
	}
	json_decref(p->unwritten);
	p->unwritten = NULL;
	p->unwritten_marked = false;
	if (p->unwritten_lost)
		owed_again(p, p->unwritten_from);
	p->unwritten_lost = false;
}
