// SPDX-License-Identifier: GPL-3.0-or-later
// Sổ theo dõi: what a station counts besides its airings. Which registers there are and what is in them is told by the station;
// lists, forms and searches are made from that.
import { useEffect, useState } from 'preact/hooks';
import { Choice, Search } from './fields.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { NeedAccount } from './needaccount.js';
import { RowForm, State, StrikeForm } from './registerform.js';
import { Import } from './registerin.js';
import { Past } from './registerpast.js';
import { PATH, Told, restOf, stateOf, titleOf } from './registertold.js';
import { linkTo } from './route.js';
import { keep } from './savefile.js';
import { get, getFile } from './station.js';
import { language, t } from './text.js';
import { dayTyped } from './time.js';

const SHOWN = 60;
const WAIT_MS = 300; // after the last letter of a search
const FILES = ['xlsx', 'csv', 'json'];

const Overview = ({ all }) => html`<p class="quiet">${t('reg.intro')}</p><div class="card"><ul class="more">
	${all.registers.map((r) => html`<li key=${r.name}><a href=${linkTo(PATH, { so: r.name })}><b>${r.label}</b>${' '}
		<span class="quiet">${t('reg.rows', { count: r.rows })}</span></a></li>`)}</ul></div>`;

function Files({ shape }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState('');
	const address = (ext) => `/api/registers/${shape.name}.${ext}?lang=${language}`;
	const save = (ext) => (e) => {
		e.preventDefault();
		setError('');
		setBusy(ext);
		getFile(address(ext)).then((file) => keep(file, `so-${shape.name}.${ext}`), (failed) => setError(failed.message)).finally(() => setBusy(''));
	};
	return html`<p class="tools">${t('reg.files')} ${FILES.map((ext) => html`<a key=${ext} class="plain" id=${`reg-${ext}`} href=${address(ext)} download
			aria-busy=${busy === ext} onClick=${save(ext)}>${ext.toUpperCase()}</a>`)}</p>
		${error && html`<p class="failed" role="alert">${error}</p>`}`;
}

// The station looks through so many rows at once, and says where to go on.
async function seek(name, asked, after, wanted) {
	const got = { rows: [], people: {}, more: true, next: after };
	while (got.more && got.rows.length < SHOWN && wanted()) {
		const query = new URLSearchParams(Object.entries({ ...asked, after: got.next, limit: SHOWN }).filter(([, value]) => value));
		const page = await get(`/api/registers/${name}?${query}`);
		got.rows.push(...page.rows);
		Object.assign(got.people, page.people);
		Object.assign(got, { more: page.more, next: page.next, count: page.count });
	}
	return got;
}

// What was found so far; the old rows stand until there are new ones.
function useRows(name, asked, again) {
	const [got, setGot] = useState({});
	const [error, setError] = useState('');
	useEffect(() => {
		let wanted = true;
		const timer = setTimeout(() => seek(name, asked, 0, () => wanted).then((found) => {
			setError('');
			return wanted && setGot(found);
		}, (e) => wanted && setError(e.message)), got.rows ? WAIT_MS : 0);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [name, JSON.stringify(asked), again, language]);
	const more = () => seek(name, asked, got.next, () => true).then((found) => setGot({ ...found, rows: [...got.rows, ...found.rows],
		people: { ...got.people, ...found.people } }), (e) => setError(e.message));
	return { ...got, error, goOn: more };
}

function Row({ shape, row, all, people, open, setOpen, done }) {
	const state = stateOf(shape);
	const form = { shape, row, lists: all.lists, people, done, close: () => setOpen(null) };
	const choice = open?.choice;
	return html`<div class="table-row reg-row" data-row=${row.row}><p><a href=${linkTo(PATH, { so: shape.name, dong: row.row })}><b>${row.row}</b></a>${' '}
		${titleOf(shape, row.fields, { ...all, people })}
		${restOf(shape, row.fields).map((f) => html`<span class="row-part" key=${f.key}><span class="quiet">${f.label}:</span>${' '}
			<${Told} field=${f} value=${row.fields[f.key]} all=${all} people=${people} /></span>`)}
		${state && !may('register.write') && html`<span class="tag"><${Told} field=${state} value=${row.fields[state.key]} all=${all} /></span>`}</p>
		${open?.op === 'edit' && html`<${RowForm} ...${form} words=${t('reg.save')} />`}
		${open?.op === 'strike' && html`<${StrikeForm} ...${form} />`}
		${open?.op === 'state' && html`<div class="narrow"><p><b>${state.label}: ${choice.label}</b></p>
			<${RowForm} ...${form} words=${t('reg.save')} preset=${{ [state.key]: choice.code }} keys=${choice.asks.split(',')} /></div>`}
		${!open && may('register.write') && html`<p class="tools">
			${state && html`<${State} shape=${shape} field=${state} row=${row} done=${done} ask=${(c) => setOpen({ op: 'state', choice: c })} />`}
			<button type="button" class="plain" data-op="edit" onClick=${() => setOpen({ op: 'edit' })}>${t('reg.edit')}<span class="unseen"> ${row.row}</span></button>
			<button type="button" class="plain" data-op="strike" onClick=${() => setOpen({ op: 'strike' })}>${t('reg.strike')}<span class="unseen"> ${row.row}</span></button></p>`}</div>`;
}

// The time in which any day of a row lies, or the one of a column.
function Period({ shape, set }) {
	const [wrong, setWrong] = useState(false);
	const [by, setBy] = useState('');
	const columns = shape.fields.filter((f) => ['date', 'month'].includes(f.type));
	const take = (e) => {
		e.preventDefault();
		const [from, to] = ['from', 'to'].map((name) => e.target.elements[name].value.trim());
		const bad = [from, to].some((day) => day && !dayTyped(day));
		setWrong(bad);
		if (!bad)
			set({ by, from: from && dayTyped(from), to: to && dayTyped(to) });
	};
	return html`<form class="reg-period" onSubmit=${take} novalidate><div class="report-fields">
		<${Choice} label=${t('reg.by')} value=${by} set=${setBy} none=${t('reg.by.any')} options=${columns.map((f) => [f.key, f.label])} />
		${['from', 'to'].map((name) => html`<label key=${name}>${t(`reg.${name}`)}<input type="text" name=${name} id=${`reg-${name}`} inputmode="numeric" autocomplete="off" /></label>`)}</div>
		${wrong && html`<p class="failed" role="alert">${t('lists.day.need')}</p>`}
		<p class="tools"><button type="submit" class="plain">${t('reg.period')}</button></p></form>`;
}

function One({ shape, all, again, count }) {
	const [find, setFind] = useState('');
	const [period, setPeriod] = useState({});
	const [open, setOpen] = useState({});
	const [said, setSaid] = useState('');
	const { rows, people, more, error, goOn } = useRows(shape.name, { find, ...period }, count);
	const done = () => {
		setOpen({});
		setSaid(t('reg.saved'));
		again();
	};
	return html`<p class="tools"><a class="plain" href=${linkTo(PATH)}>‹ ${t('page.registers')}</a></p>
		<section class="card"><h3>${shape.label}</h3><p class="quiet">${t('reg.rows', { count: shape.rows })}</p>
		${said && html`<p class="result" role="status">${said}</p>`}
		${!may('register.write') && html`<${NeedAccount} />`}
		${may('register.write') && (open.row === '+' ? html`<${RowForm} shape=${shape} row=${null} lists=${all.lists} done=${done}
			close=${() => setOpen({})} words=${t('reg.add')} />`
			: html`<p class="tools reg-add"><button type="button" id="reg-add" class="main" onClick=${() => setOpen({ row: '+' })}>${t('reg.add')}</button></p>`)}
		<${Search} value=${find} set=${setFind} />
		<details><summary>${t('reg.period.open')}</summary><${Period} shape=${shape} set=${setPeriod} /></details>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${!rows && !error && html`<p class="quiet" role="status">${t('page.loading')}</p>`}
		${rows?.map((row) => html`<${Row} key=${row.row} shape=${shape} row=${row} all=${all} people=${people} done=${done}
			open=${open.row === row.row ? open : null} setOpen=${(o) => setOpen(o ? { ...o, row: row.row } : {})} />`)}
		${rows?.length === 0 && html`<p class="quiet">${t('lists.empty')}</p>`}
		${more && html`<p class="tools"><button type="button" id="reg-more" class="plain" onClick=${goOn}>${t('reg.more')}</button></p>`}
		</section>
		<section class="card"><${Files} shape=${shape} />
		${may('register.import') && html`<details><summary>${t('reg.in')}</summary><${Import} shape=${shape} all=${all} done=${again} /></details>`}</section>`;
}

export function Registers({ params }) {
	const [count, setCount] = useState(0);
	const { answer: all, error } = useAnswer('/api/registers', count);
	if (!all)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	const shape = all.registers.find((r) => r.name === params.so);
	if (!shape)
		return html`<${Overview} all=${all} />`;
	return html`<div class="reg">${params.dong ? html`<${Past} key=${params.dong} shape=${shape} id=${params.dong} all=${all} />`
		: html`<${One} key=${shape.name} shape=${shape} all=${all} count=${count} again=${() => setCount((n) => n + 1)} />`}</div>`;
}
