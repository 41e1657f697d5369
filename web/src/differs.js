// SPDX-License-Identifier: GPL-3.0-or-later
// Where the page and a proven entry are not at one: the fact by the words that the page has for it, and what each of them says.
import { FACTS } from './factnames.js';
import { html } from './html.js';
import { languageName, programmeName } from './names.js';
import { number, reasonOf, t } from './text.js';
import { dateOf } from './time.js';

const SHOWN = 6; // differences that are told one by one
const FRAMES_PER_S = 48000;

const isMoment = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
const percent = (part) => `${number(100 * part, 1)} %`;

// What a fact says, as the page writes it; told: { line, words, person }.
const SAID = {
	__proto__: null,
	'clock.synced': (value) => t(value ? 'check.fact.yes' : 'check.fact.no'),
	complete: percent,
	demo: (value) => t(value ? 'check.fact.yes' : 'check.fact.no'),
	frames: (value) => `${number(value / FRAMES_PER_S, 3)} s`,
	language: (value, { words }) => languageName(words, value),
	level: (value) => t(`level.${value}`),
	live: (value) => t(`airing.live.${value}`),
	programmes: (value, { words }) => value.map((code) => programmeName(words, code)).join('; '),
	reason: (value, { line }) => (value === line.reason && reasonOf(line)) || value,
	result: (value) => t(`fate.${value}`),
	share: percent,
	by: (value, { person }) => person(value),
	who: (value, { person }) => person(value),
};

// A word that the page does not have is told as the entry has it.
function saying(name, value, told) {
	if (value === null || value === undefined || value === '')
		return t('check.fact.none');
	if (isMoment(value))
		return `${value.slice(11, 23)} ${dateOf(value)}`;
	const words = SAID[name]?.(value, told);
	if (words && !/^(fate|level|airing\.live)\./.test(words))
		return words;
	if (typeof value === 'object')
		return Array.isArray(value) && value.every((one) => typeof one !== 'object') ? value.join(', ') : JSON.stringify(value);
	return typeof value === 'number' ? String(value).replace('-', '−') : String(value);
}

export const nameOf = (path) => path.map((name) => (typeof name === 'number' ? name + 1 : FACTS[name] ? t(FACTS[name]) : name)).join(', ');

// Two that read alike and are not are shown as the entry has them.
export function telling({ path, shown, told }, known) {
	const [name] = path.filter((part) => typeof part === 'string').slice(-1);
	const [page, log] = [shown, told].map((value) => saying(name, value, known));
	return { name: nameOf(path), ...(page === log ? { page: JSON.stringify(shown), log: JSON.stringify(told) } : { page, log }) };
}

export function Differs({ list, known }) {
	const rows = list.slice(0, SHOWN).map((one) => telling(one, known));
	return html`<ul class="differs">${rows.map(({ name, page, log }) => html`<li key=${name}>
			<b>${name}</b>${t('check.differ', { page, log })}</li>`)}
		${list.length > SHOWN && html`<li>${t('check.differ.more', { count: list.length - SHOWN })}</li>`}</ul>`;
}
