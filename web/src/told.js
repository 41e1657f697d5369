// SPDX-License-Identifier: GPL-3.0-or-later
// A cell of a report in words, by the type of its column, as the printed tables have it.
import { language, number } from './text.js';
import { dateOf } from './time.js';

const grouped = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, language === 'vi' ? '.' : ',');

// Seconds → '1:02:09', rounded.
export function hours(seconds) {
	const s = Math.round(seconds);
	return `${Math.floor(s / 3600)}:${String(Math.floor(s / 60) % 60).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`;
}

const words = { count: grouped, money: grouped, date: dateOf, duration: hours, percent: (n) => `${number(n, 1)} %` };

export const told = (type, value) => (value === null || value === undefined ? '' : words[type]?.(value) ?? String(value));
