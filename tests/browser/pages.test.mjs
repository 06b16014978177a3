// pages.test.mjs: every page of a shop with customers, seen once at least, the sizes, light and dark taking turns: reachable, accessible,
// German, no wider than the screen, one heading, nothing to complain about. The pictures lie in build/shots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { faults, LOOKS, nameOf, openLooks, turns } from './looks.mjs';
import { enter, openBrowser, ready, shoot, startShop } from './support.mjs';

let shop, browser;
before(async () => { shop = await startShop(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await shop?.stop(); });

const number = (sql) => execFileSync('sqlite3', ['-readonly', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim();
function addresses() {
	const next = number('SELECT id FROM appointment WHERE day = (SELECT max(day) FROM appointment WHERE status = 2 AND kind = 0) AND kind = 0 AND status = 2 LIMIT 1');
	const now = number("SELECT id FROM appointment WHERE day = (SELECT CAST(julianday('2026-10-17') - 2440587.5 AS INTEGER)) AND kind = 0 AND status < 6 LIMIT 1");
	const customer = number('SELECT customer FROM appointment WHERE customer IS NOT NULL GROUP BY customer ORDER BY count(*) DESC LIMIT 1');
	const wish = number('SELECT id FROM absence WHERE granted = 0 ORDER BY from_day LIMIT 1');
	return { day: '/book', rooms: '/book?axis=place', week: '/book/week', month: '/book/month', print: '/book/print', go: '/book/go',
		'booking-empty': '/book/new', 'booking-customer': `/book/new?customer=${customer}`, 'booking-service': `/book/new?customer=${customer}&svc=1&svc=2&when=mo`,
		'booking-when': '/book/new?day=2026-10-20&when=10:00', 'walk-in': '/book/walkin', block: '/book/block',
		appointment: `/book?appt=${now}`, 'appointment-next': `/book?appt=${next}`, cancel: `/book?appt=${now}&ask=cancel`, edit: `/book/${next}/edit`,
		place: `/book/${next}/place`, 'next-time': `/book/${next}/next`,
		waitlist: '/waitlist', 'waitlist-expired': '/waitlist?expired=1', 'waitlist-new': `/waitlist/0?customer=${customer}&svc=1`,
		customers: '/customer', 'customer-search': '/customer?q=me', customer: `/customer/${customer}`, 'customer-new': '/customer/0',
		staff: '/staff', person: '/staff/1', 'person-new': '/staff/0', services: '/service', service: '/service/1', 'service-new': '/service/0',
		groups: '/service-group', group: '/service-group/1', places: '/place', room: '/place/1', classes: '/place-class', devices: '/device',
		device: '/device/1', skills: '/skill', skill: `/skill/0`, settings: '/settings', me: '/me', shop: '/settings/shop/1', import: '/import',
		roster: '/roster', 'roster-week': '/roster?span=1', 'roster-month': '/roster?span=3', 'roster-cell': '/roster?staff=2&on=2026-10-20',
		'roster-wish': `/roster?absence=${wish}`, 'roster-decline': `/roster?absence=${wish}&decline=1`, 'roster-form': '/roster/absence?staff=2&from=2026-10-20&to=2026-10-24',
		'roster-form-empty': '/roster/absence', 'roster-accounts': '/roster/account', 'roster-account': '/roster/account/2', 'roster-rules': '/roster/rules', 'roster-print': '/roster/print',
		journal: '/journal', 'journal-customer': `/journal/customer/${customer}`, lost: '/nothing-here' };
}

test('every page stands on every screen', async () => {
	const found = [], pages = await openLooks(browser);
	const [first] = pages;
	await enter(first, shop.url);
	const cookies = await first.context().cookies();
	for (const page of pages) await page.context().addCookies(cookies);
	const all = Object.entries(addresses());
	for (const [index, [name, address]] of all.entries())
		for (const turn of turns(index)) {
			const page = pages[turn], full = `${name}-${nameOf(LOOKS[turn])}`;
			const answer = await page.goto(shop.url + address);
			if (answer.status() !== (name === 'lost' ? 404 : 200)) found.push(`${full}: ${answer.status()}`);
			if (name !== 'lost') await ready(page);
			found.push(...await faults(page, full, name === 'lost' ? ['status of 404'] : []));
			await shoot(page, full);
		}
	for (const page of pages) await page.context().close();
	assert.deepEqual(found, []);
});
