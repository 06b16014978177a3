// theme.mjs: light, dark or as the system has it; a cookie tells the server, which writes data-theme.
const YEAR = 31536000; // seconds

function set(theme) {
	const chosen = theme === 'light' || theme === 'dark';
	document.cookie = `theme=${chosen ? theme : ''}; path=/; max-age=${chosen ? YEAR : 0}; samesite=strict`;
	if (chosen) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
	show();
}

function show() {
	const now = document.documentElement.dataset.theme ?? 'auto';
	for (const button of document.querySelectorAll('[data-theme-set]')) button.setAttribute('aria-pressed', String(button.dataset.themeSet === now));
}

export function startTheme() {
	document.addEventListener('click', (event) => {
		const button = event.target.closest?.('[data-theme-set]');
		if (button) { event.preventDefault(); set(button.dataset.themeSet); }
	});
	document.addEventListener('kontor:shown', show);
	show();
}
