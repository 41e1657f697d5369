// SPDX-License-Identifier: GPL-3.0-or-later
// What was approved and what was recorded on air, drawn one above the other from the same moment on and as long a second: whether a
// part is missing shows at a glance.
import { html } from './html.js';
import { outline } from './hear.js';
import { useAnswer } from './hooks.js';
import { number, t } from './text.js';
import { spanOf } from './time.js';

const FRAMES_PER_S = 48000;

function Wave({ words, wave, frames }) {
	const wide = frames / wave.pair_frames;
	return html`<figure class="beside"><figcaption class="quiet">${words} · ${spanOf(wave.frames / FRAMES_PER_S)}</figcaption>
		<svg class="wave" viewBox=${`0 -128 ${wide} 256`} preserveAspectRatio="none" role="img"
			aria-label=${`${words}, ${number(wave.frames / FRAMES_PER_S, 1)} s`}><path d=${outline(wave.pairs)} /></svg></figure>`;
}

// The master's is drawn anew with it, out of bytes whose hash the log has; null: they are gone, or others.
export function Waves({ line }) {
	const aired = useAnswer(`/api/airings/${line.airing}/waveform`);
	const master = aired.answer?.master;
	const recorded = aired.answer?.waveform;
	if (!recorded)
		return html`<p class="quiet" role="status">${aired.error ?? t('waves.busy')}</p>`;
	const frames = Math.max(recorded.frames, master?.frames ?? 0, 1);
	return html`<div class="waves">
		${master === null && html`<p class="failed">${t('waves.master.bad')}</p>`}
		${master && html`<${Wave} words=${t('waves.master')} wave=${master} frames=${frames} />`}
		<${Wave} words=${t('waves.recorded')} wave=${recorded} frames=${frames} />
		${aired.answer.damaged && html`<p class="failed">${t('waves.damaged')}</p>`}
	</div>`;
}
