// SPDX-License-Identifier: GPL-3.0-or-later
// Kiểm chứng: the proofs of one airing worked out here in the browser (verify.js, proofs.js), step by step and in plain words,
// against a key that the reader may bring along on paper.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Differs } from './differs.js';
import { grew, parseSeen } from './grew.js';
import { html } from './html.js';
import { useWords } from './names.js';
import { verifyAll } from './proofs.js';
import { state } from './station.js';
import { language, t } from './text.js';
import { parseKey } from './verify.js';

async function load(address, as = 'text') {
	const response = await fetch(address, { headers: { 'Accept-Language': language }, cache: 'no-store' });
	if (response.ok)
		return response[as]();
	const told = (await response.json().catch(() => null))?.error?.text;
	throw Object.assign(new Error(told ?? t('check.away')), { status: response.status });
}

// Each log has its own key: that of the one now written came with the station's status; the first log is called by the station,
// those that follow name/2, name/3…, and older ones have their keys beside them.
const nameIn = (proof) => /\n\n([^\n/]+\/[^\n/]+(?:\/(\d+))?)\n/.exec(proof) ?? [];
const folderOf = (proof) => `/log${nameIn(proof)[2] ? `-${nameIn(proof)[2]}` : ''}`;

export async function keyFor(proof) {
	const now = state.status?.log.vkey ?? '';
	return now.startsWith(`${nameIn(proof)[1]}+`) ? now : load(`${folderOf(proof)}/vkey`);
}

// of: '' the outcome's, 'checked', or the number of a decision; null: the log has no such entry.
async function proofOf(line, of = '') {
	const address = `/api/airings/${line.airing}/proof`;
	try {
		return await load(of ? `${address}?of=${of}` : address);
	} catch (e) {
		if (of && e.status === 404)
			return null;
		throw e;
	}
}

// What was seen earlier is of the log that the airing stands in; its head may have grown since the proof was made.
async function goesOn(text, folder, vkey) {
	const bytes = async (path) => new Uint8Array(await load(`${folder}/${path}`, 'arrayBuffer'));
	return text ? grew({ text, vkey, checkpoint: await load(`${folder}/checkpoint`), get: bytes }) : [];
}

// The key from paper is for the log that it names; what lies in another is held against what the station gives.
async function run(line, decisions, pasted, seen) {
	let [given, folder] = ['', ''];
	const keyOf = async (proof) => {
		const own = (await keyFor(proof)).trim();
		const first = given === '';
		folder ||= folderOf(proof);
		given ||= own;
		return pasted && (first || own.split('+')[0] === pasted.split('+')[0]) ? pasted : own;
	};
	const done = await verifyAll({ line, decisions, keyOf,
		load: (of) => (of === 'checked' && !line.proof && !line.checked ? null : proofOf(line, of)) });
	const more = done.steps.every((s) => s.good) ? await goesOn(seen, folder, pasted || given) : [];
	return { ...done, steps: [...done.steps, ...more], good: done.good && more.every((s) => s.good), given, pasted };
}

// What was typed wrong says nothing of the log: it is told at its field, and nothing is worked out. The texts of both, '' none.
async function typedWrong(pasted, seen) {
	const told = (e) => t(`check.${e.code}.bad`);
	let key = '', head = '';
	if (pasted)
		await parseKey(pasted).catch((e) => { key = told(e); });
	try {
		if (seen)
			parseSeen(seen);
	} catch (e) {
		head = told(e);
	}
	return { key, head };
}

// What differs is told by the words that the rest of the page has.
const useKnown = (line, person) => ({ line, person, words: useWords() });

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

const Where = ({ step, known }) => step?.differs?.length > 0 && html`<${Differs} list=${step.differs} known=${known} />`;

function Step({ step }) {
	return html`<li><span class=${`fate-chip chip-${step.good ? 'good' : 'bad'}`}>${t(step.good ? 'check.good' : 'check.bad')}</span>
		${' '}${word(step)} ${step.way?.length > 0 && html`<${Way} way=${step.way} />`}</li>`;
}

function Parts({ parts, known }) {
	return parts.length > 0 && html`<ul class="check-steps check-parts">${parts.map((p) => html`<li key=${`${p.what}${p.entry}`}>
		<span class=${`fate-chip chip-${p.good ? 'good' : 'bad'}`}>${t(p.good ? 'check.good' : 'check.bad')}</span>
		${' '}${t(`check.part.${p.what}${p.good ? '' : '.bad'}`, p)} ${p.step && word(p.step)}
		<${Where} step=${p.step} known=${known} /></li>`)}</ul>`;
}

function Outcome({ done, known }) {
	const wrong = done.steps.find((s) => !s.good);
	return html`<p class=${done.good ? 'check-good' : 'failed'} role="status"><b>${t(done.good ? 'check.yes' : 'check.no')}</b>
			${wrong && ` ${word(wrong)}`}</p>
		<${Where} step=${wrong} known=${known} />
		${done.pasted ? done.pasted !== done.given && html`<p class="failed">${t('check.key.other')}</p>`
			: html`<p class="warned">${t('check.key.given')} <code>${done.given}</code></p>`}
		<ol class="check-steps">${done.steps.map((s) => html`<${Step} key=${s.what} step=${s} />`)}</ol>
		<${Parts} parts=${done.parts} known=${known} />
		${done.told && html`<details><summary>${t('check.told')}</summary>
			<pre class="check-entry" tabindex="0" role="region" aria-label=${t('check.told')}>${JSON.stringify(done.told, null, 2)}</pre></details>`}`;
}

// person(who): as the page writes an id.
export function Check({ line, decisions, person }) {
	const [busy, setBusy] = useState(false);
	const [done, setDone] = useState(null);
	const [error, setError] = useState('');
	const [typed, setTyped] = useState({});
	const key = useRef(null);
	const seen = useRef(null);
	const form = useKey(line);
	const known = useKnown(line, person);
	const submit = (e) => {
		e.preventDefault();
		const [pasted, head] = [key.current.value.trim(), seen.current.value.trim()];
		setBusy(true);
		setDone(null);
		setError('');
		typedWrong(pasted, head).then((wrong) => {
			setTyped(wrong);
			return wrong.key || wrong.head ? null : run(line, decisions, pasted, head);
		}).then(setDone, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	return html`<form class="check" onSubmit=${submit} novalidate>
			<p class="quiet">${t('check.what')}</p>
			<label>${t('check.key.paste')}
				<input type="text" ref=${key} id="check-key" autocomplete="off" autocapitalize="none" spellcheck="false"
					placeholder=${form} maxlength="256" aria-invalid=${typed.key ? 'true' : 'false'} aria-describedby="check-key-bad" /></label>
			${typed.key && html`<p class="failed" id="check-key-bad" role="alert">${typed.key}</p>`}
			<label>${t('check.seen.field')}
				<input type="text" ref=${seen} id="check-seen" autocomplete="off" autocapitalize="none" spellcheck="false"
					placeholder="1234:q0M9…=" maxlength="256" aria-invalid=${typed.head ? 'true' : 'false'}
					aria-describedby="check-seen-bad" /></label>
			${typed.head && html`<p class="failed" id="check-seen-bad" role="alert">${typed.head}</p>`}
			<div class="tools"><button type="submit" class="main" id="check" disabled=${busy}>${t('check.do')}</button>
				<a class="plain" href=${`/api/airings/${line.airing}/proof`} download=${`${line.airing}.tlog-proof`}>${t('check.save')}</a></div>
		</form>
		<div aria-live="polite">${busy && html`<p class="quiet">${t('check.busy')}</p>`}
			${error && html`<p class="failed">${t('check.cannot', { why: error })}</p>`}
			${done && html`<${Outcome} done=${done} known=${known} />`}</div>`;
}
