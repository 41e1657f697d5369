/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said about a file that is sent in: the same words whichever way it comes. */
#ifndef VX_WEB_WORDS_H
#define VX_WEB_WORDS_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

/* Takes one word into the command bulletin.add: title, name (filename is the same), language, kind,
 * level, fund, from, to, sha256, replaces; programme (several at once with commas) and slot, each
 * as often as wanted. Form only, the station checks sense. Others are left out: ways of sending
 * have words of their own. False + err. */
bool words_take(json_t *command, const char *name, const char *value, struct err *e);

/* Has it a title? False + err. */
bool words_enough(const json_t *command, struct err *e);

#endif
