// party.test.mjs: a visit taken apart and its second part moved; mother and daughter booked side by side, then both moved together:
// by keyboard alone and by touch alone, with the limits of interactions counted; each taken back, and the data without faults.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { BUILD, enter, hands, openPage, ownersShop, ready, shoot } from './support.mjs';
import { faults } from './looks.mjs';

let shop, browser, page;
before(async () => { ({ shop, browser, page } = await ownersShop()); });
after(async () => { await browser?.close(); await shop?.stop(); });

const TODAY = Math.floor(Date.parse('2026-10-17') / 86400000);
const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const state = (id) => rows(`SELECT id, customer, day, start, end, status, party, (SELECT sum(price) FROM appt_step WHERE appointment = a.id) AS price,
	(SELECT count(*) FROM appt_step WHERE appointment = a.id) AS steps, date(day * 86400, 'unixepoch') AS iso FROM appointment a WHERE id = ${id}`)[0];
const newest = () => rows('SELECT max(id) AS id FROM appointment')[0].id;
// Chains of two on days to come, with room after them for the second part.
const chains = () => rows(`SELECT a.id FROM appointment a WHERE a.day > ${TODAY} AND a.status = 2 AND a.party IS NULL AND NOT EXISTS (SELECT 1 FROM use x
	JOIN use own ON own.appointment = a.id AND own.resource % 4 = 1 AND x.day = own.day AND x.resource = own.resource WHERE x.start >= a.end AND x.start < a.end + 60)
	AND a.start < 1000 AND a.start NOT BETWEEN 600 AND 840
	AND (SELECT count(*) FROM appt_step WHERE appointment = a.id) = 2 ORDER BY a.day, a.start, a.id`).map(({ id }) => id);
// Regulars whose last name's first three letters find nobody else, with a visit behind them and none to come.
const regulars = () => rows(`SELECT c.id, lower(substr(c.last, 1, 3)) AS typed, c.last, c.first FROM customer c WHERE (SELECT count(*) FROM customer d
	WHERE d.last LIKE substr(c.last, 1, 3) || '%' OR d.first LIKE substr(c.last, 1, 3) || '%') = 1 AND c.last NOT LIKE '% %' AND c.last NOT LIKE '%-%'
	AND substr(c.last, 1, 3) GLOB '[A-Za-z][a-z][a-z]' AND EXISTS (SELECT 1 FROM appointment WHERE customer = c.id AND status BETWEEN 2 AND 6 AND day < ${TODAY}) ORDER BY c.id`);

const focused = (on, selector) => on.waitForFunction((s) => document.activeElement?.matches(s), selector);
const open = async (on, to) => { await on.goto(shop.url + to); await ready(on); };
const toast = (on, text) => on.waitForFunction((t) => document.querySelector('.toast')?.textContent.includes(t), text);
const panelOf = (on, id) => on.waitForSelector(`#panel[data-panel="appt-${id}"]`);
const within = (hand, limit) => assert.ok(hand.count <= limit, `${hand.count} interactions: ${hand.log.join(' ')}`);

const byKey = {
	split: (hand) => hand.key('2'), later: (hand) => hand.key('PageDown'), yes: (hand) => hand.key('Enter'), all: (hand) => hand.key('a'),
	begin: (hand) => hand.key('n'), hit: (hand) => hand.key('Enter'), asLast: (hand) => hand.key('Enter'), more: (hand) => hand.key('F4'),
	slot: (hand) => hand.key('Enter'), save: (hand) => hand.key('Enter'),
};
const byTouch = {
	split: (hand) => hand.tap('#panel button[name=step]'), later: (hand) => hand.tap('#panel a[data-key=PageDown]'), yes: (hand) => hand.tap('#panel button[data-key=Enter]'),
	all: (hand) => hand.tap('#panel button[name=all]'), begin: (hand) => hand.tap('a[data-key=n]'), hit: (hand, what) => hand.tap(what),
	asLast: (hand) => hand.tap('.as a'), more: (hand) => hand.tap('button[value=add]'), slot: (hand) => hand.tap('#slots li a'),
	save: (hand) => hand.tap('button[name=save][value="1"]'),
};

// Cuts the chain at its second service and moves what was cut off to later on the day.
async function splitAndMove(on, hand, tool, id) {
	const was = state(id);
	await open(on, `/book?day=${was.iso}&appt=${id}`);
	await on.waitForSelector('#panel button[name=step]');
	await tool.split(hand);
	await toast(on, 'eigener Termin');
	const part = state(newest()), rest = state(id);
	assert.equal(part.party, id);
	assert.equal(rest.party, id);
	assert.deepEqual([rest.start, part.end, rest.price + part.price, rest.steps, part.steps, part.status], [was.start, was.end, was.price, 1, 1, was.status]);
	await panelOf(on, part.id);
	await tool.later(hand);
	await on.waitForSelector('#panel button[data-key=Enter]');
	await tool.yes(hand);
	await toast(on, 'verschoben');
	assert.ok(state(part.id).start > part.start);
	assert.deepEqual([state(id).start, state(id).end], [rest.start, rest.end]);
	return part.id;
}

async function takeBack(on, times) {
	for (let i = 0; i < times; i++) {
		const head = rows('SELECT max(seq) AS seq FROM journal')[0].seq;
		await on.keyboard.press('u');
		await on.waitForFunction(() => document.querySelector('.toast')?.textContent.includes('Zurückgenommen'));
		for (let n = 0; n < 100 && rows('SELECT max(seq) AS seq FROM journal')[0].seq === head; n++) await on.waitForTimeout(20);
	}
}

async function whom(on, hand, tool, customer) {
	await focused(on, '#q');
	await hand.type(customer.typed);
	await on.waitForSelector('#q-list li[aria-current=true] a[href*="customer="]');
	await tool.hit(hand, '#q-list li a');
	await focused(on, '#lz');
	await tool.asLast(hand);
	await on.waitForURL(/svc=/);
	await focused(on, '#wn');
}

async function typeWhen(on, hand, when) {
	await hand.type(when);
	await on.waitForURL((url) => url.searchParams.get('when') === when);
	await on.waitForFunction(() => document.querySelector('.when span')?.textContent.includes('Dezember'));
}

// Both as always, at the first time when both can begin.
async function bookTwo(on, hand, tool, [mother, daughter], name, when = '') {
	await open(on, '/book');
	const before = newest();
	await tool.begin(hand);
	await whom(on, hand, tool, mother);
	await tool.more(hand);
	await on.waitForSelector('.pg li');
	await whom(on, hand, tool, daughter);
	if (when) await typeWhen(on, hand, when);
	await on.waitForSelector('#slots li.on a');
	await shoot(on, `party-booking-${name}`);
	assert.deepEqual(await faults(on, 'booking two'), []);
	await tool.slot(hand);
	await on.waitForURL(/at=/);
	await focused(on, 'button[name=save]');
	await tool.save(hand);
	await on.waitForURL(/appt=\d+/);
	const [one, two] = [state(before + 1), state(before + 2)];
	assert.deepEqual([one.customer, two.customer].sort(), [mother.id, daughter.id].sort());
	assert.deepEqual([one.day, one.start, one.party], [two.day, two.start, two.party]);
	await on.waitForSelector('.p-party');
	return [one.id, two.id];
}

async function moveBoth(on, hand, tool, ids) {
	const was = ids.map(state);
	await tool.later(hand);
	await on.waitForSelector('#panel button[name=all]');
	await tool.all(hand);
	await toast(on, '2 Termine zusammen');
	const is = ids.map(state);
	assert.ok(is[0].start > was[0].start);
	assert.equal(is[1].start - was[1].start, is[0].start - was[0].start);
}

test('split by keyboard, moved, taken back', async () => {
	const [id] = chains(), hand = hands(page), was = state(id);
	const part = await splitAndMove(page, hand, byKey, id);
	within(hand, 3);
	await shoot(page, 'party-split-wide');
	assert.deepEqual(await faults(page, 'split'), []);
	await takeBack(page, 2);
	assert.equal(state(part), undefined);
	assert.deepEqual(state(id), was);
});

test('split by touch on a phone', async () => {
	const phone = await openPage(browser, { size: 'phone', dark: true });
	await enter(phone, shop.url);
	const hand = hands(phone);
	await splitAndMove(phone, hand, byTouch, chains()[1]);
	within(hand, 3);
	await shoot(phone, 'party-split-phone-dark');
	assert.deepEqual(await faults(phone, 'split'), []);
	await phone.context().close();
});

test('mother and daughter by keyboard, both moved, one command each', async () => {
	const hand = hands(page), ids = await bookTwo(page, hand, byKey, regulars().slice(4, 6), 'wide', '+9w');
	within(hand, 17);
	const moving = hands(page);
	await moveBoth(page, moving, byKey, ids);
	within(moving, 2);
	await shoot(page, 'party-moved-wide');
	await takeBack(page, 2);
	assert.deepEqual(ids.map(state), [undefined, undefined]);
});

test('mother and daughter by touch', async () => {
	const phone = await openPage(browser, { size: 'phone' });
	await enter(phone, shop.url);
	const hand = hands(phone), ids = await bookTwo(phone, hand, byTouch, regulars().slice(2, 4), 'phone');
	within(hand, 14);
	const moving = hands(phone);
	await moveBoth(phone, moving, byTouch, ids);
	within(moving, 2);
	await shoot(phone, 'party-moved-phone');
	assert.deepEqual(await faults(phone, 'moved'), []);
	await phone.context().close();
});

test('file, references, change log and replay agree', () => {
	assert.match(execFileSync(path.join(BUILD, 'kontor'), ['check', '--data', shop.folder], { encoding: 'utf8' }), /No faults|Keine Fehler/);
});
