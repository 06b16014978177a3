#!/bin/bash
# holidays_test.sh: our public holidays against the libraries feiertagejs and date-holidays.
set -eu
out=${BUILD:-build}/tests/rules; mkdir -p "$out"
gcc -std=gnu11 -O1 -Isrc -o "$out/holidays_print" tests/rules/holidays_print.c src/rules/holidays.c src/base/date.c
"$out/holidays_print" > "$out/holidays.json"
HOLIDAYS="$out/holidays.json" node --test --test-reporter=tap tests/rules/holidays.test.mjs
