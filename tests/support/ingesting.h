/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ingest as tests use it: one upload in a folder of its own, taken or refused. */
#ifndef VX_TESTS_INGESTING_H
#define VX_TESTS_INGESTING_H

#include "library/ingest.h"
#include "support/sound.h"

#include <stdbool.h>

/* DIR of this test and the upload in it; set by the fixture below. */
extern char ingest_dir[64], ingest_path[128];
void ingest_setup(void);
void ingest_teardown(void);

/* Ingests the upload; checks that the descriptor's offset stays. */
bool ingest_upload(struct ingest_result *r, struct err *e);

/* The upload must be taken. */
struct ingest_result ingest_taken(void);

/* It must be refused with a sentence that holds the word, and leave nothing behind. */
void ingest_refused(const char *word);

/* How many files lie in DIR/sub. */
int ingest_files(const char *sub);

/* The master read back; free data. */
struct sound_file ingest_master(const struct ingest_result *r);

#endif
