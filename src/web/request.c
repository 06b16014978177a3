#include "web/web.h"
#include "base/text.h"
#include <string.h>

const char *request_all(const struct request *r, const char *key, size_t i)
{
	for (size_t p = 0; p < r->nparams; p++)
		if (strcmp(r->params[p].key, key) == 0 && i-- == 0)
			return r->params[p].value;
	return NULL;
}

const char *request_get(const struct request *r, const char *key) { return request_all(r, key, 0); }
const char *request_lookup(void *request, const char *key) { return request_get(request, key); }

const struct param *request_file(const struct request *r, const char *key)
{
	for (size_t p = 0; p < r->nparams; p++)
		if (strcmp(r->params[p].key, key) == 0 && r->params[p].file && r->params[p].size > 0)
			return &r->params[p];
	return NULL;
}

int64_t request_int(const struct request *r, const char *key)
{
	const char *text = request_get(r, key);
	int64_t value;
	return text && read_int(text, &value) ? value : NONE;
}

day request_day(const struct request *r, const char *key)
{
	const char *text = request_get(r, key);
	day value;
	return text && read_day(text, r->today, &value) ? value : (day){ NONE };
}

daytime request_daytime(const struct request *r, const char *key)
{
	const char *text = request_get(r, key);
	daytime value;
	return text && read_daytime(text, &value) ? value : (daytime){ NONE };
}

bool request_yes(const struct request *r, const char *key)
{
	const char *text = request_get(r, key);
	return text && *text != '\0' && strcmp(text, "0") != 0;
}
