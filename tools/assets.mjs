// assets.mjs BUILD: makes style, script, icons and fonts for the browser from src/assets and the
// pinned packages, and BUILD/gen/assets.c, which embeds them. Does nothing when no input changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import path from 'node:path';

const build = process.argv[2] ?? 'build';
const out = path.join(build, 'assets');
const LIMIT = 130 * 1024; // what a first visit may cost, compressed
const FONT = 'node_modules/@fontsource-variable/sofia-sans-semi-condensed';
const fonts = {
	'sofia-latin.woff2': `${FONT}/files/sofia-sans-semi-condensed-latin-wght-normal.woff2`,
	'sofia-latin-ext.woff2': `${FONT}/files/sofia-sans-semi-condensed-latin-ext-wght-normal.woff2`,
};
const styles = ['tokens', 'css/ground', 'css/frame', 'css/controls', 'css/book', 'css/appointment', 'css/strip', 'css/panel', 'css/booking', 'css/party', 'css/series', 'css/lines',
	'css/sheet', 'css/roster', 'css/inbox', 'css/forms', 'css/customer', 'css/waitlist', 'css/setup', 'css/settings', 'css/phones', 'css/public', 'css/till', 'css/states',
	'css/drag', 'css/month', 'css/door', 'css/more', 'css/screens', 'css/paper'];
const types = { '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8' };

function inputs() {
	const found = ['tools/assets.mjs', 'package-lock.json'];
	const walk = (folder) => readdirSync(folder, { withFileTypes: true }).forEach((entry) => {
		const name = path.join(folder, entry.name);
		if (entry.isDirectory()) walk(name); else found.push(name);
	});
	walk('src/assets');
	return found.sort();
}

// Size and time of every input: reading them all would cost more than it saves.
const fingerprint = () => inputs().map((name) => { const s = statSync(name); return `${name} ${s.size} ${s.mtimeMs}`; }).join('\n');

// One number per class: r = five-minute row of the day, n = span in rows; book.css does the rest.
function grid() {
	const line = (count, first, rule) => Array.from({ length: count }, (_, i) => rule(i + first)).join('');
	return [
		line(288, 0, (i) => `.r${i}{--r:${i}}`), line(288, 1, (i) => `.n${i}{--n:${i}}`),
		line(288, 0, (i) => `.from${i}{--from:${i}}`), line(288, 1, (i) => `.rows${i}{--rows:${i}}`),
		line(65, 0, (i) => `.cols${i}{--cols:${i}}`), line(64, 1, (i) => `.aways${i}{--aways:${i}}`), line(48, 1, (i) => `.p${i}{--p:${i}}`),
		line(21, 0, (i) => `.w${i * 5}{--w:${i * 5}%}`),
	].join('\n');
}

function sprite() {
	const names = readFileSync('src/assets/icons.txt', 'utf8').split('\n').filter(Boolean);
	const symbols = names.map((name) => {
		const file = `node_modules/lucide-static/icons/${name}.svg`;
		if (!existsSync(file)) throw new Error(`src/assets/icons.txt: lucide has no icon ${name}`);
		const inner = readFileSync(file, 'utf8').replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
		return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\n\s*/g, '').replace(/ \/>/g, '/>')}</symbol>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

// What is passed on must carry its licence with it.
function licences() {
	return [FONT, 'node_modules/lucide-static', 'node_modules/idiomorph']
		.map((folder) => `${folder.replace('node_modules/', '')}\n\n${readFileSync(`${folder}/LICENSE`, 'utf8').trim()}\n`).join('\n\n');
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

async function make(esbuild) {
	const files = new Map(Object.entries(fonts).map(([name, from]) => [name, readFileSync(from)]));
	files.set('icons.svg', Buffer.from(sprite()));
	files.set('favicon.svg', readFileSync('src/assets/favicon.svg'));
	const css = styles.map((name) => `src/assets/${name}.css`).filter(existsSync).map((name) => readFileSync(name, 'utf8')).join('\n');
	const addressed = `${css}\n${grid()}`.replace(/\/assets\/([a-z0-9.-]+)/g, (_, name) => `/assets/${name}?v=${hash(files.get(name))}`);
	const style = await esbuild.transform(addressed, { loader: 'css', minify: true, target: 'chrome115' });
	for (const warning of style.warnings) throw new Error(`style: ${warning.text}: ${warning.location?.lineText}`);
	files.set('app.css', Buffer.from(style.code));
	const script = await esbuild.build({ entryPoints: ['src/assets/js/app.mjs'], bundle: true, minify: true, write: false,
		format: 'esm', target: 'es2022', legalComments: 'none', charset: 'utf8', logLevel: 'warning' });
	files.set('licences.txt', Buffer.from(licences()));
	files.set('app.js', Buffer.from(script.outputFiles[0].contents));
	return files;
}

const symbol = (name) => `asset_${name.replace(/[^a-z0-9]/g, '_')}`;
const embed = (name, file) => `EMBED(${symbol(name)}, "${file}")`;

function table(entries) {
	const rows = entries.map(({ name, bytes, gzip }) => {
		const id = symbol(name), zip = symbol(`${name}.gz`);
		return `\t{ .path = "${name}", .type = "${types[path.extname(name)]}", .hash = "${hash(bytes)}", .url = "/assets/${name}?v=${hash(bytes)}",\n` +
			`\t  .bytes = ${id}, .size = ${bytes.length}, .gzip = ${gzip ? zip : 'NULL'}, .gzip_size = ${gzip ? gzip.length : 0} },`;
	});
	const blobs = entries.flatMap(({ name, gzip }) => [embed(name, `${out}/${name}`), ...(gzip ? [embed(`${name}.gz`, `${out}/${name}.gz`)] : [])]);
	return `/* made by tools/assets.mjs */
#include "web/assets.h"
#define EMBED(name, file) \\
	__asm__(".pushsection .rodata\\n.balign 16\\n" #name ":\\n.incbin \\"" file "\\"\\n.byte 0\\n.popsection\\n"); \\
	extern const unsigned char name[];
${blobs.join('\n')}

const struct asset assets[] = {
${rows.join('\n')}
};
const size_t asset_count = sizeof assets / sizeof *assets;
`;
}

async function main() {
	const stamp = path.join(out, '.stamp'), now = fingerprint();
	const code = path.join(build, 'gen/assets.c');
	if (existsSync(code) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
	const files = await make(await import('esbuild'));
	rmSync(out, { recursive: true, force: true });
	mkdirSync(out, { recursive: true });
	mkdirSync(path.dirname(code), { recursive: true });
	const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => {
		const gzip = name.endsWith('.woff2') ? null : gzipSync(bytes, { level: 9 });
		writeFileSync(path.join(out, name), bytes);
		if (gzip) writeFileSync(path.join(out, `${name}.gz`), gzip);
		return { name, bytes, gzip };
	});
	const total = entries.reduce((sum, { bytes, gzip }) => sum + (gzip ?? bytes).length, 0);
	if (total > LIMIT) throw new Error(`assets weigh ${total} bytes compressed, ${LIMIT} are allowed`);
	writeFileSync(code, table(entries));
	writeFileSync(stamp, now);
}

await main();
