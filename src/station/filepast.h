/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a settings file was before: its versions as the log names them, who made each and when. */
#ifndef VX_STATION_FILEPAST_H
#define VX_STATION_FILEPAST_H

#include "base/err.h"
#include "station/commands.h"

#include <jansson.h>
#include <stdbool.h>

/* Adds to reply "versions", newest first and at most FILE_VERSIONS_TOLD: [{sha256, kept, since,
 * who}], and "people" (persons_add). kind is that of entries whose "files" name {file, sha256};
 * file is a path under DIR. False: the log could not be read. */
bool filepast_tell(struct request *rq, const char *kind, const char *file, json_t *reply,
		   struct err *e);

#endif
