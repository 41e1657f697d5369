// SPDX-License-Identifier: GPL-3.0-or-later
// Kế hoạch / thực phát: a day as a table, what stood in the timetable beside what became of it, and whose doing it was.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { FATES, fateOf, summary, whyOf } from './day.js';
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
	const name = line.title || line.slot || t('manual');
	return html`<tr class=${`fate-${fate}`}>
		<td>${clockOf(line.planned)}</td>
		<td>${line.airing ? html`<a href=${linkTo(path, { ...params, lan: line.airing })}>${name}</a>` : name}
			<span class="row-part quiet">${line.slot || t('manual')} · ${spanOf(line.length_s)}</span></td>
		<td>${aired(line)}</td>
		<td><span class="fate-chip">${t(`fate.${fate}`)}</span>${line.proof && html` <span class="tag">${t('against.level', { level: line.proof })}</span>`}
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

// Demonstrations are no plan of anybody's; a station that has nothing else shows them.
export function Against({ lines, path, params }) {
	const [all, setAll] = useState(false);
	const own = lines.filter((l) => !l.demo);
	const day = own.length ? own : lines;
	const shown = all ? day : day.slice(0, SHOWN);
	const why = causes(day);
	const print = () => {
		setAll(true);
		setTimeout(() => window.print()); // once the rest of the table stands
	};
	return html`<p class="log-sum" role="status">${t('log.count', { count: day.length })} (${summary(day, FATES)})</p>
		${why && html`<p class="warned">${t('against.causes', { causes: why })}</p>`}
		<div class="scroll" tabindex="0" role="region" aria-label=${t('against')}>
		<table class="compared against">
			<thead><tr>${['plan', 'item', 'was', 'fate'].map((key) => html`<th scope="col" key=${key}>${t(`against.${key}`)}</th>`)}</tr></thead>
			<tbody>${shown.map((line) => html`<${Row} line=${line} path=${path} params=${params}
				key=${`${line.planned}${line.airing ?? ''}${line.title}`} />`)}</tbody>
		</table></div>
		${shown.length < day.length && html`<button type="button" class="plain wide"
			onClick=${() => setAll(true)}>${t('day.coming', { count: day.length - shown.length })}</button>`}
		<p class="quiet">${t('against.proof.words')}</p>
		<p class="tools"><button type="button" class="plain" onClick=${print}>${t('log.print')}</button></p>`;
}
