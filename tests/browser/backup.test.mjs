// backup.test.mjs: a target is chosen, the program backs up and proves by itself; the sheet is printed, scanned and read back; what is
// wrong is said in the top bar and can't be waved away.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BUILD, enter, inaccessible, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

let shop, browser, page, top;
before(async () => {
	shop = await startShop();
	top = mkdtempSync(path.join(os.tmpdir(), 'kontor-target-'));
	browser = await openBrowser();
	page = await openPage(browser);
	await enter(page, shop.url);
});
after(async () => { await browser?.close(); await shop?.stop(); rmSync(top, { recursive: true, force: true }); });

const go = async (to) => { await page.goto(shop.url + to); await ready(page); };
const disk = () => path.join(top, 'platte'), stick = () => path.join(top, 'stick');
const inside = (target, kind) => { const folder = path.join(target, 'Kontor-Sicherung', kind); return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.kontor')) : []; };
const state = () => JSON.parse(existsSync(`${shop.folder}/backup/state.json`) ? readFileSync(`${shop.folder}/backup/state.json`, 'utf8') : '{"targets":[],"drill":{}}');
const until = async (what, seconds = 60) => {
	for (let i = 0; i < seconds * 10; i++) {
		if (await what()) return;
		await new Promise((next) => { setTimeout(next, 100); });
	}
	assert.fail(`waited ${seconds} s for ${what}: ${shop.log()}`);
};
async function target(name, kind, folder) {
	await go('/backup/target/0');
	await page.fill('[name=name]', name);
	await page.selectOption('[name=kind]', kind);
	await page.fill('[name=folder]', folder);
	await page.keyboard.press('Control+s');
	await page.waitForURL(/backup\/target\/[1-9]/);
}
const lamp = () => page.locator('.lamp[href="/backup"]');

test('without a target the top bar says so; a target chosen gets its first backup, and that is proven, by itself', async () => {
	mkdirSync(disk());
	await go('/book');
	assert.match(await lamp().textContent(), /Sicherung\s+fehlt noch/);
	await target('Zweite Platte', 'disk', disk());
	await target('Blauer Stick', 'stick', stick());
	await go('/backup');
	await page.waitForFunction(() => document.querySelector('.bk-proof').textContent.includes('Rücksicherung zuletzt bewiesen: heute 11:20'), null, { timeout: 60000 });
	assert.equal(inside(disk(), 'generations').length, 1);
	assert.equal(existsSync(stick()), false);
	assert.match(await page.textContent('main'), /ist nicht da/);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'backup');
});

test('the sheet: its picture holds the words that stand there; three typed back make it count', async () => {
	await go('/backup/sheet');
	const words = await page.locator('.rec-w li').allTextContents();
	assert.equal(words.length, 20);
	assert.deepEqual(await inaccessible(page), []);
	await page.locator('.qr').screenshot({ path: path.join(top, 'qr.png'), scale: 'device' });
	assert.equal(execFileSync('zbarimg', ['-q', '--raw', path.join(top, 'qr.png')], { encoding: 'utf8', stdio: 'pipe' }).trim(), words.join(' '));
	await shoot(page, 'backup-sheet');
	await page.click('a[href="/backup/sheet/back"]');
	await page.waitForURL(/sheet\/back/);
	assert.deepEqual(await inaccessible(page), []);
	const places = await page.locator('[name=place]').evaluateAll((fields) => fields.map(({ value }) => Number(value)));
	assert.equal(new Set(places).size, 3);
	for (const [i, place] of places.entries()) await page.fill(`#w${i}`, i === 1 ? 'falsch' : words[place - 1]);
	await page.keyboard.press('Control+s');
	await page.waitForSelector('.f.bad');
	assert.equal(await page.locator('.f.bad').count(), 1);
	assert.match(await page.textContent('.f.bad'), new RegExp(`Wort ${places[1]}: „falsch“ steht dort nicht auf dem Blatt`));
	await page.fill('#w1', words[places[1] - 1]);
	await page.keyboard.press('Control+s');
	await page.waitForURL(/\/backup$/);
	assert.match(await page.textContent('main'), /Zurückgelesen von Susanne Brandt: heute 11:20/);
	// The sheet and the medium are enough.
	execFileSync(`${BUILD}/kontor`, ['restore', '--from', disk(), '--data', path.join(top, 'neu')], { input: words.map((word, i) => `${i + 1}. ${word}`).join('\n'), stdio: ['pipe', 'pipe', 'pipe'] });
	assert.equal(execFileSync('sqlite3', [path.join(top, 'neu/kontor.db'), 'SELECT count(*) FROM customer'], { encoding: 'utf8' }).trim(), '300');
});

test('a stick that is plugged in gets its backup; a booking costs a few kilobytes', async () => {
	mkdirSync(stick());
	await go('/customer/0');
	await page.fill('[name=last]', 'Sicherlich');
	await page.keyboard.press('Control+s');
	await page.waitForSelector('.toast');
	await go('/backup');
	await page.click('form[action="/backup/now"] button');
	await until(() => inside(stick(), 'generations').length === 1 && state().targets.every(({ fault }) => fault === null));
	assert.equal(state().targets[0].number, 2);
	assert.ok(state().targets[0].new_bytes < 100000, `${state().targets[0].new_bytes} bytes`);
	await page.waitForFunction(() => document.querySelectorAll('.bk-good').length === 2);
	assert.match(await lamp().getAttribute('class'), /\bok\b/);
	assert.match(await lamp().textContent(), /heute 11:20/);
	await shoot(page, 'backup-good');
});

test('damage at a target is found by the check, and the top bar stays red until it is mended', async () => {
	const pack = path.join(disk(), 'Kontor-Sicherung/packs', inside(disk(), 'packs')[0]), bytes = readFileSync(pack);
	const broken = Buffer.from(bytes);
	broken[Math.floor(broken.length / 3)] ^= 1;
	writeFileSync(pack, broken);
	await until(async () => { await go('/backup'); return page.locator('form[action="/backup/drill"] button').isEnabled(); });
	await page.click('form[action="/backup/drill"] button');
	await page.waitForSelector('.bk-page .alert:has-text("beschädigt")', { timeout: 60000 });
	assert.match(await lamp().getAttribute('class'), /\bbad\b/);
	assert.match(await lamp().textContent(), /nicht bewiesen/);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'backup-bad');
	await go('/book');
	assert.match(await lamp().getAttribute('class'), /\bbad\b/);
	// The next backup reads what lies there before it relies on it, is whole again, and sets aside what can't be brought back.
	await until(async () => { await go('/backup'); return page.locator('form[action="/backup/now"] button').isEnabled(); });
	await page.click('form[action="/backup/now"] button');
	await until(() => state().targets[0].number === 3);
	assert.match(state().targets[0].warning, /beschädigt und wurden? beiseitegelegt|beiseitegelegt; die neueste ist ganz/);
	await until(async () => { await go('/backup'); return page.locator('form[action="/backup/drill"] button').isEnabled(); });
	await page.click('form[action="/backup/drill"] button');
	await until(() => state().drill.fault === null);
	await page.waitForFunction(() => !document.querySelector('.bk-page .alert'), null, { timeout: 60000 });
	assert.deepEqual(page.complaints.filter((line) => !line.includes('422')), []);
});

test('seven days without a proof: red, on a phone and in the dark, too', async () => {
	const dark = await openPage(browser, { size: 'phone', dark: true });
	const old = state(), week = 8 * 86400;
	old.drill.proven -= week;
	old.drill.tried = Math.floor(Date.now() / 1000) + week; // not tried again in this test
	old.targets[1].good -= 9 * 86400;
	old.targets[1].fault = 'Der Stick ist weg';
	writeFileSync(`${shop.folder}/backup/state.json`, JSON.stringify(old));
	await enter(dark, shop.url);
	await dark.goto(`${shop.url}/backup`);
	await ready(dark);
	assert.match(await dark.textContent('main'), /Seit mehr als sieben Tagen ist keine Rücksicherung bewiesen/);
	assert.match(await dark.textContent('main'), /Seit 9 Tagen kein Stick/);
	assert.deepEqual(await inaccessible(dark), []);
	await shoot(dark, 'backup-phone-dark');
	assert.deepEqual(dark.complaints, []);
	await dark.context().close();
});
