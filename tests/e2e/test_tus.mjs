// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads by tus 1.0 from outside: the real `vangxa web` with a fake station. Cut in the middle, killed in the
// middle, two of one name at once; what arrives is byte for byte what was sent.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { FakeStation } from './fake_station.mjs';
import { start, until } from './web.mjs';

const dir = join(process.env.SCRATCH, 'dir');
const TUS = { 'Tus-Resumable': '1.0.0' };
let web;

mkdirSync(dir, { recursive: true });
const station = new FakeStation(dir);
await station.start();

const startWeb = async () => { web = await start('web', ['--data', dir]); };

// 3 MB that the fake station takes for sound.
const sound = () => Buffer.concat([Buffer.from('RIFF'), randomBytes(3_000_000)]);
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
const base64 = (text) => Buffer.from(text).toString('base64');

async function create(bytes, title) {
	const answer = await fetch(`${web.url}/files`, { method: 'POST', headers: { ...TUS, 'Upload-Length': String(bytes.length),
		'Upload-Metadata': `title ${base64(title)},filename ${base64('tin.wav')},sha256 ${base64(sum(bytes))}` } });
	assert.equal(answer.status, 201, await answer.text());
	return answer.headers.get('Location');
}

async function offset(place) {
	const answer = await fetch(web.url + place, { method: 'HEAD', headers: TUS });
	assert.equal(answer.status, 200);
	return Number(answer.headers.get('Upload-Offset'));
}

const patch = (place, from, body, more = {}) => fetch(web.url + place, { method: 'PATCH', body, headers: { ...TUS,
	'Upload-Offset': String(from), 'Content-Type': 'application/offset+octet-stream', ...more } });

// Begins to send all from an offset, sends so many bytes, and leaves the connection as it is.
function sendSome(place, from, bytes, count) {
	return new Promise((done) => {
		const socket = connect(web.port, '127.0.0.1', () => {
			socket.write(`PATCH ${place} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${from}\r\n`
				+ `Content-Type: application/offset+octet-stream\r\nContent-Length: ${bytes.length - from}\r\n\r\n`);
			socket.write(bytes.subarray(from, from + count), () => done(socket));
		});
		socket.on('error', () => {});
	});
}

const told = async (place) => (await fetch(web.url + place)).json();
const done = (place) => until('done', async () => {
	const now = await told(place);
	assert.notEqual(now.state, 'refused');
	return now.state === 'done' && now;
});
const arrived = (title) => station.bulletins.find((b) => b.title === title);

async function cutAndKilled() {
	const bytes = sound();
	const place = await create(bytes, 'Bị cắt');
	const socket = await sendSome(place, 0, bytes, 500_000);
	await until('half a file', async () => (await told(place)).state === 'receiving');
	socket.destroy();
	const first = await until('what came before the cut', () => offset(place));
	assert.ok(first <= 500_000);

	// Over a MiB, so that the server makes some of it durable while more comes; then it is killed.
	await sendSome(place, first, bytes, 2_000_000);
	const second = await until('a part on the disk', async () => {
		const now = await told(place);
		return now.offset > first && now.offset;
	});
	web.kill('SIGKILL');
	await web.ended;
	await startWeb();
	const third = await offset(place);
	assert.ok(third >= second, `${third} after the kill, ${second} before`);
	assert.equal(station.bulletins.length, 0); // nothing half arrived is anywhere

	// Few bytes: the server refuses before it reads, and fetch would not read the answer while it still writes.
	assert.equal((await patch(place, third + 1, bytes.subarray(third, third + 10))).status, 409);
	const wrong = await patch(place, third, bytes.subarray(third, third + 10), { 'Upload-Checksum': `sha1 ${randomBytes(20).toString('base64')}` });
	assert.equal(wrong.status, 460);
	assert.equal(await offset(place), third);
	assert.equal((await patch(place, third, bytes.subarray(third))).status, 204);
	await done(place);
	assert.equal(arrived('Bị cắt').sha256, sum(bytes));
	assert.equal(station.commands.find((c) => c.title === 'Bị cắt').sha256, sum(bytes));
}

async function twoOfOneName() {
	const both = [sound(), sound()];
	const places = await Promise.all(both.map((bytes, i) => create(bytes, `Cùng tên ${i}`)));
	assert.notEqual(places[0], places[1]);
	for (const answer of await Promise.all(both.map((bytes, i) => patch(places[i], 0, bytes))))
		assert.equal(answer.status, 204);
	for (const [i, place] of places.entries()) {
		await done(place);
		assert.equal(arrived(`Cùng tên ${i}`).sha256, sum(both[i]));
	}
}

async function noStationYet() {
	const bytes = sound();
	await station.stop();
	const place = await create(bytes, 'Đài chưa chạy');
	assert.equal((await patch(place, 0, bytes)).status, 204);
	await until('waiting', async () => (await told(place)).state === 'waiting');
	web.kill('SIGKILL'); // and the web process too
	await web.ended;
	await startWeb();
	await station.start();
	await done(place);
	assert.equal(arrived('Đài chưa chạy').sha256, sum(bytes));
}

async function givenUp() {
	const place = await create(sound(), 'Bỏ');
	assert.equal((await fetch(web.url + place, { method: 'DELETE', headers: TUS })).status, 204);
	assert.equal((await fetch(web.url + place, { method: 'HEAD', headers: TUS })).status, 404);
	assert.equal((await fetch(`${web.url}/files`, { method: 'POST', headers: { ...TUS, 'Upload-Length': '99999999999' } })).status, 400);
	assert.equal((await fetch(`${web.url}/files`, { method: 'OPTIONS' })).headers.get('Tus-Version'), '1.0.0');
}

await startWeb();
await cutAndKilled();
await twoOfOneName();
await noStationYet();
await givenUp();
const left = readdirSync(join(dir, 'incoming')).filter((name) => !name.endsWith('.tus'));
assert.deepEqual(left, []);
web.kill();
await web.ended;
await station.stop();
console.log('cut, killed, without a station, two at once: every byte arrived');
