/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last frames are held once for all clients; a client is only a number (its next frame) and
 * a few frames being sent. So a slow one costs no memory and no other client notices it. */
#include "mix/livecast.h"

#include "base/must.h"
#include "sys/sock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool livecast_open(struct livecast *l, const char *path, int frame_bytes, struct err *e)
{
	must(frame_bytes > 0 && frame_bytes <= MP3_FRAME_BYTES_MAX);
	*l = (struct livecast){.frame_bytes = frame_bytes};
	snprintf(l->path, sizeof(l->path), "%s", path);
	for (int i = 0; i < LIVE_CLIENTS_MAX; i++)
		l->clients[i].fd = -1;
	l->listen_fd = sock_listen(path, e);
	return l->listen_fd >= 0;
}

static void drop(struct livecast *l, struct livecast_client *c)
{
	close(c->fd);
	c->fd = -1;
	l->client_count--;
}

void livecast_close(struct livecast *l)
{
	for (int i = 0; i < LIVE_CLIENTS_MAX; i++)
		if (l->clients[i].fd >= 0)
			drop(l, &l->clients[i]);
	if (l->listen_fd < 0)
		return;
	close(l->listen_fd);
	unlink(l->path);
	l->listen_fd = -1;
}

void livecast_frame(struct livecast *l, const uint8_t *mp3)
{
	memcpy(l->held[l->made % LIVE_FRAMES], mp3, (size_t)l->frame_bytes);
	l->made++;
}

static struct livecast_client *free_place(struct livecast *l)
{
	for (int i = 0; i < LIVE_CLIENTS_MAX; i++)
		if (l->clients[i].fd < 0)
			return &l->clients[i];
	return NULL;
}

static void accept_all(struct livecast *l, struct frame now)
{
	int fd, bytes = LIVE_SOCKET_BYTES;

	while ((fd = sock_accept(l->listen_fd)) >= 0) {
		struct livecast_client *c = free_place(l);
		if (c == NULL) {
			close(fd);
			continue;
		}
		/* The default holds half a minute of 64 kbit/s: a slow listener would hear old
		 * news. */
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
		uint64_t burst = l->made < LIVE_BURST_FRAMES ? l->made : LIVE_BURST_FRAMES;
		*c = (struct livecast_client){.fd = fd, .next = l->made - burst, .moved = now};
		l->client_count++;
	}
}

/* Bytes sent, 0 if the socket is full, −1 if the client is gone. */
static ssize_t send_some(struct livecast_client *c, const uint8_t *data, size_t len)
{
	ssize_t n = send(c->fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
		return 0;
	return n;
}

/* The next whole frames into c->part. A client so far behind that its next frame is gone goes
 * on with the newest: the oldest still held would be gone again at the next turn. False: it has
 * all. */
static bool take_part(struct livecast *l, struct livecast_client *c)
{
	if (l->made - c->next > LIVE_FRAMES) {
		c->lost += l->made - 1 - c->next;
		c->next = l->made - 1;
	}
	c->rest = c->rest_len = 0;
	while (c->next < l->made && c->rest_len + l->frame_bytes <= LIVE_PART_BYTES) {
		memcpy(c->part + c->rest_len, l->held[c->next % LIVE_FRAMES],
		       (size_t)l->frame_bytes);
		c->rest_len += l->frame_bytes;
		c->next++;
	}
	return c->rest_len > 0;
}

/* Sends until the client has all or its socket is full. False: it is gone. */
static bool serve_client(struct livecast *l, struct livecast_client *c, struct frame now)
{
	while (c->rest < c->rest_len || take_part(l, c)) {
		ssize_t n = send_some(c, c->part + c->rest, (size_t)(c->rest_len - c->rest));
		if (n < 0)
			return false;
		if (n == 0)
			return now.n - c->moved.n < LIVE_STALL_S * FRAMES_PER_S;
		c->rest += (int)n;
		c->moved = now;
	}
	c->moved = now;
	return true;
}

void livecast_serve(struct livecast *l, struct frame now)
{
	accept_all(l, now);
	for (int i = 0; i < LIVE_CLIENTS_MAX; i++) {
		struct livecast_client *c = &l->clients[i];
		if (c->fd >= 0 && !serve_client(l, c, now))
			drop(l, c);
	}
}
