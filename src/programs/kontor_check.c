#include "programs/kontor_shop.h"
#include "base/lang.h"
#include "db/check_write.h"
#include <stdio.h>

int shop_check(const char *dir)
{
	struct arena *arena = arena_new();
	struct out faults = { .arena = arena };
	int n = check_data_folder(dir, &faults);
	if (faults.len > 0)
		fputs(faults.s, stdout);
	if (n == 0)
		puts(_("No faults: file, references, change log and its replay agree."));
	else if (n < 0)
		puts(_("The data folder could not be read to the end."));
	arena_free(arena);
	return n == 0 ? 0 : 1;
}
