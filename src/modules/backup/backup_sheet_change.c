/* backup_sheet_change.c: the only page that shows a key. Only the shop's program links this file; the words are in no database. */
#include "modules/backup/backup_sheet.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db_write.h"
#include "seal/words.h"
#include "web/icon.h"
#include <qrencode.h>
#include <stdlib.h>

enum { ASKED = 3 };
struct sheet { const char *words[WORDS], *shop, *name, *path; int size; };
struct asked { int place[ASKED]; const char *typed[ASKED], *fault[ASKED]; bool any; };

static bool load(struct request *r, struct sheet *s)
{
	struct seed seed;
	unsigned char shop[SHOP_BYTES];
	if (seed_load(r->arena, backup_data_folder(r->arena, r->db), &seed) != 0) {
		page_error(r, 500, _("The keys in the data folder can't be read. The program's log says why."));
		return false;
	}
	*s = (struct sheet){ .name = db_one_text(r->db, SQL("SELECT name FROM shop WHERE id = 1")) };
	words_of(r->arena, &seed, s->words);
	seal_shop(&seed, shop);
	s->shop = seal_hex(r->arena, shop, sizeof shop);
	return true;
}

/* The dark squares as one path, a unit each; they begin with a margin of four. */
static bool draw_code(struct arena *a, struct sheet *s)
{
	struct out text = { .arena = a }, path = { .arena = a };
	for (int i = 0; i < WORDS; i++)
		out_raw(&text, arena_printf(a, "%s%s", i ? " " : "", s->words[i]));
	QRcode *code = QRcode_encodeString8bit(text.s, 0, QR_ECLEVEL_M);
	if (code == NULL)
		return false;
	for (int y = 0; y < code->width; y++)
		for (int x = 0, n; x < code->width; x += n + 1) {
			for (n = 0; x + n < code->width && (code->data[y * code->width + x + n] & 1); n++)
				;
			if (n > 0)
				out_raw(&path, arena_printf(a, "M%d %dh%dv1h-%dz", x + 4, y + 4, n, n));
		}
	s->size = code->width + 8;
	s->path = path.s;
	QRcode_free(code);
	return true;
}

#include "gen/modules/backup/backup_sheet.html.h"

void backup_sheet(struct request *r, const struct route *route)
{
	struct sheet s;
	(void)route;
	if (!load(r, &s))
		return;
	require(draw_code(r->arena, &s));
	page_begin(r, &(struct page){ .title = _("Recovery sheet"), .section = "settings", .body_class = "bare paper", .bare = true });
	paper_html(&r->page, r, &s);
	page_end(r);
}

/* Three different ones, by chance. */
static void choose(struct request *r, struct asked *q)
{
	const char *chance = page_random(r);
	int left[WORDS];
	for (int i = 0; i < WORDS; i++)
		left[i] = i + 1;
	for (int i = 0; i < ASKED; i++) {
		char part[9] = { 0 };
		for (int k = 0; k < 8; k++)
			part[k] = chance[i * 8 + k];
		int at = (int)(strtoul(part, NULL, 16) % (unsigned long)(WORDS - i));
		q->place[i] = left[at];
		left[at] = left[WORDS - 1 - i];
	}
}

static void show(struct request *r, const struct asked *q)
{
	page_begin(r, &(struct page){ .title = _("Recovery sheet"), .section = "settings", .main_class = "sheet" });
	back_html(&r->page, r, q);
	page_end(r);
}

void backup_sheet_back(struct request *r, const struct route *route)
{
	struct asked q = { 0 };
	(void)route;
	choose(r, &q);
	show(r, &q);
}

/* The places stand in the form: whoever changes them only makes it harder for themselves, as long as they differ. */
static bool read_places(struct request *r, struct asked *q)
{
	for (int i = 0; i < ASKED; i++) {
		int64_t place;
		const char *typed = request_all(r, "place", (size_t)i);
		if (typed == NULL || !read_int(typed, &place) || place < 1 || place > WORDS)
			return false;
		q->place[i] = (int)place;
		for (int k = 0; k < i; k++)
			if (q->place[k] == q->place[i])
				return false;
	}
	return true;
}

static void judge(struct request *r, const struct sheet *s, struct asked *q)
{
	for (int i = 0; i < ASKED; i++) {
		const char *typed = request_all(r, "word", (size_t)i);
		q->typed[i] = typed ? typed : "";
		if (text_empty(typed))
			q->fault[i] = arena_printf(r->arena, _("Word %d: still missing."), q->place[i]);
		else if (!text_equal(text_fold(r->arena, typed), s->words[q->place[i] - 1]))
			q->fault[i] = arena_printf(r->arena, _("Word %d: “%s” does not stand on the sheet there."), q->place[i], typed);
		q->any |= q->fault[i] != NULL;
	}
}

void backup_sheet_save(struct request *r, const struct route *route)
{
	struct sheet s;
	struct asked q = { 0 };
	(void)route;
	if (!load(r, &s))
		return;
	if (!read_places(r, &q)) {
		choose(r, &q);
		q.any = true;
	} else {
		judge(r, &s, &q);
	}
	if (q.any) {
		r->status = 422;
		show(r, &q);
		return;
	}
	db_run(r->db, SQL("INSERT INTO backup_sheet(shop, staff, at) VALUES (?1, ?2, ?3)"), B(s.shop), B(r->user), B(r->now));
	db_command_text(r->db, _("Recovery sheet read back"));
	live_publish(r, "backup", 0);
	page_redirect(r, "/backup");
}
