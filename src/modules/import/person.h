/* person.h: what cards and lists share in making a person of fields. */
#ifndef IMPORT_PERSON_H
#define IMPORT_PERSON_H
#include "modules/import/found.h"

/* "Kerber, Anna", "Dr. Anna Kerber", "Anna von der Heide" into title, first, last (only where those are empty). */
void person_split_name(struct arena *, struct found_person *, const char *name);
/* A number goes to mobile (015x, 016x, 017x, or said to be), then phone, then phone_other, then the note. */
void person_add_phone(struct arena *, struct found_person *, const char *number, bool mobile);
void person_add_note(struct arena *, struct found_person *, const char *label, const char *text);
/* Takes it, naming it by company, phone or mail if it has no name. false: nothing at all is in it. */
bool person_done(struct found *, struct found_person *);

enum person_date { PERSON_DATE_NONE, PERSON_DATE_ISO, PERSON_DATE_GERMAN, PERSON_DATE_SLASH_DAY, PERSON_DATE_SLASH_MONTH, PERSON_DATE_NO_YEAR };
/* 03.02.1980, 3.2.80, 1980-02-03, 19800203, --0203, 02/03/1980; tells how it was read. slash_month: 02/03 is 3 February. */
enum person_date person_read_birthday(const char *, day today, bool slash_month, struct found_person *);
#endif
