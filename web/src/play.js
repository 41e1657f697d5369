// SPDX-License-Identifier: GPL-3.0-or-later
// Playing an approved bulletin at once.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { Choice } from './fields.js';
import { post, state } from './station.js';
import { t } from './text.js';

function useOrder() {
	const [order, setOrder] = useState({}); // { busy } | { done } | { error }
	const play = (bulletin, zone, reason) => {
		setOrder({ busy: true });
		post('/api/play', { bulletin, ...(zone && { zone }), ...(reason && { reason }) })
			.then((done) => setOrder({ done }), (e) => setOrder({ error: e.message }));
	};
	return [order, play];
}

// Asks first: what is on air gives way.
function Ask({ bulletin, play, close }) {
	const [zone, setZone] = useState('');
	const [reason, setReason] = useState('');
	const zones = (state.status?.zones ?? []).map((z) => [z.name, z.name]);
	const go = (e) => {
		e.preventDefault();
		play(bulletin.id, zone, reason.trim());
		close();
	};
	return html`<form class="ask" onSubmit=${go}>
		<p id=${`ask-${bulletin.id}`}>${t('play.sure')}</p>
		${zones.length > 1 && html`<${Choice} label=${t('log.zone')} value=${zone} set=${setZone} options=${zones} />`}
		<label>${t('play.reason')}
			<input type="text" name="reason" value=${reason} maxlength="300" autocomplete="off" onInput=${(e) => setReason(e.target.value)} /></label>
		<div class="tools"><button type="submit" class="main" autofocus
				aria-describedby=${`ask-${bulletin.id}`}>${t('play.yes')}</button>
			<button type="button" class="plain" onClick=${close}>${t('play.no')}</button></div>
	</form>`;
}

export function Play({ bulletin }) {
	const [asking, setAsking] = useState(false);
	const [order, play] = useOrder();
	const words = { zones: (order.done?.zones ?? []).join(', '), held: (order.done?.held ?? []).join(', ') };
	return html`${asking ? html`<${Ask} bulletin=${bulletin} play=${play} close=${() => setAsking(false)} />`
		: html`<button type="button" class="plain" disabled=${order.busy} aria-label=${t('play.of', { title: bulletin.title })}
			onClick=${() => setAsking(true)}>${t('play')}</button>`}
		${order.done && html`<p class="result" role="status">${t('play.done', words)}${
			words.held && ` ${t('play.held', words)}`}</p>`}
		${order.error && html`<p class="failed" role="alert">${order.error}</p>`}`;
}
