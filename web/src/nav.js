// SPDX-License-Identifier: GPL-3.0-or-later
// The bar that leads to the pages: at the bottom of a phone, where the thumb is, with the rest under
// 'Thêm'; on top of a wide screen, where all have room.
import { html } from './html.js';
import { PAGES, allowed } from './pages.js';
import { linkTo } from './route.js';
import { state } from './station.js';
import { t } from './text.js';

const Icon = ({ path }) => html`<svg class="nav-icon" viewBox="0 0 24 24" aria-hidden="true"
	focusable="false"><path d=${path} /></svg>`;

// The page under which a person on a phone finds this one.
const homeOf = (page) => (page.more ? 'them' : page.path);

// How much waits on this page, or, on a phone, on those behind 'Thêm'.
const countOf = (page) => (page.count ? state.status?.[page.count] ?? 0 : 0);
const countBehind = (page) => (page.path === 'them'
	? PAGES.filter((p) => p.more && allowed(p)).reduce((sum, p) => sum + countOf(p), 0) : countOf(page));

const Count = ({ count }) => count > 0 && html` <span class="count">${count}<span class="unseen"> ${t('page.waits')}</span></span>`;

const classOf = (page) => (page.more ? 'nav-wide' : page.path === 'them' ? 'nav-narrow' : '');

export function Nav({ page }) {
	return html`<nav class="nav" aria-label=${t('nav')}>
		${PAGES.filter((p) => allowed(p) && !p.aside).map((p) => html`<a key=${p.path} class=${classOf(p)} href=${linkTo(p.path)}
			aria-current=${p === page ? 'page' : p.path === homeOf(page) ? 'true' : null}>
			<${Icon} path=${p.icon} /><span>${t(p.title)}<${Count} count=${countBehind(p)} /></span></a>`)}
	</nav>`;
}

export function More() {
	return html`<div class="card"><ul class="more">
		${PAGES.filter((p) => p.more && allowed(p)).map((p) => html`<li key=${p.path}>
			<a href=${linkTo(p.path)}><b>${t(p.title)}<${Count} count=${countOf(p)} /></b> <span class="quiet">${t(`${p.title}.more`)}</span></a>
		</li>`)}
	</ul></div>`;
}
