/* embed: writes files as a C table (base/embedded.h).
 *     embed NAME file…    const struct embedded NAME[] and const size_t NAME_count, in the order given */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void bytes(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	size_t n = 0;
	printf("\t\t\"");
	for (int c; (c = getc(f)) != EOF; n++) {
		if (c == '\n')
			printf("\\n\"\n\t\t\"");
		else if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c >= ' ' && c < 127)
			putchar(c);
		else
			printf("\\%03o", (unsigned)c);
	}
	printf("\", %zu },\n", n);
	fclose(f);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: embed NAME file...\n");
		return 2;
	}
	printf("#include \"base/embedded.h\"\n\nconst struct embedded %s[] = {\n", argv[1]);
	for (int i = 2; i < argc; i++) {
		const char *slash = strrchr(argv[i], '/');
		printf("\t{ \"%s\",\n", slash != NULL ? slash + 1 : argv[i]);
		bytes(argv[i]);
	}
	printf("};\nconst size_t %s_count = %d;\n", argv[1], argc - 2);
	return 0;
}
