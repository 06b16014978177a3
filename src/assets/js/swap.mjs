// swap.mjs: follows links and sends forms without leaving the page; morphs what the server answers.
import { Idiomorph } from 'idiomorph';
import { enter, isDoor, takeToken } from './door.mjs';
import { hush, say } from './toast.mjs';
import { word } from './words.mjs';

const PARTS = ['header.top', 'main', 'aside.panel', 'footer.foot', '.banner', ':is(.toast, form.vh):not(.say)'];
const PATIENCE = 300; // milliseconds until a line says that an answer is awaited
let current = null; // the fetch under way: a newer one ends it, unless it changes something

const OWN = '.say, dialog.keys, dialog.door-d, .go-f, .drag-ghost'; // made by the script: no answer knows of them
const isOurs = (node) => node instanceof Element && node.matches(OWN);

// The big pieces of a page mostly come again as they were: then they need no comparing node by node.
const PIECES = 'header.top, .top-l, .top-r, main, .whosel, .axis, section.col, footer.foot';
const made = new WeakMap(); // piece of the page → the text it was last made from

function isSame(old, incoming) {
	if (!(incoming instanceof Element && incoming.matches(PIECES))) return false;
	const text = incoming.outerHTML, same = made.get(old) === text;
	made.set(old, text);
	return same;
}

function morph(old, incoming, style, typing) {
	Idiomorph.morph(old, incoming, { morphStyle: style, ignoreActiveValue: Boolean(typing), restoreFocus: true, callbacks: {
		beforeNodeMorphed: (node, next) => !isOurs(node) && !isSame(node, next),
		beforeNodeRemoved: (node) => !isOurs(node),
		beforeAttributeUpdated: (name, node) => !(name === 'open' && node.matches('details')),
	} });
}

const dayOf = (part) => part.querySelector('.book')?.dataset.day;
const note = (root) => [root, ...root.querySelectorAll(PIECES)].forEach((piece) => made.set(piece, piece.outerHTML));

// Another day, another page: nothing of the old one is worth keeping, and new is quicker than morphed.
const isOther = (old, incoming) => old.matches('main') && (old.className !== incoming.className || dayOf(old) !== dayOf(incoming));

function renew(old, incoming) {
	note(incoming);
	old.replaceWith(incoming);
}

// Puts a part that came where it belongs; a part that is there already is morphed.
function placePart(selector, incoming, { keep, typing }) {
	const old = document.querySelector(`body > ${selector}`);
	if (keep && old?.matches(keep)) return;
	if (old && incoming && isOther(old, incoming)) renew(old, incoming);
	else if (old && incoming) morph(old, incoming, 'outerHTML', typing || keep);
	else if (old && selector !== 'header.top' && selector !== 'main') old.remove();
	else if (incoming) insertPart(selector, incoming);
}

function insertPart(selector, incoming) {
	const before = PARTS.slice(0, PARTS.indexOf(selector)).reverse()
		.map((name) => document.querySelector(`body > ${name}`)).find(Boolean);
	if (before) before.after(incoming); else document.body.append(incoming);
}

function bodyClass(parsed) {
	const main = parsed.querySelector('main');
	if (main?.dataset.body) document.body.className = main.dataset.body;
	else document.body.classList.toggle('with-panel', Boolean(document.querySelector('body > aside.panel')));
	if (main?.dataset.title) document.title = main.dataset.title;
}

function morphWhole(parsed) {
	document.title = parsed.title;
	document.documentElement.lang = parsed.documentElement.lang;
	for (const { name } of [...document.body.attributes]) if (!parsed.body.hasAttribute(name)) document.body.removeAttribute(name);
	for (const { name, value } of parsed.body.attributes) document.body.setAttribute(name, value);
	morph(document.body, parsed.body.innerHTML, 'innerHTML', false);
}

// True if the answer shows another day than the top bar that stayed.
function isStale(parsed) {
	if (parsed.querySelector('header.top')) return false;
	const came = parsed.querySelector('.book[data-day]')?.dataset.day;
	const stands = document.querySelector('header.top .date time')?.getAttribute('datetime');
	return Boolean(came && stands && came !== stands);
}

// The field the server wants typed in next: what asks comes first, then the panel, then the page.
function wanted() {
	const places = ['dialog[open]', '.ask', 'aside.panel', 'main'];
	return places.map((place) => document.querySelector(`${place} [autofocus]:not(:disabled)`)).find(Boolean);
}

function remember() {
	const panel = document.querySelector('aside.panel'), to = wanted();
	return { panel: panel?.dataset.panel ?? panel?.getAttribute('aria-label'), to: to?.id || to?.name || to?.textContent };
}

function takeFocus(before) {
	const now = remember(), to = wanted();
	if (to && (now.panel !== before.panel || now.to !== before.to)) {
		to.focus({ preventScroll: false });
		if (to instanceof HTMLInputElement && to.value) to.select();
	}
}

// Shows an answer. keep: selector of a part that must stay as it is; typing: the focus stays where it is.
export function show(text, { keep, typing } = {}) {
	const parsed = new DOMParser().parseFromString(text, 'text/html');
	const before = remember();
	const scroll = document.querySelector('#book')?.scrollTop;
	if (parsed.querySelector('nav.spine, body.bare') && !keep) morphWhole(parsed);
	else {
		if (isStale(parsed)) return false;
		const only = !parsed.querySelector('body > main'); // a part came alone: the rest stays
		const found = PARTS.map((selector) => [selector, parsed.querySelector(`body > ${selector}`)]).filter(([, part]) => part || !only);
		for (const [selector, incoming] of found) placePart(selector, incoming, { keep, typing });
		bodyClass(parsed);
	}
	if (scroll !== undefined && document.querySelector('#book')) document.querySelector('#book').scrollTop = scroll;
	if (!typing && !keep) takeFocus(before);
	document.dispatchEvent(new CustomEvent('kontor:shown', { detail: { keep, typing } }));
	return true;
}

function push(url, history, fragment) {
	if (history === 'none') return;
	const address = new URL(url);
	const same = address.href === location.href;
	window.history[history === 'replace' || same ? 'replaceState' : 'pushState']({ fragment }, '', address);
}

// Nobody was signed in any more, or somebody anew: once somebody is through the door, the very same is asked again.
async function again(page, url, request, mine) {
	const token = page.querySelector('form.again input[name=csrf]')?.value;
	end(mine);
	const fresh = token ?? await enter();
	if (token) takeToken(token);
	request.body?.set('csrf', fresh);
	await ask(url, { ...request, signal: undefined, tries: (request.tries ?? 0) + 1 });
}

async function receive(answer, url, request, mine) {
	const text = await answer.text();
	if (request.signal.aborted) return;
	hush('offline');
	const type = answer.headers.get('content-type') ?? '';
	if (!type.startsWith('text/html')) { location.assign(answer.url); return; }
	const page = new DOMParser().parseFromString(text, 'text/html');
	if (isDoor(page) && (request.tries ?? 0) < 3) { await again(page, url, request, mine); return; }
	if (show(text, request)) {
		push(answer.url, answer.status >= 400 ? 'none' : request.history, request.fragment);
	} else {
		end(mine);
		await ask(answer.url, { ...request, fragment: false, method: 'GET', body: undefined });
	}
}

// True while an answer is awaited that will move the focus: keys are held until then (ahead.mjs).
export const busy = () => Boolean(current && !current.typing);

function begin(request) {
	if (current?.changes) return null;
	current?.abort.abort();
	const abort = new AbortController();
	const mine = { abort, typing: request.typing, changes: request.method === 'POST' };
	current = mine;
	request.signal = abort.signal;
	mine.timer = setTimeout(() => say('waiting', word('waiting')), PATIENCE);
	return mine;
}

function end(mine) {
	clearTimeout(mine.timer);
	if (current !== mine) return;
	current = null;
	hush('waiting');
	document.dispatchEvent(new CustomEvent('kontor:idle'));
}

// Fetches url and shows the answer. request: method, body, fragment, history, typing, keep, headers.
export async function ask(url, { method = 'GET', ...rest } = {}) {
	const request = { method, ...rest };
	const mine = begin(request);
	if (!mine) return;
	try {
		const answer = await fetch(url, { method: request.method, body: request.body, signal: request.signal, redirect: 'follow',
			credentials: 'same-origin', headers: { ...(request.fragment ? { 'X-Fragment': '1' } : {}), ...request.headers } });
		await receive(answer, url, request, mine);
	} catch (error) {
		if (error.name === 'AbortError') return;
		const run = () => ask(url, { ...request, signal: undefined }); // the same fields: the command's id too
		say('offline', word(error instanceof TypeError ? 'offline' : 'stopped'), { label: word('again'), run });
		document.dispatchEvent(new CustomEvent('kontor:failed'));
		if (!(error instanceof TypeError)) throw error;
	} finally {
		end(mine);
	}
}

// A form's fields as they would be sent by this button.
export function fields(form, submitter) {
	return new FormData(form, submitter instanceof HTMLElement && submitter.getAttribute('name') ? submitter : undefined);
}

function encode(data, form) {
	if (form.enctype === 'multipart/form-data') return data;
	return new URLSearchParams([...data].filter(([, value]) => typeof value === 'string'));
}

function send(form, submitter) {
	const target = submitter?.dataset.swap ?? form.dataset.swap;
	const request = { fragment: target !== 'page', history: submitter?.dataset.history ?? form.dataset.history };
	const method = (submitter?.getAttribute('formmethod') ?? form.method).toUpperCase();
	const url = new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href, location.href);
	const data = fields(form, submitter);
	if (method === 'POST') { ask(url, { ...request, method: 'POST', body: encode(data, form) }); return; }
	const query = new URLSearchParams([...data].filter(([name, value]) => value !== '' && name !== 'csrf' && name !== 'command'));
	url.search = query;
	ask(url, request);
}

function onClick(event) {
	const link = event.target.closest?.('a[data-swap]');
	if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
	event.preventDefault();
	ask(link.href, { fragment: link.dataset.swap !== 'page', history: link.dataset.history });
}

function onSubmit(event) {
	const form = event.target, button = event.submitter;
	if (event.defaultPrevented || !(button?.dataset.swap ?? form.dataset.swap)) return;
	event.preventDefault();
	send(form, button);
}

export function startSwap() {
	note(document.body);
	document.addEventListener('click', onClick);
	document.addEventListener('submit', onSubmit);
	window.addEventListener('popstate', () => ask(location.href, { fragment: false, history: 'none' }));
}
