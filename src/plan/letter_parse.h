/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: {superior, issuer, place, symbol, signer_for, signer_title, signer_name} of station.yaml:
 * what stands in the head of a document and where it is signed. */
#ifndef VX_PLAN_LETTER_PARSE_H
#define VX_PLAN_LETTER_PARSE_H

#include "plan/settings.h"
#include "plan/yamlread.h"

/* Fills s->letter; faults go to r. map NULL: nothing is set. */
void letter_parse(struct yamlread *r, const struct yamlnode *map, struct settings *s);

#endif
