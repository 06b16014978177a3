#!/bin/bash
# hpke_test.sh: our HPKE beside npm's @hpke/core, in both directions.
set -eu
out=${BUILD:-build}/tests/seal; mkdir -p "$out"
gcc -std=gnu11 -O1 -D_GNU_SOURCE -Isrc -o "$out/hpke_pipe" tests/seal/hpke_pipe.c src/seal/{hpke,aead,kdf,hex}.c src/base/{arena,log}.c -lcrypto
PIPE="$out/hpke_pipe" node --test --test-reporter=tap tests/seal/hpke.test.mjs
