// letterbox.mjs: briefkasten on a free port of 127.0.0.1 with one or two shops, and the shop's side of it, for tests.
import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const BUILD = process.env.BUILD ?? 'build';
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
export const LETTER = 2096, FETCHED = 1 + 8 + 32 + LETTER;
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

function freePort() {
	return new Promise((resolve) => {
		const server = net.createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
	});
}

export class Shop {
	constructor(name, more = '') {
		const { publicKey, privateKey } = generateKeyPairSync('ed25519');
		Object.assign(this, { name, privateKey, key: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
			id: randomBytes(16).toString('hex'), token: randomBytes(32).toString('hex'), more });
		this.lineage = randomBytes(16).toString('hex');
	}

	config() { return `shop ${this.name}\nid ${this.id}\nkey ${this.key}\ntoken-sha256 ${sha256(this.token)}\nphone 030 4711\n${this.more}\n`; }
	signed(type, text) { return `${text}sig ${sign(null, Buffer.from(`kontor-sig/${type}/1\n${text}`), this.privateKey).toString('hex')}\n`; }

	manifest({ generation = 1, epoch = 1, lineage = this.lineage, id = this.id, chunks = [], made = 1764000000, reqkey = '' } = {}) {
		return this.signed('manifest', `kontor-manifest 1\nshop ${id}\ngeneration ${generation}\nlineage ${lineage}\nepoch ${epoch}\nprev ${'0'.repeat(64)}\nmade ${made}\n`
			+ `next-by ${made + 900}\nkeyepoch 1\njournal-head 5 ${'0'.repeat(64)}\n${reqkey && `reqkey ${reqkey}\n`}${chunks.map((bytes, i) => `chunk public day:${i} ${bytes.length} ${sha256(bytes)}\n`).join('')}`);
	}

	status({ token = randomBytes(16), seq = 1, state = 'seen', id = this.id } = {}) {
		const head = `kontor-status 1\nshop ${id}\nid ${sha256(token)}\nseq ${seq}\nstate ${state}\nmade 1764000000\npad `;
		return this.signed('status', `${head}${'-'.repeat(2048 - 133 - 1 - head.length)}\n`);
	}
}

export function ask(port, method, target, { body, token, headers = {} } = {}) {
	return new Promise((resolve, reject) => {
		const all = { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) };
		const request = http.request({ host: '127.0.0.1', port, method, path: target, agent, headers: all }, (answer) => {
			const parts = [];
			answer.on('data', (some) => parts.push(some));
			answer.on('end', () => { const bytes = Buffer.concat(parts); resolve({ status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString() }); });
			answer.on('error', reject);
		});
		request.on('error', reject);
		request.end(body);
	});
}

export async function letterbox(shops, { dir = mkdtempSync(path.join(os.tmpdir(), 'briefkasten-')), more = '', wrap = [] } = {}) {
	const port = await freePort(), config = `${dir}.conf`;
	writeFileSync(config, `listen 127.0.0.1\nport ${port}\ndata ${dir}\n${more}\n${shops.map((shop) => shop.config()).join('')}`);
	const [program, ...args] = [...wrap, `${BUILD}/briefkasten`, 'serve', '--config', config];
	const child = spawn(program, args);
	let errors = '';
	child.stderr.on('data', (bytes) => { errors += bytes; });
	const ended = new Promise((resolve) => { child.once('exit', (code, signal) => resolve(signal ?? code)); });
	await new Promise((resolve, reject) => {
		child.stdout.once('data', resolve);
		child.once('exit', (code, signal) => reject(new Error(`briefkasten ended with ${signal ?? code}: ${errors}`)));
	});
	const box = { port, dir, pid: child.pid, ended, errors: () => errors, ask: (...args2) => ask(port, ...args2) };
	box.stop = async (signal = 'SIGTERM') => { child.kill(signal); return ended; };
	box.close = async () => { const how = await box.stop(); rmSync(dir, { recursive: true, force: true }); rmSync(config, { force: true }); return how; };
	box.post = (shop, id, body) => box.ask('POST', `/${shop.name}/letters/${id}`, { body });
	box.fetch = async (shop) => {
		const { status, bytes, headers } = await box.ask('GET', `/${shop.name}/letters`, { token: shop.token });
		if (status !== 200) throw new Error(`fetch: ${status}`);
		return { waiting: Number(headers['x-waiting']), letters: Array.from({ length: bytes.length / FETCHED }, (_, i) => {
			const one = bytes.subarray(i * FETCHED, (i + 1) * FETCHED);
			return { flags: one[0], arrived: Number(one.readBigUInt64BE(1)), id: one.subarray(9, 41).toString('hex'), sealed: one.subarray(41) };
		}) };
	};
	box.seen = (shop, ids) => box.ask('POST', `/${shop.name}/letters/seen`, { token: shop.token, body: Buffer.from(ids.join(''), 'hex') });
	box.fetchAll = async (shop) => {
		const all = new Map();
		for (;;) {
			const { letters } = await box.fetch(shop);
			if (letters.length === 0) return all;
			for (const letter of letters) all.set(letter.id, letter.sealed);
			await box.seen(shop, letters.map(({ id }) => id));
		}
	};
	return box;
}
export const newLetter = () => ({ id: randomBytes(32).toString('hex'), body: randomBytes(LETTER) });
