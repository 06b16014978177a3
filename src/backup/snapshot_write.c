#include "backup/snapshot_write.h"
#include "backup/store_write.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY ".copy-"
enum { PIECE = 1 << 20 };

int snapshot_head(struct db *db, struct snapshot *head_r)
{
	struct query q = db_query(db, SQL("SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"));
	bool found = db_step(&q);
	if (found) {
		size_t n;
		head_r->head = db_int(&q, 0);
		head_r->head_at = db_instant(&q, 1);
		const void *hash = db_blob(&q, 2, &n);
		found = n == HASH_SIZE;
		if (found)
			memcpy(head_r->head_hash, hash, HASH_SIZE);
	}
	db_done(&q);
	head_r->counts[0] = db_one(db, SQL("SELECT count(*) FROM appointment"));
	head_r->counts[1] = db_one(db, SQL("SELECT count(*) FROM customer"));
	head_r->counts[2] = db_one(db, SQL("SELECT count(*) FROM journal"));
	return found && !db_failed(db) ? 0 : -1;
}

/* The copy gets no name that could outlive us. */
static int copy(struct snapshot *s, const char *path)
{
	sqlite3 *to = NULL;
	int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000", NULL, NULL, NULL);
	sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", db_handle(s->db), "main") : NULL;
	if (b != NULL) {
		rc = sqlite3_backup_step(b, -1);
		s->npages = sqlite3_backup_pagecount(b);
		int end = sqlite3_backup_finish(b);
		rc = rc == SQLITE_DONE ? end : rc;
	} else if (rc == SQLITE_OK) {
		rc = sqlite3_errcode(to);
	}
	s->file = rc == SQLITE_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	sqlite3_close(to);
	(void)unlink(path);
	if (s->file < 0)
		log_fault("the database could not be copied for the backup: %s", rc == SQLITE_OK ? strerror(errno) : sqlite3_errstr(rc));
	return s->file < 0 ? -1 : 0;
}

typedef int piece_fn(void *about, const unsigned char *bytes, size_t n);

static int each_piece(int file, unsigned char hash_r[HASH_SIZE], piece_fn *piece, void *about)
{
	EVP_MD_CTX *sha = EVP_MD_CTX_new();
	require(sha != NULL && EVP_DigestInit_ex(sha, EVP_sha256(), NULL) == 1);
	struct arena *a = arena_new();
	unsigned char *bytes = arena_buffer(a, PIECE);
	ssize_t n = -1;
	for (off_t at = 0; (n = pread(file, bytes, PIECE, at)) > 0; at += n) {
		EVP_DigestUpdate(sha, bytes, (size_t)n);
		if (piece != NULL && piece(about, bytes, (size_t)n) != 0)
			break;
	}
	EVP_DigestFinal_ex(sha, hash_r, NULL);
	EVP_MD_CTX_free(sha);
	arena_free(a);
	return n == 0 ? 0 : -1;
}

int snapshot_hash(int file, unsigned char hash_r[HASH_SIZE]) { return each_piece(file, hash_r, NULL, NULL); }

struct naming { struct snapshot *s; const struct sealer *seal; int64_t page; };

static int name_pages(void *about, const unsigned char *bytes, size_t n)
{
	struct naming *all = about;
	size_t size = (size_t)all->s->page_size;
	for (; n >= size && all->page < all->s->npages; n -= size, bytes += size)
		seal_name(all->seal, bytes, size, all->s->names[all->page++]);
	return n == 0 ? 0 : -1;
}

static int read_copy(struct snapshot *s, const struct sealer *seal)
{
	unsigned char head[18];
	struct stat st;
	if (pread(s->file, head, sizeof head, 0) != (ssize_t)sizeof head || fstat(s->file, &st) != 0)
		return -1;
	s->page_size = head[16] << 8 | head[17];
	s->page_size = s->page_size == 1 ? 65536 : s->page_size;
	if (st.st_size != s->npages * s->page_size)
		return -1;
	s->names = arena_buffer(s->arena, (size_t)s->npages * PIECE_BYTES);
	struct naming all = { s, seal, 0 };
	return each_piece(s->file, s->hash, name_pages, &all) == 0 && all.page == s->npages ? 0 : -1;
}

int snapshot_take(struct snapshot *s, struct arena *a, const char *database, const char *scratch, const struct sealer *seal)
{
	*s = (struct snapshot){ .arena = a, .file = -1 };
	store_sweep_folder(scratch, COPY);                     /* what a copy that was killed left behind */
	s->db = db_open(a, database);
	if (s->db == NULL)
		return -1;
	db_use(s->db, a);
	db_begin_read(s->db);
	int rc = snapshot_head(s->db, s);
	if (rc == 0)
		rc = copy(s, arena_printf(a, "%s/" COPY "%d", scratch, (int)getpid()));
	db_end_read(s->db);
	if (rc == 0 && (rc = read_copy(s, seal)) != 0)
		log_fault("the copy for the backup could not be read: %s", strerror(errno));
	if (rc != 0)
		snapshot_free(s);
	return rc;
}

void snapshot_free(struct snapshot *s)
{
	if (s->file >= 0)
		close(s->file);
	db_close(s->db);
	s->file = -1;
	s->db = NULL;
}

bool snapshot_goes_on(struct snapshot *s, int64_t seq, const unsigned char hash[HASH_SIZE])
{
	size_t n = 0;
	db_use(s->db, s->arena);
	struct query q = db_query(s->db, SQL("SELECT hash FROM journal WHERE seq = ?1"), B(seq));
	const void *own = db_step(&q) ? db_blob(&q, 0, &n) : NULL;
	db_done(&q);
	return own != NULL && n == HASH_SIZE && memcmp(own, hash, HASH_SIZE) == 0;
}
