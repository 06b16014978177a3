// waitlist.test.mjs: the waiting list in a real browser. F7 (a cancellation, and the gap filled from the list) by keyboard alone
// and by touch alone within its six interactions; putting somebody on the list out of the booking panel.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { enter, hands, inaccessible, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

let shop, browser, page;
before(async () => {
	shop = await startShop();
	browser = await openBrowser();
	page = await openPage(browser);
	await enter(page, shop.url);
	assert.ok(waiting().length >= 5, 'some wait in the demo salon');
	for (const { id } of waiting()) await page.evaluate(([path, csrf]) => fetch(path, { method: 'POST', body: new URLSearchParams({ csrf, command: `empty-${path}` }) }),
		[`/waitlist/${id}/remove`, await page.getAttribute('input[name=csrf]', 'value')]);
	assert.deepEqual(waiting(), [], 'those of this test alone');
});
after(async () => { await browser?.close(); await shop?.stop(); });

const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const one = (sql) => rows(sql)[0] ?? null;
const open = async (on, path) => { await on.goto(shop.url + path); await ready(on); };
const toast = (on, text) => on.waitForFunction((wanted) => document.querySelector('.toast')?.textContent.includes(wanted), text);
const state = (id) => one(`SELECT status, day, start FROM appointment WHERE id = ${id}`);
const focused = (selector) => page.waitForFunction((s) => document.activeElement?.matches(s), selector);
const waiting = () => rows('SELECT id, customer, appointment FROM waiting ORDER BY id');

// Confirmed visits of one service from tomorrow on, each the first thing in its day's first column.
async function firsts(on) {
	const found = [];
	for (const { iso } of rows("SELECT DISTINCT date(day * 86400, 'unixepoch') AS iso FROM appointment WHERE day > 20743 AND status = 2 ORDER BY day LIMIT 12")) {
		await open(on, `/book?day=${iso}`);
		const id = await on.evaluate(() => [...document.querySelectorAll('#book section.col')].flatMap((col) =>
			[...col.querySelectorAll('.ap > a, .gap > a')].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top))[0]?.closest('.ap')?.dataset.appt);
		const it = id && one(`SELECT a.id, a.customer, a.start, a.end, s.service, s.staff FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.id = ${id}
			AND a.status = 2 AND a.kind = 0 AND a.customer IS NOT NULL GROUP BY a.id HAVING count(*) = 1`);
		if (it) found.push({ ...it, iso });
	}
	return found;
}

// Somebody goes on the list for what is about to come free, through the form.
async function wish(on, it, customer, more = '') {
	await open(on, `/waitlist/0?customer=${customer}&svc=${it.service}&staff=${it.staff}&form=1${more}`);
	await on.click('button[name=save]');
	await toast(on, 'auf die Warteliste gesetzt');
}

const others = (n) => rows(`SELECT id FROM customer WHERE phone IS NOT NULL OR mobile IS NOT NULL ORDER BY id LIMIT ${n}`).map(({ id }) => id);
let spots;

test('F7 by keyboard: cancelled, and the one who waited is booked', async () => {
	spots = await firsts(page);
	assert.ok(spots.length >= 2, 'the demo salon has visits at the top of its days');
	const it = spots[0], [first, second, third] = others(10).filter((id) => id !== it.customer);
	await wish(page, it, first, '&only=1');
	await wish(page, it, second);
	await wish(page, it, third, '&t1=23:00');
	await open(page, `/book?day=${it.iso}`);
	const hand = hands(page);
	await hand.key('ArrowDown');
	await hand.key('Enter');
	await page.waitForSelector('#panel a[data-key=Delete]');
	await hand.key('Delete');
	await page.waitForSelector('#panel button[name=reason]');
	await hand.key('1');
	await page.waitForURL(/waitlist\/for/);
	await page.waitForFunction(() => document.activeElement?.closest('#panel form[action$="/book"]'));
	assert.match(await page.textContent('#panel'), /2 Wartende passen/);
	assert.equal(await page.locator('#panel .wl li').count(), 2, 'who wants eleven at night is not proposed');
	assert.match(await page.textContent('#panel .wl li >> nth=0'), /wartet seit 17\. Okt\..*wollte jederzeit.*passt genau/s);
	assert.match(await page.textContent('#panel .wl li >> nth=0'), /\d{3,}/, 'with a phone number');
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'waitlist-for');
	await hand.key('Enter');
	await page.waitForURL(/book\?.*appt=\d+/);
	assert.ok(hand.count <= 6, `${hand.count} interactions: ${hand.log.join(' ')}`);
	const made = waiting().find((w) => w.customer === first);
	assert.deepEqual(state(made.appointment), { status: 2, day: state(it.id).day, start: it.start });
	assert.equal(state(it.id).status, 7);
	assert.match(await page.textContent('.top .count'), /Warteliste\s*2/);

	await page.keyboard.press('u');
	await toast(page, 'Zurückgenommen');
	assert.equal(waiting().find((w) => w.customer === first).appointment, null, 'one undo: back on the list');
	assert.equal(state(made.appointment), null, 'and the appointment is gone');
	assert.equal(state(it.id).status, 7, 'what was cancelled before stays so');
});

test('the second one is booked by its number', async () => {
	const it = spots[0], second = waiting()[1];
	await open(page, `/waitlist/for?day=${it.iso}&start=${it.start}&end=${it.end}&appt=${it.id}`);
	assert.equal(await page.locator('#panel form').count(), 0, 'nobody is chosen who was not asked for');
	await page.keyboard.press('2');
	await page.waitForURL(/pick=/);
	await page.waitForFunction(() => document.activeElement?.closest('#panel form[action$="/book"]'));
	const id = Number((await page.getAttribute('#panel form', 'action')).match(/\d+/)[0]);
	await page.keyboard.press('Enter');
	await page.waitForURL(/book\?.*appt=\d+/);
	assert.notEqual(waiting().find((w) => w.id === id).appointment, null);
	assert.equal(waiting().filter((w) => w.appointment === null).length, 2);
	assert.ok(second);
});

// On a phone the panel lies over the book: each step of the way must be there to be seen and pressed, without scrolling to it.
const inSight = (on, selector) => on.waitForFunction((s) => {
	const it = document.querySelector(s), { left, top, right, bottom } = it?.getBoundingClientRect() ?? {};
	return it && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && it.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}, selector);

for (const size of ['tablet', 'phone']) test(`F7 by touch, ${size}`, async () => {
	const touched = await openPage(browser, { size });
	await enter(touched, shop.url);
	const booked = waiting().filter((w) => w.appointment !== null).length;
	const it = (await firsts(touched)).find(({ id }) => spots.slice(1).some((s) => s.id === id)), who = others(20).find((id) => id !== it.customer && !waiting().some((w) => w.customer === id));
	await wish(touched, it, who);
	await open(touched, `/book?day=${it.iso}`);
	const hand = hands(touched);
	const tap = async (selector) => { await inSight(touched, selector); await hand.tap(selector); };
	await hand.tap(`[data-appt="${it.id}"] > a`);
	await touched.waitForSelector('#panel a[data-key=Delete]');
	await shoot(touched, `waitlist-appointment-${size}`);
	await tap('#panel a[data-key=Delete]');
	await touched.waitForSelector('#panel button[name=reason]');
	await shoot(touched, `waitlist-cancel-${size}`);
	await tap('#panel button[name=reason][value="2"]');
	await touched.waitForURL(/waitlist\/for/);
	await touched.waitForSelector('#panel form[action$="/book"] button');
	await shoot(touched, `waitlist-for-${size}`);
	await tap('#panel form[action$="/book"] button');
	await touched.waitForURL(/book\?.*appt=\d+/);
	await shoot(touched, `waitlist-booked-${size}`);
	assert.equal(hand.count, 4, hand.log.join(' '));
	assert.equal(state(it.id).status, 7);
	assert.equal(waiting().filter((w) => w.appointment !== null).length, booked + 1);
	assert.deepEqual(touched.complaints, []);
	await touched.context().close();
});

test('out of the booking panel onto the list, by keyboard', async () => {
	const before = waiting().length;
	await open(page, '/book');
	await page.keyboard.press('n');
	await focused('#q');
	await page.keyboard.type('wo');
	await page.waitForSelector('#q-list li[aria-current=true]');
	await page.keyboard.press('Enter');
	await focused('#lz');
	await page.keyboard.press('Enter');
	await focused('#wn');
	await page.waitForSelector('#slots li.on a');
	await page.keyboard.press('Enter');
	await focused('button[name=save]');
	await page.keyboard.press('w');
	await page.waitForURL(/waitlist\/0/);
	await page.waitForSelector('#panel input[name=t1]');
	await page.fill('#wl-t1', '14');
	await page.check('#panel input[name=wd][value="4"]');
	await page.waitForURL(/wd=4/);
	await page.click('#panel button[name=save]');
	await page.waitForURL(/waitlist\?day/);
	assert.equal(waiting().length, before + 1);
	assert.deepEqual(one('SELECT weekdays, earliest FROM waiting ORDER BY id DESC LIMIT 1'), { weekdays: 16, earliest: 840 });
	await page.keyboard.press('w');
	await page.waitForSelector('#panel[data-panel=waitlist]');
	assert.match(await page.textContent('#panel'), /Do ab 14:00/);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'waitlist');
});

test('the browser has nothing to complain about', () => assert.deepEqual(page.complaints, []));
