// forms.mjs: reads the forms out of a page as a browser would send them, and finds all forms of a shop by following its links.
const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };
export const unescape = (text) => text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name) => (name[0] !== '#' ? entities[name] ?? whole
	: String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1)))));
const attributes = (tag) => Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name, value]) => [name, unescape(value ?? '')]));

function readSelect(tag, inside) {
	const options = [...inside.matchAll(/<option\b[^>]*>/g)].map(([option]) => attributes(option));
	const chosen = options.find((option) => 'selected' in option) ?? options[0];
	return { ...attributes(tag), kind: 'select', value: chosen?.value ?? '', options: options.map(({ value }) => value) };
}

function* controls(inside) {
	for (const [, tag, , name, area] of inside.matchAll(/(<(input|button|textarea|select)\b[^>]*>)(?:(?<=<(textarea|select)\b[^>]*>)([\s\S]*?)<\/\3>)?/g)) {
		if (name === 'select') yield readSelect(tag, area);
		else if (name === 'textarea') yield { ...attributes(tag), kind: 'textarea', value: unescape(area).replace(/^\n/, '') };
		else yield { type: 'text', ...attributes(tag), kind: tag.startsWith('<button') ? 'button' : 'input' };
	}
}

// All forms that post, each with its controls; a button with another action makes a form of its own.
export function formsOf(html) {
	const found = [];
	for (const [, tag, inside] of html.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/g)) {
		const { method = 'get', action = '', enctype } = attributes(tag), all = [...controls(inside)];
		const fields = all.filter(({ kind, name }) => kind !== 'button' && name), buttons = all.filter(({ kind, formmethod }) => kind === 'button' && formmethod !== 'get');
		const actions = new Set(buttons.map((button) => button.formaction ?? action));
		if (method === 'post') for (const to of actions.size ? actions : [action])
			found.push({ action: to, enctype, fields, buttons: buttons.filter((button) => (button.formaction ?? action) === to && button.name) });
	}
	return found;
}

// What is sent of a form that nobody touched; the first button is pressed.
export function valuesOf(form) {
	const sent = [];
	for (const field of form.fields) {
		if (field.type === 'file' || 'disabled' in field) continue;
		if ((field.type === 'checkbox' || field.type === 'radio') && !('checked' in field)) continue;
		sent.push([field.name, field.value ?? (field.type === 'checkbox' ? 'on' : '')]);
	}
	if (form.buttons[0] && !sent.some(([name]) => name === form.buttons[0].name)) sent.push([form.buttons[0].name, form.buttons[0].value ?? '']);
	return sent;
}

export const pattern = (path) => path.split('?')[0].replace(/\/\d+(?=\/|$)/g, '/#');
const SAME = 3; // pages of one pattern that are looked at

// Follows every link from `start` on; pages that differ by a number or by their query are looked at a few times only.
export async function crawl(browser, start) {
	const seen = new Set(), often = new Map(), waiting = [...start], forms = new Map();
	while (waiting.length) {
		const address = waiting.shift();
		if (seen.has(address)) continue;
		seen.add(address);
		const shape = pattern(address) + [...new URLSearchParams(address.split('?')[1] ?? '').keys()].sort().join('&');
		often.set(shape, (often.get(shape) ?? 0) + 1);
		if (often.get(shape) > SAME) continue;
		const answer = await browser.get(address);
		if (answer.status === 303) { waiting.push(answer.location); continue; }
		if (answer.status !== 200 || !answer.headers.get('content-type')?.startsWith('text/html')) continue;
		for (const form of formsOf(answer.text)) {
			const list = forms.get(pattern(form.action)) ?? [];
			if (list.length < SAME) forms.set(pattern(form.action), [...list, { ...form, page: address }]);
		}
		for (const [, href] of answer.text.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)"/g)) waiting.push(unescape(href));
	}
	return { forms, pages: seen.size };
}
