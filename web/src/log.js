// SPDX-License-Identifier: GPL-3.0-or-later
// Nhật ký: a day, or a week, as it was planned and as it went.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { chipOf, FATES, fateOf, placeOf, summary, whoOf, whyOf } from './day.js';
import { Choice, Days, Search, dayOf, dayText } from './fields.js';
import { finds } from './find.js';
import { Fold, foldsOf } from './fold.js';
import { useAnswer } from './hooks.js';
import { Against } from './against.js';
import { Airing } from './airing.js';
import { languageName, programmeName, useWords } from './names.js';
import { LogHead } from './loghead.js';
import { may } from './me.js';
import { linkTo } from './route.js';
import { keep } from './savefile.js';
import { getFile, nowDigits, state } from './station.js';
import { language, said, t } from './text.js';
import { addDays, clockOf, dateOf, mondayOf, spanOf } from './time.js';

const PATH = 'nhat-ky';
const SHOWN = 200; // a page of more is slow on a phone
const WEEK = 'tuan';
const AGAINST = 'doi-chieu';
let seen = ''; // the airing that was open: coming back leads to its line

const unique = (values) => [...new Set(values.filter(Boolean))].sort((a, b) => a.localeCompare(b, 'vi'));
const seconds = (rfc) => rfc.slice(11, 19);

function Line({ line, params }) {
	const fate = fateOf(line);
	const name = line.title || placeOf(line);
	return html`<li class=${`line fate-${fate}`}>
		<span class="line-clock">${clockOf(line.planned)}</span>
		<span class="line-words">
			<span class="line-title">${line.airing
				? html`<a id=${`line-${line.airing}`} href=${linkTo(PATH, { ...params, lan: line.airing })}>${name}</a>`
				: name}</span>
			<span class="quiet">${line.title === line.slot ? '' : html`${placeOf(line)} · `}${
				t('log.planned', { span: spanOf(line.length_s) })}${
				line.zones?.length ? ` · ${t('air.zones', { zones: line.zones.join(', ') })}` : ''}
				${line.demo && html` <span class="tag">${t('demo')}</span>`}</span>
		</span>
		<span class="line-actual">${line.start && fate !== 'missed' && t(line.end ? 'log.actual' : 'log.since',
			{ from: seconds(line.start), to: line.end ? seconds(line.end) : '' })}
			${line.corrected_start && html`<span class="row-part">${t('log.corrected',
				{ at: `${seconds(line.corrected_start)} ${dateOf(line.corrected_start)}` })}</span>`}</span>
		<span class="fate"><span class="fate-chip">${chipOf(line)}</span>
			${whyOf(line) && html`<span class="fate-reason">${whyOf(line)}</span>`}
			${whoOf(line) && html`<span class="fate-reason">${whoOf(line)}</span>`}</span>
	</li>`;
}

const EMPTY = { query: '', slot: '', fate: '', cause: '', zone: '', language: '', programme: '' };

const passes = (filter) => (line) => (!filter.slot || line.slot === filter.slot)
	&& (!filter.cause || said(line.cause_texts) === filter.cause)
	&& (!filter.fate || fateOf(line) === filter.fate)
	&& (!filter.zone || line.zones?.includes(filter.zone))
	&& (!filter.language || line.language === filter.language)
	&& (!filter.programme || line.programmes?.includes(filter.programme))
	&& finds(filter.query, line.title, line.slot, line.bulletin, line.airing, whyOf(line));

// [field, key of its label, its values in a line, words for a value]
const fieldsOf = (words) => [
	['fate', 'log.fate', (l) => [fateOf(l)], (f) => t(`fate.${f}`)],
	['cause', 'log.cause', (l) => [l.cause && said(l.cause_texts)]],
	['slot', 'log.slot', (l) => [l.slot]],
	['zone', 'log.zone', (l) => l.zones ?? []],
	['language', 'airing.language', (l) => [l.language], (code) => languageName(words, code)],
	['programme', 'airing.programmes', (l) => l.programmes ?? [], (code) => programmeName(words, code)],
];

function Filter({ lines, filter, fields, set, roomy }) {
	const field = (name) => (value) => set({ ...filter, [name]: value });
	return html`<form onSubmit=${(e) => e.preventDefault()}><details class="filter-fold" open=${roomy}>
		<summary>${t('log.filter')}</summary><div class="filter">
		<${Search} value=${filter.query} set=${field('query')} />
		${fields.map(([name, label, values, words = (v) => v]) => {
			const all = unique(lines.flatMap(values));
			return (all.length > 1 || filter[name]) && html`<${Choice} key=${name} label=${t(label)} value=${filter[name]}
				set=${field(name)} options=${all.map((v) => [v, words(v)])} />`;
		})}
	</div></details></form>`;
}

// What the list was narrowed down to: a sheet of paper must say that it is not the whole.
function filterWords(filter, fields) {
	const chosen = fields.filter(([name]) => filter[name])
		.map(([name, label, , words = (v) => v]) => `${t(label)}: ${words(filter[name])}`);
	return [...chosen, filter.query && t('log.searched', { query: filter.query })].filter(Boolean).join('; ');
}

function PaperHead({ period, title = 'log.paper', filter, fields }) {
	const now = nowDigits();
	const only = filterWords(filter, fields);
	return html`<div class="paper-head">
		<p><b>${state.status?.station.name ?? ''}</b></p>
		<p class="paper-title">${t(title)}</p>
		<p>${period}</p>
		${only && html`<p>${t('log.only', { filter: only })}</p>`}
		<p>${t('log.printed', { at: `${now.slice(11, 16)} ${dateOf(now)}` })}</p>
	</div>`;
}

function byDay(lines) {
	const days = new Map();
	for (const line of lines) {
		const day = line.planned.slice(0, 10);
		days.set(day, [...(days.get(day) ?? []), line]);
	}
	return [...days];
}

const Lines = ({ lines, params }) => html`<ol class="log">${lines.map((l) => html`<${Line} line=${l} params=${params}
	key=${`${l.planned}${l.airing ?? ''}${l.title}`} />`)}</ol>`;

// A long day on a phone: first what did not go as planned, and what is on air.
function DayLines({ lines, params, whole }) {
	const { fine, open, folds } = whole ? { open: lines, folds: [] } : foldsOf(lines);
	const show = (some) => html`<${Lines} lines=${some} params=${params} />`;
	return html`${open.length > 0 && show(open)}${fine && open.length === 0 && html`<p>${t('log.fine.all')}</p>`}
		${folds.map(({ words, lines: some }) => html`<${Fold} key=${words} words=${words} lines=${some} seen=${seen} show=${show} />`)}`;
}

function List({ lines, span, params, period }) {
	const [filter, setFilter] = useState(EMPTY);
	const [all, setAll] = useState(false);
	const [roomy] = useState(() => matchMedia('(min-width: 700px)').matches); // a phone shows the list first, and folds it
	const fields = fieldsOf(useWords());
	const chosen = lines.filter(passes(filter));
	// What somebody looks for is not folded away from them.
	const folds = !roomy && !all && chosen.length === lines.length && foldsOf(lines).open.length <= SHOWN;
	const shown = all || folds ? chosen : chosen.slice(0, SHOWN);
	useEffect(() => {
		document.getElementById(`line-${seen}`)?.focus();
		seen = '';
	}, []);
	const print = () => {
		setAll(true);
		setTimeout(() => window.print()); // once the rest of the list stands
	};
	const [error, setError] = useState('');
	const name = `nhat-ky-${span.from}.csv`;
	const save = (e) => {
		e.preventDefault();
		setError('');
		getFile(sheet).then((file) => keep(file, name), (failed) => setError(failed.message));
	};
	const sheet = `/api/airings.csv?${new URLSearchParams({ ...span, lang: language })}`;
	return html`<${PaperHead} period=${period} filter=${filter} fields=${fields} />
		<${Filter} lines=${lines} filter=${filter} fields=${fields} set=${setFilter} roomy=${roomy} />
		<p class="log-sum" role="status">${t('log.count', { count: chosen.length })}${
			chosen.length ? ` (${summary(chosen, FATES)})` : ''}</p>
		<div class="tools">
			<button type="button" class="plain" onClick=${print}>${t('log.print')}</button>
			<a class="plain" id="sheet" href=${sheet} download=${name} onClick=${save}>${t('log.csv')}</a>
		</div>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${byDay(shown).map(([day, some]) => html`<section key=${day}>
			${params.xem === WEEK && html`<h4>${dayText(day)}</h4>`}
			<${DayLines} lines=${some} params=${params} whole=${!folds} /></section>`)}
		${shown.length < chosen.length && html`<button type="button" class="plain wide"
			onClick=${() => setAll(true)}>${t('day.coming', { count: chosen.length - shown.length })}</button>`}`;
}

function Detail({ params }) {
	const id = params.lan;
	const { answer, error } = useAnswer(`/api/airings/${encodeURIComponent(id)}`, state.day);
	const heading = useRef(null);
	const line = answer?.airing;
	const day = params.ngay ?? line?.planned.slice(0, 10);
	useEffect(() => {
		seen = id;
		heading.current.focus();
	}, []);
	return html`<p class="tools"><a class="plain" href=${linkTo(PATH, { ...params, ngay: day, lan: '' })}>‹ ${
			params.xem === WEEK ? t('log.back.week') : t('log.back', { day: day ? dateOf(day) : '' })}</a></p>
		<section class="card">
			<h3 ref=${heading} tabindex="-1">${line ? line.title || placeOf(line) : error || t('day.loading')}</h3>
			${line && html`<${Airing} told=${answer} />`}
		</section>`;
}

// The whole week is what an inspector asks for; it holds what the log has, and nothing that is only planned.
function Period({ params, day }) {
	const week = params.xem === WEEK, against = params.xem === AGAINST;
	const from = week ? mondayOf(day) : day;
	const to = addDays(from, week ? 7 : 1);
	const { answer, error } = useAnswer(week ? `/api/airings?from=${from}&to=${to}&brief=1` : `/api/day?date=${day}`, week || state.day);
	const lines = answer?.airings ?? answer?.lines;
	const kept = week || against ? { xem: params.xem } : {};
	const others = [['', 'plan.day'], [AGAINST, 'against'], [WEEK, 'plan.week']].filter(([xem]) => xem !== (kept.xem ?? ''));
	const period = week ? t('log.week', { from: dateOf(from), to: dateOf(addDays(to, -1)) }) : dayText(day);
	return html`<div class="log-days"><${Days} path=${PATH} params=${kept} day=${day} step=${week ? 7 : 1} />
			<p class="tools">${others.map(([xem, word]) => html`<a class="plain" key=${xem}
				href=${linkTo(PATH, { ngay: params.ngay, xem })}>${t(word)}</a>`)}
			${may('holds') && html`<a class="plain" href=${linkTo('thanh-tra')}>${t('page.inspect')}</a>`}</p></div>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${!answer && !error && html`<p class="quiet" role="status">${t('day.loading')}</p>`}
		${lines && html`<section class="card log-day" aria-labelledby="log-day">
			<h3 id="log-day">${period}</h3>
			${lines.length === 0 ? html`<p class="quiet">${t(week ? 'log.none.week' : 'log.none')}</p>`
			: against ? html`<${PaperHead} period=${period} title="log.paper.against" filter=${EMPTY} fields=${[]} />
				<${Against} key=${from} lines=${lines} path=${PATH} params=${{ ngay: params.ngay, ...kept }} />`
			: html`<${List} key=${from + params.xem} lines=${lines} span=${{ from, to }} period=${period}
				params=${{ ngay: params.ngay, ...kept }} />`}
			<${LogHead} again=${week || state.day} />
		</section>`}`;
}

export function Log({ params }) {
	return params.lan ? html`<${Detail} key=${params.lan} params=${params} />`
		: html`<${Period} params=${params} day=${dayOf(params)} />`;
}
