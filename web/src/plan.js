// SPDX-License-Identifier: GPL-3.0-or-later
// Lịch phát: what would air on a day, slot by slot, and a week at a glance; what does not fit, in words.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { Days, dayOf, dayText } from './fields.js';
import { useAnswer } from './hooks.js';
import { linkTo } from './route.js';
import { get, state } from './station.js';
import { t, said } from './text.js';
import { addDays, clockOf, dateOf, mondayOf, spanOf, weekdayOf } from './time.js';

const PATH = 'lich-phat';
const planOf = (day) => `/api/plan?${new URLSearchParams({ from: day, to: addDays(day, 1) })}`;
const itemsOf = (o) => o.items.filter((i) => i.kind !== 'ident');

// What a person should look at, a sentence each. A demonstration gives way to everything; that is no trouble.
function troubles(o) {
	if (o.demo)
		return [];
	return [
		o.taken_by && t('plan.taken', { slot: o.taken_by }),
		o.shortened && t('plan.shortened'),
		...o.omitted.filter((m) => !(o.taken_by && m.reason === 'slot-taken'))
			.map((m) => (m.title ? t('plan.omitted', { title: m.title, why: said(m.texts, m.text) })
				: t(o.items.length ? 'plan.instead' : 'plan.silent', { why: said(m.texts, m.text) }))),
	].filter(Boolean);
}

function Troubles({ list }) {
	return list.length > 0 && html`<ul class="troubles">${list.map((text) => html`<li key=${text}>${text}</li>`)}</ul>`;
}

function Items({ o }) {
	return html`<ol class="plan-items">${itemsOf(o).map((i) => html`<li key=${i.start}>
		<span class="line-clock">${clockOf(i.start)}</span>
		<span>${i.kind === 'bulletin' ? i.title : t('plan.file')} <span class="quiet">${spanOf(i.length_s)}</span>
			${i.level === 'khan-cap' && html` <span class="tag tag-urgent">${t('level.khan-cap')}</span>`}
			${i.level === 'uu-tien' && html` <span class="tag">${t('level.uu-tien')}</span>`}</span></li>`)}</ol>`;
}

const facts = (o) => [t('plan.length', { span: spanOf(o.length_s) }),
	o.zones.length && t('air.zones', { zones: o.zones.join(', ') })].filter(Boolean).join(' · ');

function Slot({ o }) {
	return html`<section class="card plan-slot">
		<h3><span class="line-clock">${clockOf(o.start)}</span> ${o.slot}
			${o.demo && html` <span class="tag">${t('demo')}</span>`}</h3>
		<p class="quiet">${facts(o)}</p>
		<${Troubles} list=${troubles(o)} />
		<${Items} o=${o} />
	</section>`;
}

// A slot that comes again and again with nothing between stands once.
function Repeated({ list }) {
	const [first] = list;
	const words = { count: list.length, from: clockOf(first.start), to: clockOf(list[list.length - 1].start) };
	return html`<section class="card plan-slot">
		<h3><span class="line-clock">${words.from}</span> ${first.slot}
			${first.demo && html` <span class="tag">${t('demo')}</span>`}</h3>
		<p class="quiet">${t('plan.times', words)} · ${facts(first)}</p>
		<${Troubles} list=${[...new Set(list.flatMap(troubles))]} />
		<details><summary>${t('plan.starts')}</summary>
			<p class="plan-starts">${list.map((o) => clockOf(o.start)).join('  ')}</p></details>
	</section>`;
}

function grouped(occurrences) {
	const groups = [];
	for (const o of occurrences) {
		const last = groups[groups.length - 1];
		if (last && last[0].slot === o.slot)
			last.push(o);
		else
			groups.push([o]);
	}
	return groups;
}

function DayPlan({ day }) {
	const { answer, error } = useAnswer(planOf(day), state.day);
	if (!answer)
		return error ? html`<p class="failed" role="alert">${error}</p>`
			: html`<p class="quiet" role="status">${t('day.loading')}</p>`;
	const wrong = answer.occurrences.filter((o) => troubles(o).length > 0).length;
	return html`<p class=${wrong ? 'trouble' : 'quiet'} role="status">${answer.occurrences.length === 0
			? t('plan.none') : wrong ? t('plan.trouble', { count: wrong }) : t('plan.good')}</p>
		<div class="plan-day">${grouped(answer.occurrences).map((list) => (list.length === 1
			? html`<${Slot} key=${list[0].start + list[0].slot} o=${list[0]} />`
			: html`<${Repeated} key=${list[0].start + list[0].slot} list=${list} />`))}</div>`;
}

// The seven days one after another: together they may be more than a slow line wants at once.
function useWeek(monday) {
	const [week, setWeek] = useState({});
	useEffect(() => {
		let wanted = true;
		(async () => {
			for (let i = 0; i < 7 && wanted; i++) {
				const day = addDays(monday, i);
				const { occurrences } = await get(planOf(day));
				if (wanted)
					setWeek((old) => ({ monday, days: { ...(old.monday === monday ? old.days : {}), [day]: occurrences } }));
			}
		})().catch((e) => wanted && setWeek((old) => ({ ...old, monday, error: e.message })));
		return () => { wanted = false; };
	}, [monday, state.day]);
	return week.monday === monday ? week : {};
}

function Cell({ list, day }) {
	if (!list)
		return html`<td class="quiet">…</td>`;
	if (list.length === 0)
		return html`<td class="quiet"><span aria-hidden="true">–</span><span class="unseen">${t('plan.nothing')}</span></td>`;
	const wrong = list.some((o) => troubles(o).length > 0);
	const words = list.length > 1 ? t('plan.count.times', { count: list.length })
		: t('plan.count.items', { count: itemsOf(list[0]).length });
	return html`<td class=${wrong ? 'wrong' : ''}><a href=${linkTo(PATH, { ngay: day })}>
		<b>${clockOf(list[0].start)}</b> ${words}${wrong && html`<br /><strong>${t('plan.look')}</strong>`}</a></td>`;
}

function Week({ day }) {
	const monday = mondayOf(day);
	const { days = {}, error } = useWeek(monday);
	const all = Object.values(days).flat();
	const timeOf = (name) => all.filter((o) => o.slot === name).map((o) => clockOf(o.start)).sort()[0];
	const slots = [...new Set(all.map((o) => o.slot))].sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
	const columns = [...Array(7).keys()].map((i) => addDays(monday, i));
	return html`${error && html`<p class="failed" role="alert">${error}</p>`}
		<div class="card week" role="region" aria-labelledby="week-title" tabindex="0"><table>
			<caption id="week-title">${t('plan.week.of', { from: dateOf(monday), to: dateOf(addDays(monday, 6)) })}</caption>
			<thead><tr><th scope="col">${t('log.slot')}</th>${columns.map((d) => html`<th key=${d} scope="col"
				aria-current=${d === day ? 'date' : null}>${t(`weekday.${weekdayOf(d)}`)}<br />${dateOf(d).slice(0, 5)}</th>`)}</tr></thead>
			<tbody>${slots.map((name) => html`<tr key=${name}><th scope="row">${name}</th>
				${columns.map((d) => html`<${Cell} key=${d} day=${d} list=${days[d]?.filter((o) => o.slot === name)} />`)}</tr>`)}</tbody>
		</table></div>`;
}

export function Plan({ params }) {
	const day = dayOf(params);
	const week = params.xem === 'tuan';
	const tab = (xem, words) => html`<a class="plain" href=${linkTo(PATH, { ngay: params.ngay, xem })}
		aria-current=${(xem === 'tuan') === week ? 'true' : null}>${words}</a>`;
	return html`<p class="tools">${tab('', t('plan.day'))} ${tab('tuan', t('plan.week'))}</p>
		<${Days} path=${PATH} params=${{ xem: params.xem }} day=${day} step=${week ? 7 : 1} />
		${!week && html`<h3 class="plan-title">${dayText(day)}</h3>`}
		${week ? html`<${Week} day=${day} />` : html`<${DayPlan} key=${day} day=${day} />`}`;
}
