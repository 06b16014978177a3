/* import_fuzz.c: libFuzzer's entry to the readers of foreign files. tests/fuzz/run.sh builds and runs it. */
#include "base/date.h"
#include "modules/import/found.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (getenv("TZ") == NULL)
		zone_set("Europe/Berlin");
	struct arena *a = arena_new();
	struct found f = { .arena = a };
	struct found_file file = { .name = "fuzz", .bytes = (const char *)bytes, .n = n };
	found_read(&f, &file, date_day(2026, 11, 23));
	arena_free(a);
	return 0;
}
