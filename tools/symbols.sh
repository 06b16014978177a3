#!/bin/sh
# symbols.sh BUILD: what the looking programs must not be able to do is not in them: nothing that a changing file or one that
# holds keys defines, and none of the doors through which SQLite's change recorder works.
set -u
build=${1:-build}
bad=0
all=$(mktemp); trap 'rm -f "$all"' EXIT

look_at() { # program
	nm "$build/$1" | awk '{ print $NF }' | sed 's/@.*//' | sort -u > "$all"
	test "$(wc -l < "$all")" -gt 5 || { echo "$build/$1 has no symbols to look at"; exit 1; }
	for object in $(find "$build/obj" -name '*_write.o' -o -name '*_change.o' -o -path "$build/obj/seal/*.o" -o -path "$build/obj/backup/*.o"); do
		source=src/${object#"$build"/obj/}; source=${source%.o}.c
		test -e "$source" || continue
		for symbol in $(nm -g --defined-only "$object" | awk '{ print $NF }' | sort -u | comm -12 - "$all"); do
			case $symbol in __asan*|__odr*|__start_*|__stop_*) continue ;; esac
			echo "$1 contains $symbol of $source"; bad=1
		done
	done
	for symbol in $(grep -E '^(db_run|db_command_|db_group_|db_open_write|sqlite3changeset_|sqlite3session_|sqlite3rebaser_|sqlite3_backup_)' "$all"); do
		echo "$1 contains $symbol"; bad=1
	done
}

look_at schaufenster
if [ -e "$build/notblatt" ]; then look_at notblatt; fi
# The letter box: no database, nothing that signs for a shop or opens a letter, nothing that calls out or starts a program.
nm -D "$build/briefkasten" | awk '{ print $NF }' | sed 's/@.*//' | sort -u > "$all"
nm "$build/briefkasten" | awk '{ print $NF }' | sed 's/@.*//' | sort -u >> "$all"
for symbol in $(grep -E '^(sqlite3|db_|MHD_|hpke_open|letter_open|sign_make|connect$|execv|fork$|posix_spawn)' "$all"); do
	echo "briefkasten contains $symbol"; bad=1
done
ldd "$build/briefkasten" | grep -E 'sqlite|microhttpd|sodium' && bad=1
exit $bad
