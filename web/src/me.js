// SPDX-License-Identifier: GPL-3.0-or-later
// Who uses the page, and what they may do: told by the station's table (GET /api/me), never by one of ours.

// { accounts, account, rights }; null until it is known.
export let me = null;

export const setMe = (known) => { me = known; };

// May this command be given ("bulletin.approve")? The station asks again whatever the page thinks. unknown: as long
// as nobody has told.
export const may = (command, unknown = false) => (me ? me.rights.includes(command) : unknown);
