/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which program keeps this machine's clock right, as far as it can be seen. */
#ifndef VX_SYS_TIMEKEEPER_H
#define VX_SYS_TIMEKEEPER_H

/* "chronyd" | "timesyncd" | "ntpd" | "phc2sys" if just one of them runs. NULL: none does, several
 * do, or it cannot be seen (other users' processes are hidden, a container). The kernel does not
 * say who disciplines its clock; that a synchronised clock is this program's doing is concluded
 * from its being the only one there. proc: "/proc", or a test's folder like it. Reads a file a
 * process, about 2 ms. Any thread. */
const char *timekeeper_find(const char *proc);

#endif
