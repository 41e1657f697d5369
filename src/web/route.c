/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/route.h"

#include "people/rights.h"
#include "web/api.h"
#include "web/capin.h"
#include "web/carry.h"
#include "web/gui.h"
#include "web/ics.h"
#include "web/live.h"
#include "web/logs.h"
#include "web/media.h"
#include "web/registry.h"
#include "web/session.h"
#include "web/sheets.h"
#include "web/sse.h"
#include "web/timetables.h"
#include "web/tus.h"
#include "web/upload.h"

#include <string.h>

/* A file that takes a slow machine its time to make, and a thin line to take. */
#define REPORT(ext)                                                                                \
	{                                                                                          \
		.method = "GET", .path = "/api/reports/{id}." ext, .answer = carry_answer,         \
		.command = "report", .field = "table", .format = ext, .carry = carry_file,         \
		.stream = true, .wait_ms = 300000                                                  \
	}

#define REGISTER(ext)                                                                              \
	{                                                                                          \
		.method = "GET", .path = "/api/registers/{id}." ext, .answer = carry_answer,       \
		.command = "register.export", .field = "register", .format = ext,                  \
		.carry = carry_file, .stream = true, .wait_ms = 300000                             \
	}

static const struct route routes[] = {
	{.method = "GET", .path = "/api/status", .answer = api_ask, .command = "status"},
	{.method = "GET", .path = "/api/day", .answer = api_ask, .command = "day"},
	{.method = "GET", .path = "/api/why", .answer = api_ask, .command = "why"},
	{.method = "GET", .path = "/api/plan", .answer = api_ask, .command = "plan"},
	{.method = "GET", .path = "/api/plan/free", .answer = api_ask, .command = "plan.free"},
	{.method = "GET", .path = "/api/timetables", .answer = api_ask, .command = "timetables"},
	{.method = "GET", .path = "/api/timetables/{id}", .answer = api_ask,
	 .command = "timetable", .field = "name", .reply = timetables_told},
	{.method = "GET", .path = "/api/timetables/{id}/history", .answer = api_ask,
	 .command = "timetable.history", .field = "name"},
	{.method = "PUT", .path = "/api/timetables/{id}", .body = timetables_body,
	 .answer = timetables_put, .right = "timetable.put", .reply = timetables_saved},
	{.method = "POST", .path = "/api/timetables/{id}/preview", .body = timetables_body,
	 .answer = timetables_preview, .right = "timetable.preview"},
	{.method = "POST", .path = "/api/timetables/{id}/edit", .answer = timetables_edit,
	 .right = "timetable.edit"},
	{.method = "POST", .path = "/api/timetables/{id}/days", .answer = timetables_edit,
	 .right = "timetable.days"},
	{.method = "POST", .path = "/api/timetables/{id}/ics", .body = timetables_ics_body,
	 .answer = timetables_ics, .right = "timetable.ics"},
	{.method = "GET", .path = "/api/airings", .answer = api_ask, .command = "log"},
	{.method = "GET", .path = "/api/airings.csv", .answer = api_ask, .command = "log.csv",
	 .csv = true},
	{.method = "GET", .path = "/api/airings/{id}", .answer = api_ask, .command = "airing",
	 .field = "airing"},
	{.method = "GET", .path = "/api/airings/{id}/recording", .answer = api_ask,
	 .command = "airing.recording", .field = "airing", .reply = media_recording},
	{.method = "GET", .path = "/api/airings/{id}/waveform", .answer = api_ask,
	 .command = "airing.waveform", .field = "airing"},
	{.method = "GET", .path = "/api/airings/{id}/proof", .answer = api_ask,
	 .command = "airing.proof", .field = "airing", .reply = logs_proof},
	{.method = "GET", .path = "/api/pack", .answer = carry_answer, .command = "pack",
	 .carry = carry_file, .stream = true},
	{.method = "GET", .path = "/api/pack/size", .answer = api_ask, .command = "pack.size"},
	{.method = "GET", .path = "/api/reports", .answer = api_ask, .command = "reports"},
	REPORT("pdf"), REPORT("xlsx"), REPORT("csv"), REPORT("json"), REPORT("html"),
	/* The log holds everybody's bulletins. */
	{.method = "GET", .path = "/log{path*}", .answer = logs_answer, .right = RIGHT_SEE_ALL,
	 .reply = logs_noted, .away = logs_alone},
	{.method = "GET", .path = "/api/words", .answer = api_ask, .command = "words"},
	{.method = "GET", .path = "/api/bulletins", .answer = api_ask, .command = "bulletins"},
	{.method = "POST", .path = "/api/bulletins", .begin = upload_begin, .body = upload_body,
	 .answer = upload_answer, .stream = true, .right = "bulletin.add"},
	{.method = "GET", .path = "/api/bulletins/{id}", .answer = api_ask, .command = "bulletin",
	 .field = "bulletin"},
	{.method = "GET", .path = "/api/bulletins/{id}/outlook", .answer = api_ask,
	 .command = "bulletin.outlook", .field = "bulletin"},
	{.method = "GET", .path = "/api/bulletins/{id}/past", .answer = api_ask,
	 .command = "bulletin.past", .field = "bulletin"},
	{.method = "POST", .path = "/api/bulletins/{id}/edit", .answer = api_ask,
	 .command = "bulletin.edit", .field = "bulletin"},
	{.method = "POST", .path = "/api/bulletins/{id}/approve", .answer = api_ask,
	 .command = "bulletin.approve", .field = "bulletin"},
	{.method = "POST", .path = "/api/bulletins/{id}/refuse", .answer = api_ask,
	 .command = "bulletin.refuse", .field = "bulletin"},
	{.method = "POST", .path = "/api/bulletins/{id}/withdraw", .answer = api_ask,
	 .command = "bulletin.withdraw", .field = "bulletin"},
	{.method = "GET", .path = "/api/bulletins/{id}/audio", .answer = api_ask,
	 .command = "bulletin.audio", .field = "bulletin", .reply = media_audio},
	{.method = "GET", .path = "/api/bulletins/{id}/waveform", .answer = api_ask,
	 .command = "bulletin.waveform", .field = "bulletin", .reply = media_waveform},
	{.method = "POST", .path = "/api/cut", .answer = api_ask, .command = "cut"},
	{.method = "POST", .path = "/api/resume", .answer = api_ask, .command = "resume"},
	{.method = "POST", .path = "/api/tone", .answer = api_ask, .command = "tone"},
	{.method = "POST", .path = "/api/play", .answer = api_ask, .command = "play"},
	{.method = "POST", .path = "/api/release", .answer = api_ask, .command = "release"},
	{.method = "POST", .path = "/api/relays/try", .answer = api_ask, .command = "relay.try"},
	{.method = "GET", .path = "/api/order", .answer = api_ask, .command = "orders"},
	{.method = "POST", .path = "/api/order", .answer = api_ask, .command = "order"},
	{.method = "POST", .path = "/api/live", .answer = api_ask, .command = "live.start"},
	{.method = "POST", .path = "/api/live/stop", .answer = api_ask, .command = "live.stop"},
	{.method = "POST", .path = "/api/live/sound", .answer = api_ask, .command = "live.sound"},
	{.method = "POST", .path = "/api/emergency", .answer = api_ask, .command = "emergency"},
	{.method = "POST", .path = "/api/emergency/{id}/message", .answer = api_ask,
	 .command = "emergency.message", .field = "emergency"},
	{.method = "POST", .path = "/api/emergency/{id}/end", .answer = api_ask,
	 .command = "emergency.end", .field = "emergency"},
	{.method = "POST", .path = "/api/cap", .begin = capin_begin, .body = capin_body,
	 .answer = capin_answer, .right = "cap"},
	{.method = "OPTIONS", .path = "/files", .answer = tus_options, .bare = true},
	{.method = "POST", .path = "/files", .begin = tus_create_begin, .body = tus_body,
	 .answer = tus_create_answer, .right = "bulletin.add"},
	{.method = "OPTIONS", .path = "/files/{id}", .answer = tus_options, .bare = true},
	{.method = "GET", .path = "/files/{id}", .answer = tus_tell, .right = "bulletin.add"},
	{.method = "PATCH", .path = "/files/{id}", .begin = tus_patch_begin, .body = tus_body,
	 .answer = tus_patch_answer, .right = "bulletin.add"},
	{.method = "DELETE", .path = "/files/{id}", .answer = tus_delete, .bare = true,
	 .right = "bulletin.add"},
	{.method = "GET", .path = "/gui", .answer = gui_form, .plain = true,
	 .right = "bulletin.add"},
	{.method = "POST", .path = "/gui", .begin = gui_begin, .body = gui_body,
	 .answer = gui_answer, .plain = true, .right = "bulletin.add"},
	{.method = "POST", .path = "/gui/login", .body = gui_login_body, .answer = gui_login,
	 .plain = true, .command = "user.login", .reply = gui_logged_in},
	{.method = "GET", .path = "/gui/{id}", .answer = gui_outcome, .plain = true,
	 .right = "bulletin.add"},
	{.method = "GET", .path = "/api/events", .answer = sse_answer, .stream = true,
	 .right = "watch"},
	{.method = "POST", .path = "/api/login", .answer = api_ask, .command = "user.login",
	 .reply = session_begun},
	{.method = "POST", .path = "/api/logout", .answer = api_ask, .command = "user.logout",
	 .reply = session_ended},
	{.method = "POST", .path = "/api/first", .answer = api_ask, .command = "user.first",
	 .reply = session_begun},
	{.method = "GET", .path = "/api/me", .answer = session_me},
	{.method = "GET", .path = "/api/start", .answer = session_start,
	 .reply = session_started},
	{.method = "POST", .path = "/api/me/password", .answer = api_ask,
	 .command = RIGHT_OWN_PASSWORD, .reply = session_begun},
	{.method = "GET", .path = "/api/me/sessions", .answer = api_ask, .command = "me.sessions"},
	{.method = "POST", .path = "/api/me/end", .answer = api_ask, .command = "me.end"},
	{.method = "GET", .path = "/api/me/calendar", .answer = api_ask, .command = "me.calendar"},
	{.method = "POST", .path = "/api/me/calendar", .answer = api_ask,
	 .command = "me.calendar.new"},
	{.method = "POST", .path = "/api/me/calendar/end", .answer = api_ask,
	 .command = "me.calendar.end"},
	{.method = "GET", .path = "/lich.ics", .answer = ics_ask, .command = "calendar",
	 .reply = ics_told},
	{.method = "GET", .path = "/api/settings", .answer = api_ask, .command = "settings"},
	{.method = "POST", .path = "/api/settings", .answer = api_ask, .command = "settings.set"},
	{.method = "GET", .path = "/api/preflight", .answer = api_ask, .command = "preflight"},
	{.method = "POST", .path = "/api/preflight", .answer = api_ask,
	 .command = "preflight.run"},
	{.method = "GET", .path = "/api/holds", .answer = api_ask, .command = "holds"},
	{.method = "POST", .path = "/api/holds", .answer = api_ask, .command = "hold"},
	{.method = "POST", .path = "/api/holds/{id}/lift", .answer = api_ask, .command = "unhold",
	 .field = "hold"},
	{.method = "GET", .path = "/api/registers", .answer = api_ask, .command = "registers"},
	REGISTER("csv"), REGISTER("xlsx"), REGISTER("json"),
	{.method = "GET", .path = "/api/registers/{id}", .answer = api_ask,
	 .command = "register.list", .field = "register"},
	{.method = "GET", .path = "/api/registers/{id}/proof", .answer = api_ask,
	 .command = "register.proof", .field = "register", .reply = logs_proof},
	{.method = "POST", .path = "/api/registers/{id}", .answer = registry_write,
	 .right = "register.write"},
	{.method = "POST", .path = "/api/registers/{id}/import", .begin = sheets_begin,
	 .body = sheets_body, .answer = sheets_look, .right = "register.import",
	 .reply = sheets_looked, .stream = true, .wait_ms = 300000},
	{.method = "POST", .path = "/api/registers/{id}/import/apply", .answer = sheets_apply,
	 .right = "register.import", .reply = sheets_applied, .stream = true,
	 .wait_ms = 300000},
	{.method = "GET", .path = "/api/lists", .answer = api_ask, .command = "lists"},
	{.method = "GET", .path = "/api/lists/{id}", .answer = api_ask, .command = "list",
	 .field = "name", .reply = timetables_told},
	{.method = "PUT", .path = "/api/lists/{id}", .body = timetables_body,
	 .answer = timetables_put, .right = "list.put", .reply = timetables_saved},
	{.method = "POST", .path = "/api/lists/{id}/edit", .answer = timetables_edit,
	 .right = "list.edit", .reply = timetables_saved},
	{.method = "GET", .path = "/api/deadlines", .answer = api_ask, .command = "deadlines"},
	{.method = "POST", .path = "/api/deadlines", .answer = api_ask,
	 .command = "deadline.add"},
	{.method = "POST", .path = "/api/deadlines/done", .answer = api_ask,
	 .command = "deadline.done"},
	{.method = "POST", .path = "/api/deadlines/undone", .answer = api_ask,
	 .command = "deadline.undone"},
	{.method = "GET", .path = "/api/duplicates", .answer = api_ask, .command = "duplicates"},
	{.method = "POST", .path = "/api/duplicates", .answer = api_ask,
	 .command = "duplicate.decide"},
	{.method = "GET", .path = "/api/devices", .answer = api_ask, .command = "devices"},
	{.method = "GET", .path = "/api/users", .answer = api_ask, .command = "user.list"},
	{.method = "POST", .path = "/api/users", .answer = api_ask, .command = "user.add"},
	{.method = "POST", .path = "/api/users/{id}/role", .answer = api_ask,
	 .command = "user.role", .field = "user"},
	{.method = "POST", .path = "/api/users/{id}/password", .answer = api_ask,
	 .command = "user.passwd", .field = "user"},
	{.method = "POST", .path = "/api/users/{id}/disable", .answer = api_ask,
	 .command = "user.disable", .field = "user"},
	{.method = "POST", .path = "/api/users/{id}/enable", .answer = api_ask,
	 .command = "user.enable", .field = "user"},
	{.method = "POST", .path = "/api/users/{id}/end", .answer = api_ask, .command = "user.end",
	 .field = "user"},
	/* What the loudspeakers say in the street is no secret. */
	{.method = "GET", .path = "/live.mp3", .answer = live_answer, .stream = true},
};

const struct route *route_number(size_t i)
{
	return i < sizeof(routes) / sizeof(routes[0]) ? &routes[i] : NULL;
}

const char *route_right(const struct route *route)
{
	return route->right != NULL ? route->right : route->command;
}

bool route_fits(const char *pattern, const char *path,
		char parameter[static ROUTE_PARAMETER_BYTES])
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-_";
	static const char rest_allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-/.";
	size_t front = strcspn(pattern, "{");
	bool rest = strchr(pattern, '*') != NULL;

	parameter[0] = '\0';
	if (strncmp(pattern, path, front) != 0)
		return false;
	if (pattern[front] == '\0')
		return path[front] == '\0';
	const char *value = path + front, *tail = strchr(pattern, '}') + 1;
	size_t len = strspn(value, rest ? rest_allowed : allowed);
	if (rest && memchr(value, '/', len) == NULL)
		return false;
	if (len == 0 || len >= ROUTE_PARAMETER_BYTES || strcmp(value + len, tail) != 0)
		return false;
	memcpy(parameter, value, len);
	parameter[len] = '\0';
	return true;
}

const struct route *route_find(const char *method, const char *path,
			       char parameter[static ROUTE_PARAMETER_BYTES], bool *other_method)
{
	const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;

	*other_method = false;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (!route_fits(routes[i].path, path, parameter))
			continue;
		if (strcmp(routes[i].method, wanted) == 0)
			return &routes[i];
		*other_method = true;
	}
	return NULL;
}
