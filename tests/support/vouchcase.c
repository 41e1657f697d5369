/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/vouchcase.h"

#include "base/must.h"
#include "proof/notary.h"
#include "support/tmpdir.h"

#include <stdio.h>
#include <string.h>

char vc_dir[64];
struct disk_real vc_disk;
struct notary *vc_notary;
struct outside vc_outside;
struct vouching vc_job;
struct err vc_err;

void vc_add(int count)
{
	char text[64];
	struct notary_state state;

	for (int i = 0; i < count; i++) {
		notary_state(vc_notary, &state);
		int len = snprintf(text, sizeof(text), "{\"n\":%d}", (int)state.size);
		must(notary_append(vc_notary, text, (size_t)len, &vc_err));
	}
}

void vc_setup(void)
{
	static const struct notary_setup how = {.name = "vangxa/dai", .boot = "b", .seed = {1}};

	tmpdir_make(vc_dir);
	must(disk_real_open(&vc_disk, vc_dir, &vc_err) &&
	     notary_open(&vc_notary, &vc_disk.disk, &how, &vc_err));
	vc_add(20);
	outside_open(&vc_outside);
}

void vc_teardown(void)
{
	vouching_finish(&vc_job);
	vc_job = (struct vouching){.count = 0};
	outside_close(&vc_outside);
	notary_close(vc_notary);
	disk_real_close(&vc_disk);
	tmpdir_remove(vc_dir);
}

struct vouching_one *vc_ask(int64_t old)
{
	struct notary_state state;
	struct vouching_one *one = &vc_job.witnesses[0];

	vouching_finish(&vc_job);
	notary_state(vc_notary, &state);
	vc_job = (struct vouching){.disk = &vc_disk.disk, .log = state.log,
				   .entries = state.size, .now_s = 1795386600, .count = 1};
	snprintf(vc_job.vkey, sizeof(vc_job.vkey), "%s", state.vkey);
	*one = (struct vouching_one){.asked = true, .old = old};
	snprintf(one->name, sizeof(one->name), "mot");
	snprintf(one->url, sizeof(one->url), "%s", vc_outside.url);
	snprintf(one->key, sizeof(one->key), "%s", vc_outside.vkey);
	must(vouching_run(&vc_job, &vc_err));
	return one;
}
