// SPDX-License-Identifier: GPL-3.0-or-later
// Changing what is said about a bulletin. The station decides whether that needs approval again; the form says what will
// happen before it does.
import { useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { KINDS, kindOf, LEVELS } from './bulletin.js';
import { useAnswer } from './hooks.js';
import { post } from './station.js';
import { t } from './text.js';
import { dateOf, dayTyped } from './time.js';
import { titleTooLong } from './title.js';

function Pick({ name, value, options }) {
	const all = options.some(([code]) => code === value) ? options : [[value, value], ...options];
	return html`<label>${t(`fact.${name}`)}
		<select name=${name} defaultValue=${value}>${all.map(([code, words]) =>
			html`<option key=${code} value=${code} selected=${code === value}>${words}</option>`)}</select></label>`;
}

// A station that keeps no list takes any code.
function Code({ name, value, options }) {
	return options.length > 0 ? html`<${Pick} name=${name} value=${value} options=${options} />`
		: html`<label>${t(`fact.${name}`)}<input type="text" name=${name} autocomplete="off"
			defaultValue=${value} /></label>`;
}

// options: [[code, words], …]; what is ticked and no longer in the list stays.
function Many({ name, values, options, none }) {
	const codes = options.map(([code]) => code);
	const all = [...options, ...values.filter((v) => !codes.includes(v)).map((v) => [v, v])];
	return all.length > 0 && html`<fieldset><legend>${t(`fact.${name}`)}${none && html` <span class="quiet">(${none})</span>`}</legend>
		<div class="ticks">${all.map(([code, words]) => html`<label class="tick" key=${code}><input type="checkbox" name=${name} value=${code}
			defaultChecked=${values.includes(code)} /> <span>${words}</span></label>`)}</div></fieldset>`;
}

function Day({ name, value, wrong }) {
	return html`<label>${t(`edit.${name}`)}
		<input type="text" name=${name} inputmode="numeric" autocomplete="off" placeholder="dd/mm/yyyy"
			aria-invalid=${wrong} aria-describedby=${wrong ? 'edit-wrong' : null} defaultValue=${value ? dateOf(value) : ''} /></label>`;
}

function read(form) {
	const data = new FormData(form);
	const text = (name) => String(data.get(name) ?? '').trim();
	const day = (name) => (text(name) ? dayTyped(text(name)) || null : '');
	return { title: text('title'), kind: text('kind'), level: text('level'), language: text('language'), fund: text('fund'),
		programmes: data.getAll('programmes').flatMap((p) => p.split(/[\s,;]+/)).filter(Boolean), slots: data.getAll('slots'), from: day('from'), to: day('to') };
}

// done(bulletin): saved; it may be another version.
export function Edit({ bulletin, done, close }) {
	const b = bulletin;
	const { answer: words, error } = useAnswer('/api/words');
	const [order, setOrder] = useState({}); // { busy } | { error }
	const form = useRef(null);
	const go = (e) => {
		e.preventDefault();
		const said = read(form.current);
		if (!said.title)
			setOrder({ error: t('upload.need.title'), field: 'title' });
		else if (titleTooLong(said.title))
			setOrder({ error: titleTooLong(said.title), field: 'title' });
		else if (said.from === null || said.to === null)
			setOrder({ error: t('days.wrong'), field: said.from === null ? 'from' : 'to' });
		else {
			setOrder({ busy: true });
			post(`/api/bulletins/${b.id}/edit`, said).then((answer) => done(answer.bulletin), (e2) => setOrder({ error: e2.message }));
		}
	};
	if (!words)
		return html`<p class="quiet" role="status">${error ?? t('day.loading')}</p>`;
	const pairs = (list) => list.map((w) => [w.code, w.name ?? w.code]);
	const wrong = (name) => order.field === name;
	return html`<form ref=${form} class="ask" onSubmit=${go} novalidate>
		<p>${t(b.state === 'approved' ? 'edit.approved' : b.state === 'refused' || b.state === 'withdrawn' ? 'edit.refused'
			: 'edit.waiting')}</p>
		<label>${t('edit.title')}<input type="text" name="title" autocomplete="off" defaultValue=${b.title}
			aria-invalid=${wrong('title')} aria-describedby=${wrong('title') ? 'edit-wrong' : null} /></label>
		<${Pick} name="kind" value=${b.kind} options=${KINDS.map((k) => [k, kindOf(k)])} />
		<${Pick} name="level" value=${b.level} options=${LEVELS.map((l) => [l, t(`level.${l}`)])} />
		<${Code} name="language" value=${b.language} options=${pairs(words.languages)} />
		<div class="pair"><${Day} name="from" value=${b.from} wrong=${wrong('from')} />
			<${Day} name="to" value=${b.to} wrong=${wrong('to')} /></div>
		<${Many} name="slots" values=${b.slots} options=${words.slots.map((s) => [s, s])} none=${t('edit.slots.any')} />
		<label>${t('fact.fund')}<input type="text" name="fund" maxlength="30" autocomplete="off" defaultValue=${b.fund ?? ''} /></label>
		<details open=${b.programmes.length > 0}><summary>${t('fact.programmes')}</summary>
			${words.programmes.length > 0 ? html`<${Many} name="programmes" values=${b.programmes} options=${pairs(words.programmes)} />`
				: html`<${Code} name="programmes" value=${b.programmes.join(', ')} options=${[]} />`}</details>
		${order.error && html`<p class="failed" role="alert" id="edit-wrong">${order.error}</p>`}
		<div class="tools"><button type="submit" class="main" disabled=${order.busy}>${t('edit.do')}</button>
			<button type="button" class="plain" onClick=${close}>${t('play.no')}</button></div>
	</form>`;
}
