/* statements_test.c: every SQL("…") of the program fits the schema. Linked with the whole program: sql_literals. */
#include "shop.h"

int main(void)
{
	struct shop s;
	char pattern[] = "/tmp/kontor-db-XXXXXX";
	shop_new(&s, pattern);
	struct out faults = { .arena = s.arena };
	CHECK_INT(db_prepare_all(s.db, &faults), 0);
	if (faults.s != NULL)
		printf("%s", faults.s);
	shop_close(&s);
	shop_remove(&s);
	return check_end();
}
