/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures within a sentence: in Vietnamese, as the documents of the state have them. */
#ifndef VX_REPORT_AMOUNT_H
#define VX_REPORT_AMOUNT_H

#include "base/buf.h"

#include <stdint.h>

/* "1.234"; "5.000.000". */
void amount_count(struct buf *out, int64_t number);
/* A duration to the minute: "1.234 giờ 5 phút", "12 giờ", "30 phút"; below half a minute in
 * seconds: "12 giây". */
void amount_time(struct buf *out, int64_t frames);
/* In tenths: "98,5 %". */
void amount_percent(struct buf *out, int64_t tenths);
/* Days since 1970: "05/02/2026". */
void amount_day(struct buf *out, int64_t day);

#endif
