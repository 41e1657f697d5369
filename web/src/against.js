// SPDX-License-Identifier: GPL-3.0-or-later
// Kế hoạch / thực phát: a day as a table, what stood in the timetable beside what became of it, and whose doing it was.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { FATES, fateOf, placeOf, summary, whyOf } from './day.js';
import { Fold, foldsOf } from './fold.js';
import { levelsOf, levelWords } from './levels.js';
import { linkTo } from './route.js';
import { number, said, t } from './text.js';
import { clockOf, spanOf } from './time.js';

const SHOWN = 200; // more are slow on a phone
const seconds = (rfc) => rfc.slice(11, 19);
const NOT_AIRED = ['missed', 'omitted'];
const IN_PART = ['partial', 'cut', 'interrupted', 'unsent', 'unsure'];

function aired(line) {
	if (!line.start)
		return '–';
	return `${seconds(line.start)}${line.end ? ` – ${seconds(line.end)}` : ''}${
		typeof line.complete === 'number' && line.complete < 1 ? ` (${number(100 * line.complete, 0)} %)` : ''}`;
}

function Row({ line, path, params }) {
	const fate = fateOf(line);
	const name = line.title || placeOf(line);
	const levels = levelsOf(line);
	const proof = levels ? levelWords(levels) : line.proof && t('against.level', { level: line.proof });
	// Roles, because a phone's rows are laid out as no table is (pages.css).
	return html`<tr role="row" class=${`fate-${fate}`}>
		<td role="cell">${clockOf(line.planned)}</td>
		<td role="cell">${line.airing ? html`<a href=${linkTo(path, { ...params, lan: line.airing })}>${name}</a>` : name}
			<span class="row-part quiet">${placeOf(line)} · ${spanOf(line.length_s)}</span></td>
		<td role="cell">${aired(line)}</td>
		<td role="cell"><span class="fate-chip">${t(`fate.${fate}`)}</span>${proof && html` <span class="tag">${proof}</span>`}
			${line.recorded_texts && html`<span class="row-part">${said(line.recorded_texts)}</span>`}
			${whyOf(line) && html`<span class="row-part">${whyOf(line)}</span>`}
			${line.cause && html`<span class="row-part quiet">${t('airing.cause', { cause: said(line.cause_texts) })}</span>`}</td>
	</tr>`;
}

// 'mất điện 3, con người 1': what kept from the air what was planned.
function causes(lines) {
	const counts = new Map();
	for (const line of lines.filter((l) => NOT_AIRED.includes(l.fate) || IN_PART.includes(l.fate))) {
		const cause = line.cause ? said(line.cause_texts) : t('against.cause.none');
		counts.set(cause, (counts.get(cause) ?? 0) + 1);
	}
	return [...counts].map(([cause, count]) => `${cause}: ${count}`).join('; ');
}

function Table({ lines, path, params }) {
	return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('against')}>
		<table class="compared against" role="table">
			<thead role="rowgroup"><tr role="row">${['plan', 'item', 'was', 'fate'].map((key) => html`<th scope="col" role="columnheader" key=${key}>${t(`against.${key}`)}</th>`)}</tr></thead>
			<tbody role="rowgroup">${lines.map((line) => html`<${Row} line=${line} path=${path} params=${params}
				key=${`${line.planned}${line.airing ?? ''}${line.title}`} />`)}</tbody>
		</table></div>`;
}

// Demonstrations are no plan of anybody's; a station that has nothing else shows them.
export function Against({ lines, path, params }) {
	const [all, setAll] = useState(false);
	const [roomy] = useState(() => matchMedia('(min-width: 700px)').matches);
	const own = lines.filter((l) => !l.demo);
	const day = own.length ? own : lines;
	const { fine, open, folds } = roomy || all ? { open: day, folds: [] } : foldsOf(day);
	const shown = all ? open : open.slice(0, SHOWN);
	const why = causes(day);
	const show = (some) => html`<${Table} lines=${some} path=${path} params=${params} />`;
	const print = () => {
		setAll(true);
		setTimeout(() => window.print()); // once the rest of the table stands
	};
	return html`<p class="log-sum" role="status">${t('log.count', { count: day.length })} (${summary(day, FATES)})</p>
		${why && html`<p class="warned">${t('against.causes', { causes: why })}</p>`}
		${shown.length > 0 && show(shown)}
		${fine && shown.length === 0 && html`<p>${t('log.fine.all')}</p>`}
		${shown.length < open.length && html`<button type="button" class="plain wide"
			onClick=${() => setAll(true)}>${t('day.coming', { count: open.length - shown.length })}</button>`}
		${folds.map(({ words, lines: some }) => html`<${Fold} key=${words} words=${words} lines=${some} show=${show} />`)}
		<p class="quiet">${t('against.proof.words')}</p>
		<p class="tools"><button type="button" class="plain" onClick=${print}>${t('log.print')}</button></p>`;
}
