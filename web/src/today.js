// SPDX-License-Identifier: GPL-3.0-or-later
// Hôm nay: what is on air and what comes next, cutting, listening, today's list.
import { html } from './html.js';
import { OnAir, Next } from './air.js';
import { Cut } from './cut.js';
import { Day } from './day.js';
import { useSeconds, useStation } from './hooks.js';
import { Listen } from './listen.js';

export function Today() {
	useStation();
	useSeconds();
	return html`<div class="columns">
		<div class="column">
			<${OnAir} />
			<${Cut} />
			<${Next} />
			<${Listen} />
		</div>
		<${Day} />
	</div>`;
}
