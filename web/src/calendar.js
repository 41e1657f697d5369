// SPDX-License-Identifier: GPL-3.0-or-later
// The address at which a phone's calendar reads the timetable. The station shows a token once and keeps its digest.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { me } from './me.js';
import { post } from './station.js';
import { t } from './text.js';
import { clockOf, dateOf } from './time.js';

const addressOf = (token) => `${location.origin}/lich.ics${token ? `?token=${token}` : ''}`;

// Without TLS a browser gives no clipboard: then the text is selected, for the phone's own menu.
function Address({ value }) {
	const [said, setSaid] = useState('');
	const field = useRef(null);
	const choose = () => {
		field.current.focus();
		field.current.select();
		setSaid('cal.chosen');
	};
	const copy = () => {
		if (navigator.clipboard)
			navigator.clipboard.writeText(value).then(() => setSaid('cal.copied'), choose);
		else
			choose();
	};
	return html`<label>${t('cal.address')}
			<input ref=${field} type="text" id="cal-address" class="code-field" readonly value=${value} /></label>
		<p class="tools"><button type="button" id="cal-copy" class="plain" onClick=${copy}>${t('cal.copy')}</button></p>
		<p role="status">${said && t(said)}</p>`;
}

function Own() {
	const [again, setAgain] = useState(0);
	const [token, setToken] = useState('');
	const [failed, setFailed] = useState('');
	const [busy, setBusy] = useState(false);
	const { answer, error } = useAnswer('/api/me/calendar', again);
	const send = (path) => {
		setBusy(true);
		setFailed('');
		post(path).then((got) => {
			setToken(got.token ?? '');
			setAgain((n) => n + 1);
		}, (e) => setFailed(e.message)).finally(() => setBusy(false));
	};
	const made = answer?.made;
	return html`${token ? html`<p>${t('cal.once')}</p><${Address} key=${token} value=${addressOf(token)} />`
			: made && html`<p>${t('cal.made', { when: `${clockOf(made)} ${dateOf(made)}` })}</p>`}
		${answer && html`<p class="tools"><button type="button" id="cal-new" class="plain" disabled=${busy}
				onClick=${() => send('/api/me/calendar')}>${t(made ? 'cal.renew' : 'cal.make')}</button>
			${made && html` <button type="button" id="cal-end" class="plain" disabled=${busy}
				onClick=${() => send('/api/me/calendar/end')}>${t('cal.end')}</button>`}</p>`}
		${(error || failed) && html`<p class="failed" role="alert">${error || failed}</p>`}`;
}

export function Calendar() {
	return html`<div><p><a class="plain" href="/lich.ics" download="lich.ics">${t('cal.save')}</a></p><p>${t('cal.why')}</p><p class="quiet">${t('cal.reach')}</p>
		${me?.account ? html`<${Own} />` : html`<${Address} value=${addressOf('')} />`}</div>`;
}
