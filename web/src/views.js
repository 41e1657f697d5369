// SPDX-License-Identifier: GPL-3.0-or-later
// What shows each page. Those that are not needed at first are chunks of their own, fetched when opened.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { More } from './nav.js';
import { loadWords, t } from './text.js';
import { Today } from './today.js';

// A page that is fetched when it is first opened. The file may be gone: then the station has a newer page.
function lazy(load) {
	let kept = null;
	return function Lazy(props) {
		const [view, setView] = useState(() => kept);
		const [failed, setFailed] = useState(false);
		useEffect(() => {
			if (!kept)
				Promise.all([load(), loadWords()]).then(([made]) => setView(() => { kept = made; return made; }), () => setFailed(true));
		}, []);
		if (view)
			return html`<${view} ...${props} />`;
		if (!failed)
			return html`<p class="quiet" role="status">${t('page.loading')}</p>`;
		return html`<p class="failed" role="alert">${t('page.failed')}</p>
			<button type="button" class="plain" onClick=${() => location.reload()}>${t('page.again')}</button>`;
	};
}

// By the page's path.
export const VIEWS = {
	'': Today,
	'gui-ban-tin': lazy(() => import('./upload.js').then((m) => m.Upload)),
	'lich-phat': lazy(() => import('./plan.js').then((m) => m.Plan)),
	'nhat-ky': lazy(() => import('./log.js').then((m) => m.Log)),
	'ban-tin': lazy(() => import('./library.js').then((m) => m.Library)),
	may: lazy(() => import('./machine.js').then((m) => m.Machine)),
	them: More,
};
