/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/guipage.h"

#include "base/json.h"
#include "base/markup.h"
#include "base/must.h"
#include "base/text.h"
#include "web/html.h"
#include "web/reply.h"
#include "web/tuslife.h"

#define LOOK_S 3

static const char *title(void)
{
	return T("Gửi bản tin", "Send a bulletin");
}

static void link_to(struct buf *page, const char *place, const char *words)
{
	buf_print(page, "<p><a href=\"%s\">", place);
	markup_text(page, words);
	buf_text(page, "</a></p>\n");
}

static void field(struct buf *page, const char *label, const char *input)
{
	buf_text(page, "<p><label>");
	markup_text(page, label);
	buf_print(page, "<br>\n<input %s></label></p>\n", input);
}

static void button(struct buf *page, const char *words)
{
	buf_text(page, "<p><button type=\"submit\">");
	markup_text(page, words);
	buf_text(page, "</button></p>\n</form>\n");
}

/* The title before the file: one that will not do is told before the file has come. */
struct MHD_Response *guipage_form(void)
{
	struct buf page = {0};

	html_begin(&page, title(), 0);
	buf_text(&page, "<form method=\"post\" action=\"/gui\" enctype=\"multipart/form-data\">\n");
	field(&page, T("Tên bản tin", "Title"),
	      "type=\"text\" name=\"title\" maxlength=\"120\" required");
	field(&page, T("Tệp âm thanh", "Sound file"),
	      "type=\"file\" name=\"file\" accept=\"audio/*,video/mp4,.amr,.3gp,.wma\" required");
	button(&page, T("Gửi lên", "Send"));
	markup_element(&page, "p",
		     T("Bấm xong hãy chờ trang kết quả hiện ra. Mất mạng giữa chừng thì phải gửi "
		       "lại từ đầu; trang có JavaScript tự gửi tiếp được.",
		       "Then wait for the page with the outcome. If the line is cut it must be "
		       "sent anew; the page with JavaScript goes on by itself."));
	return html_response(&page);
}

static void add_findings(struct buf *page, const json_t *findings)
{
	const json_t *one;
	size_t i;

	if (json_array_size(findings) == 0)
		return;
	markup_element(page, "h2", T("Cần xem lại", "To be looked at"));
	buf_text(page, "<ul>\n");
	json_array_foreach(findings, i, one)
		markup_element(page, "li",
			     json_get_text(json_object_get(one, "texts"), T("vi", "en"),
					   json_get_text(one, "code", "")));
	buf_text(page, "</ul>\n");
}

static void add_bulletin(struct buf *page, const json_t *b)
{
	const char *id = json_get_text(b, "id", "");
	int length_s = (int)json_get_number(b, "length_s", 0);
	struct buf words = {0};

	buf_print(&words, T("Đã nhận “%s”.", "“%s” was received."), json_get_text(b, "title", ""));
	markup_element(page, "p", buf_str(&words));
	buf_reset(&words);
	buf_print(&words,
		  T("Số %s, dài %d:%02d. Bản tin chờ duyệt; chưa duyệt thì chưa phát.",
		    "Number %s, length %d:%02d. It waits for approval and does not air before."),
		  id, length_s / 60, length_s % 60);
	markup_element(page, "p", buf_str(&words));
	buf_finish(&words);
	add_findings(page, json_object_get(b, "findings"));
	buf_text(page, "<p><audio controls src=\"/api/bulletins/");
	markup_text(page, id);
	buf_text(page, "/audio\"></audio></p>\n");
}

static void add_end(struct buf *page, const json_t *end)
{
	const json_t *bulletin = json_object_get(end, "bulletin");
	const json_t *error = json_object_get(end, "error");

	if (bulletin != NULL)
		add_bulletin(page, bulletin);
	else if (error != NULL)
		markup_element(page, "p", json_get_text(error, "text", ""));
	else if (json_object_get(end, "expired") != NULL)
		markup_element(page, "p", T("Tệp gửi dở đã quá một ngày nên bị bỏ.",
					  "Half sent and older than a day, so it was given up."));
	else
		markup_element(page, "p", T("Đài đã nhận bản tin này.",
					  "The station has taken this bulletin."));
	link_to(page, "/gui", bulletin != NULL ? T("Gửi bản tin khác", "Send another")
					       : T("Gửi lại", "Send again"));
}

static void add_work(struct buf *page, const struct tuslife *u)
{
	struct buf words = {0};

	if (u->file.offset < u->file.length) {
		markup_element(page, "p", T("Tệp chưa đến đủ.", "The file is not whole yet."));
		return;
	}
	buf_text(&words, T("Tệp đã đến đủ và nằm an toàn trên máy của đài. ",
			   "The file is whole and safe on the station's computer. "));
	if (u->adding && u->progress >= 0)
		buf_print(&words, T("Đang kiểm tra âm thanh: %d %%.", "Being looked at: %d %%."),
			  (int)(u->progress * 100));
	else if (!u->adding && u->trouble.kind != ERR_NONE)
		buf_print(&words, T("Chưa nhận vào kho được: %s. Đài sẽ tự thử lại.",
				    "It could not be taken in yet: %s. It is tried again by "
				    "itself."),
			  u->trouble.text);
	else
		buf_text(&words, T("Đang chờ kiểm tra âm thanh.", "It waits to be looked at."));
	markup_element(page, "p", buf_str(&words));
	buf_finish(&words);
	markup_element(page, "p", T("Trang tự xem lại sau vài giây. Đóng trang cũng không mất tệp.",
				  "This page looks again by itself. Closing it loses nothing."));
}

struct MHD_Response *guipage_outcome(const struct tuslife *u)
{
	struct buf page = {0};
	bool over = u->file.end != NULL;

	html_begin(&page, title(), over ? 0 : LOOK_S);
	if (over)
		add_end(&page, u->file.end);
	else
		add_work(&page, u);
	return html_response(&page);
}

static void add_login(struct buf *page)
{
	buf_text(page, "<form method=\"post\" action=\"/gui/login\">\n");
	field(page, T("Tên đăng nhập", "User name"),
	      "type=\"text\" name=\"name\" autocomplete=\"username\" autocapitalize=\"none\" "
	      "maxlength=\"32\" required");
	field(page, T("Mật khẩu", "Password"),
	      "type=\"password\" name=\"password\" autocomplete=\"current-password\" required");
	button(page, T("Đăng nhập", "Log in"));
}

struct MHD_Response *guipage_refusal(const struct err *e)
{
	struct buf page = {0};

	html_begin(&page, title(), 0);
	markup_element(&page, "p", e->text);
	if (e->kind == ERR_LOGIN)
		add_login(&page);
	else
		link_to(&page, "/gui", T("Trở lại", "Back"));
	return html_response(&page);
}

struct MHD_Response *guipage_go(const char *place)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);

	must(response != NULL);
	reply_header(response, "Location", place);
	reply_guard(response, NULL);
	return response;
}
