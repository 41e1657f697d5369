// SPDX-License-Identifier: GPL-3.0-or-later
// Duyệt: what waits, oldest first; hear it, read it, approve or refuse it. What is approved is the sound that this page
// played and the words that it showed: both are sent along, and the station refuses if either is another by now.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Facts, Findings, linkOf, moment, Outlook, person } from './bulletin.js';
import { Hear } from './hear.js';
import { useAnswer, useStation } from './hooks.js';
import { me } from './me.js';
import { Reason } from './reason.js';
import { post, state } from './station.js';
import { t } from './text.js';
import { clockOf, spanOf } from './time.js';

const REASONS = ['content', 'sound', 'name', 'twin', 'paper', 'late'];

function Approval({ bulletin, rules, busy, approve, refuse }) {
	const [document, setDocument] = useState('');
	const [refusing, setRefusing] = useState(false);
	const [missing, setMissing] = useState(false);
	const needed = rules.document && bulletin.state !== 'endorsed';
	const go = (e) => {
		e.preventDefault();
		setMissing(needed && !document.trim());
		if (!needed || document.trim())
			approve(document.trim());
	};
	if (refusing)
		return html`<${Reason} id=${bulletin.id} words="refuse" reasons=${REASONS} busy=${busy} act=${refuse}
			close=${() => setRefusing(false)} />`;
	return html`<form onSubmit=${go} novalidate>
		<label>${t(needed ? 'approve.document' : 'approve.document.any')}
			<input type="text" maxlength="100" autocomplete="off" value=${document} aria-invalid=${missing}
				aria-describedby=${missing ? `number-${bulletin.id}` : null}
				onInput=${(e) => setDocument(e.target.value)} /></label>
		${missing && html`<p class="failed" role="alert" id=${`number-${bulletin.id}`}>${t('approve.document.need')}</p>`}
		<div class="tools">
			<button type="submit" class="main" disabled=${busy}>${t(rules.persons > 1 && bulletin.state === 'received'
				? 'approve.first' : 'approve.do')}</button>
			<button type="button" class="plain" disabled=${busy} onClick=${() => setRefusing(true)}>${t('refuse')}</button>
		</div>
	</form>`;
}

// Whoever is not asked is told so before they try.
function notMine(bulletin, rules) {
	if (!me?.account)
		return '';
	const mine = `user:${me.account.id}`;
	if (bulletin.sender === mine)
		return rules.persons > 1 ? t('approve.own') : rules.own === false ? t('approve.own.one') : '';
	return bulletin.endorsed_by === mine ? t('approve.again') : '';
}

function Decide({ bulletin, rules, done }) {
	const [order, setOrder] = useState({}); // { busy } | { error }
	const [seen, setSeen] = useState(bulletin.revision);
	const tell = (what, body) => {
		setOrder({ busy: true });
		post(`/api/bulletins/${bulletin.id}/${what}`, body)
			.then((answer) => done(answer.bulletin), (e) => setOrder({ error: e.message }));
	};
	const approve = (document) => tell('approve', { sha256: bulletin.sha256, revision: String(seen),
		...(document && { document }) });
	const not = notMine(bulletin, rules);
	if (seen !== bulletin.revision)
		return html`<div class="warned" role="alert"><p>${t('review.changed')}</p>
			<button type="button" class="plain" onClick=${() => setSeen(bulletin.revision)}>${t('review.read')}</button></div>`;
	return html`${not ? html`<p class="warned">${not}</p>`
		: html`<${Approval} bulletin=${bulletin} rules=${rules} busy=${!!order.busy} approve=${approve}
			refuse=${(reason) => tell('refuse', { reason })} />`}
		${order.error && html`<p class="failed" role="alert">${order.error}</p>`}`;
}

function Open({ bulletin, rules, done }) {
	return html`<${Hear} bulletin=${bulletin} />
		<${Findings} bulletin=${bulletin} />
		${bulletin.replaces && html`<p class="warned">${t('review.replaces')} ${linkOf(bulletin.replaces)}</p>`}
		<${Facts} bulletin=${bulletin} without=${['sender', 'received', 'length', 'replaces']} />
		<${Outlook} bulletin=${bulletin} />
		<${Decide} bulletin=${bulletin} rules=${rules} done=${done} />`;
}

function Waiting({ bulletin, rules, open, toggle, done }) {
	const b = bulletin;
	const id = `wait-${b.id}`;
	return html`<li class=${`card wait state-${b.state}`}>
		<h3><button type="button" class="wait-head" aria-expanded=${open} aria-controls=${id} onClick=${toggle}>
			<span class="line-title">${b.title}</span>
			<span class="quiet">${[person(b.sender, b.sender_name), moment(b.received), spanOf(b.length_s)].join(' · ')}</span>
			<span class="wait-tags"><span class="fate-chip">${t(`state.${b.state}`)}</span>
				${b.level !== 'thong-thuong' && html`<span class=${b.level === 'khan-cap' ? 'tag tag-urgent' : 'tag'}>${
					t(`level.${b.level}`)}</span>`}
				${b.findings?.length > 0 && html`<span class="tag">${t('review.look', { count: b.findings.length })}</span>`}
			</span></button></h3>
		${b.state === 'endorsed' && html`<p>${t('review.endorsed', { who: person(b.endorsed_by, b.endorsed_name) })}${
			b.decided?.why ? ` ${t('approve.document')}: ${b.decided.why}.` : ''}</p>`}
		<div id=${id} hidden=${!open}>${open && html`<${Open} bulletin=${b} rules=${rules} done=${done} />`}</div>
	</li>`;
}

const DECIDED = ['approved', 'refused', 'withdrawn', 'replaced'];

// Somebody else decided while this card was open: it does not vanish under the hand, but says what now stands.
function Decided({ bulletin, close }) {
	const { answer, error } = useAnswer(`/api/bulletins/${bulletin.id}`);
	const b = answer?.bulletin;
	const { by, name, at, why } = b?.decided ?? {};
	const values = { who: person(by, name), at: at ? clockOf(at) : '', why: why ?? '' };
	return html`<li class="card wait">
		<h3 class="line-title">${bulletin.title}</h3>
		<div class="warned" role="alert">
			${b && html`<p><b>${t(`review.other.${DECIDED.includes(b.state) ? b.state : 'changed'}`, values)}</b></p>
				${DECIDED.includes(b.state) && html`<p>${t(`review.stands.${b.state}`, values)}</p>`}`}
			${error && html`<p>${error}</p>`}
			<p>${linkOf(bulletin.id)}</p>
		</div>
		<button type="button" class="plain" onClick=${close}>${t('review.other.close')}</button>
	</li>`;
}

const outcome = (b) => t(`review.done.${b.state}`, { title: b.title });

export function Review() {
	useStation();
	const { answer, error } = useAnswer('/api/bulletins?state=waiting', `${state.status?.waiting} ${state.status?.log.size}`);
	const [chosen, setChosen] = useState(null); // null: the oldest; '': none
	const [last, setLast] = useState(null);
	const waiting = answer ? [...answer.bulletins].reverse().filter((b) => !last || b.id !== last.id || b.state !== 'received') : [];
	const held = useRef(null); // the bulletin whose card is open
	const gone = answer && held.current?.id !== last?.id && !waiting.some((b) => b.id === held.current?.id) ? held.current : null;
	const open = chosen ?? (gone ?? waiting[0])?.id;
	if (!gone || open !== gone.id)
		held.current = waiting.find((b) => b.id === open) ?? null;
	const cards = gone && open === gone.id
		? [...waiting, gone].sort((a, b) => Date.parse(a.received) - Date.parse(b.received)) : waiting;
	const close = () => {
		held.current = null;
		setChosen(waiting[0]?.id ?? '');
	};
	const done = (bulletin) => {
		setLast(bulletin);
		setChosen(null);
	};
	return html`
		${last && html`<p class="result" role="status">${outcome(last)}</p>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${!answer && !error && html`<p class="quiet" role="status">${t('day.loading')}</p>`}
		${answer && html`<p class="log-sum" role="status">${waiting.length
			? t('review.count', { count: waiting.length }) : t('review.none')}${
			answer.approval.persons > 1 ? ` ${t('review.two')}` : ''}</p>`}
		<ol class="waits">${cards.map((b) => b === gone ? html`<${Decided} key=${`${b.id}-gone`} bulletin=${b} close=${close} />`
			: html`<${Waiting} key=${b.id} bulletin=${b} rules=${answer.approval} open=${open === b.id} toggle=${() => setChosen(open === b.id ? '' : b.id)} done=${done} />`)}</ol>`;
}
