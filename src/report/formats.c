/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/formats.h"

#include <string.h>

const struct table_format *report_format(const char *name)
{
	return strcmp(name, "xlsx") == 0  ? &table_xlsx
	       : strcmp(name, "pdf") == 0 ? &table_pdf
					  : table_format(name);
}

document_write *document_format(const char *name)
{
	return strcmp(name, "pdf") == 0	   ? document_pdf
	       : strcmp(name, "html") == 0 ? document_html
	       : strcmp(name, "json") == 0 ? document_json
					   : NULL;
}
