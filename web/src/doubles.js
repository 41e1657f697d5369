// SPDX-License-Identifier: GPL-3.0-or-later
// Trùng lặp: products that are perhaps one, side by side, to hear both and to decide; what was decided; and those in another
// language, which nobody suspects.
import { useState } from 'preact/hooks';
import { moment, person } from './bulletin.js';
import { Field, Sending } from './deadlines.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { languageName, useWords } from './names.js';
import { NeedAccount } from './needaccount.js';
import { linkTo } from './route.js';
import { t } from './text.js';
import { dateOf, spanOf } from './time.js';
import { told } from './told.js';

const LISTS = ['open', 'decided', 'versions'];
const SHOWN = 20;

const money = (amount) => (typeof amount === 'number' ? t('dup.money', { amount: told('money', amount) }) : null);

function facts(side, words) {
	return [side.length_s > 0 && spanOf(side.length_s), side.language && languageName(words, side.language), side.number, side.producer,
		side.level && t(`dup.level.${side.level}`), side.fund && t('dup.fund', { fund: side.fund }), money(side.amount),
		side.day && dateOf(side.day), side.state && t(`state.${side.state}`)].filter(Boolean).join(' · ');
}

// A sound fetches nothing before somebody presses play.
function Side({ side, label, words }) {
	const { bulletin, row, title, sha256 } = side;
	return html`<div class="dup-side"><p class="quiet">${label}</p>
		<p><b>${bulletin ? html`<a href=${linkTo('ban-tin', { so: bulletin })}>${title ?? bulletin}</a>` : title ?? t('dup.gone')}</b>
			<span class="row-part">${[bulletin, row].filter(Boolean).join(' · ') || side.name}</span>
			<span class="row-part">${facts(side, words)}</span>
			${sha256 && html`<span class="row-part dup-hash">${t('dup.hash', { hash: sha256.slice(0, 16) })}</span>`}</p>
		${bulletin && html`<audio controls preload="none" src=${`/api/bulletins/${bulletin}/audio`}
			aria-label=${t('dup.hear', { name: bulletin })}></audio>`}</div>`;
}

// What can be said of two; each as what is sent: which counts, which does not, and how.
const choices = ({ first, second }) => [
	['same', t('dup.choose.same', { name: first.name }), first, second],
	['turned', t('dup.choose.same', { name: second.name }), second, first],
	['reuse', t('dup.choose.reuse', { first: first.name, second: second.name }), first, second],
	['different', t('dup.choose.different'), first, second],
];

function Decide({ pair, done, close }) {
	const all = choices(pair);
	const read = (fields) => {
		const reason = fields.reason.value.trim();
		const [what, , first, second] = all.find(([value]) => value === fields.decision.value) ?? [];
		return !what || !reason ? { wrong: t('dup.need') }
			: { body: { first: first.name, second: second.name, decision: what === 'turned' ? 'same' : what, reason } };
	};
	return html`<${Sending} path="/api/duplicates" read=${read} done=${done} close=${close} button=${t('dup.save')}>
		<fieldset class="dup-choose"><legend>${t('dup.choose')}</legend>
			${all.map(([value, words]) => html`<label class="tick" key=${value}><input type="radio" name="decision" value=${value} />${words}</label>`)}
		</fieldset>
		<${Field} id="dup-reason" name="reason" label=${t('dup.reason')} /><//>`;
}

function TakeBack({ pair, done, close }) {
	const read = (fields) => {
		const reason = fields.reason.value.trim();
		return reason ? { body: { first: pair.first.name, second: pair.second.name, decision: 'open', reason } } : { wrong: t('due.reason.need') };
	};
	return html`<${Sending} path="/api/duplicates" read=${read} done=${done} close=${close} button=${t('dup.back')}>
		<${Field} id="dup-reason" name="reason" label=${t('dup.back.reason')} /><//>`;
}

const keyOf = (pair) => `${pair.first.name} ${pair.second.name}`;

function Pair({ pair, people, words, open, setOpen, done }) {
	const { decided } = pair;
	const Form = decided ? TakeBack : Decide;
	const key = keyOf(pair);
	return html`<div class=${`table-row dup dup-${pair.severity}`}>
		<p>${pair.severity === 'red' && html`<span class="tag tag-urgent">${t('dup.red')}</span>${' '}`}
			${pair.words ?? t(`dup.decided.${decided.decision}`)}${pair.percent ? ` (${pair.percent} %)` : ''}
			${decided && html`<span class="row-part">${[pair.words && t(`dup.decided.${decided.decision}`), decided.reason,
				person(decided.who, people[decided.who]) ?? decided.who, moment(decided.at)].filter(Boolean).join(' · ')}</span>`}</p>
		<div class="dup-sides"><${Side} side=${pair.first} label=${t('dup.first')} words=${words} />
			<${Side} side=${pair.second} label=${t('dup.second')} words=${words} /></div>
		${open === key && html`<${Form} pair=${pair} done=${done} close=${() => setOpen('')} />`}
		${open !== key && may('duplicate.decide') && html`<p class="tools"><button type="button" class="plain" onClick=${() => setOpen(key)}>${
			t(decided ? 'dup.back' : 'dup.decide')}<span class="unseen"> ${key}</span></button></p>`}</div>`;
}

const Tabs = ({ which, answer }) => html`<nav class="tools" aria-label=${t('dup.lists')}>${LISTS.map((list) => html`<a class="plain" key=${list}
	href=${linkTo('trung-lap', { xem: list === 'open' ? '' : list })} aria-current=${list === which ? 'page' : null}>${
	t(`dup.list.${list}`, { count: list === 'open' ? answer.open.count : answer[list] })}</a>`)}</nav>`;

function List({ which }) {
	const [again, setAgain] = useState(0);
	const [after, setAfter] = useState(0);
	const [open, setOpen] = useState('');
	const words = useWords();
	const { answer, error } = useAnswer(`/api/duplicates?${new URLSearchParams({ list: which, after, limit: SHOWN })}`, again);
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	const done = () => {
		setOpen('');
		setAgain((n) => n + 1);
	};
	return html`<div class="doubles"><p class="quiet">${t(`dup.why.${which}`)}</p>
		${!may('duplicate.decide') && html`<${NeedAccount} />`}
		<${Tabs} which=${which} answer=${answer} />
		${answer.open.red > 0 && which === 'open' && html`<p class="failed" role="status">${t('dup.reds', { count: answer.open.red })}</p>`}
		<section class="card">${answer.pairs.length === 0 && html`<p class="quiet">${t(`dup.none.${which}`)}</p>`}
			${answer.pairs.map((pair) => html`<${Pair} key=${keyOf(pair)} pair=${pair} people=${answer.people} words=${words} open=${open}
				setOpen=${setOpen} done=${done} />`)}</section>
		<p class="tools">${after > 0 && html`<button type="button" class="plain" onClick=${() => setAfter(0)}>${t('dup.begin')}</button>`}
			${answer.more && html`<button type="button" class="plain" onClick=${() => setAfter(after + SHOWN)}>${t('dup.more')}</button>`}</p></div>`;
}

export function Doubles({ params }) {
	const which = LISTS.includes(params.xem) ? params.xem : 'open';
	return html`<${List} key=${which} which=${which} />`;
}
