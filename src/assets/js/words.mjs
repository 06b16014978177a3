// words.mjs: the sentences the script says itself; the server wrote them, translated, into #words.
export function word(name, ...values) {
	const text = document.getElementById('words')?.dataset[name] ?? name;
	return values.reduce((so_far, value) => so_far.replace('%s', value), text);
}
