#!/bin/bash
# run.sh [ROUNDS]: the long proofs. Called from the top folder by make proof.
set -eu
rounds=${1:-1000}
make --no-print-directory -s build/tests/proof/crash
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
echo "A writer killed $rounds times in the middle of its work:"
build/tests/proof/crash "$rounds" "$work/data"
