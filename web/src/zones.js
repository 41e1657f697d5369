// SPDX-License-Identifier: GPL-3.0-or-later
// The zones in the settings' form: their names, which channel of which device each is, and which microphone hears it.
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { t } from './text.js';

export const rowsOf = (zones) => zones.map((z) => ({ was: z.name, name: z.name, device: z.device, channel: String(z.channel),
	microphone: z.microphone ?? '', slots: z.slots, out: false }));

// What is sent: null if all stands as it stood.
export function zonesTyped(rows, zones) {
	const sent = ({ was, name, device, channel, microphone }) => ({ was, name: name.trim(), device, channel: channel.trim(), microphone });
	const typed = rows.filter((r) => !r.out).map(sent);
	const stood = rowsOf(zones).map(sent);
	return JSON.stringify(typed) === JSON.stringify(stood) ? null : typed;
}

// One that is not plugged in at this moment stays what it was. kind: 'device' or 'microphone'; fixed: what is always there to choose;
// found: what the machine has, null until it was asked.
function Wire({ kind, fixed, id, value, put, found, closed }) {
	const names = [...new Set([...fixed, ...(found ?? []).map((d) => d.name), value])];
	const words = (name) => {
		const there = found?.find((d) => d.name === name);
		if (fixed.includes(name))
			return t(`settings.${kind}.${name || 'none'}`);
		if (!found)
			return name; // not asked, or not known yet
		return there ? t(`settings.${kind}.is`, { name, channels: there.channels }) : t('settings.device.gone', { name });
	};
	if (closed)
		return html`<label>${t(`settings.${kind}`)} <input type="text" id=${id} readonly value=${words(value)} /></label>`;
	return html`<label>${t(`settings.${kind}`)}
		<select id=${id} value=${value} onChange=${put}>
			${names.map((name) => html`<option key=${name} value=${name}>${words(name)}</option>`)}</select></label>`;
}

function Zone({ row, index, set, found, closed }) {
	const put = (key) => (e) => set({ ...row, [key]: e.target.value });
	const leaves = row.was && row.slots.length > 0 && (row.out || row.name.trim() !== row.was);
	const warning = leaves && html`<p class="warned" role="status">${t('settings.zone.used', { slots: row.slots.join(', ') })}</p>`;
	if (row.out)
		return html`<fieldset class="zone"><legend>${t('settings.zone.out', { name: row.was })}</legend>${warning}
			<button type="button" class="plain" onClick=${() => set({ ...row, out: false })}>${t('settings.zone.keep')}</button></fieldset>`;
	return html`<fieldset class="zone">
		<legend>${row.was ? t('settings.zone', { name: row.was }) : t('settings.zone.new')}</legend>
		<label>${t('settings.zone.name')}
			<input type="text" id=${`zone-name-${index}`} value=${row.name} readonly=${closed} maxlength="31" autocapitalize="none"
				autocomplete="off" spellcheck="false" onInput=${put('name')} /></label>
		<${Wire} kind="device" fixed=${['default', 'none']} id=${`zone-device-${index}`} value=${row.device} put=${put('device')}
			found=${found?.devices} closed=${closed} />
		<label>${t('settings.channel')}
			<input type="text" id=${`zone-channel-${index}`} inputmode="numeric" value=${row.channel} readonly=${closed} size="3"
				autocomplete="off" onInput=${put('channel')} /></label>
		<${Wire} kind="microphone" fixed=${['', 'default']} id=${`zone-microphone-${index}`} value=${row.microphone} put=${put('microphone')}
			found=${found?.microphones} closed=${closed} />
		${warning}
		${!closed && html`<button type="button" class="plain" onClick=${() => set(row.was ? { ...row, out: true } : null)}>
			${t('settings.zone.remove')}</button>`}
	</fieldset>`;
}

// set takes the new rows.
export function Zones({ rows, set, closed, children }) {
	const { answer, error } = useAnswer(closed ? '' : '/api/devices');
	const one = (index) => (row) => set(rows.flatMap((r, i) => (i !== index ? [r] : row ? [row] : [])));
	const add = () => set([...rows, { was: '', name: '', device: 'default', channel: String(rows.length + 1), microphone: '', slots: [], out: false }]);
	return html`<section class="card" aria-labelledby="zones-title">
		<h3 id="zones-title">${t('settings.wires')}</h3>
		<p class="quiet">${t('settings.wires.more')}</p>
		<p class="quiet">${t('settings.microphone.more')}</p>
		${error && html`<p class="quiet">${error}</p>`}
		${answer?.devices.length === 0 && html`<p class="warned">${t('settings.device.nothing')}</p>`}
		${children}
		${rows.map((row, i) => html`<${Zone} key=${row.was || `new-${i}`} row=${row} index=${i} set=${one(i)}
			found=${answer} closed=${closed} />`)}
		${!closed && html`<button type="button" class="plain" id="zone-add" onClick=${add}>${t('settings.zone.add')}</button>`}
	</section>`;
}
