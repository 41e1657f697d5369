// SPDX-License-Identifier: GPL-3.0-or-later
// The test tone: a few seconds into one zone, and whether the device took them.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { Choice } from './fields.js';
import { post, state } from './station.js';
import { t, said } from './text.js';

function Outcome({ tone }) {
	const why = said(tone.detail_texts);
	return html`<p class=${`fate-${tone.fate}`} role="status"><span class="fate-chip">${t(`tone.fate.${tone.fate}`)}</span>
		${` ${t('tone.was', { at: tone.end?.slice(11, 19) ?? '', zones: tone.zones.join(', ') })}`}${why && ` ${why}.`}</p>`;
}

export function Tone({ close }) {
	const zones = (state.status?.zones ?? []).map((z) => z.name);
	const [zone, setZone] = useState('');
	const [reason, setReason] = useState('');
	const [order, setOrder] = useState({}); // { busy } | { done } | { error }
	const go = (e) => {
		e.preventDefault();
		const before = state.status?.tone?.test;
		setOrder({ busy: true });
		post('/api/tone', { ...(zone && { zone }), ...(reason && { reason }) })
			.then((done) => setOrder({ done, before }), (fault) => setOrder({ error: fault.message }));
	};
	const tone = order.done && state.status?.tone;
	const over = tone && tone.test !== order.before;
	return html`<form class="ask" onSubmit=${go}>
		<p>${t('tone.sure')}</p>
		${zones.length > 1 && html`<${Choice} label=${t('log.zone')} value=${zone} set=${setZone} options=${zones.map((z) => [z, z])} />`}
		<label>${t('tone.reason')}
			<input type="text" name="reason" value=${reason} maxlength="300" autocomplete="off" onInput=${(e) => setReason(e.target.value)} /></label>
		<div class="tools"><button type="submit" class="main" disabled=${order.busy || (order.done && !over)}>${t('tone.yes')}</button>
			<button type="button" class="plain" onClick=${close}>${t('tone.close')}</button></div>
		${order.error && html`<p class="failed" role="alert">${order.error}</p>`}
		${order.done && !over && html`<p role="status">${t('tone.on', { zones: order.done.zones.join(', '), seconds: order.done.seconds })}</p>`}
		${over && html`<${Outcome} tone=${tone} />`}
	</form>`;
}

