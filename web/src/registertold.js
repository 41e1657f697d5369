// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of a register in words, by the shape that the station tells (GET /api/registers); no field is known here by its name.
import { html } from './html.js';
import { linkTo } from './route.js';
import { number, t } from './text.js';
import { dateOf } from './time.js';
import { told } from './told.js';

export const PATH = 'so-theo-doi';

const monthOf = (month) => `${month.slice(5)}/${month.slice(0, 4)}`;

// A code stands in a list once for each time that it holds: the newest name.
export const nameOf = (list, code) => list?.findLast((c) => c.code === code)?.name || code;

// all: the answer of /api/registers; people: names by id. '' for what is not there.
export function tell(field, value, { lists, people }) {
	if (value === null || value === undefined)
		return '';
	switch (field.type) {
	case 'date': return dateOf(value);
	case 'month': return monthOf(value);
	case 'flag': return t(value ? 'reg.yes' : 'reg.no');
	case 'choice': return field.choices.find((c) => c.code === value)?.label ?? value;
	case 'code': return nameOf(lists[field.list], value);
	case 'codes': return value.map((code) => nameOf(lists[field.list], code)).join(', ');
	case 'quantity': return number(value, 2).replace(/[.,]?0+$/, '');
	case 'person': return people?.[value] ?? value;
	default: return told(['money', 'count'].includes(field.type) ? 'money' : 'text', value);
	}
}

// Where it leads to; '' nowhere.
export function leads(field, value, { registers }) {
	if (field.type === 'bulletin')
		return linkTo('ban-tin', { so: value });
	const other = field.type === 'row' && registers.find((r) => r.prefix === field.of);
	return other ? linkTo(PATH, { so: other.name, dong: value }) : '';
}

export function Told({ field, value, all, people }) {
	const words = tell(field, value, { ...all, people });
	const link = words && leads(field, value, all);
	return link ? html`<a href=${link}>${words}</a>` : words;
}

const filled = (shape, fields) => shape.fields.filter((f) => fields?.[f.key] !== undefined);
const stateOf = (shape) => shape.fields.find((f) => f.state);

// What a row is called: the first that is said of it.
export const titleOf = (shape, fields, all) => filled(shape, fields).slice(0, 1).map((f) => tell(f, fields[f.key], all))[0] ?? '';

// What else is said, but for its state, which stands apart.
export const restOf = (shape, fields) => filled(shape, fields).slice(1).filter((f) => f !== stateOf(shape));

export { stateOf };

// Of two versions of a row, each field that is not the same: [{ field, was, is }].
export const changes = (shape, was, is) => shape.fields.map((field) => ({ field, was: was?.[field.key], is: is?.[field.key] }))
	.filter((c) => JSON.stringify(c.was) !== JSON.stringify(c.is));
