/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CAP messages for tests, as plan/cap_read.h tells of them. */
#ifndef VX_TESTS_SUPPORT_CAPCASE_H
#define VX_TESTS_SUPPORT_CAPCASE_H

#include <jansson.h>

/* An Alert, Actual, Public, sent 2026-11-23T05:00:00+07:00 by a@b, in Vietnamese, extreme and
 * immediate, until 06:00, without an area. The caller's. */
json_t *capcase_alert(const char *identifier);

/* Its only <info>, borrowed. */
json_t *capcase_info(json_t *alert);

/* alert[key] = value. */
void capcase_set(json_t *o, const char *key, const char *value);

#endif
