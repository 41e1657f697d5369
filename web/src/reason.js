// SPDX-License-Identifier: GPL-3.0-or-later
// Refusing or withdrawing: a reason by touch or in own words, and never without one.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { t } from './text.js';

// words: 'refuse' or 'withdraw', the first part of its texts; reasons: their last parts.
export function Reason({ id, words, reasons, busy, act, close }) {
	const [reason, setReason] = useState('');
	const [missing, setMissing] = useState(false);
	const go = (e) => {
		e.preventDefault();
		setMissing(!reason.trim());
		if (reason.trim())
			act(reason.trim());
	};
	return html`<form class="ask" onSubmit=${go} novalidate>
		<p id=${`why-${id}`}><b>${t(`${words}.why`)}</b></p>
		<div class="tools" role="group" aria-labelledby=${`why-${id}`}>${reasons.map((r) => html`<button type="button"
			class="plain" key=${r} aria-pressed=${reason === t(`${words}.${r}`)}
			onClick=${() => setReason(t(`${words}.${r}`))}>${t(`${words}.${r}`)}</button>`)}</div>
		<label>${t('refuse.words')}
			<input type="text" maxlength="200" autocomplete="off" value=${reason} aria-invalid=${missing}
				aria-describedby=${missing ? `missing-${id}` : null} onInput=${(e) => setReason(e.target.value)} /></label>
		${missing && html`<p class="failed" role="alert" id=${`missing-${id}`}>${t('refuse.need')}</p>`}
		<div class="tools"><button type="submit" class="main danger" disabled=${busy}>${t(`${words}.do`)}</button>
			<button type="button" class="plain" onClick=${close}>${t('play.no')}</button></div>
	</form>`;
}
