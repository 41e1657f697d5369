// SPDX-License-Identifier: GPL-3.0-or-later
// The big red button. One touch arms it, a second on the same spot cuts: a pocket does not, and a person
// in a hurry need not look for a second button. It disarms by itself.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { may } from './me.js';
import { state, post } from './station.js';
import { t } from './text.js';

const ARMED_MS = 6000;
const DOUBLE_MS = 350; // a double click is one wish, not two

function useOrder() {
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState('');
	const order = (path, body) => {
		setBusy(true);
		setError('');
		return post(path, body).catch((e) => setError(e.message)).finally(() => setBusy(false));
	};
	return { busy, error, order };
}

function CutButton({ busy, order }) {
	const [armed, setArmed] = useState(false);
	const armedAt = useRef(0);
	useEffect(() => {
		if (!armed)
			return undefined;
		const timer = setTimeout(() => setArmed(false), ARMED_MS);
		return () => clearTimeout(timer);
	}, [armed]);
	const press = () => {
		if (!armed) {
			armedAt.current = performance.now();
			setArmed(true);
		} else if (performance.now() - armedAt.current > DOUBLE_MS) {
			setArmed(false);
			order('/api/cut');
		}
	};
	return html`<button type="button" id="cut" class=${armed ? 'big cut armed' : 'big cut'}
			disabled=${busy} onClick=${press}>
			${busy ? t('cut.busy') : armed ? t('cut.sure') : t('cut')}
		</button>
		<p class="quiet" role="status">${armed ? t('cut.sure.more') : t('cut.more')}</p>`;
}

export function Cut() {
	const { busy, error, order } = useOrder();
	const held = state.status?.held;
	if (!may('cut', true))
		return null;
	const resumes = may('resume', true);
	const zones = held || !resumes ? [] : (state.status?.zones ?? []).filter((z) => z.held);
	return html`<section class="order" aria-label=${t('cut.area')}>
		${held && !resumes ? html`<p class="quiet" id="resume-who">${t('resume.who')}</p>`
		: held ? html`<button type="button" id="resume" class="big resume" disabled=${busy}
				onClick=${() => order('/api/resume')}>${busy ? t('resume.busy') : t('resume')}</button>
			<p class="quiet">${t('resume.more')}</p>`
		: html`<${CutButton} busy=${busy} order=${order} />`}
		${zones.map((z) => html`<button type="button" class="resume" key=${z.name} disabled=${busy}
			onClick=${() => order('/api/resume', { zone: z.name })}>
			${t('resume.zone', { zone: z.name })}</button>`)}
		${error && html`<p class="failed" role="alert">${error}</p>`}
	</section>`;
}
