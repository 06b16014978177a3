// ahead.mjs: a practised hand types faster than any server answers. Keys pressed while an answer is awaited
// that will move the focus are held, and then typed where the focus is by then.
import { pending } from './combo.mjs';
import { busy } from './swap.mjs';

const TEXT = 'input:not([type]), input[type=text], input[type=search], input[type=tel], input[type=email], input[type=password], textarea';
let held = [];
let replaying = false;

function mustHold(event) {
	if (replaying || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
	if (!(event.key.length === 1 || ['Enter', 'Escape', 'Backspace', 'Delete', 'ArrowDown', 'ArrowUp'].includes(event.key))) return false;
	return busy() || (pending() && (event.key === 'Enter' || held.length > 0));
}

function onKey(event) {
	if (!mustHold(event)) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	held.push(event.key);
}

function typeInto(field, key) {
	const end = field.selectionEnd ?? field.value.length;
	const start = key === 'Backspace' && field.selectionStart === end ? end - 1 : field.selectionStart ?? end;
	if (start < 0) return;
	field.setRangeText(key === 'Backspace' ? '' : key, start, end, 'end');
	field.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }));
}

// What the browser itself would do with this key.
function natively(at, key) {
	if (at.matches(TEXT) && (key.length === 1 || key === 'Backspace')) typeInto(at, key);
	else if (key === 'Enter' && at.matches('a[href], button, summary')) at.click();
	else if (key === 'Enter' && at.form) at.form.requestSubmit();
}

function replay() {
	while (held.length > 0 && !busy() && !(pending() && held[0] === 'Enter')) {
		const key = held.shift(), at = document.activeElement ?? document.body;
		const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
		replaying = true;
		if (at.dispatchEvent(event)) natively(at, key);
		replaying = false;
	}
}

export function startAhead() {
	document.addEventListener('keydown', onKey, { capture: true });
	document.addEventListener('kontor:idle', replay);
	document.addEventListener('kontor:failed', () => { held = []; });
}
