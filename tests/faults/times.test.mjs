// times.test.mjs: moments that are none or come twice, ends before their starts, nights, other people's ids, two who move the same
// appointment at once. Each gets a sentence in German, and nothing is changed that should not be.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync, spawnSync } from 'node:child_process';
import { Browser, BUILD, salon } from './salon.mjs';
import { formsOf, valuesOf } from './forms.mjs';

let shop, owner, coming;
const sql = (text) => execFileSync('sqlite3', ['-readonly', '-json', `${shop.dir}/kontor.db`, text], { encoding: 'utf8' }).trim();
const one = (text) => JSON.parse(sql(text) || '[null]')[0];
const head = () => one('SELECT max(seq) AS n FROM journal').n;
let number = 0;
const post = (path, fields) => owner.post(path, { command: `times-test-${++number}`, ...fields });

before(async () => {
	shop = await salon({ KONTOR_NOW: '2026-10-17T11:20' }); // a Saturday
	owner = new Browser(shop.base);
	await owner.login();
	coming = one('SELECT a.id, a.version, s.staff FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.status = 2 AND a.kind = 0 AND a.day > 20743 ORDER BY a.day, a.start LIMIT 1');
});
after(() => shop?.close());

// A form as it stands on its page, with some fields otherwise; "ab-from+" is that of the first empty line.
async function filled(path, wanted) {
	const page = await owner.get(path), form = formsOf(page.text).find(({ action }) => action === path);
	const empty = (stem) => /\d+/.exec(form.fields.find(({ name, value }) => new RegExp(`^${stem}-(from|day)\\d+$`).test(name) && value === '').name)[0];
	const changes = Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name.endsWith('+') ? name.slice(0, -1) + empty(name.split('-')[0]) : name, value]));
	const sent = valuesOf(form).filter(([name]) => name !== 'csrf' && name !== 'command' && !(name in changes));
	return owner.post(path, [...sent, ...Object.entries(changes), ['command', `times-test-${++number}`]]);
}

async function refused(what, answer, status, sentence) {
	const { status: came, text } = await answer;
	assert.equal(came, status, `${what}: ${came}`);
	assert.match(text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '), sentence, what);
}

const walkIn = (at, force) => post('/book/new', { walkin: '1', svc: '1', [force ? 'force' : 'at']: at });

test('an end before its start', async () => {
	const before = head();
	await refused('block', post('/book/block', { label: 'Pause', staff: '1', day: '20.10.2026', start: '11', end: '10' }), 422, /Von und bis: zwei Zeiten eines Tages/);
	await refused('block without length', post('/book/block', { label: 'Pause', staff: '1', day: '20.10.2026', start: '11', end: '11' }), 422, /Von und bis/);
	await refused('move', post(`/book/${coming.id}/move`, { day: '20.10.2026', start: '11', end: '10' }), 422, /Wann: ein Termin endet vor Mitternacht und nach seinem Beginn/);
	await refused('hours', filled('/staff/2', { 'shift0-1': '18-9' }), 422, /Montag: bitte Zeiten wie 9–12:30, 13–18, nicht „18-9“/);
	await refused('single day', filled('/staff/2', { 'ex-day+': '2.11.2026', 'ex-hours+': '12-11' }), 422, /Einzelner Tag: bitte Zeiten wie/);
	await refused('absence', filled('/staff/2', { 'ab-from+': '5.12.2026', 'ab-to+': '1.12.2026' }), 422, /Abwesenheit: der letzte Tag liegt vor dem ersten/);
	await refused('absence by the hour', filled('/staff/2', { 'ab-from+': '5.12.2026', 'ab-start+': '14', 'ab-end+': '12' }), 422, /Abwesenheit: das Ende liegt vor dem Anfang/);
	await refused('opening', filled('/settings/shop/1', { open1: '18-9' }), 422, /Montag: bitte Zeiten wie/);
	await refused('other day', filled('/settings/shop/1', { 'ov-day+': '2.11.2026', 'ov-hours+': '12-10' }), 422, /Anderer Tag: bitte Zeiten wie/);
	await refused('joined', filled('/staff/2', { joined: '1.5.2026', left: '1.4.2026' }), 422, /Ausgeschieden|Austritt|verlassen|vor dem/);
	await refused('series', post('/series/new', { customer: '1', svc: '1', rule: '4 do 10', until: '1.1.2026' }), 422, /Rhythmus|Bis/);
	assert.equal(head(), before);
});

test('across midnight', async () => {
	const before = head();
	for (const force of [{}, { force: '1' }]) {
		await refused('block', post('/book/block', { label: 'Nacht', staff: '1', day: '20.10.2026', start: '22:00', end: '2:00', ...force }), 422, /Von und bis/);
		await refused('move', post(`/book/${coming.id}/move`, { day: '20.10.2026', start: '23:55', ...force }), 422, /Wann: ein Termin endet vor Mitternacht/);
		await refused('longer', post(`/book/${coming.id}/move`, { day: '20.10.2026', start: '23:00', end: '24:30', ...force }), 422, /Wann/);
	}
	await refused('booking', walkIn('2026-10-20 23:55', true), 422, /Wann: ein Termin endet vor Mitternacht/);
	await refused('hours', filled('/staff/2', { 'shift0-1': '22-2' }), 422, /Montag: bitte Zeiten wie/);
	await refused('opening', filled('/settings/shop/1', { open5: '18-1' }), 422, /Freitag: bitte Zeiten wie/);
	await refused('absence', filled('/staff/2', { 'ab-from+': '5.12.2026', 'ab-start+': '22', 'ab-end+': '2' }), 422, /Abwesenheit: das Ende liegt vor dem Anfang/);
	assert.equal(head(), before);
});

// A plan is a day and the minutes on the wall's clock; the hour that comes twice in autumn is there once.
test('half past two in the night when the clock is put back', async () => {
	await refused('booking', walkIn('2026-10-25 02:30'), 409, /2:30 geht nicht: dann ist geschlossen/);
	const forced = await walkIn('2026-10-25 02:30', true);
	assert.equal(forced.status, 303);
	const id = Number(/appt=(\d+)/.exec(forced.location)[1]);
	assert.deepEqual(one(`SELECT start, end - start AS length FROM appointment WHERE id = ${id}`), { start: 150, length: one('SELECT sum(minutes) AS n FROM service_phase WHERE service = 1').n });
	assert.match((await owner.get(forced.location)).text, /<time>2:30<\/time>/);
	assert.equal((await post('/book/block', { label: 'Inventur', staff: '2', day: '25.10.2026', start: '1:30', end: '3:30' })).status, 303);
	assert.equal((await post(`/book/${id}/move`, { day: '25.10.2026', start: '2:00', force: '1' })).status, 303);
	assert.equal((await filled('/staff/3', { 'ab-from+': '25.10.2026', 'ab-start+': '2:30', 'ab-end+': '3:00' })).status, 303);
	for (const path of ['/book?day=2026-10-25', '/book/week?day=2026-10-25', '/book/month?day=2026-10-25', '/book/print?day=2026-10-25', '/book?day=2026-10-25&axis=place'])
		assert.equal((await owner.get(path)).status, 200, path);
});

// The hour from two to three that is missing in spring: nothing lies in it, reaches into it or over it, by no way. The shop is open that
// night, so that the clock alone is in the way.
const GAP = /geht nicht: in dieser Nacht wird die Uhr vorgestellt/, SPRING = 20905;
const inGap = () => one(`SELECT (SELECT count(*) FROM appointment WHERE day = ${SPRING} AND start < 180 AND end > 120) + (SELECT count(*) FROM use WHERE day = ${SPRING} AND start < 180 AND end > 120) AS n`).n;

test('a time that does not exist is refused, also if it is to be all the same', async () => {
	assert.equal((await filled('/settings/shop/1', { 'ov-day+': '28.3.2027', 'ov-hours+': '1-5' })).status, 303);
	for (const id of [1, 2]) assert.equal((await filled(`/staff/${id}`, { 'ex-day+': '28.3.2027', 'ex-hours+': '1-5' })).status, 303);
	const minutes = one('SELECT sum(minutes) AS n FROM service_phase WHERE service = 1').n, clock = (at) => `0${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
	const early = clock(120 - minutes), head0 = head();
	for (const force of [false, true])
		for (const at of ['02:00', '02:30', '02:55', clock(125 - minutes), clock(115)]) // in it, its end in it, over it
			await refused(`booking ${at} ${force}`, walkIn(`2027-03-28 ${at}`, force), 409, GAP);
	for (const force of [{}, { force: '1' }]) {
		await refused('move', post(`/book/${coming.id}/move`, { day: '28.3.2027', start: '2:30', ...force }), 409, GAP);
		await refused('move, over it', post(`/book/${coming.id}/move`, { day: '28.3.2027', start: '1:55', ...force }), 409, GAP);
		await refused('longer', post(`/book/${coming.id}/move`, { day: '28.3.2027', start: '1:00', end: '3:30', ...force }), 409, GAP);
		await refused('put in', post(`/book/${coming.id}/move`, { at: '2027-03-28 02:30', staff: '2', ...force }), 409, GAP);
		for (const [start, end] of [['2:00', '3:00'], ['2:30', '3:30'], ['1:30', '2:30'], ['1:30', '3:30']])
			await refused(`block ${start}`, post('/book/block', { label: 'Inventur', staff: '2', day: '28.3.2027', start, end, ...force }), 409, GAP);
		await refused('other services', post('/book/new', { replace: String(coming.id), walkin: '1', svc: '1', ...(force.force ? { force: '2027-03-28 02:30' } : { at: '2027-03-28 02:30' }) }), 409, GAP);
	}
	await refused('paper', post('/paper/enter', { day: '28.3.2027', time: '2:30', staff: 'SU', services: 'sf', who: 'Nacht' }), 422, GAP);
	await refused('planned anew', post('/replan', { staff: String(coming.staff), from: '28.3.2027', to: '28.3.2027', do: `${coming.id}:${coming.version}:n:${SPRING}/150/180/0.0.150.180.${coming.staff}.0.0` }), 422, GAP);
	assert.equal(head(), head0);
	assert.equal(inGap(), 0);
	for (const [path, offered] of [[`/book/new?walkin=1&svc=1&when=28.3.2027+2:30`, 0], [`/book/move?appt=${coming.id}&day=2027-03-28&start=02:30`, 0], [`/book/move?appt=${coming.id}&day=2027-03-29&start=02:30`, 1]]) {
		const { status, text } = await owner.get(path);
		assert.equal(status, 200, path);
		assert.equal((text.match(/name="force"/g) ?? []).length, offered, `${path}: no "all the same" where it does not help`);
	}
	assert.match((await owner.get(`/book/check?appt=${coming.id}&version=${coming.version}&day=2027-03-28&start=02:30`)).text, /"ok":false,"text":"2:30 geht nicht: in dieser Nacht wird die Uhr/);
	const made = await post('/book/new', { walkin: '1', svc: '1', staff: '1', only: '1', at: `2027-03-28 ${early}` });
	assert.equal(made.status, 303, 'up to two o\'clock, not a minute longer');
	const id = Number(/appt=(\d+)/.exec(made.location)[1]);
	await refused('resized', post(`/book/${id}/move`, { day: '28.3.2027', start: early, end: '2:05', force: '1' }), 409, GAP);
	assert.equal((await post('/book/new', { walkin: '1', svc: '1', staff: '1', only: '1', at: '2027-03-28 03:00' })).status, 303, 'from three o\'clock on');
});

test('nor does a series or the waiting list come by such a time', async () => {
	const rule = { customer: '1', svc: '1', staff: '1', rule: '1 so 2:30', until: '30.3.2027' };
	assert.match((await owner.get(`/series/new?${new URLSearchParams(rule)}`)).text, /in dieser Nacht wird die Uhr vorgestellt/);
	await post('/series/new', { ...rule, pick: '2027-03-28=2027-03-28 02:30' });
	const entered = await post('/waitlist/0', { form: '1', customer: '2', svc: '1' });
	assert.equal(entered.status, 303);
	const waiting = one('SELECT max(id) AS id FROM waiting').id;
	await refused('waiting list', post(`/waitlist/${waiting}/book`, { at: '2027-03-28 02:30' }), 409, GAP);
	assert.equal(inGap(), 0);
	for (const path of ['/book?day=2027-03-28', '/book/week?day=2027-03-28', '/book/print?day=2027-03-28', '/book?day=2027-03-28&axis=place'])
		assert.equal((await owner.get(path)).status, 200, path);
});

test('open in that night, it can be booked like any other', async () => {
	assert.equal((await filled('/settings/shop/1', { 'ov-day+': '25.10.2026', 'ov-hours+': '1-5' })).status, 303);
	assert.equal((await filled('/staff/1', { 'ex-day+': '25.10.2026', 'ex-hours+': '1-5' })).status, 303);
	const made = await post('/book/new', { walkin: '1', svc: '1', staff: '1', only: '1', at: '2026-10-25 03:00' });
	assert.equal(made.status, 303);
	await refused('again', post('/book/new', { walkin: '1', svc: '1', staff: '1', only: '1', at: '2026-10-25 03:00' }), 409, /3:00 geht nicht: Susanne Brandt ist belegt bis/);
});

test('days that do not exist, wherever a day is typed', async () => {
	const before = head();
	for (const day of ['31.2.2027', '2027-02-29', '0.1.2027', '32.12.2026', '2026-13-01', '99.99.9999']) {
		await refused(`booking ${day}`, post('/book/new', { walkin: '1', svc: '1', at: `${day} 10:00` }), 422, /Wann: bitte eine der Zeiten wählen/);
		await refused(`move ${day}`, post(`/book/${coming.id}/move`, { day, start: '10:00' }), 422, /Wann: ein Tag und eine Uhrzeit/);
		await refused(`block ${day}`, post('/book/block', { label: 'x', staff: '1', day, start: '10', end: '11' }), 422, /Von und bis/);
		await refused(`birthday ${day}`, filled('/customer/1', { birthday: day }), 422, /Geburtstag: bitte einen Tag wie/);
		await refused(`absence ${day}`, filled('/staff/2', { 'ab-from+': day }), 422, /Abwesenheit, von: bitte einen Tag wie/);
		await refused(`single day ${day}`, filled('/staff/2', { 'ex-day+': day }), 422, /Einzelner Tag: bitte einen Tag wie/);
		await refused(`hours from ${day}`, filled('/staff/2', { 'pattern-from': day }), 422, /Gültig ab: bitte einen Tag wie/);
		await refused(`other day ${day}`, filled('/settings/shop/1', { 'ov-day+': day }), 422, /Anderer Tag: bitte einen Tag wie/);
		assert.equal((await owner.get(`/book/go?to=${encodeURIComponent(day)}`)).status, 422);
		assert.equal((await owner.get(`/book?day=${encodeURIComponent(day)}`)).status, 200);
	}
	assert.equal(head(), before);
});

test('ids of others', async () => {
	assert.equal((await filled('/staff/2', { 'ab-from+': '7.12.2026', 'ab-to+': '9.12.2026', 'ab-kind+': '0', 'ab-granted+': '1' })).status, 303);
	const hers = one('SELECT * FROM absence WHERE staff = 2 AND from_day > 20780');
	await filled('/staff/1', { 'ab-id+': String(hers.id), 'ab-from+': '1.12.2026', 'ab-to+': '2.12.2026', 'ab-kind+': '1' });
	assert.deepEqual(one(`SELECT * FROM absence WHERE id = ${hers.id}`), hers, "another one's absence is not to be changed by this form");
	await filled('/staff/1', { 'ab-id+': String(hers.id), 'ab-from+': '' });
	assert.deepEqual(one(`SELECT * FROM absence WHERE id = ${hers.id}`), hers, 'nor deleted');
	const [a, b] = JSON.parse(sql('SELECT id, version, status, day, start FROM appointment WHERE status = 2 AND day > 20743 ORDER BY id LIMIT 2'));
	await refused('a version of another record', post(`/book/${a.id}/status`, { to: '3', version: String(b.version + 77) }), 409, /inzwischen geändert/);
	for (const path of ['/book/999999/status', '/book/999999/cancel', '/book/999999/park', '/book/999999/note', '/book/999999/move'])
		await refused(path, post(path, { to: '3', reason: '1', note: 'x', day: '20.10.2026', start: '10' }), 404, /Diesen Termin gibt es nicht \(mehr\)/);
	await refused('replace', post('/book/new', { replace: '999999', walkin: '1', svc: '1', force: '2026-10-20 10:00' }), 404, /Diesen Termin gibt es nicht \(mehr\)/);
	for (const field of ['staff', 'place', 'device']) await refused(`move to ${field} 999999`, post(`/book/${a.id}/move`, { day: '20.10.2026', start: '10', [field]: '999999' }), 422, /Wer|Wo/);
	for (const path of ['/customer/999999', '/staff/999999', '/service/999999', '/place/999999', '/device/999999', '/skill/999999', '/place-class/999999', '/service-group/999999'])
		await refused(path, post(path, { name: 'x', version: '1' }), 404, /keine Angaben unter dieser Nummer|gibt es nicht/);
	assert.deepEqual(JSON.parse(sql('SELECT id, version, status, day, start FROM appointment WHERE status = 2 AND day > 20743 ORDER BY id LIMIT 2')), [a, b]);
});

test('two browsers move the same appointment at once: one wins, the other is told', async () => {
	for (let round = 0; round < 8; round++) {
		const it = one(`SELECT version, day, start FROM appointment WHERE id = ${coming.id}`), seq = head();
		const answers = await Promise.all([19, 20, 21].map((hour) => post(`/book/${coming.id}/move`, { day: '10.11.2026', start: `${hour}:${10 + 5 * round}`, version: String(it.version), force: '1' })));
		assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409]);
		for (const { status, text } of answers) if (status === 409) assert.match(text, /inzwischen geändert/);
		assert.equal(head(), seq + 1);
		const won = answers.findIndex(({ status }) => status === 303);
		assert.equal(one(`SELECT start FROM appointment WHERE id = ${coming.id}`).start, (19 + won) * 60 + 10 + 5 * round);
	}
});

test('nothing of this left a line in the log, and the data is sound', () => {
	assert.equal(shop.errors(), '');
	const check = spawnSync(`${BUILD}/kontor`, ['check', '--data', shop.dir], { encoding: 'utf8' });
	assert.equal(check.status, 0, check.stdout + check.stderr);
});
