/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A single-reader single-writer ring of fixed-size records: how data crosses a thread or
 * process. */
#ifndef VX_BASE_RING_H
#define VX_BASE_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The contract: exactly one thread writes and one reads. Counters run freely and wrap; the number
 * of records held is write − read. The writer publishes records with a release store of `write`,
 * the reader frees them with a release store of `read`; each acquires the other's. Memory belongs
 * to the caller, so that a ring may lie in memory shared with a child process (then only the
 * offsets below are shared, never the pointer). Every function here is RT-safe: no allocation,
 * lock, system call or loop longer than `count`. */
struct ring {
	uint32_t record_bytes;	/* size of one record; set once */
	uint32_t capacity;	/* records; a power of two; set once */
	_Atomic uint32_t write; /* only the writer stores */
	_Atomic uint32_t read;	/* only the reader stores */
};

/* Prepares a ring; capacity must be a power of two. Before the threads start. */
void ring_init(struct ring *r, uint32_t record_bytes, uint32_t capacity);

/* Bytes of memory that ring_push and ring_pull need behind `memory`. */
size_t ring_bytes(const struct ring *r);

/* Writer: how many records fit now (may grow at any moment). */
uint32_t ring_space(const struct ring *r);

/* Reader: how many records are held now (may grow at any moment). */
uint32_t ring_held(const struct ring *r);

/* Writer: copies up to count records in; returns how many went in. */
uint32_t ring_push(struct ring *r, void *memory, const void *records, uint32_t count);

/* Reader: copies up to count records out; returns how many came out. NULL throws them away. */
uint32_t ring_pull(struct ring *r, const void *memory, void *records, uint32_t count);

#endif
