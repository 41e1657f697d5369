// SPDX-License-Identifier: GPL-3.0-or-later
// Kiểm chứng: the proof of one airing worked out here in the browser (verify.js), step by step and in plain words, against a key
// that the reader may bring along on paper.
import { useEffect, useRef, useState } from 'preact/hooks';
import { grew } from './grew.js';
import { html } from './html.js';
import { state } from './station.js';
import { language, t } from './text.js';
import { verify } from './verify.js';

// What the page shows of an airing that its entry says too, by the entry's names.
const SHOWN = ['planned', 'start', 'end', 'frames', 'complete', 'result', 'sha256', 'slot', 'bulletin', 'xruns', 'loudness_lufs'];
const SHOWN_MISSED = ['planned', 'reason', 'slot', 'bulletin'];

const shownOf = (line) => Object.fromEntries((line.fate === 'missed' ? SHOWN_MISSED : SHOWN)
	.filter((field) => field in line).map((field) => [field, line[field]]));

async function load(address, as = 'text') {
	const response = await fetch(address, { headers: { 'Accept-Language': language }, cache: 'no-store' });
	if (response.ok)
		return response[as]();
	throw new Error((await response.json().catch(() => null))?.error?.text ?? t('check.away'));
}

// Each log has its own key: that of the one now written came with the station's status; the first log is called by the station,
// those that follow name/2, name/3…, and older ones have their keys beside them.
const nameIn = (proof) => /\n\n([^\n/]+\/[^\n/]+(?:\/(\d+))?)\n/.exec(proof) ?? [];
const folderOf = (proof) => `/log${nameIn(proof)[2] ? `-${nameIn(proof)[2]}` : ''}`;

async function keyFor(proof) {
	const now = state.status?.log.vkey ?? '';
	return now.startsWith(`${nameIn(proof)[1]}+`) ? now : load(`${folderOf(proof)}/vkey`);
}

const proofOf = (line) => load(`/api/airings/${line.airing}/proof`);

// What was seen earlier is of the log that the airing stands in; its head may have grown since the proof was made.
async function goesOn(text, folder, vkey) {
	const bytes = async (path) => new Uint8Array(await load(`${folder}/${path}`, 'arrayBuffer'));
	return text ? grew({ text, vkey, checkpoint: await load(`${folder}/checkpoint`), get: bytes }) : [];
}

async function run(line, pasted, seen) {
	const proof = await proofOf(line);
	const given = (await keyFor(proof)).trim();
	const done = await verify({ proof, vkey: pasted || given, airing: line.airing, shown: shownOf(line) });
	const steps = [...done.steps, ...(done.good ? await goesOn(seen, folderOf(proof), pasted || given) : [])];
	return { ...done, steps, good: steps.every((s) => s.good), given, pasted };
}

// The key whose form the field shows. A station with one log has one; else only the proof tells which log it is.
function useKey(line) {
	const [key, setKey] = useState('');
	const { number, vkey } = state.status?.log ?? {};
	useEffect(() => {
		if (number === 1)
			setKey(vkey);
		else
			proofOf(line).then(keyFor).then((text) => setKey(text.trim()), () => setKey(''));
	}, [line.airing, number, vkey]);
	return key;
}

const word = (step) => t(`check.${step.what}${step.good ? '' : '.bad'}`, { ...step, by: step.by && t(`check.by.${step.by}`) });

function Way({ way }) {
	return html`<details><summary>${t('check.way', { count: way.length })}</summary>
		<ol class="way">${way.map((s) => html`<li key=${s.hash}>${t(`check.way.${s.side}`)} <code>${s.beside}</code>
			${t('check.way.to')} <code>${s.hash}</code></li>`)}</ol></details>`;
}

function Step({ step }) {
	return html`<li><span class=${`fate-chip chip-${step.good ? 'good' : 'bad'}`}>${t(step.good ? 'check.good' : 'check.bad')}</span>
		${' '}${word(step)} ${step.way?.length > 0 && html`<${Way} way=${step.way} />`}</li>`;
}

function Outcome({ done }) {
	const last = done.steps.at(-1);
	return html`<p class=${done.good ? 'check-good' : 'failed'} role="status"><b>${t(done.good ? 'check.yes' : 'check.no')}</b>
			${!done.good && ` ${word(last)}`}</p>
		${done.pasted ? done.pasted !== done.given && html`<p class="failed">${t('check.key.other')}</p>`
			: html`<p class="warned">${t('check.key.given')} <code>${done.given}</code></p>`}
		<ol class="check-steps">${done.steps.map((s) => html`<${Step} key=${s.what} step=${s} />`)}</ol>
		${done.told && html`<details><summary>${t('check.told')}</summary>
			<pre class="check-entry" tabindex="0" role="region" aria-label=${t('check.told')}>${JSON.stringify(done.told, null, 2)}</pre></details>`}`;
}

export function Check({ line }) {
	const [busy, setBusy] = useState(false);
	const [done, setDone] = useState(null);
	const [error, setError] = useState('');
	const key = useRef(null);
	const seen = useRef(null);
	const form = useKey(line);
	const submit = (e) => {
		e.preventDefault();
		setBusy(true);
		setDone(null);
		setError('');
		run(line, key.current.value.trim(), seen.current.value.trim()).then(setDone, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	return html`<form class="check" onSubmit=${submit} novalidate>
			<p class="quiet">${t('check.what')}</p>
			<label>${t('check.key.paste')}
				<input type="text" ref=${key} id="check-key" autocomplete="off" autocapitalize="none" spellcheck="false"
					placeholder=${form} maxlength="256" /></label>
			<label>${t('check.seen.field')}
				<input type="text" ref=${seen} id="check-seen" autocomplete="off" autocapitalize="none" spellcheck="false"
					placeholder="1234:q0M9…=" maxlength="256" /></label>
			<div class="tools"><button type="submit" class="main" id="check" disabled=${busy}>${t('check.do')}</button>
				<a class="plain" href=${`/api/airings/${line.airing}/proof`} download=${`${line.airing}.tlog-proof`}>${t('check.save')}</a></div>
		</form>
		<div aria-live="polite">${busy && html`<p class="quiet">${t('check.busy')}</p>`}
			${error && html`<p class="failed">${t('check.cannot', { why: error })}</p>`}
			${done && html`<${Outcome} done=${done} />`}</div>`;
}
