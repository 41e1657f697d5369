// SPDX-License-Identifier: GPL-3.0-or-later
// A sheet for a register: looked at first, every bad cell named; then what was seen is written, and nothing else.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { changes, tell, titleOf } from './registertold.js';
import { ask, get, post } from './station.js';
import { t } from './text.js';

const FAULTS_SHOWN = 100;
const AGAIN_MS = 1000;
const NAME_MAX = 100;

const look = (name, file, sheet) => ask(`/api/registers/${name}/import?name=${encodeURIComponent(file.name.slice(-NAME_MAX))}${
	sheet ? `&sheet=${encodeURIComponent(sheet)}` : ''}`,
{ method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file });

function Bad({ seen }) {
	const list = seen.faults.slice(0, FAULTS_SHOWN);
	return html`<p class="failed" role="alert">${t('reg.in.bad', { cells: seen.bad, rows: seen.bad_rows })}</p>
		<ul class="plain-list reg-bad">${list.map((f, i) => html`<li key=${i}><b>${f.column}${f.row}</b>${f.name && ` ${f.name}`}${f.value && html`: <q>${f.value}</q>`} – ${f.why}</li>`)}</ul>
		${seen.bad > list.length && html`<p class="quiet">${t('reg.in.more', { count: seen.bad - list.length })}</p>`}`;
}

function Example({ one, shape, all }) {
	const words = (c) => (one.was ? `${c.field.label}: ${tell(c.field, c.was, all) || '–'} → ${tell(c.field, c.is, all) || '–'}`
		: `${c.field.label}: ${tell(c.field, c.is, all)}`);
	return html`<div class="table-row"><p><b>${one.id || t('reg.in.new')}</b> ${titleOf(shape, one.fields, all)}
		<span class="row-part">${changes(shape, one.was, one.fields).map(words).join(' · ')}</span></p></div>`;
}

// Until the station has written all of it.
function Writing({ done }) {
	const [told, setTold] = useState(null);
	useEffect(() => {
		let timer = 0, wanted = true;
		const again = () => get('/api/registers').then((answer) => {
			if (!wanted)
				return;
			setTold(answer.import);
			if (answer.import?.busy)
				timer = setTimeout(again, AGAIN_MS);
			else
				done();
		}, () => { timer = setTimeout(again, AGAIN_MS); });
		again();
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, []);
	return told && html`<p class=${told.error ? 'failed' : 'result'} role="status" id="reg-in-done">${told.error
		?? t(told.busy ? 'reg.in.writing' : 'reg.in.written', { done: told.done, rows: told.rows })}</p>`;
}

// As they were read, whatever is wrong with them: a wrong character set is seen at once.
function First({ list }) {
	return list?.length > 0 && html`<p class="quiet">${t('reg.in.first')}</p>
		<ul class="plain-list reg-first">${list.map((row) => html`<li key=${row.row}><b>${row.row}</b> ${
			row.cells.map((cell) => `${cell.name}: ${cell.value}`).join(' · ')}</li>`)}</ul>`;
}

function Seen({ seen, shape, all, apply, busy }) {
	const count = seen.added + seen.changed;
	return html`<p role="status" id="reg-in-seen">${t('reg.in.seen', { file: seen.name, rows: seen.rows, added: seen.added, changed: seen.changed, same: seen.same })}
		${seen.encoding && html`<span class="row-part quiet">${t('reg.in.read', { encoding: seen.encoding })}</span>`}</p>
		<${First} list=${seen.first} />
		${seen.bad > 0 && html`<${Bad} seen=${seen} />`}
		${seen.bad === 0 && count === 0 && html`<p class="result">${t('reg.in.nothing')}</p>`}
		${seen.bad === 0 && seen.examples.map((one) => html`<${Example} key=${one.row} one=${one} shape=${shape} all=${all} />`)}
		${seen.bad === 0 && count > seen.examples.length && html`<p class="quiet">${t('reg.in.others', { count: count - seen.examples.length })}</p>`}
		${seen.sheet && html`<p class="tools"><button type="button" id="reg-in-apply" class="main" disabled=${busy} onClick=${apply}>${
			t('reg.in.apply', { count })}</button></p>`}`;
}

// A spreadsheet of several sheets: which one of them.
function Which({ seen, choose, busy }) {
	return seen.sheets?.length > 1 && html`<label>${t('reg.in.which')}<select id="reg-in-which" disabled=${busy} value=${seen.chosen}
		onChange=${(e) => choose(e.target.value)}>${seen.sheets.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>`;
}

export function Import({ shape, all, done }) {
	const [seen, setSeen] = useState(null);
	const [file, setFile] = useState(null);
	const [writing, setWriting] = useState(0);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const run = (promise, then) => {
		setError('');
		setBusy(true);
		promise.then(then, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	const choose = (e) => {
		const [one] = e.target.files;
		e.target.value = ''; // the same file, mended, can be chosen once more
		setFile(one);
		setSeen(null);
		setWriting(0);
		if (one)
			run(look(shape.name, one), setSeen);
	};
	const apply = () => run(post(`/api/registers/${shape.name}/import/apply`, { sheet: seen.sheet, sha256: seen.sha256, effect: seen.effect }), () => {
		setSeen(null);
		setWriting((n) => n + 1);
	});
	return html`<p class="quiet">${t('reg.in.how')}</p>
		<label>${t('reg.in.file')}<input type="file" id="reg-in-file" accept=".csv,.txt,.tsv,.xlsx" disabled=${busy} onChange=${choose} /></label>
		${busy && html`<p class="quiet" role="status">${t('reg.in.busy')}</p>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${seen && html`<${Which} seen=${seen} busy=${busy} choose=${(sheet) => run(look(shape.name, file, sheet), setSeen)} />`}
		${seen && html`<${Seen} seen=${seen} shape=${shape} all=${all} apply=${apply} busy=${busy} />`}
		${writing > 0 && html`<${Writing} key=${writing} done=${done} />`}`;
}
