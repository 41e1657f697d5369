/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-net: speaks with witnesses and time-stamp authorities, `vangxa witness`, and fetches what
 * is relayed, `vangxa fetch`. */
#include "base/text.h"
#include "mix/fetch.h"
#include "proof/envoy.h"

#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	text_init();
	if (argc == 3 && strcmp(argv[1], "fetch") == 0)
		_exit(fetch_main(argv[2]));
	_exit(envoy_main(argc, argv));
}
