// backup.test.mjs: the programs' side of backups: killed in the middle, on a disk that is full or can't be written, with wrong words,
// beside another shop's files; and a moment that comes back. Damage of single files: tests/unit/backup_test.c.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { BUILD, Browser, OWNER, serve } from './salon.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 25);
const top = mkdtempSync(path.join(os.tmpdir(), 'kontor-'));
after(() => rmSync(top, { recursive: true, force: true }));
let folders = 0;
const folder = () => { const made = path.join(top, String(folders++)); mkdirSync(made); return made; };
const run = (args, more = {}) => {
	const { status, stdout, stderr } = spawnSync(`${BUILD}/kontor`, args, { encoding: 'utf8', ...more });
	return { status, said: `${stdout}${stderr}` };
};
const good = (args, more) => { const { status, said } = run(args, more); assert.equal(status, 0, `${args.join(' ')}: ${said}`); return said; };
const shop = (env = {}) => { const dir = folder(); good(['demo', '--data', dir, '--customers', '30', '--years', '0', '--staff', '3'], { env: { ...process.env, ...env } }); return dir; };
const ask = (dir, sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${dir}/kontor.db`, sql], { encoding: 'utf8' }) || '[]');
const head = (dir) => ask(dir, 'SELECT max(seq) AS seq FROM journal')[0].seq;
// What is in the book, as one number: all tables that the change log covers, and the log itself.
const content = (dir) => execFileSync('sqlite3', ['-readonly', `${dir}/kontor.db`, '.sha3sum --sha3-256'], { encoding: 'utf8' }).trim();

// The 20 words, worked out once more from what docs/datensicherung.md says of them.
function words(dir) {
	const seed = Buffer.from(readFileSync(`${dir}/seed`, 'utf8').trim().split(' ')[2], 'hex');
	const list = readFileSync('/usr/lib/python3/dist-packages/diceware/wordlists/wordlist_de_8k.txt', 'utf8').split('\n');
	const bits = BigInt(`0x${seed.toString('hex')}`) << 4n | BigInt(createHash('sha256').update(seed).digest()[0] >> 4);
	return Array.from({ length: 20 }, (_, i) => list[Number(bits >> BigInt(13 * (19 - i)) & 8191n)]);
}
const back = (target, list, more = [], to = path.join(folder(), 'new')) => ({ to, ...run(['restore', '--from', target, '--data', to, ...more], { input: `${list.join(' ')}\n` }) });
const files = (dir) => readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
	.map((entry) => { const file = path.join(entry.parentPath ?? entry.path, entry.name); return `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`; }).sort();

async function station(dir, env = {}) {
	const program = await serve('kontor', dir, env), browser = new Browser(program.base);
	assert.equal((await browser.login(OWNER)).status, 303);
	return { program, browser, add: async (last) => assert.equal((await browser.post('/customer/0', { last, active: '1' })).status, 303) };
}

test(`killed ${ROUNDS} times in the middle of a backup, the target is the old or the new one, and whole`, { timeout: 3_600_000 }, async (t) => {
	const dir = shop(), target = folder(), { program, add } = await station(dir);
	let killed = 0, renewed = 0;
	try {
		good(['backup', '--data', dir, '--to', target]);
		const list = words(dir);
		let known = head(dir);
		for (let round = 0; round < ROUNDS; round++) {
			for (let i = 0; i < 3; i++) await add(`Kundin ${round}-${i}`);
			const now = head(dir), child = spawn(`${BUILD}/kontor`, ['backup', '--data', dir, '--to', target]), ended = new Promise((done) => { child.once('exit', (code, signal) => done(signal)); });
			await new Promise((next) => { setTimeout(next, Math.random() * 35); });
			child.kill('SIGKILL');
			killed += await ended === 'SIGKILL' ? 1 : 0;
			const { to, status, said } = back(target, list);
			assert.equal(status, 0, said);
			assert.ok(head(to) === known || head(to) === now, `round ${round}: ${head(to)}, neither ${known} nor ${now}`);
			renewed += head(to) === now ? 1 : 0;
			known = head(to);
			rmSync(to, { recursive: true });
		}
		good(['backup', '--data', dir, '--to', target]);
		const { to } = back(target, list);
		assert.equal(content(to), content(dir));
		assert.deepEqual([...readdirSync(target, { recursive: true }), ...readdirSync(`${dir}/backup`)].filter((name) => /\.part-|\.copy-/.test(name)), []);
	} finally { await program.stop(); }
	t.diagnostic(`${killed} killed before their end, ${renewed} of ${ROUNDS} had laid down the new state`);
	assert.ok(killed > 0, 'none was killed before its end');
});

test('while the shop writes: each backup is one whole state', async () => {
	const dir = shop(), target = folder(), { program, add } = await station(dir);
	let going = true, written = 0;
	const writing = (async () => { for (; going; written++) await add(`Während ${written}`); })();
	try {
		const list = [];
		for (let i = 0; i < 12; i++) {
			const child = spawn(`${BUILD}/kontor`, ['backup', '--data', dir, '--to', target]);
			assert.equal(await new Promise((done) => { child.once('exit', done); }), 0);
			list.push(written);
		}
		going = false;
		await writing;
		assert.ok(list[11] > list[0]);
		const { to, status, said } = back(target, words(dir));
		assert.equal(status, 0, said);
		const kept = ask(to, "SELECT count(*) AS n FROM customer WHERE last LIKE 'Während %'")[0].n;
		assert.ok(kept >= list[10] && kept <= list[11] + 1, `${kept} of ${list}`);
	} finally {
		going = false;
		await writing;
		await program.stop();
	}
});

test('a moment comes back: what was done by then, nothing after', async () => {
	const day = '2026-11-24', dir = shop({ KONTOR_NOW: `${day}T08:00` }), target = folder(), states = [];
	for (const [time, saves] of [['09:00', true], ['10:00', false], ['10:15', false], ['11:00', true], ['12:30', true]]) {
		const { program, add } = await station(dir, { KONTOR_NOW: `${day}T${time}` });
		await add(`Um ${time}`);
		states.push({ time, head: head(dir), names: ask(dir, 'SELECT last FROM customer ORDER BY id').map(({ last }) => last) });
		await program.stop();
		if (saves) good(['backup', '--data', dir, '--to', target], { env: { ...process.env, KONTOR_NOW: `${day}T${time}` } });
	}
	const list = words(dir);
	for (const { time, head: seq, names } of states) {
		const { to, status, said } = back(target, list, ['--at', `${day} ${time}`]);
		assert.equal(status, 0, said);
		assert.equal(head(to), seq, said);
		assert.deepEqual(ask(to, 'SELECT last FROM customer ORDER BY id').map(({ last }) => last), names);
		assert.match(good(['check', '--data', to]), /Keine Fehler/);
	}
	const between = back(target, list, ['--at', `${day} 10:14`]);
	assert.equal(head(between.to), states[1].head);
	assert.match(back(target, list, ['--at', '1990-01-01 10:00']).said, /gab es noch kein Buch/);
	assert.match(back(target, list, ['--at', 'gestern']).said, /bitte ein Zeitpunkt wie „2026-11-24 10:15“, nicht „gestern“/);
	assert.match(back(target, list, ['--list']).said, /angekommen .* letzte Änderung 24\.11\.2026/);
	// What was brought back is a shop of its own that goes on with its backups at the same target.
	const { to } = back(target, list), { program, add } = await station(to);
	await add('Danach');
	await program.stop();
	good(['backup', '--data', to, '--to', target]);
	assert.equal(content(back(target, list).to), content(to));
});

test('wrong words, another shop, a book in the way: a sentence, and nothing is touched', () => {
	const dir = shop(), other = shop(), target = folder();
	good(['backup', '--data', dir, '--to', target]);
	good(['backup', '--data', other, '--to', folder()]);
	const before = files(target), list = words(dir);
	const refused = (given, sentence) => { const { to, status, said } = back(target, given); assert.equal(status, 1); assert.match(said, sentence); assert.ok(!existsSync(to), said); };
	refused(list.with(6, 'hudn'), new RegExp(`Wort 7 kann nicht „hudn“ sein: Mit „${list[6]}“ passen die Wörter`));
	refused(list.with(6, list[6] === 'hund' ? 'katze' : 'hund'), new RegExp(`Wort 7 kann nicht „.*“ sein: Mit „${list[6]}“`));
	if (list[2] !== list[3]) refused(list.with(2, list[3]).with(3, list[2]), /Wort 3 und Wort 4 sind vertauscht/);
	refused(list.slice(1), /Auf dem Blatt stehen 20, angegeben wurden 19/);
	refused(list.with(0, 'xyz').with(1, 'zyx'), /Wort 1 kann nicht „xyz“ sein/);
	refused(words(other), /vom Blatt eines anderen Ladens/);
	refused([], /angegeben wurden 0/);
	const foreign = run(['backup', '--data', other, '--to', target]);
	assert.equal(foreign.status, 1);
	assert.match(foreign.said, /Sicherungen eines anderen Ladens/);
	const taken = back(target, list, [], other);
	assert.equal(taken.status, 1);
	assert.match(taken.said, /liegt schon ein Buch. Es wurde nicht angerührt/);
	assert.match(back(folder(), list).said, /liegen keine Sicherungen von Kontor/);
	assert.match(back(path.join(top, 'nirgends'), list).said, /ist nicht da/);
	assert.match(back(target, list, ['--generation', '99']).said, /ist nicht da|fehlt/);
	assert.deepEqual(files(target), before);
});

// A backup to a mount that nobody else sees, with what `from` holds. null: this system does not let us.
function mounted(dir, options, from, again = '') {
	const script = 'mount -t tmpfs -o "$1" tmpfs "$2" && cp -a "$3/." "$2/" && { test -z "$4" || mount -o "remount,$4" "$2"; } && { "$5" backup --data "$6" --to "$2"; echo "status $?"; cd "$2" && find . -type f | sort; }';
	const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', options, folder(), from, again, path.resolve(BUILD, 'kontor'), dir], { encoding: 'utf8' });
	return stdout.includes('status') ? `${stdout}${stderr}` : null;
}

test('a disk that is full, one that can only be read: a sentence, and what was there is as it was', async (t) => {
	const dir = shop(), target = folder(), { program, add } = await station(dir);
	try {
		good(['backup', '--data', dir, '--to', target]);
		await add('Danach');
	} finally { await program.stop(); }
	const names = readdirSync(target, { recursive: true }).filter((name) => statSync(path.join(target, name)).isFile());
	const pages = names.reduce((sum, name) => sum + Math.ceil(statSync(path.join(target, name)).size / 4096), 0);
	const same = (said) => { for (const name of names) assert.ok(said.includes(`./${name}\n`), said); };
	const full = mounted(dir, `size=${(pages + 1) * 4}k`, target);
	if (full === null) { t.skip('no mounts of our own here'); return; }
	assert.match(full, /status 1/);
	assert.match(full, /ist voll\. Dort etwas löschen/);
	same(full);
	const locked = mounted(dir, 'size=50m', target, 'ro');
	assert.match(locked, /status 1/);
	assert.match(locked, /lässt sich nur lesen\. Hat der Stick einen Schreibschutz/);
	same(locked);
	assert.match(mounted(dir, 'size=50m', target), /status 0/);
});

test('a stick that is mounted elsewhere is known by its own name', async (t) => {
	const dir = shop(), stick = folder(), away = path.join(top, 'weg'), { program, browser, add } = await station(dir);
	const fields = { name: 'Stick', kind: 'stick', folder: stick, active: '1', version: '0' };
	try {
		assert.equal((await browser.post('/backup/target/0', fields)).status, 303);
		good(['backup', '--data', dir]);
		await add('Danach');
	} finally { await program.stop(); }
	renameSync(stick, away);
	assert.match(run(['backup', '--data', dir]).said, /ist nicht da/);
	const script = 'mount -t tmpfs tmpfs /mnt && cp -a "$1/." /mnt/ && "$2" backup --data "$3"; echo "status $?"; find /mnt -name "*.kontor" -path "*generations*" | wc -l; "$2" drill --data "$3"';
	const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', away, path.resolve(BUILD, 'kontor'), dir], { encoding: 'utf8' });
	if (!stdout.includes('status')) { t.skip('no mounts of our own here'); return; }
	assert.match(`${stdout}${stderr}`, /Stick: Sicherung 2, .*\nstatus 0\n2\nStick: Sicherungen 2 und 1 zurückgeholt/);
});

test('the shop window shows how backups go, and can neither ask for one nor show a key', async () => {
	const dir = shop(), program = await serve('schaufenster', dir), browser = new Browser(program.base);
	try {
		assert.equal((await browser.login(OWNER)).status, 303);
		const page = await browser.get('/backup');
		assert.equal(page.status, 200);
		assert.match(page.text, /Noch kein Sicherungsziel/);
		assert.doesNotMatch(page.text, /backup\/now|backup\/sheet|target\/0/);
		for (const target of ['/backup/sheet', '/backup/sheet/back', '/backup/target/0']) assert.equal((await browser.get(target)).status, 404, target);
		for (const target of ['/backup/now', '/backup/drill', '/backup/target/0']) assert.ok([404, 405].includes((await browser.post(target, {})).status), target);
		assert.ok(!existsSync(`${dir}/seed`));
	} finally { await program.stop(); }
});
