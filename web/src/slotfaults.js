// SPDX-License-Identifier: GPL-3.0-or-later
// What the station finds wrong with a slot that was changed in the form: told at the form's own fields, in its own
// words. Lines of YAML are the text editor's affair.
import { html } from './html.js';
import { linkTo } from './route.js';
import { isError } from './change.js';
import { t } from './text.js';

const FIELDS = ['name', 'start', 'length', 'days', 'except', 'holidays', 'valid', 'zones', 'volume_db', 'play', 'confirm', 'repeat'];

// { fields: { start: sentence, … }, others: [what the form has no field for, …] }; null: nothing is wrong.
export function faultsOf(name, draft, faults) {
	const wrong = faults.filter(isError);
	const ours = (f) => f.slot === name && FIELDS.includes(f.field);
	// Of a rule only its own writer can judge, with the station's own sentence.
	const kinds = { play: draft.kind, days: `days.${draft.daykind}` };
	const words = (f) => (f.field === 'days' && draft.daykind === 'rule' ? f.text : t(`tt.wrong.${kinds[f.field] ?? f.field}`));
	return wrong.length === 0 ? null : {
		fields: Object.fromEntries(wrong.filter(ours).map((f) => [f.field, words(f)])),
		others: wrong.filter((f) => !ours(f)).map((f) => f.text),
	};
}

export function Others({ list, params }) {
	return list.length > 0 && html`<div class="failed" role="alert"><p>${t('tt.wrong.others')}</p>
		<ul>${list.map((one) => html`<li key=${one}>${one}</li>`)}</ul>
		<p><a href=${linkTo('lich-phat', { ngay: params.ngay, tep: params.tep, viec: 'van-ban' })}>${t('tt.do.text')}</a></p></div>`;
}
