// SPDX-License-Identifier: GPL-3.0-or-later
// Languages and programmes by their names, as the station's own lists (seeds/) have them; codes are for accounts and logs.
import { useAnswer } from './hooks.js';
import { t } from './text.js';

const nameIn = (list, code) => list?.find((w) => w.code === code)?.name;

// { languages, programmes, slots } of the station; undefined until they come.
export const useWords = () => useAnswer('/api/words').answer;

// 'stieng' → 'Tiếng Xtiêng'. A station that keeps no list has Vietnamese all the same.
export const languageName = (words, code) => nameIn(words?.languages, code) ?? (code === 'vi' ? t('airing.language.vi') : code);

// A programme's code is what plans and reports are compared by: it stays beside the name.
export function programmeName(words, code) {
	const name = nameIn(words?.programmes, code);
	return name ? `${name} (${code})` : code;
}
