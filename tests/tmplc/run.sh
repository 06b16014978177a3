#!/bin/sh
# run.sh BUILD: the template compiler refuses each refuse-*.html at the line and with the words that its first line
# states, and what accept-*.html becomes writes accept-*.txt.
set -u
build=${1:-build}
passed=0; failed=0
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
note() { if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi; }

refuses() {
	wanted=$(sed -n '1s/^{% \/\* \([0-9]*\): \(.*\) \*\/ %}$/\1: \2/p' "$1")
	if "$build/tools/tmplc" "$1" "$work/page.h" 2> "$work/said"; then echo "$1: was accepted"; return 1; fi
	grep -qF "$1:$wanted" "$work/said" && return 0
	echo "$1: wanted $1:$wanted"; cat "$work/said"; return 1
}
accepts() {
	"$build/tools/tmplc" "$1" "$work/page.h" || return 1
	printf '#include "base/out.h"\n#include <stdio.h>\n#include "%s"\n' "$work/page.h" > "$work/page.c"
	gcc -std=gnu11 -Wall -Wextra -Wconversion -Wshadow -Werror -Isrc -o "$work/page" "$work/page.c" \
	    "$build"/obj/base/*.o "$build"/obj/gen/remarks.o -lutf8proc || return 1
	"$work/page" | diff - "${1%.html}.txt"
}
for page in tests/tmplc/refuse-*.html; do note refuses "$page"; done
for page in tests/tmplc/accept-*.html; do note accepts "$page"; done
echo "$passed passed, $failed failed"
exit $((failed > 0))
