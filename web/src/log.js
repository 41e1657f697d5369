// SPDX-License-Identifier: GPL-3.0-or-later
// Nhật ký: a day as it was planned and as it went, and one airing with all that is known about it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { FATES, summary } from './day.js';
import { Choice, Days, Search, dayOf, dayText } from './fields.js';
import { finds } from './find.js';
import { useAnswer } from './hooks.js';
import { Airing } from './airing.js';
import { linkTo } from './route.js';
import { state } from './station.js';
import { t, reasonOf } from './text.js';
import { addDays, clockOf, dateOf, spanOf } from './time.js';

const PATH = 'nhat-ky';
const SHOWN = 200; // a page of more is slow on a phone
let seen = ''; // the airing that was open: coming back leads to its line

const fateOf = (line) => (FATES.includes(line.fate) ? line.fate : 'waiting');
const unique = (values) => [...new Set(values)].sort((a, b) => a.localeCompare(b, 'vi'));

function Line({ line, day }) {
	const fate = fateOf(line);
	const name = line.title || line.slot || t('manual');
	const seconds = (rfc) => rfc.slice(11, 19);
	return html`<li class=${`line fate-${fate}`}>
		<span class="line-clock">${clockOf(line.planned)}</span>
		<span class="line-words">
			<span class="line-title">${line.airing
				? html`<a id=${`line-${line.airing}`} href=${linkTo(PATH, { ngay: day, lan: line.airing })}>${name}</a>`
				: name}</span>
			<span class="quiet">${line.title === line.slot ? '' : html`${line.slot || t('manual')} · `}${
				t('log.planned', { span: spanOf(line.length_s) })}${
				line.zones?.length ? ` · ${t('air.zones', { zones: line.zones.join(', ') })}` : ''}
				${line.demo && html` <span class="tag">${t('demo')}</span>`}</span>
			${line.start && line.fate !== 'missed' && html`<span class="line-actual">${t(line.end ? 'log.actual'
				: 'log.since', { from: seconds(line.start), to: line.end ? seconds(line.end) : '' })}</span>`}
		</span>
		<span class="fate"><span class="fate-chip">${t(`fate.${fate}`)}</span>
			${reasonOf(line) && html`<span class="fate-reason">${reasonOf(line)}</span>`}</span>
	</li>`;
}

const EMPTY = { query: '', slot: '', fate: '', zone: '' };

const passes = (filter) => (line) => (!filter.slot || line.slot === filter.slot)
	&& (!filter.fate || fateOf(line) === filter.fate)
	&& (!filter.zone || line.zones?.includes(filter.zone))
	&& finds(filter.query, line.title, line.slot, line.bulletin, line.airing);

function Filter({ lines, filter, set }) {
	const field = (name) => (value) => set({ ...filter, [name]: value });
	const [roomy] = useState(() => matchMedia('(min-width: 700px)').matches); // a phone shows the list first
	const choices = (values, words = (v) => v) => unique(values).map((v) => [v, words(v)]);
	return html`<form onSubmit=${(e) => e.preventDefault()}><details class="filter-fold" open=${roomy}>
		<summary>${t('log.filter')}</summary><div class="filter">
		<${Search} value=${filter.query} set=${field('query')} />
		<${Choice} label=${t('log.fate')} value=${filter.fate} set=${field('fate')}
			options=${choices(lines.map(fateOf), (f) => t(`fate.${f}`))} />
		<${Choice} label=${t('log.slot')} value=${filter.slot} set=${field('slot')}
			options=${choices(lines.map((l) => l.slot).filter(Boolean))} />
		<${Choice} label=${t('log.zone')} value=${filter.zone} set=${field('zone')}
			options=${choices(lines.flatMap((l) => l.zones ?? []))} />
	</div></details></form>`;
}

function List({ lines, day }) {
	const [filter, setFilter] = useState(EMPTY);
	const [all, setAll] = useState(false);
	const chosen = lines.filter(passes(filter));
	const shown = all ? chosen : chosen.slice(0, SHOWN);
	useEffect(() => {
		document.getElementById(`line-${seen}`)?.focus();
		seen = '';
	}, []);
	const print = () => {
		setAll(true);
		setTimeout(() => window.print()); // once the rest of the list stands
	};
	const sheet = `/api/airings.csv?${new URLSearchParams({ from: day, to: addDays(day, 1) })}`;
	return html`<${Filter} lines=${lines} filter=${filter} set=${setFilter} />
		<p class="log-sum" role="status">${t('log.count', { count: chosen.length })}${
			chosen.length ? ` (${summary(chosen, FATES)})` : ''}</p>
		<div class="tools">
			<button type="button" class="plain" onClick=${print}>${t('log.print')}</button>
			<a class="plain" href=${sheet} download=${`nhat-ky-${day}.csv`}>${t('log.csv')}</a>
		</div>
		<ol class="log">${shown.map((l) => html`<${Line} line=${l} day=${day}
			key=${`${l.planned}${l.airing ?? ''}${l.title}`} />`)}</ol>
		${shown.length < chosen.length && html`<button type="button" class="plain wide"
			onClick=${() => setAll(true)}>${t('day.coming', { count: chosen.length - shown.length })}</button>`}`;
}

function Detail({ line, id, day }) {
	const heading = useRef(null);
	useEffect(() => {
		seen = id;
		heading.current.focus();
	}, []);
	return html`<p class="tools"><a class="plain" href=${linkTo(PATH, { ngay: day })}>‹ ${
			t('log.back', { day: dateOf(day) })}</a></p>
		<section class="card">
			<h3 ref=${heading} tabindex="-1">${line ? line.title || line.slot || t('manual') : t('log.no', { id })}</h3>
			${line && html`<${Airing} line=${line} />`}
		</section>`;
}

function Day({ params, day, answer }) {
	if (params.lan)
		return html`<${Detail} key=${params.lan} id=${params.lan} day=${day}
			line=${answer.lines.find((l) => l.airing === params.lan)} />`;
	return html`<section class="card log-day" aria-labelledby="log-day">
		<h3 id="log-day">${dayText(day)}</h3>
		${answer.lines.length === 0 ? html`<p class="quiet">${t('log.none')}</p>`
			: html`<${List} key=${day} lines=${answer.lines} day=${day} />`}
	</section>`;
}

export function Log({ params }) {
	const day = dayOf(params);
	const { answer, error } = useAnswer(`/api/day?date=${day}`, state.day);
	return html`${!params.lan && html`<${Days} path=${PATH} params=${{}} day=${day} />`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${answer ? html`<${Day} params=${params} day=${day} answer=${answer} />`
			: !error && html`<p class="quiet" role="status">${t('day.loading')}</p>`}`;
}
