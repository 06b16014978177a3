/* http_fuzz.c: any bytes as the head of a request: refused with a status, or understood: then whole, with a method, a path that
 * begins with a slash and holds no control, and a length that is none or a number. */
#include "base/log.h"
#include "post/http.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct http_head h;
	char *copy = malloc(n + 1);
	require(copy != NULL);
	memcpy(copy, bytes, n);
	size_t head = http_complete(copy, n);
	char *whole = head ? realloc(copy, head) : NULL;         /* not a byte more: what is read behind it is seen */
	if (whole) {
		copy = whole;
		int status = http_read(copy, head, &h);
		require(status == 0 || (status >= 400 && status <= 505));
		if (status == 0) {
			require(h.method && *h.method && h.path && *h.path == '/' && h.length >= -1);
			for (const char *s = h.path; *s; s++)
				require(*s > ' ' && *s < 0x7F);
		}
	}
	free(copy);
	return 0;
}
