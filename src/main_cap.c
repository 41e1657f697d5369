/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-cap: reads signed CAP messages; `vangxa worker cap` becomes it. */
#include "base/text.h"
#include "plan/cap_read.h"

#include <unistd.h>

int main(void)
{
	text_init();
	_exit(cap_read_main());
}
