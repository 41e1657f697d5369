/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tusset.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "people/throttle.h"
#include "web/request.h"
#include "web/session.h"
#include "web/tuslife.h"
#include "web/web.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SWEEP_NS (600 * NS_PER_S)

struct tusset {
	struct tuslist list;
	struct timer sweep;
	struct throttle addresses, accounts, all; /* beginnings */
};

static void sweep(struct timer *t)
{
	struct tusset *set = t->arg;

	for (struct tuslife *u = set->list.first, *next; u != NULL; u = next) {
		next = u->next;
		tuslife_age(u);
	}
	timer_set(t, mono_add_ns(clock_mono(set->list.web->clock), SWEEP_NS));
}

static void load_one(struct tusset *set, const char *name)
{
	const char *dir = set->list.web->config.dir;
	char id[INCOMING_ID_BYTES] = "", path[PATH_BYTES];
	struct tusfile file;
	struct err e = {0};

	if (strlen(name) < sizeof(id) - 1)
		return;
	memcpy(id, name, sizeof(id) - 1);
	if (!incoming_is_id(id) || strncmp(name + sizeof(id) - 1, TUSFILE_ENDING, 4) != 0)
		return;
	if (strcmp(name + sizeof(id) - 1, TUSFILE_ENDING) == 0 && set->list.count < TUS_KEPT_MAX &&
	    tusfile_load(&file, dir, id, &e)) {
		tuslife_new(&set->list, &file)->listed = true;
		return;
	}
	/* Half written when the power went: nobody was told that it is there. Its bytes, if there
	 * are any, go the way of all that is a day old. */
	snprintf(path, sizeof(path), "%s/incoming/%s", dir, name);
	unlink(path);
}

struct tusset *tusset_open(struct web *w)
{
	struct tusset *set = calloc(1, sizeof(*set));
	char folder[PATH_BYTES];

	must(set != NULL);
	set->list.web = w;
	throttle_init(&set->addresses, TUS_ADDRESS_PER_MINUTE,
		      60 * NS_PER_S / TUS_ADDRESS_PER_MINUTE);
	throttle_init(&set->accounts, TUS_ADDRESS_PER_MINUTE,
		      60 * NS_PER_S / TUS_ADDRESS_PER_MINUTE);
	throttle_init(&set->all, TUS_BEGIN_PER_MINUTE, 60 * NS_PER_S / TUS_BEGIN_PER_MINUTE);
	snprintf(folder, sizeof(folder), "%s/incoming", w->config.dir);
	DIR *d = opendir(folder);
	for (struct dirent *f; d != NULL && (f = readdir(d)) != NULL;)
		load_one(set, f->d_name);
	if (d != NULL)
		closedir(d);
	timer_open(&set->sweep, w->loop);
	set->sweep.due = sweep;
	set->sweep.arg = set;
	sweep(&set->sweep);
	for (struct tuslife *u = set->list.first; u != NULL; u = u->next)
		tuslife_go_on(u);
	return set;
}

void tusset_close(struct tusset *set)
{
	if (set == NULL)
		return;
	for (struct tuslife *u = set->list.first, *next; u != NULL; u = next) {
		next = u->next;
		tuslife_destroy(u);
	}
	timer_close(&set->sweep, set->list.web->loop);
	free(set);
}

struct tuslife *tusset_find(struct tusset *set, const char *id)
{
	for (struct tuslife *u = set->list.first; u != NULL; u = u->next)
		if (strcmp(u->file.id, id) == 0)
			return u->doomed || tuslife_age(u) ? NULL : u;
	return NULL;
}

struct tusowner tusset_owner(const struct request *r)
{
	struct tusowner who = {.account = r->account};

	_Static_assert(sizeof(who.address) >= SESSION_ADDRESS_BYTES, "room for any address");
	session_address(r, who.address);
	return who;
}

bool tusset_is_own(const struct request *r, const struct tuslife *u, struct err *e)
{
	if (u->file.owner.account == 0 || u->file.owner.account == r->account)
		return true;
	return err_set(e, ERR_REFUSED,
		       T("tệp này do tài khoản khác gửi; đăng nhập bằng tài khoản đó để gửi tiếp",
			 "another account sends this file; log in as that one to go on"));
}

/* Those that stand now, and what they may still take from the disk. */
struct standing {
	int all, address, account;
	int64_t promised;
};

static struct standing count(const struct tusset *set, const struct tusowner *who)
{
	struct standing n = {0};

	for (const struct tuslife *u = set->list.first; u != NULL; u = u->next) {
		const struct tusowner *owner = &u->file.owner;
		if (u->file.end != NULL)
			continue;
		n.all++;
		n.address += strcmp(owner->address, who->address) == 0;
		n.account += who->account != 0 && owner->account == who->account;
		n.promised += u->file.length - u->received;
	}
	return n;
}

/* Counts a beginning of this address and this account. */
static bool not_too_fast(struct tusset *set, const struct tusowner *who)
{
	struct mono now = clock_mono(set->list.web->clock);
	int64_t wait_ns;
	char account[32];

	snprintf(account, sizeof(account), "user:%lld", (long long)who->account);
	if (!throttle_take(&set->addresses, who->address, now, &wait_ns))
		return false;
	bool known = who->account != 0;
	if (!known || throttle_take(&set->accounts, account, now, &wait_ns)) {
		if (throttle_take(&set->all, "", now, &wait_ns))
			return true;
		if (known)
			throttle_return(&set->accounts, account);
	}
	throttle_return(&set->addresses, who->address);
	return false;
}

bool tusset_may_begin(struct tusset *set, const struct tusowner *who, int64_t length,
		      unsigned *status, struct err *e)
{
	struct standing n = count(set, who);

	*status = MHD_HTTP_CONTENT_TOO_LARGE;
	if (length > AUDIO_FILE_BYTES_MAX)
		return err_set(e, ERR_USAGE, T("tệp quá lớn: nhiều nhất %d GB",
					       "the file is too large: at most %d GB"),
			       (int)(AUDIO_FILE_BYTES_MAX >> 30));
	*status = MHD_HTTP_TOO_MANY_REQUESTS;
	if (n.all >= TUS_UPLOADS_MAX || n.address >= TUS_ADDRESS_MAX ||
	    n.account >= TUS_ACCOUNT_MAX || set->list.count >= TUS_KEPT_MAX)
		return err_set(e, ERR_CONFLICT,
			       T("còn nhiều tệp gửi dở; chờ gửi xong, hoặc bỏ bớt, rồi thử lại",
				 "many files are half sent; wait for them, or give some up, and "
				 "try again"));
	if (!not_too_fast(set, who))
		return err_set(e, ERR_CONFLICT, T("gửi quá nhiều tệp trong một phút; chờ một phút",
						  "too many files in a minute; wait a minute"));
	*status = MHD_HTTP_INSUFFICIENT_STORAGE;
	return incoming_has_room(set->list.web->config.dir, n.promised + length, e);
}

struct tuslife *tusset_create(struct tusset *set, const struct tusowner *who, int64_t length,
			      json_t *words, struct err *e)
{
	struct tusfile file = {.length = length, .words = words, .owner = *who,
			       .touched = clock_wall(set->list.web->clock)};

	if (tusfile_create(&file, set->list.web->config.dir, e))
		return tuslife_new(&set->list, &file);
	tusfile_finish(&file);
	return NULL;
}

struct tuslife *tusset_adopt(struct tusset *set, const struct tusfile *file)
{
	struct tuslife *u = tuslife_new(&set->list, file);

	u->listed = true;
	u->file.touched = clock_wall(set->list.web->clock);
	tuslife_go_on(u);
	return u;
}

int tusset_senders(const struct tusset *set)
{
	int senders = 0;

	for (const struct tuslife *u = set->list.first; u != NULL; u = u->next)
		senders += u->sender != NULL;
	return senders;
}
