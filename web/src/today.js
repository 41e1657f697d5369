// SPDX-License-Identifier: GPL-3.0-or-later
// Hôm nay: what is on air and what comes next, cutting, listening, today's list.
import { html } from './html.js';
import { OnAir, Next } from './air.js';
import { Cut } from './cut.js';
import { Day } from './day.js';
import { useSeconds, useStation } from './hooks.js';
import { Listen } from './listen.js';
import { may } from './me.js';
import { linkTo } from './route.js';
import { t } from './text.js';

export function Today() {
	useStation();
	useSeconds();
	return html`<div class="columns">
		<div class="column">
			<${OnAir} />
			<${Cut} />
			<${Next} />
			${may('play', true) && html`<a class="plain" href=${linkTo('ban-tin')}>${t('play.some')}</a>`}
			<${Listen} />
		</div>
		<${Day} />
	</div>`;
}
