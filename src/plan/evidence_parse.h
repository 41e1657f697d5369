/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence: {tsa, tsa_ca, witnesses} of station.yaml: who sees the log's head from outside. */
#ifndef VX_PLAN_EVIDENCE_PARSE_H
#define VX_PLAN_EVIDENCE_PARSE_H

#include "plan/settings.h"
#include "plan/yamlread.h"

/* Fills the members of s that tell of witnesses; faults go to r. */
void evidence_parse(struct yamlread *r, const struct yamlnode *n, struct settings *s);

#endif
