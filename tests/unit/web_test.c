/* web_test: what the web floor decides without a network: addresses, forms, cookies, headers, sessions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/text.h"
#include "web/guard.h"
#include "web/password.h"
#include "web/session.h"
#include "web/web_private.h"
#include <string.h>

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	router_build();
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void addresses(void **state)
{
	(void)state;
	struct found f = router_find(arena, "GET", "/login");
	assert_non_null(f.route);
	assert_string_equal(f.allow, "GET, HEAD, POST");
	f = router_find(arena, "POST", "/undo/17");
	assert_non_null(f.route);
	assert_int_equal(f.id[0], 17);
	f = router_find(arena, "GET", "/journal/customer/9");
	assert_non_null(f.route);
	assert_string_equal(f.word, "customer");
	assert_int_equal(f.id[0], 9);
	f = router_find(arena, "GET", "/undo/17");
	assert_null(f.route);
	assert_string_equal(f.allow, "POST");
	static const char *const unknown[] = { "", "/undo/", "/undo/x", "/undo/017", "/undo/1234567890123456789", "/undo/-1", "/undo/#",
		"/journal//9", "/journal/a/b/9", "/login/", "//login", "/undo/1/2/3/4" };
	for (size_t i = 0; i < COUNT(unknown); i++)
		assert_null(router_find(arena, "POST", unknown[i]).route);
}

static struct param_list form(const char *text, int wanted)
{
	struct param_list list = { .at = NULL };
	assert_int_equal(params_parse(arena, text, strlen(text), &list), wanted);
	return list;
}

static void forms(void **state)
{
	(void)state;
	struct param_list list = form("a=1&a=2&name=M%C3%BCller+%26+S&empty=&bare&&=x", 0);
	assert_int_equal(list.n, 6);
	struct request r = { .params = list.at, .nparams = list.n };
	assert_string_equal(request_get(&r, "name"), "Müller & S");
	assert_string_equal(request_all(&r, "a", 1), "2");
	assert_null(request_all(&r, "a", 2));
	assert_string_equal(request_get(&r, "empty"), "");
	assert_string_equal(request_get(&r, "bare"), "");
	assert_int_equal(request_int(&r, "a"), 1);
	assert_true(request_int(&r, "name") == NONE);
	assert_true(request_yes(&r, "a"));
	assert_false(request_yes(&r, "empty"));
	form("a=%zz", -1);
	form("a=%4", -1);
	form("a%00b=1", -1);
	assert_int_equal(form("", 0).n, 0);
}

static int multipart(const char *type, const char *body, struct param_list *list)
{
	*list = (struct param_list){ .at = NULL };
	return parse_multipart(arena, type, body, strlen(body), list);
}

static void forms_in_parts(void **state)
{
	(void)state;
	struct param_list list;
	const char *type = "multipart/form-data; boundary=xYz";
	assert_int_equal(multipart(type, "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
	    "--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"k.ics\"\r\nContent-Type: text/calendar\r\n\r\n"
	    "BEGIN\r\n--xY\r\nEND\r\n--xYz--\r\n", &list), 0);
	assert_int_equal(list.n, 2);
	struct request r = { .params = list.at, .nparams = list.n };
	assert_string_equal(request_get(&r, "a"), "one");
	const struct param *file = request_file(&r, "f");
	assert_string_equal(file->file, "k.ics");
	assert_int_equal(file->size, strlen("BEGIN\r\n--xY\r\nEND"));
	assert_null(request_file(&r, "a"));
	assert_int_equal(multipart(type, "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--xYz--", &list), 0);
	assert_string_equal(list.at[0].value, "");
	assert_int_equal(multipart(type, "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none", &list), -1);
	assert_int_equal(multipart(type, "--xYz\r\nContent-Disposition: form-data\r\n\r\none\r\n--xYz--", &list), -1);
	assert_int_equal(multipart("multipart/form-data", "", &list), -1);
	assert_int_equal(multipart(type, "", &list), -1);
}

static void cookies(void **state)
{
	(void)state;
	assert_string_equal(parse_cookie(arena, "a=1; kontor-80=abc; b=2", "kontor-80"), "abc");
	assert_null(parse_cookie(arena, "xkontor-80=abc", "kontor-80"));
	assert_null(parse_cookie(arena, "", "a"));
	assert_null(parse_cookie(arena, NULL, "a"));
	assert_true(parse_is_token("0123456789abcdef0123456789abcdef"));
	assert_false(parse_is_token("0123456789ABCDEF0123456789abcdef"));
	assert_false(parse_is_token("0123"));
	assert_false(parse_is_token(NULL));
}

static int verdict(struct guard_headers h)
{
	static const char *const names[] = { "salon.fritz.box" };
	if (h.version == NULL)
		h.version = "HTTP/1.1";
	if (h.hosts == 0 && h.host)
		h.hosts = 1;
	return guard_verdict(&h, &(struct guard_names){ .port = "8080", .names = names, .nnames = COUNT(names) });
}

static void headers(void **state)
{
	(void)state;
	assert_int_equal(verdict((struct guard_headers){ .method = "GET", .host = "salon.fritz.box:8080" }), 0);
	assert_int_equal(verdict((struct guard_headers){ .method = "GET", .host = "salon.fritz.box" }), 421);
	assert_int_equal(verdict((struct guard_headers){ .method = "GET", .host = "" }), 421);
	assert_int_equal(verdict((struct guard_headers){ .method = "GET" }), 400);
	struct guard_headers post = { .method = "POST", .host = "localhost:8080", .origin = "http://localhost:8080", .origins = 1,
		.length = "3", .lengths = 1, .type = "application/x-www-form-urlencoded; charset=utf-8" };
	assert_int_equal(verdict(post), 0);
	post.origin = "http://localhost:8081";
	assert_int_equal(verdict(post), 403);
	post.origin = "null";
	assert_int_equal(verdict(post), 403);
	post.origin = NULL;
	post.origins = 0;
	assert_int_equal(verdict(post), 403);
	post.fetch_site = "same-origin";
	assert_int_equal(verdict(post), 0);
	post.type = "application/x-www-form-urlencodedX";
	assert_int_equal(verdict(post), 415);
	assert_true(read_length("12") == 12);
	assert_true(read_length("+1") == -1);
	assert_true(read_length("") == -1);
	assert_true(read_length("9999999999999999") == -1);
}

static void sessions(void **state)
{
	(void)state;
	char one[33], two[33];
	session_token(one);
	session_token(two);
	assert_string_not_equal(one, two);
	assert_string_equal(session_csrf(arena, one), session_csrf(arena, one));
	assert_string_not_equal(session_csrf(arena, one), session_csrf(arena, two));
	struct session s;
	int64_t seq;
	assert_false(session_find(arena, one, &s));
	session_open(NULL, one, 3, 7, "Theke", (instant){ 100 });
	assert_true(session_find(arena, one, &s));
	assert_int_equal(s.staff, 3);
	session_toast(one, "Gespeichert", 12);
	assert_string_equal(session_take_toast(arena, one, &seq), "Gespeichert");
	assert_null(session_take_toast(arena, one, &seq));
	session_open(one, two, 4, 7, "Theke", (instant){ 100 });
	assert_false(session_find(arena, one, &s));
	session_lock(two);
	assert_true(session_find(arena, two, &s) && s.locked);
	session_end_staff(4);
	assert_false(session_find(arena, two, &s));
	session_remember("id", "/book");
	assert_string_equal(session_recall(arena, "id"), "/book");
	assert_null(session_recall(arena, "other"));
}

static void guessing(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(session_wait("staff 9", (instant){ 1000 }), 0);
		session_failed("staff 9", (instant){ 1000 });
	}
	assert_int_equal(session_wait("staff 9", (instant){ 1000 }), 2);
	assert_int_equal(session_wait("staff 9", (instant){ 1002 }), 0);
	for (int i = 0; i < 40; i++)
		session_failed("staff 9", (instant){ 1000 });
	assert_int_equal(session_wait("staff 9", (instant){ 1000 }), 60);
	assert_int_equal(session_wait("staff 90", (instant){ 1000 }), 0);
	session_passed("staff 9");
	assert_int_equal(session_wait("staff 9", (instant){ 1000 }), 0);
}

static void passwords(void **state)
{
	(void)state;
	const char *hash = password_hash(arena, "ein langes Wort");
	assert_true(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0);
	assert_true(password_is(hash, "ein langes Wort"));
	assert_false(password_is(hash, "ein langes wort"));
	assert_false(password_is(NULL, "ein langes Wort"));
	assert_true(password_pin_ok("0007"));
	assert_false(password_pin_ok("007") || password_pin_ok("12a4") || password_pin_ok(NULL));
	assert_true(password_ok("ÄÖÜäöüßé"));
	assert_false(password_ok("kurz"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses), cmocka_unit_test(forms), cmocka_unit_test(forms_in_parts), cmocka_unit_test(cookies),
		cmocka_unit_test(headers), cmocka_unit_test(sessions), cmocka_unit_test(guessing), cmocka_unit_test(passwords),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
