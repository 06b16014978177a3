// door.test.mjs: locked or started anew, nobody loses what she was typing; her language is her own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter, inaccessible, openPage, ownersShop, ready } from './support.mjs';

const PIN = '1111'; // the demo owner's
let shop, browser, page, one;
before(async () => { ({ shop, browser, page, one } = await ownersShop()); });
after(async () => { await browser?.close(); await shop?.stop(); });

const open = async (path) => { await page.goto(shop.url + path); await ready(page); };
const through = () => page.waitForFunction(() => !document.querySelector('dialog.door-d'));
const standsOpen = () => page.waitForSelector('dialog.door-d form.pin input[name=pin]:focus');
const someAppointment = () => one('SELECT id FROM appointment WHERE status = 2 AND kind = 0 AND day > 20743 ORDER BY day LIMIT 1').id;

// As the clock does it when nobody touched anything: the session is locked and all its pages are told.
async function lock() {
	const csrf = await page.locator('.who-f input[name=csrf]').inputValue();
	const answer = await page.request.post(`${shop.url}/lock`, { form: { csrf }, headers: { origin: shop.url }, maxRedirects: 0 });
	assert.equal(answer.status(), 303);
}

test('locked while typing: the PIN is asked over the page, and the typing is still there', async () => {
	const id = someAppointment();
	await open(`/book/${id}/edit`);
	await page.fill('#nt', 'Pony etwas kürzer');
	await lock();
	await standsOpen();
	assert.deepEqual(await inaccessible(page), []);
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	assert.ok(await page.locator('dialog.door-d').isVisible(), 'nobody closes it');
	await page.keyboard.type('9999');
	await page.waitForSelector('dialog.door-d .er');
	await page.keyboard.type(PIN);
	await through();
	assert.equal(await page.inputValue('#nt'), 'Pony etwas kürzer');
	await page.click('text=Notiz speichern');
	await page.waitForURL(/appt=/);
	assert.equal(one(`SELECT note FROM appointment WHERE id = ${id}`).note, 'Pony etwas kürzer');
});

test('somebody else comes in: the page is hers then', async () => {
	const other = one('SELECT s.name, s.code, s.id FROM staff s JOIN staff_secret c ON c.staff = s.id WHERE s.id = 2');
	await open('/book');
	await lock();
	await standsOpen();
	await page.click(`dialog.door-d label:has(input[value="${other.id}"])`);
	await page.locator('dialog.door-d input[name=pin]').focus();
	await page.keyboard.type('2222');
	await through();
	await page.waitForFunction((name) => document.querySelector('.who-t')?.textContent.includes(name), other.name);
	await enter(page, shop.url);
});

test('started anew while a form is open: saved all the same, once', async () => {
	const id = someAppointment(), before = one('SELECT max(seq) AS n FROM journal').n;
	await open(`/book/${id}/edit`);
	await page.fill('#nt', 'nach dem Neustart');
	await shop.restart();
	await page.click('text=Notiz speichern');
	await standsOpen();
	await page.keyboard.type(PIN);
	await page.waitForURL(/appt=/);
	assert.equal(one(`SELECT note FROM appointment WHERE id = ${id}`).note, 'nach dem Neustart');
	assert.equal(one('SELECT max(seq) AS n FROM journal').n, before + 1);
});

test('started anew while nothing is done: the page asks by itself', async () => {
	await open('/customer/0');
	await page.fill('#last', 'Angefangen');
	await shop.restart();
	await standsOpen();
	await page.keyboard.type(PIN);
	await through();
	assert.equal(await page.inputValue('#last'), 'Angefangen');
	await page.keyboard.press('Control+s');
	await page.waitForURL(/customer\/\d\d/);
	assert.ok(one("SELECT id FROM customer WHERE last = 'Angefangen'"));
});

test('another tab signed in anew: this one goes on without a word', async () => {
	const id = someAppointment();
	await open(`/book/${id}/edit`);
	const tab = await page.context().newPage();
	await enter(tab, shop.url);
	await page.fill('#nt', 'aus dem ersten Fenster');
	await page.click('text=Notiz speichern');
	await page.waitForURL(/appt=/);
	assert.equal(one(`SELECT note FROM appointment WHERE id = ${id}`).note, 'aus dem ersten Fenster');
	await tab.close();
});

test('without the script: the door carries it along', async () => {
	const plain = await openPage(browser, { javaScriptEnabled: false });
	await plain.goto(`${shop.url}/login?with=password`);
	await plain.fill('#name', 'SU');
	await plain.fill('#password', 'demo-salon');
	await plain.click('text=Anmelden');
	await plain.goto(`${shop.url}/customer/0`);
	await plain.fill('#last', 'Ohnescript');
	await plain.fill('#note', '<b>zwei\nZeilen</b> & „Zeichen“');
	await shop.restart();
	await plain.click('text=Kundin speichern');
	await plain.check('input[name=staff][value="1"]', { force: true });
	await plain.fill('#pin', PIN);
	await plain.click('text=Entsperren');
	await plain.click('text=Nochmals senden');
	await plain.waitForURL(/customer\/\d/);
	assert.equal(one("SELECT note FROM customer WHERE last = 'Ohnescript'").note, '<b>zwei\nZeilen</b> & „Zeichen“');
	await plain.context().close();
	await enter(page, shop.url);
});

test('her own language, from her name in the top bar, and back', async () => {
	await open('/book');
	await page.click('a.who');
	await page.selectOption('#language', 'en');
	await page.click('text=Sprache speichern');
	await page.waitForSelector('html[lang=en]');
	assert.match(await page.innerText('main'), /Password until now/);
	await page.keyboard.press('u');
	await page.waitForSelector('html[lang=de]');
});

test('the browser has nothing to complain about but what was refused', () =>
	assert.deepEqual(page.complaints.filter((line) => !/status of (403|422)|ERR_CONNECTION|ERR_INCOMPLETE|MIME type/.test(line)), []));
