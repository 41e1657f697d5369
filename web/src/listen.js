// SPDX-License-Identifier: GPL-3.0-or-later
// Listening live. The address is set anew at each start, so that one hears now and not what the browser
// kept; a stream that breaks is taken up again while the person wants to hear.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { t } from './text.js';

const RETRY_MS = 3000;

export function Listen() {
	const [mode, setMode] = useState('off'); // 'off' | 'waiting' | 'on' | 'refused'
	const audio = useRef(null);
	const timer = useRef(0);
	const wanted = useRef(false);

	const stop = () => {
		wanted.current = false;
		clearTimeout(timer.current);
		audio.current.removeAttribute('src');
		audio.current.load();
		setMode('off');
	};
	const start = () => {
		wanted.current = true;
		setMode('waiting');
		audio.current.src = `/live.mp3?${Date.now()}`;
		audio.current.play().catch((e) => {
			if (e.name === 'NotAllowedError')
				setMode('refused');
		});
	};
	const again = () => {
		if (!wanted.current)
			return;
		setMode('waiting');
		clearTimeout(timer.current);
		timer.current = setTimeout(() => wanted.current && start(), RETRY_MS);
	};
	useEffect(() => () => clearTimeout(timer.current), []);
	return html`<section class="card listen" aria-labelledby="listen-title">
		<h2 id="listen-title">${t('listen')}</h2>
		<audio ref=${audio} preload="none" onPlaying=${() => setMode('on')}
			onEnded=${again} onError=${again}></audio>
		<button type="button" id="listen" class="plain wide" aria-pressed=${mode !== 'off'}
			onClick=${mode === 'off' ? start : stop}>
			${mode === 'off' ? t('listen.start') : t('listen.stop')}</button>
		<p class="quiet" role="status">${t(`listen.${mode}`)}</p>
	</section>`;
}
