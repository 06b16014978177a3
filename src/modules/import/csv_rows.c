#include "modules/import/csv_rows.h"
#include <string.h>

enum { MAX_CELLS = 300, MAX_QUOTED_LINES = 50, MAX_QUOTED = 20000 };

struct scan { struct arena *arena; const char *s; size_t n, at; int line; char separator; };

static bool at_break(const struct scan *s, size_t at)
{
	return at >= s->n || s->s[at] == '\n' || s->s[at] == '\r';
}

static void past_break(struct scan *s)
{
	if (s->at < s->n && s->s[s->at] == '\r' && s->at + 1 < s->n && s->s[s->at + 1] == '\n')
		s->at++;
	if (s->at < s->n)
		s->at++;
	s->line++;
}

/* Where the quoted cell that begins at `from` closes: before a separator or the row's end. 0: it does not. */
static size_t closing(const struct scan *s, size_t from, int *lines_r)
{
	int lines = 0;
	for (size_t i = from + 1; i < s->n && i < from + MAX_QUOTED && lines <= MAX_QUOTED_LINES; i++) {
		if (s->s[i] == '\n' || (s->s[i] == '\r' && (i + 1 >= s->n || s->s[i + 1] != '\n')))
			lines++;
		if (s->s[i] != '"')
			continue;
		if (i + 1 < s->n && s->s[i + 1] == '"') {
			i++;
			continue;
		}
		size_t after = i + 1;
		while (after < s->n && s->s[after] == ' ')
			after++;
		if (!at_break(s, after) && s->s[after] != s->separator)
			return 0;
		*lines_r = lines;
		return i;
	}
	return 0;
}

static const char *quoted(struct scan *s, size_t end)
{
	char *to = arena_buffer(s->arena, end - s->at);
	size_t n = 0;
	for (size_t i = s->at + 1; i < end; i++) {
		if (s->s[i] == '\r') {
			to[n++] = '\n';
			i += i + 1 < end && s->s[i + 1] == '\n';
		} else {
			to[n++] = s->s[i];
			i += s->s[i] == '"';
		}
	}
	to[n] = '\0';
	s->at = end + 1;
	while (s->at < s->n && s->s[s->at] == ' ')
		s->at++;
	return to;
}

static const char *cell(struct scan *s, struct csv_row *row)
{
	while (s->at < s->n && s->s[s->at] == ' ')
		s->at++;
	if (s->at < s->n && s->s[s->at] == '"') {
		int lines = 0;
		size_t end = closing(s, s->at, &lines);
		if (end > 0) {
			s->line += lines;
			return quoted(s, end);
		}
		row->broken = true;
	}
	size_t from = s->at;
	while (!at_break(s, s->at) && s->s[s->at] != s->separator)
		s->at++;
	size_t to = s->at;
	while (to > from && s->s[to - 1] == ' ')
		to--;
	return arena_copy(s->arena, s->s + from, to - from);
}

static bool row(struct scan *s, struct csv_row *row_r)
{
	struct { const char **at; size_t n, cap; } cells = { 0 };
	*row_r = (struct csv_row){ .line = s->line + 1 };
	bool filled = false;
	for (;;) {
		const char *one = cell(s, row_r);
		filled = filled || *one != '\0';
		if (cells.n < MAX_CELLS)
			*arena_push(s->arena, &cells) = one;
		if (at_break(s, s->at))
			break;
		s->at++;
	}
	past_break(s);
	row_r->cells = cells.at;
	row_r->n = cells.n;
	return filled;
}

/* The sign that occurs about equally often in most of the first lines, and most often. */
static char separator_of(const char *s, size_t n)
{
	static const char signs[] = ";,\t|";
	char best = ';';
	size_t best_score = 0;
	for (size_t k = 0; signs[k] != '\0'; k++) {
		size_t count = 0, usual = 0, same = 0, lines = 0;
		bool in_quotes = false;
		for (size_t i = 0; i <= n && lines < 60; i++) {
			char c = i < n ? s[i] : '\n';
			in_quotes = c == '"' ? !in_quotes : in_quotes && c != '\n' && c != '\r';
			count += c == signs[k] && !in_quotes;
			if (c != '\n' && c != '\r')
				continue;
			if (count > 0 && count == usual)
				same += count + 1;
			if (count > 0)
				usual = count;
			lines += count > 0;
			count = 0;
		}
		size_t score = same * 10 + (usual > 0);
		if (score > best_score) {
			best_score = score;
			best = signs[k];
		}
	}
	return best;
}

struct csv_rows csv_rows_split(struct arena *a, const char *text, size_t n)
{
	struct scan s = { .arena = a, .s = text, .n = n, .separator = separator_of(text, n) };
	struct csv_rows rows = { .separator = s.separator };
	if (n > 5 && strncmp(text, "sep=", 4) == 0) {        /* Excel's own hint */
		s.separator = rows.separator = text[4];
		while (!at_break(&s, s.at))
			s.at++;
		past_break(&s);
	}
	while (s.at < n) {
		struct csv_row one;
		if (row(&s, &one))
			*arena_push(a, &rows) = one;
	}
	return rows;
}
