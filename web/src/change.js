// SPDX-License-Identifier: GPL-3.0-or-later
// What a change of a timetable would do, told before it is saved; and saving it. The station works all of it out.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { linkTo } from './route.js';
import { ask, post } from './station.js';
import { t, said } from './text.js';

const at = (name) => `/api/timetables/${name}`;
const YAML = { 'Content-Type': 'application/yaml' };

// One change of one slot: { was, text, faults, effect }.
export const tryEdit = (name, edit) => post(`${at(name)}/edit`, edit);

// A whole text; was: the SHA-256 of the one it was made from, '' for a new timetable.
export const tryText = (name, text, was) => ask(`${at(name)}/preview`, { method: 'POST', headers: YAML, body: text })
	.then((tried) => ({ ...tried, text, was }));

const save = (name, tried) => ask(at(name), {
	method: 'PUT', headers: { ...YAML, ...(tried.was ? { 'If-Match': `"${tried.was}"` } : {}) }, body: tried.text,
});

export const isError = (fault) => fault.grade === 'error';

function Sentences({ list, kind }) {
	return list.length > 0 && html`<ul class=${kind}>${list.map((c, i) => html`<li key=${i}>${said(c.texts)}</li>`)}</ul>`;
}

export function Faults({ list, go }) {
	return html`<ul class="troubles">${list.map((f) => {
		const words = `${f.line ? t('tt.line', { line: f.line }) : f.file}: ${f.text}`;
		return html`<li key=${words}>${go && f.line
			? html`<button type="button" class="fault" onClick=${() => go(f.line)}>${words}</button>` : words}</li>`;
	})}</ul>`;
}

// What was tried, and whether to save it. done: called when it is saved.
export function Tried({ name, tried, drop, done }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const heading = useRef(null);
	useEffect(() => heading.current?.focus(), [tried]);
	const { effect, faults } = tried;
	const wrong = faults.filter(isError);
	const keep = () => {
		setBusy(true);
		setError('');
		save(name, tried).then(done, (e) => setError(e.message)).finally(() => setBusy(false));
	};
	return html`<section class="tried" aria-labelledby="tried-title">
		<h4 id="tried-title" ref=${heading} tabindex="-1">${t(effect ? 'tt.effect' : 'tt.faulty')}</h4>
		${effect?.same && html`<p>${t('tt.same')}</p>`}
		${effect && html`<${Sentences} kind="troubles" list=${effect.changes.filter((c) => c.grave)} />
			<${Sentences} kind="plain-list" list=${effect.changes.filter((c) => !c.grave)} />`}
		${effect?.more > 0 && html`<p class="quiet">${t('tt.more', { count: effect.more })}</p>`}
		${!effect && html`<${Faults} list=${wrong} />`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<p class="tools">${effect && html`<button type="button" id="tt-save" class="main" disabled=${busy} onClick=${keep}>${t('tt.save')}</button>`}
			<button type="button" class="plain" onClick=${drop}>${t(effect ? 'tt.drop' : 'tt.mend')}</button></p>
	</section>`;
}

export function Saved({ answer, back }) {
	const heading = useRef(null);
	useEffect(() => heading.current?.focus(), []);
	return html`<section class="card"><h3 ref=${heading} tabindex="-1">${t('tt.saved')}</h3>
		<p>${t(answer.in_force ? 'tt.saved.force' : 'tt.saved.waits')}</p>
		<p class="tools"><a class="plain" href=${linkTo('lich-phat', back)}>${t('tt.back')}</a></p></section>`;
}
