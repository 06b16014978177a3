// drag.mjs: moving an appointment by hand across time and columns, making it longer at its lower edge, and
// putting a parked one into the book. The server judges every target; dropping asks it for a confirmation.
import { axisOf, ruler } from './grid.mjs';
import { ask } from './swap.mjs';
import { element } from './toast.mjs';

const MOUSE_SLACK = 5, TOUCH_SLACK = 10; // pixels
const LONG_PRESS = 400; // milliseconds
const EDGE = 48, SPEED = 14; // pixels from the border where the book scrolls, pixels per frame
const ASK_PAUSE = 60; // milliseconds between targets before the server is asked

let grip = null; // what the pointer holds: pressed but perhaps not dragged yet
let checking = true; // false once the server says it does not judge

const book = () => document.getElementById('book');
const clock = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
const number = (node, name) => Number(getComputedStyle(node).getPropertyValue(name));

function columnAt(x) {
	const all = [...book().querySelectorAll('section.col')].filter((column) => column.getClientRects().length > 0);
	return all.find((column) => { const box = column.getBoundingClientRect(); return x >= box.left && x < box.right; });
}

// The minute of the day at this height of the page, on the raster.
function minuteAt(y, rounded = Math.round) {
	const body = book().querySelector('section.col .col-b').getBoundingClientRect();
	const rows = number(book(), '--rows'), from = number(book(), '--from');
	return 5 * (from + Math.min(rows, Math.max(0, rounded((y - body.top) / (body.height / rows)))));
}

// ---- picking up
function held(event) {
	const parked = event.target.closest?.('[data-parked]');
	if (parked && book()) return { appt: parked.dataset.parked, version: parked.dataset.version, minutes: Number(parked.dataset.minutes ?? 30), offset: 0, node: parked, dy: 0 };
	const node = event.target.closest?.('li.ap[data-appt]:not([data-fixed])');
	if (!node || !book()?.contains(node)) return null;
	const { appt, version, start, end, offset = '0' } = node.dataset;
	const resize = 'resize' in node.dataset && event.target === node;
	return { appt, version, start: Number(start), minutes: end - start, offset: Number(offset), node, resize,
		dy: event.clientY - node.getBoundingClientRect().top, home: node.closest('.col') };
}

function onDown(event) {
	if (event.button !== 0 || !event.isPrimary || grip) return;
	const found = held(event);
	if (!found) return;
	grip = { ...found, x: event.clientX, y: event.clientY, touch: event.pointerType === 'touch', id: event.pointerId };
	if (grip.touch) grip.timer = setTimeout(lift, LONG_PRESS);
	if (grip.resize) event.preventDefault();
}

function lift() {
	grip.dragging = true;
	grip.name = grip.node.querySelector('.nm, b')?.textContent ?? '';
	grip.ghost = element('li', { className: 'pick first drag-ghost' });
	grip.line = element('span');
	grip.ghost.append(grip.line);
	grip.node.classList.add('lifted');
	document.body.classList.add('dragging');
	if (grip.touch) navigator.vibrate?.(10);
	follow();
	grip.frame = requestAnimationFrame(scroll);
}

// ---- under the pointer
function target() {
	const column = grip.resize ? grip.home : columnAt(grip.x) ?? grip.column ?? grip.home;
	if (grip.resize) {
		const end = Math.max(grip.start + 5, minuteAt(grip.y));
		return { column, start: grip.start, end };
	}
	const start = minuteAt(grip.y - grip.dy);
	return { column, start, end: start + grip.minutes };
}

function follow() {
	const next = target();
	if (!next.column) return;
	if (next.column === grip.column && next.start === grip.at?.start && next.end === grip.at?.end) return;
	grip.column = next.column;
	grip.at = next;
	grip.ghost.style.setProperty('--r', next.start / 5);
	grip.ghost.style.setProperty('--n', Math.max(1, Math.ceil((next.end - next.start) / 5)));
	next.column.querySelector('.col-b').append(grip.ghost);
	grip.ghost.classList.remove('bad');
	grip.line.replaceChildren(element('b', { textContent: clock(next.start) }), `–${clock(next.end)} ${grip.name}`);
	ruler(grip.ghost);
	clearTimeout(grip.asking);
	if (checking) grip.asking = setTimeout(judge, ASK_PAUSE, grip);
}

function query(held) {
	const { at, column, home, appt, version, offset, resize } = held, day = book().dataset.day, axis = axisOf(column);
	const found = new URLSearchParams({ appt, day });
	if (version) found.set('version', version);
	if (resize) { found.set('end', clock(at.end)); return found; }
	found.set('start', clock(at.start - offset));
	found.set(axis, column.dataset.column);
	if (home && axisOf(home) === axis) found.set('from', home.dataset.column);
	if (axis !== 'staff') found.set('axis', 'place');
	return found;
}

async function judge(asked) {
	asked.abort?.abort();
	asked.abort = new AbortController();
	const at = asked.at;
	try {
		const answer = await fetch(`/book/check?${query(asked)}`, { signal: asked.abort.signal, credentials: 'same-origin' });
		if (answer.status === 404) { checking = false; return; }
		if (!answer.headers.get('content-type')?.startsWith('application/json')) return; // the door: dropping it will ask
		const verdict = await answer.json();
		if (grip !== asked || asked.at !== at) return;
		asked.ghost.classList.toggle('bad', !verdict.ok);
		asked.line.append(element('small', { textContent: verdict.text }));
	} catch {
		// No verdict: the server judges again at the drop.
	}
}

function scroll() {
	if (!grip?.dragging) return;
	const root = book(), box = root.getBoundingClientRect();
	const push = (at, low, high) => (at < low + EDGE ? -SPEED : at > high - EDGE ? SPEED : 0);
	const down = push(grip.y, box.top + 40, box.bottom), right = grip.resize ? 0 : push(grip.x, box.left + 40, box.right);
	if (down || right) { root.scrollBy(right, down); follow(); }
	grip.frame = requestAnimationFrame(scroll);
}

function onMove(event) {
	if (!grip || event.pointerId !== grip.id) return;
	const far = Math.hypot(event.clientX - grip.x, event.clientY - grip.y);
	if (!grip.dragging && grip.touch) { if (far > TOUCH_SLACK) release(); return; }
	if (!grip.dragging && far < MOUSE_SLACK) return;
	grip.x = event.clientX; grip.y = event.clientY;
	if (!grip.dragging) lift();
	follow();
}

// ---- putting down
function release() {
	if (!grip) return null;
	const was = grip;
	grip = null;
	clearTimeout(was.timer); clearTimeout(was.asking);
	cancelAnimationFrame(was.frame);
	was.abort?.abort();
	was.ghost?.remove();
	was.node.classList.remove('lifted');
	document.body.classList.remove('dragging');
	ruler(null);
	return was;
}

function onUp(event) {
	if (!grip || event.pointerId !== grip.id) return;
	const was = release();
	if (!was.dragging || !was.at) return;
	const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
	document.addEventListener('click', swallow, { capture: true, once: true });
	setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), 50);
	const stays = was.home === was.column && was.at.start === was.start && was.at.end === was.start + was.minutes;
	if (!stays) ask(`/book/move?${query(was)}`, { fragment: true });
}

export function startDrag() {
	document.addEventListener('pointerdown', onDown);
	document.addEventListener('pointermove', onMove);
	document.addEventListener('pointerup', onUp);
	document.addEventListener('pointercancel', release);
	document.addEventListener('touchmove', (event) => { if (grip?.dragging) event.preventDefault(); }, { passive: false });
	document.addEventListener('dragstart', (event) => { if (event.target.closest?.('.ap, [data-parked]')) event.preventDefault(); });
	document.addEventListener('contextmenu', (event) => { if (grip?.touch) event.preventDefault(); });
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape' && grip?.dragging) { event.preventDefault(); event.stopImmediatePropagation(); release(); }
	}, { capture: true });
}
