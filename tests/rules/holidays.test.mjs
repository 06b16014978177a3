// Our public holidays of 2015 to 2040 beside the laws and beside two libraries. The libraries are a second opinion, not
// the law: where we differ from them, the difference stands here with the law that decides, and the test fails as soon as
// it is no longer one. The cantons that the libraries have otherwise than the law stand in `law` in full.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import Holidays from 'date-holidays';
import * as feiertage from 'feiertagejs';

const ours = JSON.parse(readFileSync(process.env.HOLIDAYS, 'utf8'));
const years = Array.from({ length: 26 }, (_, i) => 2015 + i);

const text = d => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
const date = (...mmdd) => y => mmdd.map(d => `${y}-${d}`);
const once = (...days) => y => days.filter(d => d.startsWith(`${y}-`));
const plus = (...lists) => y => lists.flatMap(l => l(y));
const since = (year, list) => y => y >= year ? list(y) : [];
const unless = (list, ...weekdays) => y => list(y).filter(d => !weekdays.includes(new Date(`${d}T12:00:00`).getDay()));
const only = (list, ...weekdays) => y => list(y).filter(d => weekdays.includes(new Date(`${d}T12:00:00`).getDay()));
function easter(...days) {
	return y => days.map(n => {
		const sunday = new Holidays('DE').getHolidays(y).find(h => h.rule === 'easter').date;
		return text(new Date(Date.parse(sunday.slice(0, 10) + 'T12:00:00') + n * 86400000));
	});
}
const december26 = date('12-26');

// [library, state, what only we have, what only they have]; a part of a state is held beside the whole of it.
const known = [
	// BayFTG art. 1 (2): 15 August is a holiday in communes with more catholics than protestants: BY-K, not BY. (3): 8 August in Augsburg.
	['feiertagejs', 'DE-BY', null, date('08-15')],
	['date-holidays', 'DE-BY-K', date('08-15'), null],
	['feiertagejs', 'DE-BY-A', date('08-08'), null],
	// Berlin, Gesetz über die Sonn- und Feiertage § 1: once on 8 May 2020, 8 May 2025 and 17 June 2028.
	['feiertagejs', 'DE-BE', once('2020-05-08', '2025-05-08', '2028-06-17'), null],
	// Reformation Day is one since 2018 in the north (NFeiertagsG § 2 and its like), in all Länder once in 2017.
	...['HB', 'HH', 'NI', 'SH'].map(land => ['feiertagejs', `DE-${land}`, null, once('2015-10-31', '2016-10-31')]),
	// SächsSFG § 1 (1) and its regulation, ThürFtG § 2 (2): Corpus Christi in the communes that keep it.
	['feiertagejs', 'DE-SN-K', easter(60), null],
	['date-holidays', 'DE-SN-K', easter(60), null],
	['feiertagejs', 'DE-TH-K', easter(60), null],
	['date-holidays', 'DE-TH-K', easter(60), null],

	// UR, Gesetz über den Ladenschluss und die Sonntagsruhe (RB 70.1421) art. 9 b: St Stephen's Day, whatever the weekday.
	['date-holidays', 'CH-UR', only(december26, 1, 5), null],
	// AR, Verordnung zum Arbeitsgesetz (bGS 822.11) art. 7: not St Stephen's Day if Christmas is a Monday or a Friday.
	['date-holidays', 'CH-AR', only(december26, 1), only(december26, 2, 6)],
	// AI, Ruhetagsgesetz (GS 822.200) art. 2 c: 8 December; 22 September in the inner part of the land only, so not in
	// Oberegg.
	['date-holidays', 'CH-AI', date('12-08'), null],
	['date-holidays', 'CH-AI-O', date('12-08'), date('09-22')],
	// GL, Ruhetagsgesetz (GS IX B/21/1) art. 2 (1): the procession is on the first Thursday of April, a week later if that is in
	// Holy Week; 1 April is one too. The Bettag is a high holiday. 24 and 31 December are days off of the canton's staff only.
	['date-holidays', 'CH-GL', plus(once('2027-04-01', '2032-04-01', '2038-04-01'), y => [thirdSundayOfSeptember(y)]),
	    plus(date('12-24', '12-31'), once('2027-04-08', '2032-04-08', '2038-04-08'))],
	// GR, Ruhetagsgesetz (BR 520.100) art. 2 (1) b: Good Friday.
	['date-holidays', 'CH-GR', easter(-2), null],
	// NE, loi sur le dimanche et les jours fériés (RSN 941.02) art. 3: no Easter Monday; 26 December after a Sunday; Corpus Christi
	// is one of a single commune (Le Landeron).
	['date-holidays', 'CH-NE', null, easter(1, 60)],
	// SO, Ruhetagsgesetz (BGS 512.41) § 2 (1) b: 1 May from noon (a half one); Corpus Christi, 15 August and 1 November not in
	// Bucheggberg. 19 March is one of eight communes (§ 2 (2)).
	['date-holidays', 'CH-SO', null, date('03-19', '05-01')],
	['date-holidays', 'CH-SO-B', null, plus(date('03-19', '05-01', '08-15', '11-01'), easter(60))],
	// VS, the canton's list by art. 20a ArG (nine days with 1 August): not 1 May, Whit Monday, 24 December.
	['date-holidays', 'CH-VS', null, plus(date('05-01', '12-24'), easter(50))],
	// FR, the reformed communes of the lake district: 2 January, Easter Monday, Whit Monday and 26 December instead of the catholic days.
	['date-holidays', 'CH-FR-R', plus(date('01-02', '12-26'), easter(1, 50)), plus(date('08-15', '11-01', '12-08'), easter(60))],
	// AG, by district (SECO's list by art. 20a ArG): 2 January and 26 December are workdays if the day before is a Monday or a
	// Friday; 1 May is none. The library has the days of all districts in one.
	['date-holidays', 'CH-AG-1', null, plus(only(date('01-02', '12-26'), 2, 6), date('05-01', '08-15', '11-01', '12-08'), easter(60))],
	['date-holidays', 'CH-AG-2', null, plus(date('01-02', '05-01', '08-15', '11-01', '12-08'), only(december26, 2, 6))],
	['date-holidays', 'CH-AG-3', null, plus(date('01-02', '05-01', '12-08'), only(december26, 2, 6), easter(1, 50))],
	['date-holidays', 'CH-AG-4', null, plus(date('01-02', '05-01', '12-26'), easter(1, 50))],
	['date-holidays', 'CH-AG-5', null, plus(date('01-02', '05-01', '08-15', '12-08'), only(december26, 2, 6), easter(60))],
	['date-holidays', 'CH-AG-6', null, plus(only(date('01-02', '12-26'), 2, 6), date('05-01', '08-15', '12-08'), easter(1, 50))],
];

// What the law says, all of it: [state, what], by the laws above (days that are Sundays anyway left out on both sides).
const atAnyRate = plus(date('01-01', '08-01', '12-25'), easter(39));
const law = [
	['CH-UR', plus(atAnyRate, date('01-06', '03-19', '08-15', '11-01', '12-08', '12-26'), easter(-2, 1, 50, 60))],
	['CH-AR', plus(atAnyRate, easter(-2, 1, 50), unless(december26, 2, 6))],
	['CH-AI', plus(atAnyRate, date('08-15', '09-22', '11-01', '12-08'), easter(-2, 1, 50, 60), unless(december26, 2, 6))],
	['CH-GL', plus(atAnyRate, date('11-01', '12-26'), easter(-2, 1, 50), y => [procession(y)])],
	['CH-GR', plus(atAnyRate, date('12-26'), easter(-2, 1, 50))],
	['CH-NE', plus(atAnyRate, date('03-01', '05-01'), easter(-2), only(date('01-02', '12-26'), 1))],
	['CH-SO', plus(atAnyRate, date('08-15', '11-01'), easter(-2, 60))],
	['CH-SO-B', plus(atAnyRate, easter(-2))],
	['CH-VS', plus(atAnyRate, date('03-19', '08-15', '11-01', '12-08'), easter(60))],
	['CH-FR-R', plus(atAnyRate, date('01-02', '12-26'), easter(-2, 1, 50))],
	['CH-AG-1', plus(atAnyRate, easter(-2, 1, 50), unless(date('01-02', '12-26'), 2, 6))],
	['CH-AG-2', plus(atAnyRate, easter(-2, 1, 50, 60), unless(december26, 2, 6))],
	['CH-AG-3', plus(atAnyRate, date('08-15', '11-01'), easter(-2, 60), unless(december26, 2, 6))],
	['CH-AG-4', plus(atAnyRate, date('08-15', '11-01', '12-08'), easter(-2, 60))],
	['CH-AG-5', plus(atAnyRate, date('11-01'), easter(-2, 1, 50), unless(december26, 2, 6))],
	['CH-AG-6', plus(atAnyRate, date('11-01'), easter(-2, 60), unless(date('01-02', '12-26'), 2, 6))],
	// Arbeitsruhegesetz § 7, thirteen days in every Land; what a Land calls its own (19 March, 11 and 15 November …) is none.
	...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(land => [`AT-${land}`, plus(date('01-01', '01-06', '05-01', '08-15', '10-26', '11-01', '12-08',
	    '12-25', '12-26'), easter(1, 39, 50, 60))]),
	// Germany: what changed in these years.
	...german({
		BW: plus(date('01-06', '11-01'), easter(60)), BY: plus(date('01-06', '11-01'), easter(60)), 'BY-K': plus(date('01-06', '08-15', '11-01'), easter(60)),
		'BY-A': plus(date('01-06', '08-08', '08-15', '11-01'), easter(60)),
		BE: plus(since(2019, date('03-08')), once('2020-05-08', '2025-05-08', '2028-06-17')), BB: date('10-31'), HB: since(2018, date('10-31')),
		HH: since(2018, date('10-31')), HE: easter(60), MV: plus(since(2023, date('03-08')), date('10-31')), NI: since(2018, date('10-31')),
		NW: plus(date('11-01'), easter(60)), RP: plus(date('11-01'), easter(60)), SL: plus(date('08-15', '11-01'), easter(60)),
		SN: plus(date('10-31'), y => [repentance(y)]), ST: date('01-06', '10-31'), SH: since(2018, date('10-31')), TH: plus(since(2019, date('09-20')), date('10-31')),
	}),
];
function german(lands) {
	const all = plus(date('01-01', '05-01', '10-03', '12-25', '12-26'), easter(-2, 1, 39, 50), once('2017-10-31'));
	return Object.entries(lands).map(([land, own]) => [`DE-${land}`, plus(all, own)]);
}
// By the calendar only, with no rule of ours: the days of a month one after another.
function nth(y, month, weekday, n, from = 1) {
	for (let day = from; ; day++) {
		const d = new Date(y, month - 1, day, 12);
		if (d.getDay() === weekday && --n === 0) return text(d);
	}
}
const thirdSundayOfSeptember = y => nth(y, 9, 0, 3);
const repentance = y => nth(y, 11, 3, 1, 16);
const procession = y => nth(y, 4, 4, 1) === easter(-3)(y)[0] ? nth(y, 4, 4, 2) : nth(y, 4, 4, 1);

function theirs(library, country, state, variant) {
	if (library === 'feiertagejs')
		return years.flatMap(y => feiertage.getHolidays(y, state).map(h => text(h.date)));
	const h = variant === 'A' ? new Holidays(country, 'by', 'A') : new Holidays(country, state);
	return years.flatMap(y => h.getHolidays(y).filter(x => x.type === 'public').map(x => x.date.slice(0, 10)));
}

const sorted = list => [...new Set(list)].sort();
const isSunday = d => new Date(`${d}T12:00:00`).getDay() === 0;
const workdays = list => sorted(list).filter(d => !isSunday(d));
const expected = (library, key, side) => sorted(known.filter(k => k[0] === library && k[1] === key && k[side]).flatMap(k => years.flatMap(k[side])));

for (const key of Object.keys(ours)) {
	const [country, state, variant] = key.split('-');
	for (const library of country === 'DE' ? ['feiertagejs', 'date-holidays'] : ['date-holidays']) {
		test(`${key} and ${library}`, () => {
			const we = sorted(ours[key]), they = sorted(theirs(library, country, state, variant));
			assert.equal(we.length, ours[key].length, 'no day twice, all in order');
			assert.deepEqual(we.filter(d => !they.includes(d)), expected(library, key, 2));
			assert.deepEqual(they.filter(d => !we.includes(d)), expected(library, key, 3));
		});
	}
}

for (const [key, days] of law)
	test(`${key} and the law`, () => assert.deepEqual(workdays(ours[key]), workdays(years.flatMap(days))));

test('Brandenburg has Easter Sunday and Whit Sunday by name (FTG § 2); in Hesse every Sunday is one (HFeiertagsG § 1)', () => {
	for (const day of years.flatMap(easter(0, 49))) {
		assert.ok(ours['DE-BB'].includes(day), day);
		assert.ok(!ours['DE-HE'].includes(day), day);
	}
});
