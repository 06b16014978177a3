/* journal_hash.c: how a record's hashes are made. A change here breaks every chain in the world. */
#include "db/journal_private.h"
#include "base/log.h"
#include <openssl/evp.h>
#include <string.h>

/* Every field goes in with its length before it, so that nothing can move from one field to the next;
 * a missing one has the length 2^64 - 1. Numbers are eight bytes, the highest first. */
static void hash_number(EVP_MD_CTX *context, uint64_t n, int *ok)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(n >> (56 - 8 * i));
	*ok &= EVP_DigestUpdate(context, bytes, sizeof bytes);
}

static void hash_bytes(EVP_MD_CTX *context, struct bytes b, int *ok)
{
	hash_number(context, b.at == NULL ? UINT64_MAX : b.n, ok);
	if (b.at != NULL && b.n > 0)
		*ok &= EVP_DigestUpdate(context, b.at, b.n);
}

static void hash_text(EVP_MD_CTX *context, str s, int *ok)
{
	hash_bytes(context, (struct bytes){ s, s == NULL ? 0 : strlen(s) }, ok);
}

static EVP_MD_CTX *begin(int *ok)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	*ok = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	return context;
}

static int finish(EVP_MD_CTX *context, int ok, unsigned char hash_r[HASH_BYTES])
{
	ok = ok && EVP_DigestFinal_ex(context, hash_r, NULL);
	EVP_MD_CTX_free(context);
	if (!ok)
		log_fault("a journal record's hash could not be made");
	return ok ? 0 : -1;
}

int journal_hash_payload(const struct journal_record *r, unsigned char hash_r[HASH_BYTES])
{
	int ok;
	EVP_MD_CTX *context = begin(&ok);
	if (ok) {
		hash_bytes(context, r->salt, &ok);
		hash_text(context, r->text, &ok);
		hash_bytes(context, r->payload, &ok);
	}
	return finish(context, ok, hash_r);
}

int journal_hash_record(const struct journal_record *r, unsigned char hash_r[HASH_BYTES])
{
	int ok;
	EVP_MD_CTX *context = begin(&ok);
	if (ok) {
		hash_bytes(context, r->prev, &ok);
		const int64_t numbers[] = { r->seq, r->at, r->user, r->subject, r->kind, r->undoes, r->no_undo };
		for (size_t i = 0; i < COUNT(numbers); i++)
			hash_number(context, (uint64_t)numbers[i], &ok);
		const str texts[] = { r->station, r->command, r->command_id, r->subject_kind };
		for (size_t i = 0; i < COUNT(texts); i++)
			hash_text(context, texts[i], &ok);
		hash_bytes(context, r->payload_hash, &ok);
	}
	return finish(context, ok, hash_r);
}
