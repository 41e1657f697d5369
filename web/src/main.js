// SPDX-License-Identifier: GPL-3.0-or-later
import { render } from 'preact';
import { html } from './html.js';
import { loadMe } from './account.js';
import { App } from './app.js';
import { keptNote } from './kept.js';
import { loadDay, reconnect } from './station.js';
import { startLanguage } from './text.js';

await startLanguage();
render(html`<${App} />`, document.getElementById('app'));
loadDay(); // asked for already, by index.html: here when the script is
reconnect();
loadMe();
// What an earlier visit was sending goes on, whichever page is opened.
if (keptNote('send'))
	import('./send.js').then(({ wake }) => wake(), () => {});
// A phone that slept has an old picture and maybe a dead connection.
document.addEventListener('visibilitychange', () => {
	if (document.visibilityState === 'visible')
		reconnect();
});
