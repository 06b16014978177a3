#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return puts("schaufenster: the salon's book, to look at") < 0;
	return 2;
}
