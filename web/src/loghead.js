// SPDX-License-Identifier: GPL-3.0-or-later
// The head of the log, under what is printed from it: whoever keeps the sheet can show years later that nothing was taken out.
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { t } from './text.js';

export function LogHead({ again }) {
	const log = useAnswer('/api/status', again).answer?.log;
	if (!log?.root)
		return null;
	const [name, id] = log.vkey.split('+');
	return html`<div class="log-head"><p>${t('loghead', { name, size: log.head, id })}</p>
		<dl class="facts"><div><dt>${t('loghead.root')}</dt><dd><code>${log.root}</code></dd></div>
		<div><dt>${t('loghead.key')}</dt><dd><code>${log.vkey}</code></dd></div></dl></div>`;
}
