// SPDX-License-Identifier: GPL-3.0-or-later
// The next starts of slots that have room for a bulletin, as buttons: one touch wishes for that slot, on that day
// alone, and another takes the wish back.
import { useRef, useState } from 'preact/hooks';
import { dayText } from './fields.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { post } from './station.js';
import { t } from './text.js';
import { clockOf } from './time.js';

function pathOf(b) {
	const query = new URLSearchParams({ length_s: String(b.length_s), language: b.language ?? '', level: b.level ?? '',
		programme: b.programmes?.[0] ?? '' });
	return `/api/plan/free?${query}`;
}

// done(bulletin): it was wished for.
export function FreeSlots({ bulletin, done }) {
	const able = may('bulletin.edit') && bulletin.length_s >= 1; // a blip has no place in a timetable
	const { answer, error } = useAnswer(able ? pathOf(bulletin) : null);
	const [chosen, setChosen] = useState(null);
	const [before, setBefore] = useState(null); // the wishes before the first touch
	const said = useRef(null);
	const [failed, setFailed] = useState('');
	const [busy, setBusy] = useState(false);
	if (!able)
		return null;
	const change = (one, wishes) => {
		setBusy(true);
		setFailed('');
		post(`/api/bulletins/${bulletin.id}/edit`, wishes)
			.then((answer) => {
				setChosen(one);
				done(answer.bulletin);
			}, (e) => setFailed(e.message)).finally(() => setBusy(false));
	};
	const wish = (one) => {
		const day = one.start.slice(0, 10);
		setBefore(before ?? { slots: bulletin.slots, from: bulletin.from ?? '', to: bulletin.to ?? '' });
		change(one, { slots: [one.slot], from: day, to: day });
	};
	const undo = () => {
		change(null, before);
		said.current.focus(); // the button that was pressed goes away
	};
	const at = (one) => `${clockOf(one.start)} ${dayText(one.start.slice(0, 10))}`;
	return html`<section class="free" aria-labelledby="free-title"><h3 id="free-title">${t('free.title')}</h3>
		<p class="quiet">${t('free.more')}</p>
		${answer?.free.length === 0 && html`<p>${t('free.none')}</p>`}
		<p class="tools">${answer?.free.map((one) => html`<button type="button" class="plain" key=${one.start + one.slot} disabled=${busy}
			aria-pressed=${chosen === one} onClick=${() => wish(one)}>${at(one)}<br /><span class="quiet">${one.slot}</span></button>`)}</p>
		<div ref=${said} role="status" tabindex="-1">${before && html`<p class="result">${chosen
			? t('free.done', { slot: chosen.slot, at: at(chosen) }) : t('free.undone')}</p>`}</div>
		${chosen && html`<p><button type="button" class="plain" id="free-undo" disabled=${busy} onClick=${undo}>${t('free.undo')}</button></p>`}
		${(error || failed) && html`<p class="failed" role="alert">${error || failed}</p>`}
	</section>`;
}
