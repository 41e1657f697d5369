/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/xlsxcase.h"

#include "sys/zip.h"

#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define R(id, type, target) XLSXCASE_RELATION(id, type, target)

static const struct xlsxcase_part usual[] = {
	{"_rels/.rels", XLSXCASE_RELS(R("rId1", "officeDocument", "xl/workbook.xml"))},
	{"xl/_rels/workbook.xml.rels",
	 XLSXCASE_RELS(R("rId1", "worksheet", "worksheets/sheet1.xml")
		       R("rId2", "worksheet", "/xl/worksheets/sheet2.xml")
		       R("rId3", "sharedStrings", "sharedStrings.xml")
		       R("rId4", "styles", "styles.xml"))},
	{"xl/workbook.xml",
	 "<workbook " XLSXCASE_MAIN " xmlns:r=\"" XLSXCASE_RELATIONS "\"><sheets>"
	 "<sheet name=\"Ẩn\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>"
	 "<sheet name=\"Một &amp; hai\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
	{"xl/sharedStrings.xml",
	 "<sst " XLSXCASE_MAIN "><si><t>một</t></si><si><t>hai</t></si></sst>"},
	{"xl/styles.xml",
	 "<styleSheet " XLSXCASE_MAIN "><numFmts count=\"4\">"
	 "<numFmt numFmtId=\"164\" formatCode=\"[$-42A]dd\\/mm\\/yyyy;@\"/>"
	 "<numFmt numFmtId=\"165\" formatCode=\"&quot;tháng &quot;mm/yyyy\"/>"
	 "<numFmt numFmtId=\"166\" formatCode=\"00000\"/></numFmts>"
	 "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
	 "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
	 "<xf numFmtId=\"22\"/><xf numFmtId=\"20\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>"},
	{"xl/worksheets/sheet1.xml", XLSXCASE_SHEET("<row><c><v>1</v></c></row>")},
	{"xl/worksheets/sheet2.xml", XLSXCASE_SHEET("<row><c><v>2</v></c></row>")},
	{NULL, NULL},
};

static void add(struct zip *z, const struct xlsxcase_part *part)
{
	struct err e;

	if (part->text[0] != '\0')
		ck_assert_msg(zip_add(z, part->name, part->text, strlen(part->text), &e), "%s",
			      e.text);
}

static int is_among(const struct xlsxcase_part parts[], const char *name)
{
	for (; parts->name != NULL; parts++)
		if (strcmp(parts->name, name) == 0)
			return 1;
	return 0;
}

int xlsxcase_open(const struct xlsxcase_part parts[])
{
	int fd = memfd_create("xlsx", MFD_CLOEXEC);
	struct zip *z;
	struct err e;

	ck_assert_int_ge(fd, 0);
	ck_assert(zip_open(&z, fd, &e));
	/* The other way round than a reader wants them. */
	for (size_t i = sizeof(usual) / sizeof(usual[0]) - 1; i > 0; i--)
		if (!is_among(parts, usual[i - 1].name))
			add(z, &usual[i - 1]);
	for (; parts->name != NULL; parts++)
		add(z, parts);
	ck_assert(zip_end(z, &e));
	zip_close(z);
	return fd;
}

int xlsxcase_sheet(const char *sheet)
{
	return xlsxcase_open((const struct xlsxcase_part[]){{"xl/worksheets/sheet1.xml", sheet},
							    {NULL, NULL}});
}

void xlsxcase_save(int fd, const char *path)
{
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	off_t at = 0;
	struct stat st;

	ck_assert(to >= 0 && fstat(fd, &st) == 0);
	while (at < st.st_size)
		ck_assert_int_gt((int)sendfile(to, fd, &at, (size_t)(st.st_size - at)), 0);
	close(to);
	close(fd);
}
