// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong, in a sentence each: our own link to the station first, then what the station says.
import { html } from './html.js';
import { state } from './station.js';
import { t, said } from './text.js';
import { digitsOf, offsetOf } from './time.js';

const GRADES = ['error', 'warn', 'info']; // the worst first

function linkBanner() {
	const status = state.status;
	const since = status && digitsOf(Date.parse(status.now), offsetOf(status.now)).slice(11, 19);
	if (state.link === 'away')
		return { grade: 'error', text: since ? t('banner.away.since', { since }) : t('banner.away') };
	if (state.link === 'lost')
		return { grade: 'error', text: t('banner.lost', { since }) };
	return null;
}

export function Banners() {
	const own = linkBanner();
	const told = (state.status?.banners ?? []).map((b) => ({ ...b, text: said(b.texts, b.text) }));
	const list = own ? [own] : told.sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
	return html`<div class="banners" role="status">
		${list.map((b) => html`<p class=${`banner banner-${b.grade}`} key=${b.text}>
			<strong>${t(`grade.${b.grade}`)}</strong> ${b.text}
		</p>`)}
	</div>`;
}
