// SPDX-License-Identifier: GPL-3.0-or-later
// One bulletin as several pages show it: its facts, what its sender was told, when it would air.
import { html } from './html.js';
import { dayText } from './fields.js';
import { useAnswer } from './hooks.js';
import { languageName, programmeName, useWords } from './names.js';
import { linkTo } from './route.js';
import { t, said, number } from './text.js';
import { clockOf, dateOf, spanOf } from './time.js';

// A person's name where it is known; whoever works at the machine itself has no account.
export const person = (who, name) => name ?? (who?.startsWith('uid:') ? t('who.machine') : who);

export const moment = (rfc) => `${clockOf(rfc)} ${dateOf(rfc)}`;

export function validity(b) {
	if (b.from && b.from === b.to)
		return t('library.day', { day: dateOf(b.from) });
	if (b.from && b.to)
		return t('library.between', { from: dateOf(b.from), to: dateOf(b.to) });
	return b.from ? t('library.from', { from: dateOf(b.from) }) : b.to ? t('library.to', { to: dateOf(b.to) }) : '';
}

export const linkOf = (id) => html`<a href=${linkTo('ban-tin', { so: id })}>${id}</a>`;

export const KINDS = ['ban-tin', 'thong-bao'];
export const LEVELS = ['thong-thuong', 'uu-tien', 'khan-cap'];
export const kindOf = (code) => (KINDS.includes(code) ? t(`kind.${code}`) : code);

function facts(b, words) {
	return [
		['sender', person(b.sender, b.sender_name)],
		['received', moment(b.received)],
		['length', spanOf(b.length_s)],
		['loudness', typeof b.loudness_lufs === 'number' && `${number(b.loudness_lufs, 1)} LUFS`],
		['peak', typeof b.peak_dbtp === 'number' && `${number(b.peak_dbtp, 1)} dBTP`],
		['noise', typeof b.noise_db === 'number' && `${number(b.noise_db, 0)} dBFS`],
		['kind', kindOf(b.kind)],
		['level', t(`level.${b.level}`)],
		['language', languageName(words, b.language)],
		['programmes', b.programmes.map((p) => programmeName(words, p)).join('; ')],
		['fund', b.fund],
		['slots', b.slots.join(', ') || t('fact.slots.any')],
		['days', validity(b) || t('fact.days.any')],
		['replaces', b.replaces && linkOf(b.replaces)],
	];
}

// without: keys that stand elsewhere.
export function Facts({ bulletin, without = [] }) {
	const words = useWords();
	const known = facts(bulletin, words).filter(([key, value]) => value && !without.includes(key));
	return html`<dl class="facts">${known.map(([key, value]) =>
		html`<div key=${key}><dt>${t(`fact.${key}`)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export const Findings = ({ bulletin }) => bulletin.findings?.length > 0 && html`<div class="warned">
	<b>${t('review.findings')}</b>
	<ul>${bulletin.findings.map((f) => html`<li key=${f.code}>${said(f.texts, f.code)}</li>`)}</ul></div>`;

// Who took a slot off, and why. people: names by id.
export function offText(off, people) {
	const who = person(off.by, people[off.by]);
	const till = off.to ? t('plan.off.till', { to: dateOf(off.to) }) : t('plan.off.open');
	return t(off.once ? 'plan.off.once' : 'plan.off.pause', { who, till }) + (off.reason ? `: ${off.reason}` : '');
}

// Why the first that might have played it does not.
function omittedText([first], people) {
	const at = moment(first.start);
	return first.off ? t('outlook.off', { slot: first.slot, at, why: offText(first.off, people) })
		: t('outlook.omitted', { slot: first.slot, at, why: said(first.texts) });
}

const AIRS_SHOWN = 3;

// When it airs, or would if it were approved now.
export function Outlook({ bulletin }) {
	const { answer, error } = useAnswer(`/api/bulletins/${bulletin.id}/outlook`, bulletin.revision);
	if (!answer)
		return html`<p class="quiet" role="status">${error ?? t('day.loading')}</p>`;
	const { airs, omitted, days } = answer;
	const more = answer.airs_all - AIRS_SHOWN;
	const approved = bulletin.state === 'approved';
	if (airs.length === 0)
		return html`<p class="warned">${t(approved ? 'outlook.never' : 'outlook.none', { days })}${omitted.length > 0
			? ` ${omittedText(omitted, answer.people)}` : ''}</p>`;
	return html`<h4>${t(approved ? 'outlook.airs' : 'outlook.if')}</h4>
		<ul class="plain-list">${airs.slice(0, AIRS_SHOWN).map((a) => html`<li key=${a.start}>
			<b>${clockOf(a.start)}</b> ${dayText(a.start.slice(0, 10))} · ${a.slot} · ${
				t('air.zones', { zones: a.zones.join(', ') })}</li>`)}</ul>
		${more > 0 && html`<p class="quiet">${t('outlook.more', { count: more, days })}</p>`}`;
}
