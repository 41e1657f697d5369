// SPDX-License-Identifier: GPL-3.0-or-later
// What an airing proves in each of its zones. Its own level is that of the worst: a zone that got nothing leaves it without one.

// { zone: level or null } where some zone has another level than the airing as a whole; else null.
export function levelsOf(line) {
	const levels = line.proof_by_zone;
	const whole = line.proof ?? null;
	return levels && Object.values(levels).some((level) => level !== whole) ? levels : null;
}

export const levelWords = (levels) => Object.keys(levels).sort().map((zone) => `${zone}: ${levels[zone] ?? '–'}`).join('; ');

// Out of the entries themselves, as the station has it in src/proof/zonelevel.c: older ones give each zone's search and no level.
function foundIn(check, zone) {
	const its = check?.by_zone?.[zone];
	const ear = (check?.microphones ?? []).find((m) => m.zone === zone);
	if (!its || 'proof' in its)
		return its?.proof ?? 'A';
	if (its.code === 'different')
		return 'A';
	return ear?.code === 'found' ? 'C' : its.code === 'found' ? 'B' : 'A';
}

// ended, check: the entries airing.ended and airing.checked (or none). null: a single zone.
export const levelsIn = (ended, check) => ended.by_zone && Object.fromEntries(Object.entries(ended.by_zone).map(([zone, its]) =>
	[zone, its?.proof ? foundIn(check, zone) : null]));
