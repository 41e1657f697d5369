/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa key rotate: a new key for the log, which goes on under the next name. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <string.h>

static void print(const json_t *reply)
{
	printf(T("Khóa mới: %s\nHãy in ra và gửi cho nơi kiểm tra; khóa cũ: %s\n",
		 "The new key: %s\nPrint it and send it to whoever inspects; the old key: %s\n"),
	       json_get_text(reply, "vkey", ""), json_get_text(reply, "previous", ""));
}

int cmd_key(int argc, char **argv)
{
	const char *data = NULL, *reason = NULL;
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "reason", .value = &reason},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e))
		return args_fail(&e);
	if (strcmp(words[0], "rotate") != 0) {
		err_set(&e, ERR_USAGE, T("key: chỉ có: rotate", "key: there is only: rotate"));
		return args_fail(&e);
	}
	return remote_tell(data, json_pack("{s:s, s:s*}", "do", "key.rotate", "reason", reason),
			   as_json, print);
}
