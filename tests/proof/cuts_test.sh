#!/bin/bash
# cuts_test.sh: the power goes 20,000 times (CUTS; make proof: a million) in the middle of all commands there are, on a disk that
# forgets what was not synced (disk.h); then 2,000 calls of that disk fail (FAULTS; make proof: 100,000). Both again with mistakes
# put in, each of which must be found. Called from the top folder.
set -u
make --no-print-directory -s build/tests/proof/cuts || exit 1
files=$(find src/modules tests -name '*_test.txt' | sort)
passed=0; failed=0
try() { # arguments of cuts
	if build/tests/proof/cuts "$@" $files 2> /dev/null | tail -12; [ "${PIPESTATUS[0]}" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}
try "${CUTS:-20000}"
try "${FAULTS:-2000}" --faults
try 2000 --faults --but again
for mistake in normal off lies early; do try 500 --but $mistake; done
echo "$passed passed, $failed failed"
exit $((failed > 0))
