#include "programs/options.h"
#include "base/lang.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

static const struct option_rule *rule_of(const struct options *o, const char *word)
{
	for (const struct option_rule *rule = o->rules; rule->name; rule++)
		if (strcmp(rule->name, word) == 0)
			return rule;
	return NULL;
}

bool options_right(const struct options *o)
{
	for (int i = 0; i < o->argc; i++) {
		if (strncmp(o->argv[i], "--", 2) != 0)
			continue;
		const struct option_rule *rule = rule_of(o, o->argv[i]);
		if (rule == NULL || (!rule->flag && i + 1 >= o->argc)) {
			fprintf(stderr, rule ? _("%s needs a value.\n") : _("%s is not known here.\n"), o->argv[i]);
			return false;
		}
		i += !rule->flag;
	}
	return true;
}

const char *options_get(const struct options *o, const char *name)
{
	for (int i = 0; i < o->argc; i++) {
		const struct option_rule *rule = rule_of(o, o->argv[i]);
		if (rule == NULL)
			continue;
		if (strcmp(rule->name, name) == 0)
			return rule->flag ? "" : o->argv[i + 1];
		i += !rule->flag;
	}
	return NULL;
}

bool options_number(const struct options *o, const char *name, int64_t least, int64_t most, int64_t *value_r)
{
	const char *text = options_get(o, name);
	int64_t value;
	if (text == NULL)
		return true;
	if (!read_int(text, &value) || value < least || value > most) {
		fprintf(stderr, _("%s: a whole number from %lld to %lld, please, not “%s”.\n"), name, (long long)least,
		    (long long)most, text);
		return false;
	}
	*value_r = value;
	return true;
}

const char *options_rest(const struct options *o, int n)
{
	for (int i = 0; i < o->argc; i++) {
		const struct option_rule *rule = rule_of(o, o->argv[i]);
		if (rule)
			i += !rule->flag;
		else if (n-- == 0)
			return o->argv[i];
	}
	return NULL;
}
