// SPDX-License-Identifier: GPL-3.0-or-later
// One airing, or one that did not take place: every fact that the log has, in words.
import { html } from './html.js';
import { t, said, reasonOf, number } from './text.js';
import { dateOf, spanOf } from './time.js';

const FRAMES_PER_S = 48000;

const moment = (rfc) => rfc && `${rfc.slice(11, 19)} ${dateOf(rfc)}`;
const measure = (value, digits, unit) => (typeof value === 'number' ? `${number(value, digits)} ${unit}` : '');
const list = (values) => (values ?? []).join(', ');
const level = (code) => (code && t(`level.${code}`));

function planned(line) {
	return [
		['planned', moment(line.planned)],
		['length', spanOf(line.length_s)],
		['slot', line.slot || t('manual')],
		['zones', list(line.zones)],
		['who', line.who],
	];
}

function actual(line) {
	const heard = line.frames > 0;
	return [
		['start', moment(line.start)],
		['late', measure(line.start_error_ms, 1, 'ms')],
		['end', moment(line.end)],
		['heard', heard && t('airing.heard.of', { span: spanOf(line.frames / FRAMES_PER_S),
			part: number(100 * line.complete, 1) })],
		['loudness', heard && measure(line.loudness_lufs, 1, 'LUFS')],
		['peak', heard && measure(line.peak_dbtp, 1, 'dBTP')],
		['device', line.device],
		['xruns', heard && String(line.xruns ?? 0)],
		['recording', line.recording && html`<code>${line.recording}</code>`],
		['proof', line.proof ? t('airing.proof.is', { grade: line.proof }) : line.start && t('airing.proof.none')],
	];
}

function thing(line) {
	return [
		['bulletin', line.bulletin],
		['level', level(line.level)],
		['language', line.language],
		['programmes', list(line.programmes)],
		['fund', line.fund],
		['file', line.file && html`<code>${line.file}</code>`],
		['sha256', line.sha256 && html`<code>${line.sha256}</code>`],
		['id', line.airing],
	];
}

function Facts({ title, facts }) {
	const known = facts.filter(([, value]) => value);
	return known.length > 0 && html`<h4>${title}</h4>
		<dl class="facts">${known.map(([key, value]) => html`<div key=${key}>
			<dt>${t(`airing.${key}`)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function Airing({ line }) {
	const why = [reasonOf(line), said(line.detail_texts, line.detail_text)].filter(Boolean).join('; ');
	return html`<p class=${`fate-${line.fate} airing-fate`}><span class="fate-chip">${t(`fate.${line.fate}`)}</span>
			${why && ` ${why}.`} ${line.demo && html`<span class="tag">${t('demo')}</span>`}</p>
		<${Facts} title=${t('airing.plan')} facts=${planned(line)} />
		<${Facts} title=${t('airing.was')} facts=${actual(line)} />
		<${Facts} title=${t('airing.what')} facts=${thing(line)} />`;
}
