/* status.h: what became of a request, signed by the shop, for whoever holds the token. Each is of the same size. */
#ifndef SEAL_STATUS_H
#define SEAL_STATUS_H
#include "seal/document.h"
#include "seal/hpke.h"

enum { STATUS_BYTES = 2048, STATUS_BODY = 512 + HPKE_MORE, STATUS_TOKEN = 16, STATUS_ID = 32 };
enum status_state { STATUS_SEEN, STATUS_ASK, STATUS_PROPOSED, STATUS_ACCEPTED, STATUS_DECLINED, STATUS_WITHDRAWN, STATUS_EXPIRED };

struct status {
	uint8_t shop[SHOP_ID];
	uint8_t id[STATUS_ID];                       /* SHA-256 of the token */
	uint64_t seq;                                /* +1 with each one for this id */
	int state;
	uint64_t made;
	struct bytes body;                           /* sealed to the reply key, STATUS_BODY bytes; none without such a key */
	str pad;                                     /* set by status_write() */
	uint8_t sig[SIGN_BYTES];
};
extern const struct document_type status_type;

enum refusal status_write(struct out *, const struct status *, const uint8_t seed[SIGN_KEY]) MUST_USE;
/* Size and form, signature, shop. */
enum refusal status_read(struct arena *, struct bytes, const struct shop_key *, struct status *s_r) MUST_USE;
void status_id(const uint8_t token[STATUS_TOKEN], uint8_t id_r[STATUS_ID]);
#endif
