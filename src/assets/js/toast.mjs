// toast.mjs: one line for what the browser itself has to say: no answer, still waiting, connection lost.
import { word } from './words.mjs';

export function element(tag, properties = {}, ...children) {
	const made = Object.assign(document.createElement(tag), properties);
	made.append(...children);
	return made;
}

// Shows the line; with an action, a button that does it. A line of the same kind is replaced.
export function say(kind, text, action) {
	hush(kind);
	const line = element('p', { className: `toast say ${kind}`, id: `say-${kind}` }, `${text} `);
	line.setAttribute('role', kind === 'waiting' ? 'status' : 'alert');
	if (action) {
		const button = element('button', { type: 'button', className: 'btn', textContent: action.label });
		button.addEventListener('click', () => { hush(kind); action.run(); });
		line.append(button);
	}
	if (kind !== 'waiting') {
		const close = element('button', { type: 'button', className: 'btn x', textContent: '×' });
		close.setAttribute('aria-label', word('close'));
		close.addEventListener('click', () => hush(kind));
		line.append(close);
	}
	document.body.append(line);
}

export function hush(kind) {
	document.getElementById(`say-${kind}`)?.remove();
}
