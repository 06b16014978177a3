// paper.test.mjs: the emergency sheet comes by itself, renews itself when asked, says when the stick is missing; another
// program reads it; and what was written on it is entered afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { enter, inaccessible, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

let shop, browser, page, stick;
before(async () => {
	shop = await startShop();
	stick = path.join(mkdtempSync(path.join(os.tmpdir(), 'kontor-stick-')), 'stick');
	browser = await openBrowser();
	page = await openPage(browser);
	await enter(page, shop.url);
});
after(async () => { await browser?.close(); await shop?.stop(); rmSync(path.dirname(stick), { recursive: true, force: true }); });

const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const until = async (what, seconds = 40) => {
	for (let i = 0; i < seconds * 10; i++) {
		if (await what()) return;
		await new Promise((next) => { setTimeout(next, 100); });
	}
	assert.fail(`waited ${seconds} s for ${what}`);
};
const sheet = () => `${shop.folder}/notblatt/Notblatt.pdf`;
const text = (file) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });

test('the sheet is there after the start: everybody of today and the next days, with phone numbers', async () => {
	await until(() => existsSync(sheet()));
	const said = text(sheet()), day = Math.floor(Date.parse('2026-10-17') / 86400000);
	const booked = rows(`SELECT c.last, coalesce(c.mobile, c.phone, c.phone_other) AS phone FROM appointment a JOIN customer c ON c.id = a.customer
		WHERE a.day BETWEEN ${day} AND ${day + 2} AND a.status < 7`);
	assert.ok(booked.length > 10);
	for (const { last, phone } of booked) {
		assert.ok(said.includes(last.split(/[- ]/)[0]), last);
		if (phone) assert.ok(said.includes(phone), phone);
	}
	assert.match(said, /Samstag 17\. Oktober 2026/);
	assert.match(said, /Montag 19\. Oktober 2026/);
	assert.match(said, /Blatt 1 von/);
	assert.equal(existsSync(`${shop.folder}/notblatt/.Notblatt.neu`), false);
	execFileSync('pdfinfo', [sheet()]);
});

test('a stick that is missing is said, one that is there gets the sheet, too', async () => {
	await page.goto(`${shop.url}/settings/paper/1`);
	await ready(page);
	await page.fill('[name=folder]', stick);
	await page.keyboard.press('Control+s');
	await page.waitForSelector('.toast');
	await page.goto(`${shop.url}/paper`);
	await ready(page);
	await page.click('form[action="/paper/print"] button');
	await until(async () => { await page.goto(`${shop.url}/paper`); return (await page.textContent('main')).includes('Steckt der Stick?'); });
	assert.equal(await page.locator('.lamp.warn[href="/paper"]').count(), 1);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'paper');
	mkdirSync(stick);
	await page.click('form[action="/paper/print"] button');
	await until(() => existsSync(path.join(stick, 'Notblatt.pdf')) && statSync(path.join(stick, 'Notblatt.pdf')).size > 1000);
	await until(async () => { await page.goto(`${shop.url}/paper`); return !(await page.textContent('main')).includes('Steckt der Stick?'); });
	assert.equal(await page.locator('.lamp.warn[href="/paper"]').count(), 0);
});

test('what was written by hand is entered, taken back by one key, and told apart from what fits', async () => {
	const before = rows('SELECT count(*) AS n FROM appointment')[0].n;
	await page.goto(`${shop.url}/paper/enter`);
	await ready(page);
	assert.deepEqual(await inaccessible(page), []);
	await page.keyboard.type('9:30');
	await page.keyboard.press('Tab');
	await page.keyboard.type('JU');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Handgeschrieben, Olga');
	await page.keyboard.press('Tab');
	await page.keyboard.type('0171 3920097');
	await page.keyboard.press('Tab');
	await page.keyboard.type('hsc');
	await shoot(page, 'paper-enter');
	await page.keyboard.press('Control+s');
	await page.waitForURL(/\/book\?day=2026-10-17/);
	assert.equal(rows('SELECT count(*) AS n FROM appointment')[0].n, before + 1);
	const [made] = rows('SELECT a.start, a.status, c.last, c.first, c.mobile, (SELECT max(forced) FROM use WHERE appointment = a.id) AS forced FROM appointment a JOIN customer c ON c.id = a.customer ORDER BY a.id DESC LIMIT 1');
	assert.deepEqual([made.start, made.status, made.last, made.first, made.mobile], [570, 5, 'Handgeschrieben', 'Olga', '0171 3920097']);
	await page.keyboard.press('u');
	await until(() => rows('SELECT count(*) AS n FROM appointment')[0].n === before);
	assert.deepEqual(page.complaints, []);
});
