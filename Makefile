# make            builds build/kontor, build/schaufenster, build/notblatt and build/briefkasten
# make run        installs what is missing, builds, starts the shop's program        DATA=folder PORT=8080
# make demo       the same with a filled salon (DATA: another folder than the salon's own)
# make test       all tests; the last line is "N passed, N failed"
# make check      the quick part of them: unit and text tests under ASan and UBSan
# make bench      measures and prints a table       make proof   the long proofs (power cuts)
# make proof-bare         that a fresh Debian 12 with only git and make is enough
#
# A variant is a folder of its own: make BUILD=build-clang CC=clang, make BUILD=build-asan SAN=1.

BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
SAN ?=
DATA ?= $(HOME)/.local/share/kontor
# make demo DATA=folder: that folder; else one beside the salon's own, so that the two never mix.
DEMO := $(if $(filter file undefined,$(origin DATA)),$(DATA)-demo,$(DATA))
PORT ?= 8080

WARN := -Wall -Wextra -Wconversion -Wshadow -Werror
CFLAGS := -std=gnu11 -O2 -g $(WARN) -Isrc -I$(BUILD) -fno-common -ffunction-sections -fdata-sections
LDFLAGS := -pthread -Wl,--compress-debug-sections=zlib
LDLIBS := -lmicrohttpd -lsqlite3 -lsodium -lutf8proc -ljansson -lz -lcrypto
SEAL_LIBS := -lzstd -lqrencode
ifeq ($(SAN),1)
CFLAGS += -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DARENA_ONE_BY_ONE
LDFLAGS += -fsanitize=address,undefined
endif

PDF_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags pangocairo))
PDF_LIBS = $(shell pkg-config --libs pangocairo)

GEN := $(BUILD)/gen
OBJ := $(BUILD)/obj

SOURCES := $(sort $(shell find src -name '*.c'))
HTML := $(sort $(shell find src -name '*.html'))
TEMPLATES := $(HTML:src/%=$(GEN)/%.h)
SCHEMA := $(sort $(wildcard src/db/schema/*.sql))
PO := $(sort $(wildcard po/parts/*.po))

# The words of the recovery sheet: Debian's package diceware, list © 2021 Uli Fouquet, CC BY 3.0.
WORDS := /usr/lib/python3/dist-packages/diceware/wordlists/wordlist_de_8k.txt

GENERATED := $(GEN)/schema.c $(GEN)/catalogues.c $(GEN)/remarks.c
ifneq ($(wildcard tools/assets.mjs),)
GENERATED += $(GEN)/assets.c
endif

# Who gets what. A file of programs/ belongs to the program it is named after (kontor.c, kontor_serve.c), modules_shop.c to
# kontor, modules_look.c to those that only look; what else is there belongs to all. What changes data is not linked into
# schaufenster and notblatt: files named *_write.c and *_change.c. Nor is what holds keys: the floors seal and backup.
OF_KONTOR := src/programs/kontor%.c src/programs/modules_shop.c
OF_SCHAUFENSTER := src/programs/schaufenster%.c
OF_NOTBLATT := src/programs/notblatt%.c
OF_BRIEFKASTEN := src/post/%.c src/programs/briefkasten%.c
LOOKING := src/programs/modules_look.c
KEYS := src/seal/% src/backup/%
KONTOR := $(filter-out $(OF_SCHAUFENSTER) $(OF_NOTBLATT) $(OF_BRIEFKASTEN) $(LOOKING),$(SOURCES)) $(GENERATED) $(GEN)/word_list.c
SCHAUFENSTER := $(filter-out $(OF_KONTOR) $(OF_NOTBLATT) $(OF_BRIEFKASTEN) $(KEYS) %_write.c %_change.c,$(SOURCES)) $(GENERATED)
NOTBLATT := $(filter-out $(OF_KONTOR) $(OF_SCHAUFENSTER) $(OF_BRIEFKASTEN) $(KEYS) %_write.c %_change.c,$(SOURCES)) $(GENERATED)
# On the Internet: no database, no key of the shop's, nothing that could read a letter.
BRIEFKASTEN := $(wildcard src/base/*.c src/post/*.c src/programs/briefkasten*.c) src/programs/options.c src/programs/clock.c \
    $(addprefix src/seal/,aead.c document.c hex.c hpke.c kdf.c letter.c publication.c sign.c status.c) $(GEN)/catalogues.c $(GEN)/remarks.c
BRIEFKASTEN_LIBS := -lcrypto -lutf8proc -lseccomp

objects = $(patsubst src/%.c,$(OBJ)/%.o,$(patsubst $(GEN)/%.c,$(OBJ)/gen/%.o,$(1)))
KONTOR_OBJECTS := $(call objects,$(KONTOR))
SCHAUFENSTER_OBJECTS := $(call objects,$(SCHAUFENSTER))
NOTBLATT_OBJECTS := $(call objects,$(NOTBLATT))
BRIEFKASTEN_OBJECTS := $(call objects,$(BRIEFKASTEN))
ALL_OBJECTS := $(sort $(KONTOR_OBJECTS) $(SCHAUFENSTER_OBJECTS) $(NOTBLATT_OBJECTS) $(BRIEFKASTEN_OBJECTS))
# For tests: all of kontor but its main().
TEST_OBJECTS := $(filter-out $(OBJ)/programs/kontor.o,$(KONTOR_OBJECTS)) $(filter $(OBJ)/post/%,$(BRIEFKASTEN_OBJECTS))

.PHONY: all run demo test check bench proof proof-bare clean install-build install-test install-bench units
.DELETE_ON_ERROR:
all: $(BUILD)/kontor $(BUILD)/schaufenster $(BUILD)/notblatt $(BUILD)/briefkasten $(BUILD)/tools/tmplc

$(BUILD)/kontor: $(KONTOR_OBJECTS)
	$(CC) $(LDFLAGS) -Wl,--gc-sections -o $@ $^ $(LDLIBS) $(SEAL_LIBS)
$(BUILD)/schaufenster: $(SCHAUFENSTER_OBJECTS)
	$(CC) $(LDFLAGS) -Wl,--gc-sections -o $@ $^ $(LDLIBS)
$(BUILD)/briefkasten: $(BRIEFKASTEN_OBJECTS)
	$(CC) $(LDFLAGS) -Wl,--gc-sections -o $@ $^ $(BRIEFKASTEN_LIBS)

# Only this program draws PDF; the library for it would cost the others their quick start.
$(BUILD)/notblatt: $(NOTBLATT_OBJECTS)
	$(CC) $(LDFLAGS) -Wl,--gc-sections -o $@ $^ $(LDLIBS) $(PDF_LIBS)
$(OBJ)/programs/notblatt%.o: CFLAGS += $(PDF_CFLAGS)

$(OBJ)/%.o: src/%.c | $(TEMPLATES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$(OBJ)/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(ALL_OBJECTS:.o=.d)

# ---- what is written by the build ----

$(BUILD)/tools/%: tools/%.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O1 -g $(WARN) -o $@ $<

$(GEN)/%.html.h: src/%.html $(BUILD)/tools/tmplc
	@mkdir -p $(@D)
	$(BUILD)/tools/tmplc $< $@

$(GEN)/schema.c: $(SCHEMA) $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(BUILD)/tools/embed schema_files $(SCHEMA) > $@

$(GEN)/word_list.c: $(WORDS) $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(BUILD)/tools/embed word_list $< > $@

# A msgid of two parts' files is joined to one entry if both say the same, and refused by msgfmt if they do not.
$(GEN)/de.po: $(PO)
	@mkdir -p $(@D)
	msgcat --no-wrap -o $@ $(PO)
$(GEN)/de.mo: $(GEN)/de.po
	msgfmt --check-format -o $@ $<
$(GEN)/catalogues.c: $(GEN)/de.mo $(BUILD)/tools/embed
	$(BUILD)/tools/embed catalogues $(GEN)/de.mo > $@
$(GEN)/remarks.c: $(GEN)/de.po
	@{ echo '#include "base/lang.h"'; echo 'const struct lang_remark lang_remarks[] = {'; \
	sed -n 's/^msgid "\(.*\)|\([^|"]*\)"$$/\t{ "\1|\2", "\1" },/p' $<; echo '	{ NULL, NULL }'; echo '};'; } > $@

$(GEN)/assets.c: tools/assets.mjs $(shell find src/assets -type f 2>/dev/null) $(if $(wildcard package-lock.json),node_modules/.installed)
	@mkdir -p $(@D)
	node tools/assets.mjs $(BUILD)

node_modules/.installed: package-lock.json
	npm ci --no-audit --no-fund --ignore-scripts=false --loglevel=error
	@touch $@

# ---- starting ----

install-build:
	@tools/install.sh tools/packages-build.txt
install-test:
	@tools/install.sh tools/packages-build.txt tools/packages-test.txt
install-bench:
	@tools/install.sh tools/packages-build.txt tools/packages-test.txt tools/packages-bench.txt

run: install-build
	@$(MAKE) --no-print-directory -s all
	@mkdir -p -m 700 "$(DATA)"
	@exec $(BUILD)/kontor serve --data "$(DATA)" --port $(PORT)

demo: install-build
	@$(MAKE) --no-print-directory -s all
	@mkdir -p -m 700 "$(DEMO)"
	@test -e "$(DEMO)/kontor.db" || { rm -rf "$(DEMO)/filling" && $(BUILD)/kontor demo --data "$(DEMO)/filling" && \
	    mv "$(DEMO)/filling/"* "$(DEMO)/" && rmdir "$(DEMO)/filling"; }
	@exec $(BUILD)/kontor serve --data "$(DEMO)" --port $(PORT)

# ---- testing ----

# A unit test takes from kontor what it uses; one that looks at all statements or modules is linked with all of it.
TEST_SOURCES := $(sort $(wildcard tests/unit/*_test.c tests/proof/*.c tests/faults/*.c) $(wildcard tests/text_run.c))
WHOLE := $(shell grep -lE 'sql_literals|link: all' $(TEST_SOURCES)) $(filter tests/text_run.c,$(TEST_SOURCES))
TESTS := $(TEST_SOURCES:tests/%.c=$(BUILD)/tests/%)
$(WHOLE:tests/%.c=$(BUILD)/tests/%): PARTS = $(TEST_OBJECTS)
$(TESTS): PARTS ?= $(BUILD)/kontor.a
$(BUILD)/kontor.a: $(TEST_OBJECTS)
	rm -f $@ && ar rcs $@ $^
$(TESTS): $(BUILD)/tests/%: tests/%.c $(BUILD)/kontor.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d -MT $@ -o $@ $< $(PARTS) $(LDLIBS) $(SEAL_LIBS) -lcmocka
-include $(TESTS:=.d)
units: $(TESTS)

test: install-test
	@tests/run.sh
check:
	@tests/run.sh quick
bench: install-bench
	@$(MAKE) --no-print-directory -s all
	@tests/bench/run.sh
proof: install-test
	@$(MAKE) --no-print-directory -s all
	@$(MAKE) --no-print-directory -s $(BUILD)/tests/unit/slots_test
	@tests/proof/run.sh
	@CUTS=1000000 FAULTS=100000 tests/proof/cuts_test.sh
	@ROUNDS=1000 node --test --test-reporter=spec tests/faults/kill.test.mjs
	@echo "The slot finder beside its oracle on 150,000 random salons:" && CASES=150000 $(BUILD)/tests/unit/slots_test
	@ROUNDS=500 node --test --test-reporter=spec tests/faults/briefkasten.test.mjs
	@tests/fuzz/run.sh 20
	@tests/rules/replan_solver.sh 3000
	@$(MAKE) --no-print-directory -s $(BUILD)/tests/unit/replan_test
	@echo "The re-planning engine on 20,000 random salons:" && CASES=20000 $(BUILD)/tests/unit/replan_test
	@echo "Mistakes put into the rules, one after the other:" && tests/mutants/run.sh

# As root: a fresh Debian 12 in a folder, with only git and make, in which make test and make run must do.
proof-bare:
	@command -v debootstrap > /dev/null || { apt-get update -q && apt-get install -q -y --no-install-recommends debootstrap; }
	@tests/bare/run.sh

clean:
	rm -rf build build-*
