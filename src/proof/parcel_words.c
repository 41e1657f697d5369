/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pack tells of itself, to somebody who never saw a station and need not trust one. */
#include "base/version.h"
#include "proof/parcel_inside.h"

#include <inttypes.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* The file becomes part of the program: a pack is made where no source lies. */
extern const char verifier[];
__asm__(".section .rodata\n"
	".local verifier\n"
	"verifier:\n"
	".incbin \"packaging/verify.py\"\n"
	".byte 0\n"
	".previous\n");

static const char vi[] =
	"Tệp này chứa gì, và cách kiểm tra mà không cần tin ai\n"
	"=====================================================\n"
	"\n"
	"  log/, log-2/ …        sổ của đài, từ mục đầu tiên đến đầu sổ đã ký (C2SP tlog-tiles)\n"
	"  log/witnessed         đầu sổ mà nhân chứng ngoài đài đã ký, nếu có\n"
	"  log/tsa/              dấu thời gian (RFC 3161) cho đầu sổ, nếu có\n"
	"  pack.json             kỳ và múi giờ của các bảng, để lập lại chúng\n"
	"  tables/airings.csv    mỗi lần phát và không phát trong kỳ, kèm lý do; đếm theo cột "
	"sum\n"
	"  tables/events.csv     các mục khác của sổ trong kỳ\n"
	"  tables/masters.csv    SHA-256 của âm thanh mà airings.csv nêu, đã phát hay không\n"
	"  tables/recordings.csv các bản ghi âm trong kỳ, SHA-256, và có ở đây không (here)\n"
	"  aircheck/             các bản ghi âm ấy\n"
	"  forms/                nếu có: biểu mẫu của kỳ để in và nộp (A–H, F là phiếu kiểm "
	"tra);\n"
	"                        SHA-256 ở pack.json. Không mục nào bảo chứng từng byte của "
	"chúng:\n"
	"                        tính lại từ gói này: vangxa report F --from-pack GÓI.zip\n"
	"  verify.py             60 dòng Python, đọc được; không phải chương trình của đài\n"
	"\n"
	"Kiểm tra sổ\n"
	"-----------\n"
	"1. Cần một máy có Python 3.6 trở lên và lệnh openssl 3 trở lên. Không cần mạng.\n"
	"2. Giải nén, mở cửa sổ lệnh trong thư mục ấy, gõ:\n"
	"       python3 verify.py . KHÓA\n"
	"   KHÓA là khóa công khai của đài mà ông bà biết từ nơi khác: từ một "
	"bản báo cáo đã in, từ\n"
	"   một lần lấy tệp trước. Không ghi KHÓA thì dùng khóa nằm trong tệp "
	"này: khi ấy chỉ biết\n"
	"   sổ khớp với khóa, chưa biết khóa là của ai. Sổ sau (log-2 …) phải do sổ trước nêu "
	"khóa;\n"
	"   không thì chỉ tin khi biết khóa ấy từ nơi khác, và ghi thêm: . KHÓA KHÓA-2\n"
	"3. Mỗi sổ đúng cho một dòng: số mục, gốc (root), khóa. Sai thì "
	"DIFFERENCE và mục sai đầu\n"
	"   tiên. Số mục và gốc trên báo cáo đã in hôm trước, ghi thêm vào lệnh: . KHÓA 1234:GỐC\n"
	"   Sổ không nối tiếp sổ hôm ấy (bản sao cũ được chép lại rồi viết tiếp) thì chính nó vẫn "
	"khớp,\n"
	"   chỉ so như vậy mới biết.\n"
	"\n"
	"4. Dấu thời gian: mỗi log/tsa/SỐ.tsr nói rằng đầu sổ SỐ.checkpoint đã có vào lúc nào. "
	"Với\n"
	"   chứng thư của nơi cấp (tệp CA.pem, lấy từ chính nơi ấy):\n"
	"       openssl ts -verify -data log/tsa/SỐ.checkpoint -in log/tsa/SỐ.tsr -CAfile CA.pem\n"
	"       openssl ts -reply -in log/tsa/SỐ.tsr -text\n"
	"   Việc ấy chỉ nói về tệp SỐ.checkpoint. Đầu sổ trong đó và trong "
	"log/witnessed có phải của sổ\n"
	"   này không thì verify.py không xem: vangxa verify so chúng với sổ, "
	"cùng với bảng và bản ghi âm.\n"
	"\n"
	"Kiểm tra một lần phát\n"
	"---------------------\n"
	"5. Tìm mã lần phát (A42) trong log/tile/entries: mỗi mục là một dòng "
	"chữ JSON. Bảng chỉ để\n"
	"   xem cho tiện; điều đã ký là các mục.\n"
	"6. Bản ghi âm: sha256sum của tệp phải bằng sha256 trong mục "
	"recording.closed mang tên tệp ấy.\n"
	"   Mục airing.ended ghi lần phát bắt đầu ở giây thứ mấy của bản ghi "
	"(recording_s). Nghe.\n"
	"7. Âm thanh đã duyệt: sha256 trong mục bulletin.approved và airing.ended phải là một.\n"
	"\n"
	"Điều việc này không chứng minh: rằng máy không bị tắt tiếng sau card "
	"âm thanh, trừ khi mục\n"
	"airing.checked ghi mức C (micro nghe thấy ở loa); rằng giờ đúng "
	"khi mục ghi synced:false;\n"
	"và ai mang mã tài khoản nào: mục chỉ ghi mã (user:7), tên do danh sách của đài đặt.\n"
	"\n";

static const char en[] =
	"What this file holds, and how to check it without trusting anybody\n"
	"===================================================================\n"
	"\n"
	"  log/, log-2/ …        the station's log, from its first entry to the signed head\n"
	"                        (C2SP tlog-tiles)\n"
	"  log/witnessed         the head that witnesses outside have signed, if any\n"
	"  log/tsa/              time-stamps (RFC 3161) of its heads, if any\n"
	"  pack.json             period and time zone of the tables, to make them anew\n"
	"  tables/airings.csv    each airing and non-airing of the period, with its reason; to\n"
	"                        count, take its column sum\n"
	"  tables/events.csv     the other entries of the period\n"
	"  tables/masters.csv    SHA-256 of the sound that rows of airings.csv name, aired or not\n"
	"  tables/recordings.csv the recordings of the period, their SHA-256, "
	"and if they are here\n"
	"  aircheck/             those recordings\n"
	"  forms/                if any: reports of the period to print and hand in (A to H, F is\n"
	"                        the checklist); SHA-256 in pack.json. No entry vouches for their\n"
	"                        bytes; compute them: vangxa report F --from-pack PACK.zip\n"
	"  verify.py             60 lines of Python to be read; no program of the station's\n"
	"\n"
	"Checking the log\n"
	"----------------\n"
	"1. You need a computer with Python 3.6 or later and the command "
	"openssl, 3 or later. No\n"
	"   network.\n"
	"2. Unpack, open a terminal in that folder, and type:\n"
	"       python3 verify.py . KEY\n"
	"   KEY is the station's public key as you know it from elsewhere: "
	"from a printed report, or\n"
	"   an earlier pack. Without KEY the one in here is used: then you "
	"know that the log is that\n"
	"   of the key, and not yet whose key it is. Of a later log (log-2 …) the one before "
	"must\n"
	"   name the key; if not, believe it only if you know that key from elsewhere, and type\n"
	"   it as well: . KEY KEY-2\n"
	"3. A log that is right gives a line: entries, root, key. One that is "
	"not gives DIFFERENCE and\n"
	"   the first entry that is wrong. Size and root of a report that was printed earlier you\n"
	"   type as well: . KEY 1234:ROOT. A log that does not go on from there (an old copy put "
	"back,\n"
	"   and written on) is right by itself: nothing else tells.\n"
	"\n"
	"4. Time-stamps: each log/tsa/SIZE.tsr says when the head SIZE.checkpoint was there. "
	"With the\n"
	"   authority's certificate (CA.pem, taken from the authority itself):\n"
	"       openssl ts -verify -data log/tsa/SIZE.checkpoint -in log/tsa/SIZE.tsr -CAfile "
	"CA.pem\n"
	"       openssl ts -reply -in log/tsa/SIZE.tsr -text\n"
	"   That speaks of the file SIZE.checkpoint only. Whether the head in it, and the one in\n"
	"   log/witnessed, is of this log verify.py does not ask: vangxa verify holds them, the\n"
	"   tables and the recordings against the log.\n"
	"\n"
	"Checking one airing\n"
	"-------------------\n"
	"5. Look for its id (A42) in log/tile/entries: each entry is a line of "
	"JSON. The tables are for\n"
	"   convenience; what was signed is the entries.\n"
	"6. A recording: sha256sum of the file must equal sha256 in the entry "
	"recording.closed of that\n"
	"   name. The entry airing.ended says at which second of it the airing "
	"begins (recording_s).\n"
	"   Listen.\n"
	"7. The approved sound: sha256 in bulletin.approved and airing.ended "
	"must be one and the same.\n"
	"\n"
	"What this does not prove: that nothing was mute behind the sound "
	"card, unless airing.checked\n"
	"tells level C (a microphone heard the horn); that the time is "
	"right where an entry says\n"
	"synced:false; and who is behind an account's number: entries have numbers (user:7),\n"
	"names are of the station's own list.\n"
	"\n";

static void figures(const struct parcel *p, const char *period, const struct parcel_log *logs,
		    int count, struct buf *out)
{
	char first[11], last[11], root[HASH_TEXT_BYTES];

	date_print(p->first, first);
	date_print(p->last, last);
	buf_print(out, "%s: %s – %s\n", period, first, last);
	for (int i = 0; i < count; i++) {
		const struct parcel_log *l = &logs[i];

		hash_print(&l->c.root, root);
		buf_print(out, "%s: %" PRId64 ", root %s\n  %s", l->dir, l->c.size, root,
			  buf_str(&l->vkey));
	}
}

const char *const parcel_text_names[PARCEL_TEXTS] = {
	[TEXT_README_VI] = "DOC-TRUOC.txt",
	[TEXT_README_EN] = "README.txt",
	[TEXT_ABOUT] = PARCEL_ABOUT,
	[TEXT_VERIFIER] = "verify.py",
};

void parcel_text(enum parcel_text which, const struct parcel *p, const struct parcel_log *logs,
		 int count, int64_t entries, struct buf *out)
{
	switch (which) {
	case TEXT_ABOUT:
		parcel_about(p, entries, out);
		break;
	case TEXT_VERIFIER:
		buf_text(out, verifier);
		break;
	default:
		buf_text(out, which == TEXT_README_VI ? vi : en);
		figures(p, which == TEXT_README_VI ? "Kỳ" : "Period", logs, count, out);
	}
}

void parcel_texts_hash(char out[static SHA256_HEX_BYTES])
{
	const char *const texts[] = {VANGXA_VERSION, vi, en, verifier};
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx s;

	sha256_init(&s);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		sha256_update(&s, strlen(texts[i]) + 1, (const uint8_t *)texts[i]);
	sha256_digest(&s, sizeof(digest), digest);
	sodium_bin2hex(out, SHA256_HEX_BYTES, digest, sizeof(digest));
}
