// series.test.mjs: F25, appointments for a year, by keyboard alone and by touch alone, with the limit of interactions counted;
// then one of them moved, the rest changed, the series ended, and each taken back.
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
});
after(async () => { await browser?.close(); await shop?.stop(); });

const TODAY = Math.floor(Date.parse('2026-10-17') / 86400000);
const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const members = (series) => rows(`SELECT id, date(day * 86400, 'unixepoch') AS day, strftime('%w', day * 86400, 'unixepoch') AS weekday, start, status,
	date(series_day * 86400, 'unixepoch') AS planned, (SELECT staff FROM appt_step WHERE appointment = a.id LIMIT 1) AS staff FROM appointment a WHERE series = ${series} ORDER BY series_day`);
const overlaps = () => rows(`SELECT x.appointment FROM use x JOIN use y ON y.day = x.day AND y.resource = x.resource AND y.start < x.end AND x.start < y.end
	AND y.appointment <> x.appointment WHERE x.resource % 4 <> 3 AND x.forced = 0 AND y.forced = 0 AND x.appointment IN (SELECT id FROM appointment WHERE series IS NOT NULL)`);
// Somebody whose next visit lies in the week of 26 October: four weeks on and on from there, a Thursday is Christmas Eve.
const regular = () => rows(`SELECT a.customer FROM appointment a WHERE a.kind = 0 AND a.status = 2 AND a.customer IS NOT NULL
	AND date(a.day * 86400, 'unixepoch') BETWEEN '2026-10-26' AND '2026-10-31' AND (SELECT count(*) FROM appointment b WHERE b.customer = a.customer
	AND b.status < 7 AND b.day > ${TODAY}) = 1 AND (SELECT count(*) FROM appointment b WHERE b.customer = a.customer AND b.status BETWEEN 3 AND 6) > 2 ORDER BY a.id LIMIT 1`)[0].customer;

const fits = () => page.waitForFunction(() => document.querySelector('.rule')?.textContent.includes('Donnerstag 10:00'));
const last = () => rows('SELECT max(id) AS id FROM series')[0].id;

test('F25 by keyboard: every four weeks on Thursday at ten, for a year', async () => {
	const hand = hands(page), customer = regular();
	await page.goto(`${shop.url}/customer/${customer}`);
	await ready(page);
	await hand.key('j');
	await page.waitForFunction(() => document.activeElement?.id === 'se-rule');
	await hand.type('4 do 10');
	await fits();
	const conflicts = await page.locator('.visits-l .conflict').count();
	assert.ok(conflicts > 0, 'Christmas Eve is a Thursday');
	await shoot(page, 'series-typed');
	await hand.key('Enter');
	await page.waitForFunction(() => document.activeElement?.name === 'save');
	await hand.key('2');
	await page.waitForSelector('.visits-l .decided');
	assert.deepEqual(await inaccessible(page), []);
	await page.waitForFunction(() => document.activeElement?.name === 'save');
	await hand.key('Enter');
	await page.waitForURL(/\/series\/\d+$/);
	assert.ok(hand.count <= 14, `${hand.count} interactions: ${hand.log.join(' ')}`);
	const made = members(last());
	assert.ok(made.length >= 12 && made.length <= 14, `${made.length} appointments`);
	assert.ok(made.filter(({ day, planned, weekday, start }) => day === planned && weekday === '4' && start === 600).length >= made.length - conflicts);
	assert.equal(made.filter(({ day, planned }) => day !== planned).length, conflicts);
	assert.equal(new Set(made.map(({ staff }) => staff)).size, 1);
	assert.deepEqual(overlaps(), []);
	await shoot(page, 'series-made');
	assert.deepEqual(await inaccessible(page), []);
});

test('one is moved, the others stay; all from there on are changed; the series ends; each can be taken back', async () => {
	const series = last(), first = members(series);
	await page.goto(`${shop.url}/book?appt=${first[2].id}`);
	await ready(page);
	await page.keyboard.press('x');
	await page.waitForSelector(`[data-parked="${first[2].id}"]`);
	assert.deepEqual(members(series).filter(({ id }) => id !== first[2].id), first.filter(({ id }) => id !== first[2].id));
	await page.keyboard.press('u');
	await page.waitForSelector(`[data-parked="${first[2].id}"]`, { state: 'detached' });
	await page.goto(`${shop.url}/series/${series}?appt=${first[4].id}`);
	await ready(page);
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => document.activeElement?.id === 'se-rule');
	await page.keyboard.type('fr 15');
	await page.waitForFunction(() => document.querySelector('.rule')?.textContent.includes('Freitag 15:00'));
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => document.activeElement?.name === 'save');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/series\/\d+$/);
	const changed = members(series);
	assert.deepEqual(changed.slice(0, 4), first.slice(0, 4));
	assert.ok(changed.slice(4).filter(({ weekday, start }) => weekday === '5' && start === 900).length >= changed.length - 6);
	assert.deepEqual(overlaps(), []);
	await page.keyboard.press('u');
	await page.waitForFunction(() => document.querySelector('.p-c')?.textContent.includes('Donnerstag 10:00'));
	assert.deepEqual(members(series), first);
	await page.goto(`${shop.url}/series/${series}?appt=${first[6].id}`);
	await ready(page);
	await page.keyboard.press('Delete');
	await page.waitForSelector('.toast');
	assert.ok(members(series).slice(6).every(({ status }) => status === 7));
	assert.ok(members(series).slice(0, 6).every(({ status }) => status === 2));
	await page.keyboard.press('u');
	await page.waitForFunction(() => !document.querySelector('.members')?.textContent.includes('abgesagt'));
	assert.deepEqual(members(series), first);
	assert.deepEqual(page.complaints, []);
});

test('F25 by touch: begun at an appointment', async () => {
	const tablet = await openPage(browser, { size: 'tablet' }), hand = hands(tablet);
	await enter(tablet, shop.url);
	const appt = rows(`SELECT id FROM appointment WHERE status = 2 AND customer IS NOT NULL AND day > ${TODAY} AND series IS NULL
		AND NOT EXISTS (SELECT 1 FROM appointment b WHERE b.customer = appointment.customer AND b.day > appointment.day) ORDER BY day, id LIMIT 1`)[0].id;
	await tablet.goto(`${shop.url}/book?appt=${appt}`);
	await ready(tablet);
	await hand.tap('#panel a[href*="/series/new"]');
	await tablet.waitForSelector('#se-rule');
	await hand.tap('.often a[href*="rule=6"]');
	await tablet.waitForFunction(() => document.querySelector('.rule')?.textContent.includes('alle 6 Wochen'));
	for (let open; (open = await tablet.locator('.visits-l .cur').count()) > 0;) {
		const which = await tablet.locator('.visits-l .cur b').first().textContent();
		await hand.tap('.visits-l .cur .picks a');
		await tablet.waitForFunction((name) => document.querySelector('.visits-l .cur b')?.textContent !== name, which);
	}
	await hand.tap('button[name=save]');
	await tablet.waitForURL(/\/series\/\d+$/);
	assert.ok(hand.count <= 14, `${hand.count} interactions: ${hand.log.join(' ')}`);
	const made = members(last());
	assert.equal(made[0].id, appt);
	assert.ok(made.length >= 7);
	assert.deepEqual(overlaps(), []);
	await shoot(tablet, 'series-tablet');
	assert.deepEqual(tablet.complaints, []);
	await tablet.context().close();
});
