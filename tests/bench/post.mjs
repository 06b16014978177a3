// post.mjs: the letter box beside nginx (the form) and beside what the disk gives (letters), and its memory. make bench runs it; alone:
// node tests/bench/post.mjs, after make bench has built build/bench/load and build/bench/post.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { BUILD, Shop, letterbox } from '../faults/letterbox.mjs';

const work = mkdtempSync(path.join(process.env.WORK ?? os.tmpdir(), 'briefkasten-bench-'));
const page = `<!doctype html><meta charset="utf-8"><title>Termin anfragen</title>${'<p><label>Wunsch <input name="wish"></label>'.repeat(150)}`;
const shop = new Shop('salon', 'letters 400000\nper-source 60000');
const memory = (pid) => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const rows = [];

function row(what, value, unit, limit, ok, note = '') { rows.push([what, `${value >= 100 ? Math.round(value) : value.toFixed(2)} ${unit}`, limit, ok ? 'ok' : 'OVER', note]); }

function run(program, args) {
	return new Promise((resolve, reject) => {
		const child = spawn(`${BUILD}/bench/${program}`, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
		let text = '';
		child.stdout.on('data', (some) => { text += some; });
		child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`${program} ended with ${code}`))));
	});
}

function load(port, target, times, connections) {
	const file = path.join(work, `ask-${port}`);
	writeFileSync(file, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n\0`);
	return run('load', [port, connections, file, times]);
}

async function startNginx() {
	const port = await new Promise((resolve) => { const s = net.createServer().listen(0, '127.0.0.1', () => { const { port: free } = s.address(); s.close(() => resolve(free)); }); });
	const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`).join(' ');
	writeFileSync(path.join(work, 'page.html'), page);
	writeFileSync(path.join(work, 'nginx.conf'), `daemon off; master_process off; pid nginx.pid; error_log stderr; events {}
		http { access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000; default_type text/html; ${places} server { listen 127.0.0.1:${port}; root ${work}; } }`);
	const child = spawn('nginx', ['-p', work, '-c', 'nginx.conf', '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
	await new Promise((next) => { setTimeout(next, 500); });
	return { port, stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }) };
}

async function form(box) {
	const nginx = await startNginx();
	let best = 0, note = '';
	for (let round = 0; round < 3; round++) {
		const ours = await load(box.port, '/salon/', 40000, 16), theirs = await load(nginx.port, '/page.html', 40000, 16);
		const ratio = theirs.ms / ours.ms;
		if (ratio > best) [best, note] = [ratio, `${Math.round(ours.n / ours.ms * 1000)} beside ${Math.round(theirs.n / theirs.ms * 1000)} a second`];
	}
	row('request form beside nginx, keep-alive', best, '× nginx', '≥ 0.5', best >= 0.5, note);
	await nginx.stop();
}

async function letters(box) {
	const sync = JSON.parse(execFileSync(`${BUILD}/bench/load`, ['0', 'sync', path.join(work, 'sync'), '300']));
	const flood = run('post', [box.port, 256, 'letters', 'salon', 3]);
	await new Promise((next) => { setTimeout(next, 500); });
	const during = await load(box.port, '/salon/', 2000, 4);
	const told = await flood, rate = told.good / told.ms * 1000;
	row('letters, each durable before its answer', rate, 'a second', '≥ 3000', rate >= 3000 && told.good === told.n, `bare fdatasync ${sync.ms.toFixed(3)} ms; p99 ${told.p99.toFixed(1)} ms`);
	row('the form meanwhile, p99', during.p99, 'ms', '≤ 50', during.p99 <= 50);
}

async function idle() {
	const box = await letterbox([shop], { more: 'connections 12000' });
	await box.ask('PUT', '/salon/app/index.html', { token: shop.token, body: page });
	const before = memory(box.pid), child = spawn(`${BUILD}/bench/post`, [box.port, '10000', 'idle', '/salon/'].map(String), { stdio: ['pipe', 'pipe', 'inherit'] });
	await new Promise((resolve) => { child.stdout.once('data', resolve); child.once('exit', resolve); });
	const used = memory(box.pid);
	row('memory with 10,000 idle connections', used, 'MiB', '≤ 20', used <= 20 && child.exitCode === null, `${before.toFixed(1)} MiB without; each had asked once`);
	child.stdin.end();
	await box.close();
}

try {
	const box = await letterbox([shop], { dir: path.join(work, 'data') });
	await box.ask('PUT', '/salon/app/index.html', { token: shop.token, body: page });
	await form(box);
	await letters(box);
	await box.close();
	shop.more = '';
	await idle();
} finally { rmSync(work, { recursive: true, force: true }); }
for (const cells of rows) console.log(cells.join('  '));
process.exit(0);
