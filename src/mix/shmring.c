/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/shmring.h"

#include "base/err.h"
#include "base/must.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The writer may be copying one block while the reader looks: those slots belong to nobody. */
#define UNSAFE_FRAMES BLOCK_FRAMES

static size_t bytes_for(int channels)
{
	return sizeof(struct shmring) + sizeof(float) * SHMRING_FRAMES * (size_t)channels;
}

static struct shmring *map(int fd, size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

int shmring_create(struct shmring **s, int channels, struct err *e)
{
	must(channels >= 1 && channels <= ZONES_MAX);
	size_t bytes = bytes_for(channels);
	int fd = memfd_create("vangxa-sink", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, (off_t)bytes) != 0 || (*s = map(fd, bytes)) == NULL) {
		err_errno(e, T("không lấy được bộ nhớ chung cho thiết bị phát",
			       "no shared memory for the sound device"));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	(*s)->bytes = (uint32_t)bytes;
	(*s)->channels = (uint32_t)channels;
	shmring_reset(*s);
	return fd;
}

struct shmring *shmring_open(int fd, struct err *e)
{
	struct stat st;
	struct shmring *s = NULL;

	if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(*s))
		s = map(fd, (size_t)st.st_size);
	if (s != NULL && s->channels >= 1 && s->channels <= ZONES_MAX &&
	    s->bytes == (size_t)st.st_size && s->bytes == bytes_for((int)s->channels))
		return s;
	if (s != NULL)
		munmap(s, (size_t)st.st_size);
	err_set(e, ERR_USAGE,
		T("bộ mô tả 3 không phải bộ nhớ chung của đài; lệnh này do đài tự gọi",
		  "descriptor 3 is not the station's memory; the station runs this command"));
	return NULL;
}

void shmring_close(struct shmring *s)
{
	if (s != NULL)
		munmap(s, bytes_for((int)s->channels));
}

void shmring_reset(struct shmring *s)
{
	s->report = (struct latest){0};
	s->opened[0] = s->fault[0] = '\0';
	atomic_store(&s->offset, SHMRING_UNARMED);
	atomic_store(&s->applied, SHMRING_UNARMED);
	atomic_store(&s->first, 0);
	atomic_store(&s->write, 0);
	atomic_store(&s->state, SHMRING_OPENING);
	atomic_store(&s->beats, 0);
	atomic_store(&s->consumed_frames, 0);
	atomic_store(&s->silent_frames, 0);
	atomic_store(&s->xruns, 0);
	atomic_store(&s->slips, 0);
}

/* Copies between the ring and flat memory, in at most two pieces. */
static float *slot(const struct shmring *s, int64_t frame, int *room)
{
	int64_t at = frame & (SHMRING_FRAMES - 1);

	*room = (int)(SHMRING_FRAMES - at);
	return (float *)s->frames + at * s->channels;
}

static void copy_in(struct shmring *s, int64_t first, const float *interleaved, int count)
{
	size_t frame_bytes = sizeof(float) * s->channels;
	int room;
	float *to = slot(s, first, &room);
	int before = count < room ? count : room;

	memcpy(to, interleaved, frame_bytes * (size_t)before);
	memcpy(s->frames, interleaved + (size_t)before * s->channels,
	       frame_bytes * (size_t)(count - before));
}

void shmring_write(struct shmring *s, struct frame first, const float *interleaved, int count)
{
	int64_t write = atomic_load_explicit(&s->write, memory_order_relaxed);

	must(count > 0 && count <= UNSAFE_FRAMES && first.n >= write);
	if (first.n != write)
		atomic_store_explicit(&s->first, first.n, memory_order_release);
	copy_in(s, first.n, interleaved, count);
	atomic_store_explicit(&s->write, first.n + count, memory_order_release);
}

/* Frames first … end − 1 were there when looked at. */
static int64_t oldest(const struct shmring *s, int64_t write)
{
	int64_t kept = write - SHMRING_FRAMES + UNSAFE_FRAMES;
	int64_t first = atomic_load_explicit(&s->first, memory_order_acquire);

	return kept > first ? kept : first;
}

void shmring_rewrite(struct shmring *s, struct frame first, const float *interleaved, int count)
{
	int64_t write = atomic_load_explicit(&s->write, memory_order_relaxed);
	int64_t from = oldest(s, write);

	must(count > 0 && first.n + count <= write);
	from = from > first.n ? from : first.n;
	if (from < first.n + count)
		copy_in(s, from, interleaved + (from - first.n) * s->channels,
			(int)(first.n + count - from));
}

static void copy_out(const struct shmring *s, int64_t first, float *out, int count)
{
	size_t frame_bytes = sizeof(float) * s->channels;
	int room;
	const float *from = slot(s, first, &room);
	int before = count < room ? count : room;

	memcpy(out, from, frame_bytes * (size_t)before);
	memcpy(out + (size_t)before * s->channels, s->frames,
	       frame_bytes * (size_t)(count - before));
}

int shmring_read(const struct shmring *s, struct frame first, float *out, int count)
{
	int64_t write = atomic_load_explicit(&s->write, memory_order_acquire);
	int64_t from = oldest(s, write), to = first.n + count;
	size_t frame_bytes = sizeof(float) * s->channels;

	from = from > first.n ? from : first.n;
	to = to < write ? to : write;
	if (from >= to) {
		memset(out, 0, frame_bytes * (size_t)count);
		return 0;
	}
	memset(out, 0, frame_bytes * (size_t)(from - first.n));
	copy_out(s, from, out + (from - first.n) * s->channels, (int)(to - from));
	memset(out + (to - first.n) * s->channels, 0, frame_bytes * (size_t)(first.n + count - to));
	/* The writer may have lapped us meanwhile: then these are not the frames we wanted. */
	if (oldest(s, atomic_load_explicit(&s->write, memory_order_acquire)) <= from)
		return (int)(to - from);
	memset(out, 0, frame_bytes * (size_t)count);
	return 0;
}

void shmring_put_report(struct shmring *s, const struct shmring_report *r)
{
	int64_t words[] = {r->position, r->frames, r->heard.ns, r->latency_ns};

	latest_put(&s->report, words, 4);
}

bool shmring_get_report(const struct shmring *s, struct shmring_report *r)
{
	int64_t words[4];

	if (!latest_get(&s->report, words, 4))
		return false;
	*r = (struct shmring_report){words[0], words[1], {words[2]}, words[3]};
	return true;
}
