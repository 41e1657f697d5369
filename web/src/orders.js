// SPDX-License-Identifier: GPL-3.0-or-later
// Priority bulletins that meet: which airs first. What nobody has answered asks; what is answered tells, and
// can be changed until the slot begins.
import { useState } from 'preact/hooks';
import { person } from './bulletin.js';
import { html } from './html.js';
import { useStation } from './hooks.js';
import { may } from './me.js';
import { post, state } from './station.js';
import { t } from './text.js';
import { clockOf, dateOf, spanOf } from './time.js';

// The one that was chosen, then the others as they stand.
const putFirst = (bulletins, first) => [first, ...bulletins.filter((b) => b !== first)].map((b) => b.bulletin);

const chosenBy = ({ name, who, said }) => (who
	? t('order.chosen.by', { who: person(who, name), at: `${clockOf(said)} ${dateOf(said)}` }) : '');

function Collision({ met }) {
	const [told, setTold] = useState({}); // { busy } | { changing } | { error }
	const { start, slot, starts, given, bulletins, with: other } = met;
	const today = start.startsWith(state.status.now.slice(0, 10));
	const asks = may('order') && (!given || told.changing || told.error);
	const byDefault = other ? t('order.default.with', { slot: other }) : t('order.default', { title: bulletins[0].title });
	const choose = (first) => {
		setTold({ busy: true });
		post('/api/order', { bulletins: putFirst(bulletins, first) }).then(() => setTold({}), (e) => setTold({ error: e.message }));
	};
	return html`<div class="meets">
		<p><b>${clockOf(start)}${today ? '' : ` ${dateOf(start)}`} – ${slot}</b>${other && html` ${t('order.with', { slot: other, at: clockOf(met.with_start) })}`}${starts > 1 && html` <span class="quiet">${t('order.starts', { count: starts - 1 })}</span>`}</p>
		${asks ? html`
			<p>${t(other ? 'order.ask.with' : 'order.ask', { count: bulletins.length })}</p>
			${bulletins.map((b) => html`<button type="button" class="plain wide" key=${b.bulletin} disabled=${told.busy} onClick=${() => choose(b)}>
				${t('order.first')} <b>${b.title}</b> <span class="quiet">${b.bulletin}, ${spanOf(b.length_s)}</span></button>`)}
			<p class="quiet">${given ? t('order.stays', { title: bulletins[0].title }) : byDefault}</p>`
			: html`<ol class="meets-list">${bulletins.map((b) => html`<li key=${b.bulletin}>${b.title} <span class="quiet">${b.bulletin}</span></li>`)}</ol>
			<p class="quiet">${given ? chosenBy(met) : byDefault}</p>
			${may('order') && html`<button type="button" class="plain" onClick=${() => setTold({ changing: true })}>${t('order.change')}</button>`}`}
		${told.error && html`<p class="failed" role="alert">${told.error}</p>`}
	</div>`;
}

export function Orders() {
	useStation();
	const list = state.status.orders;
	const waits = list.some((met) => !met.given);
	return html`<section class=${`card${waits ? ' orders-wait' : ''}`} aria-labelledby="orders-title">
		<h2 id="orders-title">${t(waits ? 'order.title' : 'order.title.given')}</h2>
		${list.map((met) => html`<${Collision} key=${met.bulletins.map((b) => b.bulletin).sort().join()} met=${met} />`)}
	</section>`;
}
