/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A web server on the loopback whose every answer a test has written. */
#ifndef VX_TESTS_RADIO_H
#define VX_TESTS_RADIO_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define RADIO_PAGES 32

struct radio {
	char url[64]; /* "http://127.0.0.1:PORT" */
	struct radio_page {
		const char *path, *head; /* "200 OK\r\nContent-Type: …", no break at its end */
		const void *body;
		size_t len;
		atomic_int times; /* asked for so often */
	} pages[RADIO_PAGES];
	int count;
	int fd;
	pthread_t thread;
};

void radio_open(struct radio *r);
void radio_close(struct radio *r);

/* Before the first request; the texts stay the caller's. Of several with one path the first is
 * given once, then the second …, the last for ever. NULL head: headers that never end. */
void radio_page(struct radio *r, const char *path, const char *head, const void *body, size_t len);
/* With text as body, 200. */
void radio_text(struct radio *r, const char *path, const char *type_head, const char *text);

#endif
