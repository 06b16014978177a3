// Our public holidays of 2020 to 2035 beside those of two libraries. They are a second opinion, not the law: where we
// differ on purpose, the difference stands here with its reason, and the test fails as soon as it is no longer one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import Holidays from 'date-holidays';
import * as feiertage from 'feiertagejs';

const ours = JSON.parse(readFileSync(process.env.HOLIDAYS, 'utf8'));
const years = Array.from({ length: 16 }, (_, i) => 2020 + i);

const text = d => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
const date = (...mmdd) => y => mmdd.map(d => `${y}-${d}`);
const once = (...days) => y => days.filter(d => d.startsWith(`${y}-`));
function easter(plus) {
	return y => {
		const sunday = new Holidays('DE').getHolidays(y).find(h => h.rule === 'easter').date;
		return [text(new Date(Date.parse(sunday.slice(0, 10) + 'T12:00:00') + plus * 86400000))];
	};
}

// [library, state, what only we have, what only they have]
const known = [
	// 15 August is a holiday in most, not in all communes of Bavaria: our variant BY-K has it, BY has not.
	['feiertagejs', 'DE-BY', null, date('08-15')],
	['date-holidays', 'DE-BY-K', date('08-15'), null],
	['feiertagejs', 'DE-BY-A', date('08-08'), null],
	// Berlin's single days.
	['feiertagejs', 'DE-BE', once('2020-05-08', '2025-05-08', '2028-06-17'), null],
	// St Stephen's Day is left out when Christmas falls on a Monday or Friday (AR), and not bound to a weekday (UR).
	['date-holidays', 'CH-AR', once('2022-12-26', '2033-12-26'), once('2020-12-26', '2023-12-26', '2026-12-26', '2028-12-26', '2034-12-26')],
	['date-holidays', 'CH-UR', once('2022-12-26', '2025-12-26', '2031-12-26', '2033-12-26'), null],
	['date-holidays', 'CH-AI', date('12-08'), null],
	// The procession of Näfels gives way to Holy Week only; half holidays (24 and 31 December) are left out.
	['date-holidays', 'CH-GL', once('2027-04-01', '2032-04-01'), y => [...date('12-24', '12-31')(y), ...once('2027-04-08', '2032-04-08')(y)]],
	['date-holidays', 'CH-GR', easter(-2), null],
	// Of single communes only: Corpus Christi in Le Landeron (NE), St Joseph's Day (SO).
	['date-holidays', 'CH-NE', null, easter(60)],
	['date-holidays', 'CH-SO', null, date('03-19')],
	// Not in the canton's law: 1 May, Whit Monday, 24 December.
	['date-holidays', 'CH-VS', null, y => [...date('05-01', '12-24')(y), ...easter(50)(y)]],
];

function theirs(library, country, state, variant) {
	if (library === 'feiertagejs')
		return years.flatMap(y => feiertage.getHolidays(y, state).map(h => text(h.date)));
	const h = variant === 'A' ? new Holidays(country, 'by', 'A') : new Holidays(country, state);
	return years.flatMap(y => h.getHolidays(y).filter(x => x.type === 'public').map(x => x.date.slice(0, 10)));
}

const sorted = list => [...new Set(list)].sort();
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
