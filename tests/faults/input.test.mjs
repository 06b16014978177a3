// input.test.mjs: bad input into every form of the shop. The forms are found by following the links, and held against the
// program's own table of routes, so that no form is left out. Whatever comes: an answer in words, never 500; what is refused
// changes nothing and keeps the typing; a command sent twice is done once; in the end kontor check is clean.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Browser, BUILD, salon, serve } from './salon.mjs';
import { crawl, formsOf, pattern, valuesOf } from './forms.mjs';

const NOW = { KONTOR_NOW: '2026-10-17T11:20' }; // a Saturday
const LONG = 'x'.repeat(10_000);
const BAD = { long: LONG, control: 'a\u0001b\u0007c', 'right to left': '\u202eabc\u202c', emoji: '💇‍♀️😀', 'no such day': '31.2.2026', 'no such ISO day': '2026-02-30',
	negative: '-1', huge: '99999999999999999999', 'not quite a number': '2o', script: '<script>alert(1)</script>', quote: "' OR 1=1 --", time: '25:99', empty: '' };
const GOOD = { last: 'Probe', name: 'Probe', code: 'PQ', short: 'pq', price: '10', minutes1: '30' };
const GOOD_OF = { '/roster/absence': { staff: '2', from: '7.12.2027', to: '8.12.2027' }, '/roster/absence/#/decline': { answer: 'Da fehlen schon zwei.' },
	'/roster/account/#/contract': { from: '1.1.2027', workdays: '5', hours: '38,5', vacation: '28' }, '/book/block': { label: 'Probe', day: '20.10.2026', start: '18:00', end: '18:30' },
	'/paper/enter': { day: '20.10.2026', time: '10:00', staff: 'SU', who: 'Probe, Eva', services: 'hsc' }, '/backup/target/#': { folder: '/media/nirgends' } };
const ALLOWED = new Set([200, 303, 404, 409, 422, 429]) // 403 would be: not signed in any more, nothing tested;
const ALONE = new Set(['/lock', '/login', '/pin', '/undo', '/redo', '/paper/print', '/import/preview', '/backup/now', '/backup/drill', '/backup/target/#/prepare']); // have no fields, or tests of their own
const PINS = ['1111', '2222', '3333']; // the demo's
const NEVER = new Set(['/me/password', '/me/pin', '/import', '/durations/decide', '/durations/booked', '/calls/#', '/backup/sheet/back', '/book/#/split', '/customer/#/tests/remove', // need what is not guessed
	'/roster/ask', '/roster/absence/#/withdraw', // are not for an owner
	'/service-group/#/remove', '/place-class/#/remove']); // are all in use
const SECRET = /^(password|pin|old|new|again)$/;

let shop, owner, forms, routes, faults;
const sql = (text) => execFileSync('sqlite3', ['-readonly', `${shop.dir}/kontor.db`, text], { encoding: 'utf8' }).trim();
const head = () => Number(sql('SELECT max(seq) FROM journal'));
const fault = (text) => { if (faults.length < 40) faults.push(text); };

before(async () => {
	shop = await salon(NOW);
	execFileSync('make', ['-s', `BUILD=${BUILD}`, `${BUILD}/tests/faults/routes_print`]);
	routes = JSON.parse(execFileSync(`${BUILD}/tests/faults/routes_print`)).filter(({ method }) => method === 'POST');
	owner = new Browser(shop.base);
	await owner.login();
	await prepare();
	({ forms } = await crawl(owner, ['/series/1', '/book/new?customer=1&svc=1&when=20.10.&at=2026-10-20%2010:00', '/book/new?new=1&last=Neu&svc=1&at=2026-10-20%2010:00',
		'/series/new?customer=1&svc=1&rule=4%20do%2010', '/', '/me', '/login', '/login?with=password']));
	addTold();
});
after(() => shop?.close());

// What must be there so that a page shows its form.
async function prepare() {
	const preview = await owner.get('/import');
	assert.equal(preview.status, 200);
	assert.equal((await owner.post('/skill/0', { name: 'Balayage', version: '0' })).status, 303);
	assert.equal((await owner.post('/backup/target/0', { name: 'Probe', kind: 'stick', folder: '/media/probe', active: '1', version: '0' })).status, 303);
	const plan = await owner.get('/series/new?customer=2&svc=1&rule=4%20do%2010&until=31.1.2027');
	const form = formsOf(plan.text).find(({ action }) => action === '/series/new');
	const made = await owner.post('/series/new', valuesOf(form).filter(([name]) => name !== 'csrf'));
	assert.equal(made.status, 303, 'a series to be changed');
	await owner.get(made.location);
	assert.equal((await owner.post('/waitlist/0', { form: '1', customer: '2', svc: '1' })).status, 303);
}

// Forms that no page shows in this small salon, or only for a moment.
function addTold() {
	const told = {
		'/undo/#': ['/undo/3', []], '/roster/ask': ['/roster/ask', ['from', 'to', 'note']], '/roster/absence/#/withdraw': ['/roster/absence/1/withdraw', ['version']],
		'/calls/#': ['/calls/1', ['result', 'note', 'version']], '/durations/decide': ['/durations/decide', ['customer', 'service', 'minutes', 'take']],
		'/import': ['/import', ['files']], '/customer/#/tests/remove': ['/customer/1/tests/remove', ['test']], '/backup/target/#/prepare': ['/backup/target/1/prepare', []], '/book/#/move': ['/book/1/move', ['day', 'start', 'end', 'staff', 'place', 'device', 'from', 'at', 'version', 'force', 'all']], '/book/#/split': ['/book/1/split', ['step', 'version']],
		'/book/new': ['/book/new', ['day', 'customer', 'svc', 'staff', 'only', 'place', 'when', 'at', 'force', 'note', 'new', 'last', 'first', 'mobile', 'walkin', 'replace', 'version', 'save']],
	};
	for (const [route, [action, names]] of Object.entries(told)) {
		const fields = names.map((name) => ({ kind: 'input', type: 'text', name, value: '' }));
		forms.set(route, [...(forms.get(route) ?? []), { action, fields, buttons: [], told: true }]);
	}
}

// What is sent: the form as it came, with something in each field that must not be empty.
function base(form) {
	if (form.told) return [];
	const sent = valuesOf(form).filter(([name]) => name !== 'csrf' && name !== 'command'), good = { ...GOOD, ...GOOD_OF[pattern(form.action)] };
	for (const [name, value] of Object.entries(good)) {
		const empty = sent.find(([field, typed]) => field === name && typed === '');
		if (empty) empty[1] = value;
	}
	for (const { name, kind, value, options } of form.fields)
		if (kind === 'select' && value === '' && form.action.endsWith('/0')) sent.find(([field]) => field === name)[1] = options.find(Boolean) ?? '';
	return sent;
}

// The same with another value in the first field of this name, or (undefined) without all of this name.
function changed(sent, name, value) {
	if (value === undefined) return sent.filter(([field]) => field !== name);
	const at = sent.findIndex(([field]) => field === name);
	return at < 0 ? [...sent, [name, value]] : sent.map((pair, i) => (i === at ? [name, value] : pair));
}

let number = 0;
const command = () => `input-test-${++number}`;
const send = (form, sent, id = command()) => owner.post(form.action, [...sent, ['command', id]]);
const strip = (html) => html.replace(/<[^>]*>/g, ' ');
const cleaned = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').trim();

// A page that refuses says why, in German, in one of the places where that stands.
function sentenceOf(text) {
	const found = /class="(?:err|errsum|er|no|lost[^"]*)"[^>]*>([\s\S]*?)<\/(?:div|tr|main)>/.exec(text) ?? /class="(?:err|er|no)"[^>]*>([\s\S]*?)<\/p>/.exec(text) ?? /<h2>([\s\S]*?)<\/h2>/.exec(text);
	return found ? strip(found[1]).replace(/\s+/g, ' ').trim() : '';
}

// The same form, if the answer holds it: what was typed must stand there.
function kept(form, sent, answer, what) {
	const again = formsOf(answer.text).find(({ action, fields }) => pattern(action) === pattern(form.action) && fields.length > 3);
	if (!again) return;
	const left = [...sent];
	for (const field of again.fields) {
		const at = left.findIndex(([name]) => name === field.name), was = at < 0 ? undefined : left.splice(at, 1)[0][1];
		if (was === undefined || was === '' || SECRET.test(field.name) || field.type === 'hidden' || field.type === 'checkbox' || field.type === 'radio' || field.kind === 'select') continue;
		if (cleaned(field.value ?? '') !== cleaned(was)) fault(`${what}: typed in ${field.name}: ${JSON.stringify(was.slice(0, 60))}, comes back: ${JSON.stringify((field.value ?? '').slice(0, 60))}`);
	}
}

function judge(form, sent, answer, what) {
	if (!ALLOWED.has(answer.status)) { fault(`${what}: ${answer.status}`); return; }
	if (answer.text.includes('<script>alert')) fault(`${what}: a script comes back as it was`);
	if (answer.status < 400) return;
	const sentence = sentenceOf(answer.text);
	if (!/[a-zäöüß]{3,}/.test(sentence)) fault(`${what}: ${answer.status} without a sentence`);
	if (answer.status === 422 || answer.status === 409) kept(form, sent, answer, what);
}

let known = 0; // the newest record of the journal, as far as this test knows
const counts = {}; // how often which status came

// Takes back what was accepted, so that the next form meets the same salon. True: there was something.
async function takeBack(what) {
	const [newest, list] = sql(`SELECT (SELECT max(seq) FROM journal), group_concat(seq) FROM journal WHERE seq > ${known} AND kind = 1 AND NOT no_undo
		AND ifnull(length(payload), 0) > 0 AND undoes IS NULL`).split('|'), accepted = list === '' ? [] : list.split(',').map(Number);
	known = Number(newest) + accepted.length;
	for (const seq of accepted.sort((x, y) => y - x)) {
		const answer = await owner.post(`/undo/${seq}`, { command: command() });
		if (answer.status !== 303) fault(`${what}: accepted, but not taken back: ${answer.status} ${sentenceOf(answer.text)}`);
	}
	return accepted.length > 0;
}

async function attempt(form, sent, what) {
	const answer = await send(form, sent);
	judge(form, sent, answer, what);
	counts[answer.status] = (counts[answer.status] ?? 0) + 1;
	if (answer.status < 400 && await takeBack(what)) await refresh(form);
}

// Taking back gives the record a new version: the form is fetched anew.
async function refresh(form) {
	const page = form.page && await owner.get(form.page), now = page && formsOf(page.text).find(({ action }) => action === form.action);
	for (const name of now ? ['version', 'seen'] : [])
		for (const field of form.fields) if (field.name === name) field.value = now.fields.find((other) => other.name === name)?.value ?? field.value;
}

function nothingChanged(what) {
	const now = head();
	if (now !== known) fault(`${what}: something was refused, but changed`);
	known = now;
}

// Of numbered fields (shift0-1, ex-day17) one of each kind.
function kinds(form) {
	const once = new Map();
	for (const field of form.fields) {
		const kind = field.name.replace(/\d+/g, '#');
		if (!once.has(kind) && !['csrf', 'command', 'seen', 'again'].includes(field.name) && field.type !== 'file') once.set(kind, field.name);
	}
	for (const { name } of form.buttons) once.set(name, name);
	return [...once.values()];
}

async function fuzz(route, form) {
	for (const name of route.endsWith('/remove') ? [] : kinds(form)) {             // what only removes reads no field
		for (const [kind, value] of Object.entries(BAD)) await attempt(form, changed(base(form), name, value), `${form.action} ${name} = ${kind}`);
		await attempt(form, changed(base(form), name), `${form.action} without ${name}`);
		await attempt(form, [[name, 'x'], ...base(form)], `${form.action} with ${name} twice`);
		nothingChanged(`${form.action} ${name}`);
	}
	await attempt(form, [], `${form.action} with nothing`);
	await attempt(form, [...base(form), ['unheard', LONG], ['__proto__', 'x'], ['id', '2']], `${form.action} with more`);
	if (route.includes('#')) {
		const first = /\/\d+/;
		for (const id of ['999999', '0', '99999999999999999']) await attempt({ ...form, action: form.action.replace(first, `/${id}`) }, base(form), `${form.action} as ${id}`);
	}
}

test('every route that changes something has a form here', () => {
	const setup = routes.filter((route) => route.setup), rest = routes.filter((route) => !route.setup && !forms.has(route.path));
	assert.deepEqual(rest.map(({ path }) => path), [], 'a new form: link it from a page, or tell its fields in addTold()');
	assert.equal(setup.length, 3, 'the set-up has a test of its own');
});

test('bad input into every field of every form', async (t) => {
	for (const [route, list] of order()) {
		faults = [];
		known = head();
		for (const status of Object.keys(counts)) delete counts[status];
		const first = usual(list), fresh = list.find(({ action }) => action.endsWith('/0')), told = list.find((form) => form.told);
		for (const form of new Set([first, fresh, told])) if (form) await fuzz(route, form);
		if (!counts[303] && !NEVER.has(route)) fault(`${route}: nothing was ever accepted, so that this proves little`);
		await t.test(`${route}: ${JSON.stringify(counts)}`, () => assert.deepEqual(faults, []));
	}
});

const order = () => [...forms].filter(([route]) => !ALONE.has(route)).sort(([a], [b]) => a.startsWith('/undo') - b.startsWith('/undo'));
const usual = (list) => list.filter(({ action, told }) => !told && !action.endsWith('/0')).sort((a, b) => a.fields.length - b.fields.length).pop() ?? list[0];

test('a double click, and the same again after a lost answer, do it once and lead to the same place', async (t) => {
	for (const [route, list] of order()) {
		const form = usual(list), id = command();
		faults = [];
		known = head();
		await refresh(form);
		const sent = base(form), [one, two] = await Promise.all([send(form, sent, id), send(form, sent, id)]), once = head(), three = await send(form, sent, id);
		if (one.status === 303 && (two.status !== 303 || three.status !== 303 || two.location !== one.location || three.location !== one.location))
			fault(`${route}: ${[one, two, three].map(({ status, location }) => `${status} ${location}`).join(', ')}`);
		if (once > known + 1 || head() !== once) fault(`${route}: done more than once`);
		if (once > known) await takeBack(route);
		await t.test(route, () => assert.deepEqual(faults, []));
	}
});

test('whoever may not is refused, and nothing is changed', async (t) => {
	const [id, role] = sql('SELECT s.id, s.role FROM staff s JOIN staff_secret c ON c.staff = s.id WHERE c.pin IS NOT NULL ORDER BY s.role, s.id LIMIT 1').split('|').map(Number);
	const nobody = new Browser(shop.base), little = new Browser(shop.base);
	little.jar.set('station', owner.jar.get('station'));
	await nobody.get('/login?with=password');
	await little.get('/login');
	assert.equal((await little.post('/pin', { staff: String(id), pin: PINS[id - 1] })).status, 303);
	await little.get('/journal');
	known = head();
	for (const { path, role: needed } of routes.filter((route) => !route.setup && route.role > 0)) {
		const form = usual(forms.get(path)), fields = [...base(form), ['command', command()]];
		faults = [];
		const stranger = await nobody.post(form.action, fields);
		if (stranger.status !== 403 || !stranger.text.includes('p-door')) fault(`${path}: ${stranger.status} for nobody`);
		const answer = needed > role ? await little.post(form.action, fields) : { status: 403 };
		if (answer.status !== 403) fault(`${path}: ${answer.status} for role ${role}, but it needs ${needed}`);
		nothingChanged(path);
		await t.test(path, () => assert.deepEqual(faults, []));
	}
});

test('bad input at the door', async () => {
	faults = [];
	for (const [kind, value] of Object.entries(BAD)) {
		const stranger = new Browser(shop.base);
		await stranger.get('/login?with=password');
		for (const [path, fields] of [['/login', { name: value, password: value }], ['/login', { name: 'SU', password: value }], ['/pin', { staff: value, pin: value }], ['/pin', { staff: '1', pin: value }]]) {
			const answer = await stranger.post(path, { ...fields, command: command() });
			if (![403, 422, 429].includes(answer.status) || !/[a-zäöüß]{3,}/.test(sentenceOf(answer.text))) fault(`${path} ${kind}: ${answer.status}`);
		}
	}
	assert.deepEqual(faults, []);
});

test('files that are none', async () => {
	known = head();
	for (const [name, bytes] of [['leer.ics', ''], [`${'x'.repeat(5000)}.csv`, 'a'], ['nul.vcf', '\0\0\0'], ['halb.ics', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260230T103000\r\n'],
		['../../etc/passwd', 'BEGIN:VCARD\nFN:x'], ['<script>alert(1)</script>.csv', 'Name;Telefon\n<script>alert(1)</script>;\u202e0171\n']]) {
		const form = new FormData();
		form.set('csrf', owner.csrf);
		form.set('file', new Blob([bytes]), name);
		const answer = await owner.post('/import/preview', form);
		assert.ok(answer.status === 200 || answer.status === 422, `${name}: ${answer.status}`);
		assert.ok(!answer.text.includes('<script>alert'));
	}
	assert.equal(head(), known);
});

test('the set-up of an empty shop', async (t) => {
	const dir = mkdtempSync(path.join(os.tmpdir(), 'kontor-')), empty = await serve('kontor', dir, NOW), guest = new Browser(empty.base);
	t.after(async () => { await empty.stop(); rmSync(dir, { recursive: true, force: true }); });
	const good = { '/setup/shop': { name: 'Salon Probe', place: 'DE-NI' }, '/setup/team': { n0: 'Eva Probe', k0: 'EP', to: 'on' }, '/setup/password': { password: 'lang genug', again: 'lang genug' } };
	let at = '/setup';
	faults = [];
	for (let step = 0; step < 3; step++) {
		let page = await guest.get(at);
		while (page.status === 303) page = await guest.get(page.location);
		const form = formsOf(page.text).find(({ action }) => action.startsWith('/setup')), names = [...new Set(form.fields.map(({ name }) => name))].filter((name) => name !== 'csrf' && name !== 'command');
		for (const name of names) for (const kind of ['control', 'script', 'negative', 'long']) {
			if (kind !== 'long' && name === 'name') continue;                   // would be accepted
			const answer = await guest.post(form.action, [[name, BAD[kind]], ['command', command()]]);
			if (answer.status !== 422 && answer.status !== 409) fault(`${form.action} ${name} = ${kind}: ${answer.status}`);
			if (!/[a-zäöüß]{3,}/.test(sentenceOf(answer.text)) || answer.text.includes('<script>alert')) fault(`${form.action} ${name} = ${kind}: no sentence`);
		}
		const sent = valuesOf(form).filter(([name]) => !(name in good[form.action]) && name !== 'csrf');
		const done = await guest.post(form.action, [...sent, ...Object.entries(good[form.action])]);
		assert.equal(done.status, 303, `${form.action}: ${sentenceOf(done.text)}`);
		at = done.location;
	}
	assert.deepEqual(faults, []);
	assert.equal(empty.errors(), '');
});

test('nothing of this left a line in the log, and the data is sound', () => {
	assert.equal(shop.errors(), '');
	const check = spawnSync(`${BUILD}/kontor`, ['check', '--data', shop.dir], { encoding: 'utf8' });
	assert.equal(check.status, 0, check.stdout + check.stderr);
});
