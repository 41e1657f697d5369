/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/trust.h"

#include "base/must.h"
#include "base/text.h"

struct wall trust_floor(bool has_entry, struct wall last_entry)
{
	struct wall built = {TRUST_BUILT_S * NS_PER_S};

	return has_entry && last_entry.ns > built.ns ? last_entry : built;
}

enum trust trust_judge(struct wall now, struct wall floor, bool synced)
{
	/* Even a synchronised clock: a time server can be wrong, the log is ours. */
	if (now.ns < floor.ns - TRUST_SLACK_NS)
		return TRUST_BEFORE;
	if (synced)
		return TRUST_SYNCED;
	return now.ns - TRUST_AHEAD_NS > floor.ns ? TRUST_TOO_FAR : TRUST_LIKELY;
}

bool trust_enough(enum trust trust)
{
	return trust == TRUST_SYNCED || trust == TRUST_LIKELY;
}

const char *trust_text(enum trust trust)
{
	switch (trust) {
	case TRUST_SYNCED:
		return T("đồng hồ đã đồng bộ", "the clock is synchronised");
	case TRUST_LIKELY:
		return T("đồng hồ chưa đồng bộ với máy chủ giờ; giờ phát có thể lệch",
			 "the clock is not synchronised; times may be off");
	case TRUST_BEFORE:
		return T("đồng hồ sớm hơn những gì đã ghi trong nhật ký (pin đồng hồ hết?); đặt "
			 "lại "
			 "giờ để lịch phát chạy tiếp",
			 "the clock is earlier than what the log holds (a dead battery?); set it "
			 "so "
			 "that the timetable can go on");
	case TRUST_TOO_FAR:
		return T("đồng hồ đi trước nhiều năm và chưa đồng bộ; kiểm tra và đặt lại giờ",
			 "the clock is years ahead and not synchronised; look at it and set it");
	}
	must(false);
}
