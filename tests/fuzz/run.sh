#!/bin/bash
# run.sh [SECONDS]: feeds the readers of foreign files, then that of questions to kontor slots, with changed copies of
# tests/files until one of them breaks or the time is over. Called from the top folder by make proof.
set -eu
seconds=${1:-20}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
make --no-print-directory -s build/gen/remarks.c
clang -std=gnu11 -O1 -g -DARENA_ONE_BY_ONE -Isrc -Ibuild -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	-o "$work/fuzz" tests/fuzz/import_fuzz.c src/modules/import/{found,encoding,content_line,zone_name,ical_zone,ical_event,ical_read}.c \
	src/modules/import/{ical_library,ical_series,person,vcard_read,csv_rows,csv_read}.c src/base/*.c build/gen/remarks.c -lutf8proc -lm
mkdir "$work/corpus"
cp tests/files/*.{ics,vcf,csv} "$work/corpus/"
echo "Foreign files, changed at random for $seconds seconds:"
ASAN_OPTIONS=detect_leaks=1 "$work/fuzz" -max_total_time="$seconds" -max_len=8192 -timeout=10 -artifact_prefix=./ -print_final_stats=1 "$work/corpus" \
	> "$work/log" 2>&1 || { tail -60 "$work/log"; exit 1; }
sed -n 's/^stat::number_of_executed_units: */files read: /p' "$work/log"

clang -std=gnu11 -O1 -g -DARENA_ONE_BY_ONE -Isrc -Ibuild -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	-o "$work/slots" tests/fuzz/slots_fuzz.c src/programs/kontor_slots_read.c src/base/*.c build/gen/remarks.c -lutf8proc -ljansson -lm
mkdir "$work/questions"
cp tests/files/*.json "$work/questions/"
echo "Questions, changed at random for $seconds seconds:"
ASAN_OPTIONS=detect_leaks=1 "$work/slots" -max_total_time="$seconds" -max_len=4096 -timeout=10 -artifact_prefix=./ -print_final_stats=1 "$work/questions" \
	> "$work/log" 2>&1 || { tail -60 "$work/log"; exit 1; }
sed -n 's/^stat::number_of_executed_units: */questions read: /p' "$work/log"

documents="src/seal/document.c src/seal/document_sign.c src/seal/publication.c src/seal/letter.c src/seal/status.c src/seal/chunk.c src/seal/hpke.c src/seal/aead.c \
	src/seal/kdf.c src/seal/sign.c src/seal/hex.c"
checked="clang -std=gnu11 -O1 -g -DARENA_ONE_BY_ONE -Isrc -Ibuild -fno-sanitize-recover=undefined"
libraries="-lutf8proc -lcrypto -lz -lm"
$checked -fsanitize=address,undefined -o "$work/documents_seed" tests/fuzz/documents_seed.c $documents src/base/*.c build/gen/remarks.c $libraries
$checked -fsanitize=fuzzer,address,undefined -o "$work/documents" tests/fuzz/documents_fuzz.c $documents src/base/*.c build/gen/remarks.c $libraries
mkdir "$work/papers" && "$work/documents_seed" "$work/papers"
echo "Manifests, letters, statuses and chunks, changed at random for $seconds seconds:"
ASAN_OPTIONS=detect_leaks=1 "$work/documents" -max_total_time="$seconds" -max_len=4096 -timeout=10 -artifact_prefix=./ -print_final_stats=1 "$work/papers" \
	> "$work/log" 2>&1 || { tail -60 "$work/log"; exit 1; }
sed -n 's/^stat::number_of_executed_units: */documents read: /p' "$work/log"

$checked -fsanitize=fuzzer,address,undefined -o "$work/http" tests/fuzz/http_fuzz.c src/post/http.c src/base/*.c build/gen/remarks.c -lutf8proc -lm
mkdir "$work/requests"
printf 'POST /salon/letters/00 HTTP/1.1\r\nHost: x\r\nContent-Length: 2096\r\nAuthorization: Bearer a\r\nExpect: 100-continue\r\n\r\n' > "$work/requests/post"
echo "Heads of requests, changed at random for $seconds seconds:"
ASAN_OPTIONS=detect_leaks=1 "$work/http" -max_total_time="$seconds" -max_len=4096 -timeout=10 -artifact_prefix=./ -print_final_stats=1 "$work/requests" \
	> "$work/log" 2>&1 || { tail -60 "$work/log"; exit 1; }
sed -n 's/^stat::number_of_executed_units: */requests read: /p' "$work/log"
