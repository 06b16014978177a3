// setup.test.mjs: the first visit to an empty shop, by keyboard: three pages, the book opens, the first appointment stands in it.
// What does not fit comes back with everything typed; going back never refuses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { inaccessible, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

let shop, browser, page;
before(async () => { shop = await startShop({ fill: null }); browser = await openBrowser(); page = await openPage(browser, { size: 'laptop' }); });
after(async () => { await browser?.close(); await shop?.stop(); });

const one = (sql) => execFileSync('sqlite3', ['-readonly', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim();
const write = async (selector, text) => { await page.focus(selector); await page.keyboard.press('Control+a'); await page.keyboard.type(text); };
const press = async (selector, key) => {
	await page.focus(selector);
	await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
	await ready(page);
};
const at = (address) => assert.equal(new URL(page.url()).pathname, address);

test('the first visit opens the set-up, wherever it goes', async () => {
	await page.goto(`${shop.url}/book`);
	at('/setup/shop');
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'setup-shop');
});

test('a shop without a name and a time that is none: both are said, the typing stays', async () => {
	await write('#street', 'Marktstraße 4');
	await write('#from2', 'früh');
	await press('#street', 'Enter');
	assert.equal(await page.locator('.errsum li').count(), 2);
	assert.equal(await page.inputValue('#street'), 'Marktstraße 4');
	assert.equal(await page.inputValue('#from2'), 'früh');
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'setup-faults');
});

test('no opening hours do not block, and are still none on coming back', async () => {
	await write('#name', 'Salon Probe');
	for (const day of [2, 3, 4, 5, 6]) { await page.focus(`[name=open${day}]`); await page.keyboard.press('Space'); }
	await press('#name', 'Enter');
	at('/setup/team');
	await press('button[name=to][value=back]:not(.vh)', 'Enter');
	at('/setup/shop');
	assert.equal(await page.inputValue('#name'), 'Salon Probe');
	assert.equal(await page.locator('.hours input:checked').count(), 0);
	for (const day of [1, 2, 3, 4, 5, 6]) { await page.focus(`[name=open${day}]`); await page.keyboard.press('Space'); }
	await press('#name', 'Enter');
	at('/setup/team');
	assert.equal(one('SELECT count(*) FROM opening'), '6');
});

test('the team: nobody is too few; going back keeps the names', async () => {
	assert.deepEqual(await inaccessible(page), []);
	await press('#n0', 'Enter');
	at('/setup/team');
	assert.equal(await page.locator('.errsum li').count(), 1);
	await write('#n0', 'Susanne Urban');
	await write('#n1', 'Klara Meier');
	await shoot(page, 'setup-team');
	await press('footer button[value=back]', 'Enter');
	at('/setup/shop');
	await press('#name', 'Enter');
	assert.equal(await page.inputValue('#n0'), 'Susanne Urban');
	assert.equal(await page.inputValue('#n1'), 'Klara Meier');
	await press('#n1', 'Enter');
	at('/setup/password');
	assert.equal(one('SELECT count(*) FROM staff'), '2');
	assert.ok(Number(one('SELECT count(*) FROM service')) > 5);
});

test('a weak password is refused in a sentence, a good one opens the book', async () => {
	assert.deepEqual(await inaccessible(page), []);
	await write('#password', 'kurz');
	await press('#password', 'Enter');
	at('/setup/password');
	assert.equal(await page.locator('.errsum li').count(), 1);
	await shoot(page, 'setup-password');
	await write('#password', 'lang genug 1');
	await write('#again', 'lang genug 1');
	await press('#again', 'Enter');
	at('/book');
	assert.match(await page.locator('nav.spine').innerText(), /Buch/);
	assert.equal(await page.locator('#book .col').count(), 2);
	await shoot(page, 'setup-book');
});

test('the first appointment, for somebody new', async () => {
	const focused = (selector) => page.waitForFunction((s) => document.activeElement?.matches(s), selector);
	const type = (text) => page.keyboard.type(text), enter = () => page.keyboard.press('Enter');
	await page.keyboard.press('n');
	await focused('#q');
	await type('Vogelsang, Mia');
	await page.waitForSelector('#q-list li.new[aria-current=true]');
	await enter();
	await focused('#nm');
	await type('0171 5550011');
	await page.keyboard.press('Tab');
	await focused('#lz');
	await type('hsc');
	await page.waitForSelector('#sv-list li[aria-current=true]');
	await enter();
	await focused('#wn');
	await type('di 10');
	await page.waitForFunction(() => document.querySelector('.when span')?.textContent.includes('10:00'));
	await page.waitForSelector('#slots li.on a');
	await enter();
	await focused('button[name=save]');
	await enter();
	await page.waitForURL(/appt=\d+/);
	await page.waitForSelector('#book .ap');
	assert.match(await page.locator('#book .ap').first().innerText(), /Vogelsang/);
	assert.equal(one("SELECT c.last || ' ' || a.start || ' ' || strftime('%w', a.day * 86400, 'unixepoch') FROM appointment a JOIN customer c ON c.id = a.customer"), 'Vogelsang 600 2');
	await shoot(page, 'setup-first');
});

test('the set-up is over, and the browser has nothing to complain about', async () => {
	await page.goto(`${shop.url}/setup/shop`);
	at('/book');
	assert.deepEqual(page.complaints.filter((line) => !/status of 422/.test(line)), []); // the three forms that came back
});
