// looks.mjs: the eight looks a page is seen in (size, light or dark), taking turns unless ALL_LOOKS is set, and what every page must be.
import { inaccessible, openPage } from './support.mjs';

const ENGLISH = /\b(Save|Cancel|Name missing|Delete|Back|Next|Previous|Search|Customer|Appointment|Settings|Today|Week|Month|Street|Phone|Remove|Until|Working hours|Opening hours|Yes|Unknown)\b/;
export const LOOKS = [['wide', false], ['phone', true], ['laptop', true], ['tablet', false], ['wide', true], ['phone', false], ['laptop', false], ['tablet', true]];

export const nameOf = ([size, dark]) => `${size}${dark ? '-dark' : ''}`;
export const turns = (index) => (process.env.ALL_LOOKS ? [...LOOKS.keys()] : [index % LOOKS.length]);
export const openLook = (browser, [size, dark]) => openPage(browser, { size, dark });

export async function openLooks(browser) {
	const pages = [];
	for (const look of LOOKS) pages.push(await openLook(browser, look));
	return pages;
}

// What is wrong with the page as it stands, as sentences. allowed: words of what the browser may complain of here.
export async function faults(page, name, allowed = []) {
	const found = (await inaccessible(page)).map((line) => `${name}: ${line}`);
	const seen = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
		headings: document.querySelectorAll('h1').length, text: document.body.innerText }));
	if (seen.wide > 0) found.push(`${name}: ${seen.wide} px wider than the screen`);
	if (seen.headings !== 1) found.push(`${name}: ${seen.headings} headings h1`);
	const english = seen.text.match(ENGLISH);
	if (english) found.push(`${name}: speaks English: ${english[0]}`);
	return found.concat(page.complaints.splice(0).filter((line) => !allowed.some((word) => line.includes(word))).map((line) => `${name}: ${line}`));
}
