// slots.test.mjs: kontor slots on a demo salon of a fixed moment: what it answers is free in the database, the same each time,
// and nothing that stands on its input gets more than a sentence.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

const program = path.resolve(process.env.BUILD ?? 'build', 'kontor'), NOW = '2026-10-17T11:20';
const folders = [];
function salon() {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'kontor-slots-'));
	folders.push(folder);
	execFileSync(program, ['demo', '--data', folder, '--seed', '3', '--customers', '200', '--years', '1'], { env: { ...process.env, KONTOR_NOW: NOW } });
	return folder;
}
let data;
before(() => { data = salon(); });
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const run = (input, folder = data, now = NOW) => spawnSync(program, ['slots', '--data', folder], { input, encoding: 'utf8', maxBuffer: 1 << 27, env: { ...process.env, KONTOR_NOW: now } });
function ask(question, folder = data, now = NOW) {
	const { status, stdout, stderr } = run(JSON.stringify(question), folder, now);
	assert.equal(status, 0, stderr);
	assert.equal(stderr, '');
	return JSON.parse(stdout);
}
const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', `${data}/kontor.db`, sql], { encoding: 'utf8' }).trim() || '[]');
const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);
const codes = (n, where = '1') => rows(`SELECT id, short FROM service v WHERE active = 1 AND short IS NOT NULL AND ${where} AND EXISTS (SELECT 1 FROM staff_service WHERE service = v.id) ORDER BY id LIMIT ${n}`);

test('every claim of every start is free, and lasts what its phase lasts', () => {
	const services = codes(40, '(SELECT count(*) FROM service_phase WHERE service = v.id) > 1').slice(0, 2).concat(codes(1));
	const answer = ask({ services: services.map(({ short }) => short), to: '2026-10-30', best: 'all' });
	assert.ok(answer.slots.length > 20, `${answer.slots.length} starts`);
	const uses = new Map();
	for (const use of rows('SELECT day, resource, start, end FROM use WHERE day BETWEEN 20743 AND 20760')) {
		const key = `${use.day} ${use.resource}`;
		uses.set(key, [...(uses.get(key) ?? []), use]);
	}
	const phases = new Map(services.map(({ id }) => [id, rows(`SELECT kind, minutes FROM service_phase WHERE service = ${id} ORDER BY seq`)]));
	let before = '';
	for (const slot of answer.slots) {
		const day = dayNumber(slot.day), when = `${slot.day} ${slot.start}`;
		assert.ok(when > before, `${when} after ${before}`);
		before = when;
		let at = minutes(slot.start), last = at;            // the next service may begin while the buffers of the one before go on
		for (const claim of slot.claims) {
			const [start, end] = [minutes(claim.start), minutes(claim.end)];
			if (claim.phase === 0 && claim !== slot.claims[0]) assert.ok(start >= last && start <= at, `${when}: a hole`);
			else assert.equal(start, at, `${when}: a hole`);
			at = end;
			if (claim.kind !== 'buffer') last = end;
			const phase = phases.get(claim.service)[claim.phase];
			assert.equal(claim.kind, ['active', 'wait', 'buffer'][phase.kind]);
			assert.equal(claim.staff !== null, claim.kind === 'active', when);
			for (const resource of [claim.staff && claim.staff * 4 + 1, claim.place && claim.place * 4 + 2].filter(Boolean))
				for (const use of uses.get(`${day} ${resource}`) ?? []) assert.ok(use.end <= start || use.start >= end, `${when}: ${resource} is taken ${use.start}–${use.end}`);
		}
		assert.equal(Math.max(...slot.claims.map(({ end }) => minutes(end))), minutes(slot.end));
	}
});

test('what is beside begins together, with other people at other places', () => {
	const [first, second] = codes(2), services = [first.short, { service: second.short, beside: true }];
	const { slots } = ask({ services, to: '2026-10-30', best: 'all' });
	assert.ok(slots.length > 5, `${slots.length} starts`);
	for (const slot of slots) {
		const begun = slot.claims.filter(({ phase }) => phase === 0);
		assert.deepEqual(begun.map(({ start }) => start), [slot.start, slot.start]);
		slot.claims.forEach((one, i) => slot.claims.slice(0, i).forEach((other) => {
			const together = one.start < other.end && other.start < one.end;
			assert.ok(!together || ((one.staff === null || one.staff !== other.staff) && (one.place === null || one.place !== other.place)), `${slot.day} ${slot.start}`);
		}));
	}
	const [{ code }] = rows(`SELECT s.code FROM staff s JOIN staff_service x ON x.staff = s.id AND x.service = ${first.id} JOIN staff_service y ON y.staff = s.id AND y.service = ${second.id} LIMIT 1`);
	const alone = ask({ services, only: code, to: '2026-10-30', best: 'all', why: slots.slice(0, 40).map(({ day, start }) => `${day} ${start}`) });
	assert.equal(alone.slots.length, 0);
	const both = alone.why.flatMap(({ blocks }) => blocks).filter((block) => block.code === 'at_once');
	assert.ok(both.length > 0 && both.every(({ sentence }) => sentence.endsWith('kann nicht beides zugleich machen')), JSON.stringify(alone.why[0]));
});

test('the bounds of a start hold for a time asked for too', () => {
	const [{ short }] = codes(1);
	const wish = { services: [short], from: '2026-10-20', to: '2026-10-23', not_before: '2026-10-21 10:00', not_after: '2026-10-22 12:00', best: 'all' };
	const { slots, why } = ask({ ...wish, why: ['2026-10-21 09:55', '2026-10-22 12:05'] });
	assert.ok(slots.length > 0 && slots.every(({ day, start }) => `${day} ${start}` >= '2026-10-21 10:00' && `${day} ${start}` <= '2026-10-22 12:00'));
	assert.deepEqual(why.map(({ blocks }) => [blocks[0].code, blocks[0].sentence, blocks[0].bound_day, blocks[0].bound_time]),
		[['too_soon', 'erst ab Mi 21. Okt., 10:00 möglich', '2026-10-21', '10:00'], ['too_late', 'nur bis Do 22. Okt., 12:00 möglich', '2026-10-22', '12:00']]);
});

test('the best are among all, and the window is kept', () => {
	const [{ short }] = codes(1);
	const wish = { services: [short], from: '2026-10-19', to: '2026-11-15', weekdays: ['do', 5], earliest: '13:00', latest: '16:00', done_by: '17:00' };
	const all = ask({ ...wish, best: 'all' }).slots, best = ask(wish).slots;
	assert.ok(all.length > 3 && best.length === 3);
	for (const slot of all) {
		assert.ok([4, 5].includes(new Date(`${slot.day}T12:00Z`).getUTCDay()), slot.day);
		assert.ok(slot.start >= '13:00' && slot.start <= '16:00' && slot.end <= '17:00', `${slot.start}–${slot.end}`);
	}
	for (const slot of best) assert.ok(all.some((other) => other.day === slot.day && other.start === slot.start && other.score === slot.score));
	assert.equal(best[0].score, Math.max(...all.map(({ score }) => score)));
	const later = ask({ services: [short], lead: 3 * 1440, best: 'all', to: '2026-10-25' }).slots;
	assert.ok(later.length > 0 && later.every(({ day, start }) => `${day} ${start}` >= '2026-10-20 11:20'));
});

test('why a time is impossible, the nearest thing first', () => {
	const taken = rows(`SELECT a.id, a.day, a.start, date(a.day * 86400, 'unixepoch') AS iso, t.code, s.service, c.last FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN staff t ON t.id = s.staff
		JOIN customer c ON c.id = a.customer WHERE a.day > 20744 AND a.status = 2 AND a.start % 5 = 0 GROUP BY a.id HAVING count(*) = 1 ORDER BY a.day, a.start LIMIT 1`)[0];
	const at = `${taken.iso} ${String(Math.floor(taken.start / 60)).padStart(2, '0')}:${String(taken.start % 60).padStart(2, '0')}`;
	const { why } = ask({ services: [taken.service], only: taken.code, why: [at, '2026-10-17 11:00', '2026-10-18 10:00', '2030-01-02 03:00'] });
	assert.deepEqual(why.map(({ possible }) => possible), [false, false, false, false]);
	assert.equal(why[0].blocks[0].code, 'person_taken');
	assert.equal(why[0].blocks[0].appointment, taken.id);
	assert.match(why[0].blocks[0].sentence, new RegExp(`ist belegt bis \\d+:\\d\\d \\(${taken.last}\\)`));
	assert.equal(why[1].blocks[0].code, 'past');
	const free = ask({ services: [taken.service], only: taken.code, except: taken.id, why: at }).why[0];
	assert.equal(free.possible, true, 'its own time counts as free while it is moved');
	assert.equal(free.slot.claims[0].start, at.slice(11));
	const any = ask({ services: [taken.service], why: at }).why[0];
	assert.ok(any.possible || any.blocks.slice(1).every((b, i, list) => i === 0 || (b.until ?? '24:00') >= (list[i - 1].until ?? '24:00')));
});

test('rules that contradict the wish are named', () => {
	const nobody = rows('SELECT s.id AS service, t.code FROM service s, staff t WHERE s.active = 1 AND t.active = 1 AND t.in_book = 1 AND NOT EXISTS (SELECT 1 FROM staff_service x WHERE x.service = s.id AND x.staff = t.id) LIMIT 1')[0];
	const answer = ask({ services: [{ service: nobody.service, only: nobody.code }] });
	assert.deepEqual(answer.slots, []);
	assert.match(answer.contradictions[0], /macht diese Leistung nicht/);
});

test('the same question gives the same bytes, on the same salon made twice too', () => {
	const question = JSON.stringify({ services: codes(3).map(({ short }) => short), best: 20, why: '2026-10-20 10:00' });
	const first = run(question).stdout;
	assert.ok(first.length > 1000);
	assert.equal(run(question).stdout, first);
	assert.equal(run(question, salon()).stdout, first);
});

test('the nights when the clock changes', () => {
	const [{ short }] = codes(1);
	for (const night of ['2026-10-25', '2027-03-28']) {
		const answer = ask({ services: [short], from: night, to: night, best: 'all', why: [`${night} 02:00`, `${night} 02:30`, `${night} 03:00`] });
		assert.deepEqual(answer.slots.filter(({ start }) => start >= '01:00' && start < '04:00'), []);
		assert.deepEqual(answer.why.map(({ possible }) => possible), [false, false, false]);
		assert.deepEqual(answer.why.map(({ blocks }) => blocks[0].code === 'no_such_time'), night === '2027-03-28' ? [true, true, false] : [false, false, false]);
	}
});

test('errors are one sentence with exit status 2', () => {
	for (const [question, said] of [['', /kein JSON/], ['[]', /Frage/], ['{"services":[]}', /1 bis 12/], ['{"services":["nix"]}', /keine Leistung heißt „nix“/],
		['{"services":["a"],"bset":1}', /„bset“ ist hier nicht bekannt/], ['{"services":["a"],"from":"2026-02-30"}', /from: .*2026-02-30/], ['{"services":[1],"only":"QQ"}', /niemand im Buch heißt „QQ“/],
		['{"services":[1],"customer":999999}', /customer: die Nummer 999999/], ['{"services":[1],"from":"2026-11-01","to":"2026-10-01"}', /to: nicht vor from/],
		['{"services":[1],"to":"2056-01-01"}', /höchstens 3660 Tage/], ['{"services":[1],"earliest":"15:00","latest":"14:00"}', /latest/], [`{"services":["${'x'.repeat(2000000)}"]}`, /Megabyte/],
		['{"services":[1],"only":1,"preferred":2}', /nur eines/], ['['.repeat(5000), /kein JSON/], ['{"services":[{"service":1,"x":2}]}', /„x“/], ['{"services":[1,{"service":1,"beside":1}]}', /beside: .*true oder false/],
		['{"services":[1],"not_before":"2026-10-19"}', /not_before: .*2026-10-19/], ['{"services":[1],"why":"2026-10-19 10:01"}', /Fünf-Minuten/]]) {
		const { status, stdout, stderr } = run(question);
		assert.equal(status, 2, `${question.slice(0, 60)}: ${stderr}`);
		assert.equal(stdout, '');
		assert.match(stderr, said);
		assert.equal(stderr.trim().split('\n').length, 1);
	}
	assert.equal(run('{"services":[1]}', '/nowhere').status, 1);
});

test('a good question, changed at random 200 times: an answer or a sentence', () => {
	const good = readFileSync('tests/files/question.json', 'latin1');
	let state = 12345;
	const dice = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor(state / 65536) % n; };
	const pieces = ['"', '{', '}', '[', ']', ',', ':', '0', '-1', '1e999', 'null', 'true', '\\u0000', '\\ud800', '\xff', '2026-02-30', '99999999999999999999', 'services', '\n'];
	for (let i = 0; i < 200; i++) {
		let text = good;
		for (let k = 0; k <= dice(3); k++) {
			const at = dice(text.length), cut = dice(12);
			text = text.slice(0, at) + (dice(2) ? pieces[dice(pieces.length)] : '') + text.slice(at + cut);
		}
		const { status, stdout, stderr } = run(Buffer.from(text, 'latin1'));
		assert.ok(status === 0 || status === 2, `${status} ${stderr}\n${text}`);
		if (status === 0) JSON.parse(stdout); else assert.ok(stderr.trim().length > 5 && stdout === '');
	}
});
