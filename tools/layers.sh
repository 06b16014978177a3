#!/bin/sh
# layers.sh: an #include only goes where layers.txt lets it go, and from module to module only down their list
# (src/modules/order.txt) and through the other's x.h (its x_change.h in an x_change.c). A file's template and private header are its own folder's.
set -u
bad=0
complain() { echo "$*"; bad=1; }

place() { grep -nx "$1" src/modules/order.txt | cut -d: -f1; }

check_module() { # file, own module, included path
	other=${3#modules/}; other=${other%%/*}
	test "$other" != "$2" || return 0
	case "$1:$3" in
	*:"modules/$other/$other.h") ;;
	*_change.c:"modules/$other/${other}_change.h") ;;
	*) complain "$1: uses $3, not modules/$other/$other.h" ;;
	esac
	own_place=$(place "$2"); other_place=$(place "$other")
	if [ -z "$own_place" ]; then complain "$1: module $2 is not in src/modules/order.txt"
	elif [ -z "$other_place" ]; then complain "$1: module $other is not in src/modules/order.txt"
	elif [ "$other_place" -gt "$own_place" ]; then complain "$1: module $2 stands below $other and may not use it"
	fi
}

check_file() {
	folder=$(dirname "${1#src/}"); floor=${folder%%/*}; may=$(sed -n "s/^$floor://p" layers.txt)
	module=${folder#modules/}; module=${module%%/*}
	for to in $(sed -n 's/^#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$1"); do
		case "$to" in
		gen/*) test "$(dirname "$to")" = "gen/$folder" || complain "$1: uses another folder's template $to"; continue ;;
		*_private.h) test "$(dirname "$to")" = "$folder" || complain "$1: uses another folder's private $to"; continue ;;
		*/*) ;;
		*) complain "$1: \"$to\" is written without its folder"; continue ;;
		esac
		case " $may $floor " in
		*" ${to%%/*} "*) ;;
		*) complain "$1: $floor may not use $to" ;;
		esac
		case "$floor:$to" in modules:modules/*) check_module "$1" "$module" "$to" ;; esac
	done
}

for file in $(find src -name '*.c' -o -name '*.h' -o -name '*.html'); do
	check_file "$file"
done
exit $bad
