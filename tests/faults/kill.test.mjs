// kill.test.mjs: the program is killed in the middle of mixed commands from several stations at once, ROUNDS times. Whatever it
// said yes to is in the change log and in the book; whatever was left without an answer is there wholly or not at all, is sent
// again and happens once; the data folder has no fault.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { BUILD, Browser, raw, salon, serve } from './salon.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const STATIONS = 6, PER_FOLDER = 10;      // a fresh folder now and then: each check replays the whole change log

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
const people = (dir) => ask(dir, 'SELECT name FROM staff WHERE active = 1 AND role >= 2 ORDER BY role DESC, id').map(({ name }) => name);
const quoted = (ids) => ids.map((id) => `'${id}'`).join(',');

// ---- what is sent, with a reason where a service has a rule. The note of a booking and of a customer carries its command's id, so that twice would be seen.
function booking(list) {
	const id = newId(), when = `${iso(1 + random(40))} ${time()}`, service = list[random(list.length)];
	const who = [{ walkin: '1' }, { new: '1', last: `Neu ${id}` }, { customer: String(1 + random(30)) }, { customer: String(1 + random(30)) }][random(4)];
	const slot = random(4) === 0 ? { at: when } : { force: when };
	return { id, kind: 'book', target: '/book/new', fields: { ...who, ...slot, svc: String(service), staff: '0', note: id, save: '1', why: 'Probe', keep: '1', command: id } };
}

function customer(own) {
	const id = newId(), known = own.length > 0 && random(2) === 0 ? own[random(own.length)] : null;
	const fields = { last: `Kundin ${id}`, first: 'Thea', mobile: `0171 39200${10 + random(90)}`, active: '1', command: id };
	return known ? { id, kind: 'change', target: `/customer/${known.id}`, fields: { ...fields, version: String(known.version) }, known }
		: { id, kind: 'customer', target: '/customer/0', fields: { ...fields, note: id } };
}

function change(own) {
	const id = newId(), appointment = own[random(own.length)], at = `/book/${appointment.id}`;
	const kind = appointment.parked && random(2) === 0 ? 'place' : ['move', 'status', 'park', 'cancel'][random(4)];
	const fields = { place: { day: iso(1 + random(40)), start: time(), force: '1' }, move: { day: iso(1 + random(40)), start: time(), force: '1' },
		status: { to: String(1 + random(4)) }, park: {}, cancel: { reason: String(1 + random(3)), text: 'verhindert' } }[kind];
	return { id, kind, target: `${at}/${kind === 'place' ? 'move' : kind}`, fields: { ...fields, command: id }, appointment };
}

function order(station) {
	const die = random(12);
	if (die === 0) return { id: newId(), kind: 'undo', target: '/undo', fields: {} };
	if (die < 3) return customer(station.customers);
	return station.own.length === 0 || die < 7 ? booking(station.services) : change(station.own);
}

// What a station knows after a yes.
function learn(station, { kind, appointment, known }, location) {
	if (kind === 'book') station.own.push({ id: /appt=(\d+)/.exec(location)[1], parked: false });
	if (kind === 'park' || kind === 'move' || kind === 'place') appointment.parked = kind === 'park';
	if (kind === 'customer') station.customers.push({ id: /customer\/(\d+)/.exec(location)[1], version: 1 });
	if (kind === 'change') known.version++;
}

// Sends until the program is gone. What it said yes to goes into said, what stayed without an answer into unknown.
async function client(station, said, unknown) {
	for (;;) {
		const sent = order(station);
		sent.fields.command = sent.id;
		let answer;
		try { answer = await station.browser.post(sent.target, sent.fields); } catch { unknown.push(sent); return; }
		assert.ok(answer.status < 500, `${sent.kind}: ${answer.status} ${answer.text.slice(0, 200)}`);
		if (answer.status !== 303) continue;
		said.push(sent);
		learn(station, sent, answer.location);
	}
}

async function station(base, name) {
	const browser = new Browser(base);
	assert.equal((await browser.login(name)).status, 303, name);
	return { browser, own: [], customers: [] };
}

// ---- what must be true afterwards
function clean(dir) {
	const result = spawnSync(`${BUILD}/kontor`, ['check', '--data', dir], { encoding: 'utf8' });
	assert.equal(result.status, 0, `kontor check: ${result.stdout}${result.stderr}`);
}

const CLAIMS = ['staff', 'place', 'device'].map((kind, i) => `SELECT a.day, p.${kind} * 4 + ${i + 1}, a.start + p.offset, a.start + p.offset + p.minutes, a.id, p.id `
	+ `FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN appt_phase p ON p.step = s.id WHERE a.day IS NOT NULL AND a.status < 7 AND p.${kind} IS NOT NULL`).join(' UNION ALL ');

// No visit without its steps and phases, and exactly the uses that these claim.
function whole(dir, round) {
	const torn = ask(dir, 'SELECT id FROM appointment a WHERE NOT EXISTS (SELECT 1 FROM appt_step s JOIN appt_phase p ON p.step = s.id WHERE s.appointment = a.id)');
	assert.deepEqual(torn, [], `round ${round}: half of a booking`);
	const uses = 'SELECT day, resource, start, end, appointment, phase FROM use';
	assert.deepEqual(ask(dir, `SELECT * FROM (${uses} EXCEPT SELECT * FROM (${CLAIMS})) UNION ALL SELECT * FROM (SELECT * FROM (${CLAIMS}) EXCEPT ${uses})`), [],
		`round ${round}: uses that are not what the phases claim`);
}

// How often a booking or a new customer is there, and how often its log entry was taken back (an undo of the undo gives it back).
const made = (ids) => `SELECT j.command_id AS id, (SELECT count(*) FROM appointment WHERE note = j.command_id) + (SELECT count(*) FROM customer WHERE note = j.command_id) AS n, `
	+ `EXISTS (SELECT 1 FROM journal u WHERE u.undoes = j.seq) AS undone FROM journal j WHERE j.command_id IN (${quoted(ids)})`;

// All that was said yes to is in the change log; what was made is there once, unless its own log entry was taken back.
function kept(dir, said, round) {
	if (said.length === 0) return;
	const known = new Set(ask(dir, `SELECT command_id FROM journal WHERE command_id IN (${quoted(said.map(({ id }) => id))})`).map((row) => row.command_id));
	// An undo that found nothing left to take back changes nothing and is not written down.
	const lost = said.filter(({ id, kind }) => kind !== 'undo' && !known.has(id));
	assert.deepEqual(lost, [], `round ${round}: acknowledged, but not in the change log`);
	const created = said.filter(({ kind }) => kind === 'book' || kind === 'customer').map(({ id }) => id);
	if (created.length === 0) return;
	assert.deepEqual(ask(dir, made(created)).filter(({ n, undone }) => n !== (undone ? 0 : 1)), [], `round ${round}: acknowledged, but not once there`);
}

// Sent again, a command that was done before is only answered again.
async function again(browser, dir, unknown, round) {
	for (const sent of unknown) {
		const before = ask(dir, `SELECT max(seq) AS seq, (SELECT seq FROM journal WHERE command_id = '${sent.id}') AS done FROM journal`)[0];
		const { status, text } = await browser.post(sent.target, sent.fields);
		assert.ok(status < 500, `round ${round}, ${sent.kind} again: ${status} ${text.slice(0, 200)}`);
		const after = ask(dir, 'SELECT max(seq) AS seq FROM journal')[0];
		if (before.done !== null) {
			assert.equal(status, 303, `round ${round}, ${sent.kind}: done before, but refused now`);
			assert.equal(after.seq, before.seq, `round ${round}, ${sent.kind}: done twice`);
		}
		if (sent.kind !== 'book' && sent.kind !== 'customer') continue;
		const [there] = ask(dir, made([sent.id]));
		assert.equal(there?.n ?? 0, status === 303 && !there.undone ? 1 : 0, `round ${round}: ${sent.kind} sent again after a lost answer`);
	}
}

async function killed(dir, rest, round) {
	const shop = await serve('kontor', dir);
	const names = people(dir), list = services(dir), said = [], unknown = [];
	const stations = await Promise.all(Array.from({ length: STATIONS }, (_, i) => station(shop.base, names[i % names.length])));
	await again(stations[0].browser, dir, rest, round);
	const work = stations.map((one) => client(Object.assign(one, { services: list }), said, unknown));
	await wait(20 + random(300));
	process.kill(shop.pid, 'SIGKILL');
	await Promise.all(work);
	clean(dir);
	whole(dir, round);
	kept(dir, said, round);
	return { said, unknown, done: unknown.length === 0 ? 0 : ask(dir, `SELECT count(*) AS n FROM journal WHERE command_id IN (${quoted(unknown.map(({ id }) => id))})`)[0].n };
}

const tally = (counts, orders) => { for (const { kind } of orders) counts[kind] = (counts[kind] ?? 0) + 1; };

test(`killed ${ROUNDS} times in the middle of mixed commands, nothing acknowledged is lost`, { timeout: 14_400_000 }, async (t) => {
	let dir, rest = [], said = 0, open = 0, done = 0;
	const kinds = {}, inFlight = {}, begun = Date.now();
	const report = (rounds) => `${rounds} kills in ${Math.round((Date.now() - begun) / 1000)} s: ${said} acknowledged ${JSON.stringify(kinds)}, `
		+ `${open} in flight ${JSON.stringify(inFlight)}, of these ${done} were done`;
	try {
		for (let round = 0; round < ROUNDS; round++) {
			if (round % PER_FOLDER === 0) {
				if (dir) rmSync(dir, { recursive: true, force: true });
				dir = folder();
				rest = [];
			}
			const result = await killed(dir, rest, round);
			rest = result.unknown;
			said += result.said.length;
			open += rest.length;
			done += result.done;
			tally(kinds, result.said);
			tally(inFlight, rest);
			if ((round + 1) % 50 === 0) console.log(report(round + 1));
		}
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
	t.diagnostic(report(ROUNDS));
	assert.ok(said > ROUNDS && open > ROUNDS, report(ROUNDS));
	for (const kind of ['book', 'customer', 'change', 'move', 'status', 'park', 'place', 'cancel', 'undo'])
		assert.ok(kinds[kind] > 0, `no ${kind} among them`);
});

// ---- without killing
async function withShop(work) {
	const shop = await salon();
	try { await work(shop, [await station(shop.base), await station(shop.base)].map(({ browser }) => browser)); } finally { await shop.close(); }
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
