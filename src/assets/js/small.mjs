// small.mjs: small helps that need no file of their own: PIN pad, going to a date, forms that send themselves.
import { ask } from './swap.mjs';
import { element } from './toast.mjs';
import { word } from './words.mjs';

function onPin(event) {
	const form = event.target.closest?.('form.pin'), button = event.target.closest?.('.pin-k button');
	if (!form || !button) return;
	event.preventDefault();
	const field = form.elements.pin;
	field.value = button.value === 'back' ? field.value.slice(0, -1) : field.value + button.value;
	full(form);
}

function full(form) {
	const digits = Number(form.dataset.digits);
	if (digits && form.elements.pin.value.length === digits) form.requestSubmit();
}

// "G": a field for a date opens at the link that leads to the page with the same field.
function onGo(event) {
	const link = event.target.closest?.('a[data-go]');
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	event.stopPropagation();
	document.querySelector('.go-f')?.remove();
	const field = element('input', { id: 'go-day', name: 'day', autocomplete: 'off', required: true });
	const hint = element('small', { id: 'go-hint', textContent: word('goHint') });
	field.setAttribute('aria-describedby', 'go-hint');
	const form = element('form', { className: 'go-f' }, element('label', { htmlFor: 'go-day', textContent: word('go') }), field, hint);
	form.addEventListener('submit', (sent) => {
		sent.preventDefault();
		ask(new URL(link.dataset.go + encodeURIComponent(field.value), location.href), { fragment: false });
		form.remove();
	});
	form.addEventListener('keydown', (pressed) => { if (pressed.key === 'Escape') { pressed.stopPropagation(); form.remove(); link.focus(); } });
	form.addEventListener('focusout', (left) => { if (!form.contains(left.relatedTarget)) setTimeout(() => form.remove(), 150); });
	document.body.append(form);
	const box = link.getBoundingClientRect();
	form.style.left = `${Math.max(8, Math.min(box.left || 80, innerWidth - 260))}px`;
	form.style.top = `${(box.bottom || 52) + 4}px`;
	field.focus();
}

function onChange(event) {
	const field = event.target;
	if (field.matches?.('[data-check-all]')) {
		for (const box of document.getElementsByName(field.dataset.checkAll)) box.checked = field.checked;
	} else if (field.matches?.('[data-send]')) field.form?.requestSubmit();
}

// A form that leaves the page can be sent once; one that is swapped is guarded by its command id.
function onSubmit(event) {
	const form = event.target;
	if (event.defaultPrevented || !form.matches('[data-once], form.pin')) return;
	if (form.dataset.sent) event.preventDefault();
	form.dataset.sent = 'yes';
}

// Who chose something in a sheet is done with it.
function onSheet(event) {
	if (event.target.closest?.('a, button')) event.target.closest('[popover]')?.hidePopover?.();
}

// In sight: whoever is shown in the strip of names, and what the panel is about, once when it opens.
let about = '';
function showWho() {
	document.querySelector('.whosel [aria-current], .wk-h [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
	const panel = document.getElementById('panel')?.dataset.panel ?? '', block = document.querySelector('.ap.sel, .pick.first');
	if (panel && panel !== about) block?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	about = block ? panel : '';
}

export function startSmall() {
	document.addEventListener('kontor:shown', showWho);
	showWho();
	document.addEventListener('click', (event) => { if (event.target.closest?.('[data-print]')) print(); });
	document.addEventListener('click', onSheet, { capture: true });
	document.addEventListener('click', onPin);
	document.addEventListener('click', onGo, { capture: true });
	document.addEventListener('input', (event) => { const form = event.target.closest?.('form.pin'); if (form) full(form); });
	document.addEventListener('change', onChange);
	document.addEventListener('submit', onSubmit);
	window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));
}
