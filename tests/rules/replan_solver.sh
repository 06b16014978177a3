#!/bin/bash
# replan_solver.sh HOW MANY: the re-planning engine against glpsol on so many random salons.
set -eu
build=${BUILD:-build}
make --no-print-directory -s BUILD="$build" "$build/tests/proof/replan_solver"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$build/tests/proof/replan_solver" "$1" "$work"
