/* visit.h: what is known of a customer that the rules by visit (rules/visit.h) ask for: her visits, her age, and how her skin
 * took the patch tests, which stand in her file. */
#ifndef VISIT_VISIT_H
#define VISIT_VISIT_H
#include "entity/entity.h"
#include "rules/visit.h"
#include "web/web.h"

/* customer 0: nobody with a name (yet). first: was never here. except: an appointment that does not count. Her visits are read only where a rule asks for them. */
struct visit_facts visit_facts_of(struct db *, int64_t customer, bool first, int64_t except, const struct visit_rule *rules, size_t n);

struct patch_test { int64_t id, service; str name, staff; day day; int minute; bool open, reaction; };    /* open: nobody has looked yet */
struct patch_tests { struct patch_test *at; size_t n, cap; };
struct patch_tests visit_tests(struct db *, int64_t customer);                /* newest first */
/* The services that are a test for another one, by name. */
struct test_kind { int64_t id; str name; };
size_t visit_test_kinds(struct db *, struct test_kind **kinds_r);

/* The page with them, with what was wrong; NULL: nothing. */
void visit_page(struct request *, int64_t customer, const char *error);
extern const struct module visit_module, visit_change;
#endif
