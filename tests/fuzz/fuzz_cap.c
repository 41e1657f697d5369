/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a CAP message: read behind no fence, with the key that signed some of the corpus,
 * then judged. What begins with "{" is judged as it is: so a worker that was taken over could
 * answer, and no signature stands between the fuzzer and the judge. */
#include "base/must.h"
#include "base/utf8.h"
#include "plan/cap.h"
#include "plan/cap_read.h"
#include "sys/errand.h"

#include <stdint.h>
#include <string.h>

#define NOW_S 1795385400 /* 2026-11-23T05:10:00+07:00 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char pem[] = "-----BEGIN PUBLIC KEY-----\n"
			  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdF/Ui0nZDk1F+2022N3mRbts8kKy\n"
			  "EyUrpKqARyE5PzWtIgLooTFIgSRRxl7eidbIppOq0TEIFLChVMJVO6mJmw==\n"
			  "-----END PUBLIC KEY-----\n";

static const struct settings settings = {
	.zone_count = 2, .cap_severity = 3, .cap_urgency = 3,
	.zones = {{.name = "a", .has_place = true, .lat = 12.05, .lon = 107.08},
		  {.name = "b", .geocodes = {"25471"}, .geocode_count = 1}}};

static void judge(const json_t *alert, bool trusted)
{
	struct wall now = {NOW_S * NS_PER_S};
	struct cap_meaning m;

	cap_judge(alert, &settings, now, trusted, &m);
	must(strcmp(cap_verdict_code(m.verdict), "") != 0);
	must(m.why[0] == '\0' || strcmp(cap_why(m.why), m.why) != 0);
	must(m.zones >> settings.zone_count == 0);
	must(m.verdict != CAP_AIRS || (m.zones != 0 && m.key[0] != '\0' && m.until.ns > 0));
	must(m.verdict != CAP_AIRS || utf8_printable(m.text, strlen(m.text)));
	must(m.verdict != CAP_WAITS || m.from.ns > now.ns);
	must(!cap_refers(alert, ""));
	cap_refers(alert, m.key);
}

static void read_as_xml(const uint8_t *data, size_t len)
{
	static bool ready;
	struct buf parts = {0};

	must(ready || cap_read_prepare());
	ready = true;
	errand_pack(&parts, data, len);
	errand_pack(&parts, "tinh", 4);
	errand_pack(&parts, pem, strlen(pem));
	json_t *answer = cap_read_parts(&parts, false);
	buf_finish(&parts);
	const json_t *alert = json_object_get(answer, "alert");
	const char *error = json_string_value(json_object_get(answer, "error"));
	must((alert != NULL) != (error != NULL));
	must(error == NULL || strcmp(cap_why(error), error) != 0);
	if (alert != NULL)
		judge(alert, true);
	json_decref(answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	json_t *alert = len > 0 && data[0] == '{'
				? json_loadb((const char *)data, len, JSON_REJECT_DUPLICATES, NULL)
				: NULL;

	if (alert != NULL) {
		judge(alert, true);
		judge(alert, false);
		json_decref(alert);
	} else if (len <= CAP_BYTES_MAX) {
		read_as_xml(data, len);
	}
	return 0;
}
