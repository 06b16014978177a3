/* routes_print: the table of routes of the shop's program as JSON, [{"method": "GET", "path": "/book", "role": 1}, …], for
 * input.test.mjs. link: all */
#include "web/web.h"
#include <stdio.h>

int main(void)
{
	const char *before = "[";
	for (size_t m = 0; m < nmodules; m++)
		for (size_t i = 0; i < modules[m]->nroutes; i++) {
			const struct route *r = &modules[m]->routes[i];
			printf("%s\n{\"method\": \"%s\", \"path\": \"%s\", \"role\": %d, \"memory\": %s, \"setup\": %s}", before, r->method, r->path, r->role,
			    r->memory ? "true" : "false", r->setup ? "true" : "false");
			before = ",";
		}
	puts("\n]");
	return 0;
}
