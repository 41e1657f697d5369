// SPDX-License-Identifier: GPL-3.0-or-later
// Recording a bulletin: on the page where the browser allows it, with the telephone's own recorder elsewhere.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { canRecord, record } from './recorder.js';
import { t, number } from './text.js';
import { spanOf } from './time.js';

const FLOOR_DB = -60;
const QUIET_DB = -30, LOUD_DB = -1;

const dbOf = (peak) => Math.max(FLOOR_DB, 20 * Math.log10(peak || 1e-9));

// In words too: nobody has to know what a decibel is.
const wordOf = (db) => t(db < QUIET_DB ? 'record.quiet' : db > LOUD_DB ? 'record.loud' : 'record.good');

const whyNot = (e) => t({ NotAllowedError: 'record.refused', NotFoundError: 'record.none' }[e.name] ?? 'record.failed');

function Running({ now, stop }) {
	const db = dbOf(now.peak);
	return html`<div class="recording">
		<p class="line-title"><b>${t('record.on')}</b> <span class="head-clock" role="timer">${spanOf(now.seconds)}</span></p>
		<div class="level"><meter min=${FLOOR_DB} max="0" value=${db} aria-label=${t('level')}></meter>
			<span class="level-words">${number(db, 0)} dB</span></div>
		<p class="quiet" role="status">${now.words}</p>
		<button type="button" class="main wide" id="record-stop" onClick=${stop}>${t('record.stop')}</button>
	</div>`;
}

// A word about the level for every two seconds' loudest, or it would flicker.
function useLevel() {
	const [now, setNow] = useState({ peak: 0, seconds: 0, words: '' });
	const loudest = useRef({ peak: 0, until: 2 });
	const level = (peak, seconds) => {
		const l = loudest.current;
		l.peak = Math.max(l.peak, peak);
		let said;
		if (seconds >= l.until) {
			said = wordOf(dbOf(l.peak));
			loudest.current = { peak: 0, until: seconds + 2 };
		}
		setNow((old) => ({ peak, seconds, words: said ?? old.words }));
	};
	const reset = () => {
		loudest.current = { peak: 0, until: 2 };
		setNow({ peak: 0, seconds: 0, words: '' });
	};
	return [now, level, reset];
}

function Here({ take, again, busy }) {
	const [going, setGoing] = useState(null);
	const [error, setError] = useState('');
	const [now, level, reset] = useLevel();
	const start = async () => {
		setError('');
		reset();
		try {
			const made = await record({ level, over: (file, lost) => {
				setGoing(null);
				busy(false);
				setError(lost ? t('record.lost') : file ? '' : t('record.empty'));
				if (file)
					take(file);
			} });
			setGoing(made);
			busy(true);
		} catch (e) {
			setError(whyNot(e));
		}
	};
	useEffect(() => () => going?.stop(), [going]);
	return html`${going ? html`<${Running} now=${now} stop=${going.stop} />`
		: html`<button type="button" class="plain wide" id="record" onClick=${start}>
			${t(again ? 'record.again' : 'record')}</button>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}`;
}

// take(file): what was recorded. again: a recording stands already. busy(on): nothing else goes on meanwhile.
export function Record({ take, again, busy }) {
	if (canRecord())
		return html`<${Here} take=${take} again=${again} busy=${busy} />`;
	if (!matchMedia('(pointer: coarse)').matches)
		return html`<p class="quiet">${t('record.insecure')}</p>`;
	return html`<label class="file"><span>${t('record.phone')}</span>
		<input type="file" id="record-phone" accept="audio/*" capture
			onChange=${(e) => e.target.files[0] && take(e.target.files[0])} /></label>`;
}
