// keys.mjs: one key, one deed: presses what carries data-key, and lists all of them on "?".
import { element } from './toast.mjs';
import { word } from './words.mjs';

const FIELD = 'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]';
const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== 'hidden' && !node.disabled;

// Dialog before panel before main before the rest.
function rank(node) {
	const at = ['dialog[open]', '.ask', 'aside.panel', 'main'].findIndex((selector) => node.closest(selector));
	return at < 0 ? Infinity : at;
}

const keysOf = (node) => node.dataset.key.split(' ').filter(Boolean);

function carriers() {
	const modal = document.querySelector('dialog[open]');
	return [...(modal ?? document).querySelectorAll('[data-key]')].filter(shown);
}

function find(key) {
	return carriers().filter((node) => keysOf(node).includes(key)).reduce((best, node) => (!best || rank(node) < rank(best) ? node : best), undefined);
}

export function press(node) {
	if (node.matches(FIELD)) { node.focus(); node.select?.(); return; }
	if (node.matches('label')) { node.control?.focus(); return; }
	node.click();
}

// The name a page uses for this key, or null if it is none of ours.
function nameOf(event) {
	const { key } = event;
	if (event.isComposing || event.altKey || event.metaKey || key === undefined) return null;
	if (event.ctrlKey) return (event.shiftKey ? { z: 'redo' } : { z: 'u', y: 'redo', s: 'save', enter: 'save' })[key.toLowerCase()] ?? null;
	return key.length === 1 ? key.toLowerCase() : key;
}

function mayAct(event, name) {
	const at = document.activeElement;
	const single = (event.key.length === 1 && name !== 'save') || ['Delete', 'Backspace'].includes(name) || name.startsWith('Arrow');
	if (single && at?.matches?.(FIELD)) return false; // there Control+z takes back the typing
	if (name === 'Enter') return !at?.matches?.(`a[href]:not(.ap > [aria-current]), button, summary, [type=checkbox], [type=radio], ${FIELD}`);
	return true;
}

function onKey(event) {
	const name = nameOf(event);
	if (event.defaultPrevented || !name || !mayAct(event, name)) return;
	if (name === '?') { event.preventDefault(); list(); return; }
	const node = find(name), at = document.activeElement;
	if (name === 'Escape' && at?.matches?.(FIELD) && !(node && node.closest('aside, main, form, dialog')?.contains(at))) { at.blur(); return; }
	if (!node) return;
	event.preventDefault();
	press(node);
}

// ---- the list of keys
const ARROWS = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

function cap(key, node) {
	const written = node?.querySelector('kbd')?.textContent;
	const text = key === 'Escape' ? 'Esc' : ARROWS[key] ?? (key.length === 1 ? key.toUpperCase() : key === 'Delete' ? word('del') : written ?? key);
	return element('kbd', { textContent: text });
}

function label(node) {
	if (node.dataset.keyLabel) return node.dataset.keyLabel;
	if (node.getAttribute('aria-label')) return node.getAttribute('aria-label');
	if (node.matches(FIELD)) return node.labels?.[0]?.textContent.trim() ?? node.getAttribute('placeholder') ?? '';
	const copy = node.cloneNode(true);
	copy.querySelectorAll('kbd, svg, b').forEach((part) => { if (part.tagName !== 'B' || /^\d+$/.test(part.textContent)) part.remove(); });
	return copy.textContent.trim();
}

function rows() {
	const seen = new Map();
	for (const node of carriers().sort((a, b) => Math.min(9, rank(a)) - Math.min(9, rank(b)))) {
		for (const key of keysOf(node)) if (!seen.has(key) && label(node)) seen.set(key, node);
	}
	const list = [...seen].sort(([a], [b]) => a.length - b.length || a.localeCompare(b)).map(([key, node]) => [[key], label(node), node]);
	const table = document.querySelector('[data-moves]');
	if (document.querySelector('#book') || table) list.push([['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], table?.dataset.moves ?? word('move')]);
	if (table?.dataset.chooses) list.push([['Shift', 'ArrowLeft', 'ArrowRight'], table.dataset.chooses]);
	return list;
}

function list() {
	document.querySelector('dialog.keys')?.remove();
	const found = rows();
	const items = found.map(([keys, text, node]) => element('li', {}, ...keys.map((key) => cap(key, node)), element('span', { textContent: text })));
	const close = element('button', { className: 'btn', textContent: word('close') });
	close.append(element('kbd', { textContent: 'Esc' }));
	const dialog = element('dialog', { className: 'keys' }, element('header', {}, element('h2', { textContent: word('keys'), id: 'keys-h' }), close),
		found.length ? element('ul', {}, ...items) : element('p', { textContent: word('nokeys') }));
	dialog.setAttribute('aria-labelledby', 'keys-h');
	close.addEventListener('click', () => dialog.close());
	dialog.addEventListener('close', () => dialog.remove());
	document.body.append(dialog);
	dialog.showModal();
}

export function startKeys() {
	document.addEventListener('keydown', onKey);
	document.addEventListener('click', (event) => { if (event.target.closest?.('[data-keys]')) { event.preventDefault(); list(); } });
}
