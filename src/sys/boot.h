/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which run of the machine this is and when it began: what tells a program that ended from a
 * machine that was off. */
#ifndef VX_SYS_BOOT_H
#define VX_SYS_BOOT_H

#include "base/moment.h"

#define BOOT_ID_BYTES 40

struct boot {
	char id[BOOT_ID_BYTES]; /* the kernel's random name for this boot; "" it does not say */
	struct mono since;	/* when the machine was switched on: at most 0, less by all sleep */
};

/* Asks the kernel (/proc/sys/kernel/random/boot_id, CLOCK_BOOTTIME). Never fails: what cannot be
 * known stays unknown. Any thread. */
void boot_read(struct boot *b);

#endif
