// roster.mjs: the duty roster as one stop of the Tab key, in which arrows move; Shift and arrows, or dragging, choose
// days of one person, for whom the form of an absence then opens.
import { ask } from './swap.mjs';

const MOUSE_SLACK = 5, TOUCH_SLACK = 10; // pixels
const LONG_PRESS = 400; // milliseconds
const EDGE = 40, SPEED = 12; // pixels from the border where the table scrolls, pixels per move

let last = null; // id of the cell that had the focus last
let chosen = null; // { staff, anchor, head, from, to }: days chosen by key or hand, anchor and head are cells' ids
let grip = null; // what the pointer holds

const table = () => document.getElementById('roster');
const rowOf = (cell) => cell.closest('tr');
const cells = (row) => [...row.querySelectorAll('td[data-from]')];
const linkOf = (cell) => cell.querySelector('a');
const cellOf = (node) => (table()?.contains(node) ? node.closest('td[data-from]') : null);
const mayChoose = (cell) => 'may' in rowOf(cell).dataset && Boolean(table().dataset.roster);

// ---- focus
function rove(to) {
	for (const link of table()?.querySelectorAll('td[data-from] a') ?? []) link.tabIndex = -1;
	if (to) linkOf(to).tabIndex = 0;
}

function goTo(cell) {
	if (!cell) return;
	last = cell.id;
	rove(cell);
	linkOf(cell).focus({ preventScroll: true });
	cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// Where the arrows begin: where they were last, else today in the first row, else its first day.
function entry() {
	const before = last && document.getElementById(last);
	return before ?? table().querySelector('td.sel, td.td[data-from]') ?? table().querySelector('td[data-from]');
}

function beside(cell, step) {
	const all = cells(rowOf(cell));
	return all[all.indexOf(cell) + step];
}

function above(cell, step) {
	const rows = [...table().querySelectorAll('tr[data-staff]')], row = rows[rows.indexOf(rowOf(cell)) + step];
	return row && cells(row).find(({ dataset }) => dataset.from <= cell.dataset.from && cell.dataset.from <= dataset.to);
}

// ---- choosing
function show(picked) {
	for (const cell of table()?.querySelectorAll('td.picked') ?? []) cell.classList.remove('picked');
	chosen = picked;
	const row = picked && table()?.querySelector(`tr[data-staff="${picked.staff}"]`);
	for (const cell of row ? cells(row) : []) if (cell.dataset.to >= picked.from && cell.dataset.from <= picked.to) cell.classList.add('picked');
}

function choose(anchor, head) {
	const [first, second] = anchor.dataset.from <= head.dataset.from ? [anchor, head] : [head, anchor];
	show({ staff: rowOf(anchor).dataset.staff, anchor: anchor.id, head: head.id, from: first.dataset.from, to: second.dataset.to });
}

function open(address, { staff, from, to }) {
	const url = new URL(address, location.href);
	for (const [name, value] of Object.entries({ staff, from, to })) url.searchParams.set(name, value);
	ask(url, { fragment: true });
}

function extend(cell, step) {
	const anchor = (chosen && document.getElementById(chosen.anchor)) ?? cell, head = beside(cell, step);
	if (!head || !mayChoose(cell)) return;
	choose(anchor, head);
	goTo(head);
}

function onArrow(event, cell) {
	const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key], down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
	if (!across && !down) return;
	if (!cell && document.activeElement !== document.body) return;
	event.preventDefault();
	if (!cell) { goTo(entry()); return; }
	if (event.shiftKey && across) { extend(cell, across); return; }
	show(null);
	goTo(across ? beside(cell, across) : above(cell, down));
}

function onKey(event) {
	if (!table() || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
	const cell = cellOf(document.activeElement);
	if (event.key === 'Enter' && cell && chosen && chosen.head === cell.id) {
		event.preventDefault();
		open(table().dataset.roster, chosen);
	} else if (event.key === 'Escape' && chosen && !document.querySelector('aside.panel')) {
		event.preventDefault();
		event.stopImmediatePropagation();
		show(null);
	} else onArrow(event, cell);
}

// A kind's own link or key is about the days chosen, or about the cell that has the focus.
function onClick(event) {
	const link = event.target.closest?.('a[data-kind]');
	const cell = cellOf(document.activeElement);
	if (!link || !table() || event.ctrlKey || event.metaKey || event.shiftKey || (!chosen && !(cell && mayChoose(cell)))) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	open(link.href, chosen ?? { staff: rowOf(cell).dataset.staff, from: cell.dataset.from, to: cell.dataset.to });
}

// ---- by hand
function onDown(event) {
	const cell = cellOf(event.target);
	if (!cell || event.button !== 0 || !event.isPrimary || grip || !mayChoose(cell)) return;
	grip = { cell: cell.id, x: event.clientX, y: event.clientY, id: event.pointerId, touch: event.pointerType === 'touch' };
	if (grip.touch) grip.timer = setTimeout(lift, LONG_PRESS);
}

function lift() {
	grip.dragging = true;
	table().classList.add('choosing');
	if (grip.touch) navigator.vibrate?.(10);
	follow(grip.x);
}

function follow(x) {
	const anchor = document.getElementById(grip.cell), frame = table().closest('.scroll'), box = frame.getBoundingClientRect();
	if (x > box.right - EDGE) frame.scrollBy(SPEED, 0);
	else if (x < box.left + EDGE) frame.scrollBy(-SPEED, 0);
	const all = cells(rowOf(anchor));
	const under = all.find((cell) => { const { left, right } = cell.getBoundingClientRect(); return x >= left && x < right; });
	choose(anchor, under ?? (x < anchor.getBoundingClientRect().left ? all[0] : all.at(-1)));
}

function onMove(event) {
	if (!grip || event.pointerId !== grip.id) return;
	const far = Math.hypot(event.clientX - grip.x, event.clientY - grip.y);
	if (!grip.dragging && grip.touch) { if (far > TOUCH_SLACK) release(); return; }
	if (!grip.dragging && far < MOUSE_SLACK) return;
	if (!grip.dragging) lift();
	follow(event.clientX);
}

function release() {
	if (!grip) return false;
	const { dragging, timer } = grip;
	grip = null;
	clearTimeout(timer);
	table()?.classList.remove('choosing');
	return dragging;
}

function onUp(event) {
	if (!grip || event.pointerId !== grip.id || !release()) return;
	const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
	document.addEventListener('click', swallow, { capture: true, once: true });
	setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), 50);
	if (chosen) open(table().dataset.roster, chosen);
}

// What another browser changed comes in under the hand; every other answer ends the choice. Once the panel is gone, the
// keys go on in the cell where they were.
function onShown({ detail }) {
	if (!table()) return;
	show(detail?.keep ? chosen : null);
	rove(cellOf(document.activeElement) ?? entry());
	const cell = last && document.getElementById(last);
	if (cell && !detail?.keep && document.activeElement === document.body && !document.querySelector('aside.panel')) linkOf(cell).focus({ preventScroll: true });
}

export function startRoster() {
	document.addEventListener('keydown', onKey, { capture: true });
	document.addEventListener('click', onClick, { capture: true });
	document.addEventListener('pointerdown', onDown);
	document.addEventListener('pointermove', onMove);
	document.addEventListener('pointerup', onUp);
	document.addEventListener('pointercancel', () => { if (release()) show(null); });
	document.addEventListener('touchmove', (event) => { if (grip?.dragging) event.preventDefault(); }, { passive: false });
	document.addEventListener('dragstart', (event) => { if (cellOf(event.target)) event.preventDefault(); });
	document.addEventListener('contextmenu', (event) => { if (grip?.touch) event.preventDefault(); });
	document.addEventListener('focusin', (event) => { const cell = cellOf(event.target); if (cell) { last = cell.id; rove(cell); } });
	document.addEventListener('kontor:shown', onShown);
	if (table()) rove(entry());
}
