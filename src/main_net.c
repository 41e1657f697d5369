/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-net: speaks with witnesses and time-stamp authorities; `vangxa witness` becomes it. */
#include "base/text.h"
#include "proof/envoy.h"

#include <unistd.h>

int main(int argc, char **argv)
{
	text_init();
	_exit(envoy_main(argc, argv));
}
