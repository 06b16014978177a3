/* letter.h: what a customer's or a new phone's browser sends the shop, through hands that cannot read it. Sealed, each letter
 * is of the same size. No letter carries a duration or a price. */
#ifndef SEAL_LETTER_H
#define SEAL_LETTER_H
#include "seal/document.h"
#include "seal/hpke.h"

enum { MSGID = 16, LETTER_PLAIN = 2048, LETTER_SEALED = LETTER_PLAIN + HPKE_MORE, LETTER_ID = 32 };
enum letter_kind { LETTER_REQUEST, LETTER_ANSWER, LETTER_CONFIRM, LETTER_WITHDRAW, LETTER_ENROL };
enum letter_part { PART_ANY, PART_MORNING, PART_NOON, PART_EVENING };

struct letter_service { uint64_t id; };
struct letter_wish { uint64_t year, month, mday; int part; };                /* year 2000 to 2199; a date that may not exist */

struct letter {
	int kind;
	uint8_t msgid[MSGID];                        /* made once by the browser, kept when it tries again */
	uint64_t made;
	struct { struct letter_service *at; size_t n, cap; } services;
	struct { struct letter_wish *at; size_t n, cap; } wishes;
	uint64_t staff;                              /* 0: anyone */
	str name, phone, mail, note;
	int lang, known;
	uint8_t status[16];                          /* the token behind whose hash the answer will lie; zeros: none */
	uint8_t replykey[HPKE_KEY];                  /* what the answer is sealed to; of an enrolment, the phone's key */
	uint64_t choice;                             /* of an answer: the proposal, 1 to 3; 0: none of them */
	uint8_t secret[16];                          /* of an enrolment: from the QR code */
	uint64_t consent;                            /* the version that was agreed to; 0: none */
};
extern const struct document_type letter_type;

/* Form, and what each kind must have. */
enum refusal letter_read(struct arena *, struct bytes, struct letter *l_r) MUST_USE;
/* REFUSED_SIZE: its text is longer than LETTER_PLAIN bytes. REFUSED_SEAL: reqkey is no usable key. */
enum refusal letter_seal(struct arena *, const struct letter *, const uint8_t reqkey[HPKE_KEY], const uint8_t shop[SHOP_ID],
    uint8_t sealed_r[LETTER_SEALED]) MUST_USE;
enum refusal letter_open(struct arena *, struct bytes sealed, const struct hpke_pair *, const uint8_t shop[SHOP_ID],
    struct letter *l_r) MUST_USE;
/* Under what the letter box keeps it: who does not know the msgid cannot take its place. */
void letter_id(const uint8_t msgid[MSGID], uint8_t id_r[LETTER_ID]);
#endif
