// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the page. Vietnamese is in the bundle, so that the page never waits for its language; what
// only pages say that are opened later comes with them. English is fetched when it is asked for.
import first from 'texts:first';

let vi = first;
let words = vi;
export let language = 'vi';

// t('next.in', {span: '…'}) → the text with {span} filled in. A missing key shows itself.
export function t(key, values = {}) {
	return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// What the station says in both languages: texts {vi, en}, or text alone of an older one.
export const said = (texts, text) => texts?.[language] ?? text ?? '';

// Why a line of the day or the log is as it is; '' if there is nothing to say.
export const reasonOf = (line) => said(line.reason_texts, line.reason_text);

// A number as the language writes it: −18,3 in Vietnamese, −18.3 in English.
export function number(value, digits) {
	const text = value.toFixed(digits).replace(/^-(?=.*[1-9])/, '−').replace('-', '');
	return language === 'vi' ? text.replace('.', ',') : text;
}

function remembered() {
	try {
		return localStorage.getItem('language');
	} catch {
		return null; // private windows may refuse
	}
}

// The rest of the Vietnamese words, for a page that is not there from the start.
export async function loadWords() {
	if (vi !== first)
		return;
	const rest = (await import('texts:rest')).default;
	vi = { ...first, ...rest };
	if (language === 'vi')
		words = vi;
}

export async function setLanguage(wanted) {
	words = wanted === 'en' ? (await import('../texts/en.json')).default : vi;
	language = wanted === 'en' ? 'en' : 'vi';
	document.documentElement.lang = language;
	try {
		localStorage.setItem('language', language);
	} catch {
		// not remembered, that is all
	}
}

export async function startLanguage() {
	if (remembered() === 'en')
		await setLanguage('en').catch(() => {});
}
