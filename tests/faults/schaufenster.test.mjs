// schaufenster.test.mjs: the looking program on the same folder shows the same day, refuses whatever changes, and goes on
// answering while the shop's program writes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Browser, salon, serve } from './salon.mjs';

let shop, look, owner, guest;
before(async () => {
	shop = await salon();
	look = await serve('schaufenster', shop.dir);
	owner = new Browser(shop.base);
	guest = new Browser(look.base);
	assert.equal((await owner.login()).status, 303);
	assert.equal((await guest.login()).status, 303);
});
after(async () => { await look?.stop(); await shop?.close(); });

const days = Array.from({ length: 5 }, (_, i) => new Date(Date.now() + i * 86_400_000).toISOString().slice(0, 10));
const names = (text) => [...text.matchAll(/<b class="nm">(?:<span.*?<\/span>)?([^<]*)/g)].map((found) => found[1]);
const content = () => execFileSync('sqlite3', ['-readonly', `${shop.dir}/kontor.db`, '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 });

// Every route of both programs, as it stands in the tables: { method, path }.
function routes() {
	const files = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.c'));
	return files.flatMap((name) => [...readFileSync(path.join('src', name), 'utf8').matchAll(/"(GET|POST)", (?:\.path = )?"(\/[^"]*)"/g)]
		.map(([, method, where]) => ({ method, path: where.replaceAll('#', '1').replaceAll('*', 'x') })));
}

test('the same day', async () => {
	let seen = 0;
	for (const day of days) {
		const here = names((await owner.get(`/book?day=${day}`)).text), there = names((await guest.get(`/book?day=${day}`)).text);
		assert.deepEqual(there, here, day);
		seen += here.length;
	}
	assert.ok(seen > 0, 'no appointment in five days');
});

test('whatever changes is refused, and nothing has changed', async () => {
	const all = routes(), earlier = content();
	assert.ok(all.filter(({ method }) => method === 'POST').length > 15);
	for (const where of new Set(all.map((route) => route.path))) {
		for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
			if (method === 'POST' && /^\/(login|lock)/.test(where)) continue;
			const { status } = await guest.go(method, where, method === 'POST' ? { to: '3', reason: '1', name: 'x', last: 'x' } : undefined);
			assert.ok([403, 404, 405, 501].includes(status), `${method} ${where}: ${status}`);
		}
	}
	const other = new Browser(look.base);
	await other.login();
	await other.post('/lock', {});
	assert.equal(content(), earlier);
});

test('nothing on its pages changes anything or leads nowhere', async () => {
	const found = new Set(['/', '/book', '/book/week', '/book/month', '/book?axis=place', '/customer', '/staff', '/service']);
	for (const day of days)
		for (const [, where] of (await guest.get(`/book?day=${day}`)).text.matchAll(/href="(\/book\?[^"]*appt=\d+)"/g)) found.add(where.replaceAll('&amp;', '&'));
	for (const where of found) {
		const { text } = await guest.get(where);
		const forms = [...text.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"|<form[^>]*action="([^"]*)"[^>]*method="post"/g)].map((form) => form[1] ?? form[2]);
		assert.deepEqual(forms.filter((action) => !['/login', '/lock'].includes(action)), [], where);
		assert.doesNotMatch(text, /data-key="(n|l|x|v|r|s|u|Delete|Backspace|PageUp|PageDown)"|href="\/book\/(new|walkin|block|\d+)/, where);
	}
});

test('it goes on answering while the shop writes', async () => {
	const customer = Array.from({ length: 20 }, (_, i) => owner.post('/customer/0', { last: `Neukundin ${i}` }));
	const answers = await Promise.all([...customer, ...Array.from({ length: 20 }, () => guest.get('/book'))]);
	assert.deepEqual([...new Set(answers.slice(0, 20).map(({ status }) => status))], [303]);
	assert.deepEqual([...new Set(answers.slice(20).map(({ status }) => status))], [200]);
	assert.match((await guest.get('/customer?q=Neukundin')).text, /Neukundin 19/);
});
