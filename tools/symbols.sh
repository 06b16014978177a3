#!/bin/sh
# symbols.sh BUILD: what schaufenster must not be able to do is not in it: nothing that a changing file defines, and
# none of the doors through which SQLite's change recorder works.
set -u
build=${1:-build}
bad=0
all=$(mktemp); trap 'rm -f "$all"' EXIT
nm "$build/schaufenster" | awk '{ print $NF }' | sed 's/@.*//' | sort -u > "$all"
test "$(wc -l < "$all")" -gt 5 || { echo "$build/schaufenster has no symbols to look at"; exit 1; }

for object in $(find "$build/obj" -name '*_write.o' -o -name '*_change.o'); do
	source=src/${object#"$build"/obj/}; source=${source%.o}.c
	test -e "$source" || continue
	for symbol in $(nm -g --defined-only "$object" | awk '{ print $NF }' | sort -u | comm -12 - "$all"); do
		case $symbol in __asan*|__odr*|__start_*|__stop_*) continue ;; esac
		echo "schaufenster contains $symbol of $source"; bad=1
	done
done
for symbol in $(grep -E '^(db_run|db_command_|db_group_|db_open_write|sqlite3changeset_|sqlite3session_|sqlite3rebaser_|sqlite3_backup_)' "$all"); do
	echo "schaufenster contains $symbol"; bad=1
done
exit $bad
