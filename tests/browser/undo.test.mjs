// undo.test.mjs: taking back, many steps deep and also another's change; doing again; who changed what when; the status by key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { addService, enter, openPage, ownersShop, ready } from './support.mjs';

let shop, browser, page, one;
before(async () => { ({ shop, browser, page, one } = await ownersShop()); });
after(async () => { await browser?.close(); await shop?.stop(); });

const open = async (on, address) => { await on.goto(shop.url + address); await ready(on); };
const said = (on, text) => on.waitForFunction((words) => document.querySelector('.toast')?.textContent.includes(words), text);
const coming = (more = '') => one(`SELECT a.id FROM appointment a WHERE a.status = 2 AND a.kind = 0 AND a.customer IS NOT NULL AND a.day > 20743 ${more} ORDER BY a.day, a.start LIMIT 1`).id;
// Everything about an appointment but its version, which only counts up.
const state = (id) => JSON.stringify(['SELECT day, start, end, status, note, reason, reason_text, customer, parked_at IS NULL AS placed FROM appointment WHERE id',
	"SELECT group_concat(s.seq || ':' || s.service || ':' || s.staff || ':' || s.price, ' ') AS steps FROM (SELECT * FROM appt_step ORDER BY seq) s WHERE appointment",
	"SELECT group_concat(resource || ':' || start || '-' || end, ' ') AS uses FROM (SELECT * FROM use ORDER BY resource, start) WHERE appointment"].map((sql) => one(`${sql} = ${id}`)));
const seq = () => one('SELECT max(seq) AS n FROM journal').n;

async function note(id, text) {
	await page.click('#panel a[data-key=Enter]');
	await page.waitForSelector('#nt:focus');
	await page.fill('#nt', text);
	await page.click('#panel form[action*="/note"] button');
	await said(page, 'Notiz geändert');
}

test('many steps back by U and by Ctrl Z, and forth again', async () => {
	const id = coming(), states = [state(id)];
	await open(page, `/book?appt=${id}`);
	const step = async (deed) => { await deed(); states.push(state(id)); };
	await step(() => note(id, 'erste Notiz'));
	await step(() => note(id, 'zweite Notiz'));
	await step(async () => { await page.keyboard.press('PageDown'); await page.waitForSelector('#panel form[action*="/move"] button:focus'); await page.keyboard.press('Enter'); await said(page, 'verschoben'); });
	await step(async () => { await page.keyboard.press('x'); await said(page, 'geparkt'); });
	await step(async () => { await page.keyboard.press('v'); await page.waitForSelector('button.slot:focus'); await page.keyboard.press('Enter'); await said(page, 'verschoben'); });
	await step(async () => { await page.keyboard.press('s'); await said(page, 'eingetroffen'); });
	assert.equal(new Set(states).size, states.length, 'each step changed something');
	for (let at = states.length - 2; at >= 0; at--) {
		const before = seq();
		await page.keyboard.press(at % 2 ? 'u' : 'Control+z');
		while (seq() === before) await page.waitForTimeout(20);
		await said(page, 'Zurückgenommen');
		assert.equal(state(id), states[at], `back to step ${at}`);
	}
	for (let at = 1; at < states.length; at++) {
		const before = seq();
		await page.keyboard.press(at % 2 ? 'Control+y' : 'Control+Shift+z');
		while (seq() === before) await page.waitForTimeout(20);
		await said(page, 'Wiederholt');
		assert.equal(state(id), states[at], `forth to step ${at}`);
	}
	await page.keyboard.press('Control+y');
	await said(page, 'Es gibt nichts zu wiederholen.');
	await page.keyboard.press('u');
	await said(page, 'Zurückgenommen');
	assert.equal(state(id), states.at(-2), 'what was done again is taken back again');
	await page.click('.toast button[data-key=redo]');
	await said(page, 'Wiederholt');
	await page.keyboard.press('u');
	await said(page, 'Zurückgenommen');
	await note(id, 'etwas Neues');
	assert.equal(await page.locator('[data-key=redo]').count(), 0, 'after something new nothing is done again');
});

test('cancelled, not come, other services: taken back as it was', async () => {
	const id = coming('AND (SELECT count(*) FROM appt_step s WHERE s.appointment = a.id) = 1');
	const before = state(id);
	for (const [key, words] of [['1', 'abgesagt'], ['2', 'kurzfristig'], ['3', 'nicht erschienen']]) {
		await open(page, `/book?appt=${id}`);
		await page.keyboard.press('Delete');
		await page.waitForSelector('#panel button[name=reason]:focus');
		await page.keyboard.press(key);
		await said(page, words);
		assert.notEqual(state(id), before);
		await page.keyboard.press('u');
		await said(page, 'Zurückgenommen');
		assert.equal(state(id), before, words);
	}
	await open(page, `/book?appt=${id}`);
	await addService(page, 'pon');
	assert.notEqual(state(id), before);
	await page.keyboard.press('u');
	await said(page, 'Zurückgenommen');
	assert.equal(state(id), before, 'the services as they were');
});

test("another's change, with her name, from the appointment's own log", async () => {
	const id = coming(), before = state(id), other = await openPage(browser);
	await other.context().addCookies((await page.context().cookies()).filter(({ name }) => name === 'station'));
	await other.goto(`${shop.url}/login`);
	await other.check('input[name=staff][value="2"]', { force: true });
	await other.fill('#pin', '2222');
	await other.waitForSelector('nav.spine');
	const name = one('SELECT name FROM staff WHERE id = 2').name;
	await open(other, `/book?appt=${id}`);
	await other.keyboard.press('x');
	await said(other, 'geparkt');
	await open(page, `/book?appt=${id}`);
	await page.keyboard.press('u');                                 // only her own: not what the other one did
	await said(page, 'Zurückgenommen');
	await page.keyboard.press('Control+y');
	await said(page, 'Wiederholt');
	assert.notEqual(state(id), before);
	await open(page, `/book?appt=${id}`);
	await page.click('.p-log a');
	await page.waitForURL(/journal\/appointment/);
	const row = page.locator('table.log tbody tr', { hasText: 'geparkt' }).first();
	assert.match(await row.innerText(), new RegExp(name));
	assert.match(await row.locator('time').innerText(), /17\.10\.2026|17\. Okt/);
	await row.locator('button').click();
	await said(page, `Zurückgenommen, was ${name} getan hat`);
	assert.equal(state(id), before);
	await open(page, `/journal/appointment/${id}`);
	const all = await page.locator('table.log tbody').innerText();
	assert.match(all, /Zurückgenommen, was/);
	assert.match(all, /\(zurückgenommen\)/);
	await other.context().close();
});

test('an import is taken back as a whole', async () => {
	const count = () => one('SELECT (SELECT count(*) FROM appointment) || \' \' || (SELECT count(*) FROM customer) || \' \' || (SELECT count(*) FROM use) AS n').n;
	const before = count(), file = path.join(shop.folder, 'alt.ics');
	const event = (day, n) => `BEGIN:VEVENT\r\nUID:${n}@alt\r\nDTSTART;TZID=Europe/Berlin:${day}T${10 + n}0000\r\nDTEND;TZID=Europe/Berlin:${day}T${10 + n}3000\r\nSUMMARY:Herrenschnitt Probekunde ${n}\r\nEND:VEVENT\r\n`;
	writeFileSync(file, `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//DE\r\n${[0, 1, 2].map((n) => event('20270112', n)).join('')}END:VCALENDAR\r\n`);
	await open(page, '/import');
	await page.setInputFiles('input[type=file]', file);
	await page.click('main form[action="/import/preview"] button');
	await page.click('form[action="/import"] button');
	await page.waitForSelector('main');
	assert.notEqual(count(), before);
	await open(page, '/book');
	await page.keyboard.press('u');
	await said(page, 'Zurückgenommen');
	assert.equal(count(), before);
});

test('the status by S from confirmed to done, back by Backspace, and undone step by step', async () => {
	const id = one('SELECT a.id FROM appointment a WHERE a.status = 2 AND a.kind = 0 AND a.day = 20743 ORDER BY a.start DESC LIMIT 1')?.id ?? coming();
	const status = () => one(`SELECT status FROM appointment WHERE id = ${id}`).status;
	const reached = async (wanted) => { for (let tries = 0; status() !== wanted && tries < 250; tries++) await page.waitForTimeout(20); assert.equal(status(), wanted); };
	await open(page, `/book?appt=${id}`);
	for (const next of [3, 4, 5]) {
		await page.waitForSelector('#panel button[data-key=s]');
		await page.keyboard.press('s');
		await reached(next);
		await said(page, { 3: 'eingetroffen', 4: 'in Behandlung', 5: 'fertig' }[next]);
	}
	for (const before of [4, 3, 2]) { await page.keyboard.press('Backspace'); await reached(before); await page.waitForTimeout(50); }
	for (const before of [3, 4, 5, 4, 3, 2]) { await page.keyboard.press('u'); await reached(before); }
	await page.keyboard.press('Delete');
	await page.waitForSelector('#panel button[name=reason]:focus');
	await page.keyboard.press('3');
	await reached(8);
	await open(page, `/book?appt=${id}`);                           // from those who wait for this time
	await page.waitForSelector('#panel button[data-key=s]');
	await page.keyboard.press('s');                                 // she came after all
	await reached(2);
});

test('what was given to somebody else meanwhile is not brought back', async () => {
	const id = coming(), it = one(`SELECT day, start, end, (SELECT staff FROM appt_step WHERE appointment = ${id} LIMIT 1) AS staff, date(day * 86400, 'unixepoch') AS iso FROM appointment WHERE id = ${id}`);
	await open(page, `/book?appt=${id}`);
	await page.keyboard.press('x');
	await said(page, 'geparkt');
	const other = await openPage(browser);
	await enter(other, shop.url);
	await open(other, `/book/block?day=${it.iso}`);
	await other.fill('#bl', 'Vertreterbesuch');
	await other.selectOption('#bs', String(it.staff));
	await other.fill('#bf', `${Math.floor(it.start / 60)}:${String(it.start % 60).padStart(2, '0')}`);
	await other.fill('#bt', `${Math.floor((it.start + 15) / 60)}:${String((it.start + 15) % 60).padStart(2, '0')}`);
	await other.click('#panel form[action*="/block"] button');
	await other.waitForURL(/appt=/);
	await open(page, `/journal/appointment/${id}`);
	await page.locator('table.log tbody tr', { hasText: 'geparkt' }).first().locator('button').click();
	await page.waitForSelector('.lost');
	assert.match(await page.innerText('main'), /ist belegt durch Vertreterbesuch bis/);
	assert.equal(one(`SELECT day FROM appointment WHERE id = ${id}`).day, null);
	await other.context().close();
});

test('the browser has nothing to complain about but what was refused', () => assert.deepEqual(page.complaints.filter((line) => !/status of 409/.test(line)), []));
