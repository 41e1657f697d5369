/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/pcmpipe.h"

#include "base/must.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static size_t body_bytes(const struct pcm_record *r)
{
	return r->kind == PCM_DATA ? (size_t)r->frames * sizeof(float) : 0;
}

bool pcm_send(int fd, const struct pcm_record *r, const float *samples)
{
	size_t done = 0, head = sizeof(*r), total = head + body_bytes(r);

	must(r->kind != PCM_DATA || (r->frames >= 1 && r->frames <= PCM_CHUNK_FRAMES));
	while (done < total) {
		struct iovec parts[2] = {{0}};
		int count = 0;

		if (done < head)
			parts[count++] = (struct iovec){(char *)(uintptr_t)r + done, head - done};
		size_t skip = done > head ? done - head : 0;
		if (total > head)
			parts[count++] = (struct iovec){(char *)(uintptr_t)samples + skip,
							total - head - skip};
		ssize_t n = writev(fd, parts, count);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static bool levels_valid(const struct pcm_levels *l)
{
	for (uint32_t c = 0; c < l->channels && c < PCM_LEVELS_MAX; c++)
		/* False for NaN. */
		if (!(l->mean_square[c] >= 0 && l->mean_square[c] <= 2e6f))
			return false;
	return l->channels <= PCM_LEVELS_MAX;
}

static bool head_valid(const struct pcm_record *r)
{
	switch (r->kind) {
	case PCM_BEGIN:
		return memchr(r->format, '\0', sizeof(r->format)) != NULL;
	case PCM_DATA:
		return r->frames >= 1 && r->frames <= PCM_CHUNK_FRAMES && r->channels == 1;
	case PCM_END:
		return r->status < PCM_STATUS_COUNT && levels_valid(&r->levels);
	default:
		return false;
	}
}

/* True when the whole record is here; sets *broken for nonsense in its head. */
static bool complete(const struct pcm_reader *p, bool *broken)
{
	if (p->have < sizeof(p->record))
		return false;
	*broken = !head_valid(&p->record);
	return *broken || p->have == sizeof(p->record) + body_bytes(&p->record);
}

static ssize_t read_more(struct pcm_reader *p)
{
	size_t head = sizeof(p->record);

	if (p->have < head)
		return read(p->fd, (char *)&p->record + p->have, head - p->have);
	size_t body = p->have - head;
	return read(p->fd, (char *)p->samples + body, body_bytes(&p->record) - body);
}

enum pcm_got pcm_receive(struct pcm_reader *p, int timeout_ms)
{
	bool broken = false;

	while (!complete(p, &broken)) {
		struct pollfd ready = {.fd = p->fd, .events = POLLIN};
		int n = poll(&ready, 1, timeout_ms);

		if (n == 0 || (n < 0 && errno == EINTR))
			return PCM_WAIT;
		ssize_t got = read_more(p);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got <= 0)
			return PCM_BROKEN;
		p->have += (size_t)got;
	}
	p->have = 0;
	return broken ? PCM_BROKEN : PCM_GOT;
}
