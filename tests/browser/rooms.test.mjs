// rooms.test.mjs: the book by rooms and devices: what is dragged to another column goes to that room, with its people; the same
// by keyboard. Ends with what stands in the database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ownersShop, ready } from './support.mjs';

let shop, browser, page, one;
before(async () => { ({ shop, browser, page, one } = await ownersShop()); });
after(async () => { await browser?.close(); await shop?.stop(); });

// A coming visit in one place alone, and a second place of its class that is free (or taken) at that time.
const visit = (free) => one(`SELECT a.id, a.day, a.start, a.end, date(a.day * 86400, 'unixepoch') AS iso, min(p.place) AS place, q.id AS other, q.name AS other_name,
	(SELECT group_concat(staff) FROM appt_step WHERE appointment = a.id) AS staff
	FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN appt_phase p ON p.step = s.id JOIN place l ON l.id = p.place
	JOIN place q ON q.class = l.class AND q.id <> l.id AND ${free ? 'NOT ' : ''}EXISTS (SELECT 1 FROM use u WHERE u.day = a.day AND u.resource = q.id * 4 + 2 AND u.start < a.end AND u.end > a.start)
	WHERE a.kind = 0 AND a.status IN (1, 2) AND a.day > ${today()} AND (SELECT count(*) FROM appt_step t WHERE t.appointment = a.id) = 1
	AND NOT EXISTS (SELECT 1 FROM appt_phase x JOIN appt_step y ON y.id = x.step WHERE y.appointment = a.id AND (x.kind <> 0 OR x.place IS NOT p.place))
	GROUP BY a.id, q.id ORDER BY a.day, a.start LIMIT 1`);
const today = () => one("SELECT CAST(julianday('2026-10-17') - 2440587.5 AS INTEGER) AS d").d;
const now = (id) => one(`SELECT a.*, (SELECT group_concat(DISTINCT p.place) FROM appt_phase p JOIN appt_step s ON s.id = p.step WHERE s.appointment = a.id) AS places,
	(SELECT group_concat(staff) FROM appt_step WHERE appointment = a.id) AS staff, (SELECT max(forced) FROM use WHERE appointment = a.id) AS forced,
	(SELECT group_concat(DISTINCT resource / 4) FROM use WHERE appointment = a.id AND resource % 4 = 2) AS used FROM appointment a WHERE id = ${id}`);
const rooms = async (day) => { await page.goto(`${shop.url}/book?axis=place&day=${day}`); await ready(page); };
const said = (word) => page.waitForFunction((text) => document.querySelector('.toast')?.textContent.includes(text), word);

// Takes the block by its head to the column of another place, so many rows lower.
async function carry(id, place, rows) {
	const block = page.locator(`section.col:not([data-axis]) [data-appt="${id}"]`).first(), target = page.locator(`section.col[data-column="${place}"]:not([data-axis])`);
	await target.scrollIntoViewIfNeeded();
	await block.scrollIntoViewIfNeeded();
	const from = await block.boundingBox(), to = await target.boundingBox();
	const row = from.height / (await block.evaluate((e) => Math.ceil((e.dataset.end - e.dataset.start) / 5)));
	await page.mouse.move(from.x + from.width / 2, from.y + 6);
	await page.mouse.down();
	await page.mouse.move(to.x + to.width / 2, from.y + 6 + rows * row, { steps: 8 });
	await page.mouse.up();
	await page.waitForSelector('#panel form[action*="/move"] button');
}

test('dragged to another room: the place changes, the people stay, the view stays', async () => {
	const it = visit(true);
	await rooms(it.iso);
	await carry(it.id, it.other, 0);
	assert.match(await page.locator('#panel').innerText(), new RegExp(it.other_name));
	await page.keyboard.press('Enter');
	await said('verschoben');
	assert.equal(await page.locator('#book').getAttribute('data-axis'), 'place');
	const then = now(it.id);
	assert.deepEqual([then.places, then.used, then.start, then.staff, then.forced], [String(it.other), String(it.other), it.start, it.staff, 0]);
	await page.keyboard.press('u');
	await said('Zurückgenommen');
	assert.equal(now(it.id).places, String(it.place));
	assert.equal(await page.locator('#book').getAttribute('data-axis'), 'place');
});

test('a room that is taken is refused with its name, and possible all the same', async () => {
	const it = visit(false);
	await rooms(it.iso);
	await carry(it.id, it.other, 0);
	assert.match(await page.locator('#panel').innerText(), new RegExp(`nicht möglich|geht nicht: ${it.other_name} ist belegt`));
	assert.equal(await page.locator('#panel button[autofocus]').count(), 0);
	await page.click('#panel button[name=force]');
	await said('verschoben');
	const then = now(it.id);
	assert.deepEqual([then.used, then.staff, then.forced], [String(it.other), it.staff, 1]);
	await page.waitForSelector(`[data-appt="${it.id}"].cf`);
	await page.keyboard.press('u');
	await said('Zurückgenommen');
});

test('by keyboard: parked, then V in the column of another room', async () => {
	const it = visit(true);
	await page.goto(`${shop.url}/book?axis=place&day=${it.iso}&appt=${it.id}`);
	await ready(page);
	await page.keyboard.press('x');
	await page.waitForSelector(`[data-parked="${it.id}"]`);
	await page.locator(`section.col[data-column="${it.other}"]:not([data-axis]) .gap > a`).first().focus();
	await page.keyboard.press('v');
	await page.waitForSelector('button.slot:focus');
	assert.equal(await page.inputValue('#c-place'), String(it.other));
	await page.keyboard.press('Enter');
	await said('verschoben');
	const then = now(it.id);
	assert.deepEqual([then.used, then.staff], [String(it.other), it.staff]);
});

test('by keyboard: the dialog lets one choose the room', async () => {
	const it = visit(true);
	await page.goto(`${shop.url}/book?day=${it.iso}&appt=${it.id}`);
	await ready(page);
	await page.keyboard.press('Enter');
	await page.waitForSelector('#c-place');
	await page.locator('#c-place').focus();
	await page.selectOption('#c-place', String(it.other));
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await said('verschoben');
	const then = now(it.id);
	assert.deepEqual([then.used, then.start, then.staff], [String(it.other), it.start, it.staff]);
});

test('devices stand beside the rooms, each block once', async () => {
	const it = one(`SELECT a.id, date(a.day * 86400, 'unixepoch') AS iso, p.device, (SELECT id FROM device WHERE id <> p.device AND active = 1) AS another,
		(a.start / 60) || ':' || printf('%02d', a.start % 60) AS at FROM appointment a JOIN appt_step s ON s.appointment = a.id
		JOIN appt_phase p ON p.step = s.id WHERE p.device IS NOT NULL AND p.place IS NOT NULL AND a.status IN (1, 2) AND a.day >= ${today()} ORDER BY a.day LIMIT 1`);
	await rooms(it.iso);
	assert.ok(await page.locator(`section.col[data-axis=device][data-column="${it.device}"] [data-appt="${it.id}"]`).count() > 0);
	const ids = await page.evaluate(() => [...document.querySelectorAll('#book [id]')].map((node) => node.id));
	assert.equal(new Set(ids).size, ids.length, 'no id stands there twice');
	const asked = async (device) => (await page.request.get(`${shop.url}/book/check?appt=${it.id}&day=${it.iso}&start=${it.at}&device=${device}&from=${it.device}`)).json();
	assert.equal((await asked(it.device)).ok, true, 'where it stands already');
	assert.match((await asked(it.another)).text, /braucht das Gerät „.+“ nicht/);
});

test('the browser has nothing to complain about', () => assert.deepEqual(page.complaints, []));
