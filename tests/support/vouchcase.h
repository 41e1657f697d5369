/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signed log of some entries on a real disk, and one outside who may see it. */
#ifndef VX_TESTS_VOUCHCASE_H
#define VX_TESTS_VOUCHCASE_H

#include "station/vouching.h"
#include "support/outside.h"

extern char vc_dir[64];
extern struct disk_real vc_disk;
extern struct notary *vc_notary;
extern struct outside vc_outside;
extern struct vouching vc_job;
extern struct err vc_err;

void vc_setup(void);
void vc_teardown(void);
void vc_add(int count);
/* A job that asks this one witness, which is thought to have seen `old`. */
struct vouching_one *vc_ask(int64_t old);

#endif
