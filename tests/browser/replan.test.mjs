// replan.test.mjs: F10, somebody is ill in the morning: from the head of her column by keyboard and by touch to the call list, with
// the interactions counted; rows decided and held; calls worked off; all of it taken back by one key; F20's way through the roster's link.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { enter, hands, inaccessible, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

const NOW = '2026-10-19T08:00', TODAY = Math.floor(Date.parse('2026-10-19') / 86400000);
let shop, browser, page;
before(async () => {
	shop = await startShop({ now: NOW });
	browser = await openBrowser();
	page = await openPage(browser);
	await enter(page, shop.url);
});
after(async () => { await browser?.close(); await shop?.stop(); });

const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const book = () => rows(`SELECT a.id, a.day, a.start, a.status, (SELECT group_concat(x) FROM (SELECT p.staff || '.' || ifnull(p.place, 0) || '.' || p.offset AS x FROM appt_phase p
	JOIN appt_step s ON s.id = p.step WHERE s.appointment = a.id AND p.staff IS NOT NULL ORDER BY p.id)) AS who FROM appointment a WHERE a.day >= ${TODAY} OR a.day IS NULL ORDER BY a.id`);
// Everybody's claims are apart, nobody works outside of the team, and who is ill has nothing left that takes her time.
const overlaps = () => rows(`SELECT x.appointment FROM use x JOIN use y ON y.day = x.day AND y.resource = x.resource AND y.start < x.end AND x.start < y.end
	AND y.appointment <> x.appointment WHERE x.day >= ${TODAY} AND x.resource % 4 <> 3 AND x.forced = 0 AND y.forced = 0`);
const hers = (staff) => rows(`SELECT DISTINCT a.id FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN appt_phase p ON p.step = s.id
	WHERE a.day = ${TODAY} AND p.staff = ${staff} AND a.status < 5 AND a.kind = 0`).map(({ id }) => id);
// What still stands with her is on the call list: there was no place for it, or somebody wants to ask first.
const undecided = (staff) => hers(staff).filter((id) => rows(`SELECT 1 FROM call WHERE appointment = ${id} AND result IN (0, 3)`).length === 0);
const busiest = (not = 0) => rows(`SELECT s.staff, count(*) AS n FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.day = ${TODAY} AND a.kind = 0 AND a.status = 2
	AND s.staff <> ${not} GROUP BY s.staff ORDER BY n DESC LIMIT 1`)[0];
const idle = (on) => on.waitForFunction(() => !document.querySelector('.toast.say'));

test('F10 by keyboard: ill today, twelve appointments or so', async () => {
	const { staff, n } = busiest(), hand = hands(page), before = book();
	assert.ok(n >= 8, `only ${n} appointments`);
	await page.goto(`${shop.url}/book`);
	await ready(page);
	await hand.key('e');
	await page.waitForSelector('.whois');
	const digit = await page.locator(`.whois a[href="/replan?staff=${staff}"]`).getAttribute('data-key');
	await hand.key(digit);
	await page.waitForSelector('.kr');
	const count = await page.locator('.kr tbody tr').count();
	assert.equal(count, hers(staff).length);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'replan');
	// one row is decided: call first; one is held as it is proposed
	await hand.key('4');
	await page.waitForSelector('tr.cur.k-call');
	await hand.key('ArrowDown');
	await page.waitForFunction(() => !document.querySelector('tr.cur.k-call'));
	await hand.key('f');
	await page.waitForSelector('tr.cur .pin.on');
	await page.waitForFunction(() => document.activeElement?.closest?.('form.bar'));
	await hand.key('Enter');
	await page.waitForURL(/\/calls$/);
	assert.ok(hand.count <= 8, `${hand.count} interactions: ${hand.log.join(' ')}`);
	assert.deepEqual(overlaps(), []);
	assert.deepEqual(undecided(staff), []);
	assert.equal(rows(`SELECT count(*) AS n FROM absence WHERE staff = ${staff} AND kind = 1 AND from_day = ${TODAY} AND granted = 1`)[0].n, 1);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'calls');
	// two keys a call at most: here one
	const open = () => rows('SELECT count(*) AS n FROM call WHERE result IN (0, 3)')[0].n, calls = open();
	await page.keyboard.press('3');
	await page.waitForFunction(() => document.querySelector('.calls .nr'));
	assert.equal(open(), calls);
	await page.keyboard.press('1');
	await page.waitForFunction(() => document.querySelector('.calls li.ok'));
	assert.equal(open(), calls - 1);
	for (let i = 0; i < 3; i++) {
		const seen = await page.locator('.toast').textContent().catch(() => '');
		await page.keyboard.press('u');
		await page.waitForFunction((text) => document.querySelector('.toast')?.textContent !== text, seen);
		await idle(page);
	}
	assert.deepEqual(book(), before);
	assert.equal(rows('SELECT count(*) AS n FROM call')[0].n, 0);
	assert.equal(rows(`SELECT count(*) AS n FROM absence WHERE staff = ${staff} AND from_day = ${TODAY}`)[0].n, 0);
	assert.deepEqual(page.complaints, []);
});

test('F10 by touch: from the head of her column', async () => {
	const tablet = await openPage(browser, { size: 'tablet' }), hand = hands(tablet), { staff } = busiest();
	await enter(tablet, shop.url);
	await tablet.goto(`${shop.url}/book`);
	await ready(tablet);
	await tablet.locator(`.col-n[href*="person=${staff}"]`).scrollIntoViewIfNeeded();
	await hand.tap(`.col-n[href*="person=${staff}"]`);
	await tablet.waitForSelector('#panel a[href*="/replan"]');
	await hand.tap('#panel a[href*="/replan"]');
	await tablet.waitForSelector('.kr');
	await shoot(tablet, 'replan-tablet');
	await hand.tap('form.bar button');
	await tablet.waitForURL(/\/calls$|\/book/);
	assert.ok(hand.count <= 8, `${hand.count} interactions: ${hand.log.join(' ')}`);
	assert.deepEqual(overlaps(), []);
	assert.deepEqual(undecided(staff), []);
	if (await tablet.locator('.calls .cur button').count() > 0) {
		await hand.tap('.calls .cur button[value="1"]');
		await tablet.waitForSelector('.calls li.ok');
	}
	assert.deepEqual(tablet.complaints, []);
	await tablet.context().close();
});

test('two stations take over two different plans: the second is told and changes nothing', async () => {
	const { staff } = busiest();
	await page.goto(`${shop.url}/replan?staff=${staff}`);
	await ready(page);
	const other = await openPage(browser);
	await enter(other, shop.url);
	await other.goto(`${shop.url}/replan?staff=${staff}`);
	await ready(other);
	await page.click('form.bar button');
	await page.waitForURL(/\/calls$|\/book/);
	const after = book();
	await other.click('form.bar button');
	await other.waitForSelector('.errsum');
	assert.match(await other.textContent('.errsum'), /inzwischen geändert/);
	assert.deepEqual(book(), after);
	await other.context().close();
});
