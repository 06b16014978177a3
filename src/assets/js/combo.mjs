// combo.mjs: a field that asks the server while one types, and a list that arrows walk through.
import { ask } from './swap.mjs';

const PAUSE = 30; // milliseconds after the last key
let timer = 0;
let unanswered = false;

// True while a typed letter's answer is awaited: Enter must not act on the list before it (ahead.mjs).
export const pending = () => unanswered;

function address(form) {
	const url = new URL(form.dataset.state ?? form.getAttribute('action'), location.href);
	const data = [...new FormData(form)].filter(([name, value]) => !['csrf', 'command'].includes(name) && typeof value === 'string' && value !== '');
	url.search = new URLSearchParams(data);
	return url;
}

function fetchState(field) {
	clearTimeout(timer);
	if (!field.form) return;
	ask(address(field.form), { fragment: true, history: 'replace', typing: true, headers: { 'X-Typed': field.name } });
}

function onInput(event) {
	const field = event.target;
	if (!field.matches?.('[data-combo]')) return;
	clearTimeout(timer);
	unanswered = true;
	if (field.matches('select, [type=checkbox], [type=radio]')) { fetchState(field); return; }
	timer = setTimeout(fetchState, PAUSE, field);
}

function items(field) {
	const list = document.getElementById(field.dataset.list);
	return list ? [...list.querySelectorAll(':scope > li')].filter((li) => li.querySelector('a, button')) : [];
}

const isCurrent = (li) => li.matches('[aria-current], .on') || Boolean(li.querySelector('a[aria-current]'));

function mark(all, chosen) {
	for (const li of all) {
		li.classList.toggle('on', li === chosen);
		const link = li.querySelector('a, button');
		link.removeAttribute('aria-current');
		if (li === chosen) li.setAttribute('aria-current', 'true'); else li.removeAttribute('aria-current');
	}
	chosen.scrollIntoView({ block: 'nearest' });
}

function walk(field, step) {
	const all = items(field);
	if (!all.length) return false;
	const at = all.findIndex(isCurrent);
	mark(all, all[Math.min(all.length - 1, Math.max(0, at + step))]);
	return true;
}

// Enter takes the chosen hit; without one, what the section offers; without that, the form goes.
function take(field) {
	const link = items(field).find(isCurrent)?.querySelector('a, button');
	const offer = link ?? (field.closest('.docket > li') ?? field.form).querySelector('[data-enter]');
	if (!offer) return false;
	offer.click();
	return true;
}

function onKey(event) {
	const field = event.target;
	if (!field.matches?.('input[data-combo]') || event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey) return;
	if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
		if (walk(field, event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
	} else if (event.key === 'Enter') {
		event.preventDefault();
		if (!take(field)) field.form?.requestSubmit();
	}
}

export function startCombo() {
	document.addEventListener('input', onInput);
	document.addEventListener('keydown', onKey);
	document.addEventListener('kontor:shown', () => { unanswered = false; });
	document.addEventListener('kontor:failed', () => { unanswered = false; });
}
