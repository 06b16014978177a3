// visit.test.mjs: rules by visit while booking: a colour without a patch test, by keyboard and by touch; a refill that comes too late.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter, hands, inaccessible, openBrowser, openPage, reader, ready, shoot, startShop } from './support.mjs';

let shop, browser, page, ask, colour, cut, other;
before(async () => {
	shop = await startShop();
	browser = await openBrowser();
	page = await openPage(browser);
	ask = reader(shop);
	await enter(page, shop.url);
	const of = (style) => ask(`SELECT v.id, v.name FROM service v JOIN service_group g ON g.id = v.service_group WHERE g.style = '${style}' AND v.active = 1
		AND v.id IN (SELECT service FROM staff_service) ORDER BY v.id LIMIT 1`);
	colour = of('farbe'); cut = of('schnitt'); other = of('herren') ?? of('form');
	await rules(colour.id, { '#test': String(other.id), '#test_hours': '48', '#test_days': '180' });
	await rules(cut.id, { '#refill_days': '28', '#refill_to': String(other.id) });
});
after(async () => { await browser?.close(); await shop?.stop(); });

async function rules(service, fields) {
	await page.goto(`${shop.url}/service/${service}`);
	await ready(page);
	for (const [field, value] of Object.entries(fields)) {
		const select = await page.locator(field).evaluate((at) => at.tagName === 'SELECT');
		await (select ? page.selectOption(field, value) : page.fill(field, value));
	}
	await shoot(page, 'visit-service');
	assert.deepEqual(await inaccessible(page), []);
	await page.click('button.primary');
	await page.waitForURL(new RegExp(`/service/${service}$|/service$`));
	await ready(page);
}

const untested = () => ask(`SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.customer = c.id AND s.service = ${other.id}) ORDER BY id LIMIT 1`).id;
const last = () => ask('SELECT max(id) AS id, rule_reason FROM appointment');

test('a colour without a test wants a reason: two keys besides it', async () => {
	const hand = hands(page), customer = untested(), before = last().id;
	await page.goto(`${shop.url}/book/new?customer=${customer}&svc=${colour.id}`);
	await ready(page);
	await page.waitForSelector('.rules .warn');
	await shoot(page, 'visit-warned');
	assert.deepEqual(await inaccessible(page), []);
	await page.locator('#wn').blur();
	await hand.key('1');
	await page.waitForFunction(() => document.activeElement?.id === 'why');
	await hand.type('ok');
	await shoot(page, 'visit-reason');
	await hand.key('Enter');
	await page.waitForURL(/appt=\d+/);
	assert.ok(hand.count <= 4, `${hand.count} interactions: ${hand.log.join(' ')}`);
	assert.ok(last().id > before);
	assert.match(last().rule_reason, /: ok$/);
	await page.waitForSelector('#panel .rules');
	assert.match(await page.locator('#panel .rules').innerText(), /Trotzdem gebucht:/);
	await shoot(page, 'visit-booked');
	assert.deepEqual(await inaccessible(page), []);
});

test('without a reason it says what is missing, and keeps all that was chosen', async () => {
	const customer = untested();
	await page.goto(`${shop.url}/book/new?customer=${customer}&svc=${colour.id}`);
	await ready(page);
	await page.locator('#slots li a').first().click();
	await page.waitForSelector('#why');
	await page.click('button[name=save][value="1"]');
	await page.waitForSelector('#panel .errsum');
	assert.match(await page.locator('#panel .errsum').innerText(), /Grund: .* Bitte sagen, warum trotzdem gebucht wird\./);
	assert.equal(await page.locator('#slots li.on').count(), 1);
});

test('by touch on a phone', async () => {
	const phone = await openPage(browser, { size: 'phone' }), hand = hands(phone), customer = untested();
	await enter(phone, shop.url);
	await phone.goto(`${shop.url}/book/new?customer=${customer}&svc=${colour.id}`);
	await ready(phone);
	await hand.tap('#slots li a');
	await phone.waitForSelector('#why');
	await shoot(phone, 'visit-phone');
	await phone.fill('#why', 'Test beim Arzt');
	await hand.tap('button[name=save][value="1"]');
	await phone.waitForURL(/appt=\d+/);
	assert.ok(hand.count <= 2, `${hand.count} interactions: ${hand.log.join(' ')}`);
	assert.match(last().rule_reason, /Test beim Arzt$/);
	await phone.context().close();
});

test('a refill that comes too late: T takes the new set', async () => {
	const customer = ask(`SELECT a.customer AS id FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE s.service IN (${cut.id}, ${other.id}) AND a.status BETWEEN 2 AND 6
		AND a.customer IS NOT NULL GROUP BY 1 HAVING max(a.day) < 20743 ORDER BY 1 LIMIT 1`).id, hand = hands(page);
	await page.goto(`${shop.url}/book/new?customer=${customer}&svc=${cut.id}&when=%2B8w`);
	await ready(page);
	await page.waitForSelector('.rules li');
	await page.evaluate(() => document.activeElement?.blur());
	await hand.key('t');
	await page.waitForURL(new RegExp(`svc=${other.id}(&|$)`));
	assert.equal(hand.count, 1);
	await page.waitForFunction(() => !document.querySelector('.rules'));
});

test('a refill that comes too late: B keeps it, and the log says so', async () => {
	const customer = ask(`SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.customer = c.id AND s.service IN (${cut.id}, ${other.id}))
		ORDER BY id LIMIT 1`).id, hand = hands(page), before = last().id;
	await page.goto(`${shop.url}/book/new?customer=${customer}&svc=${cut.id}`);
	await ready(page);
	await page.evaluate(() => document.activeElement?.blur());
	await hand.key('1');
	await page.waitForFunction(() => document.activeElement?.dataset.key === 't');
	await shoot(page, 'visit-refill');
	assert.deepEqual(await inaccessible(page), []);
	await hand.key('b');
	await page.waitForFunction(() => document.activeElement?.name === 'save');
	await hand.key('Enter');
	await page.waitForURL(/appt=\d+/);
	assert.equal(hand.count, 3);
	assert.ok(last().id > before);
	assert.match(ask('SELECT text FROM journal ORDER BY seq DESC LIMIT 1').text, /trotzdem so gelassen: .*noch nie gemacht/);
});

test('a new customer takes longer: said in words, Z takes it back', async () => {
	const { id, minutes } = ask("SELECT v.id, (SELECT sum(minutes) FROM service_phase WHERE service = v.id) AS minutes FROM service v WHERE short = 'kof'"), hand = hands(page);
	await page.goto(`${shop.url}/book/new?new=1&last=Neumann&mobile=0170123456&svc=${id}`);
	await ready(page);
	assert.match(await page.locator('.rules').innerText(), /15 Minuten länger/);
	assert.match(await page.locator('.sv-t tfoot').innerText(), new RegExp(`${minutes + 15}′`));
	await page.evaluate(() => document.activeElement?.blur());
	await hand.key('z');
	await page.waitForURL(/shorter=1/);
	await page.waitForSelector('.rules-s');
	assert.equal(hand.count, 1);
	assert.match(await page.locator('.sv-t tfoot').innerText(), new RegExp(`${minutes}′`));
});

test('a perm put to where it is not done says so, and is moved all the same on purpose', async () => {
	const perm = ask(`SELECT a.id, a.day FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN service v ON v.id = s.service WHERE v.short = 'dw' AND a.status = 2
		AND a.day > 20744 AND a.start >= 540 AND a.end <= 900 AND (a.day + 3) % 7 <> 5 AND NOT EXISTS (SELECT 1 FROM appt_step x WHERE x.appointment = a.id AND x.seq > 1) ORDER BY a.day LIMIT 1`);
	assert.ok(perm, 'the demo salon has a perm booked');
	const early = ask(`SELECT date(${perm.day} * 86400, 'unixepoch') AS day`).day;
	await page.goto(`${shop.url}/book/move?appt=${perm.id}&day=${early}&start=16:00`);
	await ready(page);
	assert.match(await page.locator('#panel .no').innerText(), /geht nicht/);
	await page.click('button[name=force]');
	await page.waitForURL(/\/waitlist\/for|\/book\?day=.*appt=\d+/);        // somebody who waits may be proposed for what came free
	assert.match(ask(`SELECT rule_reason FROM appointment WHERE id = ${perm.id}`).rule_reason, /trotzdem verschoben: Dauerwelle nur von 9:00 bis 15:00/);
	await shoot(page, 'visit-moved');
});
