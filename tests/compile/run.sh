#!/bin/sh
# run.sh BUILD: what the compiler must refuse (refuse-*.c) it refuses, and accept-*.c it accepts.
set -u
passed=0; failed=0
for file in tests/compile/*.c; do
	if gcc -std=gnu11 -Wall -Wextra -Wconversion -Werror -Isrc -fsyntax-only "$file" 2> /dev/null; then got=accept; else got=refuse; fi
	case $file in
	*/$got-*) passed=$((passed + 1)) ;;
	*) failed=$((failed + 1)); echo "$file: the compiler would $got it" ;;
	esac
done
echo "$passed passed, $failed failed"
exit $((failed > 0))
