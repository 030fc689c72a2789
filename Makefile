# CreditMesh. `make demo` runs the main job, `make test` the tests; each installs what it needs.
#
# A first build compiles the dependencies: about 6 minutes on 2 cores for demo and test, which share
# one debug build, and about 11 more for bench, which needs a release build.

SHELL := /bin/bash
.DELETE_ON_ERROR:

# System packages by their Debian names, and what each is for.
#   libsodium-dev   the group of the pseudonyms
#   libsqlite3-dev  the store
#   zlib1g-dev      HTTP archives of the web libraries
PACKAGES := libsodium-dev libsqlite3-dev zlib1g-dev

DATA ?=
DEMO_OPTIONS ?=
BENCH_OPTIONS ?=
# Suites that open sockets and start processes run by themselves, one test after the other, so that
# their deadlines do not measure how busy the other tests keep the machine.
NETWORK_SUITES := 'PeerHTTPTests|ScenarioTests|ForeignClientTests'

.PHONY: help build demo test bench lint packages toolchain clean

help:
	@echo 'make demo [DATA=../shared/datasets]   run a consortium on this machine and ask it questions'
	@echo 'make test                             run all tests'
	@echo 'make bench                            measure (release build)'
	@echo 'make lint                             check the format of the sources'
	@echo 'make build                            build the debug version'

build: packages toolchain
	@echo 'Building (the first time about 6 minutes on 2 cores: mostly dependencies) …'
	swift build --product creditmesh

demo: build
	.build/debug/creditmesh demo --page .build/examiner.html $(if $(DATA),--data $(DATA)) $(DEMO_OPTIONS)

test: packages toolchain
	@echo 'Building the tests (the first time about 8 minutes on 2 cores: mostly dependencies) …'
	swift build --build-tests
	swift test --skip-build --skip $(NETWORK_SUITES)
	swift test --skip-build --no-parallel --filter $(NETWORK_SUITES)

bench: packages toolchain
	@echo 'Building the release version (the first time about 11 minutes on 2 cores) …'
	swift build -c release --product creditmesh-bench
	.build/release/creditmesh-bench --output .build/bench.json $(BENCH_OPTIONS)

lint: toolchain
	swift format lint --strict --recursive Sources Tests Package.swift

# Says what it installs; says what to install by hand where it may not.
packages:
	@missing=(); \
	for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	        || missing+=($$package); \
	done; \
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi; \
	sudo=''; \
	if [ "$$(id -u)" -ne 0 ]; then sudo='sudo -n'; fi; \
	echo "Installing system packages: $${missing[*]}"; \
	if command -v apt-get >/dev/null \
	    && $$sudo apt-get update -qq \
	    && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq "$${missing[@]}"; then \
	    exit 0; \
	fi; \
	echo "They could not be installed from here. As an administrator run:" >&2; \
	echo "    apt-get install $${missing[*]}" >&2; \
	exit 1

toolchain:
	@command -v swift >/dev/null || { \
	    echo 'No Swift toolchain: install Swift 6.3 (swift.org/install) and put it on PATH.' >&2; \
	    exit 1; \
	}

clean:
	swift package clean
