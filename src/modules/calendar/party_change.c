/* party_change.c: appointments that belong together. Only the shop's program links this file. */
#include "modules/calendar/party_change.h"
#include "db/db_write.h"

void party_change_join(struct db *db, int64_t first, int64_t other)
{
	db_run(db, SQL("UPDATE appointment SET party = id WHERE id = ? AND party IS NULL"), B(first));
	db_run(db, SQL("UPDATE appointment SET party = (SELECT party FROM appointment WHERE id = ?) WHERE id = ?"), B(first), B(other));
}
