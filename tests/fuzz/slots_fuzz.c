/* slots_fuzz.c: any bytes as a question to kontor slots: understood, or a sentence. */
#include "base/lang.h"
#include "programs/kontor_slots.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *arena;
	struct slots_question q;
	if (arena == NULL)
		arena = arena_new();
	lang_use(LANG_EN);
	const char *wrong = slots_question_read(arena, (const char *)bytes, n, &q);
	if (wrong == NULL && (q.nservices == 0 || q.nservices > QUESTION_SERVICES || q.nwhy > QUESTION_WHY || q.lead < 0 || q.not_before.start < 0 || q.not_after.start > 1440 || (!q.all && q.best < 1)))
		abort();
	if (wrong != NULL && *wrong == '\0')
		abort();
	arena_reset(arena);
	return 0;
}
