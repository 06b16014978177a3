// run.mjs: see run.sh. CPU is that of the server's process, all threads, database included, divided by the requests.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { BUILD, Browser, serve } from '../faults/salon.mjs';

const DAY = 86400000, NIGHTS = 61;
const scales = (process.env.SCALES ?? '1 10').split(/\s+/).filter(Boolean).map(Number);
const work = mkdtempSync(path.join(os.tmpdir(), 'kontor-bench-'));
const tell = (line) => process.stderr.write(`${line}\n`);
const rows = [];

// limit: at most, unless it begins with "≥"
function row(what, value, unit, limit, note = '') {
	const most = limit === undefined ? null : Number(String(limit).replace('≥', ''));
	const ok = most === null ? '' : (String(limit).startsWith('≥') ? value >= most : value <= most) ? 'ok' : 'OVER';
	const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
	rows.push([what, `${Number.isInteger(value) ? value : value.toFixed(digits)} ${unit}`, limit === undefined ? '' : String(limit).startsWith('≥') ? `≥ ${most}` : `≤ ${most}`, ok, note]);
}

// ---- the salon ----

function fill(scale, staff, rooms) {
	const files = path.join(work, 'csv'), data = path.join(work, `salon-${scale}-${staff}`);
	execFileSync('node', ['tests/bench/salon.mjs', files, scale, staff, rooms].map(String));
	execFileSync(`${BUILD}/kontor`, ['demo', '--data', data, '--csv', files]);
	rmSync(files, { recursive: true });
	return data;
}

// Two machines that the second and third of three services need; the files have none.
function addMachines(data) {
	execFileSync('sqlite3', [path.join(data, 'kontor.db'), "INSERT INTO device(id, name, quantity) VALUES(1, 'Steamer', 1), (2, 'Lamp', 1);"
		+ 'UPDATE service_phase SET device = service - 1 WHERE service IN (2, 3)']);
}

function freePort() {
	return new Promise((resolve) => {
		const server = net.createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
	});
}

async function answers(port) {
	for (let tries = 0; tries < 200; tries++) {
		const there = await new Promise((resolve) => {
			const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
		});
		if (there) return;
		await new Promise((next) => { setTimeout(next, 20); });
	}
}

async function startFloor(data) {
	const port = await freePort();
	const child = spawn(`${BUILD}/bench/floor`, [path.join(data, 'kontor.db'), String(port), path.join(work, `floor-${port}.db`)], { stdio: ['ignore', 'inherit', 'inherit'] });
	await answers(port);
	return { port, pid: child.pid, stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }) };
}

// The same bytes from a file, by a server made for that.
async function startNginx(page) {
	const port = await freePort(), folder = mkdtempSync(path.join(work, 'nginx-'));
	const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`).join(' ');
	writeFileSync(path.join(folder, 'page.html'), page);
	writeFileSync(path.join(folder, 'nginx.conf'), `daemon off; master_process off; pid nginx.pid; error_log stderr; events {}
		http { access_log off; sendfile on; keepalive_requests 1000000; default_type text/html; ${places} server { listen 127.0.0.1:${port}; root ${folder}; } }`);
	const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
	await answers(port);
	return { port, pid: child.pid, stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }) };
}

async function open(data) {
	const shop = await serve('kontor', data);
	const browser = new Browser(shop.base);
	const answer = await browser.login('Dora Adler');
	if (answer.status !== 303) throw new Error(`login: ${answer.status}`);
	shop.browser = browser;
	shop.cookie = [...browser.jar].map(([k, v]) => `${k}=${v}`).join('; ');
	return shop;
}

// ---- measuring ----

const file = path.join(work, 'requests');
const get = (server, target, more = '') => `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${server.cookie ? `Cookie: ${server.cookie}\r\n` : ''}${more}\r\n`;

function load(server, requests, times = 1, connections = 1) {
	writeFileSync(file, requests.map((request) => `${request}\0`).join(''));
	return new Promise((resolve, reject) => {
		const child = spawn(`${BUILD}/bench/load`, [server.port, connections, file, times, server.pid].map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
		let text = '';
		child.stdout.on('data', (some) => { text += some; });
		child.on('exit', (code) => {
			if (code !== 0) { reject(new Error(`load ended with ${code}`)); return; }
			const told = JSON.parse(text);
			if (told.good !== told.n) tell(`${told.n - told.good} of ${told.n} requests were refused`);
			resolve(told);
		});
	});
}

// Program and floor in turn, so that both meet the same machine; the least of three rounds counts.
async function beside(shop, shopRequests, floor, floorRequests, times) {
	const best = { shop: null, floor: null };
	for (let round = 0; round < 3; round++) {
		for (const [key, server, requests] of [['shop', shop, shopRequests], ['floor', floor, floorRequests]]) {
			const told = await load(server, requests, times);
			if (best[key] === null || told.cpu < best[key].cpu) best[key] = told;
		}
	}
	return { ...best, ratio: best.shop.cpu / best.floor.cpu };
}

const iso = (n) => new Date(n * DAY).toISOString().slice(0, 10);
function workday() {
	const now = new Date();
	let n = Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY);
	if (new Date(n * DAY).getUTCDay() === 0) n++;
	return n;
}

const KEYS = 'a ah ahr b bä br c cl d dö e ehl f fö fr g gö gr h he hin i j jü k kö l lü m mö n nö o p pe pü r rö s sc sch schü t tö u v vö w we wü y z zö dora för ingo an be le'.split(' ');
const fold = (key) => ({ bä: 'ba', dö: 'do', fö: 'fo', gö: 'go', jü: 'ju', kö: 'ko', lü: 'lu', mö: 'mo', nö: 'no', pü: 'pu', rö: 'ro', schü: 'schu', tö: 'to', vö: 'vo', wü: 'wu', zö: 'zo', för: 'for' }[key] ?? key);
const TYPED = { 'X-Fragment': '1', 'X-Typed': 'q' };
const typed = (key) => `/book/new?q=${encodeURIComponent(key)}`;
const finding = (shop) => KEYS.map((key) => get(shop, typed(key), Object.entries(TYPED).map(([name, value]) => `${name}: ${value}\r\n`).join('')));

// With as many bytes as the program's answer for the same key.
async function floorFinding(shop, floor) {
	const all = [];
	for (const key of KEYS) all.push(get(floor, `/find?${fold(key)}&${Buffer.byteLength((await shop.browser.get(typed(key), TYPED)).text)}`));
	return all;
}

async function dayPage(shop, floor, n, times) {
	const page = (await shop.browser.get(`/book?day=${iso(n)}`)).text;
	const told = await beside(shop, [get(shop, `/book?day=${iso(n)}`)], floor, [get(floor, `/day?${n}&${Buffer.byteLength(page)}`)], times);
	return { ...told, page };
}

const slotsAt = (n) => `/book/new?walkin=1&svc=1,2,3&day=${iso(n)}`;

// So many different days that none of them is answered from what the program kept: each is read from its rows.
const slotDays = (n) => Array.from({ length: 24 }, (_, i) => n + i);
const slotting = (shop, n) => slotDays(n).map((day) => get(shop, slotsAt(day)));
async function floorSlotting(shop, floor, n) {
	const all = [];
	for (const day of slotDays(n)) {
		const page = (await shop.browser.get(slotsAt(day))).text;
		if (!page.includes('<main')) tell('the slots page is not there');
		all.push(get(floor, `/slots?${day}&${Buffer.byteLength(page)}`));
	}
	return all;
}

// A year of one service, each week on the same day at the same time, as it is proposed before it is booked: by the time of one answer.
async function weekly(shop, floor, n) {
	const [year, month, mday] = iso(n + 364).split('-').map(Number), days = ['so', 'mo', 'di', 'mi', 'do', 'fr', 'sa'];
	const path = `/series/new?customer=1&svc=1&rule=${encodeURIComponent(`1 ${days[new Date(n * DAY).getUTCDay()]} 10`)}&until=${mday}.${month}.${year}`;
	const page = (await shop.browser.get(path)).text, visits = Number(/(\d+) Termine/.exec(page)?.[1] ?? 0);
	const told = await beside(shop, [get(shop, path)], floor, [get(floor, `/series?${n}&${Buffer.byteLength(page)}`)], 50);
	row('a series of 52 weeks, with page', told.shop.ms / told.shop.n, 'ms', 20, `${visits} visits; ${told.ratio.toFixed(1)} × floor, CPU ${ms(told)}`);
}

// The days that the month pages show as closed.
async function closedDays(shop, first) {
	const closed = new Set();
	for (let n = first; n < first + 366; n += 28)
		for (const [, day] of (await shop.browser.get(`/book/month?day=${iso(n)}`)).text.matchAll(/class="d[^"]*shut[^"]*"><a href="\/book\?day=([\d-]+)/g)) closed.add(day);
	return closed;
}

// A booking of its own each: 12 times a day in 3 rooms, from the first day nobody has booked yet.
let booked = 0;
function bookings(shop, first, count) {
	const all = [];
	for (; all.length < count; booked++) {
		const n = first + NIGHTS + Math.floor(booked / 36), at = 540 + booked % 12 * 45;
		if (shop.closed.has(iso(n))) { booked += 35; continue; }
		const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
		const body = new URLSearchParams({ csrf: shop.browser.csrf, command: `bench-${shop.pid}-${booked}`, day: iso(n), customer: 1 + booked % 4000, svc: 1, staff: 0, at: `${iso(n)} ${time}` }).toString();
		all.push(`POST /book/new HTTP/1.1\r\nHost: 127.0.0.1:${shop.port}\r\nOrigin: ${shop.base}\r\nSec-Fetch-Site: same-origin\r\nCookie: ${shop.cookie}\r\n`
			+ `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
	}
	return all;
}

// From one answer to the next; what a checkpoint needs now and then is told beside it.
async function syncs(shop, first) {
	const out = path.join(work, 'strace'), count = 51;
	const child = spawn('strace', ['-f', '-qq', '-e', 'trace=fdatasync,fsync,sendto', '-o', out, '-p', String(shop.pid)], { stdio: 'ignore' });
	child.on('error', () => {});
	await new Promise((next) => { setTimeout(next, 1500); });
	await load(shop, bookings(shop, first, count));
	child.kill('SIGINT');
	await new Promise((next) => { setTimeout(next, 500); });
	try {
		const each = readFileSync(out, 'utf8').split(/sendto\(/).slice(0, count).map((text) => text.match(/f(data)?sync\(/g)?.length ?? 0);
		return { usual: [...each].sort((a, b) => a - b)[count >> 1], all: each.reduce((a, b) => a + b, 0), count };
	} catch { return { usual: NaN }; }
}

// The least for something to be on the disk: 4 KB more at the end of a file.
function bareSync() {
	return JSON.parse(execFileSync(`${BUILD}/bench/load`, ['0', 'sync', path.join(work, 'sync'), '500']));
}

// Alone and from 16 stations, program and floor in turn; the best of three rounds counts.
async function booking(shop, floor, first) {
	const best = {};
	let asked = 0;
	const floorBookings = (count) => Array.from({ length: count }, () => get(floor, `/book?${asked++}`));
	for (let round = 0; round < 3; round++)
		for (const [key, server, make, count, connections] of [['serial', shop, bookings, 300, 1], ['floor', floor, floorBookings, 300, 1],
			['group', shop, bookings, 600, 16], ['floorGroup', floor, floorBookings, 600, 16]]) {
			const told = await load(server, server === shop ? make(shop, first, count) : make(count), 1, connections);
			const rate = told.n / told.ms * 1000, before = best[key];
			best[key] = before ? { cpu: Math.min(before.cpu, told.cpu), rate: Math.max(before.rate, rate) } : { cpu: told.cpu, rate };
		}
	return best;
}

// What travels: with gzip if the answer has it, else as it would be packed.
function packed(shop, target) {
	return new Promise((resolve, reject) => {
		http.get({ host: '127.0.0.1', port: shop.port, path: target, headers: { cookie: shop.cookie, 'accept-encoding': 'gzip' } }, (answer) => {
			const parts = [];
			answer.on('data', (some) => parts.push(some));
			answer.on('end', () => {
				const bytes = Buffer.concat(parts), zipped = answer.headers['content-encoding'] === 'gzip' || target.includes('.woff2');
				resolve(zipped ? bytes.length : gzipSync(bytes).length);
			});
		}).on('error', reject);
	});
}

async function firstVisit(shop, target) {
	const seen = new Map(), ask = [target];
	while (ask.length > 0) {
		const at = ask.pop();
		if (seen.has(at)) continue;
		seen.set(at, await packed(shop, at));
		if (!/\.(css|m?js)(\?|$)/.test(at) && at !== target) continue;
		const { text } = await shop.browser.get(at);
		for (const [, quoted] of text.matchAll(/(?:href|src)="(\/assets\/[^"#]+)|$^/g)) if (quoted) ask.push(quoted);
		for (const [, quoted] of text.matchAll(/(?:url\(|from ?|import ?\(?)['"]?([^'")]+\.(?:woff2|m?js|css|svg)[^'")]*)/g)) {
			const url = new URL(quoted, `${shop.base}${at}`);
			ask.push(url.pathname + url.search);
		}
	}
	return { files: seen.size, bytes: [...seen.values()].reduce((a, b) => a + b, 0) };
}

function memory(pid) {
	return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

async function coldStart(data) {
	const times = [];
	for (let i = 0; i < 7; i++) {
		const port = await freePort();
		times.push(JSON.parse(execFileSync(`${BUILD}/bench/load`, [String(port), 'start', '/login', `${BUILD}/kontor`, 'serve', '--data', data, '--port', String(port)])).ms);
	}
	return times.sort((a, b) => a - b)[3];
}

const ms = (told) => `${told.shop.cpu.toFixed(3)} ms beside ${told.floor.cpu.toFixed(3)} ms`;

// ---- the figures ----

// At one scale: what must not grow. Returns CPU per request.
async function grown(scale, last) {
	tell(`scale ${scale}: filling`);
	const data = fill(scale, 5, 3), shop = await open(data), floor = await startFloor(data), n = workday();
	const at = `×${scale}`, result = {};
	const day = await dayPage(shop, floor, n, 500);
	row(`${at} day page, 5 staff`, day.ratio, '× floor', 2, ms(day));
	const floorFinds = await floorFinding(shop, floor);
	const find = await beside(shop, finding(shop), floor, floorFinds, 20);
	row(`${at} customer search`, find.ratio, '× floor', 5, ms(find));
	const many = await load(shop, finding(shop), 40, 16);
	const floorMany = await load(floor, floorFinds, 40, 16);
	row(`${at} customer search, 16 connections, p99`, many.p99, 'ms', 5, `${Math.round(many.n / many.ms * 1000)} a second; floor ${floorMany.p99.toFixed(1)} ms`);
	const slots = await load(shop, slotting(shop, n), 10);
	shop.closed = await closedDays(shop, n + NIGHTS);
	const book = await booking(shop, floor, n), { serial, group } = book, sync = bareSync();
	row(`${at} booking, CPU`, serial.cpu, 'ms', 0.5, `${(serial.cpu / book.floor.cpu).toFixed(1)} × floor ${book.floor.cpu.toFixed(3)} ms`);
	row(`${at} booking alone, all of it`, 1000 / serial.rate, 'ms', undefined, `floor ${(1000 / book.floor.rate).toFixed(3)} ms; bare fdatasync ${sync.ms.toFixed(3)} ms`);
	row(`${at} bookings of 16 stations, rate`, group.rate / serial.rate, '× serial', '≥3', `${Math.round(group.rate)} a second, ${group.cpu.toFixed(3)} ms CPU; `
		+ `floor ${Math.round(book.floorGroup.rate)} a second, ${book.floorGroup.cpu.toFixed(3)} ms`);
	Object.assign(result, { 'day page': day.shop.cpu, search: find.shop.cpu, slots: slots.cpu, booking: serial.cpu });
	if (scale === last) {
		row(`${at} memory after all that`, memory(shop.pid), 'MiB', 25);
		const told = await syncs(shop, n);
		row(`${at} disk syncs a booking`, told.usual, '', 1, `${told.all} of ${told.count} bookings with their checkpoints`);
	}
	await shop.stop();
	await floor.stop();
	row(`${at} start to first page`, await coldStart(data), 'ms', 15);
	rmSync(data, { recursive: true });
	return result;
}

// Ten staff, six rooms, two machines.
async function large() {
	tell('ten staff: filling');
	const data = fill(1, 10, 6), n = workday();
	addMachines(data);
	const shop = await open(data), floor = await startFloor(data);
	const day = await dayPage(shop, floor, n, 500);
	row('day page, 10 staff', day.ratio, '× floor', 2, ms(day));
	row('day page, 10 staff, HTML', Buffer.byteLength(day.page) / 1024, 'KB', 60);
	row('day page, 10 staff, compressed', gzipSync(day.page).length / 1024, 'KB', 8);
	const nginx = await startNginx(day.page), file = await beside(shop, [get(shop, `/book?day=${iso(n)}`)], nginx, [get(nginx, '/page.html')], 500);
	row('day page, 10 staff, beside a file', file.ratio, '× nginx', undefined, ms(file));
	await nginx.stop();
	const slots = await beside(shop, slotting(shop, n), floor, await floorSlotting(shop, floor, n), 5);
	const again = JSON.parse(execFileSync(`${BUILD}/bench/again`, [data, String(n)], { encoding: 'utf8' }));
	row('slots, 60 days, 3 steps, asked again', again.again, 'µs', 100, `${again.starts} starts; first time ${Math.round(again.first)} µs`);
	row('gap price of every free start of a day', again.losses / 1000, 'ms', 2, `${again.nlosses} starts, with reading what is usual`);
	row('slots, 60 days, 3 steps, with page', slots.ratio, '× floor', 2, ms(slots));
	await weekly(shop, floor, n);
	const visit = await firstVisit(shop, '/book');
	row('first visit, all files, compressed', visit.bytes / 1024, 'KB', 150, `${visit.files} files`);
	await shop.stop();
	await floor.stop();
	rmSync(data, { recursive: true });
}

// The engine alone: twelve appointments, eight colleagues, two weeks to move to.
function replan() {
	const told = JSON.parse(execFileSync(`${BUILD}/bench/replan`));
	row('re-plan of twelve appointments, slowest', told.slowest, 'ms', 200, `median ${told.median.toFixed(1)} ms; ${told.proved} of ${told.salons} proved the best`);
}

// ---- backups, beside two programs made for that, on the same disk; the least of three rounds counts

const secret = { BORG_PASSPHRASE: 'bench', RESTIC_PASSWORD: 'bench', BORG_BASE_DIR: path.join(work, 'borg-home'), BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes' };

function clocked(command) {
	const out = path.join(work, 'clock');
	execFileSync('bash', ['-c', `TIMEFORMAT='%R %U %S'; { time { ${command} ; } > /dev/null 2>&1 ; } 2> ${out}`], { env: { ...process.env, ...secret } });
	const [real, user, system] = readFileSync(out, 'utf8').trim().split(' ').map(Number);
	return { ms: real * 1000, cpu: (user + system) * 1000 };
}

const bytesOf = (folder) => Number(execFileSync('du', ['-sb', folder], { encoding: 'utf8' }).split('\t')[0]);

function backupPrograms(data) {
	const db = `${data}/kontor.db ${data}/kontor.db-wal`, at = (name, n) => path.join(work, `${name}-${n}`);
	return {
		kontor: { folder: (n) => at('kontor', n), begin: () => {}, save: (n) => `${BUILD}/kontor backup --data ${data} --to ${at('kontor', n)}` },
		borg: { folder: (n) => at('borg', n), begin: (n) => clocked(`borg init -e repokey-blake2 ${at('borg', n)}`), save: (n) => `borg create -C zstd,3 ${at('borg', n)}::${Date.now()} ${db}` },
		restic: { folder: (n) => at('restic', n), begin: (n) => clocked(`restic -r ${at('restic', n)} --no-cache init`), save: (n) => `restic -r ${at('restic', n)} --no-cache backup --force ${db}` },
	};
}

// Each in turn saves; { name: { ms, cpu, bytes } }, of every figure the least.
function saved(programs, n, best) {
	for (const [name, program] of Object.entries(programs)) {
		const before = bytesOf(program.folder(n)), told = clocked(program.save(n));
		told.bytes = bytesOf(program.folder(n)) - before;
		best[name] = best[name] ? Object.fromEntries(Object.entries(told).map(([key, value]) => [key, Math.min(value, best[name][key])])) : told;
	}
}

async function bookOne(data) {
	const shop = await open(data);
	shop.closed = await closedDays(shop, workday() + NIGHTS);
	await load(shop, bookings(shop, workday(), 1));
	await shop.stop();
}

// From the sheet and the medium to a page, everything checked.
async function broughtBack(data, target) {
	const seed = Buffer.from(readFileSync(`${data}/seed`, 'utf8').trim().split(' ')[2], 'hex');
	const list = readFileSync('/usr/lib/python3/dist-packages/diceware/wordlists/wordlist_de_8k.txt', 'utf8').split('\n');
	const bits = BigInt(`0x${seed.toString('hex')}`) << 4n | BigInt(createHash('sha256').update(seed).digest()[0] >> 4);
	const words = path.join(work, 'words'), to = path.join(work, 'back');
	writeFileSync(words, Array.from({ length: 20 }, (_, i) => list[Number(bits >> BigInt(13 * (19 - i)) & 8191n)]).join(' '));
	const told = clocked(`${BUILD}/kontor restore --from ${target} --data ${to} --words-file ${words}`), page = await coldStart(to);
	rmSync(to, { recursive: true });
	return { ...told, page };
}

async function backups() {
	tell('backups: filling');
	const data = fill(1, 5, 3), programs = backupPrograms(data), full = {}, little = {};
	await bookOne(data);
	for (let n = 0; n < 3; n++) {
		for (const program of Object.values(programs)) { mkdirSync(program.folder(n)); program.begin(n); }
		execFileSync('sync');
		saved(programs, n, full);
	}
	for (let n = 0; n < 3; n++) {
		await bookOne(data);
		execFileSync('sync');
		saved(programs, 0, little);
	}
	const all = (told, unit, key, by) => Object.entries(told).map(([name, one]) => `${name} ${(one[key] / by).toFixed(1)} ${unit}`).join(', ');
	const size = (statSync(`${data}/kontor.db`).size / 1048576).toFixed(0);
	row(`backup of ${size} MiB in full`, full.kontor.ms / full.borg.ms, '× borg', 0.7, `${all(full, 'ms', 'ms', 1)}; CPU ${all(full, 'ms', 'cpu', 1)}; ${all(full, 'MB', 'bytes', 1e6)}`);
	row('backup after one booking, bytes', little.kontor.bytes / little.borg.bytes, '× borg', 0.01, all(little, 'kB', 'bytes', 1e3));
	row('backup after one booking, time', little.kontor.ms / little.borg.ms, '× borg', 0.02, `${all(little, 'ms', 'ms', 1)}; CPU ${all(little, 'ms', 'cpu', 1)}`);
	const back = await broughtBack(data, programs.kontor.folder(0));
	row('restore with all checks to the first page', (back.ms + back.page) / 1000, 's', 1, `CPU ${back.cpu.toFixed(0)} ms`);
	rmSync(data, { recursive: true });
}

function print() {
	const head = ['', 'measured', 'limit', '', ''], all = [head, ...rows];
	const width = head.map((_, i) => Math.max(...all.map((cells) => cells[i].length)));
	for (const cells of all) console.log(cells.map((cell, i) => (i === 1 || i === 2 ? cell.padStart(width[i]) : cell.padEnd(width[i]))).join('  ').trimEnd());
}

try {
	await large();
	let before = null;
	for (const scale of scales) {
		const now = await grown(scale, scales.at(-1));
		for (const what of before ? Object.keys(now) : [])
			row(`growth to ×${scale}, ${what}`, now[what] / before[what], '×', 1.25);
		before = now;
	}
	replan();
	await backups();
	row('program with all its files', statSync(`${BUILD}/kontor`).size / 1024 / 1024, 'MB', 5);
} finally {
	rmSync(work, { recursive: true, force: true });
}
print();
