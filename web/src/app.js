// SPDX-License-Identifier: GPL-3.0-or-later
// The whole page: head, warnings, what is on air, today's list, listening, uploading.
import { useEffect, useReducer } from 'preact/hooks';
import { html } from './html.js';
import { OnAir, Next } from './air.js';
import { Banners } from './banners.js';
import { Cut } from './cut.js';
import { Day } from './day.js';
import { Listen } from './listen.js';
import { Upload } from './upload.js';
import { state, subscribe, nowDigits } from './station.js';
import { t, language, setLanguage } from './text.js';
import { dateOf } from './time.js';

function Head({ redraw }) {
	const digits = nowDigits();
	const other = language === 'vi' ? 'en' : 'vi';
	const change = () => setLanguage(other).then(redraw, () => {});
	return html`<header class="head">
		<h1>${state.status?.station.name ?? t('name')}</h1>
		<span class="head-date">${dateOf(digits)}</span>
		<span class="head-clock">${digits.slice(11, 19)}</span>
		<button type="button" class="plain" lang=${other} onClick=${change}>${t('language.other')}</button>
	</header>`;
}

export function App() {
	const [, redraw] = useReducer((n) => n + 1, 0);
	useEffect(() => subscribe(redraw), []);
	useEffect(() => {
		const timer = setInterval(redraw, 1000);
		return () => clearInterval(timer);
	}, []);
	useEffect(() => {
		document.title = state.status ? `${state.status.station.name} – VangXa` : 'VangXa';
	}, [state.status?.station.name]);
	return html`<${Head} redraw=${redraw} />
	<${Banners} />
	<main class="columns">
		<div class="column">
			<${OnAir} />
			<${Cut} />
			<${Next} />
			<${Listen} />
		</div>
		<${Day} />
		<${Upload} />
	</main>`;
}
