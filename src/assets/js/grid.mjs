// grid.mjs: the book as one stop of the Tab key, in which arrows move; the ruler on the axis.
const STOPS = '.ap > a, .gap > a, .pick a, .ghost a, .axis li a, .col-n';
const MOVES = '.ap > a, .gap > a, .pick a';
const book = () => document.getElementById('book');

const top = (node) => node.getBoundingClientRect().top;
const inColumn = (column) => [...column.querySelectorAll(MOVES)].filter((node) => node.getClientRects().length > 0).sort((a, b) => top(a) - top(b));
const columns = () => [...book().querySelectorAll('section.col')].filter((column) => column.getClientRects().length > 0);

// What a column stands for: "staff", "place", "device".
export const axisOf = (column) => column.dataset.axis ?? book().dataset.axis ?? 'staff';

function ruler(node) {
	const axis = [...book().querySelectorAll('.axis li a')];
	const at = node ? top(node) + 2 : Infinity;
	for (const link of axis) {
		const box = link.getBoundingClientRect();
		link.classList.toggle('on', at >= box.top && at < box.bottom);
	}
}

// Exactly one link of the book is reached by Tab: the chosen one, the last visited, or the book itself.
function rove(to) {
	const root = book();
	if (!root) return;
	for (const node of root.querySelectorAll(STOPS)) if (node !== to) node.tabIndex = -1;
	if (to) to.tabIndex = 0;
	root.tabIndex = to ? -1 : 0;
}

function goTo(node) {
	if (!node) return;
	rove(node);
	node.focus({ preventScroll: true });
	node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// Where the arrows begin: the chosen appointment, else the first one that is still to come.
function entry() {
	const chosen = book().querySelector('.ap > a[aria-current]');
	if (chosen) return chosen;
	const now = document.getElementById('jetzt')?.getBoundingClientRect().top ?? -Infinity;
	const all = columns().flatMap(inColumn);
	return all.find((node) => node.getBoundingClientRect().bottom > now) ?? all[0];
}

function beside(node, step) {
	const all = columns();
	for (let i = all.indexOf(node.closest('.col')) + step; i >= 0 && i < all.length; i += step) {
		const near = inColumn(all[i]).reduce((best, other) =>
			(!best || Math.abs(top(other) - top(node)) < Math.abs(top(best) - top(node)) ? other : best), null);
		if (near) return near;
	}
	return null;
}

function onKey(event) {
	const root = book(), at = document.activeElement;
	if (!root || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
	if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(event.key)) return;
	const inside = root.contains(at) && at !== root && at.matches(MOVES);
	const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
	if (!inside && at !== root && !(at === document.body && vertical)) return;
	event.preventDefault();
	if (!inside) { goTo(entry()); return; }
	if (!vertical) { goTo(beside(at, event.key === 'ArrowRight' ? 1 : -1)); return; }
	const column = inColumn(at.closest('.col'));
	goTo(column[column.indexOf(at) + (event.key === 'ArrowDown' ? 1 : -1)]);
}

// In the rooms, V puts something into the column that the arrows are in: its link takes the column along.
function here(event) {
	const link = event.target.closest?.('a[data-here]'), column = document.activeElement?.closest?.('section.col');
	if (!link || !column || axisOf(column) === 'staff') return;
	const url = new URL(link.href);
	url.searchParams.set(axisOf(column), column.dataset.column);
	link.href = url;
}

export { ruler };

export function startGrid() {
	document.addEventListener('keydown', onKey, { capture: true });
	document.addEventListener('click', here, { capture: true });
	document.addEventListener('focusin', (event) => {
		if (!book()?.contains(event.target)) return;
		if (event.target.matches(MOVES)) { rove(event.target); ruler(event.target); }
	});
	document.addEventListener('focusout', (event) => { if (book()?.contains(event.target)) ruler(null); });
	const settle = () => rove(book()?.querySelector('.ap > a[aria-current]') ?? (book()?.contains(document.activeElement) ? document.activeElement : null));
	document.addEventListener('kontor:shown', settle);
	settle();
}
