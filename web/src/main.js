// SPDX-License-Identifier: GPL-3.0-or-later
import { render } from 'preact';
import { html } from './html.js';
import { loadMe, outside } from './account.js';
import { App } from './app.js';
import { keptNote } from './kept.js';
import { reconnect } from './station.js';
import { startLanguage } from './text.js';

const FIRST_WAIT_MS = 1000; // for what is on its way: to draw once is faster than to draw twice

await startLanguage();
// index.html has asked already: the answer is here when the script is.
await Promise.race([loadMe(), new Promise((late) => setTimeout(late, FIRST_WAIT_MS))]);
render(html`<${App} />`, document.getElementById('app'));
// What an earlier visit was sending goes on, whichever page is opened.
if (keptNote('send'))
	import('./send.js').then(({ wake }) => wake(), () => {});
// A phone that slept has an old picture and maybe a dead connection.
document.addEventListener('visibilitychange', () => {
	if (document.visibilityState === 'visible' && !outside())
		reconnect();
});
