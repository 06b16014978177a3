// briefkasten.test.mjs: the letter box among hostile clients, killed in the middle, on a full disk, with a wrong clock.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { LETTER, Shop, letterbox, newLetter, sha256 } from './letterbox.mjs';
import { raw, statusOf, statuses } from './salon.mjs';

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const ROUNDS = Number(process.env.ROUNDS ?? 12);
const shop = new Shop('salon', 'letters 500\nper-source 60000'), other = new Shop('bart', 'letters 5\nper-source 60000');
let box;
before(async () => { box = await letterbox([shop, other]); });
after(async () => { assert.equal(await box.close(), 0); });

const put = (target, body, token = shop.token) => box.ask('PUT', `/salon/${target}`, { body, token });
const head = `Host: x\r\n`;
const get = (line, headers = head) => raw(box.port, `${line}\r\n${headers}Connection: close\r\n\r\n`);
const post = (headers, body = '', target = `/salon/letters/${'0'.repeat(64)}`) => raw(box.port, `POST ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n${body}`);

// ---- letters
test('a letter is kept once, handed out until the shop has it, and answered the same when it comes again', async () => {
	const { id, body } = newLetter();
	for (let i = 0; i < 3; i++) assert.equal((await box.post(shop, id, body)).status, 201);
	assert.equal((await box.post(shop, id, randomBytes(LETTER))).status, 201);       // the first one counts
	for (let i = 0; i < 2; i++) {
		const { letters, waiting } = await box.fetch(shop);
		assert.equal(waiting, 1);
		assert.deepEqual(letters.map((letter) => [letter.id, letter.sealed.equals(body), letter.flags]), [[id, true, 0]]);
	}
	assert.equal((await box.seen(shop, [id])).status, 204);
	assert.equal((await box.fetch(shop)).waiting, 0);
	assert.equal((await box.post(shop, id, body)).status, 201);
	assert.equal((await box.fetch(shop)).waiting, 0);
	assert.equal((await box.seen(shop, [id])).status, 204);
});
test('two shops on one host know nothing of each other', async () => {
	const { id, body } = newLetter();
	await box.post(other, id, body);
	assert.equal((await box.fetch(shop)).waiting, 0);
	assert.equal((await box.ask('GET', '/bart/letters', { token: shop.token })).status, 401);
	assert.equal((await box.seen(shop, [id])).status, 204);
	assert.equal((await box.fetch(other)).waiting, 1);
	await box.seen(other, [id]);
});
test('a full letter box says whom to call, and takes letters again when there is room', async () => {
	const letters = Array.from({ length: 5 }, newLetter);
	for (const { id, body } of letters) assert.equal((await box.post(other, id, body)).status, 201);
	const refused = newLetter(), answer = await box.post(other, refused.id, refused.body);
	assert.equal(answer.status, 503);
	assert.match(answer.text, /voll.*030 4711/);
	assert.equal((await box.post(other, letters[0].id, letters[0].body)).status, 201);
	assert.equal((await box.fetchAll(other)).size, 5);
	assert.equal((await box.post(other, refused.id, refused.body)).status, 201);
	await box.fetchAll(other);
});
test('hundreds at once are all there, each once', async () => {
	const letters = Array.from({ length: 400 }, newLetter);
	const answers = await Promise.all(letters.flatMap(({ id, body }) => [box.post(shop, id, body), box.post(shop, id, body)]));
	assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
	const got = await box.fetchAll(shop);
	assert.equal(got.size, 400);
	for (const { id, body } of letters) assert.ok(got.get(id).equals(body));
});
for (const [what, size] of [['too short', LETTER - 1], ['too long', LETTER + 1], ['empty', 0]])
	test(`a letter that is ${what}`, async () => { assert.ok([400, 413].includes((await box.post(shop, newLetter().id, randomBytes(size))).status)); });
test('one source may not fill the box: its share of a day, then it is told to call', async () => {
	const strict = new Shop('streng', 'letters 500\nper-source 10'), own = await letterbox([strict], { more: 'behind-proxy yes' });
	try {
		const from = async (address) => { const { id, body } = newLetter(); return own.ask('POST', `/streng/letters/${id}`, { body, headers: { 'x-forwarded-for': address } }); };
		for (let i = 0; i < 10; i++) assert.equal((await from(`1.2.3.${i}`)).status, 201);
		const answer = await from('9.9.9.9, 1.2.3.77');
		assert.equal(answer.status, 429);
		assert.match(answer.text, /030 4711/);
		assert.equal((await from('1.2.4.1')).status, 201);
		assert.equal((await from('2001:db8:1:2::1')).status, 201);
		const kept = readdirSync(own.dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => readFileSync(path.join(f.path, f.name)));
		for (const bytes of kept) assert.ok(!bytes.includes('1.2.3'));
	} finally { assert.equal(await own.close(), 0); }
});

test('a form without JavaScript is sealed before it touches the disk, flagged, and once however often it is sent', async () => {
	const { publicKey, privateKey } = generateKeyPairSync('x25519'), reqkey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
	const own = await letterbox([shop]), fields = { service: '3', day1: '2026-12-01', part1: 'morning', name: 'Eva Geheimnis', phone: '0171 5550123', note: 'Zeile 1\nZeile 2', consent: '2' };
	const form = (more = {}) => own.ask('POST', '/salon/form', { body: new URLSearchParams({ ...fields, ...more }).toString() });
	try {
		assert.equal((await form()).status, 503);
		await own.ask('PUT', '/salon/manifest', { token: shop.token, body: shop.manifest({ reqkey: reqkey.toString('hex') }) });
		for (let i = 0; i < 2; i++) assert.match((await form()).text, /Angekommen im Briefkasten/);
		for (const wrong of [{ name: '' }, { phone: '' }, { service: 'x' }, { consent: '' }, { note: 'x'.repeat(501) }, { name: 'x'.repeat(10_000) }])
			assert.equal((await form(wrong)).status, 422, JSON.stringify(wrong).slice(0, 60));
		await own.ask('PUT', '/salon/app/danke.html', { token: shop.token, body: '<p>Danke' });
		assert.equal((await form()).headers.location, '/salon/app/danke.html');
		const { letters } = await own.fetch(shop);
		assert.deepEqual(letters.map(({ flags }) => flags), [1]);
		const key = await suite.kem.importKey('raw', privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32), false);
		const cut = (from, to) => Uint8Array.from(letters[0].sealed.subarray(from, to)).buffer;
		const plain = Buffer.from(await suite.open({ recipientKey: key, enc: cut(0, 32), info: Buffer.from('kontor/request/1') }, cut(32), Buffer.from(shop.id, 'hex'))).toString();
		assert.match(plain, /^kontor-letter 1\nkind request\nmsgid [0-9a-f]{32}\nmade \d+\nservice 3\nwish 2026 12 1 morning\nname Eva Geheimnis\nphone 0171 5550123\nnote Zeile 1\\nZeile 2\nlang de\nknown 0\nconsent 2\n\0+$/);
		const kept = readdirSync(own.dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => readFileSync(path.join(f.path, f.name)));
		for (const bytes of kept) for (const secret of ['Geheimnis', '5550123', 'Zeile']) assert.ok(!bytes.includes(secret));
	} finally { assert.equal(await own.close(), 0); }
});

// ---- what the shop lays there
test('without the token, or with another, nothing is laid there, taken out or marked', async () => {
	for (const token of [undefined, '', 'x', other.token, shop.token.toUpperCase(), `${shop.token}0`, shop.token.slice(1)]) {
		for (const [target, body] of [['manifest', shop.manifest()], ['app/x.html', 'x']])
			assert.equal((await box.ask('PUT', `/salon/${target}`, { token, body })).status, 401, String(token));
		assert.equal((await box.ask('GET', '/salon/letters', { token })).status, 401);
		assert.equal((await box.ask('POST', '/salon/letters/seen', { token, body: Buffer.alloc(32) })).status, 401);
	}
	assert.equal((await box.ask('GET', '/salon/app/x.html')).status, 404);
});
test('a manifest: only signed, of this shop, not older, with all its pieces there', async () => {
	const bytes = randomBytes(300), missing = randomBytes(9);
	assert.equal((await put(`c/${sha256(bytes)}`, bytes)).status, 201);
	assert.equal((await put(`c/${sha256(bytes)}`, bytes)).status, 204);
	assert.equal((await put(`c/${sha256(missing)}`, bytes)).status, 422);
	const refused = async (manifest, status, why) => { const answer = await put('manifest', manifest); assert.deepEqual([answer.status, answer.text], [status, why]); };
	const good = shop.manifest({ generation: 2, epoch: 10, chunks: [bytes] });
	await refused(shop.manifest({ generation: 2, epoch: 10, chunks: [missing] }), 409, 'chunk');
	await refused(other.manifest({ id: shop.id }), 422, 'signature');
	await refused(shop.manifest({ id: other.id }), 422, 'shop');
	await refused(good.replace('keyepoch 1', 'keyepoch 2'), 422, 'signature');
	await refused(good.replace('epoch 10', 'epoch 010'), 422, 'value');
	await refused(good.slice(0, -1), 422, 'line');
	assert.equal((await put('manifest', good)).status, 201);
	assert.equal((await put('manifest', good)).status, 201);
	await refused(shop.manifest({ generation: 2, epoch: 9 }), 409, 'older');
	await refused(shop.manifest({ generation: 1, epoch: 99 }), 409, 'older');
	await refused(shop.manifest({ generation: 2, epoch: 10 }), 409, 'fork');
	await refused(shop.manifest({ generation: 2, epoch: 11, lineage: '5'.repeat(32) }), 409, 'fork');
	assert.equal((await box.ask('GET', '/salon/manifest')).text, good);
	const answer = await box.ask('GET', `/salon/c/${sha256(bytes)}`);
	assert.ok(answer.bytes.equals(bytes));
	assert.match(answer.headers['cache-control'], /immutable/);
	assert.equal((await box.ask('GET', '/salon/manifest', { headers: { 'if-none-match': (await box.ask('GET', '/salon/manifest')).headers.etag } })).status, 304);
	assert.equal((await put('manifest', shop.manifest({ generation: 3, epoch: 1, lineage: '6'.repeat(32) }))).status, 201);
});
test('pieces that no manifest lists any more go, but not those of the one before, nor new ones', async () => {
	const own = await letterbox([shop]), pieces = Array.from({ length: 4 }, () => randomBytes(50)), file = (bytes) => `${own.dir}/salon/c/${sha256(bytes)}`;
	try {
		for (const bytes of pieces) await own.ask('PUT', `/salon/c/${sha256(bytes)}`, { token: shop.token, body: bytes });
		for (const bytes of pieces.slice(0, 3)) utimesSync(file(bytes), 1e9, 1e9);
		for (const [epoch, there] of [[1, [0, 3]], [2, [0, 3]], [3, [3]]]) {
			const chunks = epoch === 1 ? [pieces[0]] : [];
			assert.equal((await own.ask('PUT', '/salon/manifest', { token: shop.token, body: shop.manifest({ epoch, chunks }) })).status, 201);
			assert.deepEqual(readdirSync(`${own.dir}/salon/c`).sort(), there.map((i) => sha256(pieces[i])).sort(), `epoch ${epoch}`);
		}
	} finally { assert.equal(await own.close(), 0); }
});
test('a status: only signed, under its own name, not older', async () => {
	const token = randomBytes(16), name = `status/${sha256(token)}`;
	assert.equal((await put(name, shop.status({ token, seq: 2, state: 'proposed' }))).status, 201);
	for (const [status, text] of [[201, shop.status({ token, seq: 2, state: 'proposed' })], [409, shop.status({ token, seq: 1 })], [409, shop.status({ token, seq: 2 })],
		[422, shop.status({ seq: 3 })], [422, other.status({ token, seq: 3, id: shop.id })], [422, shop.status({ token, seq: 3, id: other.id })], [201, shop.status({ token, seq: 3, state: 'accepted' })]])
		assert.equal((await put(name, text)).status, status);
	assert.match((await box.ask('GET', `/salon/${name}`)).text, /seq 3\nstate accepted/);
});
test('files of the app', async () => {
	const page = `<p>${'x'.repeat(100_000)}`;
	assert.equal((await put('app/index.html', page)).status, 201);
	const answer = await box.ask('GET', '/salon/');
	assert.equal(answer.text, page);
	assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
	assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
	assert.equal((await box.ask('HEAD', '/salon/')).headers['content-length'], String(page.length));
	assert.equal((await put('app/big.js', Buffer.alloc((1 << 20) + 1))).status, 413);
});

// ---- hostile clients
for (const method of ['DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PUT', 'POST', 'BREW'])
	test(`${method} where it does not belong`, async () => {
		for (const target of ['/salon/', '/salon/c/x', '/', '/nobody/letters', '/salon/letters']) assert.equal(statusOf(await get(`${method} ${target} HTTP/1.1`)), 405, target);
	});
test('405 says what is possible', async () => { assert.match(await get(`PUT /salon/letters/${'0'.repeat(64)} HTTP/1.1`), /^HTTP\/1.1 405[^]*\r\nAllow: POST\r\n/); });
for (const target of ['/salon/../salon.conf', '/salon/app/../manifest', '/salon/app/..', '/salon/app/.part', '/salon/app/a..b', '/salon/spool/00000001.box', '/salon/spool', '/salon/c/../manifest',
	`/salon/c/${'A'.repeat(64)}`, `/salon/c/${'0'.repeat(63)}`, '/salon//manifest', '/salon/%6danifest', '/salon/app/%2e%2e', '/../etc/passwd', '//etc/passwd', '/salon', '/SALON/manifest', '/salon/manifest/', '/salon/app/a/b'])
	test(`the address ${target}`, async () => { assert.ok([400, 404].includes(statusOf(await get(`GET ${target} HTTP/1.1`)))); });
for (const [what, bytes, status] of [
	['no Host', 'GET /salon/ HTTP/1.1\r\n\r\n', 400], ['two Hosts', `GET /salon/ HTTP/1.1\r\n${head}${head}\r\n`, 400],
	['another version', `GET /salon/ HTTP/2.0\r\n${head}\r\n`, 505], ['no version', `GET /salon/\r\n${head}\r\n`, 400],
	['a folded header', `GET /salon/ HTTP/1.1\r\n${head} more\r\n\r\n`, 400], ['a blank before the colon', `GET /salon/ HTTP/1.1\r\nHost : x\r\n\r\n`, 400],
	['a bare line feed', `GET /salon/ HTTP/1.1\r\n${head}A: b\nC: d\r\n\r\n`, 400], ['a zero byte', `GET /salon/ HTTP/1.1\r\n${head}A: \0\r\n\r\n`, 400],
	['chunks', `POST /salon/letters/${'0'.repeat(64)} HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 501],
	['a GET with a body', `GET /salon/ HTTP/1.1\r\n${head}Content-Length: 3\r\n\r\nGET`, 400],
	['a blank too much', `GET  /salon/ HTTP/1.1\r\n${head}\r\n`, 400], ['rubbish', '\x16\x03\x01\x00\xa5\r\n\r\n', 400], ['two tokens', `GET /salon/letters HTTP/1.1\r\n${head}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n`, 400],
	['9 kB of headers', `GET /salon/ HTTP/1.1\r\n${head}X: ${'a'.repeat(9000)}\r\n\r\n`, 431]])
	test(what, async () => { assert.deepEqual(statuses(await raw(box.port, bytes)), [status]); });
for (const length of ['-1', '1e3', '0x10', '99999999999999999999', '4, 4', '', '2096\r\nContent-Length: 2096', '2096\r\nContent-Length: 0'])
	test(`Content-Length "${length}"`, async () => { assert.deepEqual(statuses(await post(`${head}Content-Length: ${length}\r\n`, 'a'.repeat(100))), [400]); });
test('a letter without a length', async () => { assert.equal(statusOf(await post(head)), 411); });
test('a body over the limit is refused before it is read', async () => { assert.equal(statusOf(await post(`${head}Content-Length: 99999999\r\n`, 'a'.repeat(5000))), 413); });
test('three requests in one go, then byte by byte', async () => {
	const one = `GET /salon/manifest HTTP/1.1\r\n${head}\r\n`, bodies = `POST /salon/letters/seen HTTP/1.1\r\n${head}Authorization: Bearer ${shop.token}\r\nContent-Length: 32\r\n\r\n${'0'.repeat(32)}`;
	assert.deepEqual(statuses(await raw(box.port, one + bodies + one)), [200, 204, 200]);
	assert.deepEqual(statuses(await raw(box.port, '', { parts: [...(one + bodies)], pause: 1 })), [200, 204]);
});
test('clients that hang up anywhere leave nothing behind', async () => {
	const { id, body } = newLetter();
	const whole = Buffer.concat([Buffer.from(`POST /salon/letters/${id} HTTP/1.1\r\n${head}Content-Length: ${LETTER}\r\n\r\n`), body]);
	await Promise.all(Array.from({ length: 200 }, (_, i) => new Promise((resolve) => {
		const socket = net.connect(box.port, '127.0.0.1', () => socket.write(whole.subarray(0, Math.floor(i / 201 * whole.length)), () => { socket.resetAndDestroy(); resolve(); }));
		socket.on('error', resolve);
	})));
	assert.equal((await box.fetch(shop)).waiting, 0);
});
test('slow clients are put out, and meanwhile others are served', { timeout: 60_000 }, async () => {
	const slow = Array.from({ length: 1500 }, () => new Promise((resolve) => {
		const socket = net.connect(box.port, '127.0.0.1', () => socket.write('GET /salon/ HT'));
		socket.on('error', resolve);
		socket.on('close', resolve);
	}));
	await new Promise((next) => { setTimeout(next, 500); });
	assert.equal((await box.ask('GET', '/salon/manifest')).status, 200);
	await Promise.all(slow);
});

// ---- the world
test('a clock that is a year off changes nothing but the date on the letters', async () => {
	const own = await letterbox([shop], { wrap: ['env', 'KONTOR_NOW=2025-01-01T12:00'] });
	try {
		const { id, body } = newLetter();
		assert.equal((await own.post(shop, id, body)).status, 201);
		assert.equal((await own.ask('PUT', '/salon/manifest', { token: shop.token, body: shop.manifest() })).status, 201);
		assert.equal((await own.fetchAll(shop)).size, 1);
	} finally { assert.equal(await own.close(), 0); }
});
test('a full disk: 507 with the phone number, nothing acknowledged, all before is still there', async () => {
	const own = await letterbox([shop], { wrap: ['bash', '-c', 'ulimit -f 60; trap "" XFSZ; exec "$@"', '-'] });
	try {
		const said = [];
		let refused = null;
		for (let i = 0; i < 60 && refused === null; i++) {
			const { id, body } = newLetter(), answer = await own.post(shop, id, body);
			if (answer.status === 201) said.push(id);
			else refused = answer;
		}
		assert.equal(refused?.status, 507);
		assert.match(refused.text, /030 4711/);
		assert.equal((await own.ask('PUT', '/salon/app/big.js', { token: shop.token, body: Buffer.alloc(100_000) })).status, 507);
		assert.equal((await own.ask('GET', '/salon/app/big.js')).status, 404);
		assert.deepEqual([...(await own.fetchAll(shop)).keys()].sort(), said.sort());
		assert.ok(said.length > 20);
	} finally { assert.equal(await own.close(), 0); }
});
test(`killed ${ROUNDS} times in the middle: no letter that was acknowledged is lost, none comes as something else`, { timeout: 3_600_000 }, async (t) => {
	let own = await letterbox([shop]), said = new Map(), sent = new Map(), total = 0, open = 0;
	const { dir } = own;
	for (let round = 0; round < ROUNDS; round++) {
		let stop = false;
		const client = async () => {
			while (!stop) {
				const { id, body } = newLetter();
				sent.set(id, body);
				try {
					const { status } = await own.post(shop, id, body);
					if (status === 201) said.set(id, body);
					else { assert.equal(status, 503); await own.fetch(shop); return; }
				} catch { return; }
			}
		};
		const work = Array.from({ length: 24 }, client);
		await new Promise((next) => { setTimeout(next, 5 + Math.random() * 60); });
		await own.stop('SIGKILL');
		stop = true;
		await Promise.all(work);
		if (round % 3 === 2) for (const name of readdirSync(`${dir}/salon/spool`).slice(-1)) writeFileSync(`${dir}/salon/spool/${name}`, randomBytes(999), { flag: 'a' });
		own = await letterbox([shop], { dir });
		const got = await own.fetchAll(shop);
		for (const [id, body] of said) assert.ok(got.get(id)?.equals(body), `round ${round}: acknowledged, but lost`);
		for (const [id, body] of got) assert.ok(sent.get(id)?.equals(body), `round ${round}: never sent like that`);
		total += said.size;
		open += got.size - said.size;
		said = new Map();
		sent = new Map();
	}
	t.diagnostic(`${ROUNDS} kills, ${total} letters acknowledged and there, ${open} more without an answer`);
	assert.ok(total > ROUNDS);
	assert.equal(await own.close(), 0);
	rmSync(dir, { recursive: true, force: true });
});
test('nothing of this left a line in the log but the note on the sandbox', () => {
	assert.deepEqual(box.errors().split('\n').filter((line) => line && !line.includes('Landlock')), []);
});
