/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "base/text.h"
#include "base/version.h"
#include "cli/usage.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *vi, *en; /* NULL: not for people */
} commands[] = {
	{"run", cmd_run, "đài và trang web, có giám sát", "station and web page, supervised"},
	{"station", cmd_station, "chỉ riêng đài", "the station alone"},
	{"web", cmd_web, "chỉ riêng trang web", "the web page alone"},
	{"check", cmd_check, "kiểm tra cài đặt và lịch phát", "check settings and timetables"},
	{"plan", cmd_plan, "trình tự phát sắp tới", "the running order to come"},
	{"render", cmd_render, "nghe trước một ngày phát thành tệp âm thanh",
	 "a broadcast day as a sound file"},
	{"add", cmd_add, "đưa một bản tin vào", "hand in a bulletin"},
	{"approve", cmd_approve, "duyệt bản tin", "approve a bulletin"},
	{"refuse", cmd_refuse, "từ chối bản tin", "refuse a bulletin"},
	{"withdraw", cmd_withdraw, "rút bản tin", "withdraw a bulletin"},
	{"bulletins", cmd_bulletins, "danh sách bản tin", "list the bulletins"},
	{"status", cmd_status, "đang phát gì", "what is on air"},
	{"cut", cmd_cut, "CẮT: ngừng phát ngay", "CUT: silence at once"},
	{"resume", cmd_resume, "phát tiếp theo lịch", "go on with the timetable"},
	{"play", cmd_play, "phát ngay một bản tin", "play a bulletin now"},
	{"release", cmd_release, "cho phát lại điều đã được để riêng",
	 "let what was put aside air again"},
	{"emergency", cmd_emergency, "KHẨN CẤP: còi ngay, rồi thông báo; diễn tập; kết thúc",
	 "EMERGENCY: the siren at once, then a message; a drill; its end"},
	{"live", cmd_live, "nói trực tiếp qua micrô của máy đài",
	 "speak live by the station's microphone"},
	{"tone", cmd_tone, "phát thử loa bằng một tiếng chuẩn", "try the loudspeakers with a tone"},
	{"log", cmd_log, "nhật ký: đã phát gì, không phát gì, vì sao",
	 "what aired, what did not, and why"},
	{"preflight", cmd_preflight, "phát thử ngày mai, không ra tiếng, xem có gì phải sửa",
	 "look through tomorrow without a sound: what is to be mended"},
	{"why", cmd_why, "vì sao một khung giờ hay bản tin không phát",
	 "why a slot or a bulletin did not play"},
	{"prove", cmd_prove, "bằng chứng cho một lần phát, thành một tệp riêng",
	 "the proof of one airing, as a file of its own"},
	{"pack", cmd_pack, "gói cho người kiểm tra: sổ, bảng, ghi âm, cách tự kiểm tra",
	 "for an inspector: log, tables, recordings, how to check them"},
	{"timetable", cmd_timetable, "lịch phát: xem, thử, lưu, cho nghỉ một ngày, các bản cũ",
	 "timetables: show, try, save, skip a day, what was"},
	{"verify", cmd_verify, "kiểm chứng nhật ký và mọi thứ nó nói tới",
	 "recompute the log and all that it tells of"},
	{"rebuild", cmd_rebuild, "dựng lại bảng tra cứu từ nhật ký",
	 "make the view anew from the log"},
	{"hold", cmd_hold, "giữ bản ghi âm cho thanh tra; không có gì kèm theo: xem các lệnh giữ",
	 "keep recordings for an inspection; alone: the holds there are"},
	{"unhold", cmd_unhold, "bỏ một lệnh giữ", "lift a hold"},
	{"key", cmd_key, "đổi khóa ký nhật ký", "change the key that signs the log"},
	{"user", cmd_user, "tài khoản: thêm, đổi mật khẩu, khóa",
	 "accounts: add, change the password, disable"},
	{"devices", cmd_devices, "thiết bị âm thanh", "sound devices"},
	{"sink", cmd_sink, NULL, NULL},
	{"ear", cmd_ear, NULL, NULL},
	{"line", cmd_line, NULL, NULL},
	{"worker", cmd_worker, NULL, NULL},
	{"signer", cmd_signer, NULL, NULL},
	{"witness", cmd_witness, NULL, NULL},
	{"fetch", cmd_fetch, NULL, NULL},
	{"voice", cmd_voice, NULL, NULL},
	{NULL, NULL, NULL, NULL},
};

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

/* Asked for help a command does nothing else, whatever stands beside it. */
static int run(int number, int argc, char **argv)
{
	if (usage_asked(argc, argv) && commands[number].vi != NULL) {
		printf("%s\n", T(commands[number].vi, commands[number].en));
		usage_print(argv[0], stdout);
		return 0;
	}
	return commands[number].run(argc, argv);
}

int cli_main(int argc, char **argv)
{
	for (int i = 0; argc > 1 && commands[i].name != NULL; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return run(i, argc - 1, argv + 1);
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
