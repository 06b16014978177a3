// roster.test.mjs: the duty roster in a real browser. F20 (an absence that meets appointments) by keyboard alone, by touch alone and
// by mouse, within its six interactions; asking and granting at two browsers; one cell's hours; what stands on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { enter, hands, openBrowser, openPage, ready, startShop } from './support.mjs';

let shop, browser, page;
before(async () => {
	shop = await startShop();
	browser = await openBrowser();
	page = await openPage(browser);
	await enter(page, shop.url);
});
after(async () => { await browser?.close(); await shop?.stop(); });

const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const one = (sql) => rows(sql)[0];
const open = async (on, path = '/roster') => { await on.goto(shop.url + path); await ready(on); };
const number = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86400000;
const cell = (staff, iso) => `#c${staff}-${number(iso)} a`;
const focused = (on, selector) => on.waitForFunction((s) => document.activeElement?.matches(s), selector);
const toast = (on, text) => on.waitForFunction((t) => document.querySelector('.toast')?.textContent.includes(t), text);
const newest = () => one('SELECT * FROM absence ORDER BY id DESC LIMIT 1');
// Appointments that a person has from this day to that one.
const hits = (staff, from, to) => one(`SELECT count(DISTINCT u.appointment) AS n FROM use u JOIN appointment a ON a.id = u.appointment
	WHERE u.resource = ${staff} * 4 + 1 AND u.day BETWEEN ${number(from)} AND ${number(to)} AND a.kind = 0 AND a.status < 5`).n;
const told = (n) => (n === 1 ? '1 Termin betroffen' : `${n} Termine betroffen`);
const names = (sql) => rows(sql).map(({ id }) => id);
const staff = (code) => one(`SELECT id FROM staff WHERE code = '${code}'`).id;

test('F20 by keyboard: three days of the second person, with what they meet', async () => {
	const who = staff('JU'), hand = hands(page), expected = hits(who, '2026-10-17', '2026-10-19');
	assert.ok(expected > 0);
	await open(page);
	await hand.key('ArrowDown');                                 // enters at today
	await hand.key('ArrowDown');
	await focused(page, cell(who, '2026-10-17'));
	await hand.key('Shift+ArrowRight');
	await hand.key('Shift+ArrowRight');
	await hand.key('Enter');
	await page.waitForSelector('#panel .hit-s.some');
	assert.equal(await page.textContent('#panel .hit-s h3'), told(expected), 'before it is saved');
	assert.equal(await page.locator('#panel .hits li').count(), expected);
	assert.match(await page.textContent('#panel .hits li small'), /·.*\d{4}/, 'services and phone');
	assert.notEqual(newest().staff, who);
	await focused(page, '#panel button[value=enter]');
	await hand.key('Enter');
	await page.waitForSelector('#panel a[href^="/replan?"]');
	assert.ok(hand.count <= 6, `${hand.count} interactions: ${hand.log.join(' ')}`);
	const made = newest();
	assert.deepEqual([made.staff, made.kind, made.granted, made.from_day, made.to_day], [who, 0, 1, number('2026-10-17'), number('2026-10-19')]);
	assert.equal(await page.getAttribute('#panel a[href^="/replan?"]', 'href'), `/replan?staff=${who}&from=2026-10-17&to=2026-10-19`);
	await page.keyboard.press('u');
	await toast(page, 'Zurückgenommen');
	assert.equal(one(`SELECT count(*) AS n FROM absence WHERE id = ${made.id}`).n, 0);
});

// A finger that presses, waits, moves over these days and lifts.
async function drag(on, from, to, hand) {
	hand.count++;
	hand.log.push('drag');
	const cdp = await on.context().newCDPSession(on);
	const middle = async (selector) => { const { x, y, width, height } = await on.locator(selector).boundingBox(); return { x: x + width / 2, y: y + height / 2 }; };
	const [a, b] = [await middle(from), await middle(to)];
	await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [a] });
	await on.waitForSelector('#roster.choosing');
	for (let step = 1; step <= 4; step++)
		await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: a.x + (b.x - a.x) * step / 4, y: a.y }] });
	await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test('F20 by touch: a finger over the days, then two taps', async () => {
	const tablet = await openPage(browser, { size: 'tablet' }), who = staff('ME'), hand = hands(tablet);
	await enter(tablet, shop.url);
	await open(tablet, '/roster?span=1&day=2026-10-19');
	const expected = hits(who, '2026-10-20', '2026-10-22');
	assert.ok(expected > 0);
	await tablet.locator(cell(who, '2026-10-20')).scrollIntoViewIfNeeded();
	await drag(tablet, cell(who, '2026-10-20'), cell(who, '2026-10-22'), hand);
	await tablet.waitForSelector('#panel .hit-s.some');
	assert.equal(await tablet.textContent('#panel .hit-s h3'), told(expected));
	await hand.tap('#panel label:has(input[value="4"])');
	await tablet.waitForURL(/kind=4/);
	await hand.tap('#panel button[value=enter]');
	await tablet.waitForSelector('#panel a[href^="/replan?"]');
	assert.ok(hand.count <= 6, `${hand.count} interactions: ${hand.log.join(' ')}`);
	const made = newest();
	assert.deepEqual([made.staff, made.kind, made.from_day, made.to_day], [who, 4, number('2026-10-20'), number('2026-10-22')]);
	assert.deepEqual(tablet.complaints, []);
	await tablet.context().close();
});

test('F20 by mouse: dragging opens the form, Escape leaves all as it was', async () => {
	const who = staff('KA'), hand = hands(page), before = newest().id;
	await open(page, '/roster?day=2026-11-02');
	const [from, to] = [await page.locator(cell(who, '2026-11-03')).boundingBox(), await page.locator(cell(who, '2026-11-06')).boundingBox()];
	await hand.drag(cell(who, '2026-11-03'), to.x - from.x, 0);
	await page.waitForSelector('#panel #from');
	assert.deepEqual([await page.inputValue('#from'), await page.inputValue('#to'), await page.inputValue('#staff')], ['3.11.2026', '6.11.2026', String(who)]);
	assert.equal(await page.locator('td.sel').count(), 4);
	await page.fill('#to', '7.11.2026');                         // what it means follows the typing
	await page.waitForURL(/to=7\.11\.2026/);
	await page.keyboard.press('Escape');
	await page.waitForFunction(() => !document.querySelector('#panel'));
	assert.equal(newest().id, before);
});

test('a key says the kind for the cell in focus', async () => {
	const who = staff('SU');
	await open(page, '/roster?day=2026-11-09&span=1');
	await page.keyboard.press('ArrowDown');
	await focused(page, cell(who, '2026-11-09'));
	await page.keyboard.press('k');
	await page.waitForSelector('#panel #from');
	assert.deepEqual([await page.inputValue('#from'), await page.isChecked('input[name=kind][value="1"]')], ['9.11.2026', true]);
	await page.keyboard.press('6');                              // rather time off
	await page.waitForURL(/kind=5/);
	await page.keyboard.press('Enter');
	await toast(page, 'Zeitausgleich Mo 9. Nov. eingetragen');
	assert.deepEqual([newest().staff, newest().kind], [who, 5]);
	if (await page.locator('#panel').count()) await page.keyboard.press('Escape');
	await focused(page, cell(who, '2026-11-09'));                // the keys go on where they were
	await page.keyboard.press('ArrowRight');
	await focused(page, cell(who, '2026-11-10'));
});

test('one cell: hours of this day, free, and as usual again', async () => {
	const who = staff('TH'), at = cell(who, '2026-11-10'), text = () => page.textContent(at);
	await open(page, '/roster?day=2026-11-09&span=1');
	const usual = await text();
	await page.focus(at);
	await page.keyboard.press('Enter');
	await focused(page, '#hours');
	await page.fill('#hours', '18-9');
	await page.keyboard.press('Enter');
	await page.waitForSelector('#hours-e');
	assert.equal(await page.inputValue('#hours'), '18-9');
	await page.fill('#hours', '10-13, 14-16');
	await page.keyboard.press('Enter');
	await toast(page, '10:00–13:00, 14:00–16:00');
	await page.waitForFunction((s) => document.querySelector(s).textContent.includes('10–16'), at);
	await page.keyboard.press('u');
	await toast(page, 'Zurückgenommen');
	await page.waitForFunction(([s, t]) => document.querySelector(s).textContent === t, [at, usual]);
});

test('asked for by one, granted by another, seen by both within a second', async () => {
	const julia = await openPage(browser, { size: 'laptop' }), who = staff('JU');
	await enter(julia, shop.url, { name: 'JU' });
	await open(julia, '/roster?day=2026-11-16');
	await open(page, '/roster?day=2026-11-16');
	assert.equal(await julia.locator('tr[data-may]').count(), 1, 'only the own row can be chosen');
	await julia.focus(cell(who, '2026-11-17'));
	await julia.keyboard.press('Shift+ArrowRight');
	await julia.keyboard.press('Enter');
	await julia.waitForSelector('#panel button[value=ask]');
	await focused(julia, '#panel button[value=ask]');
	await julia.keyboard.press('Enter');
	await toast(julia, 'beantragt');
	const made = newest();
	assert.deepEqual([made.staff, made.granted, made.from_day, made.to_day], [who, 0, number('2026-11-17'), number('2026-11-18')]);
	await page.waitForSelector(`#ask-${made.id}, .ask-y`, { timeout: 1000 });
	await page.waitForSelector(`#c${who}-${made.from_day}.ab-a`, { timeout: 1000 });
	await page.click(`#c${who}-${made.from_day} a`);
	await page.waitForSelector('#panel [data-key=g]');
	await page.keyboard.press('g');
	await toast(page, 'genehmigt');
	await julia.waitForSelector(`#c${who}-${made.from_day}.ab-u`, { timeout: 1000 });
	assert.deepEqual(julia.complaints, []);
	await julia.context().close();
});

test('on paper: one sheet, A4 across, for each span', async () => {
	const paper = await openPage(browser);
	await paper.context().addCookies(await page.context().cookies());
	for (const span of [1, 2, 3]) {
		await paper.goto(`${shop.url}/roster/print?span=${span}`);
		const pdf = (await paper.pdf({ preferCSSPageSize: true })).toString('latin1');
		const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [Math.round(w), Math.round(h)]);
		assert.deepEqual(boxes, [[842, 595]], `span ${span}`);
	}
	await paper.context().close();
});

test('the browser has nothing to complain about', () => assert.deepEqual(page.complaints.filter((line) => !/status of 422/.test(line)), []));
