// SPDX-License-Identifier: GPL-3.0-or-later
// Báo cáo: the tables of a period, each figure with the airings behind it, to read here and to take away.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Charts } from './charts.js';
import { DoublesOpen } from './doublesopen.js';
import { useAnswer } from './hooks.js';
import { Ask, askOf, openedLink } from './reportask.js';
import { getReport } from './reportget.js';
import { may } from './me.js';
import { Words } from './reportwords.js';
import { linkTo } from './route.js';
import { keep } from './savefile.js';
import { getFile } from './station.js';
import { language, t } from './text.js';
import { told } from './told.js';

const SHOWN = 200; // a page of more is slow on a phone
const FILES = ['pdf', 'xlsx', 'csv']; // and what is told in words, of these those that it has
// Of files: a page leads to the airing or product, where they stand.
const UNSEEN = { A: ['sha256', 'planned', 'producer', 'entry'], B: ['due', 'kept'], C: ['sha256', 'entry'], E: ['entry'] };

// What a cell leads to.
function linkOf(column, row, params) {
	const value = row[column.key];
	if (row.open?.[column.key] && value)
		return openedLink(params, row.open[column.key]);
	if (column.key === 'airing' && value)
		return linkTo('nhat-ky', { ngay: row.day, lan: value });
	return column.key === 'bulletin' && value ? linkTo('ban-tin', { so: value }) : '';
}

function Cell({ column, row, params }) {
	const link = linkOf(column, row, params);
	const words = told(column.type, row[column.key]);
	return html`<td role="cell" class=${column.type === 'text' ? '' : 'number'} data-name=${column.name} data-none=${words === '' ? '' : null}>
		${link ? html`<a href=${link}>${words}</a>` : words}</td>`;
}

const Row = ({ columns, row, params }) => html`<tr role="row">${columns.map((c) => html`<${Cell} key=${c.key} column=${c} row=${row}
	params=${params} />`)}</tr>`;

// The roles are told again, because a phone lays each row out as a list of its cells, and would forget that it is a table.
function Table({ table, params }) {
	const [all, setAll] = useState(false);
	const columns = table.columns.filter((c) => !UNSEEN[table.table]?.includes(c.key));
	const rows = all ? table.rows : table.rows.slice(0, SHOWN);
	return html`<div class="report-wide" role="region" tabindex="0" aria-label=${t('report.table')}>
		<table class="report-table" role="table">
			<thead role="rowgroup"><tr role="row">${columns.map((c) => html`<th key=${c.key} role="columnheader" scope="col">${c.name}</th>`)}</tr></thead>
			<tbody role="rowgroup">${rows.map((row, i) => html`<${Row} key=${i} columns=${columns} row=${row} params=${params} />`)}</tbody>
			${table.sum && html`<tfoot role="rowgroup"><${Row} columns=${columns} row=${table.sum} params=${params} /></tfoot>`}
		</table></div>
		${rows.length < table.rows.length && html`<button type="button" class="plain wide" id="report-all" onClick=${() => setAll(true)}>${
			t('day.coming', { count: table.rows.length - rows.length })}</button>`}`;
}

function Files({ address, formats }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState('');
	const save = (ext) => (e) => {
		e.preventDefault();
		setError('');
		setBusy(ext);
		getFile(address(ext)).then((file) => keep(file, `${address.file}.${ext}`), (failed) => setError(failed.message)).finally(() => setBusy(''));
	};
	return html`<p class="tools">${FILES.filter((ext) => formats?.includes(ext) ?? true).map((ext) => html`<a key=${ext} class="plain" id=${`report-${ext}`} href=${address(ext)} download
			aria-busy=${busy === ext} onClick=${save(ext)}>${ext.toUpperCase()}</a>`)}
		<a class="plain" id="report-print" href=${address('html')} target="_blank" rel="noopener">${t('log.print')}</a></p>
		${busy && html`<p class="quiet" role="status">${t('report.making')}</p>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}`;
}

// The old table stands until the new one is there.
function useReport(path) {
	const [got, setGot] = useState({});
	useEffect(() => {
		let wanted = true;
		getReport(path, () => wanted).then((table) => wanted && setGot({ path, table }), (e) => wanted && setGot({ path, error: e.message }));
		return () => { wanted = false; };
	}, [path]);
	return { ...got, waits: got.path !== path };
}

function Report({ params, lists }) {
	const ask = askOf(params);
	const address = (ext, table = params.bang) => `/api/reports/${table}.${ext}?${new URLSearchParams({ ...ask, lang: language })}`;
	const { table, error, waits } = useReport(address('json'));
	const heading = useRef(null);
	address.file = `bao-cao-${params.bang}-${ask.period}`;
	useEffect(() => {
		if (table)
			heading.current?.focus({ preventScroll: true });
	}, [table?.table]);
	return html`${waits && html`<p class="quiet" role="status">${t('report.making')}</p>`}
		${error && !waits && html`<p class="failed" role="alert">${error}</p>`}
		${table && html`<section class="card report" aria-labelledby="report-title" aria-busy=${waits}>
			<h3 id="report-title" ref=${heading} tabindex="-1">${table.title}</h3>
			<p>${table.period.name}</p>
			<${Files} address=${address} formats=${lists.tables.find((x) => x.table === table.table)?.formats} />
			${table.lines ? html`<${Words} report=${table} params=${params} />` : html`
			<${Charts} key=${address('')} params=${params} lists=${lists} />
			<${Table} key=${address('json')} table=${table} params=${params} />
			${table.notes.map((note) => html`<p key=${note} class="quiet">${note}</p>`)}`}
			${table.log && html`<p class="quiet report-log">${table.log}</p>`}
		</section>`}`;
}

export function Reports({ params }) {
	const { answer: lists, error } = useAnswer('/api/reports');
	const bang = lists?.tables.some((x) => x.table === params.bang) ? params.bang : 'B';
	if (!lists)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('day.loading')}</p>`;
	const asked = { ...params, bang };
	return html`<${Ask} key=${JSON.stringify(asked)} params=${asked} lists=${lists} />
		<div class="report-ways">${may('duplicates') && html`<${DoublesOpen} />`}
			${may('registers') && html`<a class="plain wide" id="report-registers" href=${linkTo('so-theo-doi')}>${t('page.registers')}</a>`}</div>
		<${Report} params=${asked} lists=${lists} />`;
}
