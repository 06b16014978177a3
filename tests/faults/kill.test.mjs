// kill.test.mjs: the program is killed in the middle of mixed bookings, ROUNDS times. Whatever it said yes to is in the change
// log and in the book; whatever was left without an answer is sent again and happens once; the data folder has no fault.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { BUILD, Browser, raw, salon, serve } from './salon.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const CLIENTS = 4, PER_FOLDER = 25;      // a fresh folder now and then: each check replays the whole change log

const random = (n) => Math.floor(Math.random() * n);
const newId = () => randomBytes(16).toString('hex');
const iso = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const time = () => `${String(9 + random(9)).padStart(2, '0')}:${String(random(12) * 5).padStart(2, '0')}`;
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

function folder() {
	const dir = mkdtempSync(path.join(os.tmpdir(), 'kontor-'));
	const made = spawnSync(`${BUILD}/kontor`, ['demo', '--data', dir, '--customers', '30', '--years', '0', '--staff', '3']);
	assert.equal(made.status, 0, String(made.stderr));
	return dir;
}

const ask = (dir, sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${dir}/kontor.db`, sql], { encoding: 'utf8', maxBuffer: 1 << 26 }) || '[]');
const services = (dir) => ask(dir, 'SELECT id FROM service WHERE active = 1 AND id IN (SELECT service FROM staff_service)').map(({ id }) => id);
const quoted = (ids) => ids.map((id) => `'${id}'`).join(',');

function clean(dir) {
	const result = spawnSync(`${BUILD}/kontor`, ['check', '--data', dir], { encoding: 'utf8' });
	assert.equal(result.status, 0, `kontor check: ${result.stdout}${result.stderr}`);
}

// ---- what is sent. The note of a booking carries its command's id, so that twice would be seen.
function booking(list) {
	const id = newId(), when = `${iso(1 + random(40))} ${time()}`, service = list[random(list.length)];
	const who = random(3) === 0 ? { walkin: '1' } : { customer: String(1 + random(30)) };
	const slot = random(4) === 0 ? { at: when } : { force: when };
	return { id, kind: 'book', target: '/book/new', fields: { ...who, ...slot, svc: String(service), staff: '0', note: id, save: '1', command: id } };
}

function change(appointments) {
	const id = newId(), appointment = appointments[random(appointments.length)], at = `/book/${appointment}`;
	switch (random(5)) {
	case 0: return { id, kind: 'move', target: `${at}/move`, fields: { day: iso(1 + random(40)), start: time(), force: '1', command: id } };
	case 1: return { id, kind: 'status', target: `${at}/status`, fields: { to: String(1 + random(4)), command: id } };
	case 2: return { id, kind: 'park', target: `${at}/park`, fields: { command: id } };
	case 3: return { id, kind: 'cancel', target: `${at}/cancel`, fields: { reason: String(1 + random(3)), text: 'verhindert', command: id } };
	default: return { id, kind: 'undo', target: '/undo', fields: { command: id } };
	}
}

// Sends until the program is gone. What it said yes to goes into said, what stayed without an answer into unknown.
async function client(browser, list, said, unknown) {
	const own = [];
	for (;;) {
		const order = own.length === 0 || random(2) === 0 ? booking(list) : change(own);
		let answer;
		try { answer = await browser.post(order.target, order.fields); } catch { unknown.push(order); return; }
		assert.ok(answer.status < 500, `${order.kind}: ${answer.status} ${answer.text.slice(0, 200)}`);
		if (answer.status !== 303) continue;
		said.push(order);
		const appointment = /appt=(\d+)/.exec(answer.location)?.[1];
		if (order.kind === 'book') own.push(appointment);
	}
}

async function enter(base) {
	const first = new Browser(base);
	assert.equal((await first.login()).status, 303);
	return Array.from({ length: CLIENTS }, () => Object.assign(new Browser(base), { jar: new Map(first.jar), csrf: first.csrf }));
}

// All that was said yes to is in the change log; a booking is in the book unless its own log entry was taken back.
function kept(dir, said, round) {
	if (said.length === 0) return;
	const known = new Set(ask(dir, `SELECT command_id FROM journal WHERE command_id IN (${quoted(said.map(({ id }) => id))})`).map((row) => row.command_id));
	// An undo that found nothing left to take back changes nothing and is not written down.
	const lost = said.filter(({ id, kind }) => kind !== 'undo' && !known.has(id));
	assert.deepEqual(lost, [], `round ${round}: acknowledged, but not in the change log`);
	const booked = said.filter(({ kind }) => kind === 'book').map(({ id }) => id);
	if (booked.length === 0) return;
	const gone = ask(dir, `SELECT command_id FROM journal j WHERE command_id IN (${quoted(booked)}) `
		+ 'AND (SELECT count(*) FROM appointment WHERE note = j.command_id) <> 1 AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.undoes = j.seq)');
	assert.deepEqual(gone, [], `round ${round}: acknowledged, but not once in the book`);
}

async function again(browser, dir, unknown, round) {
	for (const order of unknown) {
		const { status, text } = await browser.post(order.target, order.fields);
		assert.ok(status < 500, `round ${round}, ${order.kind} again: ${status} ${text.slice(0, 200)}`);
		if (order.kind !== 'book') continue;
		const [{ n, undone }] = ask(dir, `SELECT (SELECT count(*) FROM appointment WHERE note = '${order.id}') AS n, EXISTS (SELECT 1 FROM journal j `
			+ `JOIN journal u ON u.undoes = j.seq WHERE j.command_id = '${order.id}') AS undone`);
		assert.equal(n, status === 303 && !undone ? 1 : 0, `round ${round}: a booking sent again after a lost answer`);
	}
}

async function killed(dir, rest, round) {
	const shop = await serve('kontor', dir);
	const clients = await enter(shop.base);
	await again(clients[0], dir, rest, round);
	const list = services(dir), said = [], unknown = [];
	const work = clients.map((browser) => client(browser, list, said, unknown));
	await wait(20 + random(300));
	process.kill(shop.pid, 'SIGKILL');
	await Promise.all(work);
	clean(dir);
	kept(dir, said, round);
	return { said: said.length, unknown };
}

test(`killed ${ROUNDS} times in the middle of bookings, nothing acknowledged is lost`, { timeout: 7_200_000 }, async () => {
	let dir, rest = [], said = 0, open = 0;
	try {
		for (let round = 0; round < ROUNDS; round++) {
			if (round % PER_FOLDER === 0) {
				if (dir) rmSync(dir, { recursive: true, force: true });
				dir = folder();
				rest = [];
			}
			const result = await killed(dir, rest, round);
			rest = result.unknown;
			said += result.said;
			open += rest.length;
			if (ROUNDS > 100 && (round + 1) % 50 === 0) console.log(`${round + 1} kills, ${said} acknowledged changes, ${open} without an answer`);
		}
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
	assert.ok(said > ROUNDS, `only ${said} changes were acknowledged in ${ROUNDS} rounds`);
});

// ---- without killing
async function withShop(work) {
	const shop = await salon();
	try { await work(shop, await enter(shop.base)); } finally { await shop.close(); }
}

test('a POST whose answer was lost is sent again and books once', () => withShop(async (shop, [browser]) => {
	const order = booking(services(shop.dir));
	order.fields = { ...order.fields, force: `${iso(3)} 10:00` };
	delete order.fields.at;
	const body = new URLSearchParams({ csrf: browser.csrf, ...order.fields }).toString();
	const cookie = [...browser.jar].map(([k, v]) => `${k}=${v}`).join('; ');
	await raw(shop.port, `POST /book/new HTTP/1.1\r\nHost: 127.0.0.1:${shop.port}\r\nOrigin: ${shop.base}\r\nCookie: ${cookie}\r\n`
		+ `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`, { patience: 1 });
	const answers = await Promise.all([1, 2, 3].map(() => browser.post(order.target, order.fields)));
	assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303]);
	assert.equal(ask(shop.dir, `SELECT count(*) AS n FROM appointment WHERE note = '${order.id}'`)[0].n, 1);
	assert.equal(ask(shop.dir, `SELECT count(*) AS n FROM journal WHERE command_id = '${order.id}'`)[0].n, 1);
}));

test('two browsers move the same appointment at once: one is told, nothing is lost', () => withShop(async (shop, [one, two]) => {
	const list = services(shop.dir);
	for (let turn = 0; turn < 10; turn++) {
		const order = booking(list);
		const { location } = await one.post(order.target, { ...order.fields, force: `${iso(5)} 10:00`, at: '' });
		const id = /appt=(\d+)/.exec(location)[1], days = [iso(6), iso(7)];
		const move = (browser, day) => browser.post(`/book/${id}/move`, { day, start: '11:00', version: '1', force: '1', command: newId() });
		const answers = await Promise.all([move(one, days[0]), move(two, days[1])]);
		assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
		const told = answers.find(({ status }) => status === 409), won = answers.findIndex(({ status }) => status === 303);
		assert.match(told.text, /inzwischen|zwischenzeitlich/);
		const [row] = ask(shop.dir, `SELECT version, date(day * 86400, 'unixepoch') AS day, (SELECT count(*) FROM use WHERE appointment = ${id} AND day = a.day) AS uses, `
			+ `(SELECT count(*) FROM use WHERE appointment = ${id}) AS uses_all FROM appointment a WHERE id = ${id}`);
		assert.equal(row.version, 2);
		assert.equal(row.day, days[won]);
		assert.ok(row.uses > 0 && row.uses === row.uses_all);
	}
	clean(shop.dir);
}));
