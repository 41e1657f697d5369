// SPDX-License-Identifier: GPL-3.0-or-later
// Times as the station means them. The station sends RFC 3339 with its own offset, and the page shows
// those digits: a phone in another time zone must not move the timetable. No locale code of the browser
// is used, so that every machine writes 23/11/2026 and 17:05.

const two = (n) => String(n).padStart(2, '0');

// '2026-11-23T05:30:00.000+07:00' → '05:30'
export const clockOf = (rfc) => rfc.slice(11, 16);

// '2026-11-23…' → '23/11/2026'
export const dateOf = (rfc) => `${rfc.slice(8, 10)}/${rfc.slice(5, 7)}/${rfc.slice(0, 4)}`;

// Seconds → '4:05', or '1:02:09' from an hour on. Never negative.
export function spanOf(seconds) {
	const s = Math.max(0, Math.floor(seconds + 1e-6));
	const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
	return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${rest}`;
}

// Minutes east of UTC in an RFC 3339 text.
export function offsetOf(rfc) {
	const m = /([+-])(\d\d):(\d\d)$/.exec(rfc);
	return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) : 0;
}

// Unix milliseconds at an offset → RFC 3339 digits, without the offset.
export const digitsOf = (ms, offset_min) => new Date(ms + offset_min * 60000).toISOString();

// A day some days after '2026-11-22'.
export const addDays = (day, days) =>
	new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);

// 0 Sunday … 6 Saturday.
export const weekdayOf = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();

// The Monday of its week.
export const mondayOf = (day) => addDays(day, -((weekdayOf(day) + 6) % 7));

// True for '2026-02-28', not for '2026-02-30'.
export function isDay(text) {
	const ms = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

// What a person types, '22/11/2026', '22-11-2026' or '22.11.2026', → '2026-11-22'; '' if it is no day.
export function dayTyped(text) {
	const m = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
	const day = m ? `${m[3]}-${two(m[2])}-${two(m[1])}` : '';
	return isDay(day) ? day : '';
}
