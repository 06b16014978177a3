/* vcard_read.h: address cards, vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as many as are in the file.
 * Read with our own reader on content_line.h: libical 3.0's vobject is a parser of 2.1 with one global state that gives
 * up a file at its first fault, and Debian has no other maintained one for C. */
#ifndef IMPORT_VCARD_READ_H
#define IMPORT_VCARD_READ_H
#include "modules/import/found.h"

void vcard_read(struct found *, const struct found_file *, day today);
#endif
