/* tmplc: turns an HTML template into C.
 *     tmplc page.html page.html.h
 *   {{ expression }}   put(o, expression): escaped, and formatted by its type
 *   {% any C %}        stays C
 *   everything else    is copied to the page; indentation and lines that hold only C leave one line feed
 * #line marks keep compiler and debugger on the template's own lines.
 *
 * Escaping for text is right in text and in a quoted attribute, and nowhere else. So the markup is followed through the
 * states of a (small) HTML tokenizer, and a value at any other place is refused with file and line, as is all that the
 * content security policy would refuse in the browser: inline scripts, styles and handlers. Branches of C are read one
 * after the other, as they stand; a template whose branches leave a tag open differently is not understood. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum state {
	TEXT, OPENED, TAG_NAME, BETWEEN, ATTRIBUTE, AFTER_ATTRIBUTE, BEFORE_VALUE, DOUBLE, SINGLE, UNQUOTED, END_TAG,
	COMMENT, DECLARATION, SCRIPT
};

struct template {
	const char *file, *text, *at;
	int line;
	int depth;                   /* braces of C open: markup outside of a function would be no C */
	enum state state;
	char tag[32], attribute[48]; /* in lower case, cut when longer */
	size_t tag_length, attribute_length;
	size_t value_length;         /* of this attribute's value so far; code and expressions count as one */
	bool keep_blanks;            /* in <pre> and <textarea> */
	FILE *to;
};

static _Noreturn __attribute__((format(printf, 2, 3))) void refuse(const struct template *t, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", t->file, t->line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void name_add(char *name, size_t size, size_t *length, char c)
{
	if (*length + 1 < size)
		name[(*length)++] = (char)tolower((unsigned char)c);
	name[*length] = '\0';
}

/* ---- the tokenizer: one byte of markup at a time ---- */

static void attribute_begins(struct template *t, char c)
{
	t->state = ATTRIBUTE;
	t->attribute_length = t->value_length = 0;
	name_add(t->attribute, sizeof t->attribute, &t->attribute_length, c);
}

static void attribute_named(struct template *t)
{
	if (strcmp(t->attribute, "style") == 0)
		refuse(t, "inline style: write a class and a rule in a stylesheet");
	if (strncmp(t->attribute, "on", 2) == 0 || strncmp(t->attribute, "hx-on", 5) == 0)
		refuse(t, "handler attribute %s: write it in a module under src/assets", t->attribute);
}

static void tag_named(struct template *t)
{
	if (strcmp(t->tag, "style") == 0)
		refuse(t, "inline style: write a class and a rule in a stylesheet");
}

static void tag_ends(struct template *t)
{
	t->state = strcmp(t->tag, "script") == 0 ? SCRIPT : TEXT;
	if (strcmp(t->tag, "pre") == 0 || strcmp(t->tag, "textarea") == 0)
		t->keep_blanks = true;
}

static void in_tag(struct template *t, char c)
{
	if (c == '>')
		tag_ends(t);
	else if (isspace((unsigned char)c) || c == '/')
		t->state = t->state == AFTER_ATTRIBUTE && c != '/' ? AFTER_ATTRIBUTE : BETWEEN;
	else if (c == '=' && t->state == AFTER_ATTRIBUTE)
		t->state = BEFORE_VALUE;
	else
		attribute_begins(t, c);
}

static void in_attribute(struct template *t, char c)
{
	if (c != '=' && c != '>' && c != '/' && !isspace((unsigned char)c)) {
		name_add(t->attribute, sizeof t->attribute, &t->attribute_length, c);
		return;
	}
	attribute_named(t);
	t->state = AFTER_ATTRIBUTE;
	in_tag(t, c);
}

static void in_value(struct template *t, char c)
{
	if ((t->state == DOUBLE && c == '"') || (t->state == SINGLE && c == '\'')) {
		t->state = BETWEEN;
	} else if (t->state == UNQUOTED && (c == '>' || isspace((unsigned char)c))) {
		t->state = BETWEEN;
		in_tag(t, c);
	} else if (t->value_length++ == 0 && strncasecmp(t->at, "javascript:", 11) == 0) {
		refuse(t, "javascript: address: write it in a module under src/assets");
	}
}

static void before_value(struct template *t, char c)
{
	if (isspace((unsigned char)c))
		return;
	t->state = c == '"' ? DOUBLE : c == '\'' ? SINGLE : UNQUOTED;
	if (t->state == UNQUOTED)
		in_value(t, c);
}

static void opened(struct template *t, char c)
{
	t->tag_length = 0;
	t->tag[0] = '\0';
	if (strncmp(t->at, "!--", 3) == 0)
		t->state = COMMENT;
	else if (c == '!' || c == '?')
		t->state = DECLARATION;
	else if (c == '/')
		t->state = END_TAG;
	else if (isalpha((unsigned char)c))
		t->state = TAG_NAME;
	else
		refuse(t, "a lone <: write &lt;");
	if (t->state == TAG_NAME)
		name_add(t->tag, sizeof t->tag, &t->tag_length, c);
}

static void in_name(struct template *t, char c)
{
	if (c != '>' && c != '/' && !isspace((unsigned char)c)) {
		name_add(t->tag, sizeof t->tag, &t->tag_length, c);
		return;
	}
	tag_named(t);
	t->state = BETWEEN;
	in_tag(t, c);
}

static void in_end_tag(struct template *t, char c)
{
	if (c != '>') {
		name_add(t->tag, sizeof t->tag, &t->tag_length, c);
		return;
	}
	t->state = TEXT;
	if (strcmp(t->tag, "pre") == 0 || strcmp(t->tag, "textarea") == 0)
		t->keep_blanks = false;
}

static void in_script(struct template *t, char c)
{
	if (strncasecmp(t->at, "</script", 8) == 0)
		t->state = OPENED;
	else if (!isspace((unsigned char)c))
		refuse(t, "inline script: write it in a module under src/assets");
}

static void follow(struct template *t, char c)
{
	switch (t->state) {
	case TEXT:            t->state = c == '<' ? OPENED : TEXT; break;
	case OPENED:          opened(t, c); break;
	case TAG_NAME:        in_name(t, c); break;
	case BETWEEN:
	case AFTER_ATTRIBUTE: in_tag(t, c); break;
	case ATTRIBUTE:       in_attribute(t, c); break;
	case BEFORE_VALUE:    before_value(t, c); break;
	case DOUBLE:
	case SINGLE:
	case UNQUOTED:        in_value(t, c); break;
	case END_TAG:         in_end_tag(t, c); break;
	case COMMENT:         t->state = c == '>' && t->at - t->text > 2 && strncmp(t->at - 2, "--", 2) == 0 ? TEXT : COMMENT; break;
	case DECLARATION:     t->state = c == '>' ? TEXT : DECLARATION; break;
	case SCRIPT:          in_script(t, c); break;
	}
}

/* ---- what may stand where ---- */

static bool address_attribute(const char *name)
{
	static const char *const names[] = {
		"href", "src", "action", "formaction", "poster", "srcset", "data", "xlink:href", "ping",
		"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* One call of a function that builds addresses, by its name: url_…(…), path_…(…), …_url(…), …_path(…). */
static bool address_call(const char *s, size_t n)
{
	while (n > 0 && isspace((unsigned char)*s))
		s++, n--;
	size_t name = 0;
	while (name < n && (isalnum((unsigned char)s[name]) || s[name] == '_'))
		name++;
	if (name == n || s[name] != '(')
		return false;
	return strncmp(s, "url_", 4) == 0 || strncmp(s, "path_", 5) == 0 || (name > 4 && strncmp(s + name - 4, "_url", 4) == 0) ||
	    (name > 5 && strncmp(s + name - 5, "_path", 5) == 0);
}

static void check_expression(struct template *t, const char *s, size_t n)
{
	if (t->depth == 0)
		refuse(t, "value outside of a function");
	switch (t->state) {
	case TEXT:
		return;
	case DOUBLE:
	case SINGLE:
		if (t->value_length == 0 && address_attribute(t->attribute) && !address_call(s, n))
			refuse(t, "%s begins with a value: begin it with / or with a call named url_… or …_path", t->attribute);
		t->value_length++;
		return;
	case UNQUOTED:
	case BEFORE_VALUE:
		refuse(t, "value in an unquoted attribute");
	case SCRIPT:
		refuse(t, "value in a script");
	case COMMENT:
		refuse(t, "value in a comment");
	case DECLARATION:
	case OPENED:
	case TAG_NAME:
	case END_TAG:
		refuse(t, "value in the name of a tag");
	case BETWEEN:
	case ATTRIBUTE:
	case AFTER_ATTRIBUTE:
		refuse(t, "value in the name of an attribute");
	}
}

/* Code may choose whole attributes and parts of quoted values, but not what a tag or an attribute is. */
static void check_code(struct template *t)
{
	if (t->state == UNQUOTED || t->state == BEFORE_VALUE)
		refuse(t, "code in an unquoted attribute");
	if (t->state == SCRIPT)
		refuse(t, "code in a script");
	if (t->state == OPENED || t->state == TAG_NAME || t->state == END_TAG || t->state == DECLARATION || t->state == COMMENT)
		refuse(t, "code in a tag's name or a comment");
	if (t->state == ATTRIBUTE) {
		attribute_named(t);
		t->state = AFTER_ATTRIBUTE;
	}
}

/* ---- writing ---- */

static size_t literal_byte(struct template *t, size_t written, char c)
{
	if (written == 0)
		fputs("out_bytes(o, \"", t->to);
	if (c == '\n')
		fputs("\\n", t->to);
	else if (c == '"' || c == '\\')
		fprintf(t->to, "\\%c", c);
	else
		fputc(c, t->to);
	return written + 1;
}

static bool blanks_matter(const struct template *t)
{
	return t->keep_blanks || t->state == DOUBLE || t->state == SINGLE || t->state == COMMENT;
}

/* A run of blanks with a line feed in it becomes one line feed; without, it stays as it is. */
static size_t blanks(struct template *t, size_t written)
{
	const char *begin = t->at;
	bool feed = false;
	int lines = 0;
	for (; isspace((unsigned char)*t->at); t->at++) {
		feed |= *t->at == '\n';
		lines += *t->at == '\n';
		if (t->state != TEXT)
			follow(t, ' ');
	}
	if (t->depth > 0 && feed)
		written = literal_byte(t, written, '\n');
	for (const char *p = begin; p < t->at && t->depth > 0 && !feed; p++)
		written = literal_byte(t, written, *p);
	t->line += lines;
	return written;
}

static void literal(struct template *t)
{
	size_t written = 0;
	while (*t->at != '\0' && strncmp(t->at, "{{", 2) != 0 && strncmp(t->at, "{%", 2) != 0) {
		if (isspace((unsigned char)*t->at) && !blanks_matter(t)) {
			written = blanks(t, written);
			continue;
		}
		if (t->depth == 0)
			refuse(t, "markup outside of a function");
		follow(t, *t->at);
		written = literal_byte(t, written, *t->at);
		t->line += *t->at++ == '\n';
	}
	if (written > 0)
		fprintf(t->to, "\", %zu);\n", written);
}

static const char *skip_quoted(const char *p, const char *end)
{
	char quote = *p++;
	while (p < end && *p != quote)
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p;
}

/* Braces of C, but not those in its strings and comments. */
static void count_braces(struct template *t, const char *p, const char *end)
{
	for (; p < end; p++) {
		if (*p == '"' || *p == '\'') {
			p = skip_quoted(p, end);
		} else if (strncmp(p, "/*", 2) == 0) {
			const char *close = strstr(p + 2, "*/");
			if (close == NULL || close >= end)
				refuse(t, "comment without an end");
			p = close + 1;
		} else if (strncmp(p, "//", 2) == 0) {
			while (p < end && *p != '\n')
				p++;
		} else if (*p == '{') {
			t->depth++;
		} else if (*p == '}' && --t->depth == 0 && t->state != TEXT) {
			refuse(t, "a tag is left open at the end of a function");
		}
	}
	if (t->depth < 0)
		refuse(t, "one } too many");
}

static void expression(struct template *t)
{
	const char *begin = t->at + 2, *end = strstr(begin, "}}");
	if (end == NULL)
		refuse(t, "{{ without }}");
	check_expression(t, begin, (size_t)(end - begin));
	fprintf(t->to, "#line %d \"%s\"\nput(o, (%.*s));\n", t->line, t->file, (int)(end - begin), begin);
	for (t->at = end + 2; begin < end; begin++)
		t->line += *begin == '\n';
}

/* A line that holds only code leaves nothing of itself. */
static bool alone(const struct template *t, const char *end)
{
	const char *before = t->at;
	while (before > t->text && (before[-1] == ' ' || before[-1] == '\t'))
		before--;
	while (*end == ' ' || *end == '\t')
		end++;
	return (before == t->text || before[-1] == '\n') && *end == '\n';
}

static void code(struct template *t)
{
	const char *begin = t->at + 2, *end = strstr(begin, "%}");
	if (end == NULL)
		refuse(t, "{%% without %%}");
	check_code(t);
	fprintf(t->to, "#line %d \"%s\"\n%.*s\n", t->line, t->file, (int)(end - begin), begin);
	count_braces(t, begin, end);
	bool whole_line = alone(t, end + 2);
	t->value_length++;
	for (t->at = end + 2; begin < end; begin++)
		t->line += *begin == '\n';
	while (whole_line && !blanks_matter(t) && isspace((unsigned char)*t->at))
		t->line += *t->at++ == '\n';
}

static void compile(struct template *t)
{
	while (*t->at != '\0') {
		if (strncmp(t->at, "{{", 2) == 0)
			expression(t);
		else if (strncmp(t->at, "{%", 2) == 0)
			code(t);
		else
			literal(t);
	}
	if (t->depth > 0)
		refuse(t, "a function without its end");
}

static char *read_whole(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t size = 0, n = 0;
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	do {
		size = size * 2 + 65536;
		text = realloc(text, size);
		if (text == NULL)
			abort();
		n += fread(text + n, 1, size - n - 1, f);
	} while (n == size - 1);
	text[n] = '\0';
	fclose(f);
	return text;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: tmplc page.html page.html.h\n");
		return 2;
	}
	char *text = read_whole(argv[1]), *result = NULL;
	size_t size = 0;
	struct template t = { .file = argv[1], .text = text, .at = text, .line = 1, .to = open_memstream(&result, &size) };
	if (t.to == NULL)
		abort();
	compile(&t);
	fclose(t.to);
	FILE *f = fopen(argv[2], "wb");
	if (f == NULL || fwrite(result, 1, size, f) != size || fclose(f) != 0) {
		perror(argv[2]);
		return 1;
	}
	free(result);
	free(text);
	return 0;
}
