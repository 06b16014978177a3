#!/bin/bash
# run.sh: measures the program beside the least this machine needs for the same (floor.c), and prints a table.
# Called from the top folder by make bench. SCALES="1 10 100": how many times five years of the salon's book.
set -eu
build=${BUILD:-build}
make --no-print-directory -s BUILD="$build" all "$build/kontor.a"
mkdir -p "$build/bench"
warn="-std=gnu11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Wconversion -Wshadow -Werror"
${CC:-gcc} $warn -o "$build/bench/load" tests/bench/load.c
${CC:-gcc} $warn -Isrc -I"$build" -o "$build/bench/floor" tests/bench/floor.c "$build/kontor.a" -lsqlite3 -lutf8proc -pthread
${CC:-gcc} $warn -o "$build/bench/post" tests/bench/post.c
objects=$(find "$build/obj" -name "*.o" ! -path "*/programs/*")
${CC:-gcc} $warn -Isrc -I"$build" -o "$build/bench/again" tests/bench/again.c $objects "$build/obj/programs/modules_shop.o" -pthread \
	-lmicrohttpd -lsqlite3 -lsodium -lutf8proc -ljansson -lz -lcrypto -lzstd -lqrencode
${CC:-gcc} $warn -Isrc -I"$build" -o "$build/bench/replan" tests/bench/replan.c "$build/kontor.a" -lutf8proc
node tests/bench/run.mjs
exec node tests/bench/post.mjs
