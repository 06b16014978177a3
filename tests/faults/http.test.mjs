// http.test.mjs: what strangers and broken programs send. Each is refused or timed out, and never answered twice.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { BUILD, Browser, raw, salon, serve, statusOf, statuses } from './salon.mjs';

let shop, owner;
before(async () => { shop = await salon(); owner = new Browser(shop.base); await owner.login(); });
after(async () => { await shop.close(); });

const host = () => `Host: 127.0.0.1:${shop.port}\r\n`;
const get = (headers, line = 'GET /login HTTP/1.1') => raw(shop.port, `${line}\r\n${headers}Connection: close\r\n\r\n`);
const form = 'Content-Type: application/x-www-form-urlencoded\r\n';
const origin = () => `Origin: http://127.0.0.1:${shop.port}\r\n`;
const post = (headers, body = '', path = '/lock') => raw(shop.port, `POST ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n${body}`);
const log = () => String(spawnSync(`${BUILD}/kontor`, ['log', '--data', shop.dir]).stdout);

test('a plain request is answered, with every header that keeps a page to itself', async () => {
	const { status, headers } = await new Browser(shop.base).get('/login');
	assert.equal(status, 200);
	assert.equal(headers.get('content-security-policy'), "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; "
		+ "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	assert.equal(headers.get('x-content-type-options'), 'nosniff');
	assert.equal(headers.get('cache-control'), 'no-store');
	assert.match(headers.get('set-cookie'), /; Path=\/; HttpOnly; SameSite=Strict/);
});

test('HEAD gives the headers of GET and no body', async () => {
	const answer = await get(host(), 'HEAD /login HTTP/1.1');
	assert.equal(statusOf(answer), 200);
	assert.equal(answer.split('\r\n\r\n')[1], '');
});

test('no Host', async () => { assert.deepEqual(statuses(await get('')), [400]); });
test('two Hosts', async () => { assert.equal(statusOf(await get(host() + host())), 400); });
for (const name of ['evil.example', 'evil.example:80', '127.0.0.1:1', '127.0.0.1', '127.0.0.1.evil.example']) {
	test(`foreign Host ${name}`, async () => { assert.equal(statusOf(await get(`Host: ${name}\r\n`)), 421); });
}
for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
	test(`own Host ${name}`, async () => { assert.equal(statusOf(await get(`Host: ${name}:${shop.port}\r\n`)), 200); });
}

test('two Content-Lengths', async () => {
	assert.deepEqual(statuses(await post(`${host()}${origin()}${form}Content-Length: 0\r\nContent-Length: 4\r\n`, 'a=bc')), [400]);
});
test('the same Content-Length twice', async () => {
	assert.deepEqual(statuses(await post(`${host()}${origin()}${form}Content-Length: 4\r\nContent-Length: 4\r\n`, 'a=bc')), [400]);
});
test('Content-Length and Transfer-Encoding, with a second request hidden in the body', async () => {
	const hidden = `0\r\n\r\nGET /login HTTP/1.1\r\n${host()}\r\n`;
	const answer = await raw(shop.port, `POST /lock HTTP/1.1\r\n${host()}${origin()}${form}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${hidden}`);
	assert.deepEqual(statuses(answer), [400]);
});
test('a body in chunks', async () => {
	assert.deepEqual(statuses(await post(`${host()}${origin()}${form}Transfer-Encoding: chunked\r\n`, '3\r\na=b\r\n0\r\n\r\n')), [400]);
});
for (const length of ['-1', '1e3', '0x10', '99999999999999999999', '4, 4', '']) {
	test(`Content-Length "${length}"`, async () => {
		const answer = await post(`${host()}${origin()}${form}Content-Length: ${length}\r\n`, 'a=bc');
		assert.ok([0, 400, 411, 413].includes(statusOf(answer)), answer.slice(0, 80));
		assert.ok(statuses(answer).length <= 1);
	});
}
test('a GET with a body', async () => {
	assert.deepEqual(statuses(await raw(shop.port, `GET /login HTTP/1.1\r\n${host()}Content-Length: 5\r\n\r\nGET /`)), [400]);
});
test('headers of 100 kB', async () => {
	const found = statuses(await get(`${host()}X-Long: ${'a'.repeat(100_000)}\r\n`));
	assert.ok(['', '413', '431'].includes(found.join()), found.join());
});
test('an address of 100 kB', async () => {
	const found = statuses(await get(host(), `GET /${'a'.repeat(100_000)} HTTP/1.1`));
	assert.ok(['', '400', '414', '431'].includes(found.join()), found.join());
});
test('a body over the limit is refused before it is read', async () => {
	for (const [path, length] of [['/customer/0', 300000], ['/login', 600000]]) {       // the door carries along what was refused
		const answer = await post(`${host()}${origin()}${form}Content-Length: ${length}\r\n`, 'a'.repeat(2000), path);
		assert.equal(statusOf(answer), 413);
	}
});
test('a POST without a length', async () => { assert.equal(statusOf(await post(`${host()}${origin()}${form}`)), 411); });
test('a POST that is no form', async () => {
	assert.equal(statusOf(await post(`${host()}${origin()}Content-Type: application/json\r\nContent-Length: 2\r\n`, '{}')), 415);
});
test('rubbish behind a good request', async () => {
	const answer = await raw(shop.port, `GET /login HTTP/1.1\r\n${host()}\r\n\x00\x01rubbish\r\n\r\n`);
	assert.equal(statuses(answer)[0], 200);
	assert.ok(statuses(answer).slice(1).every((status) => status >= 400));
});
test('two good requests in one go are answered in order', async () => {
	const one = `GET /login HTTP/1.1\r\n${host()}\r\n`;
	assert.deepEqual(statuses(await raw(shop.port, one + one)), [200, 200]);
});
for (const path of ['/%00', '/..%2f..%2fetc/passwd', '/assets/../kontor.db', '/book?day=%zz', '/book?%ff=1', '//login', '/customer/99999999999999999999', '/customer/007', '/customer/-1']) {
	test(`the address ${path}`, async () => {
		const status = statusOf(await get(host(), `GET ${path} HTTP/1.1`));
		assert.ok([303, 400, 404].includes(status), String(status));
	});
}
test('PUT and DELETE', async () => {
	for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
		const answer = await get(host(), `${method} /login HTTP/1.1`);
		assert.equal(statusOf(answer), 405, method);
		assert.match(answer, /\r\nAllow: GET, HEAD/);
	}
});
test('POST to a page that is only looked at says what is allowed', async () => {
	const answer = await owner.post('/journal', {});
	assert.equal(answer.status, 405);
	assert.equal(answer.headers.get('allow'), 'GET, HEAD');
});

test('a slow client is put out', { timeout: 40_000 }, async () => {
	const began = Date.now();
	const parts = [`GET /login HTTP/1.1\r\n${host()}`, ...Array.from({ length: 30 }, (_, i) => `X-${i}: 1\r\n`)];
	const answer = await raw(shop.port, '', { parts, pause: 1000, patience: 35_000 });
	assert.ok(Date.now() - began < 32_000);
	assert.notEqual(statusOf(answer), 200);
});

test('foreign origin, foreign site, no origin', async () => {
	for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
		{ origin: `http://127.0.0.1:${shop.port + 1}` }]) {
		assert.equal((await owner.post('/undo', {}, headers)).status, 403, JSON.stringify(headers));
	}
	assert.equal(statusOf(await post(`${host()}${form}Content-Length: 0\r\n`)), 403);
});
test('no token, a wrong token, the token of another session', async () => {
	const other = new Browser(shop.base);
	await other.get('/login');
	for (const csrf of ['', '0'.repeat(32), other.csrf]) assert.equal((await owner.post('/undo', { csrf })).status, 403, csrf);
});
test('nobody signed in', async () => {
	const nobody = new Browser(shop.base);
	await nobody.get('/login');
	assert.equal((await nobody.get('/journal')).location, '/login?to=%2Fjournal');
	assert.equal((await nobody.post('/undo', {})).status, 403);
});
test('after signing in one is only led to places of our own', async () => {
	for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/ok\r\nSet-Cookie: a=b']) {
		const b = new Browser(shop.base);
		await b.get('/login');
		const answer = await b.post('/login', { name: 'Susanne Brandt', password: 'demo-salon', to });
		assert.equal(answer.status, 303);
		assert.equal(answer.location, '/', to);
	}
});
test('a forged session cookie is nobody', async () => {
	const b = new Browser(shop.base);
	b.jar.set(`kontor-${shop.port}`, 'a'.repeat(32));
	assert.equal((await b.get('/journal')).status, 303);
});

test('guessing takes longer each time, and the password is nowhere', async () => {
	const b = new Browser(shop.base);
	await b.get('/login');
	const seen = [];
	for (let i = 0; i < 5; i++) seen.push((await b.post('/login', { name: 'Julia Wiesner', password: `guess-no-${i}` })).status);
	assert.deepEqual(seen, [422, 422, 422, 429, 429]);
	assert.ok(!log().includes('guess-no') && !shop.errors().includes('guess-no'));
});

// A change that anyone may make: a new customer.
const customer = (last) => ({ last, first: '', version: '1' });
const known = (last) => log().split('\n').filter((line) => line.includes(last)).length;

test('the same command sent twice is done once and leads to the same place', async () => {
	const command = 'f'.repeat(31) + '1';
	const first = await owner.post('/customer/0', { ...customer('Doppelmann'), command });
	assert.equal(first.status, 303, first.text.slice(0, 3000));
	const second = await owner.post('/customer/0', { ...customer('Doppelmann'), command });
	assert.equal(second.status, 303);
	assert.equal(second.location, first.location);
	assert.equal(known('Doppelmann'), 1);
});
test('ten times at once is still once', async () => {
	const command = 'f'.repeat(31) + '2';
	const answers = await Promise.all(Array.from({ length: 10 }, () => owner.post('/customer/0', { ...customer('Zehnfach'), command })));
	assert.deepEqual(answers.map((answer) => answer.status), Array(10).fill(303));
	assert.equal(known('Zehnfach'), 1);
});
test('many changes at once are all kept', async () => {
	await Promise.all(Array.from({ length: 60 }, (_, i) => owner.post('/customer/0', { ...customer(`Viele${i}`) })));
	assert.equal(known('Viele'), 60);
});
test('undo takes one back after another, and says what', async () => {
	await owner.post('/customer/0', customer('Erster'));
	await owner.post('/customer/0', customer('Zweiter'));
	for (const name of ['Zweiter', 'Erster']) {
		assert.equal((await owner.post('/undo', {})).status, 303);
		assert.match((await owner.get('/journal')).text, new RegExp(`class="toast"[^>]*><span[^>]*>[^<]*Zurückgenommen[^<]*${name}`));
	}
});
test('a form in parts arrives like the other kind', async () => {
	const data = new FormData();
	for (const [key, value] of Object.entries({ csrf: owner.csrf, ...customer('Mehrteilig') })) data.set(key, value);
	assert.equal((await owner.post('/customer/0', data)).status, 303);
	assert.equal(known('Mehrteilig'), 1);
});

test('a change reaches every open stream within a second', async () => {
	const stop = new AbortController();
	const cookie = [...owner.jar].map(([k, v]) => `${k}=${v}`).join('; ');
	const stream = await fetch(`${shop.base}/events`, { headers: { cookie }, signal: stop.signal });
	assert.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8');
	const reader = stream.body.getReader();
	await owner.post('/customer/0', customer('Lebendig'));
	const began = Date.now();
	await owner.post('/undo', {});
	let text = '';
	while (!text.includes('event: all')) text += new TextDecoder().decode((await reader.read()).value);
	assert.ok(Date.now() - began < 1000);
	stop.abort();
});

test('locking covers every page of this browser, and only of this one', async () => {
	const here = new Browser(shop.base), stop = new AbortController();
	await here.login();
	const cookie = [...here.jar].map(([k, v]) => `${k}=${v}`).join('; ');
	const stream = (await fetch(`${shop.base}/events`, { headers: { cookie }, signal: stop.signal })).body.getReader();
	await here.post('/lock', {});
	let text = '';
	while (!text.includes('event: lock')) text += new TextDecoder().decode((await stream.read()).value);
	stop.abort();
	assert.equal((await here.get('/journal')).status, 303);
	assert.equal((await owner.get('/journal')).status, 200);
	await here.get('/login');
	assert.equal((await here.post('/pin', { staff: 1, pin: '1111', to: '/journal' })).location, '/journal');
	assert.equal((await here.get('/journal')).status, 200);
});

test('an asset is kept for ever under its version and checked without', async () => {
	const page = await owner.get('/journal');
	const [, address] = /href="(\/assets\/app\.css\?v=[0-9a-f]+)"/.exec(page.text);
	const asset = await owner.get(address);
	assert.match(asset.headers.get('cache-control'), /immutable/);
	assert.equal((await owner.get('/assets/icons.svg')).headers.get('cache-control'), 'no-cache');
	assert.equal((await owner.get('/assets/icons.svg', { 'if-none-match': (await owner.get('/assets/icons.svg')).headers.get('etag') })).status, 304);
});

test('schaufenster shows the same and takes no change', async () => {
	const window = await serve('schaufenster', shop.dir);
	try {
		const b = new Browser(window.base), stop = new AbortController();
		assert.equal((await b.login()).status, 303);
		const cookie = [...b.jar].map(([k, v]) => `${k}=${v}`).join('; ');
		const stream = (await fetch(`${window.base}/events`, { headers: { cookie }, signal: stop.signal })).body.getReader();
		await new Promise((next) => { setTimeout(next, 1500); });
		await owner.post('/customer/0', customer('Gespiegelt'));
		let text = '';
		while (!text.includes('event: all')) text += new TextDecoder().decode((await stream.read()).value);
		stop.abort();
		assert.equal((await b.get('/book')).status, 200);
		assert.match((await b.get('/journal')).text, /Mehrteilig/);
		assert.equal((await b.post('/customer/0', customer('Niemand'))).status, 405);
		assert.ok([404, 405].includes((await b.post('/undo', {})).status));
		assert.ok(!(await b.get('/journal')).text.includes('action="/undo'));
	} finally { await window.stop(); }
});
test('nothing of this left a line in the log', () => { assert.equal(shop.errors(), ''); });
