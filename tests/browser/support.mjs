// support.mjs: what the tests in a real browser share: a shop on a fresh folder, a browser, counting hands,
// the accessibility check, pictures in build/shots.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer as createSocket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const BUILD = process.env.BUILD ?? 'build';
export const NOW = '2026-10-17T11:20'; // the moment the shop lives in, a Saturday, unless a test says another
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];
export const SIZES = { wide: [1920, 1080], laptop: [1280, 800], tablet: [1024, 768], phone: [390, 844] };

// ---- the shop
function freePort() {
	return new Promise((done) => {
		const socket = createSocket().listen(0, '127.0.0.1', () => { const { port } = socket.address(); socket.close(() => done(port)); });
	});
}

async function answers(url, child, output) {
	for (let tries = 0; tries < 200; tries++) {
		if (child.exitCode !== null) throw new Error(`kontor ended with ${child.exitCode}: ${output.join('')}`);
		try { await fetch(url, { redirect: 'manual' }); return; } catch { await new Promise((done) => setTimeout(done, 50)); }
	}
	throw new Error(`kontor does not answer at ${url}: ${output.join('')}`);
}

// Starts kontor on a folder of its own. fill: what kontor fills it with first, or null for an empty shop. Returns { url, folder, log(), restart(), stop() }; stop() ends the program and removes the folder.
export async function startShop({ fill = ['demo', '--customers', '300', '--years', '1'], now = NOW, env = {} } = {}) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'kontor-'));
	const surroundings = { ...process.env, KONTOR_NOW: now, TZ: 'Europe/Berlin', ...env };
	const program = path.resolve(BUILD, 'kontor');
	if (fill) {
		const filled = spawnSync(program, [fill[0], '--data', folder, ...fill.slice(1)], { env: surroundings, encoding: 'utf8' });
		if (filled.status !== 0) throw new Error(`kontor ${fill[0]} ended with ${filled.status}: ${filled.stderr}`);
	}
	const port = await freePort(), output = [], url = `http://127.0.0.1:${port}`;
	let child;
	const start = async () => {
		child = spawn(program, ['serve', '--data', folder, '--port', String(port)], { env: surroundings });
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)));
		await answers(url, child, output);
	};
	const end = () => new Promise((done) => { child.on('exit', done); child.kill('SIGTERM'); });
	const stop = () => end().then(() => rmSync(folder, { recursive: true, force: true }));
	await start();
	return { url, folder, log: () => output.join(''), stop, restart: () => end().then(start) };
}

// A look into the shop's data from outside of the program: the first row, null if there is none.
export const reader = (shop) => (sql) => {
	const found = execFileSync('sqlite3', ['-readonly', '-json', `${shop.folder}/kontor.db`, sql], { encoding: 'utf8' }).trim();
	return found === '' ? null : JSON.parse(found)[0];
};

// Through the door as the demo shop's owner, who is the one with a password; others by PIN from then on.
export async function enter(page, url, { name = 'SU', password = 'demo-salon' } = {}) {
	await page.goto(`${url}/login?with=password`);
	await page.fill('#name', name);
	await page.fill('#password', password);
	await page.keyboard.press('Enter');
	await page.waitForSelector('nav.spine');
	await ready(page);
}

// What most tests begin with: a shop of their own and the owner before its book.
export async function ownersShop(options) {
	const shop = await startShop(options), browser = await openBrowser(), page = await openPage(browser);
	await enter(page, shop.url);
	return { shop, browser, page, one: reader(shop) };
}

// One more service for the appointment that stands in the panel, at the first of the times proposed.
export async function addService(page, code) {
	await page.keyboard.press('Enter');
	await page.click('#panel a[href*="replace="]');
	await page.waitForSelector('#booking');
	await page.fill('#lz', code);
	await page.waitForSelector('#sv-list li[aria-current=true]');
	await page.keyboard.press('Enter');
	await page.waitForURL(/svc=\d+%2C\d+/);
	await page.click('#slots li a');
	await page.waitForURL(/at=/);
	await page.click('button[name=save][value="1"]');
	await page.waitForFunction(() => document.querySelector('.toast')?.textContent.includes('jetzt'));
}

// ---- pages without a shop, for tests of the script alone: the built assets and what respond() answers
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
export const POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

function asset(url, response) {
	const file = path.join(BUILD, 'assets', path.basename(url.pathname));
	response.writeHead(200, { 'content-type': TYPES[path.extname(file)] }).end(readFileSync(file));
}

export async function startPages(respond) {
	const streams = new Set();
	const server = createServer(async (request, response) => {
		const url = new URL(request.url, 'http://shop');
		if (url.pathname.startsWith('/assets/')) { asset(url, response); return; }
		if (url.pathname === '/events') {
			response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
			streams.add(response);
			return;
		}
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const answer = await respond({ method: request.method, url, headers: request.headers, form: new URLSearchParams(Buffer.concat(chunks).toString()) });
		if (answer === null) { request.socket.destroy(); return; }
		const { status = 200, type = 'text/html; charset=utf-8', body = '', location } = typeof answer === 'string' ? { body: answer } : answer;
		response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY, ...(location ? { location } : {}) }).end(body);
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	const publish = (kind, id) => streams.forEach((stream) => stream.write(`event: ${kind}\ndata: ${id}\n\n`));
	const stop = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
	return { url: `http://127.0.0.1:${server.address().port}`, publish, streams, stop };
}

// ---- the browser
export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

// A page of this size; what it complains about (errors, refused by the policy) is collected in page.complaints.
export async function openPage(browser, { size = 'wide', dark = false, touch = size === 'tablet' || size === 'phone', ...more } = {}) {
	const [width, height] = SIZES[size];
	const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', hasTouch: touch, isMobile: touch,
		locale: 'de-DE', timezoneId: 'Europe/Berlin', ...more });
	const page = await context.newPage();
	page.complaints = [];
	page.on('pageerror', (error) => page.complaints.push(error.message));
	page.on('console', (message) => { if (message.type() === 'error') page.complaints.push(message.text()); });
	return page;
}

export const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.script === 'ready');

// ---- hands: every key, click, tap and drag is counted
export function hands(page) {
	const counted = { count: 0, log: [] };
	const note = (what, times = 1) => { counted.count += times; counted.log.push(what); };
	const middle = async (locator) => {
		const box = await locator.boundingBox();
		return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 12)];
	};
	return Object.assign(counted, {
		key: async (name) => { note(name); await page.keyboard.press(name); },
		type: async (text) => { note(`“${text}”`, [...text].length); await page.keyboard.type(text); },
		click: async (selector) => { note(`click ${selector}`); await page.locator(selector).first().click(); },
		tap: async (selector) => { note(`tap ${selector}`); await page.locator(selector).first().tap(); },
		drag: async (selector, dx, dy) => {
			note(`drag ${selector}`);
			const [x, y] = await middle(page.locator(selector).first());
			await page.mouse.move(x, y);
			await page.mouse.down();
			for (let step = 1; step <= 8; step++) await page.mouse.move(x + dx * step / 8, y + dy * step / 8);
			await page.mouse.up();
		},
	});
}

// ---- judging
// What axe-core finds against WCAG 2.2 A and AA, as lines "rule: element".
export async function inaccessible(page) {
	const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
	await page.evaluate(source);
	const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

export async function shoot(page, name) {
	const folder = path.join(BUILD, 'shots');
	mkdirSync(folder, { recursive: true });
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

export const assetNames = () => readdirSync(path.join(BUILD, 'assets')).filter((name) => !name.startsWith('.') && !name.endsWith('.gz'));
