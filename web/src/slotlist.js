// SPDX-License-Identifier: GPL-3.0-or-later
// All slots of a timetable with their days in words: one that airs on the first Sunday stands on few days of the plan.
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { linkTo } from './route.js';
import { said, t } from './text.js';

export function SlotList({ name, day }) {
	const { answer, error } = useAnswer(`/api/timetables/${name}`);
	if (!answer)
		return error ? html`<p class="failed" role="alert">${error}</p>` : html`<p class="quiet" role="status">${t('day.loading')}</p>`;
	if (answer.slots.length === 0)
		return html`<p class="quiet">${t('tt.slots.none')}</p>`;
	return html`<ul class="plain-list">${answer.slots.map((s) => html`<li key=${s.name}><span class="line-clock">${s.start}</span>${' '}
		<a href=${linkTo('lich-phat', { ngay: day, tep: name, viec: 'sua', khung: s.name })}>${s.name}</a>
		<span class="row-part quiet slot-when">${said(s.when)}${s.zones.length > 0 && ` · ${t('air.zones', { zones: s.zones.join(', ') })}`}</span></li>`)}</ul>`;
}
