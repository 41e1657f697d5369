/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notary on a simulated disk, for the tests of what it does and of how it opens. */
#ifndef VX_TESTS_NOTARY_CASE_H
#define VX_TESTS_NOTARY_CASE_H

#include "proof/notary.h"
#include "sys/disk_sim.h"

#include <jansson.h>

extern struct disk_sim *case_sim;
extern struct notary *case_notary;
extern struct err case_err;
extern struct notary_setup case_how;

struct disk *case_disk(void);
/* The next case_begin happens in that run of the machine. */
void case_boot(const char *boot);
void case_begin(void);
/* A fresh simulated disk and an open notary on it; fixtures. */
void case_setup(void);
void case_teardown(void);
/* Its state. */
struct notary_state case_now(void);
int case_text(int64_t i, int salt, char out[static 64]);
/* Appends one entry; its words differ by salt. */
bool case_try(int salt);
void case_add(int count);
/* Appends an entry of the log's form, with its number and a time; o is taken. */
void case_append(json_t *o);
/* Closes and opens. */
void case_again(void);
/* The signed head of that log on the disk. */
bool case_head(struct disk *d, const char *log, struct checkpoint *c);
/* The head on the disk is signed, and is that of the entries on the disk. */
void case_check(const char *log, int64_t size);
bool case_there(const char *path);
void case_overwrite(const char *path, const void *data, size_t len);

#endif
