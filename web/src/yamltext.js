// SPDX-License-Identifier: GPL-3.0-or-later
// A timetable as the text it is, with what is wrong beside its lines; and what it was before.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Faults, Tried, isError, tryText } from './change.js';
import { person } from './bulletin.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { get } from './station.js';
import { t } from './text.js';
import { clockOf, dateOf } from './time.js';

function Before({ name, take }) {
	const { answer, error } = useAnswer(`/api/timetables/${name}/history`);
	const [failed, setFailed] = useState('');
	const fetchOne = (sha256) => get(`/api/timetables/${name}?version=${sha256}`).then((v) => take(v.text), (e) => setFailed(e.message));
	const words = (v) => t('tt.version', { at: `${clockOf(v.since)} ${dateOf(v.since)}`, who: person(v.who, answer.people[v.who]) ?? t('tt.nobody') });
	return html`${(error || failed) && html`<p class="failed" role="alert">${error || failed}</p>`}
		<ul class="plain-list">${answer?.versions.filter((v) => v.sha256).map((v) => html`<li key=${v.since}>${words(v)}
			${v.kept && html` <button type="button" class="plain" onClick=${() => fetchOne(v.sha256)}>${t('tt.version.take')}</button>`}</li>`)}</ul>`;
}

// The text with its line numbers; those with a fault are marked.
export function Editor({ text, set, faults, area }) {
	const gutter = useRef(null);
	const wrong = new Set(faults.map((f) => f.line));
	const numbers = text.split('\n').map((_, i) => `${wrong.has(i + 1) ? '! ' : ''}${i + 1}`).join('\n');
	return html`<div class="editor"><pre ref=${gutter} aria-hidden="true">${numbers}</pre>
		<textarea ref=${area} id="tt-text" aria-label=${t('tt.text')} spellcheck="false" autocapitalize="none" wrap="off" rows="20"
			value=${text} onInput=${(e) => set(e.target.value)} onScroll=${(e) => { gutter.current.scrollTop = e.target.scrollTop; }}></textarea></div>`;
}

export function YamlText({ table, done }) {
	const [text, setText] = useState(table.text);
	const [tried, setTried] = useState(null);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const [open, setOpen] = useState(false);
	const area = useRef(null);
	const heading = useRef(null);
	useEffect(() => heading.current?.focus(), []);
	const write = (fresh) => {
		setText(fresh);
		setTried(null);
	};
	const go = (line) => {
		const from = text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
		area.current.focus();
		area.current.setSelectionRange(from, from + (text.split('\n')[line - 1] ?? '').length);
	};
	const look = () => {
		setBusy(true);
		setError('');
		tryText(table.name, text, table.sha256).then(setTried, (e) => setError(e.message)).finally(() => setBusy(false));
	};
	const faults = (tried?.faults ?? table.faults).filter((f) => f.file === table.file);
	const wrong = faults.filter(isError);
	return html`<section class="card change" aria-labelledby="change-title">
		<h3 id="change-title" ref=${heading} tabindex="-1">${t('tt.text.title', { file: table.file })}</h3>
		<${Editor} text=${text} set=${write} faults=${faults} area=${area} />
		${(!tried || !tried.effect) && faults.length > 0 && html`<${Faults} list=${wrong.length ? wrong : faults} go=${go} />`}
		${!(tried?.effect) && html`<p class="tools"><button type="button" id="tt-try" class="main" disabled=${busy} onClick=${look}>${t(busy ? 'tt.trying' : 'tt.try')}</button>
			<button type="button" class="plain" onClick=${() => history.back()}>${t('tt.cancel')}</button></p>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${tried?.effect && html`<${Tried} name=${table.name} tried=${tried} drop=${() => setTried(null)} done=${done} />`}
		<details onToggle=${(e) => setOpen(e.target.open)}><summary>${t('tt.before')}</summary>
			${open && html`<${Before} name=${table.name} take=${write} />`}</details>
	</section>`;
}
