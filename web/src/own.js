// SPDX-License-Identifier: GPL-3.0-or-later
// Tài khoản: the first account of a station, one's own password and where one is logged in.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { leave, loadMe } from './account.js';
import { useAnswer } from './hooks.js';
import { me } from './me.js';
import { post, reconnect } from './station.js';
import { t } from './text.js';
import { clockOf, dateOf } from './time.js';

export const whenOf = (rfc) => `${clockOf(rfc)} ${dateOf(rfc)}`;

// A form that sends its fields to an address. check(values) gives the key of what is wrong with them, if anything
// is; the fields "again" and "code" are as they are named.
function Form({ path, action, check, done, children }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef(null);
	const submit = (e) => {
		e.preventDefault();
		const values = Object.fromEntries(new FormData(form.current));
		const wrong = check(values);
		setError(wrong ? t(wrong) : '');
		if (wrong)
			return;
		delete values.again;
		setBusy(true);
		post(path, values).then((answer) => {
			form.current?.reset();
			return done(answer);
		}, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	return html`<form ref=${form} onSubmit=${submit} novalidate>
		${children}
		<button type="submit" class="main wide" disabled=${busy}>${t(action)}</button>
		${error && html`<p class="failed" role="alert">${error}</p>`}
	</form>`;
}

const Secret = ({ name, words, auto, hint }) => html`<label>${t(words)}
	<input type="password" id=${`own-${name}`} name=${name} autocomplete=${auto} maxlength="399"
		aria-describedby=${hint ? 'own-hint' : null} /></label>`;

// A new password, typed twice.
const Fresh = () => html`<${Secret} name="password" words="own.new" auto="new-password" hint />
	<p class="quiet" id="own-hint">${t('own.hint')}</p>
	<${Secret} name="again" words="own.again" auto="new-password" />`;

// The session is a new one, and what the old one watched has ended.
const renew = () => loadMe().then(reconnect);

function wrongPasswords({ old = '-', password, again }) {
	if (!old || !password)
		return 'own.need';
	return password === again ? '' : 'own.differ';
}

export function First() {
	const check = (values) => (values.code.trim() && values.name.trim() ? wrongPasswords(values) : 'first.need');
	return html`<section class="card login" aria-labelledby="first-title">
		<h2 id="first-title">${t('first')}</h2>
		<p>${t('first.why')}</p>
		<${Form} path="/api/first" action="first.do" check=${check} done=${renew}>
			<label>${t('first.code')}
				<input type="text" id="own-code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false"
					maxlength="40" aria-describedby="code-hint" /></label>
			<p class="quiet" id="code-hint">${t('first.where')}</p>
			<label>${t('first.person')}
				<input type="text" id="own-person" name="person" autocomplete="name" maxlength="100" /></label>
			<label>${t('login.name')}
				<input type="text" id="own-name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false"
					maxlength="32" aria-describedby="name-hint" /></label>
			<p class="quiet" id="name-hint">${t('users.name.hint')}</p>
			<${Fresh} />
		<//>
	</section>`;
}

function Password({ forced, done }) {
	return html`<${Form} path="/api/me/password" action="own.do" check=${wrongPasswords} done=${done}>
		<span class="unseen" aria-hidden="true"><input type="text" autocomplete="username" value=${me.account.name} readonly
			tabindex="-1" /></span>
		<${Secret} name="old" words=${forced ? 'own.once' : 'own.old'} auto="current-password" />
		<${Fresh} />
	<//>`;
}

// All that an account with a one-time password may do.
export function Forced() {
	return html`<section class="card login" aria-labelledby="forced-title">
		<h2 id="forced-title">${t('own.forced')}</h2>
		<p>${t('own.forced.why')}</p>
		<${Password} forced done=${renew} />
		<p><button type="button" id="logout" class="plain" onClick=${() => leave()}>${t('logout')}</button></p>
	</section>`;
}

// 'Chrome, Android' of what a browser calls itself.
function deviceOf(agent) {
	const find = (list) => list.find(([, sign]) => sign.test(agent))?.[0];
	const system = find([['Android', /Android/], ['iPhone', /iPhone|iPad/], ['Windows', /Windows/], ['Mac', /Mac OS/],
		['Linux', /Linux/]]);
	const browser = find([['Edge', /Edg/], ['Firefox', /Firefox|FxiOS/], ['Cốc Cốc', /coc_coc/], ['Chrome', /Chrom|CriOS/],
		['Safari', /Safari/]]);
	return [browser, system].filter(Boolean).join(', ') || t('own.device');
}

function Sessions() {
	const [again, setAgain] = useState(0);
	const [error, setError] = useState('');
	const { answer, error: failed } = useAnswer('/api/me/sessions', again);
	const end = () => post('/api/me/end').then(() => setAgain((n) => n + 1), (e) => setError(e.message));
	const list = answer?.sessions ?? [];
	return html`<section class="card">
		<h3>${t('own.sessions')}</h3>
		<ul class="people">${list.map((s) => html`<li key=${s.begun + s.address}>
			<b>${deviceOf(s.agent)}</b>${s.own && html` <span class="fate-chip chip-good">${t('own.this')}</span>`}
			<span class="quiet">${t('own.since', { when: whenOf(s.begun), address: s.address })}</span>
		</li>`)}</ul>
		${list.length > 1 && html`<button type="button" id="end-others" class="plain" onClick=${end}>${t('own.end')}</button>`}
		${(error || failed) && html`<p class="failed" role="alert">${error || failed}</p>`}
	</section>`;
}

// When the password was changed, in ms; 0: it was not. Kept outside the part: the old session's stream of events ends
// with it, the page may take itself for logged out for a moment, and would draw the part anew with nothing to tell.
const TOLD_MS = 60000;
let changedAt = 0;

export function Own() {
	const [, redraw] = useState(0);
	const told = Date.now() - changedAt < TOLD_MS;
	const changed = () => {
		changedAt = Date.now();
		return renew().then(() => redraw(changedAt));
	};
	if (!me?.account)
		return me && !me.accounts ? html`<${First} />` : null;
	const { person, name, role } = me.account;
	return html`<div class="login">
		<section class="card">
			<h3>${person ?? name}</h3>
			<dl class="facts">
				<div><dt>${t('login.name')}</dt><dd>${name}</dd></div>
				<div><dt>${t('users.role')}</dt><dd>${t(`role.${role}`)}</dd></div>
			</dl>
		</section>
		<section class="card">
			<h3>${t('own.change')}</h3>
			<${Password} done=${changed} />
			<p role="status" class="quiet">${told && t('own.changed')}</p>
		</section>
		<${Sessions} key=${changedAt} />
	</div>`;
}

// What stands before the page for who may not go in yet.
export const Door = () => html`<main>${me?.account ? html`<${Forced} />` : html`<${First} />`}</main>`;
