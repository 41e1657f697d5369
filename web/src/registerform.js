// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a register as a form, made from the shape that the station tells; what is typed goes there as it is, and the station
// says what is wrong with it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { today } from './fields.js';
import { html } from './html.js';
import { nameOf, tell } from './registertold.js';
import { post } from './station.js';
import { t } from './text.js';
import { dateOf } from './time.js';

const NUMBERS = ['date', 'month', 'count', 'quantity', 'money'];
const idOf = (field) => `reg-${field.key}`;

// As it stands in a form: what the station reads back as the same.
function typedOf(field, value, people) {
	if (value === null || value === undefined)
		return '';
	if (['date', 'month'].includes(field.type))
		return tell(field, value, {});
	return Array.isArray(value) ? value.join(', ') : people?.[value] && field.type === 'person' ? people[value] : String(value);
}

const optionsOf = (field, list) => (field.type === 'flag' ? [['true', t('reg.yes')], ['false', t('reg.no')]]
	: field.choices?.map((c) => [c.code, c.label]) ?? [...new Set((list ?? []).map((c) => c.code))].map((code) => [code, nameOf(list, code)]));

function Select({ field, typed, list }) {
	const options = optionsOf(field, list);
	const known = options.some(([value]) => value === typed);
	return html`<select id=${idOf(field)} name=${field.key}>
		<option value="" selected=${typed === ''}>–</option>
		${typed && !known && html`<option value=${typed} selected>${typed}</option>`}
		${options.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === typed}>${words}</option>`)}</select>`;
}

// Several codes: those that were chosen, each with a button that takes it away, and the others to be added.
function Codes({ field, typed, list }) {
	const [chosen, setChosen] = useState(typed ? typed.split(', ') : []);
	const rest = optionsOf(field, list).filter(([code]) => !chosen.includes(code));
	return html`<input type="hidden" name=${field.key} value=${chosen.join(', ')} />
		${chosen.map((code) => html`<button type="button" key=${code} class="plain reg-code" onClick=${() => setChosen(chosen.filter((c) => c !== code))}>
			${nameOf(list, code)} ✕<span class="unseen"> ${t('reg.code.drop')}</span></button>`)}
		<select id=${idOf(field)} value="" onChange=${(e) => { setChosen([...chosen, e.target.value]); e.target.value = ''; }}>
			<option value="">${t('reg.code.add')}</option>
			${rest.map(([code, words]) => html`<option key=${code} value=${code}>${words}</option>`)}</select>`;
}

function Control({ field, typed, list }) {
	if (field.type === 'codes')
		return html`<${Codes} field=${field} typed=${typed} list=${list} />`;
	if (['choice', 'code', 'flag'].includes(field.type))
		return html`<${Select} field=${field} typed=${typed} list=${list} />`;
	if (field.type === 'long')
		return html`<textarea id=${idOf(field)} name=${field.key} rows="3" defaultValue=${typed}></textarea>`;
	return html`<input type="text" id=${idOf(field)} name=${field.key} autocomplete="off" defaultValue=${typed}
		inputmode=${NUMBERS.includes(field.type) ? 'numeric' : null} />`;
}

const HINTS = { date: '31/12/2026', month: '12/2026', bulletin: 'B17' };
const hintOf = (field) => HINTS[field.type] ?? (field.of ? `${field.of}1` : '');

const Field = ({ field, ...rest }) => html`<div class="reg-field"><label for=${idOf(field)}>${field.label}${field.required ? ' *' : ''}
	${hintOf(field) && html`<span class="quiet"> ${hintOf(field)}</span>`}</label><${Control} field=${field} ...${rest} /></div>`;

// What was typed and is another thing than before; null takes a value away.
const changed = (form, fields, typed, preset) => ({ ...preset, ...Object.fromEntries(fields
	.map((f) => [f.key, form.elements[f.key].value.trim()]).filter(([key, value]) => value !== typed[key]).map(([key, value]) => [key, value || null])) });

// row: null a new one. preset: values that are to be set with it. keys: only these fields are asked for.
export function RowForm({ shape, row, lists, people, preset = {}, keys = null, done, close, words }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef(null);
	const fields = shape.fields.filter((f) => (keys ? keys.includes(f.key) : !(f.key in preset)));
	const typed = Object.fromEntries(fields.map((f) => [f.key, typedOf(f, row?.fields?.[f.key], people)]));
	// Of what is asked for because something has come to pass, the day is most often this one.
	const shown = (f) => typed[f.key] || (keys && f.type === 'date' ? dateOf(today()) : '');
	useEffect(() => form.current.querySelector('input:not([type=hidden]), select, textarea')?.focus(), []);
	const submit = (e) => {
		e.preventDefault();
		setError('');
		setBusy(true);
		post(`/api/registers/${shape.name}`, { ...(row && { row: row.row, if_n: row.n }), fields: changed(form.current, fields, typed, preset) })
			.then(done, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	return html`<form ref=${form} class="narrow reg-form" onSubmit=${submit} novalidate>
		${fields.map((f) => html`<${Field} key=${f.key} field=${f} typed=${shown(f)} list=${lists[f.list]} />`)}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<p class="tools"><button type="submit" class="main" disabled=${busy}>${words}</button>
			<button type="button" class="plain" onClick=${close}>${t('tt.cancel')}</button></p></form>`;
}

export function StrikeForm({ shape, row, done, close }) {
	const [error, setError] = useState('');
	const submit = (e) => {
		e.preventDefault();
		const reason = e.target.elements.reason.value.trim();
		setError(reason ? '' : t('reg.reason.need'));
		if (reason)
			post(`/api/registers/${shape.name}`, { row: row.row, if_n: row.n, strike: true, reason }).then(done, (failed) => setError(failed.message));
	};
	return html`<form class="narrow reg-form" onSubmit=${submit} novalidate>
		<label>${t('reg.reason')}<input type="text" id="reg-reason" name="reason" autocomplete="off" /></label>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<p class="tools"><button type="submit" class="main">${t('reg.strike')}</button>
			<button type="button" class="plain" onClick=${close}>${t('tt.cancel')}</button></p></form>`;
}

// The state that a row is in, to be chosen anew: at once, or with what the choice asks for.
export function State({ shape, field, row, ask, done }) {
	const [error, setError] = useState('');
	const now = row.fields[field.key] ?? '';
	const choose = (e) => {
		const choice = field.choices.find((c) => c.code === e.target.value);
		e.target.value = now;
		setError('');
		if (choice?.asks)
			ask(choice);
		else if (choice)
			post(`/api/registers/${shape.name}`, { row: row.row, if_n: row.n, fields: { [field.key]: choice.code } }).then(done, (failed) => setError(failed.message));
	};
	return html`<label class="reg-state"><span class="unseen">${field.label} ${row.row}</span>
		<select data-row=${row.row} value=${now} onChange=${choose}>${now === '' && html`<option value="">–</option>`}
			${field.choices.map((c) => html`<option key=${c.code} value=${c.code} selected=${c.code === now}>${c.label}</option>`)}</select></label>
		${error && html`<span class="failed" role="alert">${error}</span>`}`;
}
