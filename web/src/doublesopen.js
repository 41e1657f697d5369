// SPDX-License-Identifier: GPL-3.0-or-later
// On the page of reports: that somebody has still to decide about products that are perhaps one.
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { linkTo } from './route.js';
import { t } from './text.js';

export function DoublesOpen() {
	const { answer } = useAnswer('/api/duplicates?limit=0');
	if (!answer)
		return null;
	const { count, red } = answer.open;
	const words = red > 0 ? 'dup.waits.red' : 'dup.waits';
	return html`<a class=${`plain wide ${red > 0 ? 'waits-here' : ''}`} id="dup-open" href=${linkTo('trung-lap')}>${
		count > 0 ? t(words, { count, red }) : t('dup.waits.none')}</a>`;
}
