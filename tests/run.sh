#!/bin/bash
# run.sh [quick]: all tests; the last line is "N passed, N failed". Called from the top folder by make test and make check.
#   quick: only the check build and its unit and text tests
set -u
export LC_ALL=C.UTF-8
jobs=$(nproc)
passed=0; failed=0
log=$(mktemp -d); trap 'rm -rf "$log"' EXIT

# One step: its output is shown only if it fails. What it counts itself counts; else it is one test.
step() { # name, command…
	local name=$1 begin=$SECONDS p f status; shift
	"$@" > "$log/out" 2>&1 < /dev/null
	status=$?
	p=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p; s/^# pass \([0-9]*\)$/\1/p; s/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log/out" | tail -1)
	f=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p; s/^# fail \([0-9]*\)$/\1/p; s/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log/out" | tail -1)
	p=${p:-$((status == 0 ? 1 : 0))}; f=${f:-0}
	if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
	passed=$((passed + p)); failed=$((failed + f))
	if [ "$f" -ne 0 ]; then
		echo "--- $name"
		tail -n 80 "$log/out"
	fi
	printf '%-46s %4d passed, %d failed  (%d s)\n' "$name" "$p" "$f" $((SECONDS - begin))
}

build() { make --no-print-directory -s -j"$jobs" "$@"; }
variant_gcc() { build all; }
variant_clang() { build BUILD=build-clang CC=clang all; }
variant_check() { build -k BUILD=build-asan SAN=1 units; }

units() {
	local test
	for test in tests/unit/*_test.c; do
		test=${test%.c}
		test -e "$test.c" && step "$test" timeout 300 "build-asan/$test"
	done
	if [ -e tests/text_run.c ]; then
		step "tests/text_run" timeout 300 build-asan/tests/text_run $(find src/modules tests -name '*_test.txt' | sort)
	fi
}

finish() {
	echo "$passed passed, $failed failed"
	exit $((failed > 0))
}

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
step "build for checks (gcc, ASan, UBSan)" variant_check
units
if [ "${1:-}" = quick ]; then finish; fi

step "build with gcc" variant_gcc
step "build with clang" variant_clang
step "includes go down (layers)" tools/layers.sh
step "who looks cannot change (symbols)" tools/symbols.sh build
step "banned functions" tools/banned.sh
step "length of files and functions" tools/lengths.sh
step "German texts are complete" tools/po.sh build
step "template compiler" tests/tmplc/run.sh build
step "what must not compile" tests/compile/run.sh
step "mistakes put into the rules (make proof: all)" tests/mutants/run.sh 3
step "a writer killed 25 times (make proof: 1000)" tests/proof/run.sh 25
for test in tests/*/*_test.sh; do
	test -e "$test" && step "$test" timeout 300 bash "$test"
done
for test in tests/faults/*.test.mjs tests/web/*.test.mjs tests/browser/*.test.mjs; do
	test -e "$test" && step "$test" timeout 300 node --test --test-reporter=tap "$test"
done
finish
