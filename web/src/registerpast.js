// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a register: what it is, and all that was ever written of it, each version with the proof of its entry in the log.
import { useState } from 'preact/hooks';
import { person } from './bulletin.js';
import { keyFor } from './check.js';
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { PATH, Told, changes, tell, titleOf } from './registertold.js';
import { linkTo } from './route.js';
import { keep } from './savefile.js';
import { getFile } from './station.js';
import { t } from './text.js';
import { clockOf, dateOf } from './time.js';
import { verify } from './verify.js';

// The entry by its proof, worked out in this browser, held against what the page shows of it.
async function prove(file, shape, version) {
	const proof = await file.text();
	const shown = { n: version.n, register: shape.name, who: version.who, [`rows.${version.row}`]: version.fields };
	return verify({ proof, vkey: await keyFor(proof), airing: '', kind: 'register.written', shown });
}

function Proof({ shape, version }) {
	const [said, setSaid] = useState(null);
	const path = `/api/registers/${shape.name}/proof?row=${version.row}&n=${version.n}`;
	const run = (what) => () => getFile(path).then(what).catch((e) => setSaid({ good: false, words: e.message }));
	const check = run(async (file) => {
		const { good } = await prove(file, shape, version);
		setSaid({ good, words: t(good ? 'reg.proof.good' : 'reg.proof.bad', { n: version.n }) });
	});
	const save = run((file) => keep(file, `${version.row}-${version.n}.tlog-proof`));
	return html`<p class="tools"><button type="button" class="plain" data-check=${version.n} onClick=${check}>${t('reg.proof.check')}<span class="unseen"> ${version.n}</span></button>
		<button type="button" class="plain" data-save=${version.n} onClick=${save}>${t('reg.proof.save')}<span class="unseen"> ${version.n}</span></button></p>
		${said && html`<p class=${said.good ? 'result' : 'failed'} role="status">${said.words}</p>`}`;
}

function Version({ shape, version, before, all, people }) {
	const words = { ...all, people };
	return html`<li class="reg-version"><b>${clockOf(version.at)} ${dateOf(version.at)}</b> ${person(version.who, people[version.who])}
		<span class="row-part quiet">${[t('reg.entry', { n: version.n }), version.source && t('reg.source', { source: version.source }),
			version.why && t('reg.why', { why: version.why })].filter(Boolean).join(' · ')}</span>
		${version.fields === null ? html`<span class="row-part failed">${t('reg.struck')}</span>`
			: changes(shape, before?.fields, version.fields).map((c) => html`<span class="row-part" key=${c.field.key}>${c.field.label}:${' '}
				${before?.fields && html`<s>${tell(c.field, c.was, words) || '–'}</s> → `}${tell(c.field, c.is, words) || '–'}</span>`)}
		<${Proof} shape=${shape} version=${version} /></li>`;
}

export function Past({ shape, id, all }) {
	const { answer, error } = useAnswer(`/api/registers/${shape.name}?row=${id}`);
	if (!answer)
		return html`<p class=${error ? 'failed' : 'quiet'} role="status">${error ?? t('page.loading')}</p>`;
	const { history, people } = answer;
	const now = history[0].fields;
	return html`<p class="tools"><a class="plain" href=${linkTo(PATH, { so: shape.name })}>‹ ${shape.label}</a></p>
		<section class="card"><h3>${id} ${titleOf(shape, now, { ...all, people })}</h3>
			${now === null ? html`<p class="failed">${t('reg.struck')}</p>`
			: html`<dl class="reg-values">${shape.fields.filter((f) => now[f.key] !== undefined).map((f) => html`<div key=${f.key}>
				<dt>${f.label}</dt><dd><${Told} field=${f} value=${now[f.key]} all=${all} people=${people} /></dd></div>`)}</dl>`}</section>
		<section class="card"><h3>${t('reg.past')}</h3><ol class="plain-list">${history.map((v, i) => html`<${Version} key=${v.n} shape=${shape}
			version=${v} before=${history[i + 1]} all=${all} people=${people} />`)}</ol></section>`;
}
