// salon.mjs: a demo salon with its program running on a free port of 127.0.0.1, for tests.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const BUILD = process.env.BUILD ?? 'build';
export const PASSWORD = 'demo-salon';
export const OWNER = 'Susanne Brandt';

function freePort() {
	return new Promise((resolve) => {
		const server = net.createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

export async function serve(program, dir, env = {}) {
	const port = await freePort();
	const child = spawn(`${BUILD}/${program}`, ['serve', '--data', dir, '--port', String(port)], { env: { ...process.env, ...env } });
	let errors = '';
	child.stderr.on('data', (bytes) => { errors += bytes; });
	await new Promise((resolve, reject) => {
		child.stdout.once('data', resolve);
		child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${errors}`)));
	});
	return {
		port, dir, pid: child.pid, base: `http://127.0.0.1:${port}`, errors: () => errors,
		stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }),
	};
}

export async function salon(env = {}) {
	const dir = mkdtempSync(path.join(os.tmpdir(), 'kontor-'));
	const made = spawnSync(`${BUILD}/kontor`, ['demo', '--data', dir, '--customers', '30', '--years', '0', '--staff', '3'], { env: { ...process.env, ...env } });
	if (made.status !== 0) throw new Error(String(made.stderr));
	const running = await serve('kontor', dir, env);
	return { ...running, close: async () => { await running.stop(); rmSync(dir, { recursive: true, force: true }); } };
}

// Sends bytes as they are and gives all that comes back until the other side closes or `patience` ms pass in silence.
export function raw(port, bytes, { patience = 1500, pause = 0, parts } = {}) {
	return new Promise((resolve) => {
		let came = '';
		const socket = net.connect(port, '127.0.0.1');
		socket.setTimeout(patience, () => socket.destroy());
		socket.on('data', (data) => { came += data; });
		socket.on('error', () => {});
		socket.on('close', () => resolve(came));
		socket.on('connect', async () => {
			for (const part of parts ?? [bytes]) {
				socket.write(part);
				if (pause) await new Promise((next) => { setTimeout(next, pause); });
			}
		});
	});
}

export const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
export const statuses = (answer) => [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((found) => Number(found[1]));

// Debian's Node joins several with commas; one begins with its name, a date within one does not.
const cookies = (headers) => (headers.get('set-cookie') ?? '').split(/,\s*(?=[^;,=\s]+=)/).filter(Boolean);

// A browser as far as this needs one: cookies, the token of the last page. Fields: an object, or pairs where names come again.
export class Browser {
	constructor(base) { this.base = base; this.jar = new Map(); this.csrf = ''; }

	async go(method, target, fields, headers = {}) {
		const sent = { cookie: [...this.jar].map(([k, v]) => `${k}=${v}`).join('; '), ...headers };
		let body;
		if (method === 'POST') {
			Object.assign(sent, { origin: this.base, 'sec-fetch-site': 'same-origin', ...headers });
			const pairs = Array.isArray(fields) ? [['csrf', this.csrf], ...fields] : Object.entries({ csrf: this.csrf, ...fields });
			body = fields instanceof FormData ? fields : new URLSearchParams(pairs);
		}
		const answer = await fetch(this.base + target, { method, headers: sent, body, redirect: 'manual' });
		for (const line of cookies(answer.headers)) {
			const [, key, value] = /^([^=]+)=([^;]*)/.exec(line);
			this.jar.set(key, value);
		}
		const text = await answer.text();
		this.csrf = /name="csrf" value="([0-9a-f]+)"/.exec(text)?.[1] ?? this.csrf;
		return { status: answer.status, headers: answer.headers, text, location: answer.headers.get('location') };
	}

	get(target, headers) { return this.go('GET', target, undefined, headers); }
	post(target, fields, headers) { return this.go('POST', target, fields, headers); }

	async login(name = OWNER, password = PASSWORD) {
		await this.get('/login?with=password');
		const answer = await this.post('/login', { name, password });
		if (answer.status === 303) await this.get('/journal');
		return answer;
	}
}
