// import.test.mjs: a salon brings its old calendar, address cards and customer list: chosen in the browser, first only shown,
// then taken over at once, found in the book at the right time of day, and taken back with one key. By mouse, by touch, and
// without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { enter, inaccessible, openBrowser, openPage, ready, shoot, startShop } from './support.mjs';

let shop, browser;
before(async () => { shop = await startShop({ fill: ['demo', '--customers', '30', '--years', '0'] }); browser = await openBrowser(); });
after(async () => { await browser?.close(); await shop?.stop(); });

const FILES = ['google.ics', 'outlook.ics', 'thunderbird.ics', 'excel.csv', 'iphone.vcf'];
const paths = (names) => names.map((name) => `tests/files/${name}`);
const ask = (sql) => execFileSync('sqlite3', ['-readonly', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim();
// What an import may touch, and how many commands there were.
const records = () => ask('SELECT (SELECT count(*) FROM appointment), (SELECT count(*) FROM use), (SELECT count(*) FROM absence), (SELECT group_concat(c) FROM (SELECT json_array(last, first, mobile, phone, phone_other, mail, birthday, street, postcode, town, note) c FROM customer ORDER BY id))');
const commands = () => Number(ask('SELECT max(seq) FROM journal'));

async function choose(page, names) {
	await page.goto(`${shop.url}/import`);
	await ready(page);
	const opened = page.waitForEvent('filechooser');
	const box = await page.locator('.drop .btn').boundingBox();
	if (page.viewportSize().width < 1100) await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
	else await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
	await (await opened).setFiles(paths(names));
}

const text = (page) => page.locator('main').innerText();
const takeOver = (page) => page.locator('form[action="/import"] button.primary');

// Where an appointment stands in the book: [who, from, to], or null.
async function inBook(page, day, words) {
	await page.goto(`${shop.url}/book?day=${day}`);
	await ready(page);
	const place = page.locator('.col .ap', { hasText: words }).first();
	if (await place.count() === 0) return null;
	return place.evaluate((item) => [item.closest('.col').dataset.column, Number(item.dataset.start), Number(item.dataset.end)]);
}

test('chosen, shown, taken over, found in the book, taken back with one key', async () => {
	const page = await openPage(browser);
	await enter(page, shop.url);
	await page.goto(`${shop.url}/book/block?day=2026-11-02&staff=1`);
	await ready(page);
	for (const [name, value] of [['label', 'Vertreter'], ['start', '17:00'], ['end', '17:30']]) await page.fill(`[name=${name}]`, value);
	await page.locator('aside.panel button.primary').click();
	await page.locator('.col .ap', { hasText: 'Vertreter' }).waitFor();
	const before = records(), first = commands();
	await choose(page, FILES);
	assert.equal(await page.locator('#import-names').innerText(), FILES.join(', '));
	assert.deepEqual(await inaccessible(page), []);
	assert.doesNotMatch(await page.locator('.drop').innerText(), /Choose|chosen/);

	// only shown: which column is what, and what could not be read, by line and with the reason
	await page.click('text=Zeigen, was geschehen würde');
	await takeOver(page).waitFor();
	const shown = await text(page);
	for (const line of ['das würde geschehen (nichts ist geändert)', 'Spalten von excel.csv:', 'Name → Nachname', 'Geburtsdatum → Geburtstag', 'Lieblingsfarbe → Notiz',
		'google.ics, Zeile 87: „DTSTART:2026110aT090000Z“: Der Beginn ist nicht verständlich. Der Termin ist weggelassen.',
		'thunderbird.ics, Zeile 32: „diese Zeile ist keine“', 'excel.csv, Zeile 5: „31.02.1980“: Der Geburtstag ist nicht verständlich. Der Rest der Zeile ist gelesen.',
		'excel.csv, Zeile 10: In dieser Zeile stehen weder Name noch Firma', 'Zeitzone „/mozilla.org/20050126_1/Europe/Berlin“ als Europe/Berlin gelesen'])
		assert.ok(shown.includes(line), `${line}\n${shown}`);
	assert.deepEqual(await inaccessible(page), []);
	await shoot(page, 'import-shown');
	assert.equal(records(), before);
	assert.equal(commands(), first, 'looking leaves no command');

	await takeOver(page).click();
	await page.waitForSelector('form.toast');
	assert.match(await text(page), /Einlesen: erledigt/);
	assert.deepEqual(await inaccessible(page), []);
	assert.equal(commands(), first + 1, 'one import is one command');
	const after = records();
	assert.notEqual(after, before);
	await page.reload();
	assert.match(await text(page), /Einlesen: erledigt/);
	assert.equal(records(), after);

	// in the book: UTC in summer, a series with an exception and a moved one across the change of clocks, a zone of Outlook's, one of the file's own
	const susanne = '1';
	assert.deepEqual(await inBook(page, '2026-07-06', 'Kerber'), [susanne, 600, 660]);
	assert.deepEqual(await inBook(page, '2026-10-12', 'Özdemir'), [susanne, 600, 645]);
	assert.equal(await inBook(page, '2026-10-19', 'Özdemir'), null);
	assert.equal(await inBook(page, '2026-10-26', 'Özdemir'), null);
	assert.deepEqual(await inBook(page, '2026-10-27', 'Özdemir verschoben'), [susanne, 870, 915]);
	assert.deepEqual(await inBook(page, '2026-11-02', 'Özdemir'), [susanne, 600, 645]);
	assert.deepEqual(await inBook(page, '2026-07-16', 'Farbe Yılmaz'), [susanne, 600, 690]);
	assert.deepEqual(await inBook(page, '2026-07-07', 'Aus einer eigenen Zone'), [susanne, 870, 930]);
	await shoot(page, 'import-book');

	// once more: nothing new, nothing to take over
	await choose(page, FILES);
	await page.click('text=Zeigen, was geschehen würde');
	await page.waitForSelector('text=Weitere Dateien');
	assert.match(await text(page), /Schon vorhanden und unverändert gelassen: [1-9]/);
	assert.equal(await takeOver(page).count(), 0);
	assert.equal(records(), after);

	// one undo takes all of it back; then it could be read again
	await page.goto(`${shop.url}/book?day=2026-10-12`);
	await ready(page);
	await page.keyboard.press('u');
	await page.locator('.ap', { hasText: 'Özdemir' }).waitFor({ state: 'detached' });
	assert.equal(records(), before);
	assert.equal(commands(), first + 2);
	await choose(page, FILES);
	await page.click('text=Zeigen, was geschehen würde');
	await takeOver(page).waitFor();

	// the time is given to somebody else: then taking the undo back is refused, with the name of what is there
	await page.goto(`${shop.url}/book?day=2026-11-02`);
	const { appt, version } = await page.locator('.col .ap', { hasText: 'Vertreter' }).evaluate((item) => ({ ...item.dataset }));
	await page.goto(`${shop.url}/book/move?appt=${appt}&version=${version}&day=2026-11-02&start=10:15&staff=1`);
	await ready(page);
	await page.keyboard.press('Enter');
	await page.locator('.ap[data-start="615"]', { hasText: 'Vertreter' }).waitFor();
	const moved = records();
	assert.deepEqual(page.complaints, []);
	await page.goto(`${shop.url}/journal`);
	await page.locator('tr', { hasText: 'Zurückgenommen: Eingelesen' }).locator('button').click();
	await page.waitForSelector('text=Susanne Brandt ist belegt durch Vertreter bis 10:45.');
	assert.equal(records(), moved);
	await page.context().close();
});

for (const [size, dark] of [['tablet', false], ['phone', true]])
	test(`by touch alone, ${size}`, async () => {
		const page = await openPage(browser, { size, dark });
		await enter(page, shop.url);
		const before = records();
		await choose(page, ['apple.ics', 'outlook.csv', 'android.vcf']);
		assert.equal(await page.locator('#import-names').innerText(), 'apple.ics, outlook.csv, android.vcf');
		for (const target of ['.drop .btn', '.drop input', '.imp .primary']) {
			const { width, height } = await page.locator(target).boundingBox();
			assert.ok(width >= 44 && height >= 44, `${target}: ${width} × ${height}`);
		}
		assert.deepEqual(await inaccessible(page), []);
		await shoot(page, `import-${size}`);
		await page.locator('.imp .primary').tap();
		await takeOver(page).waitFor();
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no wider than the screen');
		assert.deepEqual(await inaccessible(page), []);
		await takeOver(page).tap();
		await page.waitForSelector('form.toast');
		assert.notEqual(records(), before);
		await page.locator('form.toast button').tap();
		await page.waitForSelector('text=Zeigen, was geschehen würde');
		assert.equal(records(), before);
		await page.context().close();
	});

test('without script the browser\'s own field stands there', async () => {
	const page = await openPage(browser, { javaScriptEnabled: false });
	await page.goto(`${shop.url}/login?with=password`);
	await page.fill('#name', 'SU');
	await page.fill('#password', 'demo-salon');
	await page.keyboard.press('Enter');
	await page.waitForSelector('nav.spine');
	await page.goto(`${shop.url}/import`);
	assert.equal(await page.locator('.drop .btn').isVisible(), false);
	await page.locator('#import-file').setInputFiles(paths(['google.ics']));
	await page.click('text=Zeigen, was geschehen würde');
	assert.match(await text(page), /google\.ics: Kalender mit 6 Einträgen/);
	assert.equal(await takeOver(page).count(), 1);
	await page.context().close();
});
