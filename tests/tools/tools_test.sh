#!/bin/bash
# tools_test.sh: the checkers of the house see what they are there for. Each case is a small house with one slip in it.
set -u
top=$PWD
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0; failed=0

house() { # a fresh house without a slip
	rm -rf "$work/house"; mkdir -p "$work/house"; cd "$work/house" || exit 1
	mkdir -p tools src/base src/rules src/db src/entity src/web src/modules/staff src/modules/calendar src/programs build/obj
	cp "$top/layers.txt" .
	printf 'staff\ncalendar\n' > src/modules/order.txt
	echo '#include "base/out.h"' > src/db/db.h
	echo '#include "db/db.h"' > src/modules/staff/staff.h
	printf '#include "modules/staff/staff.h"\n#include "gen/modules/calendar/day.html.h"\n' > src/modules/calendar/calendar.c
	printf '/* strcpy(a, b) */\nconst char *s(void)\n{\n\treturn "system(1)";\n}\n' > src/base/text.c
}
clean() { # name, command…
	local name=$1; shift
	if "$@" > out 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$name: complained about a clean house:"; cat out; fi
}
finds() { # name, words, command…
	local name=$1 words=$2; shift 2
	if ! "$@" > out 2>&1 && grep -qF "$words" out; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$name: did not say \"$words\":"; cat out; fi
}
layers() { sh "$top/tools/layers.sh"; }
banned() { sh "$top/tools/banned.sh"; }
lengths() { sh "$top/tools/lengths.sh"; }
symbols() { sh "$top/tools/symbols.sh" build; }

house; clean layers layers; clean banned banned; clean lengths lengths

house; echo '#include "db/db.h"' > src/base/text.h; finds layers "base may not use db/db.h" layers
house; echo '#include "web/web.h"' > src/entity/entity.c; finds layers "entity may not use web/web.h" layers
house; echo '#include "db/db.h"' > src/rules/slots.c; finds layers "rules may not use db/db.h" layers
house; echo '#include "modules/calendar/calendar.h"' > src/modules/staff/staff.c; finds layers "stands below calendar" layers
house; echo '#include "modules/staff/hours.h"' > src/modules/calendar/day.c; finds layers "not modules/staff/staff.h" layers
house; echo '#include "modules/till/till.h"' > src/modules/calendar/day.c; finds layers "till is not in src/modules/order.txt" layers
house; echo '#include "gen/modules/staff/list.html.h"' > src/modules/calendar/day.c; finds layers "another folder's template" layers
house; echo '#include "entity/entity_private.h"' > src/modules/calendar/day.c; finds layers "another folder's private" layers
house; echo '#include "out.h"' > src/base/out.c; finds layers "without its folder" layers

house; printf 'void f(char *a)\n{\n\tstrcpy(a, "x");\n}\n' > src/web/web.c; finds banned "src/web/web.c:3: strcpy() is banned" banned
house; printf 'int f(void)\n{\n\treturn system ("x");\n}\n' > src/web/web.c; finds banned "system() is banned" banned
house; printf 'void f(void *a)\n{\n\tfree(a);\n}\n' > src/modules/staff/staff.c; finds banned "free() is banned" banned

house; { echo 'void f(void)'; echo '{'; yes '	f();' | head -51; echo '}'; } > src/web/web.c; finds lengths "src/web/web.c:2: a function of 51 lines" lengths
house; yes '/* */' | head -501 > src/web/web.c; finds lengths "src/web/web.c: more than 500 lines" lengths

program() { # compiles src/web/pages_write.c and a schaufenster with what stands in $1
	echo 'int pages_save(int); int pages_save(int i) { return i + 1; }' > src/web/pages_write.c
	{ echo 'int a1, a2, a3, a4, a5, a6; int pages_save(int); int sqlite3session_create(void); int sqlite3session_create(void) { return 0; }'; echo "$1"; } > main.c
	mkdir -p build/obj/web
	gcc -c -o build/obj/web/pages_write.o src/web/pages_write.c && gcc -O0 -ffunction-sections -Wl,--gc-sections -o build/schaufenster main.c build/obj/web/pages_write.o
}
house; program 'int main(void) { return 0; }'; clean symbols symbols
house; program 'int main(void) { return pages_save(1); }'; finds symbols "pages_save of src/web/pages_write.c" symbols
house; program 'int main(void) { return sqlite3session_create(); }'; finds symbols "sqlite3session_create" symbols

echo "$passed passed, $failed failed"
exit $((failed > 0))
