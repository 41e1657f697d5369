/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a power cut leaves of the simulated disk, and what else can be asked of it. */
#include "base/must.h"
#include "sys/disk_sim_inside.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR_BYTES 512

/* Two of the seeds in eight are the extremes: nothing or everything of what was not promised. */
struct luck {
	struct chance chance;
	int fixed; /* −1 by chance, 0 never, 1 always */
};

static bool lucky(struct luck *l)
{
	return l->fixed >= 0 ? l->fixed == 1 : chance_below(&l->chance, 2) == 1;
}

static void zero_sectors(struct luck *l, char *data, size_t from, size_t to)
{
	while (from < to) {
		size_t end = (from / SECTOR_BYTES + 1) * SECTOR_BYTES;

		end = end < to ? end : to;
		if (!lucky(l))
			memset(data + from, 0, end - from);
		from = end;
	}
}

static void survive_tail(struct luck *l, const struct inode *from, struct inode *to)
{
	size_t tail = from->data.len - from->synced;

	if (l->fixed == 0 || tail == 0)
		return;
	switch (l->fixed == 1 ? 1 : chance_below(&l->chance, 4)) {
	case 0:
		return;
	case 1:
		buf_add(&to->data, from->data.data + from->synced, tail);
		return;
	case 2:
		buf_add(&to->data, from->data.data + from->synced, chance_below(&l->chance, tail));
		return;
	default:
		buf_add(&to->data, from->data.data + from->synced, tail);
		zero_sectors(l, to->data.data, from->synced, from->data.len);
	}
}

void inode_promise(struct inode *i, bool all)
{
	int kept = 0;

	for (int k = 0; k < i->over_count; k++) {
		if (!all && i->overs[k].stuck)
			i->overs[kept++] = i->overs[k];
		else
			buf_finish(&i->overs[k].old);
	}
	i->over_count = kept;
	if (kept == 0) {
		free(i->overs);
		i->overs = NULL;
	}
}

/* The newest first: what lies below is what came before it. */
static void survive_overs(struct luck *l, const struct inode *from, struct inode *to)
{
	for (int k = from->over_count - 1; k >= 0; k--) {
		const struct over *o = &from->overs[k];
		size_t end = o->at + o->old.len;

		for (size_t at = o->at, next; at < end; at = next) {
			next = (at / SECTOR_BYTES + 1) * SECTOR_BYTES;
			next = next < end ? next : end;
			if ((o->stuck && l->fixed != 1) || !lucky(l))
				memcpy(to->data.data + at, o->old.data + (at - o->at), next - at);
		}
	}
}

static void survive(struct luck *l, const struct inode *from, struct inode *to)
{
	*to = (struct inode){.is_dir = from->is_dir, .reserved = from->reserved};
	if (from->has_old && !lucky(l)) {
		buf_add(&to->data, buf_str(&from->old), from->old.len);
	} else {
		buf_add(&to->data, buf_str(&from->data), from->synced);
		if (from->hole_to > from->hole_from && l->fixed != 1)
			memset(to->data.data + from->hole_from, 0, from->hole_to - from->hole_from);
		survive_overs(l, from, to);
		survive_tail(l, from, to);
	}
	to->synced = to->data.len;
}

static void survive_names(struct luck *l, const struct disk_sim *d, struct names *names)
{
	bool *happened = calloc((size_t)d->change_count + 1, sizeof(*happened));

	must(happened != NULL);
	names_copy(names, &d->kept);
	for (int i = 0; i < d->change_count; i++) {
		happened[i] = lucky(l);
		for (int k = 0; happened[i] && k < i; k++)
			if (!happened[k] && change_needs(&d->changes[i], &d->changes[k]))
				happened[i] = false;
		if (happened[i])
			change_apply(names, &d->changes[i]);
	}
	free(happened);
}

struct disk_sim *disk_sim_survivor(const struct disk_sim *d, uint64_t seed)
{
	struct disk_sim *s = disk_sim_create();
	struct luck l = {{seed}, seed % 8 < 2 ? (int)(seed % 8) : -1};

	names_finish(&s->kept);
	names_finish(&s->now);
	survive_names(&l, d, &s->kept);
	for (int i = 0; i < s->kept.count; i++) {
		const struct inode *from = &d->inodes[s->kept.list[i].inode];
		int inode = inode_add(s, from->is_dir);

		survive(&l, from, &s->inodes[inode]);
		s->kept.list[i].inode = inode;
		int64_t held = (int64_t)s->inodes[inode].data.len;
		s->used += held > from->reserved ? held : from->reserved;
	}
	names_copy(&s->now, &s->kept);
	s->capacity = d->capacity;
	return s;
}

void disk_sim_power_cut(struct disk_sim *d, uint64_t seed)
{
	struct disk_sim *s = disk_sim_survivor(d, seed);
	struct disk_sim old = *d;

	/* d keeps its address and its counters, s takes the old contents to the grave. */
	*d = *s;
	d->operations = old.operations;
	d->off_at = -1;
	d->life = old.life + 1;
	d->before = old.before;
	d->before_arg = old.before_arg;
	d->lie_percent = old.lie_percent;
	d->lie = old.lie;
	*s = old;
	disk_sim_destroy(s);
}

void disk_sim_watch(struct disk_sim *d, void (*before)(void *arg), void *arg)
{
	d->before = before;
	d->before_arg = arg;
}

void disk_sim_power_off_after(struct disk_sim *d, int64_t n)
{
	d->off_at = n < 0 ? -1 : d->operations + n;
}

bool disk_sim_power_is_off(const struct disk_sim *d)
{
	return d->off;
}

void disk_sim_fail(struct disk_sim *d, enum disk_sim_fault what, int n, int repeat, int code)
{
	d->faults[what].in = n;
	d->faults[what].repeat = repeat;
	d->faults[what].code = code;
}

void disk_sim_capacity(struct disk_sim *d, int64_t bytes)
{
	d->capacity = bytes;
}

void disk_sim_lie(struct disk_sim *d, int percent, uint64_t seed)
{
	d->lie_percent = percent;
	d->lie.state = seed;
}
