// script.test.mjs: the script in the browser alone, on small pages that keep to docs/browser.md.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { assetNames, hands, openBrowser, openPage, ready, startPages } from './support.mjs';

let browser, pages, page, seen, answer;

const frame = (rest, body = 'p-day') => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>T</title><link rel="stylesheet" href="/assets/app.css">
<script type="module" src="/assets/app.js"></script></head><body class="${body}"><nav class="spine"><ul></ul></nav>
<header class="top"><h1 class="date"><time datetime="2026-10-17">Sa</time></h1><a class="btn" id="new" href="/new" data-key="n" data-swap="panel">Termin<kbd>N</kbd></a>
<a class="btn" id="go" href="/go" data-key="g" data-go="/book?day=">Gehe zu</a><input id="find" data-key="f /" aria-label="Suchen"></header>${rest}
<div id="words" hidden data-keys="Tasten" data-close="Schließen" data-again="Nochmals senden" data-offline="antwortet nicht" data-go="Gehe zu" data-go-hint="do"></div></body></html>`;

const visit = (id, row, rows, name) => `<li class="ap r${row} n${rows} s-confirmed g-schnitt" id="a${id}-1" data-appt="${id}" data-version="1" data-start="${row * 5}" data-end="${(row + rows) * 5}" data-offset="0" data-resize>
<a href="/book?appt=${id}" data-swap="panel"><span class="sg a x3 n${rows} g-schnitt"><b class="nm">${name}</b></span></a></li>`;

const book = (first = 'Anna') => `<main class="m-book"><div class="book from96 rows120 cols2" id="book" data-day="2026-10-17" data-axis="staff" data-live="20743" tabindex="0" role="region" aria-label="Buch"><div class="book-in">
<div class="axis"><div class="axis-h"></div><ol class="col-b"><li class="r96 n6"><a href="#"><b>8</b></a></li><li class="r102 n6"><a href="#"><b>8</b></a></li></ol></div>
<section class="col" data-column="1" aria-label="Susanne"><header class="col-h"></header><ol class="col-b">${visit(17, 108, 9, first)}${visit(18, 126, 6, 'Bert')}</ol></section>
<section class="col" data-column="2" aria-label="Julia"><header class="col-h"></header><ol class="col-b">${visit(19, 110, 6, 'Carla')}</ol></section>
<div id="jetzt" class="now r136"><i></i><i></i><time>11:20</time></div></div></div></main>`;

const panel = (name, inner) => `<aside class="panel" id="panel" data-panel="${name}" aria-label="${name}">${inner}</aside>`;

before(async () => { browser = await openBrowser(); pages = await startPages((request) => { seen.push(request); return answer(request); }); });
after(async () => { await browser.close(); await pages.stop(); });
beforeEach(async () => {
	seen = [];
	answer = () => frame(book());
	await page?.context().close();
	page = await openPage(browser);
	await page.goto(pages.url);
	await ready(page);
	seen = [];
});

const asked = (path) => seen.filter(({ url }) => url.pathname === path);

test('all assets are small and there', () => {
	assert.deepEqual(assetNames(), ['app.css', 'app.js', 'favicon.svg', 'icons.svg', 'licences.txt', 'sofia-latin-ext.woff2', 'sofia-latin.woff2']);
});

test('a key presses its element, but not while one types', async () => {
	answer = ({ url }) => (url.pathname === '/new' ? book() + panel('new', '<input id="q" autofocus aria-label="Name">') : frame(book()));
	await page.keyboard.press('f');
	assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
	await page.keyboard.press('n');
	assert.equal(asked('/new').length, 0);
	await page.keyboard.press('Escape');
	await page.keyboard.press('n');
	await page.waitForSelector('#q:focus');
	assert.equal(asked('/new')[0].headers['x-fragment'], '1');
	assert.equal(await page.evaluate(() => location.pathname), '/new');
	assert.ok(await page.locator('body.with-panel').count());
	await page.goBack();
	await page.waitForFunction(() => !document.querySelector('.panel'));
});

test('? lists the keys of the page', async () => {
	await page.keyboard.press('?');
	const text = await page.locator('dialog.keys').innerText();
	assert.match(text, /N\s*Termin/);
	await page.keyboard.press('Escape');
	await page.waitForFunction(() => !document.querySelector('dialog.keys'));
});

// The booking of a regular, typed without ever waiting for an answer that takes 120 ms.
function booking({ url, method, form }) {
	const get = (name) => url.searchParams.get(name) ?? '';
	if (method === 'POST') return { status: 303, location: '/book?saved=' + form.get('customer') + form.get('at') };
	if (url.pathname === '/book') return frame(book());
	const field = (id, list, focus) => `<li><input id="${id}" name="${id}" value="${get(id)}" data-combo data-list="${id}-l" aria-label="${id}"${focus ? ' autofocus' : ''}><ul id="${id}-l">${list}</ul></li>`;
	const hit = (more) => `<li aria-current="true"><a href="/new?${more}" data-swap="panel">x</a></li>`;
	const state = ['customer', 'svc', 'at'].map((name) => (get(name) ? `<input type="hidden" name="${name}" value="${get(name)}">` : '')).join('');
	const c = get('customer'), s = get('svc'), at = get('at');
	return book() + panel('new', `<form method="post" action="/new" data-state="/new" data-swap="panel"><input type="hidden" name="command" value="c1">${state}<ol class="docket">
		${c ? '' : field('q', get('q') ? hit('customer=ker' + get('q').length) : '', true)}
		${c ? `<li>${s ? '' : `<a href="/new?customer=${c}&svc=1" data-swap="panel" data-enter>wie letztes Mal</a>`}<input id="add" name="add" data-combo aria-label="add"${s ? '' : ' autofocus'}></li>` : ''}
		${s ? field('when', hit(`customer=${c}&svc=1&when=${get('when')}&at=${encodeURIComponent(get('when'))}`), !at) : ''}</ol>
		<button name="save"${at ? ' autofocus' : ' disabled'}>Speichern</button></form>`);
}

test('keys typed faster than the answers come are not lost', async () => {
	answer = async (request) => { await new Promise((done) => setTimeout(done, 120)); return booking(request); };
	const hand = hands(page);
	await hand.key('n');
	await hand.type('ker');
	await hand.key('Enter');
	await hand.key('Enter');
	await hand.type('do 15');
	await hand.key('Enter');
	await hand.key('Enter');
	await page.waitForFunction(() => location.search.startsWith('?saved='), null, { timeout: 5000 }).catch(async () => assert.fail(`${await page.url()} ${seen.map(({ url }) => url.search).join(' ')}`));
	assert.equal(new URL(page.url()).searchParams.get('saved'), 'ker3do 15');
	assert.ok(hand.count <= 16, `${hand.count} interactions`);
	assert.deepEqual(page.complaints, []);
});

test('a wrong form comes back, what was typed stays', async () => {
	const form = (error, value) => book() + panel('new', `<form id="f" method="post" action="/save" data-swap="panel"><input name="command" type="hidden" value="k1"><input id="d" name="d" value="${value}" aria-label="Dauer" autofocus>${error}<button>Ja</button></form>`);
	answer = ({ method, form: sent }) => (method === 'POST' ? { status: 422, body: form('<p class="err">Dauer: bitte eine ganze Zahl</p>', sent.get('d')) } : form('', ''));
	await page.keyboard.press('n');
	await page.waitForSelector('#d:focus');
	await page.keyboard.type('2o');
	await page.keyboard.press('Enter');
	await page.waitForSelector('.err');
	assert.equal(await page.inputValue('#d'), '2o');
});

test('without an answer the same command is sent again', async () => {
	const form = book() + panel('new', '<form method="post" action="/save" data-swap="panel"><input name="command" type="hidden" value="k1"><input id="d" name="d" aria-label="d" autofocus><button>Ja</button></form>');
	let dead = true;
	answer = ({ method }) => (method !== 'POST' ? form : dead ? null : { body: book() + '<p class="toast">gespeichert</p>' });
	await page.keyboard.press('n');
	await page.waitForSelector('#d:focus');
	await page.keyboard.type('x');
	await page.keyboard.press('Enter');
	await page.waitForSelector('.toast.offline');
	dead = false;
	await page.locator('.toast.offline .btn').first().click();
	await page.waitForSelector('.toast:has-text("gespeichert")');
	const posts = seen.filter(({ method }) => method === 'POST');
	assert.deepEqual([...new Set(posts.map((post) => post.form.get('command')))], ['k1']);
	assert.equal(await page.locator('.toast.offline').count(), 0);
});

const dragged = ({ url }) => (url.pathname === '/book/check' ? { type: 'application/json', body: JSON.stringify({ ok: false, text: 'Carla ist da' }) }
	: url.pathname === '/book/move' ? book() + panel('move', '<form method="post" action="/move" data-swap="panel"><button id="yes" autofocus>Verschieben</button></form>') : frame(book()));

test('dragging asks for a verdict, dropping for a confirmation', async () => {
	answer = dragged;
	const hand = hands(page);
	const [a, b] = [await page.locator('#a17-1').boundingBox(), await page.locator('#a19-1').boundingBox()];
	const row = a.height / 9;
	await page.mouse.move(a.x + 40, a.y + 10);
	await page.mouse.down();
	await page.mouse.move(b.x + 40, a.y + 10 + row * 6, { steps: 6 });
	await page.waitForSelector('.drag-ghost.bad:has-text("Carla ist da")');
	assert.match(await page.locator('.drag-ghost').innerText(), /9:30–10:15/);
	await page.mouse.up();
	hand.count++;
	await page.waitForSelector('#yes:focus');
	assert.deepEqual(Object.fromEntries(asked('/book/move')[0].url.searchParams), { appt: '17', day: '2026-10-17', version: '1', start: '9:30', staff: '2', from: '1' });
	assert.equal(await page.locator('.drag-ghost').count(), 0);
	assert.equal(asked('/book').length, 0);
});

test('Escape ends a drag, and nothing is asked', async () => {
	answer = dragged;
	const a = await page.locator('#a17-1').boundingBox();
	await page.mouse.move(a.x + 40, a.y + 10);
	await page.mouse.down();
	await page.mouse.move(a.x + 40, a.y + 90, { steps: 4 });
	await page.waitForSelector('.drag-ghost');
	await page.keyboard.press('Escape');
	await page.mouse.up();
	assert.equal(asked('/book/move').length, 0);
});

test('the lower edge makes an appointment longer', async () => {
	answer = dragged;
	const a = await page.locator('#a18-1').boundingBox();
	await page.mouse.move(a.x + 40, a.y + a.height - 7);
	await page.mouse.down();
	await page.mouse.move(a.x + 40, a.y + a.height + a.height / 2, { steps: 4 });
	await page.mouse.up();
	await page.waitForSelector('#yes');
	const sent = asked('/book/move')[0].url.searchParams;
	assert.equal(sent.get('end'), '11:15');
	assert.equal(sent.get('start'), null);
});

test('by touch a long press lifts, a short one opens', async () => {
	await page.context().close();
	page = await openPage(browser, { size: 'tablet' });
	answer = dragged;
	await page.goto(pages.url);
	await ready(page);
	await page.evaluate(() => { document.querySelector('#book').scrollTop = 0; });
	const a = await page.locator('#a17-1').boundingBox();
	const touch = await page.context().newCDPSession(page);
	const at = (type, y) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: a.x + 40, y }] });
	await at('touchStart', a.y + 10);
	await page.waitForSelector('.drag-ghost');
	for (let y = 20; y <= 70; y += 10) await at('touchMove', a.y + y);
	await at('touchEnd');
	await page.waitForSelector('#yes');
	assert.equal(asked('/book/move').length, 1);
});

test('arrows move through the book, Enter opens', async () => {
	answer = ({ url }) => (url.searchParams.get('appt') ? book() + panel('appt-' + url.searchParams.get('appt'), 'x') : frame(book()));
	await page.locator('#book').focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await page.locator('#a17-1 > a').focus();
	await page.keyboard.press('ArrowDown');
	assert.equal(await page.evaluate(() => document.activeElement.parentNode.id), 'a18-1');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowRight');
	assert.equal(await page.evaluate(() => document.activeElement.parentNode.id), 'a19-1');
	await page.keyboard.press('Enter');
	await page.waitForSelector('aside[data-panel="appt-19"]');
});

test('what another browser changes comes in and is marked', async () => {
	answer = () => book('Anna, geändert');
	await page.waitForTimeout(100);
	pages.publish('day', 20743);
	await page.waitForSelector('#a17-1.mark:has-text("geändert")');
	assert.equal(await page.locator('#a18-1.mark').count(), 0);
	await page.waitForFunction(() => !document.querySelector('.mark'));
	seen = [];
	pages.publish('day', 1);
	await page.waitForTimeout(200);
	assert.equal(seen.length, 0);
});

test('G opens a field for a date', async () => {
	answer = () => frame(book());
	await page.keyboard.press('g');
	await page.keyboard.type('+6w');
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => location.pathname === '/book');
	assert.equal(asked('/book')[0].url.searchParams.get('day'), '+6w');
	assert.deepEqual(page.complaints, []);
});
