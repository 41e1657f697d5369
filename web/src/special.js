// SPDX-License-Identifier: GPL-3.0-or-later
// Special periods, timetables that stand in for others by a decision (Quốc tang, mùa lũ, Tết): which there are, making
// one, changing it, and ending it before its last day.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Faults, Saved, Tried, isError, tryEdit } from './change.js';
import { today } from './fields.js';
import { useAnswer } from './hooks.js';
import { linkTo } from './route.js';
import { Checks, Wrong, pointer } from './slotparts.js';
import { get } from './station.js';
import { t } from './text.js';
import { addDays, dateOf, dayTyped } from './time.js';

const PATH = 'lich-phat';
const FIELDS = ['timetable', 'valid', 'basis', 'replaces'];

function state(s) {
	if (s.now)
		return 'now';
	return s.to < today() ? 'over' : 'coming';
}

// Those of a list of timetables, with what may be done to them.
export function Specials({ tables, day, may }) {
	const all = tables.filter((one) => one.special).sort((a, b) => b.special.from.localeCompare(a.special.from));
	const link = (one, viec, words) => html`<a class="plain" href=${linkTo(PATH, { ngay: day, tep: one.name, viec })}>${words}
		<span class="unseen"> ${one.title}</span></a>`;
	return html`<p class="quiet">${t('sp.why')}</p>
		${all.map(({ special: s, ...one }) => html`<div class="table-row" key=${one.file}>
			<p><b>${one.title}</b> <span class="tag">${t(one.enabled ? `sp.${state(s)}` : 'sp.off')}</span>
				<span class="row-part">${t(s.all ? 'plan.special.all' : 'plan.special.some', { from: dateOf(s.from), to: dateOf(s.to), list: s.replaces.join(', ') })}
					${' '}${t('plan.special.basis', { basis: s.basis })}${!s.music && ` ${t('plan.special.silent')}`}</span></p>
			${may && one.name && html`<p class="tools">${link(one, 'dac-biet', t(one.enabled ? 'tt.do.set' : 'sp.do.again'))}
				${one.enabled && s.to >= today() && link(one, 'het', t('sp.do.end'))}</p>`}</div>`)}
		${may && html`<p class="tools"><a class="plain" id="sp-new" href=${linkTo(PATH, { ngay: day, tep: 'moi', viec: 'dac-biet-moi' })}>${t('sp.do.new')}</a></p>`}`;
}

// 'Quốc tang' from 24/11/2026 → 'quoc-tang-20261124': the name of its file.
function fileOf(title, from, taken) {
	const plain = title.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replaceAll('đ', 'd');
	const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40);
	const name = `${words || 'lich'}-${(dayTyped(from) || 'moi').replaceAll('-', '')}`;
	let free = name;
	for (let i = 2; taken.includes(free); i++)
		free = `${name}-${i}`;
	return free;
}

const draftOf = (one) => (one ? { title: one.title, from: dateOf(one.special.from), to: dateOf(one.special.to), basis: one.special.basis,
	music: one.special.music, all: one.special.all, tables: one.special.replaces, slots: [] }
	: { title: '', from: dateOf(today()), to: '', basis: '', music: true, all: true, tables: [], slots: [] });

const keysOf = (d) => ({
	timetable: d.title.trim(), basis: d.basis.trim(), valid: { from: dayTyped(d.from) || d.from, to: dayTyped(d.to) || d.to },
	replaces: d.all ? true : d.tables, music: d.music ? null : false,
});

function changed(before, d) {
	const [was, now] = [keysOf(before), keysOf(d)];
	return Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key])));
}

// The slots of the timetables that are replaced, so that some of them go on airing.
function useSlots(tables) {
	const [slots, setSlots] = useState([]);
	const names = tables.map((one) => one.name).join();
	useEffect(() => {
		let wanted = true;
		Promise.all(tables.map((one) => get(`/api/timetables/${one.name}`))).then((all) => wanted && setSlots(all.flatMap((a, i) =>
			a.slots.filter((s) => !s.demo).map((s) => ({ table: tables[i].name, slot: s.name, start: s.start })))), () => {});
		return () => { wanted = false; };
	}, [names]);
	return slots;
}

function Fields({ draft, set, others, wrong, fresh }) {
	const text = (key, label, help, bad) => html`<label>${label}<input type="text" name=${key} value=${draft[key]} autocomplete="off"
		aria-invalid=${bad ? 'true' : null} aria-describedby=${pointer(key, bad)} onInput=${(e) => set({ ...draft, [key]: e.target.value })} />
		${help && html`<span class="quiet">${help}</span>`}<${Wrong} id=${key} words=${bad} /></label>`;
	const slots = useSlots(fresh ? others.filter((one) => draft.all || draft.tables.includes(one.title)) : []);
	const key = (s) => `${s.table}/${s.slot}`;
	const flip = (name) => (e) => set({ ...draft, [name]: e.target.checked });
	return html`${text('title', t('sp.title'), t('sp.title.help'), wrong.timetable)}
		<div class="pair">${text('from', t('sp.from'), '', wrong.valid)}${text('to', t('tt.to'), t('sp.to.help'), wrong.valid)}</div>
		${text('basis', t('sp.basis'), t('sp.basis.help'), wrong.basis)}
		<label class="tick"><input type="checkbox" name="all" checked=${draft.all} onChange=${flip('all')} /> <span>${t('sp.all')}</span></label>
		${!draft.all && html`<${Checks} id="replaces" legend=${t('sp.tables')} all=${others.map((one) => one.title)} chosen=${draft.tables} wrong=${wrong.replaces}
			set=${(tables) => set({ ...draft, tables })} text=${(name) => name} />`}
		<label class="tick"><input type="checkbox" name="music" checked=${draft.music} onChange=${flip('music')} /> <span>${t('sp.music')}</span></label>
		${fresh && slots.length > 0 && html`<${Checks} id="keep" legend=${t('sp.keep')} all=${slots.map(key)} chosen=${draft.slots}
			set=${(chosen) => set({ ...draft, slots: chosen })} text=${(k) => { const s = slots.find((one) => key(one) === k); return `${s.start} ${s.slot}`; }} />
			<p class="quiet">${t('sp.keep.more')}</p>`}`;
}

const slotOf = (k) => ({ table: k.slice(0, k.indexOf('/')), slot: k.slice(k.indexOf('/') + 1) });

function Form({ one, all, done, back }) {
	const others = all.filter((table) => table.name && table.title && !table.special);
	const [before] = useState(() => draftOf(one));
	const [draft, setDraft] = useState(before);
	const [tried, setTried] = useState(null);
	const [wrong, setWrong] = useState({});
	const [rest, setRest] = useState([]);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const element = useRef(null);
	const heading = useRef(null);
	useEffect(() => heading.current?.focus(), []);
	useEffect(() => element.current?.querySelector('[aria-invalid=true]')?.focus(), [wrong]);
	const name = one?.name ?? fileOf(draft.title, draft.from, all.map((table) => table.name));
	const take = (answer) => {
		const faults = answer.effect ? [] : answer.faults.filter(isError);
		const ours = (f) => !f.slot && FIELDS.includes(f.field);
		setWrong(Object.fromEntries(faults.filter(ours).map((f) => [f.field, t(`sp.wrong.${f.field}`)])));
		setRest(faults.filter((f) => !ours(f)));
		setTried(answer.effect ? answer : null);
	};
	const submit = (e) => {
		e.preventDefault();
		const set = one ? { ...changed(before, draft), ...(one.enabled ? {} : { enabled: null }) } : Object.fromEntries(Object.entries(keysOf(draft)).filter(([, v]) => v !== null && v !== ''));
		setError('');
		if (Object.keys(set).length === 0) {
			setError(t('tt.set.none'));
			return;
		}
		setBusy(true);
		tryEdit(name, one ? { op: 'table', set } : { op: 'new', set, slots: draft.slots.map(slotOf) })
			.then(take, (e2) => setError(e2.message)).finally(() => setBusy(false));
	};
	const put = (next) => {
		setDraft(next);
		setTried(null);
	};
	return html`<section class="card change" aria-labelledby="change-title">
		<h3 id="change-title" ref=${heading} tabindex="-1">${one ? t('sp.set.title', { name: one.title }) : t('sp.new.title')}</h3>
		<form ref=${element} onSubmit=${submit} novalidate>
			<${Fields} draft=${draft} set=${put} others=${others} wrong=${wrong} fresh=${!one} />
			${rest.length > 0 && html`<${Faults} list=${rest} />`}
			${!tried && html`<p class="tools"><button type="submit" id="tt-try" class="main" disabled=${busy}>${t(busy ? 'tt.trying' : 'tt.try')}</button>
				<a class="plain" href=${linkTo(PATH, back)}>${t('tt.cancel')}</a></p>`}
		</form>
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${tried && html`<${Tried} name=${name} tried=${tried} drop=${() => setTried(null)} done=${done} />`}
	</section>`;
}

// Yesterday was its last day; one that began today, or has not begun, is switched off.
function End({ one, done, back }) {
	const [tried, setTried] = useState(null);
	const [error, setError] = useState('');
	const heading = useRef(null);
	useEffect(() => {
		heading.current?.focus();
		const set = one.special.from < today() ? { valid: { from: one.special.from, to: addDays(today(), -1) } } : { enabled: false };
		tryEdit(one.name, { op: 'table', set }).then(setTried, (e) => setError(e.message));
	}, []);
	return html`<section class="card change" aria-labelledby="change-title">
		<h3 id="change-title" ref=${heading} tabindex="-1">${t('sp.end.title', { name: one.title })}</h3><p>${t('sp.end.more')}</p>
		${error ? html`<p class="failed" role="alert">${error}</p>` : !tried && html`<p class="quiet" role="status">${t('tt.trying')}</p>`}
		${tried && html`<${Tried} name=${one.name} tried=${tried} drop=${() => { location.hash = linkTo(PATH, back); }} done=${done} />`}
	</section>`;
}

// params: viec (dac-biet-moi, dac-biet, het), tep (timetable), ngay (day).
export function Special({ params }) {
	const { answer, error } = useAnswer('/api/timetables', params.viec);
	const [saved, setSaved] = useState(null);
	const back = { ngay: params.ngay };
	if (saved)
		return html`<${Saved} answer=${saved} back=${back} />`;
	if (!answer)
		return error ? html`<p class="failed" role="alert">${error}</p>` : html`<p class="quiet" role="status">${t('day.loading')}</p>`;
	const one = params.viec === 'dac-biet-moi' ? null : answer.timetables.find((table) => table.name === params.tep && table.special);
	if (one === undefined)
		return html`<p class="failed" role="alert">${t('sp.gone')}</p>`;
	return params.viec === 'het' ? html`<${End} one=${one} done=${setSaved} back=${back} />`
		: html`<${Form} one=${one} all=${answer.timetables} done=${setSaved} back=${back} />`;
}
