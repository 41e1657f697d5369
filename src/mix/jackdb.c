/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/jackdb.h"

#include <errno.h>

int db_env_create(void **env, unsigned int flags)
{
	(void)env;
	(void)flags;
	return ENOTSUP;
}
