// SPDX-License-Identifier: GPL-3.0-or-later
// Sending a sound file with a title. XMLHttpRequest, because fetch does not tell how much has gone.
import { useRef, useState } from 'preact/hooks';
import { Hear } from './hear.js';
import { html } from './html.js';
import { t, number, said } from './text.js';
import { spanOf } from './time.js';

// 'ban_tin-sang.mp3' → 'ban tin sang', a start for the title.
const TITLE_MAX = 120;
const titleOf = (name) =>
	[...name.replace(/\.[^.]*$/, '').replace(/[_-]+/g, ' ').trim()].slice(0, TITLE_MAX).join('').trim();

// Marks for writing from the right in a title must not turn the sentence around it (U+2068, U+2069).
const alone = (text) => `\u2068${text}\u2069`;

// The last whole line of an answer that is still growing; {} if there is none.
function lastLine(text) {
	const lines = text.split('\n').slice(0, -1);
	try {
		return JSON.parse(lines[lines.length - 1] ?? '{}');
	} catch {
		return {};
	}
}

function answer(request) {
	try {
		return request.status === 200 ? lastLine(request.responseText) : JSON.parse(request.responseText);
	} catch {
		return {};
	}
}

// Sends; tell({stage, part}) now and then; resolves to the bulletin.
function send(file, title, tell) {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		const query = new URLSearchParams({ title, name: file.name });
		request.open('POST', `/api/bulletins?${query}`);
		request.setRequestHeader('Accept', 'application/x-ndjson');
		request.setRequestHeader('Content-Type', 'application/octet-stream');
		request.upload.onprogress = (e) => tell({ stage: 'sending', part: e.loaded / e.total });
		request.upload.onload = () => tell({ stage: 'checking', part: null });
		request.onprogress = () => {
			const { progress } = request.status === 200 ? lastLine(request.responseText) : {};
			if (typeof progress === 'number')
				tell({ stage: 'checking', part: progress >= 0 ? progress : null });
		};
		request.onload = () => {
			const { bulletin, error } = answer(request);
			if (bulletin)
				resolve(bulletin);
			else
				reject(new Error(error?.text ?? t('upload.broken')));
		};
		request.onerror = () => reject(new Error(t('upload.broken')));
		request.send(file);
	});
}

function Result({ bulletin }) {
	return html`<div class="result" role="status">
		<p><b>${t('upload.done', { title: alone(bulletin.title) })}</b></p>
		<p>${t('upload.facts', {
			length: spanOf(bulletin.length_s), loudness: number(bulletin.loudness_lufs, 1),
			id: bulletin.id,
		})}</p>
		<p>${bulletin.state === 'received' ? t('upload.waits') : ''}</p>
	</div>
	${bulletin.findings?.length > 0 && html`<div class="warned" role="status"><b>${t('upload.look')}</b>
		<ul>${bulletin.findings.map((f) => html`<li key=${f.code}>${said(f.texts, f.code)}</li>`)}</ul></div>`}
	<${Hear} bulletin=${bulletin} />`;
}

export function Upload() {
	const [title, setTitle] = useState('');
	const [file, setFile] = useState(null);
	const [under, setUnder] = useState(null);
	const [done, setDone] = useState(null);
	const [error, setError] = useState('');
	const form = useRef(null);

	const choose = (e) => {
		const chosen = e.target.files[0] ?? null;
		setFile(chosen);
		setDone(null);
		if (chosen && !title.trim())
			setTitle(titleOf(chosen.name));
	};
	const submit = (e) => {
		e.preventDefault();
		if (!file || !title.trim()) {
			setError(t(file ? 'upload.need.title' : 'upload.need.file'));
			return;
		}
		setError('');
		setDone(null);
		setUnder({ stage: 'sending', part: 0 });
		send(file, title.trim(), setUnder).then((bulletin) => {
			setDone(bulletin);
			setFile(null);
			setTitle('');
			form.current.reset();
		}, (e2) => setError(e2.message)).finally(() => setUnder(null));
	};
	return html`<section class="card send" aria-labelledby="upload-title">
		<h2 id="upload-title">${t('upload')}</h2>
		<form ref=${form} onSubmit=${submit} novalidate>
			<label class="file">
				<span>${file ? file.name : t('upload.choose')}</span>
				<input type="file" id="file" accept="audio/*,video/mp4,.amr,.3gp,.wma"
					disabled=${!!under} onChange=${choose} />
			</label>
			<label>${t('upload.title')}
				<input type="text" id="title" maxlength=${TITLE_MAX} autocomplete="off"
					disabled=${!!under} value=${title} onInput=${(e) => setTitle(e.target.value)} />
			</label>
			<button type="submit" id="send" class="main wide" disabled=${!!under}>
				${t('upload.send')}</button>
		</form>
		${under && html`<div class="under" role="status">
			<p>${t(`upload.${under.stage}`)}
				${under.part === null ? '' : ` ${Math.round(under.part * 100)} %`}</p>
			<progress max="1" value=${under.part} aria-label=${t(`upload.${under.stage}`)}></progress>
		</div>`}
		${error && html`<p class="failed" role="alert">${error}</p>`}
		${done && html`<${Result} bulletin=${done} />`}
	</section>`;
}
