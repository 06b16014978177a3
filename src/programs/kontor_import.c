#include "programs/kontor_serve.h"
#include <stdio.h>

int kontor_import(const struct options *o)
{
	(void)o;
	fputs("kontor import: not part of this build\n", stderr);
	return 1;
}
