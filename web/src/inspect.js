// SPDX-License-Identifier: GPL-3.0-or-later
// Thanh tra: what is taken away, recordings that must stay, and who outside has seen the log.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Names, person } from './airing.js';
import { today } from './fields.js';
import { useAnswer } from './hooks.js';
import { LogHead } from './loghead.js';
import { may, me } from './me.js';
import { NeedAccount } from './needaccount.js';
import { whenOf } from './own.js';
import { linkTo } from './route.js';
import { get, post, state } from './station.js';
import { language, number, said, t } from './text.js';
import { addDays, dateOf, dayTyped } from './time.js';

const size = (bytes) => (bytes < 1e6 ? t('inspect.kb', { n: Math.max(1, Math.round(bytes / 1e3)) })
	: bytes < 1e9 ? t('inspect.mb', { n: number(bytes / 1e6, bytes < 1e7 ? 1 : 0) }) : t('inspect.gb', { n: number(bytes / 1e9, 1) }));

// Two days as people type them; a period that ends before it begins is no period.
function daysOf(form) {
	const [from, to] = ['from', 'to'].map((name) => dayTyped(form.elements[name].value));
	return from && to && from <= to ? { from, to } : null;
}

const Span = ({ id, from, to, wrong }) => html`<div class="pair">${[['from', from], ['to', to]].map(([name, day]) => html`
	<label key=${name}>${t(`inspect.${name}`)}
		<input type="text" id=${`${id}-${name}`} name=${name} inputmode="numeric" autocomplete="off" size="10"
			aria-invalid=${wrong} aria-describedby=${wrong ? `${id}-wrong` : null} defaultValue=${dateOf(day)} /></label>`)}</div>
	${wrong && html`<p class="failed" role="alert" id=${`${id}-wrong`}>${t('inspect.wrong')}</p>`}`;

// How much it is, before a thin line is asked for it.
function Pack() {
	const [told, setTold] = useState(null);
	const [wrong, setWrong] = useState(false);
	const [error, setError] = useState('');
	const [sounds, setSounds] = useState(true);
	const [forms, setForms] = useState(true);
	const form = useRef(null);
	const weigh = (e) => {
		e.preventDefault();
		const days = daysOf(form.current);
		setTold(null);
		setError('');
		setWrong(!days);
		if (days)
			get(`/api/pack/size?${new URLSearchParams(days)}`).then((answer) => setTold({ ...answer, days }), (failed) => setError(failed.message));
	};
	const address = told && `/api/pack?${new URLSearchParams({ ...told.days, lang: language, ...(!sounds && { recordings: 'no' }),
		...(forms && { forms: 'yes' }) })}`;
	return html`<section class="card" aria-labelledby="pack-title">
		<h3 id="pack-title">${t('inspect.pack')}</h3>
		<p class="quiet">${t('inspect.pack.more')}</p>
		<form ref=${form} class="narrow" onSubmit=${weigh} onInput=${() => setTold(null)} novalidate>
			<${Span} id="pack" from=${addDays(today(), -30)} to=${today()} wrong=${wrong} />
			<button type="submit" id="pack-size" class="plain">${t('inspect.size')}</button>
		</form>
		<div aria-live="polite">${error && html`<p class="failed">${error}</p>`}
		${told && html`<p>${t('inspect.holds', { count: told.recordings, sound: size(told.recording_bytes), rest: size(told.other_bytes) })}</p>
			<label class="tick"><input type="checkbox" checked=${sounds} onChange=${(e) => setSounds(e.target.checked)} />
				${t('inspect.sounds')}</label>
			<label class="tick"><input type="checkbox" id="pack-forms" checked=${forms} onChange=${(e) => setForms(e.target.checked)} />
				${t('inspect.forms')}</label>
			<p class="tools"><a class="main" id="pack-take" href=${address} download>${
				t('inspect.take', { size: size(told.other_bytes + (sounds ? told.recording_bytes : 0)) })}</a></p>
			<p class="quiet">${t('inspect.take.more')}</p>`}</div>
	</section>`;
}

function Lift({ hold, changed }) {
	const [error, setError] = useState('');
	const submit = (e) => {
		e.preventDefault();
		const reason = e.target.elements.reason.value.trim();
		setError(reason ? '' : t('inspect.reason.need'));
		if (reason)
			post(`/api/holds/${hold.id}/lift`, { reason }).then(changed, (failed) => setError(failed.message));
	};
	return html`<details class="change"><summary>${t('inspect.lift')}<span class="unseen"> ${hold.id}</span></summary>
		<form class="narrow" onSubmit=${submit} novalidate>
			<label>${t('inspect.lift.reason')} <input type="text" name="reason" id=${`lift-${hold.id}`} autocomplete="off" maxlength="200" /></label>
			${error && html`<p class="failed" role="alert">${error}</p>`}
			<button type="submit" class="plain">${t('inspect.lift.do')}</button>
		</form></details>`;
}

const Hold = ({ hold, people, changed }) => html`<li>
	<p><b>${t('inspect.days', { from: dateOf(hold.from), to: dateOf(hold.to) })}</b> · ${hold.zone ? t('inspect.zone.one', { zone: hold.zone })
		: t('inspect.zone.all')} <span class=${`fate-chip ${hold.lifted ? '' : 'chip-good'}`}>${t(hold.lifted ? 'inspect.lifted' : 'inspect.held')}</span></p>
	<p>${hold.reason}</p>
	<p class="quiet">${t('inspect.by', { id: hold.id, who: person(hold.who, people), when: whenOf(hold.at) })}${hold.lifted
		&& html`<br />${t('inspect.lifted.by', { who: person(hold.lifted_by, people), when: whenOf(hold.lifted), reason: hold.lifted_why })}`}</p>
	${!hold.lifted && may('unhold') && html`<${Lift} hold=${hold} changed=${changed} />`}
</li>`;

function NewHold({ changed }) {
	const [wrong, setWrong] = useState(false);
	const [error, setError] = useState('');
	const [done, setDone] = useState(null);
	const form = useRef(null);
	const submit = (e) => {
		e.preventDefault();
		const days = daysOf(form.current);
		const { zone, reason } = Object.fromEntries(new FormData(form.current));
		setWrong(!days);
		setDone(null);
		setError(reason.trim() ? '' : t('inspect.reason.need'));
		if (days && reason.trim())
			post('/api/holds', { ...days, reason: reason.trim(), ...(zone && { zone }) }).then((answer) => {
				setDone(answer);
				changed();
			}, (failed) => setError(failed.message));
	};
	return html`<form ref=${form} class="narrow" onSubmit=${submit} novalidate>
		<${Span} id="hold" from=${addDays(today(), -7)} to=${today()} wrong=${wrong} />
		<label>${t('inspect.zone')} <select name="zone"><option value="">${t('inspect.zone.all')}</option>
			${(state.status?.zones ?? []).map((z) => html`<option key=${z.name} value=${z.name}>${z.name}</option>`)}</select></label>
		<label>${t('inspect.reason')} <input type="text" name="reason" id="hold-reason" autocomplete="off" maxlength="200" /></label>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<button type="submit" id="hold-do" class="main">${t('inspect.hold.do')}</button>
		${done && html`<p class="result" role="status">${t('inspect.hold.done', { there: done.recordings })}${
			done.removed > 0 ? ` ${t('inspect.hold.gone', { removed: done.removed })}` : ''}</p>`}
	</form>`;
}

// An order names who gave it: not without an account, and not by one that only looks.
const NoHold = () => (me?.accounts ? html`<p>${t('inspect.hold.others')}</p>`
	: html`<${NeedAccount} words=${t('inspect.hold.account')} />
		<p class="quiet">${t('inspect.hold.machine')} <code>vangxa hold</code></p>`);

function Holds() {
	const [again, setAgain] = useState(0);
	const { answer, error } = useAnswer('/api/holds', again);
	const changed = () => setAgain((n) => n + 1);
	return html`<section class="card" aria-labelledby="holds-title">
		<h3 id="holds-title">${t('inspect.hold')}</h3>
		<p class="quiet">${t('inspect.hold.more')}</p>
		${may('hold') ? html`<${NewHold} changed=${changed} />` : html`<${NoHold} />`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${answer && (answer.holds.length === 0 ? html`<p>${t('inspect.hold.none')}</p>`
			: html`<ul class="people">${answer.holds.map((h) => html`<${Hold} key=${h.id} hold=${h} people=${answer.people} changed=${changed} />`)}</ul>
				<${Names} people=${answer.people} />`)}
	</section>`;
}

// Of each: how far it has seen the log, when, and what is wrong with it.
function Witnesses() {
	const list = useAnswer('/api/status', state.day).answer?.log?.witnesses ?? [];
	return html`<section class="card" aria-labelledby="witnesses-title">
		<h3 id="witnesses-title">${t('inspect.witnesses')}</h3>
		<p class="quiet">${t('inspect.witnesses.more')}</p>
		${list.length === 0 && html`<p>${t('inspect.witnesses.none')}</p>`}
		<dl class="facts">${list.map((w) => html`<div key=${w.name}><dt>${w.name === '_tsa' ? t('inspect.tsa') : w.name}</dt>
			<dd>${w.size > 0 ? t('inspect.seen', { size: w.size, when: w.time ? whenOf(w.time) : '?' }) : t('inspect.seen.none')}
			${w.fault && html`<br /><span class="warned">${said(w.fault_texts, w.fault)}</span>`}</dd></div>`)}</dl>
	</section>`;
}

export function Inspect() {
	return html`<div class="settings">${may('pack') && html`<${Pack} />`}
		<${Holds} />
		<${Witnesses} />
		<section class="card"><h3>${t('inspect.head')}</h3><p class="quiet">${t('inspect.head.more')}</p><${LogHead} again=${state.day} /></section></div>`;
}
