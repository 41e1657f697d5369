// SPDX-License-Identifier: GPL-3.0-or-later
// The zones in the settings' form: their names, and which channel of which device each is.
import { html } from './html.js';
import { useAnswer } from './hooks.js';
import { t } from './text.js';

export const rowsOf = (zones) => zones.map((z) => ({ was: z.name, name: z.name, device: z.device, channel: String(z.channel),
	slots: z.slots, out: false }));

// What is sent: null if all stands as it stood.
export function zonesTyped(rows, zones) {
	const typed = rows.filter((r) => !r.out).map(({ was, name, device, channel }) => ({ was, name: name.trim(), device, channel: channel.trim() }));
	const stood = rowsOf(zones).map(({ was, name, device, channel }) => ({ was, name, device, channel }));
	return JSON.stringify(typed) === JSON.stringify(stood) ? null : typed;
}

// One that is not plugged in at this moment stays what it was.
function Device({ id, value, put, devices, closed }) {
	const names = [...new Set(['default', 'none', ...(devices ?? []).map((d) => d.name), value])];
	const words = (name) => {
		const found = devices?.find((d) => d.name === name);
		if (name === 'default' || name === 'none')
			return t(`settings.device.${name}`);
		if (!devices)
			return name; // not asked, or not known yet
		return found ? t('settings.device.is', { name, channels: found.channels }) : t('settings.device.gone', { name });
	};
	if (closed)
		return html`<label>${t('settings.device')} <input type="text" id=${id} readonly value=${words(value)} /></label>`;
	return html`<label>${t('settings.device')}
		<select id=${id} value=${value} onChange=${put}>
			${names.map((name) => html`<option key=${name} value=${name}>${words(name)}</option>`)}</select></label>`;
}

function Zone({ row, index, set, devices, closed }) {
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
		<${Device} id=${`zone-device-${index}`} value=${row.device} put=${put('device')} devices=${devices} closed=${closed} />
		<label>${t('settings.channel')}
			<input type="text" id=${`zone-channel-${index}`} inputmode="numeric" value=${row.channel} readonly=${closed} size="3"
				autocomplete="off" onInput=${put('channel')} /></label>
		${warning}
		${!closed && html`<button type="button" class="plain" onClick=${() => set(row.was ? { ...row, out: true } : null)}>
			${t('settings.zone.remove')}</button>`}
	</fieldset>`;
}

// set takes the new rows.
export function Zones({ rows, set, closed, children }) {
	const { answer, error } = useAnswer(closed ? '' : '/api/devices');
	const one = (index) => (row) => set(rows.flatMap((r, i) => (i !== index ? [r] : row ? [row] : [])));
	const add = () => set([...rows, { was: '', name: '', device: 'default', channel: String(rows.length + 1), slots: [], out: false }]);
	return html`<section class="card" aria-labelledby="zones-title">
		<h3 id="zones-title">${t('settings.wires')}</h3>
		<p class="quiet">${t('settings.wires.more')}</p>
		${error && html`<p class="quiet">${error}</p>`}
		${answer?.devices.length === 0 && html`<p class="warned">${t('settings.device.nothing')}</p>`}
		${children}
		${rows.map((row, i) => html`<${Zone} key=${row.was || `new-${i}`} row=${row} index=${i} set=${one(i)}
			devices=${answer?.devices} closed=${closed} />`)}
		${!closed && html`<button type="button" class="plain" id="zone-add" onClick=${add}>${t('settings.zone.add')}</button>`}
	</section>`;
}
