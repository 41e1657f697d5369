// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody's calendar (.ics) for a timetable: what would be added, what changed and what is not understood, and then what that
// does to the next seven days, before anything is saved.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Faults, Saved, Tried, isError, tryText } from './change.js';
import { linkTo } from './route.js';
import { ask } from './station.js';
import { t } from './text.js';

const BYTES_MAX = 256 * 1024; // as the station: no long upload for nothing
const offer = (name, file) => ask(`/api/timetables/${name}/ics`, { method: 'POST', headers: { 'Content-Type': 'text/calendar' }, body: file });

const Names = ({ title, list }) => list.length > 0 && html`<h4>${t(title, { count: list.length })}</h4>
	<ul class="plain-list">${list.map((name) => html`<li key=${name}>${name}</li>`)}</ul>`;

function Read({ read }) {
	const heading = useRef(null);
	useEffect(() => heading.current?.focus(), [read]);
	return html`<section aria-labelledby="ics-read"><h4 id="ics-read" ref=${heading} tabindex="-1">${t('ics.read')}</h4>
		${read.added.length + read.changed.length === 0 && html`<p>${t('ics.nothing')}</p>`}
		<${Names} title="ics.added" list=${read.added} /><${Names} title="ics.changed" list=${read.changed} />
		${read.same > 0 && html`<p>${t('ics.same', { count: read.same })}</p>`}
		${read.left_out.length > 0 && html`<div class="warned"><p><b>${t('ics.left', { count: read.left_out.length })}</b></p>
			<ul>${read.left_out.map((one, i) => html`<li key=${i}>${one.name || t('ics.unnamed')}: ${one.text}</li>`)}</ul></div>`}</section>`;
}

// params: tep (timetable), ngay (day).
export function IcsIn({ params }) {
	const name = params.tep;
	const [read, setRead] = useState(null);
	const [tried, setTried] = useState(null);
	const [saved, setSaved] = useState(null);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const heading = useRef(null);
	const field = useRef(null);
	useEffect(() => heading.current?.focus(), []);
	const look = async (file) => {
		const told = await offer(name, file);
		setRead(told);
		if (told.added.length + told.changed.length > 0)
			setTried(await tryText(name, told.text, told.was));
	};
	const choose = (e) => {
		const [file] = e.target.files;
		setRead(null);
		setTried(null);
		setError(file?.size > BYTES_MAX ? t('ics.large') : '');
		if (!file || file.size > BYTES_MAX)
			return;
		setBusy(true);
		look(file).catch((e2) => setError(e2.message)).finally(() => setBusy(false));
	};
	const drop = () => {
		setRead(null);
		setTried(null);
		field.current.value = '';
		field.current.focus();
	};
	if (saved)
		return html`<${Saved} answer=${saved} back=${{ ngay: params.ngay }} />`;
	return html`<section class="card change" aria-labelledby="change-title">
		<h3 id="change-title" ref=${heading} tabindex="-1">${t('ics.title', { file: name })}</h3>
		<p>${t('ics.why')}</p>
		<label>${t('ics.file')}<input ref=${field} type="file" id="ics-file" accept=".ics,text/calendar" aria-invalid=${error ? 'true' : null}
			aria-describedby=${error ? 'ics-wrong' : null} onChange=${choose} /></label>
		${busy && html`<p class="quiet" role="status">${t('tt.trying')}</p>`}
		${error && html`<p class="failed" role="alert" id="ics-wrong">${error}</p>`}
		${read && html`<${Read} read=${read} />`}
		${tried && !tried.effect && html`<${Faults} list=${tried.faults.filter(isError)} />`}
		${tried?.effect ? html`<${Tried} name=${name} tried=${tried} drop=${drop} done=${setSaved} />`
			: html`<p class="tools"><a class="plain" href=${linkTo('lich-phat', { ngay: params.ngay })}>${t('tt.cancel')}</a></p>`}
	</section>`;
}
