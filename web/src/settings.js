// SPDX-License-Identifier: GPL-3.0-or-later
// Cài đặt: what stands in station.yaml, each with what it means; administrators change it, others read.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { post } from './station.js';
import { t } from './text.js';

// In groups; mode: the keyboard a phone should show.
const GROUPS = {
	name: [['station']],
	quiet: [['quiet_from'], ['quiet_to']],
	loudness: [['target_lufs', 'decimal'], ['peak_dbtp', 'decimal']],
	sounds: [['ident'], ['ident_out'], ['bed'], ['bed_db', 'decimal'], ['duck_db', 'decimal'], ['crossfade_ms', 'numeric']],
};

const Field = ({ name, mode, value, closed }) => html`<label>${t(`settings.${name}`)}
	<input type="text" id=${`set-${name}`} name=${name} inputmode=${mode ?? 'text'} autocomplete="off" readonly=${closed}
		defaultValue=${String(value)} aria-describedby=${`set-${name}-more`} /></label>
	<p class="quiet" id=${`set-${name}-more`}>${t(`settings.${name}.more`)}</p>`;

// What was typed otherwise than it stood: only that is sent.
function changes(form, values) {
	const typed = [...new FormData(form)].map(([key, value]) => [key, value.trim()]);
	const changed = Object.fromEntries(typed.filter(([key, value]) => value !== String(values[key])));
	if ('quiet_from' in changed || 'quiet_to' in changed)
		Object.assign(changed, Object.fromEntries(typed.filter(([key]) => key.startsWith('quiet_'))));
	return changed;
}

function Result({ result }) {
	if (!result)
		return null;
	if (result.error)
		return html`<p class="failed" role="alert">${result.error}</p>`;
	if (!result.saved)
		return html`<div class="failed" role="alert"><p>${t('settings.refused')}</p>
			<ul>${result.faults.filter((f) => f.grade === 'error').map((f) => html`<li key=${f.text}>${f.text}</li>`)}</ul></div>`;
	return html`<p role="status">${t(result.in_force ? 'settings.done' : 'settings.later')}</p>`;
}

function Wires({ zones, fixed }) {
	return html`<section class="card">
		<h3>${t('settings.wires')}</h3>
		<p class="quiet">${t('settings.wires.more')}</p>
		<dl class="facts">
			${zones.map((z) => html`<div key=${z.name}><dt>${t('settings.zone', { name: z.name })}</dt>
				<dd>${t('settings.zone.at', z)}</dd></div>`)}
			<div><dt>${t('settings.id')}</dt><dd>${fixed.id}</dd></div>
			<div><dt>${t('settings.timezone')}</dt><dd>${fixed.timezone}</dd></div>
			<div><dt>${t('settings.stream')}</dt><dd>${fixed.stream}</dd></div>
			<div><dt>${t('settings.record')}</dt><dd>${t(fixed.record ? 'settings.yes' : 'settings.no')}</dd></div>
		</dl>
	</section>`;
}

export function Settings() {
	const [again, setAgain] = useState(0);
	const [result, setResult] = useState(null);
	const form = useRef(null);
	const { answer, error } = useAnswer('/api/settings', again);
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	const closed = !may('settings.set');
	const save = (e) => {
		e.preventDefault();
		const changed = changes(form.current, answer.values);
		setResult(null);
		if (!Object.keys(changed).length) {
			setResult({ error: t('settings.same') });
			return;
		}
		post('/api/settings', { sha256: answer.sha256, ...changed }).then((told) => {
			setResult(told);
			if (told.saved)
				setAgain((n) => n + 1);
		}, (failed) => setResult({ error: failed.message }));
	};
	return html`<form ref=${form} class="settings" onSubmit=${save} novalidate>
		${closed && html`<p class="quiet">${t('settings.closed')}</p>`}
		${Object.entries(GROUPS).map(([group, fields]) => html`<section class="card" key=${group}>
			<h3>${t(`settings.${group}`)}</h3>
			<div class="narrow">${fields.map(([name, mode]) => html`<${Field} key=${name + answer.sha256} name=${name} mode=${mode}
				value=${answer.values[name]} closed=${closed} />`)}</div>
		</section>`)}
		<${Result} result=${result} />
		${!closed && html`<button type="submit" id="save" class="main wide">${t('settings.save')}</button>`}
	</form>
	<${Wires} zones=${answer.zones} fixed=${answer.fixed} />`;
}
