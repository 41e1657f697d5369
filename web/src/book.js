// SPDX-License-Identifier: GPL-3.0-or-later
// One bulletin: its sound, what is said about it, who decided what, when it aired and when it will.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Facts, Findings, kindOf, linkOf, moment, Outlook, person } from './bulletin.js';
import { Edit } from './edit.js';
import { Hear } from './hear.js';
import { useAnswer, useStation } from './hooks.js';
import { may } from './me.js';
import { languageName, programmeName, useWords } from './names.js';
import { Play } from './play.js';
import { Reason } from './reason.js';
import { linkTo } from './route.js';
import { post, state } from './station.js';
import { t, reasonOf } from './text.js';
import { clockOf, dateOf } from './time.js';

const WITHDRAWALS = ['content', 'over', 'asked'];
const EDITABLE = ['received', 'endorsed', 'approved', 'refused', 'withdrawn'];
const ALIVE = ['received', 'endorsed', 'approved'];

// 'Trần Văn Minh duyệt lúc 17:02 22/11/2026. Văn bản 12/QĐ.'
function Decision({ b }) {
	const d = b.decided;
	if (b.state === 'replaced' || b.replaced_by)
		return html`<p>${t('book.replaced')} ${linkOf(b.replaced_by)}.</p>`;
	if (!d || b.state === 'received')
		return null;
	const words = { who: person(d.by, d.name), at: moment(d.at) };
	const why = d.why && (b.state === 'approved' || b.state === 'endorsed' ? `${t('approve.document')}: ${d.why}.` : d.why);
	const first = b.state === 'approved' && b.endorsed_by && t('book.endorsed', { who: person(b.endorsed_by, b.endorsed_name) });
	return html`<p>${[t(`book.${b.state}`, words), why, first].filter(Boolean).join(' ')}</p>`;
}

function Actions({ b, changed }) {
	const [doing, setDoing] = useState(''); // '' | 'edit' | 'withdraw'
	const [order, setOrder] = useState({});
	const withdraw = (reason) => {
		setOrder({ busy: true });
		post(`/api/bulletins/${b.id}/withdraw`, { reason })
			.then(() => { setDoing(''); setOrder({}); changed(); }, (e) => setOrder({ error: e.message }));
	};
	const edited = (now) => {
		setDoing('');
		if (now.id === b.id)
			changed();
		else
			location.hash = linkTo('ban-tin', { so: now.id });
	};
	const close = () => setDoing('');
	if (doing === 'edit')
		return html`<${Edit} bulletin=${b} done=${edited} close=${close} />`;
	if (doing === 'withdraw')
		return html`<${Reason} id=${b.id} words="withdraw" reasons=${WITHDRAWALS} busy=${order.busy} act=${withdraw}
			close=${close} />${order.error && html`<p class="failed" role="alert">${order.error}</p>`}`;
	return html`<div class="tools book-tools">
		${b.state === 'approved' && may('play') && html`<${Play} bulletin=${b} />`}
		${may('bulletin.edit') && EDITABLE.includes(b.state) && html`<button type="button" class="plain"
			onClick=${() => setDoing('edit')}>${t('edit')}</button>`}
		${may('bulletin.add') && b.state !== 'replaced' && html`<a class="plain" href=${linkTo('gui-ban-tin', { thay: b.id })}>${
			t('book.newer')}</a>`}
		${may('bulletin.withdraw') && ALIVE.includes(b.state) && html`<button type="button" class="plain"
			onClick=${() => setDoing('withdraw')}>${t('withdraw')}</button>`}
	</div>`;
}

const WAS = {
	level: (code) => t(`level.${code}`),
	language: (code, words) => languageName(words, code),
	sort: kindOf,
	programmes: (code, words) => programmeName(words, code),
	from: dateOf,
	to: dateOf,
};

// 'mức: Ưu tiên', 'đến ngày: 22/11/2026'; what was not said is a dash.
function wasWords([key, value], words) {
	const told = [value ?? []].flat().filter(Boolean).map((one) => (WAS[key] ?? ((v) => v))(one, words));
	return `${t(`was.${key}`)}: ${told.join(', ') || '–'}`;
}

function happened(h, names) {
	const words = { who: person(h.who, h.name), at: moment(h.at) };
	const was = Object.entries(h.was ?? {}).map((one) => wasWords(one, names)).join('; ');
	return [t(`happened.${h.kind.split('.')[1]}`, words), h.document && `${t('approve.document')}: ${h.document}.`, h.reason,
		was && t('happened.was', { was })].filter(Boolean).join(' ');
}

function Airing({ line }) {
	const day = line.planned.slice(0, 10);
	return html`<li class=${`line fate-${line.fate}`}>
		<span class="line-clock">${clockOf(line.planned)}</span>
		<span class="line-words"><a href=${linkTo('nhat-ky', { ngay: day, lan: line.airing })}>${dateOf(day)}</a>
			<span class="quiet">${[line.slot || t('manual'), t('air.zones', { zones: line.zones.join(', ') })].join(' · ')}</span></span>
		<span class="fate"><span class="fate-chip">${t(`fate.${line.fate}`)}</span>
			${reasonOf(line) && html`<span class="fate-reason">${reasonOf(line)}</span>`}</span>
	</li>`;
}

function Past({ b, again }) {
	const { answer, error } = useAnswer(`/api/bulletins/${b.id}/past`, again);
	const names = useWords();
	if (!answer)
		return html`<p class="quiet" role="status">${error ?? t('day.loading')}</p>`;
	return html`<section class="card" aria-labelledby="book-airings"><h3 id="book-airings">${b.aired
			? t('library.aired', { count: b.aired }) : t('library.unaired')}</h3>
			<ol>${answer.airings.map((a) => html`<${Airing} line=${a} key=${a.airing} />`)}</ol>
			${answer.airings_all > answer.airings.length && html`<p class="quiet">${t('book.older', {
				count: answer.airings_all - answer.airings.length })}</p>`}</section>
		<section class="card" aria-labelledby="book-past"><h3 id="book-past">${t('book.past')}</h3>
			<ol class="plain-list">${answer.history.map((h) => html`<li key=${h.entry}>${happened(h, names)}</li>`)}</ol></section>`;
}

export function Book({ id }) {
	useStation();
	const [own, setOwn] = useState(0);
	const again = `${state.status?.log.size} ${own}`;
	const { answer, error } = useAnswer(`/api/bulletins/${id}`, again);
	const heading = useRef(null);
	const b = answer?.bulletin;
	useEffect(() => heading.current?.focus(), [b?.id]);
	return html`<p class="tools"><a class="plain" href=${linkTo('ban-tin')}>‹ ${t('page.library')}</a></p>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${!b && !error && html`<p class="quiet" role="status">${t('day.loading')}</p>`}
		${b && html`<div class="columns"><section class=${`card book-one state-${b.state}`} aria-labelledby="book-title">
			<h3 ref=${heading} id="book-title" tabindex="-1">${b.title}</h3>
			<p><span class="fate-chip">${t(`state.${b.state}`)}</span> <span class="quiet">${b.id}</span></p>
			<${Decision} b=${b} />
			<${Hear} bulletin=${b} />
			<${Actions} key=${b.id} b=${b} changed=${() => setOwn((n) => n + 1)} />
			<${Findings} bulletin=${b} />
			<${Facts} bulletin=${b} />
			${ALIVE.includes(b.state) && html`<${Outlook} bulletin=${b} />`}
			<details><summary>${t('book.bytes')}</summary><p><code>${b.sha256}</code></p></details>
		</section>
		<div class="column"><${Past} b=${b} again=${again} /></div></div>`}`;
}
