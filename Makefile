# SPDX-License-Identifier: GPL-3.0-or-later
# `make run` starts a demonstration station, `make test` runs every test; `make help` lists the rest.

SHELL := /bin/bash
SAN ?=
# V=1 shows whole commands.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))
B ?= build/$(if $(SAN),$(SAN),plain)

LIBS := portaudio-2.0 sndfile libmicrohttpd sqlite3 libsodium libebur128 soxr libical yaml-0.1 jansson
SRC := $(sort $(wildcard src/*.c src/*/*.c))
OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(filter-out src/main.c,$(SRC)))
UNIT := $(sort $(wildcard tests/unit/test_*.c))
SIM := $(sort $(wildcard tests/sim/*.c))
HELP_C := $(sort $(wildcard tests/support/*.c))

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
	-Wno-format-nonliteral -Wundef -Wpointer-arith -Wwrite-strings -Werror=implicit-function-declaration \
	-Werror=incompatible-pointer-types -Werror=int-conversion -Werror=return-type -Werror=format
SAN_asan := -fsanitize=address,undefined -fno-sanitize-recover=undefined -DVX_ASAN
SAN_tsan := -fsanitize=thread -DVX_TSAN
SAN_rt := -DVX_RT_GUARD
OPT := $(if $(SAN),-O1 -fno-omit-frame-pointer,-O2 -D_FORTIFY_SOURCE=2)
PKG_CFLAGS := $(shell pkg-config --cflags $(LIBS))
PKG_LIBS := $(shell pkg-config --libs $(LIBS))
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -g $(OPT) -ffp-contract=off -fstack-protector-strong -fPIE \
	-pthread -Isrc $(WARN) $(SAN_$(SAN)) $(PKG_CFLAGS) $(CFLAGS)
ALL_LIBS = $(PKG_LIBS) -lmp3lame -lm -ldl
ALL_LDFLAGS = -pie -pthread -Wl,-z,relro -Wl,--as-needed $(SAN_$(SAN)) $(LDFLAGS)
CHECK_LIBS = $(shell pkg-config --libs check)

.PHONY: all run test check unit sim e2e lint tidy deps test-deps page bench clean install help
.DELETE_ON_ERROR:

all: $(B)/vangxa

$(B)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/vangxa: $(B)/obj/main.o $(OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS)

# One runner for all unit tests, one for the simulations. Each tests/unit/test_NAME.c defines
# `Suite *suite_NAME(void)`; the list is made from the file names, so a new file is never forgotten.
$(B)/tests/%_list.h: FORCE
	@mkdir -p $(@D)
	@for f in $(if $(filter unit,$*),$(UNIT),$(filter-out tests/sim/main.c,$(SIM))); do \
		n=$$(basename $$f .c); case $$n in test_*) echo "SUITE($${n#test_})";; esac; done >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/tests/%.o: tests/%.c Makefile $(B)/tests/unit_list.h $(B)/tests/sim_list.h
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Itests -I$(B)/tests -MMD -MP -c -o $@ $<

UNIT_OBJ := $(patsubst %.c,$(B)/%.o,$(UNIT) tests/unit/main.c $(HELP_C))
SIM_OBJ := $(patsubst %.c,$(B)/%.o,$(SIM) $(HELP_C))

$(B)/tests/run-unit: $(UNIT_OBJ) $(OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CHECK_LIBS)

$(B)/tests/run-sim: $(SIM_OBJ) $(OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CHECK_LIBS)

unit: $(B)/tests/run-unit $(B)/vangxa
	VANGXA=$(abspath $(B)/vangxa) $(B)/tests/run-unit

sim: $(B)/tests/run-sim
	$(B)/tests/run-sim

clean:
	rm -rf build web/dist

FORCE:
-include $(shell find build -name '*.d' 2>/dev/null)
