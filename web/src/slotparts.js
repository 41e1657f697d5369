// SPDX-License-Identifier: GPL-3.0-or-later
// What the fields of a slot are made of.
import { html } from './html.js';

export const words = (text) => text.split(/[,;\n]/).map((w) => w.trim()).filter(Boolean);

// A sentence of what is wrong with a field; the field points to it.
export const Wrong = ({ id, words: said }) => said && html`<span class="failed" id=${`wrong-${id}`}>${said}</span>`;
export const pointer = (id, said) => (said ? `wrong-${id}` : null);

export function Checks({ id, legend, all, chosen, set, text, wrong }) {
	const flip = (one) => set(chosen.includes(one) ? chosen.filter((c) => c !== one) : [...chosen, one]);
	return html`<fieldset class="checks"><legend>${legend}</legend>${all.map((one) => html`<label key=${one}>
		<input type="checkbox" checked=${chosen.includes(one)} aria-invalid=${wrong ? 'true' : null}
			aria-describedby=${pointer(id, wrong)} onChange=${() => flip(one)} /> ${text(one)}</label>`)}
		<${Wrong} id=${id} words=${wrong} /></fieldset>`;
}
