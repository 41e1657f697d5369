// SPDX-License-Identifier: GPL-3.0-or-later
// Thời hạn: what is to be handed in and when, what was, and those of one's own; and, on the first screen, what is near.
import { useRef, useState } from 'preact/hooks';
import { person } from './bulletin.js';
import { today } from './fields.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { may } from './me.js';
import { NeedAccount } from './needaccount.js';
import { linkTo } from './route.js';
import { post } from './station.js';
import { t } from './text.js';
import { dateOf, dayTyped } from './time.js';

const keyOf = (d) => `${d.code}@${d.due}`;

function leftOf(d) {
	if (d.state === 'handed-in')
		return t(d.late_by > 0 ? 'due.handed.late' : 'due.handed', { document: d.document, date: dateOf(d.on), days: d.late_by });
	if (d.state === 'before')
		return t('due.before');
	if (d.left < 0)
		return t('due.late', { days: -d.left });
	return d.left === 0 ? t('due.today') : t('due.left', { days: d.left });
}

export const Field = ({ id, name, label, wrong, value }) => html`<label>${label}
	<input type="text" id=${id} name=${name} autocomplete="off" aria-invalid=${wrong ? 'true' : null} defaultValue=${value ?? ''} /></label>`;

// Sends what a form has; errors stand under it.
export function Sending({ path, read, done, close, button, children }) {
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef(null);
	const submit = (e) => {
		e.preventDefault();
		const { body, wrong } = read(form.current.elements);
		setError(wrong ?? '');
		if (wrong)
			return;
		setBusy(true);
		post(path, body).then(done, (failed) => setError(failed.message)).finally(() => setBusy(false));
	};
	return html`<form ref=${form} class="narrow" onSubmit=${submit} novalidate>${children}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		<p class="tools"><button type="submit" class="main" disabled=${busy}>${button}</button>
			<button type="button" class="plain" onClick=${close}>${t('tt.cancel')}</button></p></form>`;
}

function Done({ d, done, close }) {
	const read = (fields) => {
		const on = dayTyped(fields.on.value);
		const document = fields.document.value.trim();
		return !on || !document ? { wrong: t('due.need') } : { body: { deadline: d.code, due: d.due, document, on } };
	};
	return html`<${Sending} path="/api/deadlines/done" read=${read} done=${done} close=${close} button=${t('due.mark')}>
		<${Field} id="due-document" name="document" label=${t('due.document')} />
		<${Field} id="due-on" name="on" label=${t('due.on')} value=${dateOf(today())} /><//>`;
}

function Undone({ d, done, close }) {
	const read = (fields) => {
		const reason = fields.reason.value.trim();
		return reason ? { body: { deadline: d.code, due: d.due, reason } } : { wrong: t('due.reason.need') };
	};
	return html`<${Sending} path="/api/deadlines/undone" read=${read} done=${done} close=${close} button=${t('due.unmark')}>
		<${Field} id="due-reason" name="reason" label=${t('due.reason')} /><//>`;
}

function One({ d, people, open, setOpen, done }) {
	const [form, words] = d.state === 'handed-in' ? [Undone, 'due.unmark'] : [Done, 'due.mark'];
	const period = d.period && t('due.period', { from: dateOf(d.period.first), to: dateOf(d.period.last) });
	return html`<div class="table-row due"><p><b>${dateOf(d.due)}</b>${' '}
		<span class=${`tag ${d.near ? 'tag-urgent' : ''}`}>${leftOf(d)}</span>${' '}${d.what}
		<span class="row-part">${[period, d.who && t('due.who', { who: d.who }), d.to && t('due.to', { to: d.to }),
			d.source && t('due.source', { source: d.source }), d.by && t('due.by', { who: person(d.by, people[d.by]) ?? d.by })].filter(Boolean).join(' · ')}</span></p>
		${open && html`<${form} d=${d} done=${done} close=${() => setOpen('')} />`}
		${!open && d.state !== 'before' && may(d.state === 'handed-in' ? 'deadline.undone' : 'deadline.done') && html`<p class="tools"><button
			type="button" class="plain" onClick=${() => setOpen(keyOf(d))}>${t(words)}<span class="unseen"> ${d.what}</span></button></p>`}</div>`;
}

function Add({ done, close }) {
	const read = (fields) => {
		const [what, who, to] = ['what', 'who', 'to'].map((name) => fields[name].value.trim());
		const due = dayTyped(fields.due.value);
		const body = { what, due, ...(who && { who }), ...(to && { to }), ...(fields.every.checked && { every: 'year' }) };
		return what && due ? { body } : { wrong: t('due.add.need') };
	};
	return html`<${Sending} path="/api/deadlines" read=${read} done=${done} close=${close} button=${t('due.add')}>
		<${Field} id="due-what" name="what" label=${t('due.what')} />
		<${Field} id="due-day" name="due" label=${t('due.day')} />
		<${Field} id="due-who" name="who" label=${t('due.who.label')} />
		<${Field} id="due-to" name="to" label=${t('due.to.label')} />
		<label class="tick"><input type="checkbox" name="every" />${t('due.every')}</label><//>`;
}

const Group = ({ title, list, row }) => list.length > 0 && html`<section class="card"><h3>${title}</h3>${list.map(row)}</section>`;

function All({ answer, again }) {
	const [open, setOpen] = useState('');
	const done = () => {
		setOpen('');
		again();
	};
	const row = (d) => html`<${One} key=${keyOf(d)} d=${d} people=${answer.people} open=${open === keyOf(d)} setOpen=${setOpen} done=${done} />`;
	const coming = answer.deadlines.filter((d) => ['open', 'late'].includes(d.state));
	const over = answer.deadlines.filter((d) => !coming.includes(d)).reverse();
	return html`${answer.faults.map((f) => html`<p class="failed" key=${f.line}>${f.file}:${f.line}: ${f.text}</p>`)}
		${!coming.length && html`<p class="quiet">${t('due.none')}</p>`}
		<${Group} title=${t('due.coming')} list=${coming} row=${row} />
		<${Group} title=${t('due.always')} list=${answer.always} row=${(d) => html`<div class="table-row" key=${d.code}><p>${d.what}${' '}
			<span class="tag">${t(`due.${d.when}`)}</span><span class="row-part">${[d.who && t('due.who', { who: d.who }),
				d.to && t('due.to', { to: d.to })].filter(Boolean).join(' · ')}</span></p></div>`} />
		<${Group} title=${t('due.over')} list=${over} row=${row} />
		${!may('deadline.add') && html`<${NeedAccount} />`}
		${may('deadline.add') && (open === '+' ? html`<section class="card"><h3>${t('due.add.title')}</h3>
			<${Add} done=${done} close=${() => setOpen('')} /></section>`
		: html`<p class="tools"><button type="button" id="due-add" class="plain" onClick=${() => setOpen('+')}>${t('due.add.title')}</button></p>`)}`;
}

export function Deadlines() {
	const [again, setAgain] = useState(0);
	const { answer, error } = useAnswer('/api/deadlines', again);
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	return html`<${All} answer=${answer} again=${() => setAgain((n) => n + 1)} />`;
}

// On the first screen: nothing unless something is near or late.
export function Near() {
	const { answer } = useAnswer('/api/deadlines', today());
	const near = answer?.deadlines.filter((d) => d.near) ?? [];
	if (!near.length)
		return null;
	return html`<a class="plain wide waits-here" id="due-near" href=${linkTo('thoi-han')}>
		${near.slice(0, 3).map((d) => html`<span class="row-part" key=${keyOf(d)}>${d.what}: ${leftOf(d)} (${dateOf(d.due)})</span>`)}
		${near.length > 3 && html`<span class="row-part">${t('due.more', { count: near.length - 3 })}</span>`}</a>`;
}
