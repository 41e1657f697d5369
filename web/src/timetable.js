// SPDX-License-Identifier: GPL-3.0-or-later
// Changing the timetable: a slot is skipped once, paused, changed, added or taken out; each shows what it does
// to the next seven days before it is saved.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Saved, Tried, tryEdit } from './change.js';
import { dayText } from './fields.js';
import { useAnswer } from './hooks.js';
import { linkTo } from './route.js';
import { Others, faultsOf } from './slotfaults.js';
import { SlotFields, changesOf, draftOf } from './slotform.js';
import { t } from './text.js';
import { dateOf, dayTyped } from './time.js';
import { YamlText } from './yamltext.js';

function Field({ name, label, value = '', help = '', ...more }) {
	return html`<label>${label}<input type="text" name=${name} defaultValue=${value} autocomplete="off" ...${more} />
		${help && html`<span class="quiet">${help}</span>`}</label>`;
}

const Reason = () => html`<${Field} name="reason" label=${t('tt.reason')} maxlength="120" />`;

// Forms by what is to be done: what they ask, and the edit they make, or a sentence of what is missing.
const FORMS = {
	bo: {
		title: (p) => t('tt.skip.title', { slot: p.khung, day: dayText(p.ngay) }),
		fields: () => html`<${Reason} />`,
		edit: (p, f) => ({ op: 'skip', slot: p.khung, date: p.ngay, reason: f.reason.value.trim() }),
	},
	nghi: {
		title: (p) => t('tt.pause.title', { slot: p.khung }),
		fields: ({ params: p }) => html`<${Field} name="from" label=${t('tt.from')} value=${dateOf(p.ngay)} inputmode="numeric" />
			<${Field} name="to" label=${t('tt.to')} help=${t('tt.to.help')} inputmode="numeric" /><${Reason} />`,
		edit: (p, f) => {
			const [from, to] = [dayTyped(f.from.value), dayTyped(f.to.value)];
			if (!from || (f.to.value.trim() && !to))
				return t('days.wrong');
			return { op: 'pause', slot: p.khung, from, ...(to ? { to } : {}), reason: f.reason.value.trim() };
		},
	},
	lai: {
		title: (p) => t('tt.back.title', { slot: p.khung }),
		fields: () => '',
		edit: (p) => ({ op: 'back', slot: p.khung, from: p.tu }),
	},
	xoa: {
		title: (p) => t('tt.delete.title', { slot: p.khung }),
		fields: () => html`<p>${t('tt.delete.more')}</p>`,
		edit: (p) => ({ op: 'delete', slot: p.khung }),
	},
	sua: {
		title: (p) => t('tt.set.title', { slot: p.khung }),
		fields: ({ params: p, slot, draft, setDraft, wrong }) => html`<${SlotFields} table=${p.tep} slot=${slot} draft=${draft} set=${setDraft} wrong=${wrong} />`,
		edit: (p, f, slot, draft) => {
			const set = changesOf(slot, draft);
			return Object.keys(set).length ? { op: 'set', slot: p.khung, set } : t('tt.set.none');
		},
	},
	them: {
		title: () => t('tt.add.title'),
		fields: ({ params: p, draft, setDraft, wrong }) => html`<${SlotFields} table=${p.tep} draft=${draft} set=${setDraft} wrong=${wrong} />`,
		edit: (p, f, slot, draft) => (draft.name.trim() ? { op: 'add', slot: { ...changesOf(null, draft) } } : t('tt.need.name')),
	},
};

function Form({ params, slot, name, done }) {
	const form = FORMS[params.viec];
	const [draft, setDraft] = useState(() => draftOf(slot));
	const [tried, setTried] = useState(null);
	const [faults, setFaults] = useState(null);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const element = useRef(null);
	const heading = useRef(null);
	useEffect(() => heading.current?.focus(), []);
	useEffect(() => element.current?.querySelector('[aria-invalid=true]')?.focus(), [faults]);
	const take = (answer) => {
		const found = faultsOf(slot?.name ?? draft.name.trim(), draft, answer.faults);
		setFaults(answer.effect ? null : found);
		setTried(answer.effect ? answer : null);
	};
	const submit = (e) => {
		e.preventDefault();
		const edit = form.edit(params, element.current.elements, slot, draft);
		setTried(null);
		setFaults(null);
		if (typeof edit === 'string') {
			setError(edit);
			return;
		}
		setBusy(true);
		setError('');
		tryEdit(name, edit).then(take, (e2) => setError(e2.message)).finally(() => setBusy(false));
	};
	return html`<section class="card change" aria-labelledby="change-title">
		<h3 id="change-title" ref=${heading} tabindex="-1">${form.title(params)}</h3>
		<form ref=${element} onSubmit=${submit} onInput=${() => tried && setTried(null)} novalidate>
			<${form.fields} params=${params} slot=${slot} draft=${draft} setDraft=${setDraft} wrong=${faults?.fields} />
			${faults && html`<${Others} list=${faults.others} params=${params} />`}
			${!tried && html`<p class="tools"><button type="submit" id="tt-try" class="main" disabled=${busy}>${t(busy ? 'tt.trying' : 'tt.try')}</button>
				<button type="button" class="plain" onClick=${() => history.back()}>${t('tt.cancel')}</button></p>`}
		</form>
		${params.viec === 'sua' && !tried && html`<p><a href=${linkTo('lich-phat', { ...params, viec: 'xoa' })}>${t('tt.do.delete')}</a></p>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${tried && html`<${Tried} name=${name} tried=${tried} drop=${() => setTried(null)} done=${done} />`}
	</section>`;
}

// params: tep (timetable), viec (what to do), khung (slot), ngay (day), tu (first day off).
export function Change({ params }) {
	const { answer, error } = useAnswer(`/api/timetables/${params.tep}`, params.viec);
	const [saved, setSaved] = useState(null);
	if (saved)
		return html`<${Saved} answer=${saved} back=${{ ngay: params.ngay }} />`;
	if (!answer)
		return error ? html`<p class="failed" role="alert">${error}</p>` : html`<p class="quiet" role="status">${t('day.loading')}</p>`;
	if (params.viec === 'van-ban')
		return html`<${YamlText} table=${answer} done=${setSaved} />`;
	const slot = answer.slots.find((s) => s.name === params.khung);
	if (!slot && params.viec !== 'them')
		return html`<p class="failed" role="alert">${t('tt.gone', { slot: params.khung })}</p>`;
	return html`<${Form} key=${`${params.viec} ${params.khung}`} params=${params} slot=${slot} name=${params.tep} done=${setSaved} />`;
}
