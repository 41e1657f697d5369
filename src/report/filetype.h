/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats that a report can have, for those who pass its files on without the libraries that
 * make them. Pure. */
#ifndef VX_REPORT_FILETYPE_H
#define VX_REPORT_FILETYPE_H

/* The media type of a format ("pdf"); NULL: no such format. */
const char *filetype_of(const char *format);

/* Format i, NULL past the last. */
const char *filetype_format(int i);

#endif
