/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registers and their fields, as data, and what fields of one row say of each other. */
#include "base/json.h"
#include "base/register.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MONEY_MAX INT64_C(1000000000000000) /* a thousand million million đồng */
#define SECONDS_MAX 360000
#define COUNT_MAX 1000000

static const struct register_choice levels[] = {
	{"xa", "xã", "commune", NULL},
	{"huyen", "huyện", "district", NULL},
	{"tinh", "tỉnh", "province", NULL},
	{"trung-uong", "trung ương", "central", NULL},
	{0},
};

static const struct register_choice activities[] = {
	{"training", "tập huấn", "training", NULL},
	{"meeting", "hội nghị, hội thảo", "meeting", NULL},
	{"campaign", "tuyên truyền, vận động", "campaign", NULL},
	{"other", "hoạt động khác", "other", NULL},
	{0},
};

static const struct register_choice point_states[] = {
	{"planned", "dự kiến", "planned", NULL},
	{"working", "đang hoạt động", "working", NULL},
	{"stopped", "ngừng hoạt động", "stopped", NULL},
	{0},
};

static const struct register_choice equipment_states[] = {
	{"working", "hoạt động tốt", "working", NULL},
	{"faulty", "hỏng", "faulty", "since,cause"},
	{"repair", "đang sửa", "in repair", "since,cause"},
	{"replace", "cần thay", "to be replaced", "since,cause"},
	{"needed", "cần mua mới", "needed", NULL},
	{"gone", "đã thanh lý", "disposed of", NULL},
	{0},
};

static const struct register_choice station_kinds[] = {
	{"fm", "FM", "FM", NULL},
	{"wired", "có dây", "wired", NULL},
	{"ip", "ứng dụng CNTT-VT", "IP", NULL},
	{"other", "loại khác", "other", NULL},
	{0},
};

static const struct register_choice inspection_states[] = {
	{"planned", "dự kiến", "planned", NULL},
	{"done", "đã kiểm tra", "done", "day,findings"},
	{"cancelled", "không thực hiện", "cancelled", NULL},
	{0},
};

static const struct register_choice difficulty_states[] = {
	{"open", "chưa giải quyết", "open", NULL},
	{"solved", "đã giải quyết", "solved", "solved,result"},
	{"proposed", "đã đề xuất", "proposed", "proposal"},
	{"beyond", "vượt thẩm quyền", "beyond authority", "beyond,proposal"},
	{0},
};

static const struct register_choice roles[] = {
	{"read", "đọc", "read", NULL},
	{"write", "viết, biên tập", "wrote", NULL},
	{"translate", "dịch", "translated", NULL},
	{"operate", "vận hành", "operated", NULL},
	{0},
};

#define TEXT(key, vi, en) {key, vi, en, .type = REGISTER_TEXT}
#define LONG(key, vi, en) {key, vi, en, .type = REGISTER_LONG}
#define PERSON(key, vi, en) {key, vi, en, .type = REGISTER_PERSON}
#define DATE(key, vi, en) {key, vi, en, .type = REGISTER_DATE}
#define FLAG(key, vi, en) {key, vi, en, .type = REGISTER_FLAG}
#define CODE(key, vi, en, which) {key, vi, en, .type = REGISTER_CODE, .list = which}
#define CODES(key, vi, en, which) {key, vi, en, .type = REGISTER_CODES, .list = which}
#define CHOICE(key, vi, en, which) {key, vi, en, .type = REGISTER_CHOICE, .choices = which}
#define ROW(key, vi, en, prefix) {key, vi, en, .type = REGISTER_ROW, .of = prefix}
#define COUNT(key, vi, en, most) {key, vi, en, .type = REGISTER_COUNT, .max = most}
#define MONEY(key, vi, en) {key, vi, en, .type = REGISTER_MONEY, .max = MONEY_MAX}
#define MUST_TEXT(key, vi, en) {key, vi, en, .type = REGISTER_TEXT, .required = true}
#define MUST_CHOICE(key, vi, en, which)                                                            \
	{key, vi, en, .type = REGISTER_CHOICE, .required = true, .choices = which}

#define STATE(which)                                                                               \
	{"state", "Tình trạng", "State", .type = REGISTER_CHOICE, .required = true,                \
	 .state = true, .choices = which}

#define PAID                                                                                       \
	CODE("fund", "Nguồn kinh phí", "Fund", CODES_FUNDS),                                       \
	MONEY("amount", "Kinh phí (đồng)", "Amount (đồng)")
#define BY_LEVEL                                                                                   \
	CODE("fund", "Nguồn kinh phí", "Fund", CODES_FUNDS),                                       \
	MONEY("amount_total", "Tổng kinh phí (đồng)", "Amount, total (đồng)"),                     \
	MONEY("amount_central", "Ngân sách trung ương (đồng)", "Amount, central (đồng)"),          \
	MONEY("amount_province", "Ngân sách tỉnh (đồng)", "Amount, province (đồng)"),              \
	MONEY("amount_district", "Ngân sách huyện (đồng)", "Amount, district (đồng)"),             \
	MONEY("amount_commune", "Ngân sách xã (đồng)", "Amount, commune (đồng)")
#define DECIDED                                                                                    \
	TEXT("decision", "Quyết định số", "Decision"),                                             \
	DATE("decided", "Ngày quyết định", "Decided on")
#define PROGRAMMES CODES("programmes", "Chương trình", "Programmes", CODES_PROGRAMMES)
#define NOTE LONG("note", "Ghi chú", "Note")

static const struct register_field products[] = {
	TEXT("title", "Tên sản phẩm", "Title"),
	CODE("kind", "Loại", "Kind", CODES_KINDS),
	TEXT("number", "Số hiệu", "Number"),
	TEXT("producer", "Đơn vị sản xuất", "Producer"),
	CHOICE("level", "Cấp", "Level", levels),
	CODE("language", "Tiếng", "Language", CODES_LANGUAGES),
	COUNT("length_s", "Thời lượng (giây)", "Length (s)", SECONDS_MAX),
	PROGRAMMES,
	DECIDED,
	DATE("made", "Ngày sản xuất", "Made on"),
	DATE("accepted", "Ngày nghiệm thu", "Accepted on"),
	PAID,
	FLAG("lasting", "Có giá trị lâu dài", "Of lasting value"),
	{"bulletin", "Bản tin", "Bulletin", .type = REGISTER_BULLETIN},
	{"sha256", "Mã băm", "SHA-256", .type = REGISTER_SHA256},
	TEXT("source_id", "Mã trong kho tư liệu", "Id in the source"),
	FLAG("reused", "Dùng lại", "Reused"),
	TEXT("place", "Địa bàn", "Place"),
	PERSON("author", "Người viết", "Author"),
	PERSON("reader", "Người đọc", "Reader"),
	NOTE,
	{0},
};

static const struct register_field activity_fields[] = {
	MUST_TEXT("title", "Tên hoạt động", "Title"),
	CHOICE("kind", "Loại", "Kind", activities),
	{"from", "Từ ngày", "From", .type = REGISTER_DATE, .required = true},
	DATE("to", "Đến ngày", "To"),
	TEXT("place", "Địa bàn", "Place"),
	TEXT("organiser", "Đơn vị tổ chức", "Organiser"),
	COUNT("people", "Số người dự", "People", COUNT_MAX),
	PROGRAMMES,
	DECIDED,
	PAID,
	LONG("result", "Kết quả", "Result"),
	NOTE,
	{0},
};

static const struct register_field points[] = {
	MUST_TEXT("name", "Tên điểm hỗ trợ", "Name"),
	MUST_TEXT("place", "Địa bàn", "Place"),
	PROGRAMMES,
	{"state", "Tình trạng", "State", .type = REGISTER_CHOICE, .state = true,
	 .choices = point_states},
	DATE("since", "Từ ngày", "Since"),
	DECIDED,
	TEXT("rules", "Quy chế hoạt động", "Working rules"),
	FLAG("broadband", "Có Internet băng rộng", "Broadband"),
	TEXT("equipment_list", "Danh mục thiết bị theo", "Equipment list of"),
	LONG("deviations", "Khác với danh mục thiết bị", "Deviations from the equipment list"),
	BY_LEVEL,
	NOTE,
	{0},
};

static const struct register_field equipment[] = {
	MUST_TEXT("name", "Tên thiết bị", "Name"),
	ROW("point", "Điểm hỗ trợ", "Support point", "DHT"),
	ROW("station", "Đài", "Station", "DT"),
	TEXT("zone", "Cụm loa", "Zone"),
	TEXT("village", "Thôn", "Village"),
	COUNT("quantity", "Số lượng", "Quantity", COUNT_MAX),
	STATE(equipment_states),
	DATE("since", "Từ ngày", "Since"),
	LONG("cause", "Nguyên nhân", "Cause"),
	TEXT("serial", "Số sê-ri", "Serial number"),
	DECIDED,
	BY_LEVEL,
	NOTE,
	{0},
};

static const struct register_field stations[] = {
	MUST_TEXT("name", "Tên đài", "Name"),
	MUST_TEXT("place", "Địa bàn", "Place"),
	CHOICE("kind", "Loại đài", "Kind", station_kinds),
	FLAG("in_scope", "Thuộc phạm vi", "In scope"),
	TEXT("basis", "Căn cứ", "Basis"),
	FLAG("priority", "Ưu tiên (đặc biệt khó khăn, biên giới)",
	     "Priority (special difficulty, border)"),
	COUNT("zones", "Số cụm loa", "Zones", COUNT_MAX),
	DATE("since", "Từ ngày", "Since"),
	DATE("until", "Đến ngày", "Until"),
	NOTE,
	{0},
};

static const struct register_field inspections[] = {
	MUST_TEXT("place", "Địa bàn", "Place"),
	{"month", "Tháng", "Month", .type = REGISTER_MONTH, .required = true},
	DATE("day", "Ngày", "Day"),
	TEXT("body", "Đơn vị kiểm tra", "Inspecting body"),
	CHOICE("level", "Cấp", "Level", levels),
	TEXT("basis", "Căn cứ", "Basis"),
	STATE(inspection_states),
	LONG("findings", "Kết luận", "Findings"),
	NOTE,
	{0},
};

static const struct register_field difficulties[] = {
	{"what", "Khó khăn, vướng mắc", "Difficulty", .type = REGISTER_LONG, .required = true},
	{"since", "Từ ngày", "Since", .type = REGISTER_DATE, .required = true, .past = true},
	TEXT("place", "Địa bàn", "Place"),
	PROGRAMMES,
	{"state", "Tình trạng", "State", .type = REGISTER_CHOICE, .required = true, .state = true,
	 .firm = true, .choices = difficulty_states},
	LONG("result", "Kết quả giải quyết", "Result"),
	LONG("proposal", "Đề xuất, kiến nghị", "Proposal"),
	TEXT("beyond", "Vượt thẩm quyền của", "Beyond the authority of"),
	{"solved", "Ngày giải quyết", "Solved on", .type = REGISTER_DATE, .past = true},
	TEXT("source", "Từ đâu", "Source"),
	NOTE,
	{0},
};

static const struct register_field works[] = {
	{"day", "Ngày", "Day", .type = REGISTER_DATE, .required = true},
	{"person", "Người làm", "Person", .type = REGISTER_PERSON, .required = true},
	MUST_CHOICE("role", "Công việc", "Role", roles),
	CODE("language", "Tiếng", "Language", CODES_LANGUAGES),
	{"bulletin", "Bản tin", "Bulletin", .type = REGISTER_BULLETIN},
	ROW("product", "Sản phẩm", "Product", "SP"),
	{"count", "Số lượt", "Count", .type = REGISTER_COUNT, .min = 1, .max = COUNT_MAX},
	{"pages", "Số trang", "Pages", .type = REGISTER_QUANTITY, .max = COUNT_MAX},
	CODE("fund", "Nguồn kinh phí", "Fund", CODES_FUNDS),
	NOTE,
	{0},
};

static const char *missing(const json_t *row, const char *key, char why[static REASON_BYTES])
{
	if (json_object_get(row, key) != NULL)
		return NULL;
	snprintf(why, REASON_BYTES, "%s", T("còn thiếu", "is missing"));
	return key;
}

/* What the bulletin itself says is not written down a second time. */
static const char *product_amiss(const json_t *row, char why[static REASON_BYTES])
{
	if (json_object_get(row, "bulletin") != NULL)
		return NULL;
	const char *key = missing(row, "title", why);

	return key != NULL ? key : missing(row, "kind", why);
}

/* Days as text compare as the days do. */
static const char *in_order(const json_t *row, const char *first, const char *last,
			    char why[static REASON_BYTES])
{
	const char *from = json_get_text(row, first, ""), *to = json_get_text(row, last, "");

	if (from[0] == '\0' || to[0] == '\0' || strcmp(from, to) <= 0)
		return NULL;
	snprintf(why, REASON_BYTES, T("%s đứng trước %s", "%s is before %s"), to, from);
	return last;
}

static const char *activity_amiss(const json_t *row, char why[static REASON_BYTES])
{
	return in_order(row, "from", "to", why);
}

static const char *station_amiss(const json_t *row, char why[static REASON_BYTES])
{
	return in_order(row, "since", "until", why);
}

/* 3.220 = 957 + 2.263: the parts are the whole, if both are said. */
static const char *money_amiss(const json_t *row, char why[static REASON_BYTES])
{
	static const char *const parts[] = {"amount_central", "amount_province",
					    "amount_district", "amount_commune"};
	int64_t sum = 0;
	bool any = false;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		any = any || json_object_get(row, parts[i]) != NULL;
		sum += json_get_integer(row, parts[i], 0);
	}
	int64_t total = json_get_integer(row, "amount_total", sum);
	if (!any || total == sum)
		return NULL;
	snprintf(why, REASON_BYTES,
		 T("tổng là %lld đồng, nhưng các cấp cộng lại là %lld đồng, lệch %lld đồng",
		   "the total is %lld đồng, but the levels add up to %lld đồng, %lld đồng off"),
		 (long long)total, (long long)sum, llabs((long long)(total - sum)));
	return "amount_total";
}

static const char *inspection_amiss(const json_t *row, char why[static REASON_BYTES])
{
	const char *month = json_get_text(row, "month", ""), *day = json_get_text(row, "day", "");

	if (day[0] == '\0' || strncmp(day, month, strlen(month)) == 0)
		return NULL;
	snprintf(why, REASON_BYTES, T("ngày %s không thuộc tháng %s", "%s is not in %s"), day,
		 month);
	return "day";
}

static const char *difficulty_amiss(const json_t *row, char why[static REASON_BYTES])
{
	return in_order(row, "since", "solved", why);
}

const struct register_shape register_shapes[] = {
	{"products", "Sản phẩm", "Products", "SP", products, product_amiss},
	{"activities", "Hoạt động", "Activities", "HD", activity_fields, activity_amiss},
	{"points", "Điểm hỗ trợ", "Support points", "DHT", points, money_amiss},
	{"equipment", "Thiết bị", "Equipment", "TB", equipment, money_amiss},
	{"stations", "Đài truyền thanh", "Stations", "DT", stations, station_amiss},
	{"inspections", "Kiểm tra", "Inspections", "KT", inspections, inspection_amiss},
	{"difficulties", "Khó khăn, vướng mắc", "Difficulties", "KK", difficulties,
	 difficulty_amiss},
	{"works", "Công việc tính thù lao", "Paid work", "TL", works, NULL},
	{0},
};
