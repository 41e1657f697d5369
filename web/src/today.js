// SPDX-License-Identifier: GPL-3.0-or-later
// Hôm nay: what is on air and what comes next, cutting, listening, today's list.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { OnAir, Next } from './air.js';
import { Cut } from './cut.js';
import { Day } from './day.js';
import { useSeconds, useStation } from './hooks.js';
import { lazy } from './lazy.js';
import { Listen } from './listen.js';
import { may } from './me.js';
import { linkTo } from './route.js';
import { state } from './station.js';
import { t } from './text.js';

const alarms = (name) => lazy(() => import('./alarm.js').then((m) => m[name]));
const Alarm = alarms('Alarm');
const Alarms = alarms('Alarms');
const Near = lazy(() => import('./deadlines.js').then((m) => m.Near));
const Orders = lazy(() => import('./orders.js').then((m) => m.Orders));
const Speak = lazy(() => import('./speak.js').then((m) => m.Speak));
const Tone = lazy(() => import('./tone.js').then((m) => m.Tone));

function Test() {
	const [open, setOpen] = useState(false);
	return open ? html`<${Tone} close=${() => setOpen(false)} />`
		: html`<button type="button" id="tone" class="plain" onClick=${() => setOpen(true)}>${t('play.tone')}</button>`;
}

// It stays open while somebody speaks, so that everybody sees who.
function Voice() {
	const [open, setOpen] = useState(false);
	return open || state.status?.live?.speaking ? html`<${Speak} open=${open} close=${() => setOpen(false)} />`
		: html`<button type="button" id="speak" class="plain" onClick=${() => setOpen(true)}>${t('play.speak')}</button>`;
}

function Raise() {
	const [open, setOpen] = useState(false);
	return open ? html`<${Alarm} close=${() => setOpen(false)} />`
		: html`<button type="button" id="alarm" class="plain alarm" onClick=${() => setOpen(true)}>${t('play.alarm')}</button>`;
}

export function Today() {
	useStation();
	useSeconds();
	const orders = state.status?.orders ?? [];
	const waiting = may('bulletin.approve') ? state.status?.waiting : 0;
	return html`<div class="columns">
		<div class="column">
			${waiting > 0 && html`<a class="plain wide waits-here" href=${linkTo('duyet')}>${t('page.review.wait', { count: waiting })}</a>`}
			${may('deadlines') && html`<${Near} />`}
			${state.status?.emergencies?.length > 0 && html`<${Alarms} />`}
			${orders.some((met) => !met.given) && html`<${Orders} />`}
			<${OnAir} />
			<${Cut} />
			${may('emergency', true) && html`<${Raise} />`}
			${may('live.start') && state.status?.live?.allowed && html`<${Voice} />`}
			<${Next} />
			${orders.length > 0 && orders.every((met) => met.given) && html`<${Orders} />`}
			${may('play', true) && html`<a class="plain" href=${linkTo('ban-tin')}>${t('play.some')}</a>`}
			${may('tone', true) && html`<${Test} />`}
			<${Listen} />
		</div>
		<${Day} />
	</div>`;
}
