/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The version that the program tells, in the log and on the command line. */
#ifndef VX_BASE_VERSION_H
#define VX_BASE_VERSION_H

#define VANGXA_VERSION "0.1"

#endif
