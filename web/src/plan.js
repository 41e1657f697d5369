// SPDX-License-Identifier: GPL-3.0-or-later
// Lịch phát: what would air on a day, slot by slot, and a week at a glance; what does not fit, in words.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { offText } from './bulletin.js';
import { Choice, Days, dayOf, dayText } from './fields.js';
import { useAnswer } from './hooks.js';
import { lazy } from './lazy.js';
import { may, me } from './me.js';
import { linkTo } from './route.js';
import { get, state } from './station.js';
import { number, said, t } from './text.js';
import { addDays, clockOf, dateOf, mondayOf, spanOf, weekdayOf } from './time.js';

const PATH = 'lich-phat';
const Change = lazy(() => import('./timetable.js').then((m) => m.Change));
const Preflight = lazy(() => import('./preflight.js').then((m) => m.Preflight));
const Calendar = lazy(() => import('./calendar.js').then((m) => m.Calendar));
const IcsIn = lazy(() => import('./icsin.js').then((m) => m.IcsIn));
const Special = lazy(() => import('./special.js').then((m) => m.Special));
const Specials = lazy(() => import('./special.js').then((m) => m.Specials));
const SPECIAL = ['dac-biet-moi', 'dac-biet', 'het']; // what may be done with special periods
const SlotList = lazy(() => import('./slotlist.js').then((m) => m.SlotList));
const planOf = (day) => `/api/plan?${new URLSearchParams({ from: day, to: addDays(day, 1) })}`;
const itemsOf = (o) => o.items.filter((i) => i.kind !== 'ident');

// What a person should look at, a sentence each. A demonstration gives way to everything; that is no trouble.
function troubles(o) {
	if (o.demo || o.off)
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
	o.zones.length && t('air.zones', { zones: o.zones.join(', ') }),
	o.night_db < 0 && t('plan.night', { db: number(o.night_db, 0) })].filter(Boolean).join(' · ');

// schedules/hang-ngay.yaml → hang-ngay, as its address has it; '' for a name that no address can have.
const tableOf = (o) => /^schedules\/([A-Za-z0-9_-]{1,64})\.yaml$/.exec(o.file ?? '')?.[1] ?? '';

// What may be done with a slot, for those who may.
function Doings({ o, skip = 'tt.do.skip' }) {
	const tep = tableOf(o);
	if (!tep || o.demo || !may('timetable.put'))
		return null;
	const ngay = o.start.slice(0, 10);
	const link = (viec, words, more = {}) => html`<a class="plain" href=${linkTo(PATH, { ngay, tep, viec, khung: o.slot, ...more })}>
		${words}<span class="unseen"> ${o.slot}</span></a>`;
	return html`<p class="tools doings">${o.off ? link('lai', t('tt.do.back'), { tu: o.off.from })
		: html`${link('bo', t(skip))}${link('nghi', t('tt.do.pause'))}`}
		${link('sua', t('tt.do.set'))}</p>`;
}

function Slot({ o, people }) {
	return html`<section class=${`card plan-slot ${o.off ? 'plan-off' : ''}`}>
		<h3><span class="line-clock">${clockOf(o.start)}</span> ${o.slot}
			${o.demo && html` <span class="tag">${t('demo')}</span>`}</h3>
		<p class="quiet">${facts(o)}</p>
		${o.off && html`<p class="off"><b>${t('plan.off')}</b> – ${offText(o.off, people)}</p>`}
		<${Troubles} list=${troubles(o)} />
		<${Items} o=${o} />
		<${Doings} o=${o} />
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
		<${Doings} o=${first} skip="tt.do.skip.day" />
	</section>`;
}

function grouped(occurrences) {
	const groups = [];
	for (const o of occurrences) {
		const last = groups[groups.length - 1];
		if (last && last[0].slot === o.slot && !last[0].off && !o.off)
			last.push(o);
		else
			groups.push([o]);
	}
	return groups;
}

// What the day is besides its date, and which timetable stands in for the usual one, by whose decision.
function What({ day }) {
	if (!day)
		return null;
	const { lunar, holiday, special } = day;
	return html`<p class="quiet">${[lunar && t(lunar.leap ? 'plan.lunar.leap' : 'plan.lunar', lunar), holiday?.name].filter(Boolean).join(' · ')}</p>
		${special.map((s) => html`<p key=${s.file} class="banner banner-info"><b>${t('plan.special', { name: s.timetable })}</b> ${' '}
			${t(s.all ? 'plan.special.all' : 'plan.special.some', { from: dateOf(s.from), to: dateOf(s.to), list: s.replaces.join(', ') })} ${' '}
			${t('plan.special.basis', { basis: s.basis })}${!s.music && html` ${t('plan.special.silent')}`}</p>`)}`;
}

// What is heard in one zone; '' stands for all.
const inZone = (list, zone) => (zone ? list?.filter((o) => o.zones.includes(zone)) : list);

function DayPlan({ day, zone }) {
	const { answer, error } = useAnswer(planOf(day), state.day);
	if (!answer)
		return error ? html`<p class="failed" role="alert">${error}</p>`
			: html`<p class="quiet" role="status">${t('day.loading')}</p>`;
	const heard = inZone(answer.occurrences, zone);
	const wrong = heard.filter((o) => troubles(o).length > 0).length;
	return html`<${What} day=${answer.days?.[0]} /><p class=${wrong ? 'trouble' : 'quiet'} role="status">${heard.length === 0
			? t('plan.none') : wrong ? t('plan.trouble', { count: wrong }) : t('plan.good')}</p>
		<div class="plan-day">${grouped(heard).map((list) => (list.length === 1
			? html`<${Slot} key=${list[0].start + list[0].slot} o=${list[0]} people=${answer.people ?? {}} />`
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
	const words = list[0].off ? t('plan.off') : list.length > 1 ? t('plan.count.times', { count: list.length })
		: t('plan.count.items', { count: itemsOf(list[0]).length });
	return html`<td class=${wrong ? 'wrong' : ''}><a href=${linkTo(PATH, { ngay: day })}>
		<b>${clockOf(list[0].start)}</b> ${words}${wrong && html`<br /><strong>${t('plan.look')}</strong>`}</a></td>`;
}

// On a phone: the week day by day, a line a slot.
function WeekDays({ columns, days }) {
	return html`<div class="week-days"><p><b>${t('plan.week.of', { from: dateOf(columns[0]), to: dateOf(columns[6]) })}</b></p>${columns.map((d) => html`<section class="card" key=${d}>
		<h3><a href=${linkTo(PATH, { ngay: d })}>${dayText(d)}</a></h3>
		${!days[d] ? html`<p class="quiet">…</p>` : days[d].length === 0 ? html`<p class="quiet">${t('plan.nothing')}</p>`
			: html`<ul class="plain-list">${grouped(days[d]).map((list) => html`<li key=${list[0].start + list[0].slot}>
				<span class="line-clock">${clockOf(list[0].start)}</span> ${list[0].slot}
				${list.length > 1 && html` <span class="quiet">${t('plan.count.times', { count: list.length })}</span>`}
				${list[0].off ? html` <strong>${t('plan.off')}</strong>`
					: list.some((o) => troubles(o).length > 0) && html` <strong>${t('plan.look')}</strong>`}</li>`)}</ul>`}
	</section>`)}</div>`;
}

function Week({ day, zone }) {
	const monday = mondayOf(day);
	const { days: all7 = {}, error } = useWeek(monday);
	const days = Object.fromEntries(Object.entries(all7).map(([d, list]) => [d, inZone(list, zone)]));
	const all = Object.values(days).flat();
	const timeOf = (name) => all.filter((o) => o.slot === name).map((o) => clockOf(o.start)).sort()[0];
	const slots = [...new Set(all.map((o) => o.slot))].sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
	const columns = [...Array(7).keys()].map((i) => addDays(monday, i));
	return html`${error && html`<p class="failed" role="alert">${error}</p>`}
		<${WeekDays} columns=${columns} days=${days} />
		<div class="card week" role="region" aria-labelledby="week-title" tabindex="0"><table>
			<caption id="week-title">${t('plan.week.of', { from: dateOf(monday), to: dateOf(addDays(monday, 6)) })}</caption>
			<thead><tr><th scope="col">${t('log.slot')}</th>${columns.map((d) => html`<th key=${d} scope="col"
				aria-current=${d === day ? 'date' : null}>${t(`weekday.${weekdayOf(d)}`)}<br />${dateOf(d).slice(0, 5)}</th>`)}</tr></thead>
			<tbody>${slots.map((name) => html`<tr key=${name}><th scope="row">${name}</th>
				${columns.map((d) => html`<${Cell} key=${d} day=${d} list=${days[d]?.filter((o) => o.slot === name)} />`)}</tr>`)}</tbody>
		</table></div>`;
}

function Slots({ name, day }) {
	const [open, setOpen] = useState(false);
	return html`<details onToggle=${(e) => setOpen(e.target.open)}><summary>${t('tt.slots')}</summary>
		${open && html`<${SlotList} name=${name} day=${day} />`}</details>`;
}

// New slots, and the text, of one of the timetables.
function Tools({ day }) {
	const { answer } = useAnswer('/api/timetables', state.day);
	const able = may('timetable.put');
	const all = answer?.timetables ?? [];
	const tables = all.filter((one) => one.name);
	const link = (one, viec, words) => html`<a class="plain" href=${linkTo(PATH, { ngay: day, tep: one.name, viec })}>${t(words)}</a>`;
	return tables.length > 0 && html`${(able || all.some((one) => one.special)) && html`<section class="card" aria-labelledby="special-title">
			<h3 id="special-title">${t('sp.all.title')}</h3><${Specials} tables=${all} day=${day} may=${able} /></section>`}
		${able && html`<section class="card" aria-labelledby="tables-title"><h3 id="tables-title">${t('tt.tables')}</h3>
		${tables.map((one) => html`<div class="table-row" key=${one.name}><p><b>${one.title ?? one.name}</b> <span class="quiet">${one.file}
			${!one.in_force && ` – ${t('tt.table.not')}`}</span></p><p class="tools">${link(one, 'them', 'tt.do.add')}${link(one, 'van-ban', 'tt.do.text')}${link(one, 'nhap', 'tt.do.ics')}</p>
			<${Slots} name=${one.name} day=${day} /></div>`)}</section>`}`;
}

// For who has an account, and while there is none.
function Phone() {
	const [open, setOpen] = useState(false);
	return (may('me.calendar') || me?.accounts === false) && html`<section class="card phone-calendar">
		<button type="button" id="cal-open" class="plain" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t('plan.phone')}</button>
		${open && html`<${Calendar} />`}</section>`;
}

export function Plan({ params }) {
	const day = dayOf(params);
	if (params.viec === 'nhap' && params.tep && may('timetable.ics'))
		return html`<${IcsIn} key=${params.tep} params=${{ ...params, ngay: day }} />`;
	if (params.viec && params.tep && may('timetable.put'))
		return SPECIAL.includes(params.viec) ? html`<${Special} key=${`${params.tep} ${params.viec}`} params=${{ ...params, ngay: day }} />`
			: html`<${Change} key=${`${params.tep} ${params.viec} ${params.khung}`} params=${{ ...params, ngay: day }} />`;
	const week = params.xem === 'tuan';
	const zones = (state.status?.zones ?? []).map((z) => [z.name, z.name]);
	const zone = zones.some(([name]) => name === params.cum) ? params.cum : '';
	const tab = (xem, words) => html`<a class="plain" href=${linkTo(PATH, { ngay: params.ngay, xem, cum: zone })}
		aria-current=${(xem === 'tuan') === week ? 'true' : null}>${words}</a>`;
	return html`<p class="tools">${tab('', t('plan.day'))} ${tab('tuan', t('plan.week'))}</p>
		<${Days} path=${PATH} params=${{ xem: params.xem, cum: zone }} day=${day} step=${week ? 7 : 1} />
		${zones.length > 1 && html`<div class="plan-zone"><${Choice} label=${t('plan.zone')} value=${zone} options=${zones}
			set=${(cum) => { location.hash = linkTo(PATH, { ngay: params.ngay, xem: params.xem, cum }); }} /></div>`}
		${!week && html`<h3 class="plan-title">${dayText(day)}</h3>`}
		${week ? html`<${Week} day=${day} zone=${zone} />` : html`<${DayPlan} key=${day} day=${day} zone=${zone} />`}
		${may('preflight') && html`<${Preflight} />`}
		<${Tools} day=${day} />
		<${Phone} />`;
}
