// SPDX-License-Identifier: GPL-3.0-or-later
// Danh mục: the lists that reports count by; administrators add, rename and end entries, or write the text itself.
import { useEffect, useRef, useState } from 'preact/hooks';
import { person } from './bulletin.js';
import { Faults } from './change.js';
import { Search, today } from './fields.js';
import { finds } from './find.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { NeedAccount } from './needaccount.js';
import { linkTo } from './route.js';
import { ask, get, post } from './station.js';
import { t } from './text.js';
import { clockOf, dateOf, dayTyped } from './time.js';
import { Editor } from './yamltext.js';

const SHOWN = 60;
const edit = (name, change) => post(`/api/lists/${name}/edit`, change);
const put = (name, text, was) => ask(`/api/lists/${name}`, { method: 'PUT', body: text,
	headers: { 'Content-Type': 'application/yaml', ...(was && { 'If-Match': `"${was}"` }) } });

function Overview() {
	const { answer, error } = useAnswer('/api/lists');
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	return html`<p class="quiet">${t('lists.why')}</p><div class="card"><ul class="more">
		${answer.lists.map((l) => html`<li key=${l.name}><a href=${linkTo('danh-muc', { tep: l.name })}><b>${l.title}</b>${' '}
			<span class="quiet">${l.sha256 ? l.file : t('lists.none')}</span></a></li>`)}
		${may('deadlines') && html`<li><a href=${linkTo('thoi-han')}><b>${t('page.deadlines')}</b>${' '}<span class="quiet">${t('page.deadlines.more')}</span></a></li>`}
	</ul></div>`;
}

const Text = ({ id, label, value, numeric }) => html`<label>${label}
	<input type="text" id=${id} name=${id} autocomplete="off" inputmode=${numeric ? 'numeric' : null} defaultValue=${value ?? ''} /></label>`;

// One change of one entry; of: makes it out of what was typed, or says what is missing.
function Change({ list, fields, of, done, close, words }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef(null);
	useEffect(() => form.current.querySelector('input')?.focus(), []);
	const submit = (e) => {
		e.preventDefault();
		const typed = Object.fromEntries([...new FormData(form.current)].map(([key, value]) => [key, value.trim()]));
		const change = of(typed);
		setError(change.wrong ?? '');
		if (change.wrong)
			return;
		setBusy(true);
		edit(list.name, { ...change, was: list.sha256 }).then(done, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	return html`<form ref=${form} class="narrow" onSubmit=${submit} novalidate>
		${fields.map((f) => html`<${Text} key=${f.id} ...${f} />`)}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<p class="tools"><button type="submit" class="main" disabled=${busy}>${words}</button>
			<button type="button" class="plain" onClick=${close}>${t('tt.cancel')}</button></p></form>`;
}

const End = ({ list, row, ...rest }) => html`<${Change} list=${list} words=${t('lists.end')} ...${rest}
	fields=${[{ id: 'to', label: t('lists.to'), numeric: true, value: dateOf(today()) }]}
	of=${({ to }) => (dayTyped(to) ? { op: 'end', code: row.code, to: dayTyped(to) } : { wrong: t('lists.day.need') })} />`;

const Rename = ({ list, row, ...rest }) => html`<${Change} list=${list} words=${t('lists.rename')} ...${rest}
	fields=${[{ id: 'name', label: t('lists.name'), value: row.name }, { id: 'from', label: t('lists.from'), numeric: true }]}
	of=${({ name, from }) => {
		if (!name || (from && !dayTyped(from)))
			return { wrong: t(name ? 'lists.day.need' : 'lists.name.need') };
		return { op: 'rename', code: row.code, name, ...(from && { from: dayTyped(from) }) };
	}} />`;

// A new entry has the keys that the first one has, but for those of its days.
function Add({ list, ...rest }) {
	const keys = Object.entries(list.rows[0]?.item ?? { [list.code_key]: '', [list.name_key]: '' })
		.filter(([key, value]) => typeof value === 'string' && !['from', 'to'].includes(key)).map(([key]) => key);
	const label = (key) => ({ [list.code_key]: t('lists.code'), [list.name_key]: t('lists.name') }[key] ?? key);
	const of = (typed) => {
		if (!typed[list.code_key] || !typed[list.name_key])
			return { wrong: t('lists.add.need') };
		return { op: 'add', item: Object.fromEntries(Object.entries(typed).filter(([, value]) => value)) };
	};
	return html`<${Change} list=${list} words=${t('lists.add')} of=${of} ...${rest}
		fields=${keys.map((key) => ({ id: key, label: label(key) }))} />`;
}

const daysOf = ({ from, to }) => [from && t('lists.since', { date: dateOf(from) }), to && t('lists.until', { date: dateOf(to) })].filter(Boolean).join(' ');

function Row({ list, row, last, open, setOpen, done }) {
	const form = { end: End, rename: Rename }[open];
	const over = row.item.to && row.item.to < today();
	return html`<div class="table-row"><p>${row.code && html`<b>${row.code}</b>`} ${row.name}
		${over && html`${' '}<span class="tag">${t('lists.over')}</span>`}<span class="row-part">${daysOf(row.item)}</span></p>
		${form && html`<${form} list=${list} row=${row} done=${done} close=${() => setOpen(null)} />`}
		${!form && last && row.code && may('list.edit') && html`<p class="tools">
			${['rename', 'end'].map((op) => html`<button type="button" key=${op} class="plain" data-op=${op}
				onClick=${() => setOpen(op)}>${t(`lists.${op}`)}<span class="unseen"> ${row.code}</span></button>`)}</p>`}</div>`;
}

function Raw({ list, done }) {
	const [text, setText] = useState(list.text);
	const [faults, setFaults] = useState(list.faults);
	const [error, setError] = useState('');
	const area = useRef(null);
	useEffect(() => {
		setText(list.text);
		setFaults(list.faults);
	}, [list.sha256]);
	const save = () => {
		setError('');
		put(list.name, text, list.sha256).then(done, (failed) => {
			setError(failed.message);
			setFaults(failed.faults ?? []);
		});
	};
	const go = (line) => {
		const from = text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
		area.current.focus();
		area.current.setSelectionRange(from, from + (text.split('\n')[line - 1] ?? '').length);
	};
	return html`<${Editor} text=${text} set=${setText} faults=${faults} area=${area} />
		${faults.length > 0 && html`<${Faults} list=${faults} go=${go} />`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${may('list.put') && html`<p class="tools"><button type="button" id="list-save" class="main" onClick=${save}>${t('lists.save')}</button></p>`}`;
}

function Before({ list, take }) {
	const [failed, setFailed] = useState('');
	const bring = (v) => get(`/api/lists/${list.name}?version=${v.sha256}`).then((old) => take(old.text), (e) => setFailed(e.message));
	return html`${failed && html`<p class="failed" role="alert">${failed}</p>`}
		<ul class="plain-list">${list.versions.filter((v) => v.sha256).map((v) => html`<li key=${v.since}>${
			t('tt.version', { at: `${clockOf(v.since)} ${dateOf(v.since)}`, who: person(v.who, list.people[v.who]) ?? t('tt.nobody') })}
			${v.kept && html` <button type="button" class="plain" onClick=${() => bring(v)}>${t('lists.show')}</button>`}</li>`)}</ul>`;
}

function One({ list, again }) {
	const [query, setQuery] = useState('');
	const [open, setOpen] = useState({});
	const [old, setOld] = useState('');
	const [said, setSaid] = useState('');
	const done = () => {
		setOpen({});
		setSaid(t('lists.saved'));
		again();
	};
	const rows = list.rows.filter((r) => finds(query, r.code, r.name));
	const last = (row) => list.rows.filter((r) => r.code === row.code).at(-1) === row;
	return html`<p class="tools"><a class="plain" href=${linkTo('danh-muc')}>‹ ${t('page.lists')}</a></p>
		<section class="card"><h3>${list.title}</h3><p class="quiet">${list.file}</p>
		${said && html`<p class="result" role="status">${said}</p>`}
		${list.faults.length > 0 && html`<${Faults} list=${list.faults} />`}
		<${Search} value=${query} set=${setQuery} />
		${rows.slice(0, SHOWN).map((row) => html`<${Row} key=${row.line} list=${list} row=${row} last=${last(row)} done=${done}
			open=${open.line === row.line ? open.op : null} setOpen=${(op) => setOpen(op ? { line: row.line, op } : {})} />`)}
		${rows.length > SHOWN && html`<p class="quiet">${t('lists.more', { count: rows.length - SHOWN })}</p>`}
		${!rows.length && html`<p class="quiet">${t('lists.empty')}</p>`}
		${!may('list.edit') && html`<${NeedAccount} />`}
		${list.code_key && may('list.edit') && (open.op === 'add' ? html`<${Add} list=${list} done=${done} close=${() => setOpen({})} />`
			: html`<p class="tools"><button type="button" id="list-add" class="main" onClick=${() => setOpen({ op: 'add' })}>${t('lists.add')}</button></p>`)}
		</section>
		<details class="card"><summary>${t('lists.text')}</summary><${Raw} list=${list} done=${done} /></details>
		<details class="card"><summary>${t('lists.before')}</summary><${Before} list=${list} take=${setOld} />
			${old && html`<pre class="old-text">${old}</pre>`}</details>`;
}

function Fetched({ name }) {
	const [again, setAgain] = useState(0);
	const { answer, error } = useAnswer(`/api/lists/${name}`, again);
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	return html`<${One} list=${answer} again=${() => setAgain((n) => n + 1)} />`;
}

export const Lists = ({ params }) => (params.tep ? html`<${Fetched} key=${params.tep} name=${params.tep} />` : html`<${Overview} />`);
