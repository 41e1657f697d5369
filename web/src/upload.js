// SPDX-License-Identifier: GPL-3.0-or-later
// Gửi bản tin: choose or record a sound file, hear it, give it a title, send it; then see what became of it.
import { useEffect, useReducer, useState } from 'preact/hooks';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { dropFile, keptFile } from './kept.js';
import { Record } from './record.js';
import { job, nameOf, send, subscribe, wake } from './send.js';
import { ACCEPT, Choose, Result, sizeOf, Sure, Under } from './sending.js';
import { t } from './text.js';
import { TITLE_MAX, titleTooLong } from './title.js';

// 'ban_tin-sang.mp3' → 'ban tin sang', a start for the title.
const titleOf = (name) =>
	[...name.replace(/\.[^.]*$/, '').replace(/[_-]+/g, ' ').replace(/\p{C}/gu, '').trim()].slice(0, TITLE_MAX)
		.join('').trim();

function useJob() {
	const redraw = useReducer((n) => n + 1, 0)[1];
	useEffect(() => {
		const leave = subscribe(redraw);
		wake();
		return leave;
	}, []);
	return job;
}

// The chosen file as the browser itself plays it; formats that it does not know stay silent here, the
// station's are more.
function Before({ file }) {
	const [address, setAddress] = useState('');
	useEffect(() => {
		const made = URL.createObjectURL(file);
		setAddress(made);
		return () => URL.revokeObjectURL(made);
	}, [file]);
	return html`<audio controls preload="metadata" src=${address || null} aria-label=${t('upload.hear')}></audio>`;
}

function Title({ title, set, wrong }) {
	const told = titleTooLong(title) || wrong;
	return html`<label>${t('upload.title')}
		<input type="text" id="title" autocomplete="off" value=${title}
			aria-invalid=${!!told} aria-describedby=${told ? 'title-wrong' : null}
			onInput=${(e) => set(e.target.value)} />
		${told && html`<span class="failed" role="alert" id="title-wrong">${told}</span>`}</label>`;
}

function Pick({ file, take, wrong }) {
	return html`<label class="file">
			<span>${file ? `${nameOf(file)} · ${sizeOf(file.size)}` : t('upload.choose')}</span>
			<input type="file" id="file" accept=${ACCEPT} aria-describedby=${wrong ? 'file-wrong' : null}
				onChange=${(e) => take(e.target.files[0] ?? null)} />
		</label>
		${file && html`<${Before} file=${file} />`}
		${wrong && html`<p class="failed" role="alert" id="file-wrong">${wrong}</p>`}`;
}

// What the station or the line said against the last try belongs to the title or to the file.
function wrongs(now) {
	if (now.state !== 'failed')
		return {};
	const text = now.unreadable ? t('upload.unread') : now.text || t('upload.broken');
	return now.field === 'title' ? { title: text } : { file: text };
}

// What was recorded and not sent, now or before the page was closed.
function Take({ forget }) {
	return html`<p class="quiet" role="status">${t('record.kept')}</p>
		<${Sure} id="forget-take" words="record.forget" act=${forget} />`;
}

// A new version of one that is here: it takes that one's place once it is approved.
function Newer({ id, forget }) {
	const { answer } = useAnswer(`/api/bulletins/${id}`);
	const old = answer?.bulletin;
	return html`<div class="warned" role="status"><p>${t('upload.replaces', { id, title: old?.title ?? '' })}
		${old?.state === 'approved' && ` ${t('upload.replaces.until')}`}</p>
		<button type="button" class="plain" onClick=${forget}>${t('upload.replaces.not')}</button></div>`;
}

function Form({ now, chosen, choose, replaces, setReplaces }) {
	const { file, take } = chosen;
	const [title, setTitle] = useState(now.words?.title ?? (file && !take ? titleOf(file.name) : ''));
	const [wrong, setWrong] = useState(() => wrongs(now));
	const [recording, setRecording] = useState(false);

	const pick = (picked) => {
		choose({ file: picked });
		setWrong({});
		if (picked && !title.trim())
			setTitle(titleOf(picked.name));
	};
	const submit = (e) => {
		e.preventDefault();
		const missing = { file: !file ? t('upload.need.file') : file.size === 0 ? t('upload.empty') : '',
			title: title.trim() ? '' : t('upload.need.title') };
		setWrong(missing);
		if (!missing.file && !missing.title && !titleTooLong(title))
			send(file, { title: title.trim().normalize('NFC'), ...(replaces && { replaces }) }, take);
	};
	return html`<form onSubmit=${submit} novalidate>
		${replaces && html`<${Newer} id=${replaces} forget=${() => setReplaces('')} />`}
		${!recording && html`<${Pick} file=${file} take=${pick} wrong=${wrong.file} />`}
		<${Record} again=${take} busy=${setRecording} take=${(made) => {
			setWrong({});
			choose({ file: made, take: true });
		}} />
		${!recording && take && html`<${Take} forget=${() => {
			dropFile('take');
			choose({});
		}} />`}
		${!recording && html`<${Title} title=${title} set=${setTitle} wrong=${wrong.title} />
			<button type="submit" id="send" class="main wide">${t('upload.send')}</button>`}
	</form>`;
}

// The file that is to be sent: { file, take }; a recording of an earlier visit is there again.
function useChosen(now) {
	const [chosen, choose] = useState({});
	useEffect(() => {
		keptFile('take').then((file) => file && choose((old) => (old.file ? old : { file, take: true })));
	}, []);
	useEffect(() => {
		if (now.state === 'done')
			choose({});
	}, [now.state]);
	return [chosen, choose];
}

// '#/gui-ban-tin?thay=B17'. The page stays behind others, which have addresses of their own.
function useReplaces(params, now) {
	const [replaces, setReplaces] = useState(params.thay ?? now.words?.replaces ?? '');
	useEffect(() => {
		if (params.thay)
			setReplaces(params.thay);
	}, [params.thay]);
	useEffect(() => {
		if (now.state === 'done')
			setReplaces('');
	}, [now.state]);
	return [replaces, setReplaces];
}

export function Upload({ params }) {
	const now = useJob();
	const [replaces, setReplaces] = useReplaces(params, now);
	const [chosen, choose] = useChosen(now);
	let part;
	switch (now.state) {
	case 'none': case 'failed':
		part = html`<${Form} now=${now} chosen=${chosen} choose=${choose} replaces=${replaces}
			setReplaces=${setReplaces} />`;
		break;
	case 'elsewhere':
		part = html`<p role="status">${t('upload.elsewhere')}</p>`;
		break;
	case 'choose':
		part = html`<${Choose} job=${now} />`;
		break;
	case 'done':
		part = html`<${Result} job=${now} />`;
		break;
	default:
		part = html`<${Under} job=${now} />`;
	}
	return html`<section class="card send" aria-labelledby="upload-title">
		<h2 id="upload-title">${t('upload')}</h2>
		${part}
	</section>`;
}
