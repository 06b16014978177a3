// flows.test.mjs: the everyday flows F1, F2, F3, F5 and F6 in a real browser, by keyboard alone and by touch alone, with their
// hard limits of interactions counted. Each begins in the day's book and ends with what stands in the database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addService, enter, hands, openPage, ownersShop, ready } from './support.mjs';

let shop, browser, page, one;
before(async () => { ({ shop, browser, page, one } = await ownersShop()); });
after(async () => { await browser?.close(); await shop?.stop(); });

const count = () => one('SELECT count(*) AS n FROM appointment').n;
const newest = () => one(`SELECT a.*, c.last, c.first, c.mobile, (SELECT group_concat(service) FROM (SELECT service FROM appt_step
	WHERE appointment = a.id ORDER BY seq)) AS services FROM appointment a LEFT JOIN customer c ON c.id = a.customer ORDER BY a.id DESC LIMIT 1`);

const open = async (on, path = '/book') => { await on.goto(shop.url + path); await ready(on); };
const focused = (on, selector) => on.waitForFunction((s) => document.activeElement?.matches(s), selector);
const saved = (on) => on.waitForURL(/appt=\d+/);
// ---- what several flows do alike; tool: how the hand takes what stands on top of a list
const byKey = { take: (hand) => hand.key('Enter'), save: (hand) => hand.key('Enter') };
const byTouch = { take: (hand, what) => hand.tap(what), save: (hand) => hand.tap('button[name=save][value="1"]') };

async function service(hand, on, tool, code) {
	await hand.type(code);
	await on.waitForSelector('#sv-list li[aria-current=true]');
	await tool.take(hand, '#sv-list li a');
	await on.waitForURL(/svc=/);
}

// The first of the proposed times, and save.
async function takeAndSave(hand, on, tool) {
	await on.waitForSelector('#slots li.on a');
	await tool.take(hand, '#slots li a');
	await on.waitForURL(/at=/);
	await focused(on, 'button[name=save]');
	await tool.save(hand);
	await saved(on);
}

const within = (hand, limit, flow = '') => assert.ok(hand.count <= limit, `${flow} ${hand.count} interactions: ${hand.log.join(' ')}`);
const moved = (on) => on.waitForFunction(() => document.querySelector('.toast')?.textContent.includes('verschoben'));

const regular = () => one(`SELECT c.id, c.last, c.first, (SELECT group_concat(service) FROM (SELECT s.service FROM appt_step s WHERE s.appointment =
	(SELECT id FROM appointment WHERE customer = c.id AND kind = 0 AND status BETWEEN 2 AND 6 ORDER BY day DESC LIMIT 1) ORDER BY seq)) AS services
	FROM customer c WHERE (SELECT count(*) FROM customer d WHERE d.last LIKE substr(c.last, 1, 3) || '%' OR d.first LIKE substr(c.last, 1, 3) || '%') = 1
	AND services IS NOT NULL AND c.last NOT LIKE '% %' AND substr(c.last, 1, 3) GLOB '[A-Za-z][a-z][a-z]' ORDER BY c.id LIMIT 1`);

test('F1 by keyboard: a regular wants Thursday from three, as always', async () => {
	const who = regular(), before = count(), hand = hands(page);
	await open(page);
	await hand.key('n');
	await focused(page, '#q');
	await hand.type(who.last.slice(0, 3).toLowerCase());
	await page.waitForSelector('#q-list li[aria-current=true]');
	await hand.key('Enter');
	await page.waitForSelector('.cc-h');
	await focused(page, '#lz');
	await hand.key('Enter');
	await focused(page, '#wn');
	await hand.type('do 15');
	await page.waitForFunction(() => document.querySelector('.when span')?.textContent.includes('15:00'));
	await takeAndSave(hand, page, byKey);
	within(hand, 16);
	assert.equal(count(), before + 1);
	const made = newest();
	assert.equal(made.customer, who.id);
	assert.equal(made.services, who.services);
});

test('F1 by touch: three keys and five taps', async () => {
	const tablet = await openPage(browser, { size: 'tablet' });
	await enter(tablet, shop.url);
	const who = regular(), before = count(), hand = hands(tablet);
	await open(tablet);
	await hand.tap('[data-key=n]');
	await focused(tablet, '#q');
	await hand.type(who.last.slice(0, 3).toLowerCase());
	await tablet.waitForSelector('#q-list li[aria-current=true]');
	await hand.tap('#q-list li[aria-current=true] a');
	await tablet.waitForSelector('.cc-h');
	await hand.tap('.chips a[href*="13"]');
	await tablet.waitForURL(/when=/);
	await takeAndSave(hand, tablet, byTouch);
	within(hand, 8);
	assert.equal(count(), before + 1);
	await tablet.context().close();
});

test('F2: a new customer on the phone', async () => {
	const before = count(), hand = hands(page);
	await open(page);
	await hand.key('n');
	await focused(page, '#q');
	await hand.type('Zwirnfad Eva');
	await page.waitForSelector('#q-list li.new[aria-current=true]');
	await hand.key('Enter');
	await focused(page, '#nm');
	await hand.type('0171 3920099');
	await hand.key('Tab');
	await focused(page, '#lz');
	await service(hand, page, byKey, 'hsc');
	await focused(page, '#wn');
	await hand.type('+1w');
	await takeAndSave(hand, page, byKey);
	within(hand, 48);
	assert.equal(count(), before + 1);
	const made = newest();
	assert.deepEqual([made.last, made.first, made.mobile, made.new_customer], ['Eva', 'Zwirnfad', '0171 3920099', 1]);
});

test('F3: somebody walks in', async () => {
	const before = count(), hand = hands(page);
	await open(page);
	await hand.key('l');
	await focused(page, '#lz');
	await service(hand, page, byKey, 'hsc');
	await focused(page, '#wn');
	await takeAndSave(hand, page, byKey);
	within(hand, 7);
	assert.equal(count(), before + 1);
	assert.equal(newest().customer, null);
});

// A visit of one person in the coming days that can be moved: the last one booked by F2.
const movable = () => one(`SELECT a.id, a.day, a.start, a.version, (SELECT group_concat(staff) FROM appt_step WHERE appointment = a.id) AS staff, date(a.day * 86400, 'unixepoch') AS iso FROM appointment a JOIN customer c ON c.id = a.customer
	WHERE c.mobile = '0171 3920099' ORDER BY a.id DESC LIMIT 1`);

test('F6 by keyboard: six weeks later', async () => {
	const it = movable(), hand = hands(page);
	await open(page, `/book?appt=${it.id}`);
	await hand.key('x');
	await page.waitForFunction((id) => document.querySelector(`[data-parked="${id}"]`), it.id);
	await hand.key('g');
	await page.waitForSelector('.go-f input');
	await hand.type('+6w');
	await hand.key('Enter');
	await page.waitForFunction((day) => document.querySelector('#book')?.dataset.day !== day, it.iso);
	await hand.key('v');
	await page.waitForSelector('button.slot');
	await focused(page, 'button.slot');
	await hand.key('Enter');
	await moved(page);
	within(hand, 9);                                             // and one to choose it
	const after = movable();
	assert.equal(after.id, it.id);
	assert.ok(after.day >= it.day + 42, `moved by ${after.day - it.day} days`);
});

test('F5 by mouse: later on the same day', async () => {
	const it = movable(), hand = hands(page);
	await open(page, `/book?day=${it.iso}`);
	const block = page.locator(`[data-appt="${it.id}"]`).first(), box = await block.boundingBox();
	const row = box.height / ((await block.evaluate((e) => e.dataset.end - e.dataset.start)) / 5);
	const down = it.start < 900 ? 12 : -12;
	await hand.drag(`[data-appt="${it.id}"]`, 0, row * down);
	await page.waitForSelector('#panel form[action$="/move"] button[autofocus], #panel form[action$="/move"] button[name=force]');
	const free = await page.locator('#panel form[action$="/move"] button[autofocus]').count();
	if (free) await hand.key('Enter');
	else { await hand.click('#panel button[name=force]'); }
	await moved(page);
	within(hand, 2);
	assert.equal(movable().start, it.start + down * 5);
	assert.equal(movable().staff, it.staff, 'nobody is handed on without being asked');
	await hand.key('u');
	await page.waitForFunction(() => document.querySelector('.toast')?.textContent.includes('Zurückgenommen'));
	assert.equal(movable().start, it.start, 'undo puts it back');
});

test('F5 by keyboard: the next time later that day', async () => {
	const it = movable(), hand = hands(page);
	await open(page, `/book?appt=${it.id}`);
	await hand.key(it.start < 900 ? 'PageDown' : 'PageUp');
	await focused(page, '#panel form[action$="/move"] button');
	await hand.key('Enter');
	await moved(page);
	within(hand, 2);
	const now = movable();
	assert.equal(now.day, it.day);
	assert.notEqual(now.start, it.start);
});

test('F2, F3, F5 and F6 by touch', async () => {
	const tablet = await openPage(browser, { size: 'tablet' }), before = count();
	await enter(tablet, shop.url);
	await open(tablet);
	let hand = hands(tablet);                                    // F3
	await hand.tap('[data-key=l]');
	await focused(tablet, '#lz');
	await service(hand, tablet, byTouch, 'hsc');
	await takeAndSave(hand, tablet, byTouch);
	within(hand, 7, 'F3');

	await open(tablet);
	hand = hands(tablet);                                        // F2
	await hand.tap('[data-key=n]');
	await focused(tablet, '#q');
	await hand.type('Tippfein, Ida');
	await tablet.waitForSelector('#q-list li.new[aria-current=true]');
	await hand.tap('#q-list li.new a');
	await focused(tablet, '#nm');
	await hand.type('0171 3920098');
	await hand.tap('#lz');
	await service(hand, tablet, byTouch, 'hsc');
	await takeAndSave(hand, tablet, byTouch);
	within(hand, 48, 'F2');
	assert.deepEqual([newest().last, newest().first, newest().mobile], ['Tippfein', 'Ida', '0171 3920098']);
	assert.equal(count(), before + 2);

	const it = newest();
	hand = hands(tablet);                                        // F5: chosen already
	await hand.tap('#panel a[data-key=PageDown]');
	await tablet.waitForSelector('#panel form[action$="/move"] button');
	await hand.tap('#panel form[action$="/move"] button');
	await moved(tablet);
	within(hand, 2, 'F5');
	assert.notEqual(newest().start, it.start);

	hand = hands(tablet);                                        // F6: chosen already
	await hand.tap('#panel button[data-key=x]');
	await tablet.waitForFunction((id) => document.querySelector(`[data-parked="${id}"]`), it.id);
	await hand.tap('.date a');
	await tablet.waitForSelector('.go-f input');
	await hand.type('+6w');
	await hand.key('Enter');
	await tablet.waitForURL(/day=/);
	await tablet.waitForFunction((day) => document.querySelector('#book')?.dataset.live > day + 35, it.day);
	await hand.tap('[data-key=v]');
	await tablet.waitForSelector('button.slot');
	await hand.tap('button.slot');
	await moved(tablet);
	within(hand, 9);                                             // and one to choose it
	assert.ok(newest().day >= it.day + 42);
	await tablet.context().close();
});

test('other services for the same appointment', async () => {
	const it = movable();
	await open(page, `/book?appt=${it.id}`);
	await addService(page, 'pon');
	const made = one(`SELECT a.id, a.end - a.start AS length, (SELECT count(*) FROM appt_step WHERE appointment = a.id) AS steps,
		(SELECT sum(end - start) FROM use WHERE appointment = a.id AND resource % 4 = 1) AS used FROM appointment a WHERE id = ${it.id}`);
	assert.deepEqual([made.steps, made.used], [2, made.length]);
});

test('what one browser changes stands in another within a second', async () => {
	const it = movable(), other = await openPage(browser, { size: 'laptop' });
	await enter(other, shop.url);
	await open(other, `/book?day=${it.iso}`);
	await open(page, `/book?appt=${it.id}`);
	await other.waitForTimeout(200);
	await page.keyboard.press('x');
	await other.waitForFunction((id) => !document.querySelector(`[data-appt="${id}"]`), it.id, { timeout: 1000 });
	await other.context().close();
});

test('the browser has nothing to complain about', () => assert.deepEqual(page.complaints, []));
