/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "base/text.h"
#include "base/version.h"
#include "cli/args.h"
#include "cli/become.h"
#include "cli/usage.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct word {
	const char *name;
	const char *vi, *en; /* NULL: not for people */
} commands[] = {
	{"run", "đài và trang web, có giám sát", "station and web page, supervised"},
	{"station", "chỉ riêng đài", "the station alone"},
	{"web", "chỉ riêng trang web", "the web page alone"},
	{"check", "kiểm tra cài đặt và lịch phát", "check settings and timetables"},
	{"plan", "trình tự phát sắp tới", "the running order to come"},
	{"render", "nghe trước một ngày phát thành tệp âm thanh",
	 "a broadcast day as a sound file"},
	{"add", "đưa một bản tin vào", "hand in a bulletin"},
	{"approve", "duyệt bản tin", "approve a bulletin"},
	{"refuse", "từ chối bản tin", "refuse a bulletin"},
	{"withdraw", "rút bản tin", "withdraw a bulletin"},
	{"bulletins", "danh sách bản tin", "list the bulletins"},
	{"status", "đang phát gì", "what is on air"},
	{"cut", "CẮT: ngừng phát ngay", "CUT: silence at once"},
	{"resume", "phát tiếp theo lịch", "go on with the timetable"},
	{"play", "phát ngay một bản tin", "play a bulletin now"},
	{"order", "bản tin ưu tiên nào phát trước; không có gì kèm theo: xem chỗ nào phải chọn",
	 "which priority bulletin airs first; alone: where somebody has to say"},
	{"release", "cho phát lại điều đã được để riêng",
	 "let what was put aside air again"},
	{"emergency", "KHẨN CẤP: còi ngay, rồi thông báo; diễn tập; kết thúc",
	 "EMERGENCY: the siren at once, then a message; a drill; its end"},
	{"live", "nói trực tiếp qua micrô của máy đài",
	 "speak live by the station's microphone"},
	{"tone", "phát thử loa bằng một tiếng chuẩn", "try the loudspeakers with a tone"},
	{"log", "nhật ký: đã phát gì, không phát gì, vì sao",
	 "what aired, what did not, and why"},
	{"preflight", "phát thử ngày mai, không ra tiếng, xem có gì phải sửa",
	 "look through tomorrow without a sound: what is to be mended"},
	{"why", "vì sao một khung giờ hay bản tin không phát",
	 "why a slot or a bulletin did not play"},
	{"prove", "bằng chứng cho một lần phát, thành một tệp riêng",
	 "the proof of one airing, as a file of its own"},
	{"pack", "gói cho người kiểm tra: sổ, bảng, ghi âm, cách tự kiểm tra",
	 "for an inspector: log, tables, recordings, how to check them"},
	{"timetable", "lịch phát: xem, thử, lưu, cho nghỉ một ngày, các bản cũ",
	 "timetables: show, try, save, skip a day, what was"},
	{"verify", "kiểm chứng nhật ký và mọi thứ nó nói tới",
	 "recompute the log and all that it tells of"},
	{"rebuild", "dựng lại bảng tra cứu từ nhật ký",
	 "make the view anew from the log"},
	{"deadlines", "việc phải nộp và hạn; kèm MÃ@NGÀY: đã nộp",
	 "what is to be handed in when; with CODE@DAY: it was handed in"},
	{"duplicates", "sản phẩm nghi trùng; kèm hai mã: quyết định",
	 "products that are perhaps one; with two of them: a decision"},
	{"hold", "giữ bản ghi âm cho thanh tra; không có gì kèm theo: xem các lệnh giữ",
	 "keep recordings for an inspection; alone: the holds there are"},
	{"unhold", "bỏ một lệnh giữ", "lift a hold"},
	{"register", "sổ sản phẩm, hoạt động, điểm hỗ trợ, thiết bị, khó khăn…: xem, ghi, gạch",
	 "registers of products, activities, equipment, difficulties…: show, write, strike"},
	{"key", "đổi khóa ký nhật ký", "change the key that signs the log"},
	{"user", "tài khoản: thêm, đổi mật khẩu, khóa",
	 "accounts: add, change the password, disable"},
	{"report", "bảng nhật ký phát thanh, bảng tổng hợp: để in, bảng tính, chương trình khác",
	 "the diary of airings and totals: for print, spreadsheets, other programs"},
	{"devices", "thiết bị âm thanh", "sound devices"},
	{"relay", "thử nối một nguồn tiếp âm, loa không kêu",
	 "try an upper station; nothing is heard of it"},
	{"sink", NULL, NULL},
	{"ear", NULL, NULL},
	{"line", NULL, NULL},
	{"worker", NULL, NULL},
	{"signer", NULL, NULL},
	{"witness", NULL, NULL},
	{"fetch", NULL, NULL},
	{"voice", NULL, NULL},
	{NULL, NULL, NULL},
};

static char **called;

static void help(FILE *to)
{
	fprintf(to, "VangXa %s\n", VANGXA_VERSION);
	for (int i = 0; commands[i].name != NULL; i++)
		if (commands[i].vi != NULL)
			fprintf(to, "  vangxa %-10s %s\n", commands[i].name,
				T(commands[i].vi, commands[i].en));
	fprintf(to, "%s\n", T("Tùy chọn của một lệnh: vangxa LỆNH --help",
			      "Options of a command: vangxa COMMAND --help"));
	fprintf(to, "%s\n", T("Chi tiết: man vangxa. Tiếng Anh: VANGXA_LANG=en.",
			      "Details: man vangxa. Vietnamese: without VANGXA_LANG."));
}

/* NULL: it is in neither table. */
static int (*function_of(const char *name, const struct cli_command *own,
			 const struct cli_command *more))(int, char **)
{
	for (; own->name != NULL; own++)
		if (strcmp(own->name, name) == 0)
			return own->run;
	return more != NULL ? function_of(name, more, NULL) : NULL;
}

/* Asked for help a command does nothing else, whatever stands beside it. function: NULL, and it is
 * the other program's. */
static int run(const struct word *word, int argc, char **argv,
	       int (*function)(int argc, char **argv))
{
	struct err e = {0};

	if (usage_asked(argc - 1, argv + 1) && word->vi != NULL) {
		printf("%s\n", T(word->vi, word->en));
		usage_print(word->name, stdout);
		return 0;
	}
	if (function != NULL)
		return function(argc - 1, argv + 1);
	/* What prints and fills spreadsheets loads a hundred libraries. */
	if (strcmp(word->name, "report") == 0)
		cli_become_report(&e);
	else
		cli_become_station(argv, &e);
	return args_fail(&e);
}

bool cli_become_station(char **argv, struct err *e)
{
	return become_with("vangxa-station", argv,
			   T("đài và các lệnh của đài", "the station and its commands"), e);
}

bool cli_become_report(struct err *e)
{
	return become_with("vangxa-report", called, T("báo cáo", "reports"), e);
}

int cli_main(int argc, char **argv, const struct cli_command *own,
	     const struct cli_command *more)
{
	called = argv;
	for (int i = 0; argc > 1 && commands[i].name != NULL; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return run(&commands[i], argc, argv,
				   function_of(argv[1], own, more));
	bool asked = argc > 1 && (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
				  strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--version") == 0);
	if (argc > 1 && !asked) {
		fprintf(stderr, "vangxa: %s: %s\n", argv[1],
			T("không có lệnh này; xem các lệnh: vangxa help",
			  "no such command; for the list: vangxa help"));
		return 2;
	}
	help(asked ? stdout : stderr);
	return asked ? 0 : 2;
}
