// SPDX-License-Identifier: GPL-3.0-or-later
// Tomorrow, looked through the evening before or when somebody asks: what is to be mended, and every start.
import { useState } from 'preact/hooks';
import { dayText } from './fields.js';
import { useAnswer } from './hooks.js';
import { html } from './html.js';
import { may } from './me.js';
import { post, state } from './station.js';
import { t, said } from './text.js';
import { clockOf } from './time.js';

const ORDER = ['error', 'warn', 'info'];

function Found({ last }) {
	const list = [...last.findings].sort((a, b) => ORDER.indexOf(a.grade) - ORDER.indexOf(b.grade));
	const more = last.count - list.length;
	return html`<p class=${list.length ? 'trouble' : 'quiet'}><b>${dayText(last.date)}</b>: ${list.length
			? t('pre.count', { count: last.count }) : t('pre.good')} <span class="quiet">${t('pre.at', { at: clockOf(last.at) })}</span></p>
		${list.length > 0 && html`<ul class="troubles">${list.map((f, i) => html`<li key=${i}>${said(f.texts, f.code)}</li>`)}
			${more > 0 && html`<li>${t('pre.more', { count: more })}</li>`}</ul>`}
		<details><summary>${t('pre.starts', { count: last.start_count })}</summary>
			<ol class="plan-items">${last.starts.map((s, i) => html`<li key=${i}><span class="line-clock">${s.slice(0, 5)}</span>
				<span>${s.slice(6)}</span></li>`)}</ol></details>`;
}

export function Preflight() {
	const [refused, setRefused] = useState('');
	const { answer, error } = useAnswer('/api/preflight', state.day);
	if (!answer)
		return error ? html`<p class="failed" role="alert">${error}</p>` : null;
	const run = () => post('/api/preflight').then(() => setRefused(''), (e) => setRefused(e.message));
	return html`<section class="card"><h3>${t('pre.title')}</h3>
		<div role="status">${answer.running && html`<p>${t('pre.running')}</p>`}
			${answer.fault && html`<p class="failed">${t('pre.fault', { why: answer.fault })}</p>`}
			${refused && html`<p class="failed">${refused}</p>`}
			${answer.last ? html`<${Found} last=${answer.last} />` : !answer.running && html`<p class="quiet">${t('pre.none')}</p>`}</div>
		${may('preflight.run') && !answer.running && html`<p class="tools"><button type="button" class="plain" onClick=${run}>
			${t('pre.run')}</button></p>`}
	</section>`;
}
