/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uploads by tus 1.0 at /files: core protocol, creation, creation-with-upload, expiration, checksum
 * and termination of https://tus.io/protocols/resumable-upload. What the file is called and so on
 * comes in Upload-Metadata, in the words of POST /api/bulletins. GET /files/ID, which tus leaves
 * free, tells what became of it. */
#ifndef VX_WEB_TUS_H
#define VX_WEB_TUS_H

#include <stddef.h>

struct request;

/* OPTIONS: what is spoken here. */
void tus_options(struct request *r);

/* POST /files: begins one; a body of offset+octet-stream is its first piece. */
void tus_create_begin(struct request *r);
/* PATCH /files/ID: goes on with it. */
void tus_patch_begin(struct request *r);
/* Pieces and end of either body. */
void tus_body(struct request *r, const char *data, size_t len);
void tus_create_answer(struct request *r);
void tus_patch_answer(struct request *r);

/* HEAD and GET of /files/ID. */
void tus_tell(struct request *r);
/* DELETE /files/ID. */
void tus_delete(struct request *r);

/* The method that is meant: X-HTTP-Method-Override of a POST to /files/…, which is for those whose
 * way here knows no PATCH. The rest of the program sees that one only. */
const char *tus_method(struct request *r, const char *method, const char *path);

#endif
