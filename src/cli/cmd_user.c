/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa user add|passwd|disable|enable|list. */
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"
#include "people/password.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* One line without its newline. Bytewise from the descriptor: stdio would keep a copy. */
static bool read_line(int fd, char line[static PASSWORD_BYTES], struct err *e)
{
	size_t len = 0;
	char c = '\0';
	ssize_t n;

	while ((n = read(fd, &c, 1)) == 1 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		if (c == '\n')
			break;
		if (c == '\0' || len >= PASSWORD_BYTES - 1)
			return err_set(e, ERR_USAGE,
				       T("mật khẩu quá dài", "the password is too long"));
		line[len++] = c;
	}
	line[len] = '\0';
	if (n < 0)
		return err_errno(e, T("không đọc được mật khẩu", "cannot read the password"));
	return true;
}

/* Without echo when somebody types; the road not taken is getpass(3), which is obsolete and reads
 * no other descriptor. */
static bool ask(const char *prompt, char line[static PASSWORD_BYTES], struct err *e)
{
	struct termios kept, quiet;
	bool typed = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &kept) == 0;

	if (typed) {
		quiet = kept;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		fprintf(stderr, "%s: ", prompt);
	}
	bool ok = read_line(STDIN_FILENO, line, e);
	if (typed) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &kept);
		fputc('\n', stderr);
	}
	return ok;
}

static bool ask_password(char password[static PASSWORD_BYTES], struct err *e)
{
	char again[PASSWORD_BYTES];

	if (!ask(T("Mật khẩu", "Password"), password, e))
		return false;
	if (!isatty(STDIN_FILENO))
		return true;
	bool same = ask(T("Gõ lại mật khẩu", "Password again"), again, e) &&
		    (strcmp(password, again) == 0 ||
		     err_set(e, ERR_USAGE, T("hai lần gõ không giống nhau; chạy lại lệnh",
					     "the two are not the same; run it again")));
	password_wipe(again);
	return same;
}

static void print_account(const json_t *account)
{
	printf("%-10s %-16s %-10s %-8s %s\n", json_get_text(account, "user", ""),
	       json_get_text(account, "name", ""), json_get_text(account, "role", ""),
	       json_get_bool(account, "enabled", false) ? T("mở", "enabled")
							: T("khóa", "disabled"),
	       json_get_text(account, "person", ""));
}

static void print_all(const json_t *accounts)
{
	const json_t *one;
	size_t i;

	json_array_foreach(accounts, i, one)
		print_account(one);
}

struct words {
	const char *data, *role, *person;
	bool as_json;
	const char *verb, *name; /* name NULL: none given */
};

static bool read_words(int argc, char **argv, struct words *w, struct err *e)
{
	static const char *const verbs[] = {"add", "passwd", "disable", "enable", "list"};
	const struct arg options[] = {{.name = "data", .value = &w->data, .path = true},
				      {.name = "role", .value = &w->role},
				      {.name = "person", .value = &w->person},
				      {.name = "json", .flag = &w->as_json},
				      {0}};
	char **words;
	int count;

	if (!args_read(argc, argv, options, 1, 2, &words, &count, e))
		return false;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(words[0], verbs[i]) == 0)
			w->verb = verbs[i];
	w->name = count > 1 ? words[1] : NULL;
	bool list = w->verb != NULL && strcmp(w->verb, "list") == 0;
	bool add = w->verb != NULL && strcmp(w->verb, "add") == 0;
	if (w->verb == NULL || list != (w->name == NULL))
		return err_set(e, ERR_USAGE,
			       T("user add|passwd|disable|enable TÊN, hoặc user list",
				 "user add|passwd|disable|enable NAME, or user list"));
	if (add && w->role == NULL)
		return err_set(e, ERR_USAGE,
			       T("user add: thiếu --role operator|producer|approver|inspector|"
				 "admin",
				 "user add: --role operator|producer|approver|inspector|admin is "
				 "missing"));
	if (!add && (w->role != NULL || w->person != NULL))
		return err_set(e, ERR_USAGE, T("--role và --person chỉ dùng với: user add",
					       "--role and --person go with: user add"));
	return list || args_utf8(T("tên đăng nhập", "the account"), w->name, e);
}

static bool add_password(const struct words *w, json_t *rq, struct err *e)
{
	char password[PASSWORD_BYTES];

	if (strcmp(w->verb, "add") != 0 && strcmp(w->verb, "passwd") != 0)
		return true;
	bool ok = ask_password(password, e) &&
		  args_utf8(T("mật khẩu", "the password"), password, e);
	if (ok)
		json_object_set_new(rq, "password", json_string(password));
	password_wipe(password);
	return ok;
}

int cmd_user(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	json_t *reply;
	char command[32];

	if (!read_words(argc, argv, &w, &e))
		return args_fail(&e);
	snprintf(command, sizeof(command), "user.%s", w.verb);
	json_t *rq = json_pack("{s:s, s:s*, s:s*, s:s*}", "do", command, "name", w.name, "role",
			       w.role, "person", w.person);
	if (!add_password(&w, rq, &e)) {
		json_decref(rq);
		return args_fail(&e);
	}
	if (!remote_call(args_data(w.data), rq, NULL, NULL, &reply, &e))
		return args_fail(&e);
	const json_t *account = json_object_get(reply, "account");
	const json_t *accounts = json_object_get(reply, "accounts");
	if (w.as_json)
		remote_print(account != NULL ? account : accounts);
	else if (account != NULL)
		print_account(account);
	else
		print_all(accounts);
	json_decref(reply);
	return 0;
}
