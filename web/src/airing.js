// SPDX-License-Identifier: GPL-3.0-or-later
// One airing, or one that did not take place: planned against actual, its recording to hear, who approved
// it, and where all that stands in the log.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { placeOf } from './day.js';
import { lazy } from './lazy.js';
import { levelsOf, levelWords } from './levels.js';
import { may } from './me.js';
import { languageName, programmeName, useWords } from './names.js';
import { linkTo } from './route.js';
import { t, said, reasonOf, number } from './text.js';
import { dateOf, spanOf } from './time.js';

const FRAMES_PER_S = 48000;

// The arithmetic comes only to who asks for it.
const Check = lazy(() => import('./check.js').then((m) => m.Check));
const Waves = lazy(() => import('./waves.js').then((m) => m.Waves));

const moment = (rfc) => rfc && `${rfc.slice(11, 19)} ${dateOf(rfc)}`;
// Of −0,2 ms a second must not look lost.
const nearest = (rfc) => rfc && moment(new Date(1000 * Math.round(Date.parse(rfc.replace(/(Z|[+-]\d\d:\d\d)$/, 'Z')) / 1000)).toISOString());
const measure = (value, digits, unit) => (typeof value === 'number' ? `${number(value, digits)} ${unit}` : '');
const list = (values) => (values ?? []).join(', ');
const level = (code) => (code && t(`level.${code}`));
const row = (n) => t('airing.row', { n });

// 'user:7' → the person's name where it is known; whoever works at the machine itself has no account.
export function person(who, people) {
	if (!who)
		return '';
	if (people[who])
		return `${people[who]} (${who})`;
	return who.startsWith('uid:') ? t('airing.at.machine', { who }) : who;
}

// The log holds no names: who can write to the list of accounts can call anybody anything.
export const Names = ({ people }) => Object.keys(people ?? {}).length > 0 && html`<p class="quiet names">${t('people.unproven')}</p>`;

// The sign says which way: +0,4 ms is late.
function lateness(line) {
	const ms = line.start_error_ms;
	return typeof ms === 'number' ? `${ms > 0 ? '+' : ''}${number(ms, 1)} ms` : '';
}

// What the clock showed stays where it is; what it should have shown stands below.
const corrected = (rfc) => rfc && t('log.corrected', { at: moment(rfc) });

// How far its times can be believed.
function clock(line) {
	if (line.clock_synced)
		return line.not_before && lines(t('airing.clock.behind', { at: moment(line.not_before) }));
	if (!line.start && !line.not_before)
		return '';
	return lines(t('airing.clock.unsynced'), typeof line.clock_offset_s === 'number'
		&& t('airing.clock.off', { span: number(line.clock_offset_s, 3) }),
		line.not_before && t('airing.clock.bound', { at: moment(line.not_before) }));
}

const lines = (...texts) => texts.filter(Boolean).map((text) => html`<span class="row-part">${text}</span>`);

function compared(line) {
	const heard = line.frames > 0;
	const end = Date.parse(line.planned) + line.planned_length_s * 1000;
	const digits = (ms) => new Date(ms + (Date.parse(`${line.planned.slice(0, 19)}Z`) - Date.parse(line.planned))).toISOString();
	return [
		['start', moment(line.planned), lines(nearest(line.start), corrected(line.corrected_start), lateness(line))],
		['end', moment(digits(end)), lines(nearest(line.end), corrected(line.corrected_end))],
		['length', spanOf(line.planned_length_s), heard && lines(spanOf(line.frames / FRAMES_PER_S),
			t('airing.part', { part: number(100 * line.complete, 1) }))],
	];
}

function Compared({ line }) {
	const none = html`<span class="quiet">–</span>`;
	return html`<table class="compared">
		<caption>${t('airing.plan.was')}</caption>
		<thead><tr><td></td><th scope="col">${t('airing.plan')}</th><th scope="col">${t('airing.was')}</th></tr></thead>
		<tbody>${compared(line).map(([key, plan, was]) => html`<tr key=${key}><th scope="row">${t(`airing.${key}`)}</th>
			<td>${plan}</td><td>${was?.length ? was : none}</td></tr>`)}</tbody>
	</table>`;
}

// What looking for the approved sound gave: in the recording, or at one microphone (`heard`). Rounded down: 0.997
// is not 1.
const found = (check, heard) => t(heard && ['found', 'different'].includes(check.code) ? `airing.heard.${check.code}`
	: `airing.check.${check.code}`, {
	score: number(Math.floor(100 * (check.score ?? 0)) / 100, 2),
	share: number(Math.floor(100 * (check.share ?? 0)), 0),
	offset: number(check.offset_ms ?? 0, 0),
});

// Only what a device took whole is looked for at all. What was found in zones that differ stands beside each of them.
function checks(line) {
	const levels = levelsOf(line);
	if (!line.proof && !levels)
		return [];
	const { recording, microphones } = line.checked ?? {};
	return [
		['recorded', recording ? !levels && found(recording) : t('airing.unchecked')],
		['microphones', microphones ? lines(...microphones.map((m) => `${m.zone} (${m.microphone}): ${found(m, true)}`))
			: line.checked && t('airing.microphone.none')],
	];
}

// Zones that somebody had cut, each with who it was.
function silent(line, people) {
	const cut = (line.detail?.zones ?? []).filter((z) => z.who);
	return cut.length > 0 && lines(...cut.map((z) => `${z.zone}: ${person(z.who, people)}, ${moment(z.at)}`));
}

// What was cut has a level for what of it aired.
const levelOf = (line) => (line.complete < 1 && line.fate !== 'full'
	? t(`airing.proof.part.${line.proof}`, { part: spanOf(line.frames / FRAMES_PER_S), whole: spanOf(line.planned_length_s) })
	: t(`airing.proof.${line.proof}`));

// Where the recording that it rests on is gone, or another, no level stands without these words.
function proof(line) {
	const levels = levelsOf(line);
	if (!line.proof && !levels)
		return line.start && t('airing.proof.none');
	return lines(levels ? t('airing.proof.zones', { levels: levelWords(levels) }) : levelOf(line),
		line.recorded_texts && said(line.recorded_texts));
}

function how(line, people) {
	const heard = line.frames > 0;
	return [
		['zones', list(line.zones)],
		['device', line.device],
		['proof', proof(line)],
		...checks(line),
		['xruns', heard && String(line.xruns ?? 0)],
		['loudness', heard && measure(line.loudness_lufs, 1, 'LUFS')],
		['night', heard && line.night_db < 0 && t('airing.night.lower', { db: number(-line.night_db, 1) })],
		['peak', heard && measure(line.peak_dbtp, 1, 'dBTP')],
		['clock', clock(line)],
		['who', person(line.who, people)],
		['silent', silent(line, people)],
	];
}

// What listening to a zone's own recording gave. Older entries do not tell how far off it was.
function foundIn(line, zone) {
	const its = line.checked?.by_zone?.[zone];
	const told = its && (!['found', 'different'].includes(its.code) || 'parts_all' in its);
	return [told && found(its), measure(its?.loudness_lufs, 1, 'LUFS')];
}

// Zones are judged one by one: a word for all of them would be that of the worst.
function Zones({ line }) {
	const zones = Object.entries(line.by_zone ?? {});
	const head = ['zone', 'proof', 'part', 'xruns'];
	const part = (z) => (typeof z.complete === 'number' ? `${number(Math.floor(1000 * z.complete) / 10, 1)} %` : '?');
	const level = (name, z) => (line.proof_by_zone ? line.proof_by_zone[name] : z.proof);
	return zones.length > 0 && html`<table class="compared zones-each">
		<caption>${t('airing.each')}</caption>
		<thead><tr>${head.map((key) => html`<th key=${key} scope="col">${t(`airing.each.${key}`)}</th>`)}</tr></thead>
		<tbody>${zones.map(([name, z]) => html`<tr key=${name}><th scope="row">${lines(name, z.device ?? t('airing.each.no.device'),
				...foundIn(line, name))}</th>
			<td>${level(name, z) ?? t('airing.each.no.proof')}</td>
			<td>${part(z)}</td><td>${z.xruns ?? '?'}</td></tr>`)}</tbody>
	</table>`;
}

// A voice has no file: where it came from stands in its place.
const LIVE = 'live:';
const source = (line) => (line.file?.startsWith(LIVE) ? ['source', t(`airing.live.${line.file.slice(LIVE.length)}`)]
	: ['file', line.file && html`<code>${line.file}</code>`]);

function thing(line, words, people) {
	return [
		['slot', placeOf(line)],
		['bulletin', line.bulletin && html`<a href=${linkTo('ban-tin', { so: line.bulletin })}>${line.bulletin}</a>`],
		['level', level(line.level)],
		['language', line.language && languageName(words, line.language)],
		['programmes', (line.programmes ?? []).map((code) => programmeName(words, code)).join('; ')],
		['fund', line.fund],
		source(line),
		['speaker', person(line.speaker, people)],
		['sha256', line.sha256 && html`<code>${line.sha256}</code>`],
	];
}

// Where it stands in the log: the promise before the first sample, the outcome after the last.
function entries(line) {
	const first = Number(line.airing.slice(1));
	return [
		['id', line.airing],
		['promised', line.fate !== 'missed' && row(first)],
		['outcome', line.entry !== null && row(line.entry)],
		['checked', line.checked && row(line.checked.entry)],
	];
}

// Which of two priority bulletins went first, and by whose word.
const ordered = (o, people) => o && ['ordered', lines(o.kind === 'order.set' ? person(o.who, people) : t('airing.ordered.nobody'),
	o.kind === 'order.set' && moment(o.at), row(o.entry))];

const decided = ({ decisions, order, people }) => [...decisions.map((d) => [
	d.kind === 'bulletin.approved' ? 'approved' : 'received',
	lines(person(d.who, people), moment(d.at), d.document && t('airing.document', { number: d.document }), row(d.entry)),
]), ordered(order, people)].filter(Boolean);

function Facts({ title, facts }) {
	const known = facts.filter(([, value]) => value);
	return known.length > 0 && html`<h4>${title}</h4>
		<dl class="facts">${known.map(([key, value], i) => html`<div key=${i}>
			<dt>${t(`airing.${key}`)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

// Drawing means decoding at the station: it is done when somebody wants to look. What is made or comes in while it airs (sirens,
// voices, relays) has no bytes that anybody approved.
function Beside({ line }) {
	const [open, setOpen] = useState(false);
	if (!line.sha256)
		return html`<p class="quiet">${t('waves.none')}</p>`;
	return open ? html`<${Waves} line=${line} />`
		: html`<p class="tools"><button type="button" class="plain" id="waves" onClick=${() => setOpen(true)}>${t('waves.show')}</button></p>`;
}

function Recording({ line, recording }) {
	if (!line.start && line.fate !== 'interrupted')
		return null;
	const missing = recording?.parts.filter((p) => !p.there) ?? [];
	const gone = missing.filter((p) => !p.removed);
	const address = `/api/airings/${line.airing}/recording`;
	const files = recording?.parts.map((p) => html`<li key=${p.file}><code>${p.file}</code> ${
		p.entry === null ? t('airing.file.open') : html`${row(p.entry)}, SHA-256 <code>${p.sha256}</code>`}</li>`);
	return html`<h4>${t('airing.hear')}</h4>
		${recording?.parts.filter((p) => p.differs).map((p) => html`<p class="failed" key=${p.file}>${t('airing.hear.differs',
			{ file: p.file })} (${row(p.entry)})</p>`)}
		${!recording ? html`<p class="quiet">${t(line.fate === 'on-air' ? 'airing.hear.later' : 'airing.hear.none')}</p>`
		: missing.length ? html`
			${missing.filter((p) => p.removed).map((p) => html`<p class="quiet" key=${p.file}>${t(`airing.hear.removed.${p.removed.why}`,
				{ file: p.file, day: dateOf(p.removed.at) })} (${row(p.removed.entry)})</p>`)}
			${gone.length > 0 && html`<p class="failed">${t('airing.hear.gone', { files: list(gone.map((p) => p.file)) })}</p>`}`
		: html`<audio controls preload="none" src=${address} aria-label=${t('airing.hear')}></audio>
			${!recording.parts.some((p) => p.differs)
				&& html`<p class="quiet">${t(recording.exact ? 'airing.hear.exact' : 'airing.hear.about')}</p>`}
			<p class="tools"><a class="plain" href=${address} download=${`${line.airing}.mp3`}>${t('airing.hear.save')}</a></p>
			<${Beside} line=${line} key=${line.airing} />`}
		${recording && html`<details><summary>${t('airing.hear.files')}</summary><ul class="files">${files}</ul></details>`}`;
}

export function Airing({ told }) {
	const { airing: line, recording, people } = told;
	const why = [reasonOf(line), said(line.detail_texts, line.detail_text)].filter(Boolean).join('; ');
	return html`<p class=${`fate-${line.fate} airing-fate`}><span class="fate-chip">${t(`fate.${line.fate}`)}</span>
			${why && ` ${why}.`} ${line.cause && html`<span class="cause">${t('airing.cause', { cause: said(line.cause_texts) })}</span>`} ${line.demo && html`<span class="tag">${t('demo')}</span>`}</p>
		<${Compared} line=${line} />
		<${Recording} line=${line} recording=${recording} />
		<${Facts} title=${t('airing.how')} facts=${how(line, people)} />
		<${Zones} line=${line} />
		<${Facts} title=${t('airing.what')} facts=${thing(line, useWords(), people)} />
		<${Facts} title=${t('airing.decided')} facts=${decided(told)} />
		<${Names} people=${people} />
		<${Facts} title=${t('airing.log')} facts=${entries(line)} />
		${line.entry !== null && may('bulletins.all', true) && html`<h4>${t('check')}</h4>
			<${Check} line=${line} decisions=${told.decisions} person=${(who) => person(who, people)}
				key=${line.airing} />`}`;
}
