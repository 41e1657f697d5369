// SPDX-License-Identifier: GPL-3.0-or-later
// The frame around every page: head, bar, warnings, and the page that is open.
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { html } from './html.js';
import { Account, Login, mustLogIn, outside } from './account.js';
import { Banners } from './banners.js';
import { useSeconds, useStation } from './hooks.js';
import { me } from './me.js';
import { Nav } from './nav.js';
import { PAGES, allowed, pageOf } from './pages.js';
import { useRoute } from './route.js';
import { state, nowDigits } from './station.js';
import { t, language, setLanguage } from './text.js';
import { dateOf } from './time.js';
import { Door, VIEWS } from './views.js';

function Head({ redraw }) {
	useSeconds();
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

// The heading of a page that has just been opened gets the focus: whoever hears the page hears where they
// are, and the next Tab is in it. Not at the first load: that is the browser's.
function useArrival(page, heading) {
	const before = useRef(page);
	useEffect(() => {
		if (before.current === page)
			return;
		before.current = page;
		scrollTo(0, 0);
		heading.current?.focus({ preventScroll: true });
	}, [page]);
}

export function App() {
	const [, redraw] = useReducer((n) => n + 1, 0);
	const route = useRoute();
	const page = pageOf(route.path);
	const heading = useRef(null);
	const opened = useRef(new Set());
	useStation();
	useArrival(page, heading);
	opened.current.add(page);
	const station = state.status?.station.name;
	useEffect(() => {
		document.title = [t(page.title), station, 'VangXa'].filter(Boolean).join(' – ');
	}, [page, station, language]);
	if (outside())
		return html`<${Head} redraw=${redraw} /><${mustLogIn() ? Login : Door} />`;
	const there = PAGES.filter((p) => p === page || (p.stay && opened.current.has(p)));
	return html`<${Head} redraw=${redraw} />
	<${Nav} page=${page} />
	<${Banners} />
	<main>
		<h2 ref=${heading} id="page-title" class=${page.own ? 'unseen' : 'page-title'} tabindex="-1">
			${t(page.title)}</h2>
		${there.map((p) => html`<div key=${p.path} hidden=${p !== page}>
			${me && !allowed(p) ? html`<p class="card">${t('page.closed')}</p>`
				: html`<${VIEWS[p.path]} params=${p === page ? route.params : {}} />`}</div>`)}
		<${Account} />
	</main>`;
}
