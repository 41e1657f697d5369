// SPDX-License-Identifier: GPL-3.0-or-later
// The file under way, as its sender sees it, and what became of it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Facts, Outlook } from './bulletin.js';
import { Edit } from './edit.js';
import { FreeSlots } from './free.js';
import { Hear } from './hear.js';
import { html } from './html.js';
import { may } from './me.js';
import { linkTo } from './route.js';
import { amend, giveUp, next, sendAgain } from './send.js';
import { t, number, said } from './text.js';
import { spanOf } from './time.js';

export const ACCEPT = 'audio/*,video/mp4,.amr,.3gp,.wma';

// Marks for writing from the right in a title must not turn the sentence around it (U+2068, U+2069).
const alone = (text) => `\u2068${text}\u2069`;

export const sizeOf = (bytes) => (bytes < 1e5 ? `${Math.ceil(bytes / 1000)} kB` : `${number(bytes / 1e6, 1)} MB`);

// Never 100 before it is true.
const percent = (part) => Math.floor((part ?? 0) * 100);

function sentence(job) {
	const part = percent(job.part);
	switch (job.state) {
	case 'reading': return t('upload.reading', { part });
	case 'sending': return t('upload.sending', { part });
	case 'cut': return job.foreign ? t('upload.foreign') : job.text ? t('upload.held', { part, text: job.text }) : t('upload.cut', { part });
	default: return job.text ? t('upload.waiting', { text: job.text })
		: t('upload.checking') + (job.part === null ? '' : ` ${part} %`);
	}
}

// Something that cannot be taken back: asks first. words: 'upload.giveup' and the like, with .sure, .yes, .no.
export function Sure({ id, words, act }) {
	const [asking, setAsking] = useState(false);
	if (!asking)
		return html`<button type="button" class="plain" id=${id} onClick=${() => setAsking(true)}>${t(words)}</button>`;
	return html`<div class="ask" role="group" aria-labelledby=${`${id}-sure`}>
		<p id=${`${id}-sure`}>${t(`${words}.sure`)}</p>
		<div class="tools"><button type="button" class="main" id=${`${id}-yes`} onClick=${act}>
				${t(`${words}.yes`)}</button>
			<button type="button" class="plain" onClick=${() => setAsking(false)}>${t(`${words}.no`)}</button></div>
	</div>`;
}

const GiveUp = () => html`<${Sure} id="give-up" words="upload.giveup" act=${giveUp} />`;

export function Under({ job }) {
	const text = sentence(job);
	const away = job.state === 'station';
	return html`<p class="line-title"><b>${alone(job.note.words.title)}</b></p>
		<p class="quiet">${job.note.name} · ${sizeOf(job.note.size)}</p>
		<div class=${`under ${job.state === 'cut' ? 'warned' : ''}`}>
			<p role="status">${text}</p>
			<progress max="1" value=${job.part} aria-label=${t('upload.progress')}></progress>
		</div>
		<p class="quiet">${t(away || job.kept ? 'upload.leave' : 'upload.stay')}</p>
		${!away && html`<${GiveUp} />`}`;
}

// The browser could not keep the file over a reload: only the person can give it again.
export function Choose({ job }) {
	const words = { title: alone(job.note.words.title), name: alone(job.note.name), size: sizeOf(job.note.size),
		part: percent(job.part) };
	const choose = (e) => e.target.files[0] && sendAgain(e.target.files[0]);
	return html`<p>${t(job.unreadable ? 'upload.unread.again' : 'upload.again', words)}</p>
		<label class="file"><span>${t('upload.again.choose', words)}</span>
			<input type="file" id="file-again" accept=${ACCEPT} onChange=${choose} /></label>
		${job.wrong && html`<p class="failed" role="alert">${t('upload.wrong', words)}</p>`}
		<${GiveUp} />`;
}

function Findings({ findings }) {
	return html`<div class="warned" role="status"><b>${t('upload.look')}</b>
		<ul>${findings.map((f) => html`<li key=${f.code}>${said(f.texts, f.code)}</li>`)}</ul></div>`;
}

function facts(b) {
	return t('upload.facts', { length: spanOf(b.length_s), loudness: number(b.loudness_lufs, 1), id: b.id });
}

const HEARD = ['sender', 'received', 'length', 'loudness']; // said above, or known to who has just sent it

function Saved() {
	const words = useRef(null);
	useEffect(() => words.current.focus(), []);
	return html`<p ref=${words} tabindex="-1" class="result saved">${t('upload.saved')}</p>`;
}

// What is said about it, to be put right before anybody approves it, and when it is to air: one at a time, because
// both change the same words.
function Words({ bulletin }) {
	const [part, setPart] = useState(''); // '' | 'edit' | 'saved'
	const done = (now) => {
		amend(now);
		setPart('saved');
	};
	return html`<section aria-labelledby="upload-words"><h3 id="upload-words">${t('upload.words')}</h3>
		${part === 'edit' ? html`<${Edit} bulletin=${bulletin} done=${done} close=${() => setPart('')} />`
			: html`${part === 'saved' && html`<${Saved} />`}
				<${Facts} bulletin=${bulletin} without=${HEARD} />
				<p><button type="button" class="plain" id="words" onClick=${() => setPart('edit')}>${t('edit')}</button></p>
				<${FreeSlots} bulletin=${bulletin} done=${amend} />`}
		<${Outlook} bulletin=${bulletin} /></section>`;
}

export function Result({ job }) {
	const b = job.bulletin;
	const title = alone(b?.title ?? job.title);
	return html`<div class="result" role="status">
			<p><b>${t(b ? 'upload.done' : 'upload.taken', { title })}</b></p>
			${b && html`<p>${facts(b)}</p>`}
			${b?.state === 'received' && html`<p>${t('upload.waits')}</p>`}
		</div>
		${b?.findings?.length > 0 && html`<${Findings} findings=${b.findings} />`}
		${b && html`<${Hear} bulletin=${b} />`}
		${b?.state === 'received' && may('bulletin.edit') && html`<${Words} bulletin=${b} />`}
		<p><a class="plain" href=${linkTo('ban-tin', b ? { so: b.id } : {})}>${t('upload.see')}</a></p>
		<button type="button" class="plain wide" id="another" onClick=${next}>${t('upload.another')}</button>`;
}
