// SPDX-License-Identifier: GPL-3.0-or-later
// A bulletin to hear and to see: the browser's own player under the outline of its sound, where a touch
// goes to that place.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { t } from './text.js';

// [least, most, …] of ±127 → one closed outline: the tops from left to right, the bottoms back.
export function outline(pairs) {
	const tops = [], bottoms = [];
	for (let i = 0; i < pairs.length / 2; i++) {
		tops.push(`${i} ${-pairs[2 * i + 1] - 1}`);
		bottoms.unshift(`${i} ${-pairs[2 * i] + 1}`);
	}
	return `M${tops.join('L')}L${bottoms.join('L')}z`;
}

// The player is there without the drawing, which may be missing. It fetches nothing before somebody presses play: the
// log says of an inspector that they have heard it.
export function Hear({ bulletin }) {
	const [pairs, setPairs] = useState([]);
	const [at, setAt] = useState(0);
	const audio = useRef(null);
	const address = `/api/bulletins/${bulletin.id}`;

	useEffect(() => {
		let wanted = true;
		setPairs([]);
		setAt(0);
		fetch(`${address}/waveform`).then((r) => (r.ok ? r.json() : { pairs: [] }))
			.then((wave) => wanted && setPairs(wave.pairs), () => {});
		return () => { wanted = false; };
	}, [address]);

	const wide = pairs.length / 2;
	const go = (e) => {
		const box = e.currentTarget.getBoundingClientRect();
		const part = (e.clientX - box.left) / box.width;
		audio.current.currentTime = part * bulletin.length_s;
		setAt(part); // before anything was fetched the player tells of no seeking
	};
	const moved = (e) => setAt(e.currentTarget.currentTime / bulletin.length_s);
	return html`<div class="hear">
		${wide > 0 && html`<svg class="wave" viewBox=${`0 -128 ${wide} 256`} preserveAspectRatio="none"
			role="img" aria-label=${t('hear.wave')} onClick=${go}>
			<path d=${outline(pairs)} />
			<line x1=${at * wide} x2=${at * wide} y1="-128" y2="128" vector-effect="non-scaling-stroke" />
		</svg>`}
		<audio ref=${audio} controls preload="none" src=${`${address}/audio`} aria-label=${t('hear.listen')}
			onTimeUpdate=${moved} onSeeking=${moved}></audio>
	</div>`;
}
