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
for line in $(msgcmp "$build/gen/de.po" "$pot" 2>&1 | sed -n 's/^[^:]*\.pot:\([0-9]*\): .*/\1/p'); do
	echo "no German text: $(head -n "$line" "$pot" | grep '^msgid ' | tail -1 | cut -c7-) ($(head -n "$line" "$pot" | grep '^#:' | tail -1 | cut -c4-))"; bad=1
done
exit $bad
