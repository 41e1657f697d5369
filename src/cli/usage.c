/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/usage.h"

#include "base/text.h"

#include <string.h>

/* Options as the subcommand's own table has them; test_usage.c holds the two together. */
static const struct {
	const char *name, *vi, *en;
} usages[] = {
	{"run", "[--listen ĐỊA-CHỈ:CỔNG] [--tls ĐỊA-CHỈ:CỔNG] [--host TÊN]… [--www THƯ-MỤC] "
	 "[--open]",
	 "[--listen ADDR:PORT] [--tls ADDR:PORT] [--host NAME]… [--www DIR] [--open]"},
	{"station", "", ""},
	{"web",
	 "[--listen ĐỊA-CHỈ:CỔNG] [--tls ĐỊA-CHỈ:CỔNG] [--www THƯ-MỤC] [--host TÊN]… [--open]",
	 "[--listen ADDR:PORT] [--tls ADDR:PORT] [--www DIR] [--host NAME]… [--open]"},
	{"check", "", ""},
	{"plan", "[--from LÚC] [--to LÚC | --days N] [--json]",
	 "[--from TIME] [--to TIME | --days N] [--json]"},
	{"render",
	 "--from LÚC --to LÚC -o TỆP.wav|.flac|.mp3 [--zone CỤM] [--as-run TỆP]\n"
	 "              [--channels 1|2] [--bits SỐ] [--bitrate KBIT/S]",
	 "--from TIME --to TIME -o FILE.wav|.flac|.mp3 [--zone ZONE] [--as-run FILE]\n"
	 "              [--channels 1|2] [--bits N] [--bitrate KBIT/S]"},
	{"add",
	 "TỆP --title TÊN [--language MÃ] [--programme MÃ]… [--fund NGUỒN] [--kind LOẠI]\n"
	 "              [--level thong-thuong|uu-tien|khan-cap] [--from NGÀY] [--to NGÀY]\n"
	 "              [--slot KHUNG-GIỜ]… [--replaces MÃ] [--json]",
	 "FILE --title TITLE [--language CODE] [--programme CODE]… [--fund FUND] [--kind KIND]\n"
	 "              [--level thong-thuong|uu-tien|khan-cap] [--from DAY] [--to DAY]\n"
	 "              [--slot SLOT]… [--replaces ID] [--json]"},
	{"approve", "MÃ [--document SỐ] [--json]", "ID [--document NO] [--json]"},
	{"refuse", "MÃ --reason LÝ-DO [--json]", "ID --reason REASON [--json]"},
	{"withdraw", "MÃ --reason LÝ-DO [--json]", "ID --reason REASON [--json]"},
	{"bulletins", "[--json]", "[--json]"},
	{"status", "[--json]", "[--json]"},
	{"cut", "[--zone CỤM] [--json]", "[--zone ZONE] [--json]"},
	{"resume", "[--json]", "[--json]"},
	{"play", "MÃ [--zone CỤM] [--reason LÝ_DO] [--json]",
	 "ID [--zone ZONE] [--reason WHY] [--json]"},
	{"order", "[MÃ MÃ…] [--json]", "[ID ID…] [--json]"},
	{"release", "MÃ | TỆP [--json]", "ID | FILE [--json]"},
	{"emergency",
	 "[TỆP | MÃ-BẢN-TIN | --text LỜI] --by AI --reason LÝ-DO [--zone CỤM] [--repeat 10m]\n"
	 "              [--until LÚC] [--drill] [--over-cut] [--json]\n"
	 "              | --end [MÃ] [--reason LÝ-DO]",
	 "[FILE | BULLETIN | --text TEXT] --by WHO --reason REASON [--zone ZONE] [--repeat 10m]\n"
	 "              [--until TIME] [--drill] [--over-cut] [--json]\n"
	 "              | --end [ID] [--reason REASON]"},
	{"live", "start --by AI [--zone CỤM]… [--minutes SỐ] [--reason LÝ-DO] [--json] | stop",
	 "start --by WHO [--zone ZONE]… [--minutes N] [--reason REASON] [--json] | stop"},
	{"tone", "[--zone CỤM] [--seconds SỐ] [--reason LÝ-DO] [--json]",
	 "[--zone ZONE] [--seconds N] [--reason REASON] [--json]"},
	{"log", "[--from LÚC] [--to LÚC] [--json | --csv] [--events]",
	 "[--from TIME] [--to TIME] [--json | --csv] [--events]"},
	{"preflight", "[--date NGÀY] [--json]", "[--date DAY] [--json]"},
	{"why", "KHUNG-GIỜ | MÃ [--on NGÀY] [--json]", "SLOT | ID [--on DAY] [--json]"},
	{"prove", "MÃ | SỐ-CỦA-MỤC -o TỆP", "ID | NUMBER -o FILE"},
	{"verify", "[GÓI.zip | TỆP.tlog-proof] [--key KHÓA]… [--seen SỐ-MỤC:GỐC | TỆP]…"
	 " [--log-only] [--json]",
	 "[PACK.zip | FILE.tlog-proof] [--key VKEY]… [--seen SIZE:ROOT | FILE]… [--log-only]"
	 " [--json]"},
	{"pack",
	 "--from NGÀY --to NGÀY | --period 2026-11 [--cycle report] -o TỆP.zip [--no-recordings]"
	 " [--forms]",
	 "--from DAY --to DAY | --period 2026-11 [--cycle report] -o FILE.zip [--no-recordings]"
	 " [--forms]"},
	{"report",
	 "A|B|C|D|E|F|G|H|tom-tat|all --period 2026-11|2026-Q4|2026-H1|2026 [--cycle report]\n"
	 "              | --from NGÀY --to NGÀY -o TỆP [--format pdf|xlsx|csv|json|html]\n"
	 "              [--programme MÃ] [--language MÃ] [--kind LOẠI] [--fund NGUỒN]\n"
	 "              [--place CỤM-LOA | ĐỊA-BÀN] [--producer user:SỐ]\n"
	 "              [--only aired|not-aired|unclear]\n"
	 "              [--by programme|language|place|producer|fund]\n"
	 "              [--from-pack GÓI.zip]… [--key KHÓA]… (gộp nhiều đài, không cần thư mục)",
	 "A|B|C|D|E|F|G|H|tom-tat|all --period 2026-11|2026-Q4|2026-H1|2026 [--cycle report]\n"
	 "              | --from DAY --to DAY -o FILE [--format pdf|xlsx|csv|json|html]\n"
	 "              [--programme CODE] [--language CODE] [--kind KIND] [--fund FUND]\n"
	 "              [--place ZONE | PLACE] [--producer user:N]\n"
	 "              [--only aired|not-aired|unclear]\n"
	 "              [--by programme|language|place|producer|fund]\n"
	 "              [--from-pack PACK.zip]… [--key VKEY]… (many stations, nobody's folder)"},
	{"rebuild", "", ""},
	{"timetable",
	 "list | show TÊN [--version SHA-256] | history TÊN\n"
	 "              | check [TÊN] TỆP | put TÊN TỆP [--was SHA-256]\n"
	 "              | skip TÊN --slot KHUNG-GIỜ --date NGÀY [--reason LÝ-DO]\n"
	 "              | pause TÊN --slot KHUNG-GIỜ --from NGÀY [--to NGÀY] [--reason LÝ-DO]\n"
	 "              | back TÊN --slot KHUNG-GIỜ --from NGÀY  [--json]\n"
	 "              | import TỆP.ics",
	 "list | show NAME [--version SHA-256] | history NAME\n"
	 "              | check [NAME] FILE | put NAME FILE [--was SHA-256]\n"
	 "              | skip NAME --slot SLOT --date DAY [--reason REASON]\n"
	 "              | pause NAME --slot SLOT --from DAY [--to DAY] [--reason REASON]\n"
	 "              | back NAME --slot SLOT --from DAY  [--json]\n"
	 "              | import FILE.ics"},
	{"deadlines", "[MÃ@NGÀY --document SỐ --on NGÀY] [--json]",
	 "[CODE@DAY --document NUMBER --on DAY] [--json]"},
	{"duplicates",
	 "[open | decided | versions] [--after SỐ] [--json]\n"
	 "              | ĐƯỢC-TÍNH KHÔNG-TÍNH --decision same|different|reuse|open "
	 "--reason LÝ-DO",
	 "[open | decided | versions] [--after NUMBER] [--json]\n"
	 "              | COUNTS COUNTS-NOT --decision same|different|reuse|open "
	 "--reason REASON"},
	{"hold", "[--from NGÀY --to NGÀY [--zone CỤM] --reason LÝ-DO] [--json]",
	 "[--from DAY --to DAY [--zone ZONE] --reason REASON] [--json]"},
	{"unhold", "LỆNH-GIỮ --reason LÝ-DO [--json]", "HOLD --reason REASON [--json]"},
	{"register",
	 "[SỔ [list [--row SỐ-HIỆU] | set [SỐ-HIỆU] CỘT=GIÁ-TRỊ… [--reason LÝ-DO]\n"
	 "              | strike SỐ-HIỆU --reason LÝ-DO\n"
	 "              | import TỆP.csv|.xlsx [--sheet TRANG-TÍNH] [--apply]\n"
	 "              | --export TỆP.csv|.xlsx|.json [--format csv|xlsx|json]]] [--json]",
	 "[REGISTER [list [--row ID] | set [ID] KEY=VALUE… [--reason REASON]\n"
	 "              | strike ID --reason REASON\n"
	 "              | import FILE.csv|.xlsx [--sheet SHEET] [--apply]\n"
	 "              | --export FILE.csv|.xlsx|.json [--format csv|xlsx|json]]] [--json]"},
	{"key", "rotate --reason LÝ-DO [--json]", "rotate --reason REASON [--json]"},
	{"user",
	 "add TÊN --role operator|producer|approver|inspector|admin [--person \"HỌ TÊN\"]\n"
	 "              | passwd TÊN | disable TÊN | enable TÊN | list  [--json]",
	 "add NAME --role operator|producer|approver|inspector|admin [--person \"WHO\"]\n"
	 "              | passwd NAME | disable NAME | enable NAME | list  [--json]"},
	{"devices", "[--json]", "[--json]"},
	{"relay", "try TÊN | ĐỊA-CHỈ [--json]", "try NAME | URL [--json]"},
};

bool usage_asked(int argc, char *const *argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

/* What the words in capitals stand for, when the usage has them. */
static void print_words(const char *usage, FILE *to)
{
	if (strstr(usage, T("LÚC", "TIME")) != NULL)
		fprintf(to, "%s\n",
			T("LÚC: 2026-11-23, 2026-11-23T05:30 hoặc 2026-11-23T05:30:00+07:00",
			  "TIME: 2026-11-23, 2026-11-23T05:30 or 2026-11-23T05:30:00+07:00"));
	if (strstr(usage, T("[--to NGÀY]", "[--to DAY]")) != NULL)
		fprintf(to, "%s\n", T("NGÀY: 2026-11-23; ngày đầu và ngày cuối được phát",
				      "DAY: 2026-11-23; the first and last day on air"));
	if (strncmp(usage, T("MÃ", "ID"), strlen(T("MÃ", "ID"))) == 0)
		fprintf(to, "%s\n", T("MÃ: mã bản tin như B17; xem: vangxa bulletins",
				      "ID: a bulletin's, like B17; see: vangxa bulletins"));
}

bool usage_print(const char *command, FILE *to)
{
	for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++) {
		if (strcmp(usages[i].name, command) != 0)
			continue;
		const char *usage = T(usages[i].vi, usages[i].en);
		fprintf(to, T("Cách dùng: vangxa %s%s%s [--data THƯ-MỤC]\n",
			      "Usage: vangxa %s%s%s [--data DIR]\n"),
			command, usage[0] != '\0' ? " " : "", usage);
		print_words(usage, to);
		fprintf(to, "%s\n",
			T("--data: thư mục của đài; nếu không ghi: $VANGXA_DATA, hoặc "
			  "/var/lib/vangxa",
			  "--data: the station's folder; else $VANGXA_DATA, or /var/lib/vangxa"));
		return true;
	}
	return false;
}
