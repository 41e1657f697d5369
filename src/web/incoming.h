/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder DIR/incoming: files under way to the library, under random names. */
#ifndef VX_WEB_INCOMING_H
#define VX_WEB_INCOMING_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INCOMING_ID_BYTES 33 /* 32 hexadecimal digits: nobody guesses another's */

/* Room for so many bytes beside UPLOAD_RESERVE_BYTES? ERR_NO_SPACE with a sentence if not. The
 * master of an MP3 is larger than the MP3, but the station checks that itself when it knows the
 * length. */
bool incoming_has_room(const char *dir, int64_t bytes, struct err *e);

/* A name that nobody has; makes the folder if need be. */
bool incoming_name(const char *dir, char id[static INCOMING_ID_BYTES], struct err *e);

/* True if the name is one of ours. */
bool incoming_is_id(const char *name);

/* DIR/incoming/ID and what is put behind it, into PATH_BYTES. */
void incoming_path(const char *dir, const char *id, const char *ending, char *path);

/* Writes all bytes at the place `at` of the file. */
bool incoming_write(int fd, const char *data, size_t len, int64_t at, struct err *e);

/* The names in the folder survive a power cut from here on. May take seconds. */
bool incoming_sync_folder(const char *dir, struct err *e);

/* Removes what earlier processes left more than a day ago, but not what keep(id, arg) claims; keep
 * may be NULL. */
void incoming_clean(const char *dir, bool (*keep)(const char *id, void *arg), void *arg);

#endif
