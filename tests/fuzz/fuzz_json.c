/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as JSON of our own form: what the quick reader takes, jansson takes too, as the same
 * value. */
#include "base/json_plain.h"
#include "base/must.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	json_error_t fault;
	json_t *plain = json_plain((const char *)data, len);

	if (plain == NULL)
		return 0;
	json_t *full = json_loadb((const char *)data, len, JSON_REJECT_DUPLICATES, &fault);
	must(full != NULL && json_equal(plain, full));
	json_decref(plain);
	json_decref(full);
	return 0;
}
