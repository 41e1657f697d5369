// SPDX-License-Identifier: GPL-3.0-or-later
// Bản tin: all that has come in, with its state, and playing an approved one at once.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Book } from './book.js';
import { moment, validity } from './bulletin.js';
import { Choice, Search } from './fields.js';
import { useAnswer, useStation } from './hooks.js';
import { may } from './me.js';
import { Play } from './play.js';
import { linkTo } from './route.js';
import { state } from './station.js';
import { t, number } from './text.js';
import { spanOf } from './time.js';

const STATES = ['received', 'endorsed', 'approved', 'refused', 'withdrawn', 'replaced'];
const SHOWN = 100;

// As reports count: whole, and what was cut or is not sure apart.
function aired(b) {
	const counts = [['aired', b.aired], ['aired.parts', b.aired_parts], ['aired.unsure', b.aired_unsure]].filter(([, count]) => count > 0);
	return counts.map(([key, count]) => t(`library.${key}`, { count })).join(', ') || t('library.unaired');
}

function facts(b) {
	return [
		b.id,
		spanOf(b.length_s),
		typeof b.loudness_lufs === 'number' && `${number(b.loudness_lufs, 1)} LUFS`,
		typeof b.aired === 'number' && aired(b),
		b.received && t('library.received', { at: moment(b.received) }),
		validity(b),
	].filter(Boolean).join(' · ');
}

function Row({ bulletin }) {
	const b = bulletin;
	return html`<li class=${`book state-${b.state}`}>
		<div><p class="line-title"><a href=${linkTo('ban-tin', { so: b.id })}>${b.title}</a>
				${b.level === 'khan-cap' && html` <span class="tag tag-urgent">${t('level.khan-cap')}</span>`}
				${b.level === 'uu-tien' && html` <span class="tag">${t('level.uu-tien')}</span>`}</p>
			<p class="quiet">${facts(b)}</p></div>
		<p><span class="fate-chip">${t(`state.${b.state}`)}</span></p>
		${b.state === 'approved' && may('play') && html`<div class="book-play"><${Play} bulletin=${b} /></div>`}
	</li>`;
}

const FIND_MS = 250;
const asked = (query, which, count) => `/api/bulletins?${new URLSearchParams({ limit: count,
	...(query.trim() && { find: query.trim() }), ...(which && { state: which }) })}`;

// What stands there stays until the next answer comes.
function useList(query, which, count) {
	const [path, setPath] = useState(asked(query, which, count));
	const kept = useRef(null);
	useEffect(() => {
		const timer = setTimeout(() => setPath(asked(query, which, count)), FIND_MS);
		return () => clearTimeout(timer);
	}, [query, which, count]);
	const { answer, error } = useAnswer(path, `${state.status?.log.size} ${state.day?.date}`);
	kept.current = answer ?? kept.current;
	return { answer: kept.current, error };
}

export function List() {
	useStation();
	const [query, setQuery] = useState('');
	const [which, setWhich] = useState('');
	const [count, setCount] = useState(SHOWN);
	const { answer, error } = useList(query, which, count);
	const shown = answer?.bulletins ?? [];
	return html`<div class="card">
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<form class="filter" onSubmit=${(e) => e.preventDefault()}>
			<${Search} value=${query} set=${setQuery} />
			<${Choice} label=${t('library.state')} value=${which} set=${setWhich}
				options=${STATES.map((s) => [s, t(`state.${s}`)])} />
		</form>
		${answer ? html`<p class="log-sum" role="status">${answer.all ? t('library.count', { count: answer.count, all: answer.all })
			: t('library.none')}</p>` : !error && html`<p class="quiet" role="status">${t('day.loading')}</p>`}
		<ul class="books">${shown.map((b) => html`<${Row} key=${b.id} bulletin=${b} />`)}</ul>
		${answer && shown.length < answer.count && html`<button type="button" class="plain wide"
			onClick=${() => setCount((n) => n + SHOWN)}>${t('library.more', { count: Math.min(SHOWN, answer.count - shown.length) })}</button>`}
	</div>`;
}

// '#/ban-tin?so=B17': one of them.
export const Library = ({ params }) => (params.so ? html`<${Book} key=${params.so} id=${params.so} />` : html`<${List} />`);
