// SPDX-License-Identifier: GPL-3.0-or-later
// Emergencies: what stands, with its end; and the form that raises one. One touch opens it, a reason, a second touch sounds the siren.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { Choice } from './fields.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { post, state } from './station.js';
import { t } from './text.js';
import { clockOf } from './time.js';

const REASONS = ['flood', 'fire', 'slide', 'storm'];

// Busy, fault and outcome of one order.
function useOrder() {
	const [order, setOrder] = useState({});
	const send = (path, body) => {
		setOrder({ busy: true });
		return post(path, body).then((done) => setOrder({ done }), (e) => setOrder({ error: e.message }));
	};
	return [order, send];
}

function Standing({ one }) {
	const [order, send] = useOrder();
	const [asking, setAsking] = useState(false);
	const kind = one.drill ? 'drill' : 'real';
	const words = { at: clockOf(one.raised), zones: one.zones.join(', '), next: one.next ? clockOf(one.next) : '' };
	return html`<section class=${`card alarm-${kind}`}>
		<h2>${t(`alarm.${kind}`)}</h2>
		<p><b>${one.reason}</b></p>
		${one.text && html`<p>“${one.text}”${!one.bulletin && !one.unread ? html` <span class="quiet">${t('alarm.text.wait')}</span>` : ''}</p>`}
		<p>${t('alarm.since', words)} ${one.sounding ? t('alarm.sounding') : one.next ? t('alarm.next', words) : ''}</p>
		${one.cut.map((c) => html`<p class="trouble" key=${c.zone}>${t('alarm.cut', { zone: c.zone, at: clockOf(c.at) })}</p>`)}
		${may('emergency.end', true) && one.id && (asking
			? html`<p>${t('alarm.end.sure')}</p><div class="tools"><button type="button" class="main" disabled=${order.busy}
					onClick=${() => send(`/api/emergency/${one.id}/end`, {})}>${t('alarm.end.yes')}</button>
				<button type="button" class="plain" onClick=${() => setAsking(false)}>${t('alarm.end.no')}</button></div>`
			: html`<button type="button" class="plain" onClick=${() => setAsking(true)}>${t('alarm.end')}</button>`)}
		${order.error && html`<p class="failed" role="alert">${order.error}</p>`}
	</section>`;
}

export function Alarms() {
	return (state.status?.emergencies ?? []).map((one) => html`<${Standing} one=${one} key=${one.id || one.raised} />`);
}

// What may be read out after the siren: sound that was sent as an emergency's.
function Message({ value, set }) {
	const list = (useAnswer('/api/bulletins?limit=50').answer?.bulletins ?? [])
		.filter((b) => b.level === 'khan-cap' && ['received', 'endorsed', 'approved'].includes(b.state));
	return list.length > 0 && html`<${Choice} label=${t('alarm.message')} none=${t('alarm.message.none')} value=${value} set=${set}
		options=${list.map((b) => [b.id, `${b.title} (${b.id})`])} />`;
}

// Read aloud by the machine, for when nobody has the time to record: 1,300 letters of Vietnamese are five minutes.
function Text({ value, set }) {
	return html`<label>${t('alarm.text')}
		<textarea name="text" rows="3" maxlength="1300" value=${value} onInput=${(e) => set(e.target.value)}></textarea></label>`;
}

function Reason({ value, set }) {
	return html`<fieldset><legend>${t('alarm.reason')}</legend>
		<div class="tools">${REASONS.map((r) => t(`alarm.reason.${r}`)).map((words) => html`<button type="button" class="plain" key=${words}
			aria-pressed=${value === words} onClick=${() => set(words)}>${words}</button>`)}</div>
		<label>${t('alarm.reason.own')}
			<input type="text" name="reason" required value=${value} maxlength="300" autocomplete="off" onInput=${(e) => set(e.target.value)} /></label>
	</fieldset>`;
}

export function Alarm({ close }) {
	const zones = state.status?.zones ?? [];
	const held = zones.filter((z) => z.held).map((z) => z.name);
	const [wish, setWish] = useState({ reason: '', zone: '', bulletin: '', text: '', drill: false, over: false });
	const [order, send] = useOrder();
	const put = (key) => (value) => setWish((old) => ({ ...old, [key]: value }));
	const go = (e) => {
		e.preventDefault();
		send('/api/emergency', { reason: wish.reason, ...(wish.zone && { zone: wish.zone }), ...(wish.bulletin ? { bulletin: wish.bulletin } : wish.text.trim() && { text: wish.text.trim() }),
			...(wish.drill && { drill: true }), ...(wish.over && { over_cut: true }) });
	};
	if (order.done)
		return html`<div class="ask"><p role="status">${t(wish.drill ? 'alarm.drill.on' : 'alarm.on')}</p>
			<button type="button" class="plain" onClick=${close}>${t('tone.close')}</button></div>`;
	return html`<form class="ask" onSubmit=${go}>
		<p>${t('alarm.what')}</p>
		<${Reason} value=${wish.reason} set=${put('reason')} />
		<${Message} value=${wish.bulletin} set=${put('bulletin')} />
		${!wish.bulletin && html`<${Text} value=${wish.text} set=${put('text')} />`}
		${zones.length > 1 && html`<${Choice} label=${t('log.zone')} value=${wish.zone} set=${put('zone')} options=${zones.map((z) => [z.name, z.name])} />`}
		${held.length > 0 && html`<label class="tick"><input type="checkbox" checked=${wish.over} onChange=${(e) => put('over')(e.target.checked)} />
			<span>${t('alarm.over', { zones: held.join(', ') })}</span></label>`}
		<label class="tick"><input type="checkbox" id="alarm-drill" checked=${wish.drill} onChange=${(e) => put('drill')(e.target.checked)} />
			<span>${t('alarm.drill.wish')}</span></label>
		<button type="submit" id="alarm-go" class=${wish.drill ? 'main' : 'big cut'} disabled=${order.busy || !wish.reason.trim()}>
			${t(wish.drill ? 'alarm.drill.go' : 'alarm.go')}</button>
		<div class="tools"><button type="button" class="plain" onClick=${close}>${t('alarm.no')}</button></div>
		${order.error && html`<p class="failed" role="alert">${order.error}</p>`}
	</form>`;
}
