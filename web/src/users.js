// SPDX-License-Identifier: GPL-3.0-or-later
// Người dùng: who has an account, in which role, since when they were not here; adding and changing them.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { me } from './me.js';
import { whenOf } from './own.js';
import { post } from './station.js';
import { t } from './text.js';

const ROLES = ['operator', 'producer', 'approver', 'inspector', 'admin'];

const Roles = ({ id, role }) => html`<label>${t('users.role')}
	<select id=${id} name="role">${ROLES.map((r) => html`<option key=${r} value=${r} selected=${r === role}>
		${t(`role.${r}`)} – ${t(`users.is.${r}`)}</option>`)}</select></label>`;

// A password that is shown this once.
const Once = ({ who, once }) => html`<div class="once" role="status">
	<p>${t('users.once', { name: who })}</p>
	<p><code class="once-word">${once}</code></p>
	<p class="quiet">${t('users.once.more')}</p>
</div>`;

function Actions({ user, own, act }) {
	const role = (e) => {
		e.preventDefault();
		act('role', { role: e.target.elements.role.value });
	};
	const button = (name) => html`<button type="button" class="plain" onClick=${() => act(name)}>${t(`users.${name}`)}</button>`;
	return html`<details class="change">
		<summary>${t('users.change')}<span class="unseen"> ${user.name}</span></summary>
		<form class="tools" onSubmit=${role}>
			<${Roles} id=${`role-${user.id}`} role=${user.role} />
			<button type="submit" class="plain">${t('users.role.do')}</button>
		</form>
		<div class="tools">
			${!own && button('password')}
			${button('end')}
			${!own && button(user.enabled ? 'disable' : 'enable')}
		</div>
	</details>`;
}

function User({ user, changed }) {
	const [once, setOnce] = useState('');
	const [error, setError] = useState('');
	const own = user.id === me?.account?.id;
	const act = (what, values) => {
		setError('');
		setOnce('');
		post(`/api/users/${user.id}/${what}`, values).then((answer) => {
			setOnce(answer.password ?? '');
			changed();
		}, (e) => setError(e.message));
	};
	return html`<li class="card">
		<p><b>${user.person ?? user.name}</b> <span class="quiet">${user.name}</span>
			${own && html` <span class="fate-chip chip-good">${t('users.you')}</span>`}
			${!user.enabled && html` <span class="fate-chip chip-bad">${t('users.disabled')}</span>`}
			${user.enabled && user.must_change && html` <span class="fate-chip chip-warn">${t('users.waiting')}</span>`}</p>
		<p>${t(`role.${user.role}`)} · <span class="quiet">${user.login ? t('users.login', { when: whenOf(user.login) })
			: t('users.never')}</span></p>
		${once && html`<${Once} who=${user.person ?? user.name} once=${once} />`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<${Actions} user=${user} own=${own} act=${act} />
	</li>`;
}

function Add({ changed }) {
	const [made, setMade] = useState(null);
	const [error, setError] = useState('');
	const form = useRef(null);
	const submit = (e) => {
		e.preventDefault();
		const { name, person, role } = Object.fromEntries(new FormData(form.current));
		setMade(null);
		setError(name.trim() ? '' : t('users.need'));
		if (name.trim())
			post('/api/users', { name: name.trim().toLowerCase(), person: person.trim(), role }).then((answer) => {
				for (const field of form.current?.querySelectorAll('input') ?? [])
					field.value = '';
				setMade(answer);
				changed();
			}, (failed) => setError(failed.message));
	};
	return html`<section class="card">
		<h3>${t('users.add')}</h3>
		<form ref=${form} class="narrow" onSubmit=${submit} novalidate>
			<label>${t('first.person')}
				<input type="text" id="new-person" name="person" autocomplete="off" maxlength="100" /></label>
			<label>${t('login.name')}
				<input type="text" id="new-name" name="name" autocomplete="off" autocapitalize="none" spellcheck="false"
					maxlength="32" aria-describedby="new-hint" /></label>
			<p class="quiet" id="new-hint">${t('users.name.hint')}</p>
			<${Roles} id="new-role" role="producer" />
			<button type="submit" id="add-user" class="main wide">${t('users.add.do')}</button>
		</form>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${made && html`<${Once} who=${made.account.person ?? made.account.name} once=${made.password} />`}
	</section>`;
}

export function Users() {
	const [again, setAgain] = useState(0);
	const { answer, error } = useAnswer('/api/users', again);
	const changed = () => setAgain((n) => n + 1);
	return html`${error && html`<p class="failed" role="alert">${error}</p>`}
		<ul class="people">${(answer?.accounts ?? []).map((u) => html`<${User} key=${u.id} user=${u} changed=${changed} />`)}</ul>
		<${Add} changed=${changed} />`;
}
