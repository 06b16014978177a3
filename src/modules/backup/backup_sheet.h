/* backup_sheet.h: the recovery sheet on paper, and three of its words typed back. */
#ifndef BACKUP_SHEET_H
#define BACKUP_SHEET_H
#include "modules/backup/backup.h"
handler_fn backup_sheet, backup_sheet_back, backup_sheet_save;
#endif
