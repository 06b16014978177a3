#!/bin/sh
# lengths.sh: files to 500 lines, functions to 50 (a function's body stands between { and } in the first column).
find src tools -name '*.[ch]' -o -name '*.html' -path 'src/*' | sort | xargs awk '
	FNR == 1 { begin = 0 }
	FNR == 501 { print FILENAME ": more than 500 lines"; bad = 1 }
	/^{/ { begin = FNR }
	/^}/ && begin {
		if (FNR - begin - 1 > 50) { print FILENAME ":" begin ": a function of " FNR - begin - 1 " lines"; bad = 1 }
		begin = 0
	}
	END { exit bad }'
