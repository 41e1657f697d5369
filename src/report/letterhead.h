/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head that Decree 30/2020/NĐ-CP (Phụ lục I) gives a document, and the place for signatures,
 * with dots where only people know what stands there. In Vietnamese whoever reads it: they are the
 * state's. In vangxa-report only. */
#ifndef VX_REPORT_LETTERHEAD_H
#define VX_REPORT_LETTERHEAD_H

#include "base/letter.h"
#include "report/paper.h"

#define LETTERHEAD_DOTS "……………………"
#define LETTERHEAD_SIGN_ROOM (44 * PAPER_MM)

/* In `room` points from x on; returns where the text goes on. letter NULL: nobody says; an issuer
 * that is not said is the station. */
double letterhead_draw(struct paper *p, double x, double y, double room,
		       const struct letter *letter, const char *station);

/* On the right who signs; on the left whoever drew it up ("NGƯỜI LẬP BIỂU"; "": nothing, the
 * caller's). Needs LETTERHEAD_SIGN_ROOM. */
double letterhead_sign(struct paper *p, double x, double y, double room, const char *maker,
		       const struct letter *letter);

#endif
