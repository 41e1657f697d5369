/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending a bulletin without scripts: a form at /gui, whose file goes the way of all uploads, and a
 * page that says what became of it. Rights, limits and checks are those of the other ways. */
#ifndef VX_WEB_GUI_H
#define VX_WEB_GUI_H

#include <jansson.h>
#include <stddef.h>

struct request;

/* GET /gui: the form. */
void gui_form(struct request *r);

/* POST /gui, multipart/form-data: the words of POST /api/bulletins as fields, and "file". 303 to
 * /gui/ID once it is durable. */
void gui_begin(struct request *r);
void gui_body(struct request *r, const char *data, size_t len);
void gui_answer(struct request *r);
/* The browser has gone: half a file is thrown away, a whole one goes on into the library. */
void gui_forsake(struct request *r);

/* GET /gui/ID: what became of it; looked at again by itself until that is known. */
void gui_outcome(struct request *r);

/* POST /gui/login, a form's name and password; asks the station. 303 to /gui. */
void gui_login_body(struct request *r, const char *data, size_t len);
void gui_login(struct request *r);
void gui_logged_in(struct request *r, json_t *body);

#endif
