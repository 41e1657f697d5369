// SPDX-License-Identifier: GPL-3.0-or-later
// A long day on a phone: what went as planned, and what all went the same way to no loudspeaker, stands behind one line that counts it.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { fateOf, summary, whyOf } from './day.js';
import { t } from './text.js';

const FOLDED_MIN = 8; // fewer are seen at a glance
const FINE = ['full', 'waiting'];
const isFine = (line) => FINE.includes(fateOf(line));

// { fine: nothing differs from the plan, open, folds: [{ words, lines }] }: a station without a device has one reason for all of its lines, and says it once.
export function foldsOf(lines) {
	const groups = new Map();
	for (const line of lines) {
		const key = isFine(line) ? '' : fateOf(line) === 'unsent' ? `unsent ${whyOf(line)}` : undefined;
		if (key !== undefined)
			groups.set(key, [...(groups.get(key) ?? []), line]);
	}
	const long = [...groups].filter(([, some]) => some.length >= FOLDED_MIN);
	const folded = new Set(long.flatMap(([, some]) => some));
	return {
		fine: lines.every(isFine),
		open: lines.filter((l) => !folded.has(l)),
		folds: long.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, some]) => ({
			words: key ? t('log.unsent', { count: some.length, why: whyOf(some[0]) }) : t('log.fine', { summary: summary(some, FINE) }),
			lines: some,
		})),
	};
}

// lines: as the list shows them, only built when it is open. seen: the airing whose line somebody comes back to.
export function Fold({ words, lines, seen, show }) {
	const [open, setOpen] = useState(() => lines.some((l) => l.airing && l.airing === seen));
	return html`<details class="log-fold" open=${open} onToggle=${(e) => setOpen(e.target.open)}>
		<summary>${words}</summary>${open && show(lines)}</details>`;
}
