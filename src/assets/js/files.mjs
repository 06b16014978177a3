// files.mjs: the names of the files that were chosen, in the element that data-files names. Choosing and sending need no script.
function show(field) {
	const place = document.getElementById(field.dataset.files);
	if (!place) return;
	place.dataset.none ??= place.textContent;
	place.textContent = [...field.files].map((file) => file.name).join(', ') || place.dataset.none;
}

const showAll = () => document.querySelectorAll('input[data-files]').forEach(show);

export function startFiles() {
	document.addEventListener('change', (event) => { if (event.target.matches?.('input[data-files]')) show(event.target); });
	window.addEventListener('pageshow', showAll);    // coming back, the browser may remember what was chosen
}
