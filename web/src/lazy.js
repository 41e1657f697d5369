// SPDX-License-Identifier: GPL-3.0-or-later
// What is not needed at first: a chunk of its own, fetched when it is opened.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { loadWords, t } from './text.js';

// The file may be gone: then the station has a newer page.
export function lazy(load) {
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
