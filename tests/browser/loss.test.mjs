// loss.test.mjs: what a place destroys is said while choosing a proposal and while dragging.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { enter, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

let shop, browser, page;
before(async () => {
	shop = await startShop();
	browser = await openBrowser();
	page = await openPage(browser);
	await enter(page, shop.url);
});
after(async () => { await browser?.close(); await shop?.stop(); });

const one = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[null]')[0];
const LOSS = /\d+ × .+ pass(t|en) dann nicht mehr/;

test('proposals say what they destroy', async () => {
	const short = one(`SELECT id FROM service v WHERE active = 1 AND (SELECT sum(minutes) FROM service_phase WHERE service = v.id) <= 30
		AND (SELECT count(*) FROM staff_service WHERE service = v.id) > 2 ORDER BY id LIMIT 1`);
	await page.goto(`${shop.url}/book/new?walkin=1&svc=${short.id}&when=%2B5w&more=1`);
	await ready(page);
	const lines = await page.locator('#slots li').allTextContents();
	assert.ok(lines.length > 5);
	assert.ok(lines.some((line) => LOSS.test(line)), lines.join('\n'));
	await shoot(page, 'loss');
});

test('the ghost says it while dragging', async () => {
	const it = one(`SELECT a.id, a.version, date(a.day * 86400 + 35 * 86400, 'unixepoch') AS iso FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN appt_phase p ON p.step = s.id
		WHERE a.day BETWEEN 20745 AND 20749 AND a.status = 2 AND a.kind = 0 GROUP BY a.id HAVING count(*) = 1 AND a.end - a.start <= 30 ORDER BY a.day, a.start LIMIT 1`);
	await page.goto(`${shop.url}/book?day=${it.iso}`);
	const answers = await page.evaluate(async ({ id, version, iso }) => {
		const found = [];
		for (let minute = 540; minute < 1080; minute += 15) {
			const answer = await fetch(`/book/check?appt=${id}&version=${version}&day=${iso}&start=${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`);
			found.push(await answer.json());
		}
		return found;
	}, it);
	const free = answers.filter(({ ok }) => ok);
	assert.ok(free.some(({ text }) => /^\d+:\d\d, \d+ × /.test(text) && LOSS.test(text)), JSON.stringify(answers));
	assert.ok(answers.filter(({ ok }) => !ok).every(({ text }) => !LOSS.test(text)));
});

test('so do the places for what lies on the strip', async () => {
	const parked = one('SELECT id FROM appointment WHERE day IS NULL AND status = 2 ORDER BY (SELECT sum(minutes) FROM appt_phase p JOIN appt_step s ON s.id = p.step WHERE s.appointment = appointment.id) LIMIT 1');
	const said = [];
	for (let n = 20750; n < 20768; n += 3) {
		await page.goto(`${shop.url}/book/place?appt=${parked.id}&day=${new Date(n * 86400000).toISOString().slice(0, 10)}`);
		await ready(page);
		const lines = await page.locator('#panel button.slot').allTextContents();
		assert.ok(lines.length > 0);
		said.push(...lines);
	}
	assert.ok(said.some((line) => LOSS.test(line)), said.join('\n'));
	assert.ok(!said.every((line) => LOSS.test(line)));
	await shoot(page, 'loss-place');
});
