/* entity_test: the inspector finds each kind of slip; exports are safe; the second of two stale saves is refused. */
#include "base/log.h"
#include "check.h"
#include "db/db_write.h"
#include "entity/entity.h"
#include "entity/entity_write.h"
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

struct place_class { int64_t id, version; str name; int64_t sort; };
struct place { int64_t id, version; str name; ref class; int64_t sort; str note; bool active; };

#define ENTITY struct place_class
static const struct field class_fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .flags = REQUIRED | LISTED | SEARCHED),
	NUMBER(sort, .label = N_("Order"), .flags = ZERO),
};
#define WORDS .one = N_("Place"), .many = N_("Places and rooms"), .add = N_("New place"), .save = N_("Save place"), .none = N_("No place yet.")
#define RIGHTS .see = ROLE_STYLIST, .change = ROLE_OWNER
static const struct entity class_entity = { .name = "place_class", .path = "/place-class", WORDS, RIGHTS, ENTITY_FIELDS(class_fields) };
#undef ENTITY
#define ENTITY struct place
static const struct field fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .flags = REQUIRED | LISTED | SEARCHED),
	REF(class, .label = N_("Class"), .to = &class_entity, .flags = REQUIRED | LISTED),
	NUMBER(sort, .label = N_("Order"), .flags = ZERO),
	LONGTEXT(note, .label = N_("Note for the team"), .flags = PRIVATE | LISTED),
	YESNO(active, .label = N_("In use"), .initial = 1),
};
static const struct entity place_entity = { .name = "place", .path = "/place", WORDS, RIGHTS, ENTITY_FIELDS(fields) };

static struct db *db;
static struct arena *arena;

/* ---- the inspector ---- */

#define REFUSED(table, text, ...) refused(&(struct entity){ .name = "place", .path = "/place", WORDS, RIGHTS, __VA_ARGS__ \
	ENTITY_FIELDS(table) }, (text), __LINE__)

static void refused(const struct entity *e, const char *text, int line)
{
	struct out complaints = { .arena = arena };
	int n = entity_inspect(db, e, &complaints);
	if (n == 0 || strstr(complaints.s, text) == NULL)
		printf("line %d: wanted \"%s\", got: %s\n", line, text, complaints.s ? complaints.s : "nothing");
	CHECK(n > 0 && strstr(complaints.s, text) != NULL);
}

static void test_inspector(void)
{
	static const struct field missing[] = { TEXT(name, .label = N_("Name"), .flags = REQUIRED) };
	static const struct field no_label[] = { TEXT(name, .flags = REQUIRED) };
	static const struct field nullable[] = { LONGTEXT(note, .label = N_("Name"), .flags = REQUIRED) };
	static const struct field may_be_empty[] = { TEXT(name, .label = N_("Name")) };
	static const struct field wrong_type[] = { { .name = "name", .kind = FIELD_NUMBER, .at = 16, .label = N_("Name"), .flags = REQUIRED } };
	static const struct field no_column[] = { { .name = "nmae", .kind = FIELD_TEXT, .at = 16, .label = N_("Name") } };
	static const struct field no_target[] = { REF(class, .label = N_("Class"), .flags = REQUIRED) };
	static const struct field wrong_target[] = { REF(class, .label = N_("Class"), .to = &place_entity, .flags = REQUIRED) };
	static const struct field searched_number[] = { NUMBER(sort, .label = N_("Order"), .flags = ZERO | SEARCHED) };
	static const struct field no_choices[] = { CHOICE(sort, .label = N_("Order"), .flags = REQUIRED) };
	struct out complaints = { .arena = arena };
	CHECK_INT(entity_inspect(db, &place_entity, &complaints), 0);
	CHECK_INT(entity_inspect(db, &class_entity, &complaints), 0);
	REFUSED(missing, "place.class: a column that no field describes");
	REFUSED(no_label, "place.name: has no label");
	REFUSED(nullable, "place.note: required, but the column allows NULL");
	REFUSED(may_be_empty, "place.name: the column needs a value");
	REFUSED(wrong_type, "place.name: the column is TEXT, the field needs INTEGER");
	REFUSED(no_column, "place.nmae: the table has no such column");
	REFUSED(no_target, "place.class: points to no entity");
	REFUSED(wrong_target, "place.class: the schema has no foreign key to place");
	REFUSED(searched_number, "only texts are searched");
	REFUSED(no_choices, "place.sort: has no choices");
	refused(&(struct entity){ .name = "place", .path = "/place", WORDS, ENTITY_FIELDS(fields) }, "no one was named", __LINE__);
	refused(&(struct entity){ .name = "shift", .path = "/shift", WORDS, RIGHTS, ENTITY_FIELDS(fields) }, "the table has no version", __LINE__);
}

/* ---- saving ---- */

static void begin(void)
{
	int64_t seq;
	CHECK_INT(db_group_begin(db), 0);
	CHECK_INT(db_command_begin(db, &(struct command){ .name = "test", .at = { 1 } }, &seq), COMMAND_NEW);
}

static void end(void)
{
	int64_t seq;
	CHECK_INT(db_command_end(db, &seq), 0);
	CHECK_INT(db_group_end(db), 0);
}

static void test_save(void)
{
	struct place_class c;
	struct place p, mine, yours;
	begin();
	entity_blank(&class_entity, &c);
	c.name = "Bedienplatz";
	CHECK_INT(entity_save(db, &class_entity, &c), 0);
	CHECK_INT(c.id, 1);
	entity_blank(&place_entity, &p);
	CHECK(p.active);
	p.name = "=1+1";
	p.note = "vertraulich \"ja\"; nein";
	p.class = (ref){ c.id };
	CHECK_INT(entity_save(db, &place_entity, &p), 0);
	CHECK_INT(entity_load(db, &place_entity, p.id, &mine), 1);
	CHECK_INT(entity_load(db, &place_entity, p.id, &yours), 1);
	CHECK_TEXT(mine.name, "=1+1");
	CHECK_INT(mine.class.id, 1);
	mine.sort = 5;
	CHECK_INT(entity_save(db, &place_entity, &mine), 0);
	CHECK_INT(entity_save(db, &place_entity, &yours), 1);
	CHECK_INT(entity_load(db, &place_entity, 99, &yours), 0);
	end();
}

static void test_exports(void)
{
	struct out o = { .arena = arena };
	entity_export_csv(&o, db, &place_entity, false);
	CHECK(strstr(o.s, "\"'=1+1\"") != NULL);
	CHECK(strstr(o.s, "\"Bedienplatz\"") != NULL);
	CHECK(strstr(o.s, "vertraulich") == NULL);
	entity_export_csv(&o, db, &place_entity, true);
	CHECK(strstr(o.s, "\"vertraulich \"\"ja\"\"; nein\"") != NULL);
	entity_export_json(&o, db, &place_entity, true);
	CHECK(strstr(o.s, "\"note\":\"vertraulich \\\"ja\\\"; nein\"") != NULL);
}

static void test_list(void)
{
	struct entity_list l = entity_list(db, &place_entity, &(struct entity_filter){ .q = "1+" });
	CHECK_INT(l.n, 1);
	CHECK_TEXT(entity_list_label(&l, 0, &fields[1]), "Bedienplatz");
	CHECK_INT(entity_list(db, &place_entity, &(struct entity_filter){ .q = "%" }).n, 0);
}

static void remove_folder(const char *dir)
{
	DIR *d = opendir(dir);
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL; )
		(void)unlink(arena_printf(arena, "%s/%s", dir, e->d_name));
	if (d != NULL)
		closedir(d);
	(void)rmdir(dir);
}

int main(void)
{
	char dir[] = "/tmp/kontor-entity-XXXXXX";
	arena = arena_new();
	if (mkdtemp(dir) == NULL || (db = db_open_write(arena, dir)) == NULL)
		return 1;
	db_use(db, arena);
	test_inspector();
	test_save();
	test_exports();
	test_list();
	CHECK_INT(log_faults(), 0);
	db_close_write(db);
	remove_folder(dir);
	arena_free(arena);
	return check_end();
}
