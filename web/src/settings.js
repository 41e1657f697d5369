// SPDX-License-Identifier: GPL-3.0-or-later
// Cài đặt: what stands in station.yaml, each with what it means; administrators change it, others read.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { linkTo } from './route.js';
import { post } from './station.js';
import { t } from './text.js';
import { Zones, rowsOf, zonesTyped } from './zones.js';

const YES_OR_NO = [['true', 'settings.yes'], ['false', 'settings.no']];
// In groups; a text is the keyboard a phone should show, a list what there is to choose from.
const GROUPS = {
	name: [['station', 'text']],
	quiet: [['quiet_from', 'text'], ['quiet_to', 'text']],
	night: [['night_from', 'text'], ['night_to', 'text'], ['night_db', 'decimal']],
	approval: [['persons', [['1', 'settings.persons.1'], ['2', 'settings.persons.2']]], ['document', YES_OR_NO]],
	loudness: [['target_lufs', 'decimal'], ['peak_dbtp', 'decimal']],
	sounds: [['ident', 'text'], ['ident_out', 'text'], ['bed', 'text'], ['bed_db', 'decimal'], ['duck_db', 'decimal'],
		['crossfade_ms', 'numeric']],
	live: [['live_allowed', YES_OR_NO], ['live_minutes', 'numeric'], ['live_chime', YES_OR_NO], ['live_device', 'text'],
		['live_channel', 'numeric'], ['live_gain_db', 'decimal']],
	report: [['report_superior', 'text'], ['report_issuer', 'text'], ['report_place', 'text'], ['report_symbol', 'text'], ['report_signer_for', 'text'], ['report_signer_title', 'text'], ['report_signer_name', 'text']],
	kept: [['stream', 'zones'], ['record', YES_OR_NO], ['recordings_days', 'numeric']],
};
const NUMBERS = ['night_db', 'target_lufs', 'peak_dbtp', 'bed_db', 'duck_db', 'crossfade_ms', 'recordings_days', 'live_minutes',
	'live_channel', 'live_gain_db'];
const PLAIN = { quiet_from: 'clock', quiet_to: 'clock', night_from: 'clock', night_to: 'clock', 'zones.name': 'zone', 'zones.channel': 'channel' };

// The station speaks of lines of a file; at its field a fault needs fewer words.
function wordsOf({ field, slot, text }) {
	if (field === 'zones' && slot)
		return t('settings.wrong.slot', { slot });
	if (NUMBERS.includes(field))
		return t('settings.wrong.number');
	return PLAIN[field] ? t(`settings.wrong.${PLAIN[field]}`) : text;
}

// { field: [sentence, …] }; '' what has no field here.
function wrongOf(faults) {
	const wrong = {};
	for (const fault of faults.filter((f) => f.grade === 'error')) {
		const field = fault.field?.startsWith('zones') ? 'zones' : `${fault.field ?? ''}`;
		const place = field === 'zones' || Object.values(GROUPS).flat().some(([name]) => name === field) ? field : '';
		wrong[place] = [...new Set([...(wrong[place] ?? []), wordsOf(fault)])];
	}
	return wrong;
}

const Wrong = ({ id, words }) => words && html`<div class="failed" id=${id}>${words.map((w) => html`<p key=${w}>${w}</p>`)}</div>`;

function Field({ name, kind, value, zones, closed, wrong }) {
	const id = `set-${name}`;
	const about = { id, name, 'aria-invalid': wrong ? 'true' : null, 'aria-describedby': `${wrong ? `${id}-wrong ` : ''}${id}-more` };
	const choices = kind === 'zones' ? zones.map((z) => [z, null]) : kind;
	const chosen = Array.isArray(choices) ? choices.find(([v]) => v === value)?.[1] : null;
	return html`<label>${t(`settings.${name}`)}
		${Array.isArray(choices) && !closed
			? html`<select ...${about}>${choices.map(([v, words]) => html`<option key=${v} value=${v}
				selected=${v === value}>${words ? t(words) : v}</option>`)}</select>`
			: html`<input type="text" ...${about} inputmode=${chosen ? null : kind} autocomplete="off" readonly=${closed}
				defaultValue=${chosen ? t(chosen) : value} />`}</label>
	<${Wrong} id=${`${id}-wrong`} words=${wrong} />
	<p class="quiet" id=${`${id}-more`}>${t(`settings.${name}.more`)}</p>`;
}

// What was typed otherwise than it stood: only that is sent. Numbers as people write them.
function changes(form, values) {
	const meant = (key, text) => (NUMBERS.includes(key) ? text.replace(',', '.').replace('−', '-') : text);
	const typed = [...new FormData(form)].map(([key, value]) => [key, meant(key, value.trim())]);
	const changed = Object.fromEntries(typed.filter(([key, value]) => value !== String(values[key])));
	for (const group of ['quiet_', 'night_'])
		if (Object.keys(changed).some((key) => key.startsWith(group)))
			Object.assign(changed, Object.fromEntries(typed.filter(([key]) => key.startsWith(group))));
	return changed;
}

function Result({ result, wrong }) {
	if (!result)
		return null;
	if (result.error)
		return html`<p class="failed" role="alert">${result.error}</p>`;
	if (!result.saved)
		return html`<div class="failed" role="alert"><p>${t('settings.refused', { count: Object.values(wrong).flat().length })}</p>
			${wrong['']?.map((w) => html`<p key=${w}>${w}</p>`)}</div>`;
	return html`<p class="result" role="status">${t(result.in_force ? 'settings.done' : 'settings.later')}</p>`;
}

function Form({ answer, saved }) {
	const [result, setResult] = useState(null);
	const [rows, setRows] = useState(() => rowsOf(answer.zones));
	const form = useRef(null);
	const closed = !may('settings.set');
	const wrong = result?.faults && !result.saved ? wrongOf(result.faults) : {};
	useEffect(() => setRows(rowsOf(answer.zones)), [answer.sha256]);
	useEffect(() => form.current?.querySelector('[aria-invalid=true]')?.focus(), [result]);
	const save = (e) => {
		e.preventDefault();
		const zones = zonesTyped(rows, answer.zones);
		const changed = { ...changes(form.current, answer.values), ...(zones && { zones }) };
		setResult(Object.keys(changed).length ? null : { error: t('settings.same') });
		if (Object.keys(changed).length)
			post('/api/settings', { sha256: answer.sha256, ...changed }).then((told) => {
				setResult(told);
				if (told.saved)
					saved();
			}, (failed) => setResult({ error: failed.message }));
	};
	return html`<form ref=${form} class="settings" onSubmit=${save} novalidate>
		${closed && html`<p class="quiet">${t('settings.closed')}</p>`}
		${answer.in_force === false && html`<p class="warned">${t('settings.waits')}</p>`}
		${Object.entries(GROUPS).map(([group, fields]) => html`<section class="card" key=${group}>
			<h3>${t(`settings.${group}`)}</h3>
			<div class="narrow">${fields.map(([name, kind]) => html`<${Field} key=${name + answer.sha256} name=${name} kind=${kind}
				zones=${answer.zones.map((z) => z.name)} value=${String(answer.values[name])} closed=${closed} wrong=${wrong[name]} />`)}</div>
		</section>`)}
		<${Zones} rows=${rows} set=${setRows} closed=${closed}><${Wrong} words=${wrong.zones} /><//>
		<${Result} result=${result} wrong=${wrong} />
		${!closed && html`<button type="submit" id="save" class="main wide">${t('settings.save')}</button>`}
		${may('lists', true) && html`<p class="tools"><a class="plain" href=${linkTo('danh-muc')}>${t('page.lists')}</a>
			<span class="quiet">${t('page.lists.more')}</span></p>`}
		<section class="card"><dl class="facts">
			<div><dt>${t('settings.id')}</dt><dd>${answer.fixed.id}</dd></div>
			<div><dt>${t('settings.timezone')}</dt><dd>${answer.fixed.timezone}</dd></div>
		</dl></section>
	</form>`;
}

export function Settings() {
	const [again, setAgain] = useState(0);
	const { answer, error } = useAnswer('/api/settings', again);
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	return html`<${Form} answer=${answer} saved=${() => setAgain((n) => n + 1)} />`;
}
