// SPDX-License-Identifier: GPL-3.0-or-later
// What a report is asked for: as the page's address has it, as the station takes it, and the fields in between.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { today } from './fields.js';
import { linkTo } from './route.js';
import { t } from './text.js';
import { dateOf, dayTyped, isDay } from './time.js';

export const PATH = 'bao-cao';
const NONE = '-'; // in the page's address, where what is empty is left out: those that have no code
// [in the page's address, as the station calls it, where its codes stand in /api/reports]
export const FILTERS = [['ct', 'programme', 'programmes'], ['tieng', 'language', 'languages'], ['loai', 'kind', 'kinds'],
	['nguon', 'fund', 'funds'], ['cum', 'place', 'places'], ['nguoi', 'producer', 'producers']];
const KINDS = ['month', 'quarter', 'half', 'year', 'days'];
const DIVIDED = 'B'; // the table that is divided by programme, language, …
const ONLY = ['aired', 'not-aired', 'unclear'];

const parts = { month: 12, quarter: 4, half: 2 };
const two = (n) => String(n).padStart(2, '0');
const periodOf = { month: (y, n) => `${y}-${two(n)}`, quarter: (y, n) => `${y}-Q${n}`, half: (y, n) => `${y}-H${n}`, year: (y) => `${y}` };

// '2026-Q4' → { kind: 'quarter', year: '2026', part: 4 }; what is no period is this month.
export function periodRead(text = '') {
	const [from, to = from] = text.split('..');
	if (isDay(from) && isDay(to))
		return { kind: 'days', from, to };
	const m = /^(\d{4})(?:-([QH]?)(\d\d?))?$/.exec(text);
	const kind = !m || !m[3] ? 'year' : { Q: 'quarter', H: 'half' }[m[2]] ?? 'month';
	const part = Number(m?.[3] ?? 1);
	return m && (kind === 'year' || (part >= 1 && part <= parts[kind])) ? { kind, year: m[1], part } : periodRead(today().slice(0, 7));
}

// The page's parameters → the station's.
export function askOf(params) {
	const p = periodRead(params.ky);
	return {
		period: p.kind === 'days' ? `${p.from}..${p.to}` : periodOf[p.kind](p.year, p.part),
		...(params.vong === 'report' && { cycle: 'report' }),
		...Object.fromEntries(FILTERS.filter(([key]) => params[key]).map(([key, name]) => [name, params[key] === NONE ? '' : params[key]])),
		...(ONLY.includes(params.chi) && { only: params.chi }),
		...(params.theo && params.bang === DIVIDED && { by: params.theo }),
	};
}

// What stands behind a figure: table A of the same period, narrowed as the figure says.
export const openedLink = (params, open) => linkTo(PATH, { ky: params.ky, vong: params.vong, bang: 'A', chi: open.only,
	...Object.fromEntries(FILTERS.filter(([, name]) => name in open).map(([key, name]) => [key, open[name] || NONE])) });

export const nameOf = (list, code) => list?.find((c) => c.code === code)?.name || code;

const Choose = ({ name, label, value, options, change }) => html`<label>${label}
	<select name=${name} id=${`report-${name}`} onChange=${(e) => change?.(e.target.value)}>
		${options.map(([v, words]) => html`<option key=${v} value=${v} selected=${v === value}>${words}</option>`)}</select></label>`;

const ROMAN = ['I', 'II', 'III', 'IV'];
const partWords = { month: (n) => t('report.part.month', { n }), quarter: (n) => t('report.part.quarter', { n: ROMAN[n - 1] }),
	half: (n) => t(`report.part.half.${n}`) };
const count = (n) => Array.from({ length: n }, (_, i) => i + 1);

const Day = ({ name, value, wrong }) => html`<label>${t(`inspect.${name}`)} <input type="text" name=${name} id=${`report-${name}`}
	inputmode="numeric" autocomplete="off" size="10" aria-invalid=${wrong} aria-describedby=${wrong ? 'report-wrong' : null}
	defaultValue=${dateOf(value)} /></label>`;

function Period({ period, cycle, day, wrong }) {
	const [kind, setKind] = useState(period.kind);
	const now = today();
	return html`<${Choose} name="every" label=${t('report.period')} value=${kind} change=${setKind}
			options=${KINDS.map((k) => [k, t(`report.kind.${k}`)])} />
		${kind === 'days' ? html`<${Day} name="from" value=${period.from ?? now} wrong=${wrong} />
			<${Day} name="to" value=${period.to ?? now} wrong=${wrong} />` : html`
		${kind in parts && html`<${Choose} key=${kind} name="part" label=${t(`report.kind.${kind}`)}
			value=${period.kind === kind ? period.part : 1} options=${count(parts[kind]).map((n) => [n, partWords[kind](n)])} />`}
		<label>${t('report.year')} <input type="text" name="year" id="report-year" inputmode="numeric" autocomplete="off" size="4" maxlength="4"
			aria-invalid=${wrong} aria-describedby=${wrong ? 'report-wrong' : null} defaultValue=${period.year ?? now.slice(0, 4)} /></label>
		<${Choose} name="cycle" label=${t('report.cycle')} value=${cycle}
			options=${[['', t('report.cycle.calendar')], ['report', t('report.cycle.report', { from: day, to: day - 1 })]]} />`}`;
}

function periodTyped(form) {
	const { every: kind, part, year, from, to } = Object.fromEntries(new FormData(form));
	if (kind !== 'days')
		return /^\d{4}$/.test(year) ? periodOf[kind](year, Number(part)) : '';
	const days = [from, to].map(dayTyped);
	return days[0] && days[1] && days[0] <= days[1] ? days.join('..') : '';
}

// lists: what /api/reports tells.
export function Ask({ params, lists }) {
	const [wrong, setWrong] = useState(false);
	const [table, setTable] = useState(params.bang);
	const submit = (e) => {
		e.preventDefault();
		const ky = periodTyped(e.target);
		const said = Object.fromEntries(new FormData(e.target));
		setWrong(!ky);
		if (ky)
			location.hash = linkTo(PATH, { bang: said.table, ky, vong: said.cycle, chi: said.only, theo: said.by,
				...Object.fromEntries(FILTERS.map(([key, name]) => [key, said[name]])) });
	};
	const narrowed = params.chi || FILTERS.some(([key]) => params[key]);
	return html`<form class="card report-ask" onSubmit=${submit} novalidate>
		<div class="report-fields">
			<${Choose} name="table" label=${t('report.table')} value=${table} change=${setTable}
				options=${lists.tables.map((x) => [x.table, x.table.length === 1 ? `${x.table} – ${x.name}` : x.name])} />
			<${Period} period=${periodRead(params.ky)} cycle=${params.vong ?? ''} day=${lists.cycle_day} wrong=${wrong} />
			${table === DIVIDED && html`<${Choose} name="by" label=${t('report.by')} value=${params.theo ?? ''}
				options=${[['', t('report.by.all')], ...lists.by.map((by) => [by, t(`report.by.${by}`)])]} />`}
		</div>
		<details open=${narrowed}><summary>${t('report.filter')}</summary><div class="report-fields">
			${FILTERS.map(([key, name, list]) => html`<${Choose} key=${key} name=${name} label=${t(`report.${name}`)} value=${params[key] ?? ''}
				options=${[['', t('find.all')], ...unique(lists[list], params[key]).map((c) => [c, `${nameOf(lists[list], c)}`]),
					[NONE, t('report.none')]]} />`)}
			<${Choose} name="only" label=${t('report.only')} value=${params.chi ?? ''}
				options=${[['', t('find.all')], ...ONLY.map((o) => [o, t(`report.only.${o}`)])]} />
		</div></details>
		${wrong && html`<p class="failed" role="alert" id="report-wrong">${t('report.wrong')}</p>`}
		<button type="submit" id="report-go" class="main">${t('report.go')}</button>
	</form>`;
}

// A code stands in a list once for each time that it holds; one that was asked for may be in none.
const unique = (list, asked) => [...new Set([...list.map((c) => c.code), ...(asked && asked !== NONE ? [asked] : [])])];
