// list.test.mjs: the standard list and form: filter while typing, save by key, what another browser changed comes in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inaccessible, openBrowser, openPage, ready, startShop } from './support.mjs';

let shop, browser;
before(async () => { shop = await startShop({ fill: ['demo', '--customers', '30', '--years', '1'] }); browser = await openBrowser(); });
after(async () => { await browser?.close(); await shop?.stop(); });

async function signedIn(size = 'laptop') {
	const page = await openPage(browser, { size });
	await page.goto(`${shop.url}/login?with=password`);
	await page.fill('input[name=name]', 'SU');
	await page.fill('input[name=password]', 'demo-salon');
	await page.click('button.primary');
	await page.waitForSelector('nav.spine');
	return page;
}

test('typing in the filter hides what does not hold it, and groups without a line', async () => {
	const page = await signedIn();
	await page.goto(`${shop.url}/service`);
	await ready(page);
	await page.fill('#lf', 'komplettf');
	assert.equal(await page.locator('.lst tbody tr:visible').count(), 2); // the group's head and its one service
	await page.fill('#lf', '');
	assert.ok(await page.locator('.lst tbody tr:visible').count() > 20);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test('Ctrl S saves, the line below says what and offers to take it back, U does', async () => {
	const page = await signedIn();
	await page.goto(`${shop.url}/service/8`);
	await ready(page);
	const name = await page.inputValue('#name');
	await page.fill('#name', `${name} neu`);
	await page.keyboard.press('Control+s');
	await page.waitForSelector('.toast');
	assert.match(await page.textContent('.toast'), new RegExp(`Leistung „${name} neu“: geändert`));
	await page.keyboard.press('u');
	await page.waitForFunction((was) => document.querySelector('.lst .cur th a')?.textContent === was, name);
	await page.goto(`${shop.url}/service/8`);
	assert.equal(await page.inputValue('#name'), name);
	await page.context().close();
});

test('a slip keeps what was typed, has the focus, and leads to its field', async () => {
	const page = await signedIn();
	await page.goto(`${shop.url}/service/8`);
	await ready(page);
	await page.fill('#minutes1', '2o');
	await page.keyboard.press('Control+s');
	await page.waitForSelector('.errsum');
	assert.equal(await page.inputValue('#minutes1'), '2o');
	assert.deepEqual(await inaccessible(page), []);
	await page.click('.errsum a');
	assert.equal(await page.evaluate(() => document.activeElement?.id || location.hash), 'minutes1');
	await page.context().close();
});

test('what another browser saves comes into the list by itself', async () => {
	const [one, other] = [await signedIn(), await signedIn('wide')];
	await one.goto(`${shop.url}/service`);
	await ready(one);
	await other.goto(`${shop.url}/service/9`);
	await ready(other);
	await other.fill('#name', 'Von nebenan');
	await other.keyboard.press('Control+s');
	await one.waitForSelector('.lst :text("Von nebenan")', { timeout: 3000 });
	await one.context().close();
	await other.context().close();
});
