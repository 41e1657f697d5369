// SPDX-License-Identifier: GPL-3.0-or-later
// On air now, with the time left and the level; and what comes next, with the time until then.
import { placeOf } from './day.js';
import { html } from './html.js';
import { state, now, nowDigits, elapsed } from './station.js';
import { t, number } from './text.js';
import { clockOf, dateOf, spanOf } from './time.js';

const FLOOR_DB = -60;

function Level({ zones }) {
	const values = zones.map((z) => state.levels[z]).filter((v) => typeof v === 'number');
	const db = values.length ? Math.max(...values) : FLOOR_DB;
	const part = Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
	const words = part > 0 ? t('level.db', { db: number(db, 0) }) : t('level.silent');
	const scale = { transform: `scaleX(${part.toFixed(3)})` };
	return html`<div class="level" role="meter" aria-label=${t('level')} aria-valuemin=${FLOOR_DB}
			aria-valuemax="0" aria-valuenow=${Math.round(Math.max(FLOOR_DB, db))} aria-valuetext=${words}>
		<div class="level-bar"><div class="level-fill" style=${scale}></div></div>
		<span class="level-words">${words}</span>
	</div>`;
}

// Zones whose device takes nothing at this moment: what is mixed for them is heard by nobody.
function deaf(zones) {
	const { devices = [], zones: all = [] } = state.status;
	const off = (name) => !devices.some((d) => d.name === name && d.on);
	return all.filter((z) => zones.includes(z.name) && off(z.device)).map((z) => z.name);
}

function Airing({ airing }) {
	const unheard = deaf(airing.zones).join(', ');
	const gone = Math.min(elapsed(airing), airing.length_s);
	const part = airing.length_s > 0 ? gone / airing.length_s : 0;
	return html`<div class="airing">
		<p class="airing-title" aria-live="polite">${airing.title || airing.slot}</p>
		<p class="airing-slot">${airing.title === airing.slot ? '' : html`<span>${placeOf(airing)}</span>`}
			<span>${t('air.zones', { zones: airing.zones.join(', ') })}</span>
			${airing.demo && html`<span class="tag">${t('demo')}</span>`}</p>
		${airing.length_s > 0 && html`<div class="airing-time">
			<span class="airing-left">${spanOf(airing.length_s - gone)}</span>
			<span>${t('air.left', { total: spanOf(airing.length_s) })}</span>
		</div>
		<progress class="airing-progress" max="1" value=${part.toFixed(3)}
			aria-label=${t('air.progress')}></progress>`}
		<${Level} zones=${airing.zones} />
		${unheard && html`<p class="trouble">${t('air.unheard', { zones: unheard })}</p>`}
	</div>`;
}

const whoOf = ({ name, role }) => (name ? t('hold.name', { name, role: t(`role.${role}`) })
	: role ? t('hold.role', { role: t(`role.${role}`) }) : t('hold.machine'));

// Who cut, when, and which zones: a sentence for each order that still holds.
function Holds() {
	const zones = (state.status?.zones ?? []).filter((z) => z.hold);
	const orders = [...new Set(zones.map((z) => z.hold.at))];
	const today = nowDigits().slice(0, 10);
	return orders.map((at) => {
		const cut = zones.filter((z) => z.hold.at === at);
		const values = { who: whoOf(cut[0].hold), zones: cut.map((z) => z.name).join(', '),
			at: clockOf(at) + (at.startsWith(today) ? '' : ` ${dateOf(at)}`) };
		return html`<p class="held-by" key=${at}>${t(cut.length === state.status.zones.length ? 'hold' : 'hold.zones', values)}</p>`;
	});
}

function words() {
	const status = state.status;
	if (!status)
		return ['air-idle', t('air.joining')];
	if (state.link !== 'open')
		return ['air-stale', t('air.unknown')];
	if (status.held)
		return ['air-held', t('air.held')];
	return status.on_air.length ? ['air-on', t('air.on')] : ['air-idle', t('air.idle')];
}

export function OnAir() {
	const [kind, title] = words();
	const list = kind === 'air-on' ? state.status.on_air : [];
	return html`<section class=${`card air ${kind}`} aria-labelledby="air-title">
		<h2 id="air-title"><span class="lamp"></span>${title}</h2>
		${list.map((a) => html`<${Airing} airing=${a} key=${a.airing ?? a.slot} />`)}
		<${Holds} />
		${kind === 'air-held' && html`<p>${t('air.held.more')}</p>`}
		${kind === 'air-idle' && state.status && html`<p>${t('air.idle.more')}</p>`}
		${kind === 'air-stale' && html`<p>${t('air.unknown.more')}</p>`}
	</section>`;
}

export function Next() {
	const next = state.status?.next ?? [];
	const left = (item) => (Date.parse(item.start) - now()) / 1000;
	return html`<section class="card" aria-labelledby="next-title">
		<h2 id="next-title">${t('next')}</h2>
		${next.length === 0 && html`<p class="quiet">${t('next.none')}</p>`}
		<ol class="next">
			${next.slice(0, 3).map((n) => html`<li key=${n.start + n.title}>
				<span class="next-clock">${clockOf(n.start)}</span>
				<span class="next-words"><b>${n.title || n.slot}</b>
					<span class="quiet">${n.title === n.slot ? '' : n.slot}
						${n.demo && html` <span class="tag">${t('demo')}</span>`}</span></span>
				<span class="next-left">${state.status.held ? t('next.held')
					: left(n) > 0 ? t('next.in', { span: spanOf(left(n)) }) : t('next.now')}</span>
			</li>`)}
		</ol>
	</section>`;
}
