// states.test.mjs: what pages look like between two addresses, each seen once at least: the door, refusals, an empty shop and its
// set-up, long names, two in one place, something in the hand, what is said below, the sheets. Judged like every page (looks.mjs).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { faults, LOOKS, nameOf, openLook, openLooks, turns } from './looks.mjs';
import { enter, openBrowser, ready, shoot, startShop } from './support.mjs';

let shop, browser;
before(async () => { shop = await startShop(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await shop?.stop(); });

const number = (sql) => execFileSync('sqlite3', ['-readonly', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim();
const rows = (sql) => number(sql).split('\n').map((line) => line.split('|'));
const DAY = '2026-10-20', DAY_NUMBER = "CAST(julianday('2026-10-20') - 2440587.5 AS INTEGER)";

async function judge(page, full, found, allowed) {
	await page.evaluate(() => document.fonts.ready);
	found.push(...await faults(page, full, allowed));
	await shoot(page, full);
}

// ---- the door, and who may not go further
const DOOR = {
	'door-password': async (page) => { await page.goto(`${shop.url}/login?with=password`); },
	'door-wrong': async (page) => {
		await page.goto(`${shop.url}/login?with=password`);
		await page.fill('#name', 'SU');
		await page.fill('#password', 'falsch geraten');
		await page.keyboard.press('Enter');
		await page.waitForSelector('#door-er');
	},
	'door-locked': async (page) => {
		await enter(page, shop.url);
		await page.click('.who-f button');
		await page.waitForSelector('form.pin');
	},
	'door-pin-wrong': async (page) => {
		await page.click('label:has-text("Leonie Schäfer")');
		await page.fill('#pin', '0000');
		await page.waitForSelector('#door-er');
	},
	'not-for-all': async (page) => {
		await page.click('label:has-text("Leonie Schäfer")');
		await page.fill('#pin', '6666');
		await page.waitForSelector('nav.spine');
		await page.goto(`${shop.url}/settings/shop/1`);
		await page.waitForSelector('.lost');
	},
	'only-looked-at': async (page) => { await page.goto(`${shop.url}/lock`); await page.waitForSelector('.lost'); },
};

test('the door and refusals', async () => {
	const found = [];
	for (const turn of turns(number('SELECT count(*) FROM staff') % LOOKS.length)) {
		const page = await openLook(browser, LOOKS[turn]);
		for (const [name, reach] of Object.entries(DOOR)) {
			await reach(page);
			await judge(page, `${name}-${nameOf(LOOKS[turn])}`, found, ['status of 4']);
		}
		await page.context().close();
	}
	assert.deepEqual(found, []);
});

// ---- a salon that is hard to draw
const LONG = 'Dzierżanowski-Freifrau von und zu Hohenlohe-Langenburg', ALERT = 'Allergie gegen PPD und Ammoniak, nur Pflanzenfarbe; Verträglichkeitstest liegt bei';

async function rename(page, address, fields) {
	await page.goto(shop.url + address);
	for (const [name, value] of Object.entries(fields)) await page.fill(`#${name}`, value);
	await Promise.all([page.waitForNavigation(), page.click('button[data-key=save]')]);
}

// Names that fill the fields, an alert, and one appointment moved onto another all the same.
async function makeHard(page) {
	const customers = rows(`SELECT DISTINCT customer FROM appointment WHERE day = ${DAY_NUMBER} AND customer IS NOT NULL ORDER BY start LIMIT 8`);
	for (const [id] of customers) await rename(page, `/customer/${id}`, { last: LONG, alert: ALERT });
	await rename(page, '/staff/2', { name: 'Friederike-Sophie Köhler-Assenmacher-Dzierżanowska' });
	await rename(page, '/service/1', { name: 'Strähnen mit ausführlicher Typ- und Farbberatung, Schnitt und Föhnen' });
	const [[one, version, staff], [, , , start]] = rows(`SELECT a.id, a.version, s.staff, printf('%d:%02d', a.start / 60, a.start % 60) FROM appointment a
		JOIN appt_step s ON s.appointment = a.id AND s.seq = 0 WHERE a.day = ${DAY_NUMBER} AND a.kind = 0 AND s.staff = 3 ORDER BY a.start LIMIT 2`);
	await page.goto(`${shop.url}/book/move?appt=${one}&version=${version}&day=${DAY}&start=${start}&staff=${staff}`);
	await page.click('button[name=force]');
	await page.waitForSelector('.ap.cf');
	return one;
}

const HARD = {
	'long-day': `/book?day=${DAY}`, 'long-rooms': `/book?day=${DAY}&axis=place`, 'long-week': `/book/week?day=${DAY}&staff=2`,
	'long-print': `/book/print?day=${DAY}`, 'long-customer': '/customer?q=dzier', 'long-staff': '/staff/2', 'long-service': '/service/1',
	'long-search': '/book/new?q=dzier', 'closed-print': '/book/print?day=2026-10-18', 'closed-day': '/book?day=2026-10-18',
};

const pick = (page) => page.locator('.col:not(.away) .ap[data-appt]:not([data-fixed]) .sg.a:visible').first();

// Two steps: something is lifted, and stands over a place.
async function lift(page, dy) {
	await page.goto(`${shop.url}/book?day=${DAY}&who=3`);
	await ready(page);
	const box = await pick(page).boundingBox();
	await page.mouse.move(box.x + 20, box.y + 6);
	await page.mouse.down();
	await page.mouse.move(box.x + 22, box.y + 6 + dy / 2);
	await page.mouse.move(box.x + 22, box.y + 6 + dy);
	await page.waitForSelector('.drag-ghost small');
}

async function writeNote(page, hard, offline = false) {
	await page.goto(`${shop.url}/book/${hard}/edit`);
	await ready(page);
	await page.fill('#nt', `Nur mit Handtuch, ${page.viewportSize().width}`);
	await page.context().setOffline(offline);
	await page.click('form[action$="/note"] button.primary');
}

const STATES = {
	keys: async (page) => { await page.goto(`${shop.url}/book`); await ready(page); await page.keyboard.press('?'); await page.waitForSelector('dialog.keys'); },
	'long-appointment': async (page, hard) => { await page.goto(`${shop.url}/book?appt=${hard}`); await ready(page); },
	'long-cancel': async (page, hard) => { await page.goto(`${shop.url}/book?appt=${hard}&cancel=1`); await ready(page); },
	said: async (page, hard) => { await writeNote(page, hard); await page.waitForSelector('form.toast'); },
};

// One after another on the same page.
const STEPS = {
	dragged: async (page) => { await lift(page, 160); },
	'asked-to-move': async (page) => { await page.mouse.up(); await page.waitForSelector('aside[data-panel^=move]'); },
	'no-answer': async (page, hard) => { await writeNote(page, hard, true); await page.waitForSelector('.toast.offline'); },
	sheet: async (page) => {
		await page.context().setOffline(false);
		await page.goto(`${shop.url}/book`);
		await ready(page);
		const button = page.locator('.day-ways-b');
		if (await button.isVisible()) { await button.click(); await page.waitForSelector('#day-ways:popover-open'); }
		assert.ok(await page.locator('#day-ways a[href*="/book/month"]').isVisible());
	},
};

test('long names, two in one place, something in the hand', async () => {
	const found = [], pages = await openLooks(browser);
	await enter(pages[0], shop.url);
	const cookies = await pages[0].context().cookies();
	for (const page of pages) await page.context().addCookies(cookies);
	const hard = await makeHard(pages[0]);
	for (const [index, [name, address]] of Object.entries(HARD).entries())
		for (const turn of turns(index)) {
			await pages[turn].goto(shop.url + address);
			await ready(pages[turn]);
			await judge(pages[turn], `${name}-${nameOf(LOOKS[turn])}`, found);
		}
	const see = async (name, reach, turn, allowed) => {
		for (const other of pages) if (other !== pages[turn]) await other.goto('about:blank'); // what is said is said once, to one of them
		await reach(pages[turn], hard);
		await judge(pages[turn], `${name}-${nameOf(LOOKS[turn])}`, found, allowed);
	};
	for (const [index, [name, reach]] of Object.entries(STATES).entries())
		for (const turn of turns(index)) await see(name, reach, turn);
	for (const turn of turns(0))
		for (const [name, reach] of Object.entries(STEPS)) await see(name, reach, turn, ['ERR_INTERNET_DISCONNECTED']);
	for (const page of pages) await page.context().close();
	assert.deepEqual(found, []);
});

// ---- an empty shop
const write = async (page, fields) => { for (const [selector, text] of Object.entries(fields)) await page.fill(selector, text); };
const send = async (page) => { await Promise.all([page.waitForNavigation(), page.click('footer button.primary')]); await ready(page); };

test('set-up and the empty shop after it', async () => {
	const empty = await startShop({ fill: null }), found = [];
	try {
		const pages = await openLooks(browser), [first] = pages;
		const see = async (name, index) => {
			const cookies = await first.context().cookies(), address = first.url();
			for (const turn of turns(index)) {
				await pages[turn].context().addCookies(cookies);
				await pages[turn].goto(address);
				await judge(pages[turn], `${name}-${nameOf(LOOKS[turn])}`, found);
			}
		};
		await first.goto(`${empty.url}/`);
		await see('setup-shop', 1);
		await write(first, { '#name': 'Haarwerkstatt Köhler-Assenmacher & Dzierżanowska am Göttinger Marktplatz' });
		await send(first);
		await see('setup-team', 5);
		await write(first, { '#n0': 'Susanne Urban' });
		await send(first);
		await see('setup-password', 3);
		await write(first, { '#password': 'lang genug 1', '#again': 'lang genug 1' });
		await send(first);
		for (const [index, [name, address]] of Object.entries({ 'empty-book': '/book', 'empty-week': '/book/week', 'empty-month': '/book/month',
			'empty-rooms': '/book?axis=place', 'empty-print': '/book/print', 'empty-customers': '/customer', 'empty-booking': '/book/new?q=urban',
			'empty-journal': '/journal', 'empty-import': '/import' }).entries()) {
			await first.goto(empty.url + address);
			await see(name, index);
		}
		for (const page of pages) await page.context().close();
	} finally { await empty.stop(); }
	assert.deepEqual(found, []);
});
