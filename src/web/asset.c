/* asset.c -- finds an embedded file by its path. */
#include "web/assets.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *key, const void *member)
{
	return strcmp(key, ((const struct asset *)member)->path);
}

const struct asset *asset_find(const char *path)
{
	return bsearch(path, assets, asset_count, sizeof *assets, compare);
}

const char *asset_url(const char *path)
{
	const struct asset *found = asset_find(path);
	if (!found) {
		fprintf(stderr, "asset_url: no asset is called %s\n", path);
		abort();
	}
	return found->url;
}
