// filter.mjs: the standard list shows, while one types, only the lines that hold what is typed; the server's filter on
// Enter stays what counts.
const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replaceAll('ß', 'ss');

function onInput(event) {
	const table = event.target.closest?.('.lst-h input[name=q]')?.closest('.lst')?.querySelector('table[data-filter]');
	if (!table) return;
	const wanted = fold(event.target.value.trim());
	for (const body of table.tBodies) {
		let any = false;
		for (const row of body.rows) {
			if (row.matches('.grp')) continue;
			row.hidden = !fold(row.textContent).includes(wanted);
			any ||= !row.hidden;
		}
		body.hidden = !any;
	}
}

export function startFilter() {
	document.addEventListener('input', onInput);
}
