// now.mjs: the now-line, each minute, by a jump. The time of day is the server's; the browser only counts on.
let seen = null; // { text, minute, since }

const clock = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

function read(line) {
	const text = line.querySelector('time').textContent.trim();
	if (seen?.text !== text) {
		const [hour, minute] = text.split(':').map(Number);
		seen = { text, minute: hour * 60 + minute, since: performance.now() };
	}
	return seen;
}

function step() {
	const line = document.getElementById('jetzt');
	if (!line) { seen = null; return; }
	const { minute, since } = read(line);
	const now = minute + Math.floor((performance.now() - since) / 60000);
	if (now === minute) return;
	line.style.setProperty('--r', now / 5);
	line.querySelector('time').textContent = clock(now);
	seen = { text: clock(now), minute, since };
}

// The book opens with the now-line in sight, a third from the top, unless an address asks for another place; where it is a list, with today.
function reveal() {
	const line = document.getElementById('jetzt'), book = document.getElementById('book');
	if (line && line.getClientRects().length === 0) book?.querySelector('.wk-now')?.scrollIntoView();
	else if (line && book && book.scrollHeight > book.clientHeight && book.scrollTop === 0) {
		book.scrollTop = Math.max(0, line.offsetTop - book.clientHeight / 3);
	}
}

export function startNow() {
	step();
	reveal();
	setInterval(step, 5000);
	document.addEventListener('kontor:shown', step);
}
