// SPDX-License-Identifier: GPL-3.0-or-later
// Bản tin: all that has come in, with its state, and playing an approved one at once.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { Choice, Search } from './fields.js';
import { finds } from './find.js';
import { useAnswer, useStation } from './hooks.js';
import { may } from './me.js';
import { post, state } from './station.js';
import { t, number } from './text.js';
import { dateOf, clockOf, spanOf } from './time.js';

const STATES = ['received', 'approved', 'refused', 'withdrawn'];
const SHOWN = 100;

function useOrder() {
	const [order, setOrder] = useState({}); // { busy } | { done } | { error }
	const play = (bulletin, zone) => {
		setOrder({ busy: true });
		post('/api/play', zone ? { bulletin, zone } : { bulletin })
			.then((done) => setOrder({ done }), (e) => setOrder({ error: e.message }));
	};
	return [order, play];
}

// Asks first: what is on air gives way.
function Ask({ bulletin, play, close }) {
	const [zone, setZone] = useState('');
	const zones = (state.status?.zones ?? []).map((z) => [z.name, z.name]);
	const go = (e) => {
		e.preventDefault();
		play(bulletin.id, zone);
		close();
	};
	return html`<form class="ask" onSubmit=${go}>
		<p id=${`ask-${bulletin.id}`}>${t('play.sure')}</p>
		${zones.length > 1 && html`<${Choice} label=${t('log.zone')} value=${zone} set=${setZone} options=${zones} />`}
		<div class="tools"><button type="submit" class="main" autofocus
				aria-describedby=${`ask-${bulletin.id}`}>${t('play.yes')}</button>
			<button type="button" class="plain" onClick=${close}>${t('play.no')}</button></div>
	</form>`;
}

function Play({ bulletin }) {
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

function validity(b) {
	if (b.from && b.to)
		return t('library.between', { from: dateOf(b.from), to: dateOf(b.to) });
	return b.from ? t('library.from', { from: dateOf(b.from) }) : b.to ? t('library.to', { to: dateOf(b.to) }) : '';
}

function facts(b) {
	return [
		b.id,
		spanOf(b.length_s),
		typeof b.loudness_lufs === 'number' && `${number(b.loudness_lufs, 1)} LUFS`,
		typeof b.aired === 'number' && (b.aired ? t('library.aired', { count: b.aired }) : t('library.unaired')),
		b.received && t('library.received', { at: `${clockOf(b.received)} ${dateOf(b.received)}` }),
		validity(b),
	].filter(Boolean).join(' · ');
}

function Row({ bulletin }) {
	const b = bulletin;
	return html`<li class=${`book state-${b.state}`}>
		<div><p class="line-title">${b.title}
				${b.level === 'khan-cap' && html` <span class="tag tag-urgent">${t('level.khan-cap')}</span>`}
				${b.level === 'uu-tien' && html` <span class="tag">${t('level.uu-tien')}</span>`}</p>
			<p class="quiet">${facts(b)}</p></div>
		<p><span class="fate-chip">${t(`state.${b.state}`)}</span></p>
		${b.state === 'approved' && may('play') && html`<div class="book-play"><${Play} bulletin=${b} /></div>`}
	</li>`;
}

function List({ bulletins }) {
	const [query, setQuery] = useState('');
	const [which, setWhich] = useState('');
	const [all, setAll] = useState(false);
	const chosen = bulletins.filter((b) => (!which || b.state === which) && finds(query, b.title, b.id));
	const shown = all ? chosen : chosen.slice(0, SHOWN);
	return html`<form class="filter" onSubmit=${(e) => e.preventDefault()}>
			<${Search} value=${query} set=${setQuery} />
			<${Choice} label=${t('library.state')} value=${which} set=${setWhich}
				options=${STATES.map((s) => [s, t(`state.${s}`)])} />
		</form>
		<p class="log-sum" role="status">${t('library.count', { count: chosen.length, all: bulletins.length })}</p>
		<ul class="books">${shown.map((b) => html`<${Row} key=${b.id} bulletin=${b} />`)}</ul>
		${shown.length < chosen.length && html`<button type="button" class="plain wide" onClick=${() => setAll(true)}>
			${t('library.more', { count: chosen.length - shown.length })}</button>`}`;
}

export function Library() {
	useStation();
	const { answer, error } = useAnswer('/api/bulletins', state.day);
	return html`<div class="card">
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${!answer && !error && html`<p class="quiet" role="status">${t('day.loading')}</p>`}
		${answer && (answer.bulletins.length === 0 ? html`<p class="quiet">${t('library.none')}</p>`
			: html`<${List} bulletins=${answer.bulletins} />`)}
	</div>`;
}
