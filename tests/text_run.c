/* text_run: runs text tests (text_lines.h), each file in a fresh shop; before them the inspector over every entity and the
 * preparation of every SQL literal. */
#include "text_lines.h"

/* ---- the house itself ---- */

static void inspect(void)
{
	struct shop s;
	open_shop(&s);
	struct out complaints = { .arena = s.arena };
	for (size_t m = 0; m < nmodules; m++)
		for (size_t i = 0; i < modules[m]->nentities; i++)
			*(entity_inspect(s.writer, modules[m]->entities[i], &complaints) ? &failed : &passed) += 1;
	*(db_prepare_all(s.writer, &complaints) ? &failed : &passed) += 1;
	if (complaints.len > 0)
		printf("%s", complaints.s);
	close_shop(&s);
}

int main(int argc, char **argv)
{
	text_begin();
	inspect();
	for (int i = 1; i < argc; i++)
		run_file(argv[i]);
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}
