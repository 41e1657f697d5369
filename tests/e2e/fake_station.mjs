// SPDX-License-Identifier: GPL-3.0-or-later
// A station for the page to talk to: the control socket and the live stream, with a day's list that
// tests can steer. Run alone (node fake_station.mjs DIR) it is a station to look at the page with.
import { createServer } from 'node:net';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { duplicates } from './fake_doubles.mjs';
import { DEADLINES, LANGUAGES } from './fake_lists.mjs';
import { FakeLog } from './fake_log.mjs';
import { actualOf, decisionsOn, entryOf, makePlan, tellAiring } from './fake_plan.mjs';
import { registerAnswer } from './fake_registers.mjs';
import { reportLists, sendReport } from './fake_reports.mjs';
import { finds } from '../../web/src/find.js';

const HOUR = 3600_000;

function rfc3339(ms) {
	return new Date(ms + 7 * HOUR).toISOString().replace('Z', '+07:00');
}

export class FakeStation {
	constructor(dir, { now = Date.now(), mp3 = null } = {}) {
		this.dir = dir;
		this.skew = now - Date.now();
		this.mp3 = mp3;
		this.held = false;
		this.banners = [];
		this.commands = [];
		this.watchers = new Set();
		this.sockets = new Set();
		this.bulletins = [];
		this.mute = false;
		this.findings = []; // about the next file
		this.slow = false; // looks at it for ever
		this.lines = this.makeDay();
		this.signed = new FakeLog([{ kind: 'station.started' }]);
		this.tamper = (proof) => proof;
		this.drawn = { frames: 960000, pair_frames: 1920, pairs: Array.from({ length: 1000 }, (_, i) => (i % 2 ? 40 : -40)) };
		this.number = 1; // of the newest log
		this.later = new FakeLog([{ kind: 'log.continued' }], { name: `${this.signed.name}/2` });
	}

	// An airing's entry in a log of its own, under the station's key; of: 'checked', the number of a decision, or its outcome.
	prove(line, of = '') {
		const { n } = this.entryOn(line, of);
		return n === undefined ? null : this.tamper(this.logOf(line.airing, line, of).proof(n));
	}

	entryOn(line, of) {
		const { airing, clock_synced, not_before, ...facts } = line;
		const clock = { synced: clock_synced ?? false, not_before };
		if (of === 'checked')
			return { n: line.checked?.entry, entry: { ...line.checked, kind: 'airing.checked', airing, proof: line.proof } };
		if (of !== '')
			return { n: Number(of), entry: { ...decisionsOn(line).find((d) => d.entry === Number(of)), bulletin: line.bulletin } };
		const [, live] = /^live:(.*)$/.exec(line.file ?? '') ?? [];
		const planned = { ...facts, ...(live && { live, by: line.speaker, file: null }), clock, planned_length_s: line.length_s };
		return { n: entryOf(line), entry: line.start ? { ...planned, kind: 'airing.ended', airing, proof: line.proof && 'A' }
			: { ...planned, kind: 'airing.missed' } };
	}

	logOf(id, line = this.lines.find((l) => l.airing === id), of = '') {
		const { n, entry } = this.entryOn(line, of);
		return new FakeLog(Array.from({ length: 50 }, (_, i) => (i === n ? entry : { kind: 'note.added', text: `${i}` })),
			{ privateKey: this.signed.privateKey });
	}

	now() {
		return Date.now() + this.skew;
	}

	makeDay() {
		const day = rfc3339(this.now()).slice(0, 10);
		const base = Date.parse(`${day}T00:00:00+07:00`);
		const row = (time, length_s, slot, title, more = {}) => ({
			planned: rfc3339(base + time * HOUR), length_s, slot, title, bulletin: null,
			kind: 'bulletin', zones: ['trung-tam', 'thon-2'], level: 'thong-thuong', language: 'vi',
			fate: 'waiting', airing: null, start: null, end: null, reason: null, reason_text: null,
			demo: false, ...more,
		});
		const rows = [
			row(5, 1800, 'Tiếp âm VOV1', 'Thời sự Đài Tiếng nói Việt Nam', { kind: 'file' }),
			row(5.5, 372, 'Bản tin sáng', 'Lịch tiêm phòng cho trâu bò đợt 2 tại các thôn', { bulletin: 'B11' }),
			row(5.61, 288, 'Bản tin sáng', 'Hướng dẫn bà con làm thẻ bảo hiểm y tế', { bulletin: 'B12' }),
			row(5.7, 240, 'Bản tin sáng', 'Gương điển hình: hợp tác xã điều Bù Gia Mập',
				{ bulletin: 'B13', language: 'stieng' }),
			row(11, 600, 'Thông báo trưa', 'Thông báo cúp điện khu vực thôn 2 và thôn 3',
				{ bulletin: 'B14', level: 'uu-tien' }),
			row(11.2, 420, 'Thông báo trưa', 'Mời họp thôn bàn việc làm đường', { bulletin: 'B15' }),
			row(17, 1800, 'Bản tin chiều', 'Bản tin tổng hợp trong ngày', { bulletin: 'B16' }),
			row(17.6, 300, 'Bản tin chiều', 'Dự báo thời tiết và mực nước hồ Thác Mơ', { bulletin: 'B17' }),
			row(19, 900, 'Thông báo tối', 'Nhắc lịch thu gom rác thải nguy hại', { bulletin: 'B18' }),
		];
		const fates = ['full', 'full', 'partial', 'missed', 'cut', 'interrupted'];
		const reasons = {
			partial: 'Khung giờ kết thúc trước khi phát hết', missed: 'Bị khung giờ khác chiếm sóng',
			cut: 'Cán bộ trực đã cắt', interrupted: 'Mất điện lúc khoảng 11:14',
		};
		let passed = 0;
		for (const r of rows) {
			const start = Date.parse(r.planned);
			if (start + r.length_s * 1000 > this.now())
				continue;
			r.fate = fates[passed++ % fates.length];
			r.reason_text = reasons[r.fate] ?? null;
			Object.assign(r, actualOf(r, passed));
		}
		const started = this.now() - 95_000;
		const current = row(0, 372, 'Phát thử', 'Giới thiệu Đài truyền thanh xã Bù Gia Mập', { demo: true });
		current.planned = current.start = rfc3339(started);
		current.fate = 'on-air';
		current.airing = 'A42';
		const next = row(0, 240, 'Phát thử', 'Nhạc hiệu và lời chào', { demo: true });
		next.planned = rfc3339(started + 372_000);
		rows.push(current, next);
		return rows.sort((a, b) => Date.parse(a.planned) - Date.parse(b.planned));
	}

	status() {
		const air = this.lines.find((l) => l.fate === 'on-air');
		const next = this.lines.filter((l) => l.fate === 'waiting' && Date.parse(l.planned) > this.now());
		return {
			station: { name: 'Đài truyền thanh xã Bù Gia Mập', id: 'bp-bugiamap' },
			now: rfc3339(this.now()),
			clock: { synced: true, max_error_ms: 4.2, trusted: true, why: '' },
			on_air: air && !this.held ? [{
				airing: air.airing, slot: air.slot, title: air.title, kind: 'bulletin', start: air.start,
				length_s: air.length_s, elapsed_s: (this.now() - Date.parse(air.start)) / 1000,
				zones: air.zones, demo: air.demo, level: air.level,
			}] : [],
			next: next.slice(0, 3).map((l) => ({
				slot: l.slot, title: l.title, start: l.planned, length_s: l.length_s, zones: l.zones, demo: l.demo,
			})),
			held: this.held,
			zones: ['trung-tam', 'thon-2'].map((name) => ({ name, device: 'default', level_db: -19, held: this.held,
				hold: this.held ? { name: 'Lê Thị Hoa', role: 'approver', at: rfc3339(this.heldAt ?? this.now()) } : null })),
			devices: [{ name: 'default', opened: 'HDA Intel', on: !this.deviceGone, fault: '', xruns: 0, drift_ppm: 1.2, latency_ms: 20 }],
			microphones: [{ name: 'USB Mic', zones: ['thon-2'], on: false }],
			relays: this.relays ?? [{ name: 'vov1', wanted: true, coming: true, ready: true, lufs: -18.4, standin: false, fault: '', fault_texts: null },
				{ name: 'tinh', wanted: true, coming: false, ready: false, lufs: null, standin: true, fault: 'quá lâu không trả lời',
					fault_texts: { vi: 'quá lâu không trả lời', en: 'no answer for too long' } },
				{ name: 'huyen', wanted: false, coming: false, ready: false, lufs: null, standin: false, fault: '', fault_texts: null }],
			log: { size: 1234, number: this.number, vkey: this.number > 1 ? this.later.vkey : this.signed.vkey, head: 1, root: this.signed.root.toString('base64') }, disk: { free_bytes: 21e9, low: false }, listeners: 0, banners: this.banners,
			emergencies: this.emergencies ?? [], tone: this.tone ?? null,
			live: { allowed: true, minutes: 10, speaking: this.speaking ?? null }, waiting: this.waiting ?? 1, version: '0.1',
			quarantine: this.quarantine ?? [], orders: this.orders ?? [],
		};
	}

	// Starts both sockets.
	async start() {
		mkdirSync(this.dir, { recursive: true });
		this.control = await this.listen('control.sock', (s) => this.client(s));
		this.live = await this.listen('live.sock', (s) => this.listener(s));
		this.ticker = setInterval(() => this.tick(), 500);
	}

	listen(name, serve) {
		const path = join(this.dir, name);
		rmSync(path, { force: true });
		return new Promise((resolve) => {
			const server = createServer((socket) => {
				this.sockets.add(socket);
				socket.on('error', () => {});
				socket.on('close', () => this.sockets.delete(socket));
				serve(socket);
			});
			server.listen(path, () => resolve(server));
		});
	}

	async stop() {
		clearInterval(this.ticker);
		const closed = [this.control, this.live].map((s) => new Promise((done) => s.close(done)));
		for (const s of this.sockets)
			s.destroy();
		this.watchers.clear();
		await Promise.all(closed);
	}

	tick() {
		if (this.mute)
			return;
		const on = this.status().on_air.length > 0;
		const db = on ? -30 + 18 * Math.abs(Math.sin(this.now() / 700)) : -90;
		this.emit({ event: 'level', zones: { 'trung-tam': db, 'thon-2': db - 2 }, elapsed: this.status().on_air[0]?.elapsed_s ?? 0 });
	}

	emit(event) {
		for (const s of this.watchers)
			s.write(JSON.stringify(event) + '\n');
	}

	changed() {
		this.emit({ event: 'status', ...this.status() });
		this.emit({ event: 'day' });
	}

	client(socket) {
		let text = '';
		socket.setEncoding('utf8');
		socket.on('data', (more) => {
			text += more;
			for (let at; (at = text.indexOf('\n')) >= 0; text = text.slice(at + 1))
				this.command(socket, JSON.parse(text.slice(0, at)));
		});
		socket.on('close', () => this.watchers.delete(socket));
	}

	command(socket, c) {
		if (this.mute)
			return;
		this.commands.push(c);
		const say = (o) => socket.write(JSON.stringify({ id: c.id, ...o }) + '\n');
		const refuse = (code, text) => say({ error: { code, text } });
		switch (c.do) {
		case 'watch': this.watchers.add(socket); return say({ ok: true });
		case 'status': return say({ ok: true, ...this.status() });
		case 'day': return say({ ok: true, date: c.date ?? rfc3339(this.now()).slice(0, 10), lines: this.lines });
		case 'plan': return say({ ok: true, from: c.from ?? null, to: c.to ?? null, occurrences: makePlan(c.from) });
		case 'airing': case 'airing.recording': {
			const airing = this.lines.find((l) => l.airing === c.airing);
			if (!airing)
				return refuse('not_found', `không có lần phát ${c.airing}`);
			return say({ ok: true, ...(c.do === 'airing' ? tellAiring(airing) : { airing: c.airing, recording: this.record() }) });
		}
		case 'airing.proof': {
			const proof = this.prove(this.lines.find((l) => l.airing === c.airing), c.of);
			return proof === null ? refuse('not_found', `nhật ký không có mục ${c.of}`) : say({ ok: true, airing: c.airing, of: c.of, proof });
		}
		case 'airing.waveform': return say({ ok: true, airing: c.airing, damaged: false, master: this.drawn,
			waveform: { frames: 480000, pair_frames: 1920, pairs: Array.from({ length: 500 }, (_, i) => (i % 2 ? 60 : -60)) } });
		case 'log': return say({ ok: true, airings: c.brief ? this.lines.filter((l) => l.airing) : [] });
		case 'log.csv': return this.sheetError ? refuse('differs', this.sheetError) : say({ ok: true, csv: '\ufeffid,planned\r\nA42,\r\n' });
		case 'bulletins': {
			const found = this.bulletins.filter((b) => finds(c.find ?? '', b.title, b.id) && (!c.state || c.state === b.state
				|| (c.state === 'waiting' && ['received', 'endorsed'].includes(b.state))));
			return say({ ok: true, bulletins: found.slice(0, Number(c.limit ?? found.length)), count: found.length,
				all: this.bulletins.length, approval: { persons: 1, document: false } });
		}
		case 'settings': return say({ ok: true, in_force: true, sha256: 'b'.repeat(64), values: { station: 'Đài truyền thanh xã Bù Gia Mập',
			quiet_from: '21:00', quiet_to: '05:00', night_from: '21:00', night_to: '06:00', night_db: -10, target_lufs: -16, peak_dbtp: -1, ident: 'audio/nhac-hieu.flac', ident_out: '',
			bed: 'audio/nhac-nen.flac', bed_db: -18, duck_db: -6, crossfade_ms: 800, recordings_days: 180,
			persons: 1, document: false, stream: 'trung-tam', record: true,
			live_allowed: true, live_device: 'default', live_channel: 1, live_minutes: 10, live_chime: true, live_gain_db: 0,
			report_superior: '', report_issuer: 'Ủy ban nhân dân xã Bù Gia Mập', report_place: 'Bù Gia Mập', report_symbol: 'BC-UBND', report_signer_for: '',
			report_signer_title: '', report_signer_name: '' },
		fixed: { id: 'bp-bugiamap', timezone: 'Asia/Ho_Chi_Minh' },
		zones: [{ name: 'trung-tam', device: 'default', channel: 1, slots: [] },
			{ name: 'thon-2', device: 'USB Audio', channel: 2, microphone: 'USB Mic', slots: ['Bản tin sáng', 'Bản tin chiều'] }] });
		case 'devices': return say({ ok: true, devices: [{ name: 'HDA Intel', system: 'ALSA', channels: 2, default: true }],
			microphones: [{ name: 'HDA Intel', system: 'ALSA' }] });
		case 'words': return say({ ok: true, languages: [{ code: 'vi', name: 'Tiếng Việt' }, { code: 'stieng', name: 'Tiếng Xtiêng' }],
			programmes: [{ code: 'KHAC', name: 'Khác' }, { code: 'NTM.TT', name: 'Nông thôn mới' }], slots: ['Bản tin sáng'] });
		case 'preflight': return say({ ok: true, running: false, fault: null, last: null });
		case 'reports': return say({ ok: true, ...reportLists });
		case 'report': return sendReport(socket, c);
		case 'registers': case 'register.list': return say({ ok: true, ...registerAnswer(c, finds) });
		case 'lists': return say({ ok: true, lists: [LANGUAGES] });
		case 'list': return say({ ok: true, ...LANGUAGES });
		case 'deadlines': return say({ ok: true, ...DEADLINES, deadlines: this.deadlines ?? [], people: {} });
		case 'duplicates': return say({ ok: true, ...duplicates(c) });
		case 'holds': return say({ ok: true, holds: [], people: {} });
		case 'timetables': return say({ ok: true, timetables: [] });
		case 'bulletin.outlook': return say({ ok: true, days: 7, omitted: [], airs_all: 1, airs: [{ slot: 'Bản tin sáng', length_s: 372,
			start: '2026-11-23T05:30:00.000+07:00', zones: ['trung-tam'] }] });
		case 'bulletin.past': return say({ ok: true, airings_all: 1, airings: [this.lines[0]].map((l) => ({ ...l, airing: 'A1' })),
			history: [{ entry: 3, kind: 'bulletin.received', at: '2026-11-22T15:01:27.732+07:00', who: 'uid:1000', name: null },
				{ entry: 9, kind: 'bulletin.edited', at: '2026-11-22T15:09:27.732+07:00', who: 'user:1', name: 'Lan',
					was: { title: 'Tên cũ', slots: ['Sáng', 'Chiều'] } }] });
		case 'bulletin':
		case 'bulletin.audio':
		case 'bulletin.waveform': {
			const bulletin = this.bulletins.find((b) => b.id === c.bulletin);
			if (bulletin?.sha256)
				this.keep(bulletin.sha256);
			return bulletin ? say({ ok: true, bulletin }) : refuse('not_found', `không có bản tin ${c.bulletin}`);
		}
		case 'cut': case 'resume': return this.hold(c.do === 'cut', say);
		case 'emergency':
			this.emergencies = [{ id: 'K60', drill: !!c.drill, zones: c.zone ? [c.zone] : ['trung-tam', 'thon-2'], by: 'user:1', reason: c.reason,
				who: 'user:1', bulletin: c.bulletin ?? null, text: c.text ?? null, unread: false, raised: rfc3339(this.now()), until: null, every_s: 0, turns: 0, sounding: true,
				next: null, cut: this.held ? [{ zone: 'thon-2', who: 'user:1', at: rfc3339(this.heldAt) }] : [] }];
			say({ ok: true, emergency: this.emergencies[0] });
			return this.changed();
		case 'emergency.end':
			say({ ok: true, emergency: this.emergencies[0] });
			this.emergencies = [];
			return this.changed();
		case 'live.start':
			if (!c.reason)
				return refuse('refused', 'muốn nói phải ghi lý do');
			this.speaking = { by: 'user:1', who: 'user:1', name: 'Chị Hoa', source: c.source, zones: ['trung-tam'], heard: true, ending: false,
				start: rfc3339(this.now()), ends: rfc3339(this.now() + 600000), left_s: 600 };
			say({ ok: true, live: 'abc', speaking: this.speaking });
			return this.changed();
		case 'live.stop':
			this.speaking = null;
			say({ ok: true, speaking: null });
			return this.changed();
		case 'relay.try':
			this.relays = this.status().relays.map((r) => (r.name === c.relay ? { ...r, tried: { running: true } } : r));
			say({ ok: true });
			return this.changed();
		case 'tone':
			if (!c.reason)
				return refuse('refused', 'đang giờ yên tĩnh: muốn phát thử phải ghi lý do');
			this.tone = { test: 'T50', zones: [c.zone ?? 'trung-tam'], end: rfc3339(this.now()), fate: 'full', detail_texts: null };
			say({ ok: true, zones: this.tone.zones, seconds: 3 });
			return this.changed();
		case 'play': return c.bulletin === 'B11' ? say({ ok: true, zones: c.zone ? [c.zone] : ['trung-tam'], held: [] }) : refuse('not_found', `không có bản tin ${c.bulletin}`);
		case 'order':
			this.orders = this.orders.map((met) => ({ ...met, given: true, who: 'user:1', name: 'Chị Lan', said: rfc3339(this.now()),
				bulletins: c.bulletins.map((id) => met.bulletins.find((b) => b.bulletin === id)) }));
			say({ ok: true, orders: this.orders });
			return this.changed();
		case 'release':
			this.quarantine = (this.quarantine ?? []).filter((q) => q.item !== c.item);
			say({ ok: true });
			return this.changed();
		case 'bulletin.add': return this.add(c, say, refuse);
		default: return refuse('usage', 'không có lệnh này');
		}
	}

	hold(held, say) {
		this.held = held;
		this.heldAt = this.now();
		const air = this.lines.find((l) => l.airing === 'A42');
		if (air)
			air.fate = held ? 'cut' : 'on-air';
		if (air)
			air.reason_text = held ? 'Cán bộ trực đã cắt' : null;
		say({ ok: true });
		this.changed();
	}

	add(c, say, refuse) {
		const bytes = readFileSync(c.path);
		if (!/^(RIFF|fLaC|OggS|ID3|\xff|\x1aE)/.test(bytes.subarray(0, 4).toString('latin1')))
			return refuse('unsupported', 'đây không phải tệp âm thanh');
		say({ progress: 0.3 });
		if (this.slow)
			return;
		setTimeout(() => say({ progress: 0.8 }), 150);
		setTimeout(() => {
			const b = {
				id: `B${20 + this.bulletins.length}`, title: c.title, sha256: createHash('sha256').update(bytes).digest('hex'),
				length_s: 95.4, loudness_lufs: -18.3, peak_dbtp: -2.1, noise_db: -52.4, state: 'received', findings: this.findings,
			};
			this.bulletins.push(b);
			this.keep(b.sha256);
			say({ ok: true, bulletin: b });
		}, 300);
	}

	// A stretch of a recording.
	record() {
		mkdirSync(join(this.dir, 'aircheck'), { recursive: true });
		writeFileSync(join(this.dir, 'aircheck', '05-mot.mp3'), this.mp3 ?? Buffer.alloc(0));
		return { exact: true, parts: [{ file: 'aircheck/05-mot.mp3', first: 0, bytes: 19200 }] };
	}

	// A master to hear and its outline.
	keep(sha256) {
		if (existsSync(join(this.dir, 'masters', `${sha256}.wave`)))
			return; // it may be under way to a page
		mkdirSync(join(this.dir, 'masters'), { recursive: true });
		if (this.master)
			writeFileSync(join(this.dir, 'masters', `${sha256}.flac`), this.master);
		const pairs = Array.from({ length: 1000 }, (_, i) => Math.round((i % 2 ? 1 : -1) * (20 + 90 * Math.abs(Math.sin(i / 70)))));
		writeFileSync(join(this.dir, 'masters', `${sha256}.wave`), JSON.stringify({ frames: 960000, pair_frames: 1920, pairs }));
	}

	// Raw MP3: a second at once, then at the speed of sound.
	listener(socket) {
		if (!this.mp3)
			return;
		const per_s = 8000;
		let at = 0;
		const send = (n) => {
			socket.write(this.mp3.subarray(at, at + n));
			at = (at + n) % (this.mp3.length - per_s);
		};
		send(per_s);
		const timer = setInterval(() => send(per_s / 5), 200);
		socket.on('close', () => clearInterval(timer));
	}
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
	const dir = process.argv[2] ?? '.';
	const mp3 = process.argv[3] && existsSync(process.argv[3]) ? readFileSync(process.argv[3]) : null;
	const station = new FakeStation(dir, { mp3 });
	await station.start();
	console.log(`fake station in ${dir}`);
}
