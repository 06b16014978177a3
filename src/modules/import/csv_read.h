/* csv_read.h: customer lists. Encoding and separator are found out, the heading may stand below other lines, German and
 * English headings are recognised; how each column was understood is listed in found.mappings. */
#ifndef IMPORT_CSV_READ_H
#define IMPORT_CSV_READ_H
#include "modules/import/found.h"

void csv_read(struct found *, const struct found_file *, day today);
#endif
