/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tables share that count products. */
#ifndef VX_REPORT_PRODUCTS_H
#define VX_REPORT_PRODUCTS_H

#include "report/report.h"

struct register_row;

/* The day to which a row of the register of products belongs. */
struct date products_day(const struct report *r, const struct register_row *row);

/* The programmes of any register's row, "a,b". */
void products_programmes(const struct register_row *row, char *out, size_t size);

#endif
