/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of /gui: what a browser without scripts shows. Pure but for what they are told. */
#ifndef VX_WEB_GUIPAGE_H
#define VX_WEB_GUIPAGE_H

#include "base/err.h"

#include <microhttpd.h>

struct tuslife;

/* Each response is the caller's. */

/* The form to send a bulletin. */
struct MHD_Response *guipage_form(void);

/* What became of an upload; while nothing did, it asks to be looked at again. */
struct MHD_Response *guipage_outcome(const struct tuslife *u);

/* The sentence and the way back; for whoever is not logged in, the form to do so. */
struct MHD_Response *guipage_refusal(const struct err *e);

/* For a status that leads elsewhere. */
struct MHD_Response *guipage_go(const char *place);

#endif
