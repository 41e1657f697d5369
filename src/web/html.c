/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/html.h"

#include "base/markup.h"
#include "base/must.h"
#include "base/text.h"
#include "web/reply.h"


void html_begin(struct buf *page, const char *title, int refresh_s)
{
	buf_print(page, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		  T("vi", "en"));
	if (refresh_s > 0)
		buf_print(page, "<meta http-equiv=\"refresh\" content=\"%d\">\n", refresh_s);
	markup_element(page, "title", title);
	buf_text(page, "<link rel=\"stylesheet\" href=\"/gui.css\">\n</head>\n<body>\n<main>\n");
	markup_element(page, "h1", title);
}

struct MHD_Response *html_response(struct buf *page)
{
	buf_text(page, "</main>\n</body>\n</html>\n");
	struct MHD_Response *response = MHD_create_response_from_buffer(
		page->len, page->data, MHD_RESPMEM_MUST_COPY);
	must(response != NULL);
	buf_finish(page);
	reply_header(response, "Content-Type", "text/html; charset=utf-8");
	reply_guard(response, NULL);
	must(MHD_del_response_header(response, "Referrer-Policy", "no-referrer") == MHD_YES);
	reply_header(response, "Referrer-Policy", "same-origin");
	return response;
}
