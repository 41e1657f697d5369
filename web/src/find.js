// SPDX-License-Identifier: GPL-3.0-or-later
// Searching without diacritics: 'tiem chung' finds 'Tiêm chủng'. đ is a letter of its own, not a d with a
// mark, so it is named.
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

// True if each word of the query is in one of the texts.
export function finds(query, ...texts) {
	const all = plain(texts.filter(Boolean).join('\n'));
	return plain(query).split(/\s+/).every((word) => all.includes(word));
}
