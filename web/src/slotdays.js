// SPDX-License-Identifier: GPL-3.0-or-later
// On which days a slot airs: the usual cases as fields, and the next days as the station reckons them.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { dayText } from './fields.js';
import { Checks, Wrong, pointer, words } from './slotparts.js';
import { post } from './station.js';
import { said, t } from './text.js';
import { dateOf, dayTyped } from './time.js';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const BY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']; // the same in a rule
const KINDS = ['week', 'monthday', 'nth', 'dates', 'lunar', 'rule'];
const IN_MONTHS = ['week', 'monthday', 'nth']; // those that a season bounds
const MONTHS = [...Array(12).keys()].map((m) => String(m + 1));
const NTHS = ['1', '2', '3', '4', '5', '-1'];
const USUAL_LUNAR = ['1/*', '15/*', '30/*'];
const ASK_MS = 400; // after the last key

const weekdayName = (d) => t(`weekday.${(DAYS.indexOf(d) + 1) % 7}`);
const dateList = (list) => (list ?? []).map(dateOf).join(', ');
// What cannot be read goes to the station as it is typed: it says what is wrong.
const datesOf = (text) => words(text).map((w) => dayTyped(w) || w);

// A rule that the fields can show, as they hold it; of any other the text.
function ruleDraft(rrule) {
	const parts = Object.fromEntries(rrule.toUpperCase().split(';').map((p) => p.split('=')));
	const { FREQ, BYDAY = '', BYMONTHDAY, BYMONTH = '', ...others } = parts;
	const months = BYMONTH.split(',').filter(Boolean);
	if (Object.keys(others).length > 0 || !months.every((m) => MONTHS.includes(m)))
		return { daykind: 'rule', rule: rrule };
	if (FREQ === 'WEEKLY' && !BYMONTHDAY && BYDAY.split(',').every((d) => BY.includes(d)))
		return { daykind: 'week', days: BYDAY.split(',').map((d) => DAYS[BY.indexOf(d)]), months };
	if (FREQ === 'MONTHLY' && BYMONTHDAY && !BYDAY)
		return { daykind: 'monthday', monthdays: BYMONTHDAY.replaceAll(',', ', '), months };
	const nth = FREQ === 'MONTHLY' && !BYMONTHDAY && /^(-1|[1-5])([A-Z]{2})$/.exec(BYDAY);
	return nth && BY.includes(nth[2]) ? { daykind: 'nth', nth: nth[1], nthday: DAYS[BY.indexOf(nth[2])], months } : { daykind: 'rule', rule: rrule };
}

// What stands in the fields: of a slot as GET /api/timetables/NAME tells it, or of a new one.
export function daysDraft(slot) {
	const plain = { daykind: 'week', days: DAYS.slice(0, 6), monthdays: '1', nth: '1', nthday: 'mon', dates: '', lunars: ['1/*', '15/*'], lunar: '', rule: '',
		months: [], except: '', holidays: 'as-ever', from: '', to: '' };
	if (!slot)
		return plain;
	const lunar = slot.lunar ?? [];
	return {
		...plain,
		...(slot.rrule ? ruleDraft(slot.rrule) : slot.dates?.length ? { daykind: 'dates', dates: dateList(slot.dates) }
			: lunar.length ? { daykind: 'lunar', lunars: lunar.filter((l) => USUAL_LUNAR.includes(l)),
				lunar: lunar.filter((l) => !USUAL_LUNAR.includes(l)).join(', ') } : { days: slot.days }),
		except: dateList(slot.except), holidays: slot.holidays ?? 'as-ever',
		from: slot.valid_named && slot.from ? dateOf(slot.from) : '', to: slot.valid_named && slot.to ? dateOf(slot.to) : '',
	};
}

function whenOf(d) {
	const season = IN_MONTHS.includes(d.daykind) && d.months.length > 0 && d.months.length < 12 ? `;BYMONTH=${MONTHS.filter((m) => d.months.includes(m))}` : '';
	const days = DAYS.filter((w) => d.days.includes(w));
	switch (d.daykind) {
	case 'week':
		if (season && days.length > 0)
			return { rrule: `FREQ=WEEKLY;BYDAY=${days.map((w) => BY[DAYS.indexOf(w)])}${season}` };
		return { days: days.length === 7 ? null : days };
	case 'monthday':
		return { rrule: `FREQ=MONTHLY;BYMONTHDAY=${words(d.monthdays.replaceAll('−', '-'))}${season}` };
	case 'nth':
		return { rrule: `FREQ=MONTHLY;BYDAY=${d.nth}${BY[DAYS.indexOf(d.nthday)]}${season}` };
	case 'dates':
		return { dates: datesOf(d.dates) };
	case 'lunar':
		return { lunar: [...d.lunars, ...words(d.lunar)] };
	default:
		return { rrule: d.rule.trim() };
	}
}

// Who took which day off stays; and so do exceptions of the lunar calendar, which have no field.
function exceptOf(slot, d) {
	const offs = (slot?.offs ?? []).map(({ once, from, to, by, reason }) => ({
		...(once ? { on: from } : { from, ...(to ? { to } : {}) }), by, ...(reason ? { reason } : {}) }));
	const list = [...datesOf(d.except), ...(slot?.except_lunar?.length ? [{ lunar: slot.except_lunar }] : []), ...offs];
	return list.length ? list : null;
}

function validOf(d) {
	const [from, to] = [d.from, d.to].map((text) => datesOf(text)[0]);
	return from || to ? { ...(from ? { from } : {}), ...(to ? { to } : {}) } : null;
}

// The keys about days, as a timetable has them; what is not said is null.
export const dayKeys = (slot, d) => ({
	days: null, rrule: null, dates: null, lunar: null, ...whenOf(d),
	except: exceptOf(slot, d), holidays: d.holidays === 'as-ever' ? null : d.holidays, valid: validOf(d),
});

const lunarText = ({ lunar }) => lunar && t(lunar.leap ? 'plan.lunar.leap' : 'plan.lunar', lunar);
const noteOf = (one) => [lunarText(one), one.holiday?.name, one.off && t('tt.next.off')].filter(Boolean).join('; ');

// edit: what saving would ask for.
function Next({ name, edit }) {
	const [got, setGot] = useState({});
	const body = JSON.stringify(edit);
	useEffect(() => {
		let wanted = true;
		const timer = setTimeout(() => post(`/api/timetables/${name}/days`, edit)
			.then((answer) => wanted && setGot({ answer }), (e) => wanted && setGot({ error: e.message })), ASK_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [body]);
	const { answer, error } = got;
	return html`<div class="next-days" role="status">${error && html`<p class="failed">${error}</p>`}
		${answer && (answer.when ? html`<p><b>${said(answer.when)}</b></p>
			${answer.next.length === 0 ? html`<p class="failed">${t('tt.next.never')}</p>` : html`<p class="quiet">${t('tt.next')}</p>
			<ul>${answer.next.map((one) => html`<li key=${one.start}>${dayText(one.date)} <span class="quiet">${noteOf(one)}</span></li>`)}</ul>`}`
			: html`<p class="quiet">${t('tt.next.wrong')}</p>`)}</div>`;
}

function Fields({ draft, set, text, wrong }) {
	const select = (key, label, all, name) => html`<label>${label}<select name=${key} value=${draft[key]}
		onChange=${(e) => set({ ...draft, [key]: e.target.value })}>${all.map((k) => html`<option key=${k} value=${k}>${name(k)}</option>`)}</select></label>`;
	switch (draft.daykind) {
	case 'week':
		return html`<${Checks} id="days" legend=${t('tt.days')} all=${DAYS} chosen=${draft.days} wrong=${wrong.days}
			set=${(days) => set({ ...draft, days })} text=${weekdayName} />`;
	case 'monthday':
		return text('monthdays', t('tt.monthdays'), t('tt.monthdays.help'), { size: 12 }, wrong.days);
	case 'nth':
		return html`<div class="pair">${select('nth', t('tt.nth'), NTHS, (k) => t(`tt.nth.${k}`))}${select('nthday', t('tt.nthday'), DAYS, weekdayName)}</div>`;
	case 'dates':
		return text('dates', t('tt.dates'), t('tt.dates.help'), {}, wrong.days);
	case 'lunar':
		return html`<${Checks} id="lunars" legend=${t('tt.lunars')} all=${USUAL_LUNAR} chosen=${draft.lunars}
			set=${(lunars) => set({ ...draft, lunars })} text=${(l) => t(`tt.lunar.${l.split('/')[0]}`)} />
			${text('lunar', t('tt.lunar'), t('tt.lunar.help'), {}, wrong.days)}`;
	default:
		return text('rule', t('tt.rule'), t('tt.rule.help'), { autocapitalize: 'none', spellcheck: false }, wrong.days);
	}
}

// text: a field of one line, as SlotFields makes it; name: of the timetable; edit: as for Next.
export function SlotDays({ name, edit, draft, set, text, wrong }) {
	const put = (key) => (e) => set({ ...draft, [key]: e.target.value });
	const more = draft.except || draft.from || draft.to || draft.months.length || draft.holidays !== 'as-ever' || wrong.except || wrong.valid || wrong.holidays;
	return html`<label>${t('tt.daykind')}<select name="daykind" value=${draft.daykind} onChange=${put('daykind')}>
			${KINDS.map((k) => html`<option key=${k} value=${k}>${t(`tt.daykind.${k}`)}</option>`)}</select></label>
		<${Fields} draft=${draft} set=${set} text=${text} wrong=${wrong} />
		<details open=${!!more}><summary>${t('tt.days.more')}</summary>
			<label>${t('tt.holidays')}<select name="holidays" value=${draft.holidays} onChange=${put('holidays')} aria-describedby=${pointer('holidays', wrong.holidays)}>
				${['as-ever', 'skip', 'only'].map((k) => html`<option key=${k} value=${k}>${t(`tt.holidays.${k}`)}</option>`)}</select>
				<${Wrong} id="holidays" words=${wrong.holidays} /></label>
			${text('except', t('tt.except'), t('tt.except.help'))}
			<div class="pair">${text('from', t('tt.from'), t('tt.valid.help'), { inputmode: 'numeric', size: 10 }, wrong.valid)}
				${text('to', t('tt.to'), t('tt.valid.to.help'), { inputmode: 'numeric', size: 10 })}</div>
			${IN_MONTHS.includes(draft.daykind) && html`<${Checks} id="months" legend=${t('tt.months')} all=${MONTHS} chosen=${draft.months}
				set=${(months) => set({ ...draft, months })} text=${(m) => m} />`}</details>
		<${Next} name=${name} edit=${edit} />`;
}
