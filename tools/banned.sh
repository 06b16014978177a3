#!/bin/sh
# banned.sh: functions that are not used in this house (they do not know the size of what they fill, keep state, or start
# a shell), and freeing by hand above the floor db, where memory belongs to arenas. Comments and strings do not count.
set -u
bad=0
always='sprintf|vsprintf|strcpy|strcat|strncpy|strncat|strtok|strtok_r|atoi|atol|atoll|atof|scanf|sscanf|fscanf|localtime|gmtime|asctime|ctime|system|popen|alloca|gets|rand|srand'
above='malloc|calloc|realloc|free|strdup|strndup|asprintf|vasprintf'

bare() { gcc -fpreprocessed -dD -E -P "$1" 2>/dev/null | sed -E 's/"([^"\\]|\\.)*"/""/g'; }

for file in $(find src tools -name '*.c' -o -name '*.h'); do
	names=$always
	case $file in src/rules/*|src/entity/*|src/modules/*) names="$always|$above" ;; esac
	found=$(bare "$file" | grep -oE "(^|[^A-Za-z0-9_.>])($names)[[:space:]]*\(" | grep -oE "[a-z_]+" | sort -u)
	for name in $found; do
		grep -nE "(^|[^A-Za-z0-9_])$name[[:space:]]*\(" "$file" | sed "s|^\([0-9]*\):.*|$file:\1: $name() is banned|"
		bad=1
	done
done
exit $bad
