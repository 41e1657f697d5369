# SPDX-License-Identifier: GPL-3.0-or-later
# `make run` starts a demonstration station, `make test` runs every test; `make help` lists the rest.

SHELL := /bin/bash
SAN ?=
# V=1 shows whole commands.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))
B ?= build/$(if $(SAN),$(SAN),plain)
# Always relative: the .d files name their targets as B does, and must mean the same files in every call.
override B := $(patsubst $(CURDIR)/%,%,$(B))

LIBS := portaudio-2.0 sndfile flac libmpg123 libmicrohttpd gnutls \
	nettle sqlite3 libsodium libebur128 soxr libical yaml-0.1 \
	jansson libseccomp kissfft-float libdeflate libarchive
SRC := $(sort $(wildcard src/*.c src/*/*.c))
# FFmpeg's libraries are in a program of their own: `vangxa worker av`.
AV_SRC := src/library/amr.c src/library/avsound.c src/library/decode_amr.c src/library/decode_av.c \
	src/library/relayed.c
AV_LIBS = $(shell pkg-config --libs libavformat libavcodec libavutil libswresample opencore-amrnb opencore-amrwb)
# What speaks with the network outside, too: `vangxa witness`, `vangxa fetch`.
NET_SRC := src/mix/fetch.c src/mix/fetch_hls.c src/proof/envoy.c src/proof/token.c src/sys/post.c
NET_LIBS = $(shell pkg-config --libs libcurl libcrypto)
# XML and its signatures: `vangxa worker cap`.
CAP_SRC := src/plan/cap_read.c
CAP_CFLAGS = $(shell pkg-config --cflags libxml-2.0 xmlsec1-openssl 2>/dev/null)
CAP_LIBS = $(shell pkg-config --libs libxml-2.0 xmlsec1-openssl)
# Spreadsheets that somebody sends: `vangxa worker sheet`.
SHEET_SRC := $(patsubst %,src/library/xlsx%.c,book number part read rows shared)
SHEET_CFLAGS = $(shell pkg-config --cflags libxml-2.0 2>/dev/null)
SHEET_LIBS = $(shell pkg-config --libs libxml-2.0)
# Reports for printers and spreadsheets: `vangxa report`.
REPORT_SRC := src/cli/cmd_report.c src/cli/cmd_register_out.c src/cli/report_all.c \
	$(patsubst %,src/report/%.c,document_pdf formats letterhead paper table_pdf table_xlsx)
REPORT_CFLAGS = $(shell pkg-config --cflags xlsxwriter pangocairo libqrencode 2>/dev/null)
REPORT_LIBS = $(shell pkg-config --libs xlsxwriter pangocairo libqrencode)
# Sources of programs of their own.
APART_SRC := $(AV_SRC) $(NET_SRC) $(CAP_SRC) $(SHEET_SRC) $(REPORT_SRC)
APART := src/main.c $(wildcard src/main_*.c) $(APART_SRC)
OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(filter-out $(APART),$(SRC)))
# SUITES="ring later": a runner of only these, for a build that is made for them alone (.ci/run).
UNIT := $(sort $(if $(SUITES),$(SUITES:%=tests/unit/test_%.c),$(wildcard tests/unit/test_*.c)))
# Tests of what is in programs of their own, in a runner of their own: with FFmpeg and a hundred more libraries
# each of the thousand processes of all the other tests began 50 ms later.
UNIT_APART := $(filter $(patsubst %,tests/unit/test_%.c,$(basename $(notdir $(APART_SRC)))),$(UNIT))
SIM := $(sort $(wildcard tests/sim/*.c))
HELP_C := $(sort $(wildcard tests/support/*.c))

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
	-Wno-format-nonliteral -Wundef -Wpointer-arith -Wwrite-strings -Werror=implicit-function-declaration \
	-Werror=incompatible-pointer-types -Werror=int-conversion -Werror=return-type -Werror=format \
	$(if $(SAN),,$(if $(CI),-Werror))
SAN_asan := -fsanitize=address,undefined -fno-sanitize-recover=undefined -DVX_ASAN
SAN_tsan := -fsanitize=thread -DVX_TSAN
OPT := $(if $(SAN),-O1 -fno-omit-frame-pointer,-O2 -D_FORTIFY_SOURCE=2)
# Empty, without a complaint, on a machine where `make deps` has not run yet: see need-libs.
PKG_CFLAGS := $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(LIBS) 2>/dev/null)
# What a sanitizer tells needs lines and names of functions; types and variables cost a fifth of its build. Nobody
# sits at a debugger in the gate, either.
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(if $(SAN)$(CI),-g1,-g) $(OPT) -ffp-contract=off -fopenmp-simd \
	-fstack-protector-strong -fPIE -pthread -Isrc $(WARN) $(SAN_$(SAN)) $(PKG_CFLAGS) $(CFLAGS)
ALL_LIBS = $(PKG_LIBS) -lmp3lame -lzxcvbn -lm -ldl
# libjack must find what src/mix/jackdb.h defines.
ALL_LDFLAGS = -pie -pthread -Wl,-z,relro -Wl,--as-needed -Wl,--export-dynamic-symbol=db_env_create \
	$(SAN_$(SAN)) $(LDFLAGS)
# tests/support/passing.c: an assertion in a loop is not written down each time.
CHECK_LIBS = $(shell pkg-config --libs check) -Wl,--wrap=_mark_point

.PHONY: all run test check unit sim fuzz-replay e2e lint tidy deps test-deps page bench bench-deps clean \
	install help need-libs
.DELETE_ON_ERROR:
.SECONDARY: $(B)/tests/unit_list.h $(B)/tests/sim_list.h

## all: builds the program (what `make` alone does)
all: $(B)/vangxa $(addprefix $(B)/vangxa-,station av net cap sheet report)

need-libs:
	$(if $(PKG_LIBS),,@echo "make: libraries are missing: run  make deps  first (it names them: \
	packaging/apt.txt)" >&2; exit 1)

# Loops over samples: vectors pay. -fno-math-errno lets sqrtf be one; neither changes a bit of the sound.
ifeq ($(SAN),)
$(patsubst %,$(B)/obj/mix/%.o,mixer deck gain limiter feeder source filesink): OPT += -O3 -fno-math-errno
endif

$(B)/obj/%.o: src/%.c Makefile | need-libs
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# It holds the file.
$(B)/obj/proof/parcel_words.o: packaging/verify.py

# Out of the archive the linker takes what main.c needs, and --as-needed the libraries of that.
$(B)/obj/all.a: $(OBJ)
	$(Q)rm -f $@ && ar rcsT $@ $^

$(B)/vangxa: $(B)/obj/main.o $(B)/obj/all.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(filter-out %=db_env_create,$(ALL_LDFLAGS)) -o $@ $^ $(ALL_LIBS)

$(B)/vangxa-station: $(B)/obj/main_station.o $(OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS)

AV_OBJ := $(AV_SRC:src/%.c=$(B)/obj/%.o)
$(B)/vangxa-av: $(B)/obj/main_av.o $(AV_OBJ) \
	$(filter $(B)/obj/base/% $(B)/obj/sys/% $(B)/obj/library/%,$(OBJ))
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(AV_LIBS)

NET_OBJ := $(NET_SRC:src/%.c=$(B)/obj/%.o)
$(B)/vangxa-net: $(B)/obj/main_net.o $(NET_OBJ) $(filter $(B)/obj/base/% $(B)/obj/sys/%,$(OBJ))
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(NET_LIBS)

CAP_OBJ := $(CAP_SRC:src/%.c=$(B)/obj/%.o)
$(CAP_OBJ) build/lint/$(CAP_SRC:.c=.ok): PKG_CFLAGS += $(CAP_CFLAGS)
$(B)/vangxa-cap: $(B)/obj/main_cap.o $(CAP_OBJ) $(filter $(B)/obj/base/% $(B)/obj/sys/%,$(OBJ))
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CAP_LIBS)

SHEET_OBJ := $(SHEET_SRC:src/%.c=$(B)/obj/%.o)
$(SHEET_OBJ) $(SHEET_SRC:%.c=build/lint/%.ok): PKG_CFLAGS += $(SHEET_CFLAGS)
$(B)/vangxa-sheet: $(B)/obj/main_sheet.o $(SHEET_OBJ) $(filter $(B)/obj/base/% $(B)/obj/sys/%,$(OBJ))
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(SHEET_LIBS)

REPORT_OBJ := $(REPORT_SRC:src/%.c=$(B)/obj/%.o)
$(REPORT_OBJ) $(REPORT_SRC:%.c=build/lint/%.ok): PKG_CFLAGS += $(REPORT_CFLAGS)
$(B)/vangxa-report: $(B)/obj/main_report.o $(REPORT_OBJ) $(B)/obj/all.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(filter-out %=db_env_create,$(ALL_LDFLAGS)) -o $@ $^ $(ALL_LIBS) $(REPORT_LIBS)

# One runner for all unit tests (it hands on those of run-apart), one for the simulations. Each
# tests/unit/test_NAME.c defines `Suite *suite_NAME(void)`; the list is made from the file names, so a new file is
# never forgotten. One make beside another (.ci/run) writes into a file of its own.
RUN_unit := $(filter-out $(UNIT_APART),$(UNIT))
RUN_apart := $(UNIT_APART)
RUN_sim := $(SIM)
$(B)/tests/%_list.h: FORCE
	@mkdir -p $(@D)
	@for f in $(RUN_$*); do \
		n=$$(basename $$f .c); case $$n in test_*) echo "SUITE($${n#test_})";; esac; done >$@.$$PPID
	@cmp -s $@.$$PPID $@ && rm $@.$$PPID || mv $@.$$PPID $@

$(B)/tests/%.o: tests/%.c Makefile | need-libs
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Itests -I$(B)/tests -MMD -MP -c -o $@ $<

# Static: `make` would try to make main-unit.d from main-unit.d.o as well.
$(B)/tests/main-unit.o $(B)/tests/main-apart.o $(B)/tests/main-sim.o: $(B)/tests/main-%.o: tests/main.c Makefile \
	$(B)/tests/%_list.h
	$(call say,CC,"$< ($*)")
	$(Q)$(CC) $(ALL_CFLAGS) -DSUITES='"$*_list.h"' $(if $(filter unit,$*),-DBESIDE='"run-apart"') \
		-Itests -I$(B)/tests -MMD -MP -c -o $@ $<

runner_objects = $(patsubst %.c,$(B)/%.o,$(RUN_$1) $(HELP_C)) $(B)/tests/main-$1.o

# Started as `vangxa`, a runner is the program, which finds the others beside it.
BESIDE := $(patsubst %,$(B)/tests/vangxa-%,av net cap sheet report)
$(BESIDE): $(B)/tests/vangxa-%: $(B)/vangxa-%
	@mkdir -p $(@D)
	$(Q)ln -sf ../$(@F) $@

$(B)/tests/run-unit: $(call runner_objects,unit) $(OBJ) | $(BESIDE) $(B)/tests/run-apart
$(B)/tests/run-sim: $(call runner_objects,sim) $(OBJ)
$(B)/tests/run-unit $(B)/tests/run-sim:
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CHECK_LIBS) -lopencore-amrnb

$(B)/tests/run-apart: $(call runner_objects,apart) $(OBJ) $(AV_OBJ) $(NET_OBJ) $(CAP_OBJ) $(SHEET_OBJ) \
		$(filter $(B)/obj/report/% $(B)/obj/cli/report_all.o,$(REPORT_OBJ))
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(AV_LIBS) $(NET_LIBS) $(CAP_LIBS) $(REPORT_LIBS) $(CHECK_LIBS)

# A test that hangs fails; one on a busy machine, under a sanitizer, beside others, does not hang.
PATIENCE := $(if $(SAN)$(CI),8,2)

## unit: one test per source file; run-unit NAME… runs only some
unit: $(B)/tests/run-unit $(B)/vangxa
	VANGXA=$(abspath $(B)/vangxa) CK_TIMEOUT_MULTIPLIER=$(PATIENCE) tools/suites.sh $(B)/tests/run-unit

## sim: whole stations on simulated clocks, disks and devices, from seeds
sim: $(B)/tests/run-sim
	CK_TIMEOUT_MULTIPLIER=$(PATIENCE) $(B)/tests/run-sim

# A fuzzer is tests/fuzz/fuzz_NAME.c with LLVMFuzzerTestOneInput; its corpus is tests/fuzz/NAME/. Every
# build can replay a corpus (replay.c); `make fuzz-NAME` lets clang's libFuzzer look for more.
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

$(B)/tests/fuzz/replay-%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o $(OBJ) $(CAP_OBJ) $(SHEET_OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CAP_LIBS)

## fuzz-replay: every input that a fuzzer ever found, once more
fuzz-replay: $(FUZZ:%=$(B)/tests/fuzz/replay-%)
	@$(foreach n,$(FUZZ),$(B)/tests/fuzz/replay-$n tests/fuzz/$n &&) true

fuzz-%: FORCE
	@mkdir -p build/fuzz tests/fuzz/$*
	clang $(ALL_CFLAGS) $(CAP_CFLAGS) -fsanitize=fuzzer,address,undefined -o build/fuzz/$* \
		tests/fuzz/fuzz_$*.c $(filter-out $(APART),$(SRC)) $(CAP_SRC) $(SHEET_SRC) $(ALL_LIBS) $(CAP_LIBS)
	build/fuzz/$* -max_total_time=$(or $(SECONDS_MAX),60) tests/fuzz/$*

# Programs that the end-to-end tests need: tests/e2e/NAME.c.
E2E_TOOL := $(patsubst tests/e2e/%.c,$(B)/tests/%,$(sort $(wildcard tests/e2e/*.c)))

$(E2E_TOOL): $(B)/tests/%: $(B)/tests/e2e/%.o $(OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS)

## e2e: the real program from outside (tests/e2e/test_*.sh, test_*.mjs); E2E=NAME for one
e2e: all page $(E2E_TOOL) tests/e2e/node_modules/.package-lock.json
	@VANGXA=$(abspath $(B)/vangxa) tools/e2e.sh $(E2E)

## deps: installs what the build needs (packaging/apt.txt; npm for the page when it is missing)
deps:
	@tools/deps.sh packaging/apt.txt
	@tools/have-node.sh || [ ! -f packaging/apt-page.txt ] || tools/deps.sh packaging/apt-page.txt

## test-deps: installs what only tests and lint need (packaging/apt-test.txt)
test-deps:
	@tools/deps.sh packaging/apt-test.txt

# What follows `deps` runs in a make of its own: this one looked for the libraries before they came.
## run: installs, builds, prepares ./var with a demonstration station and starts it
run: deps
	@$(MAKE) --no-print-directory all page
	@packaging/prepare-var.sh $(B)/vangxa var
	$(B)/vangxa run --data var

## test: unit, simulation and end-to-end tests, and the fuzzers' finds once more
test: deps test-deps
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory sim
	@$(MAKE) --no-print-directory fuzz-replay
	@$(MAKE) --no-print-directory e2e

## check: test, then unit and sim again under AddressSanitizer and ThreadSanitizer
check: test
	@for s in asan tsan; do $(MAKE) --no-print-directory SAN=$$s unit sim || exit 1; done

# One stamp a file: what has been looked at and has not changed is not looked at again. clang-tidy tells
# what clang warns of as well. It names no headers: the object does, and what was compiled anew is looked at
# anew. clang's analyzer gives a function up after 30,000 states. Its own 225,000 cost six times as much, and what was
# sown at the end of a hundred functions it found no better.
LINT_C := $(SRC) $(UNIT) $(SIM) $(HELP_C) tests/main.c $(sort $(wildcard tests/fuzz/*.c bench/*.c))
LINT_CFLAGS = $(ALL_CFLAGS) -Itests -I$(B)/tests -Werror -Wno-unknown-warning-option \
	$(if $(filter tests/%,$<),-Wno-missing-prototypes)

build/lint/src/%.ok: src/%.c $(B)/obj/%.o .clang-tidy Makefile
	@mkdir -p $(@D)
	$(call say,LINT,$<)
	$(Q)clang-tidy --quiet $< -- $(LINT_CFLAGS) -Xclang -analyzer-config -Xclang max-nodes=30000 \
		2>$(@:.ok=.text) || { cat $(@:.ok=.text); exit 1; }
	@touch $@

# Nobody else compiles the benches, and they went out of date.
build/lint/%.ok: %.c Makefile | need-libs $(B)/tests/unit_list.h $(B)/tests/sim_list.h
	@mkdir -p $(@D)
	$(call say,LINT,$<)
	$(Q)clang $(LINT_CFLAGS) -fsyntax-only -MD -MP -MT $@ -MF $(@:.ok=.d) $<
	@touch $@

## lint: clang, clang-tidy and cppcheck, each warning an error (so are gcc's in the gate's own build)
lint: $(LINT_C:%.c=build/lint/%.ok)
	@mkdir -p build/lint/cppcheck
	$(call say,CHECK,src)
	$(Q)cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppressions-list=tools/cppcheck.txt --error-exitcode=1 --cppcheck-build-dir=build/lint/cppcheck \
		-j 2 -D_GNU_SOURCE -U__cplusplus -Isrc src
	@echo "lint: $(words $(LINT_C)) files clean"

## tidy: layers, sizes, banned calls (silent when all is well), and a tree on which each rule must bite
tidy:
	@tests/tidy/run.sh & tools/tidy.sh; said=$$?; wait $$! && exit $$said

# Programs that bench/*.sh run.
$(addprefix $(B)/bench/,start_engine emergency ear): LDLIBS_HERE = $(shell pkg-config --libs jack)
$(B)/bench/same_sound: LDLIBS_HERE = $(shell pkg-config --libs opencore-amrnb)
$(B)/bench/%: bench/%.c $(wildcard bench/lib/*.h) $(OBJ) Makefile
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(OBJ) $(ALL_LIBS) $(LDLIBS_HERE)

## bench: measures every figure of bench/README.md, side by side, in about 25 minutes
bench: all
	@VANGXA=$(abspath $(B)/vangxa) bench/lib/all.sh

## bench-deps: installs the programs that `make bench` compares with (packaging/apt-bench.txt)
bench-deps:
	@tools/deps.sh packaging/apt-bench.txt

PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share/vangxa
## install: the program, its page, sounds, seeds, man page and systemd unit (PREFIX, DESTDIR)
install: all page
	install -D -m 755 $(B)/vangxa $(DESTDIR)$(PREFIX)/bin/vangxa
	for p in station av net cap sheet report; do install -D -m 755 $(B)/vangxa-$$p \
		$(DESTDIR)$(PREFIX)/libexec/vangxa/vangxa-$$p || exit 1; done
	install -D -m 755 packaging/prepare-var.sh $(SHARE)/prepare-var.sh
	install -d $(SHARE)/packaging
	cp -R packaging/demo $(SHARE)/packaging/
	cp -R schedules audio seeds $(SHARE)/
	install -d $(SHARE)/www && cp -R web/dist/. $(SHARE)/www/
	install -D -m 644 packaging/vangxa.1 $(DESTDIR)$(PREFIX)/share/man/man1/vangxa.1
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	install -D -m 644 packaging/vangxa.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/vangxa.conf
	for u in vangxa vangxa-station vangxa-web; do sed 's|@PREFIX@|$(PREFIX)|g' packaging/$$u.service \
		>$(DESTDIR)$(PREFIX)/lib/systemd/system/$$u.service || exit 1; done

## help: this list
help:
	@sed -n 's/^## \([a-z0-9-]*\): /\1\t/p' Makefile | sort | while IFS="$$(printf '\t')" read -r t w; do \
		printf '  make %-12s %s\n' "$$t" "$$w"; done

## page: builds the page into web/dist (needs node 18 or later)
# Preact and htm, bundled by esbuild from the versions in web/package-lock.json. Rebuilt only
# when its sources change.
PAGE_SRC := web/build.mjs web/openapi.json $(wildcard web/src/* web/texts/*)

page: web/dist/index.html

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	@command -v npm >/dev/null || { echo "make: npm is missing: run  make deps  first"; exit 1; }
	@echo "  npm   $* (libraries from npm's registry, as its package-lock.json names them)"
	$(Q)cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(PAGE_SRC)
	$(Q)node web/build.mjs
	@touch $@

## clean: removes all that was built
clean:
	rm -rf build web/dist

FORCE:
-include $(shell find build -name '*.d' 2>/dev/null)
