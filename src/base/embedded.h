/* embedded.h: files that are part of the program. The tables are written by the build (tools/embed.c). */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H
#include <stddef.h>

struct embedded {
	const char *name;            /* without folders: "001_house.sql", "de.mo" */
	const char *bytes;           /* followed by a zero */
	size_t size;
};

extern const struct embedded schema_files[];                 /* src/db/schema/NNN_name.sql, in order of their numbers */
extern const size_t schema_files_count;
extern const struct embedded catalogues[];                   /* de.mo, for lang_load() */
extern const size_t catalogues_count;
extern const struct embedded word_list[];                   /* German diceware, 8192 lines, sorted; only where keys are held */
#endif
