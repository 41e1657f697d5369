// SPDX-License-Identifier: GPL-3.0-or-later
// What of a report is seen sooner than read: when there were airings, minutes by language, plan against actual. Drawn from the
// figures of tables A and B, none computed anew; each drawing has them as a table too, for who does not see it.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { askOf, nameOf } from './reportask.js';
import { getReport } from './reportget.js';
import { language, t } from './text.js';
import { hours, told } from './told.js';
import { dateOf } from './time.js';

const DAYS_MAX = 100; // of table A, a row an airing: a longer period is too much for a phone
const SHADES = 5;

const span = (period) => (Date.parse(period.to) - Date.parse(period.from)) / 86400000 + 1;

// The figures of a drawing, in rows of cells.
const Figures = ({ head, rows }) => html`<details class="chart-figures"><summary>${t('chart.figures')}</summary>
	<table class="compared"><thead><tr>${head.map((h) => html`<th key=${h} scope="col">${h}</th>`)}</tr></thead>
		<tbody>${rows.map(([name, ...cells]) => html`<tr key=${name}><th scope="row">${name}</th>${
			cells.map((c, i) => html`<td key=${i}>${c}</td>`)}</tr>`)}</tbody></table></details>`;

const Chart = ({ title, summary, children, figures }) => html`<figure class="chart"><figcaption><b>${title}</b> <span class="quiet">${summary}</span></figcaption>
	${children}<${Figures} ...${figures} /></figure>`;

const LABEL_W = 52, WORDS_W = 110;
const wide = () => (matchMedia('(min-width: 700px)').matches ? 640 : 340); // as many units as pixels: letters keep their size

// Rows are days, or the months of a long period; columns are hours.
function Heat({ table }) {
	const aired = table.rows.filter((r) => r.start);
	const byMonth = span(table.period) > 35;
	const rowOf = (r) => (byMonth ? r.day.slice(0, 7) : r.day);
	const counts = new Map();
	for (const r of aired) {
		const hoursOf = counts.get(rowOf(r)) ?? counts.set(rowOf(r), Array(24).fill(0)).get(rowOf(r));
		hoursOf[Number(r.start.slice(0, 2))]++;
	}
	const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
	const most = Math.max(1, ...rows.flatMap(([, n]) => n));
	const name = (row) => (byMonth ? `${row.slice(5)}/${row.slice(0, 4)}` : dateOf(row).slice(0, 5));
	const shade = (n) => (n ? Math.ceil((SHADES * n) / most) : 0);
	const high = 18 * rows.length + 20;
	const hour_w = (wide() - LABEL_W) / 24;
	const sum = (list) => list.reduce((a, b) => a + b, 0);
	const summary = t('chart.heat.sum', { count: aired.length, most });
	return html`<${Chart} title=${t('chart.heat')} summary=${summary}
		figures=${{ head: [t(byMonth ? 'chart.month' : 'chart.day'), t('chart.hours'), t('chart.count')],
			rows: rows.map(([row, n]) => [name(row), n.map((c, h) => (c ? `${h}h: ${c}` : '')).filter(Boolean).join(', '), sum(n)]) }}>
		<svg viewBox=${`0 0 ${wide()} ${high}`} role="img" aria-label=${`${t('chart.heat')}: ${summary}`}>
			${[0, 6, 12, 18].map((h) => html`<text key=${h} x=${LABEL_W + h * hour_w} y="13">${h}h</text>`)}
			${rows.map(([row, n], i) => html`<g key=${row}><text x="0" y=${18 * i + 34}>${name(row)}</text>
				${n.map((c, h) => html`<rect key=${h} x=${LABEL_W + h * hour_w} y=${18 * i + 20} width=${hour_w - 2} height="16" rx="2"
					class=${`shade-${shade(c)}`}><title>${`${name(row)} ${h}h: ${c}`}</title></rect>`)}</g>`)}
		</svg><//>`;
}

// One bar a line: [name, [[class, value], …], words]
function Bars({ bars }) {
	const most = Math.max(1e-9, ...bars.map(([, pieces]) => pieces.reduce((sum, [, n]) => sum + n, 0)));
	return bars.map(([name, pieces, words], i) => {
		let at = 0;
		return html`<g key=${name}><text x="0" y=${44 * i + 15}>${name}</text>
			${pieces.map(([shade, n]) => {
				const x = at;
				at += (n / most) * (wide() - WORDS_W);
				return n > 0 && html`<rect key=${shade} class=${shade} x=${x} y=${44 * i + 21} width=${Math.max(2, at - x)} height="16" />`;
			})}
			<text x=${at + 6} y=${44 * i + 34}>${words}</text></g>`;
	});
}

const BarChart = ({ title, summary, bars, figures }) => html`<${Chart} title=${title} summary=${summary} figures=${figures}>
	<svg viewBox=${`0 0 ${wide()} ${44 * bars.length + 4}`} role="img" aria-label=${`${title}: ${figures.rows.map((r) => r.join(' ')).join('; ')}`}>
		<${Bars} bars=${bars} /></svg><//>`;

// [name, seconds]: each is the sum of table B of one language, in which no airing counts twice.
function Languages({ sums }) {
	const rows = sums.map(([name, s]) => [name, hours(s)]);
	return html`<${BarChart} title=${t('chart.languages')} summary="" bars=${sums.map(([name, s]) => [name, [['shade-4', s]], hours(s)])}
		figures=${{ head: [t('report.language'), t('chart.length')], rows }} />`;
}

// An airing has one language and one kind: the rows of a programme add up.
function plansOf(table) {
	const by = new Map();
	for (const r of table.rows) {
		const one = by.get(r.name) ?? by.set(r.name, { name: r.name, aired: 0, not_aired: 0, unclear: 0 }).get(r.name);
		for (const key of ['aired', 'not_aired', 'unclear'])
			one[key] += r[key] ?? 0;
	}
	return [...by.values()];
}

function Plans({ table }) {
	const plans = plansOf(table);
	const words = (p) => `${p.aired} / ${p.aired + p.not_aired + p.unclear}`;
	const whole = told('percent', table.sum.plan_percent);
	return html`<${BarChart} title=${t('chart.plan')} summary=${whole && t('chart.plan.sum', { percent: whole })}
		bars=${plans.map((p) => [p.name, [['shade-4', p.aired], ['shade-not', p.not_aired], ['shade-1', p.unclear]], words(p)])}
		figures=${{ head: [t('report.programme'), ...['aired', 'not-aired', 'unclear'].map((o) => t(`report.only.${o}`))],
			rows: plans.map((p) => [p.name, p.aired, p.not_aired, p.unclear]) }} />`;
}

// One question after the other: a station makes two reports at once.
async function gather(ask, lists, wanted) {
	const of = (table, more) => getReport(`/api/reports/${table}.json?${new URLSearchParams({ ...ask, ...more, lang: language })}`, wanted);
	const b = await of('B');
	const codes = [...new Set(b.rows.map((r) => r.open.aired.language))];
	const sums = [];
	for (const code of codes) {
		const { sum } = await of('B', { language: code });
		sums.push([code ? nameOf(lists.languages, code) : t('report.none'), sum.own_s + sum.shared_s]);
	}
	return { b, sums: sums.sort((x, y) => y[1] - x[1]), a: span(b.period) <= DAYS_MAX ? await of('A', { only: 'aired' }) : null };
}

function Drawn({ params, lists }) {
	const [made, setMade] = useState(null);
	const [error, setError] = useState('');
	useEffect(() => {
		let wanted = true;
		gather(askOf({ ...params, chi: '', theo: '' }), lists, () => wanted).then((m) => wanted && setMade(m), (e) => wanted && setError(e.message));
		return () => { wanted = false; };
	}, []);
	if (!made)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error || t('report.making')}</p>`;
	if (!made.b.rows.length)
		return made.b.notes.map((note) => html`<p class="quiet">${note}</p>`);
	return html`<div class="charts">${made.a ? html`<${Heat} table=${made.a} />` : html`<p class="quiet">${t('chart.long', { days: DAYS_MAX })}</p>`}
		<${Languages} sums=${made.sums} /><${Plans} table=${made.b} /></div>`;
}

// Drawn when somebody wants to look: it takes the station several tables.
export function Charts({ params, lists }) {
	const [open, setOpen] = useState(false);
	return open ? html`<${Drawn} params=${params} lists=${lists} />`
		: html`<p class="tools"><button type="button" class="plain" id="charts" onClick=${() => setOpen(true)}>${t('chart.show')}</button></p>`;
}
