#!/bin/sh
# po.sh BUILD: every English sentence of the source and of the templates has its German one.
set -u
build=${1:-build}
pot=$build/gen/kontor.pot
{ find src -name '*.c' -o -name '*.h'; find "$build/gen" -name '*.html.h'; } | sort |
	xgettext --language=C --from-code=UTF-8 --keyword= --keyword=_ --keyword=N_ --keyword=P_:1,2 \
	    --no-wrap --files-from=- --output="$pot" 2>&1 | grep -v 'warning: unterminated' 
test -s "$pot" || { echo "no sentence found to translate"; exit 1; }
# Two parts that translate one sentence differently leave it marked as fuzzy.
bad=0
if msgattrib --only-fuzzy --no-wrap "$build/gen/de.po" | grep '^msgid "..*"'; then
	echo "translated in two ways (see above)"; bad=1
fi
msgcmp "$build/gen/de.po" "$pot" 2>&1 | grep -v 'found [0-9]* fatal' | sed 's/this message is used but not defined.*/has no German text/' > "$build/gen/po-faults"
test -s "$build/gen/po-faults" && { cat "$build/gen/po-faults"; bad=1; }
# English does not show a translator's remark ("May|short"): lang.c knows each of them.
msgattrib --no-wrap "$pot" | sed -n 's/^msgid "\(.*|.*\)"$/\1/p' > "$build/gen/po-remarks"
while read -r remark; do
	grep -qF "\"$remark\"" src/base/lang.c || { echo "\"$remark\" is missing among the remarks of src/base/lang.c"; bad=1; }
done < "$build/gen/po-remarks"
exit $bad
