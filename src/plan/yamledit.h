/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing one value in a YAML text that a person wrote: comments, order and everything else stay
 * as they are. Pure. */
#ifndef VX_PLAN_YAMLEDIT_H
#define VX_PLAN_YAMLEDIT_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

/* Sets key of the map at the top, or of the map called `map` in it (NULL: none), to this text; one
 * that is not there is added. "" takes it out, which is done only at the top. plain: as it stands
 * (a number, true), else in quotes where YAML would take it for something else.
 *
 * Only in the usual form: keys at the start of a line, values of one line, no anchors or aliases.
 * ERR_REFUSED for another: whoever wrote it so changes it by hand. Nothing is changed then. What
 * the new text means is for the reader of the file to check. */
bool yamledit_set(struct buf *text, const char *map, const char *key, const char *value, bool plain,
		  struct err *e);

#endif
