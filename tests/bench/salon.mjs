// salon.mjs FOLDER SCALE [STAFF ROOMS]: the benchmark's salon as tab separated files, for `kontor demo --csv FOLDER`.
// Scale k is the same shop k times as long with k times the customers: the answer for a day keeps its size at every
// scale, so what grows is the program's fault. The same arguments on the same day give the same files.
import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';

const [folder, scale, staff, rooms] = [process.argv[2], Number(process.argv[3] ?? 1), Number(process.argv[4] ?? 5), Number(process.argv[5] ?? 3)];
let state = 20261123;
function chance() {                                  // mulberry32
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(chance() * n);
const any = (list) => list[below(list.length)];

const FIRST = 'Anna Berta Carla Dora Elif Frieda Greta Heike İpek Jasmin Käthe Lotte Mía Nora Özlem Paula Rita Svenja Tülay Ute Vera Wiebke Ylva Zoë Aaron Björn Cem Dirk Enno Fiete Gero Hauke Ingo Jörg Kemal Lars Milan Nils Onno René'.split(' ');
const LAST = 'Ahrens Bäcker Claußen Dörr Ehlers Förster Größl Heß Imhoff Jürgens Köster Lüders Möhle Nölke Oßwald Pütz Quast Röder Schütt Thießen Uhl Völker Wüst Yıldız Zöller Arslan Brüning Carstens Dağ Eggers Feddersen Göbel Hinrichs Iversen Jäkel Kılıç Lührs Meinert Novak Otten Petersen Rühl Sørensen Tönnies Ulrich Voß Wendt Zeiß'.split(' ');
const STREETS = 'Am Markt,Bahnhofstraße,Deichweg,Gartenstraße,Kirchplatz,Lange Reihe,Mühlenweg,Schulgasse'.split(',');
const TOWNS = [['24103', 'Kiel'], ['37073', 'Göttingen'], ['70173', 'Stuttgart'], ['01067', 'Dresden'], ['6020', 'Innsbruck'], ['3011', 'Bern']];
const SERVICES = [['Schnitt Damen', 45, 4200], ['Schnitt Herren', 30, 2600], ['Farbe', 105, 8900], ['Maniküre', 45, 3500], ['Pediküre', 60, 4500],
	['Gesichtsbehandlung', 75, 7900], ['Massage kurz', 30, 3900], ['Massage', 60, 6900], ['Wimpern', 90, 9500], ['Brauen', 20, 1500], ['Waxing', 50, 4900], ['Beratung', 20, 0]];

async function file(name, lines) {
	const out = createWriteStream(`${folder}/${name}`);
	let some = '';
	for (const cells of lines) {
		some += `${cells.join('\t')}\n`;
		if (some.length < 1 << 16) continue;
		if (!out.write(some)) await once(out, 'drain');
		some = '';
	}
	out.end(some);
	await once(out, 'finish');
}

const customers = 4000 * scale;
function* people() {
	for (let i = 1; i <= staff; i++) yield [i, FIRST[i * 3 % FIRST.length], 'Adler'];
}
function* services() {
	for (const [i, service] of SERVICES.entries()) yield [i + 1, ...service];
}
function* guests() {
	for (let i = 1; i <= customers; i++) {
		const [postcode, town] = any(TOWNS);
		yield [i, any(FIRST), any(LAST), `kunde${i}@example.org`, `+49 15${below(10)} ${1000000 + below(9000000)}`, `${any(STREETS)} ${1 + below(120)}`, postcode, town];
	}
}

const two = (n) => String(n).padStart(2, '0');
function* bookings() {
	const today = new Date();
	const noon = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate(), 12), DAY = 86400000;
	let id = 0;
	for (let offset = -Math.floor(1826.25 * scale); offset <= 60; offset++) {
		const date = new Date(noon + offset * DAY);
		if (date.getUTCDay() === 0) continue;
		const iso = date.toISOString().slice(0, 10), full = offset <= 0 ? 0.8 : Math.max(0.15, 0.78 - offset * 0.011);
		for (let person = 1; person <= staff; person++) {
			for (let at = 540; at < 1080;) {
				const service = below(SERVICES.length), end = at + SERVICES[service][1];
				if (end > 1080) break;
				if (chance() >= full) { at += any([15, 30, 45]); continue; }
				yield [++id, person, 1 + below(rooms), 1 + below(customers), service + 1, `${iso} ${two(Math.floor(at / 60))}:${two(at % 60)}:00`, `${iso} ${two(Math.floor(end / 60))}:${two(end % 60)}:00`];
				at = end + any([0, 0, 5, 10, 15]);
			}
		}
	}
}

mkdirSync(folder, { recursive: true });
await file('staff.csv', people());
await file('services.csv', services());
await file('customers.csv', guests());
await file('appts.csv', bookings());
