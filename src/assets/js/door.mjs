// door.mjs: nobody is signed in here any more (locked, or the program was started anew): the door opens over the page, which
// stays as it is with all that was typed. Once somebody is through, the page goes on with the new token.
import { element } from './toast.mjs';

let waiting = null; // the promise of the door that stands open

const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
export const isDoor = (page) => Boolean(page.querySelector('body.p-door section.door'));

// Every form of the page sends the token that the new session has.
export function takeToken(token) {
	for (const field of document.querySelectorAll('input[name=csrf]')) field.value = token;
}

function furnish(dialog, page) {
	const inside = document.importNode(page.querySelector('section.door'), true);
	dialog.replaceChildren(inside);
	const mine = document.querySelector('.who .kz')?.textContent; // after a restart only the page knows who was here
	const choices = [...inside.querySelectorAll('.pin-who label')];
	if (!inside.querySelector('.pin-who :checked')) choices.find((label) => label.querySelector('.kz').textContent === mine)?.control.click();
	dialog.setAttribute('aria-label', inside.querySelector('h1').textContent);
	inside.querySelector('[autofocus]')?.focus();
}

// The page of whoever is through the door now; a wrong try furnishes the door anew.
async function pass(dialog, url, options) {
	const answer = await fetch(url, { credentials: 'same-origin', ...options });
	const page = parse(await answer.text());
	if (isDoor(page) && !page.querySelector('form.again')) furnish(dialog, page); else return page;
	return null;
}

function through(page) {
	const token = page.querySelector('input[name=csrf]')?.value, top = page.querySelector('body > header.top');
	if (token) takeToken(token);
	if (top) document.querySelector('body > header.top')?.replaceWith(document.importNode(top, true));
	document.dispatchEvent(new CustomEvent('kontor:entered'));
	return token;
}

async function stand(dialog, done) {
	let open = false; // somebody is through
	const attempt = (url, options) => pass(dialog, url, options).then((page) => {
		if (!page || open) return;
		open = true;
		dialog.remove();
		done(through(page));
	}, () => {});
	// By way of the page itself: perhaps somebody came in on another tab meanwhile.
	const look = () => attempt(location.href, { headers: { 'X-Background': '1' } });
	const visible = () => { if (open) document.removeEventListener('visibilitychange', visible); else if (!document.hidden) look(); };
	document.addEventListener('visibilitychange', visible);
	dialog.addEventListener('keydown', (event) => { if (event.key === 'Escape') event.preventDefault(); });
	dialog.addEventListener('close', () => { if (!open) dialog.showModal(); }); // what is locked stays locked
	dialog.addEventListener('submit', (event) => {
		event.preventDefault();
		const form = event.target;
		if (form.dataset.asked) return;
		form.dataset.asked = 'yes';
		attempt(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).finally(() => { delete form.dataset.asked; });
	});
	dialog.addEventListener('click', (event) => {
		const link = event.target.closest('a');
		if (!link) return;
		event.preventDefault();
		attempt(link.href);
	});
	await look();
}

// Opens the door if it is what this page's address leads to now. True: it stood there.
export async function check() {
	const answer = await fetch(location.href, { credentials: 'same-origin', headers: { 'X-Background': '1' } });
	const locked = isDoor(parse(await answer.text()));
	if (locked) enter();
	return locked;
}

// Opens the door over the page; the new token when somebody is through it.
export function enter() {
	waiting ??= new Promise((done) => {
		const dialog = element('dialog', { className: 'door-d' });
		document.body.append(dialog);
		dialog.showModal();
		stand(dialog, done);
	}).finally(() => { waiting = null; });
	return waiting;
}
