// live.mjs: what another browser changed comes in by itself, and is marked for two seconds.
import { check, enter } from './door.mjs';
import { busy, show } from './swap.mjs';
import { hush, say } from './toast.mjs';
import { word } from './words.mjs';

const KINDS = ['all', 'day', 'week', 'customer', 'inbox', 'request', 'waitlist', 'settings', 'roster', 'staff', 'service', 'service_group', 'place', 'place_class', 'device', 'skill', 'backup', 'lamp', 'calls'];
const MARKED = 2000; // milliseconds
const PATIENCE = 5000; // milliseconds without a connection until it is said
const RETRY = 2000; // milliseconds
let lostSince = null;
let again = false, running = false;
let answers = 0; // to what somebody asked for: what was fetched before one of them is older than it
let events = null;

const tokens = () => [...document.querySelectorAll('[data-live]')].flatMap((node) => node.dataset.live.split(' '));

function concerns(kind, id) {
	return tokens().some((token) => kind === 'all' || token === kind || token === `${kind}:${id}` || (kind === 'day' && token === id));
}

const typed = (root) => [...(root?.querySelectorAll('input, textarea, select') ?? [])].some((field) =>
	(field === document.activeElement && !field.matches('button')) || (field.type !== 'hidden' && 'defaultValue' in field && !field.matches('[type=checkbox], [type=radio]') && field.value !== field.defaultValue));

const texts = () => new Map([...document.querySelectorAll('[data-live] [id]')].map((node) => [node.id, `${node.className} ${node.textContent}`]));

function mark(before) {
	const changed = [...document.querySelectorAll('[data-live] [id]')].filter((node) => before.size > 0 && !node.matches('#jetzt, #jetzt *') &&
		before.get(node.id) !== `${node.className} ${node.textContent}`);
	for (const node of changed) node.classList.add('mark');
	setTimeout(() => changed.forEach((node) => node.classList.remove('mark')), MARKED);
}

async function refresh() {
	if (running || busy() || document.querySelector('.drag-ghost, .choosing')) { again = true; return; }
	if (typed(document.querySelector('main'))) return;
	running = true; again = false;
	try {
		const url = location.href, began = answers;
		const answer = await fetch(url, { headers: { 'X-Fragment': '1', 'X-Background': '1' }, credentials: 'same-origin' });
		if (answer.redirected && answer.url.includes('/login')) { enter(); return; }
		if (!answer.ok || url !== location.href || busy()) return;
		const before = texts(), text = await answer.text();
		if (answers !== began) { again = true; return; }
		show(text, { keep: typed(document.querySelector('aside.panel')) ? 'aside.panel, .toast, form.vh' : '.toast, form.vh' });
		mark(before);
	} catch {
		// The connection is gone: the event source says so below.
	} finally {
		running = false;
		if (again) setTimeout(refresh, 200);
	}
}

function arrived(event) {
	if (event.type === 'message') {
		const [kind, id] = event.data.split(/[ :]/);
		if (concerns(kind, id)) refresh();
	} else if (concerns(event.type, event.data)) refresh();
}

// There was an answer, but no events: perhaps the door.
async function refused() {
	events = null;
	if (!await check().catch(() => false)) setTimeout(listen, RETRY);
}

function lost() {
	if (events?.readyState === EventSource.CLOSED) { refused(); return; }
	if (lostSince) return;
	lostSince = Date.now();
	const since = new Date(lostSince).toTimeString().slice(0, 5);
	setTimeout(() => { if (lostSince) say('lost', word('lost', since)); }, PATIENCE);
}

function found() {
	if (lostSince) { hush('lost'); refresh(); }
	lostSince = null;
}

function listen() {
	events?.close();
	events = new EventSource('/events');
	for (const kind of [...KINDS, 'message']) events.addEventListener(kind, arrived);
	events.addEventListener('lock', enter);
	events.addEventListener('open', found);
	events.addEventListener('error', lost);
}

export function startLive() {
	if (!document.querySelector('nav.spine')) return;
	listen();
	document.addEventListener('kontor:shown', ({ detail }) => { if (!detail?.keep) answers++; });
	document.addEventListener('kontor:entered', () => { listen(); refresh(); });
	document.addEventListener('kontor:idle', () => { if (again) refresh(); });
	window.addEventListener('pagehide', () => events?.close());
}
