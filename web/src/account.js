// SPDX-License-Identifier: GPL-3.0-or-later
// Whose session this is, logging in and out. A station without accounts is used without any of it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { me, setMe } from './me.js';
import { linkTo } from './route.js';
import { connect, disconnect, get, onStranger, post, takeDay, tell } from './station.js';
import { t } from './text.js';

export const mustLogIn = () => !!me?.accounts && !me.account;

// Before the page: to log in, to set one's own password in place of a one-time one, or to make the first account.
export const outside = () => mustLogIn() || !!me?.shut || !!me?.account?.must_change;

// Who uses the page, and the day's list as they may see it; then the events, which a stranger would be refused.
// Without an answer the page goes on as it is: its banner already says that the station is away.
export async function loadMe() {
	const start = await get('/api/start').catch(() => get('/api/me').then((known) => ({ me: known }))).catch(() => ({}));
	setMe(start.me ?? me);
	if ('day' in start || outside())
		takeDay(start.day ?? null, start.day_tag);
	if (outside())
		disconnect();
	else
		connect();
	tell();
}

onStranger(loadMe);

export function Login() {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef(null);
	const submit = (e) => {
		e.preventDefault();
		const { name, password } = form.current.elements;
		if (!name.value.trim() || !password.value) {
			setError(t('login.need'));
			return;
		}
		setBusy(true);
		setError('');
		post('/api/login', { name: name.value.trim().toLowerCase(), password: password.value })
			.then(loadMe, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	useEffect(() => {
		document.title = `${t('login')} – VangXa`;
	});
	return html`<main><section class="card login" aria-labelledby="login-title">
		<h2 id="login-title">${t('login')}</h2>
		<form ref=${form} onSubmit=${submit} novalidate>
			<label>${t('login.name')}
				<input type="text" id="name" autocomplete="username" autocapitalize="none" spellcheck="false"
					maxlength="32" /></label>
			<label>${t('login.password')}
				<input type="password" id="password" autocomplete="current-password" maxlength="399" /></label>
			<button type="submit" id="login" class="main wide" disabled=${busy}>${t('login.do')}</button>
		</form>
		${(error || me.disabled) && html`<p class="failed" role="alert">${error || t('login.disabled')}</p>`}
		<p class="quiet">${t('login.help')}</p>
	</section></main>`;
}

export const leave = () => post('/api/logout').then(loadMe);

export function Account() {
	const [error, setError] = useState('');
	if (!me?.account)
		return null;
	return html`<div class="account">
		<a href=${linkTo('tai-khoan')}>${me.account.person ?? me.account.name} · ${t(`role.${me.account.role}`)}</a>
		<button type="button" id="logout" class="plain"
			onClick=${() => leave().catch((failed) => setError(failed.message))}>${t('logout')}</button>
		${error && html`<p class="failed" role="alert">${error}</p>`}
	</div>`;
}
