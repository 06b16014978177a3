#include "modules/import/found.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/csv_read.h"
#include "modules/import/encoding.h"
#include "modules/import/ical_read.h"
#include "modules/import/vcard_read.h"
#include <stdarg.h>
#include <string.h>
#include <strings.h>

enum { MAX_FAULTS = 20000 };

static void add(struct found *f, struct found_fault fault)
{
	if (f->faults.n >= MAX_FAULTS) {
		f->faults_left_out++;
		return;
	}
	if (fault.what != NULL)
		fault.what = text_cut(f->arena, text_clean(f->arena, fault.what, false), 80);
	*arena_push(f->arena, &f->faults) = fault;
}

void found_lost(struct found *f, const char *file, int line, const char *what, const char *why)
{
	add(f, (struct found_fault){ .file = file, .line = line, .what = what, .why = why, .lost = true });
}

void found_odd(struct found *f, const char *file, int line, const char *what, const char *why)
{
	add(f, (struct found_fault){ .file = file, .line = line, .what = what, .why = why });
}

void found_note(struct found *f, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	*arena_push(f->arena, &f->notes) = arena_vprintf(f->arena, fmt, ap);
	va_end(ap);
}

/* The first kilobytes tell a calendar and cards; everything else is taken for a list. */
static bool begins(const struct found_file *file, const char *begin)
{
	size_t n = strlen(begin), look = file->n < 4096 ? file->n : 4096;
	for (size_t i = 0; i + n <= look; i++)
		if (strncasecmp(file->bytes + i, begin, n) == 0 && (i == 0 || strchr("\r\n\xBF ", file->bytes[i - 1]) != NULL))
			return true;
	return false;
}

static bool binary(const struct found_file *file)
{
	static const char *const known[] = { "PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF", "!BDN", "SQLite format 3", "\x89PNG", "\xFF\xD8\xFF" };
	for (size_t i = 0; i < COUNT(known); i++)
		if (file->n >= strlen(known[i]) && memcmp(file->bytes, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

void found_read(struct found *f, const struct found_file *given, day today)
{
	struct found_file file = *given;
	if (binary(&file)) {
		found_lost(f, file.name, 0, file.name, _("This is no text file. Calendars are read as .ics, addresses as .vcf, lists as .csv: please export it as one of these."));
		return;
	}
	if (encoding_is_wide(file.bytes, file.n)) {
		struct encoding_text wide = encoding_utf8(f->arena, file.bytes, file.n);
		file.bytes = wide.s;
		file.n = wide.n;
	}
	if (begins(&file, "BEGIN:VCALENDAR") || begins(&file, "BEGIN:VEVENT"))
		ical_read(f, &file, today);
	else if (begins(&file, "BEGIN:VCARD"))
		vcard_read(f, &file, today);
	else
		csv_read(f, &file, today);
}
