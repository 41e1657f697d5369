/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a spreadsheet, read behind no fence; what comes of it goes through the reader of the
 * station's side. A zip file ("PK") is read as it is. Of anything else parts are made: "@NAME\n"
 * begins one, so that the fuzzer need not find its way through deflate and checksums; "@1\n" is the
 * first sheet of a usual file, "@s\n" its texts, "@y\n" its looks, and missing ones are added. */
#include "base/cells.h"
#include "base/must.h"
#include "base/utf8.h"
#include "library/xlsxread.h"
#include "sys/zip.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define OURS "xmlns=\"http://schemas.openxmlformats.org/"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, to)                                                                     \
	"<Relationship Id=\"" id "\" Type=\"" TYPE "/" type "\" Target=\"" to "\"/>"

#define TAKEN_BYTES_MAX 200000 /* a million empty lines are one more way to be slow */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct {
	const char *key, *name, *usual;
} parts[] = {
	{"r", "_rels/.rels",
	 "<Relationships " OURS "package/2006/relationships\">"
	 RELATION("a", "officeDocument", "xl/workbook.xml") "</Relationships>"},
	{"b", "xl/_rels/workbook.xml.rels",
	 "<Relationships " OURS "package/2006/relationships\">"
	 RELATION("a", "worksheet", "1.xml") RELATION("s", "sharedStrings", "s.xml")
	 RELATION("y", "styles", "y.xml") "</Relationships>"},
	{"w", "xl/workbook.xml",
	 "<workbook " OURS "spreadsheetml/2006/main\" xmlns:r=\"" TYPE "\"><sheets>"
	 "<sheet name=\"a\" r:id=\"a\"/></sheets></workbook>"},
	{"s", "xl/s.xml", "<sst " OURS "spreadsheetml/2006/main\"><si><t>a</t></si></sst>"},
	{"y", "xl/y.xml", "<styleSheet " OURS "spreadsheetml/2006/main\"><cellXfs><xf/>"
			  "<xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
	{"1", "xl/1.xml", "<worksheet " OURS "spreadsheetml/2006/main\"/>"},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

struct told {
	struct cells cells;
	bool head;
	size_t taken;
};

static bool each(void *arg, int64_t row, const char *const *texts, int count, struct err *e)
{
	(void)arg;
	(void)e;
	must(row <= 1048576 && count <= CELLS_COLUMNS_MAX);
	for (int i = 0; i < count; i++)
		must(utf8_valid(texts[i], strlen(texts[i])));
	return true;
}

/* The station refuses no row that is told here: bounds are kept on this side. */
static bool put(void *arg, const char *data, size_t len)
{
	struct told *t = arg;
	struct err e;

	t->taken += len;
	for (; !t->head && len > 0; data++, len--)
		t->head = *data == '\n';
	must(len == 0 || cells_add(&t->cells, data, len, &e));
	return t->taken < TAKEN_BYTES_MAX;
}

static void read_file(int fd)
{
	static bool ready;
	struct told t = {.cells = {.separator = ',', .each = each}};
	struct err e;

	if (!ready)
		xlsxread_prepare();
	ready = true;
	enum sheet_verdict verdict = xlsxread(fd, NULL, &(struct xlsxrows_out){put, &t});
	must(verdict == SHEET_WHOLE || (verdict >= SHEET_DAMAGED && verdict < SHEET_VERDICTS));
	must(cells_end(&t.cells, &e));
	cells_finish(&t.cells);
}

static const uint8_t *next_part(const uint8_t *at, const uint8_t *end)
{
	while (at < end && (*at != '@' || at[-1] != '\n'))
		at++;
	return at;
}

/* The member of this key, or of this name as it is. */
static const char *member_of(const char *name, bool there[])
{
	for (size_t i = 0; i < PARTS; i++) {
		if (strcmp(name, parts[i].key) != 0)
			continue;
		there[i] = true;
		return parts[i].name;
	}
	return utf8_printable(name, strlen(name)) ? name : "x";
}

/* At the "@" of a part; where the next one begins. */
static const uint8_t *add_part(struct zip *z, const uint8_t *at, const uint8_t *end, bool there[])
{
	const uint8_t *line = memchr(at, '\n', (size_t)(end - at));
	char name[64] = "";
	struct err e;

	if (line == NULL || line - at < 2 || line - at > 60)
		return end;
	memcpy(name, at + 1, (size_t)(line - at) - 1);
	const uint8_t *next = next_part(line + 1, end);
	must(zip_add(z, member_of(name, there), line + 1, (size_t)(next - line) - 1, &e));
	return next;
}

static void make_file(int fd, const uint8_t *data, size_t len)
{
	const uint8_t *at = data, *end = data + len;
	bool there[PARTS] = {false};
	struct zip *z;
	struct err e;

	must(zip_open(&z, fd, &e));
	while (at < end)
		at = add_part(z, at, end, there);
	for (size_t i = 0; i < PARTS; i++)
		if (!there[i])
			must(zip_add(z, parts[i].name, parts[i].usual, strlen(parts[i].usual), &e));
	must(zip_end(z, &e));
	zip_close(z);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	int fd = memfd_create("sheet", MFD_CLOEXEC);

	must(fd >= 0);
	if (len >= 2 && memcmp(data, "PK", 2) == 0)
		must(write(fd, data, len) == (ssize_t)len);
	else if (len > 0 && data[0] == '@' && memchr(data, '\0', len) == NULL)
		make_file(fd, data, len);
	read_file(fd);
	close(fd);
	return 0;
}
