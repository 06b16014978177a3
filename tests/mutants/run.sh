#!/bin/bash
# run.sh [SHARE]: puts one mistake after the other into the program's rules and sees whether the tests notice. The mistakes stand
# in tests/mutants/*.txt: a line "test: NAME VARIABLE=value …" says which unit test must fail for the lines after it; each of
# these is a file, a sed expression and what it breaks, with tabs between. SHARE=3: every third of them (make test; make proof: all).
# Called from the top folder.
set -u
share=${1:-1}; build=${BUILD:-build}
make --no-print-directory -s BUILD="$build" "$build/kontor.a" || exit 1
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
flags="-std=gnu11 -O1 -Isrc -I$build -fno-common -w"

one() { # number, test, variables, file, sed, words
	local dir="$work/$1" name
	name=$(basename "$4" .c)
	mkdir -p "$dir"
	sed "$5" "$4" > "$dir/$name.c"
	if cmp -s "$4" "$dir/$name.c"; then echo "does not apply any more: $6 ($4)" > "$dir/wrong"; return; fi
	if ! gcc $flags -c -o "$dir/$name.o" "$dir/$name.c" 2> "$dir/log" ||
	   ! gcc -pthread -o "$dir/test" "$work/$2.o" "$dir/$name.o" "$build/kontor.a" -lsqlite3 -lsodium -lutf8proc -ljansson -lz -lcrypto -lmicrohttpd -lcmocka 2> "$dir/log"; then
		{ echo "does not compile: $6 ($4)"; head -3 "$dir/log"; } > "$dir/wrong"
		return
	fi
	if env $3 timeout 120 "$dir/test" > "$dir/log" 2>&1; then echo "nobody noticed: $6 ($4)" > "$dir/wrong"; fi
	rm -f "$dir/test"
}

n=0; chosen=0; test=; variables=
for table in tests/mutants/*.txt; do
	while IFS=$'\t' read -r file expression words; do
		case "$file" in '' | '#'*) continue ;;
		test:*)
			read -r _ test variables <<< "$file"
			gcc $flags -c -o "$work/$test.o" "tests/unit/$test.c" || exit 1
			continue ;;
		esac
		n=$((n + 1))
		test $((n % share)) -eq 0 || continue
		chosen=$((chosen + 1))
		one "$n" "$test" "$variables" "$file" "$expression" "$words" &
		while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
	done < "$table"
done
wait
failed=$(find "$work" -name wrong | wc -l)
find "$work" -name wrong -exec cat {} +
echo "$((chosen - failed)) passed, $failed failed"
test "$failed" -eq 0
