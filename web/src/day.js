// SPDX-License-Identifier: GPL-3.0-or-later
// Today's list: every line with what became of it, in words beside a colour.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { may } from './me.js';
import { state } from './station.js';
import { t, said, reasonOf } from './text.js';
import { clockOf, dateOf, spanOf } from './time.js';

// 'unsent' and 'unsure' were played in full, but to no device, or the device did not surely take all of it.
export const FATES = ['waiting', 'on-air', 'full', 'unsent', 'unsure', 'partial', 'cut', 'interrupted', 'missed', 'omitted'];

export const fateOf = (line) => (FATES.includes(line.fate) ? line.fate : 'waiting');

// What was put aside is said so, whether that is written down yet or not.
export const chipOf = (line) => t(`fate.${line.reason === 'quarantined' ? 'quarantined' : fateOf(line)}`);

// Its slot, or what took the air outside of the timetable.
export const placeOf = (line) => line.slot || t(line.drill ? 'place.drill' : line.emergency ? 'place.emergency'
	: line.kind === 'live' ? 'place.live' : 'manual');

// The reason, and what more the log says to it; '' if there is nothing to say.
export const whyOf = (line) => [reasonOf(line), said(line.detail_texts, line.detail_text)].filter(Boolean).join('; ');

// Whoever ordered it, or took it off; by name where the reader may know it.
export const whoOf = (line) => (line.who ? t('day.by', { who: line.name ?? (line.who.startsWith('uid:') ? t('day.machine') : line.who) }) : '');

function Line({ line }) {
	const fate = fateOf(line);
	return html`<li class=${`line fate-${fate}`}>
		<span class="line-clock">${clockOf(line.planned)}</span>
		<span class="line-words">
			<span class="line-title">${line.title || line.slot}</span>
			<span class="quiet">${spanOf(line.length_s)}
				${line.level === 'khan-cap'
					&& html` <span class="tag tag-urgent">${t('level.khan-cap')}</span>`}
				${line.level === 'uu-tien' && html` <span class="tag">${t('level.uu-tien')}</span>`}
				${line.demo && html` <span class="tag">${t('demo')}</span>`}</span>
		</span>
		<span class="fate"><span class="fate-chip">${chipOf(line)}</span>
			${whyOf(line) && html`<span class="fate-reason">${whyOf(line)}</span>`}
			${whoOf(line) && html`<span class="fate-reason">${whoOf(line)}</span>`}</span>
	</li>`;
}

// Lines that follow one another in the same slot stand under one name.
function bySlot(lines) {
	const groups = [];
	for (const line of lines) {
		const last = groups[groups.length - 1];
		if (last && last.slot === line.slot)
			last.lines.push(line);
		else
			groups.push({ slot: line.slot, lines: [line] });
	}
	return groups;
}

const TROUBLE = ['unsent', 'unsure', 'partial', 'cut', 'interrupted', 'missed', 'omitted'];
const OVER = ['full', 'unsent', 'unsure', 'partial', 'cut', 'interrupted', 'missed'];
const PAST_SHOWN = 4;
const COMING_SHOWN = 12;

// '12 đã phát, 1 không phát': what the folded lines hold, so that a fault does not hide.
export function summary(lines, fates = OVER) {
	return fates.map((fate) => [fate, lines.filter((l) => l.fate === fate).length])
		.filter(([, count]) => count > 0)
		.map(([fate, count]) => `${count} ${t(`fate.${fate}`).toLowerCase()}`).join(', ');
}

function Slots({ lines }) {
	return bySlot(lines).map((g) => html`<div class="slot" key=${g.slot + g.lines[0].planned}>
		<h3>${placeOf(g.lines[0])}</h3>
		<ol>${g.lines.map((l) => html`<${Line} line=${l} key=${l.planned + l.title} />`)}</ol>
	</div>`);
}

// Long days fold: what is long over, and what is far off.
function Lines({ lines }) {
	const [past, showPast] = useState(false);
	const [coming, showComing] = useState(false);
	const over = lines.reduce((last, l, i) => (OVER.includes(l.fate) ? i + 1 : last), 0);
	const from = past ? 0 : Math.max(0, over - PAST_SHOWN);
	const to = coming ? lines.length : Math.min(lines.length, over + COMING_SHOWN);
	const folded = lines.slice(0, from);
	return html`
		${from > 0 && html`<button type="button" class="plain" id="past" onClick=${() => showPast(true)}>
			${t('day.past', { count: from, summary: summary(folded) })}</button>`}
		<${Slots} lines=${lines.slice(from, to)} />
		${to < lines.length && html`<button type="button" class="plain" id="coming"
			onClick=${() => showComing(true)}>${t('day.coming', { count: lines.length - to })}</button>`}`;
}

// Whoever stands before one loudspeaker asks what it is to say today.
function Zone({ value, set, names }) {
	return names.length > 1 && html`<label class="day-zone">${t('day.zone')} <select value=${value} onChange=${(e) => set(e.target.value)}>
		<option value="">${t('day.zone.all')}</option>${names.map((n) => html`<option key=${n} value=${n}>${n}</option>`)}</select></label>`;
}

export function Day() {
	const [zone, setZone] = useState('');
	const names = (state.status?.zones ?? []).map((z) => z.name);
	const only = names.includes(zone) ? zone : '';
	const day = state.day && { ...state.day, lines: state.day.lines.filter((l) => !only || l.zones?.includes(only)) };
	const trouble = day ? summary(day.lines, TROUBLE) : '';
	return html`<section class="card day" aria-labelledby="day-title">
		<h2 id="day-title">${t('day')}${day ? html` <span class="quiet">${dateOf(day.date)}</span>` : ''}</h2>
		${day?.lost && html`<p class="trouble">${said(day.lost)}</p>`}
		${trouble && html`<p class="trouble">${t('day.trouble', { summary: trouble })}</p>`}
		<${Zone} value=${only} set=${setZone} names=${names} />
		${!day && html`<p class="quiet">${t('day.loading')}</p>`}
		${day && day.lines.length === 0 && html`<p class="quiet">${t(may('bulletins.all', true) ? 'day.none' : 'day.none.own')}</p>`}
		${day && html`<${Lines} lines=${day.lines} key=${day.date + only} />`}
	</section>`;
}
