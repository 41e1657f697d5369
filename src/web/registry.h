/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /api/registers: what is counted besides airings. */
#ifndef VX_WEB_REGISTRY_H
#define VX_WEB_REGISTRY_H

struct request;

/* POST: one row, as the command register.write has it, but for the register, which is the path's
 * parameter. */
void registry_write(struct request *r);

#endif
