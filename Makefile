# okta-swift: `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
# Every target enables all traits: the tests cover all of them, and nothing is built twice. Swift 6.1 is too old for the
# dependencies of LocalOrg.
TRAITS := $(shell $(SWIFT) --version 2>/dev/null | grep -q 'Swift version 6\.1' && \
	echo --traits CommandLine,Generator,Logging,Metrics,OAuth,Redis,Tracing || echo --enable-all-traits)
# The package manager passes traits to the compiler in the order of a hash table. Another order is another command line,
# and causes a rebuild of all targets that depend on them.
export SWIFT_DETERMINISTIC_HASHING := 1
GENERATOR := $(SWIFT) run $(TRAITS) --quiet okta-generator
APT_PACKAGES := libyaml-dev libcurl4-openssl-dev libsqlite3-dev libhiredis-dev
BREW_FORMULAE := libyaml curl sqlite hiredis pkgconf
HAND_WRITTEN = git ls-files -co --exclude-standard '*.swift' ':!Generated' ':!Tests/OktaTestSupport/Generated' ':!Tests/Golden'
# All folders with subfolders, whose files must not reference each other's types in a cycle. The folders at the top are
# left out: the package manager finds cycles of their targets.
LAYERED = $(shell $(HAND_WRITTEN) \
	| awk -F/ '{ path = $$1; for (i = 2; i < NF - 1; i++) { path = path "/" $$i; print path } }' | sort -u)

# No target names a file.
.PHONY: $(shell grep -oE '^[a-z-]+:' $(MAKEFILE_LIST) | tr -d :)

help: ## Lists the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)$$/  \1	\2/' | expand -t 22

# The compiler itself checks for the C libraries, so nothing that it finds is installed again.
setup: ## Installs libyaml, libcurl, SQLite and hiredis with apt or Homebrew if they are missing.
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.1 or later is needed: https://www.swift.org/install" >&2; exit 2; }
	@case "$$(uname -s)" in \
	Darwin) \
		command -v brew >/dev/null || { echo "Homebrew is needed for libyaml and curl: https://brew.sh" >&2; exit 2; }; \
		for formula in $(BREW_FORMULAE); do \
			brew list --formula "$$formula" >/dev/null 2>&1 \
				|| { echo "setup: brew install $$formula"; brew install --quiet "$$formula"; }; \
		done ;; \
	Linux) \
		headers='#include <yaml.h>\n#include <curl/curl.h>\n#include <sqlite3.h>\n#include <hiredis/hiredis.h>\n'; \
		compiler=$$(command -v clang || command -v cc || true); \
		if [ -n "$$compiler" ] && printf "$$headers" | "$$compiler" -E - >/dev/null 2>&1; then exit 0; fi; \
		command -v apt-get >/dev/null || { \
			echo "libyaml (yaml-0.1) and libcurl with their headers are needed; install them with your package manager" >&2; exit 2; }; \
		sudo=; \
		if [ "$$(id -u)" != 0 ]; then \
			sudo=sudo; \
			sudo -n true 2>/dev/null || [ -t 0 ] || { \
				echo "setup may not install packages; run: sudo apt-get install -y $(APT_PACKAGES)" >&2; exit 2; }; \
		fi; \
		echo "setup: apt-get install $(APT_PACKAGES)"; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq $(APT_PACKAGES) >/dev/null || { \
			echo "that failed; run: sudo apt-get install -y $(APT_PACKAGES)" >&2; exit 2; } ;; \
	*) echo "setup supports Linux with apt and macOS with Homebrew; install libyaml and libcurl yourself" >&2; exit 2 ;; \
	esac

build: setup ## Builds everything, including tests.
	$(SWIFT) build $(TRAITS) --build-tests

generate: setup ## Writes the Swift sources of the catalogs in Spec, and the table in README.md.
	$(GENERATOR) generate --readme README.md

check: setup ## Fails if the Swift sources or the table in README.md differ from the catalogs' output.
	$(GENERATOR) check --readme README.md

test: setup ## Runs all tests.
	$(SWIFT) test $(TRAITS)

# Simulates a developer's busy machine. The tests are built first, without load. ROUNDS=1 runs one round. The width is
# limited because each call of each test would wait for minutes if all tests ran at once on two cores.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 24

ROUNDS ?= 3
test-under-load: build ## Runs all tests three times, while each core runs a busy loop and a package is compiled.
	@for round in $$(seq 1 $(ROUNDS)); do \
		echo "round $$round of $(ROUNDS)"; \
		SWIFT="$(SWIFT)" Tests/Load/under-load $(SWIFT) test $(TRAITS) --skip-build; \
	done

test-integration: setup nginx postgres redis ## Runs the tests with a real nginx, PostgreSQL and Redis; installs them if they are missing.
	$(SWIFT) build $(TRAITS) --build-tests
	Tests/Nginx/with-nginx $(SWIFT) test $(TRAITS) --skip-build --no-parallel --filter IntegrationTests
	Tests/Postgres/with-postgres env OKTA_SHIP_KILLS=100 \
		$(SWIFT) test $(TRAITS) --skip-build --no-parallel --filter LogShipTests
	Tests/Redis/with-redis $(SWIFT) test $(TRAITS) --skip-build --no-parallel --filter OktaRateLimitStoreTests

# `make test` kills at a few points only.
test-kills: setup ## Kills (-9) runs over sets and the shipping of logs at 100 random points each, and resumes them.
	$(SWIFT) build $(TRAITS) --build-tests
	OKTA_KILL_ROUNDS=100 OKTA_SHIP_KILLS=100 \
		$(SWIFT) test $(TRAITS) --skip-build --no-parallel --filter 'KilledRunTests|LogShipTests'

test-shared-limits: setup redis ## Runs eight programs that share limits, with kills, wrong clocks and a failing server.
	$(SWIFT) build $(TRAITS) --build-tests
	$(SWIFT) build $(TRAITS) --product okta-proxy 2>&1 | tail -1
	@export OKTA_TEST_PROXY="$$($(SWIFT) build $(TRAITS) --show-bin-path)/okta-proxy"; \
	if python=$$(Tools/LocalOrg/Interop/interop --folder .build-interop --python okta-sdk); then export OKTA_TEST_PYTHON="$$python"; \
	else echo "test-shared-limits: okta for Python is missing; the scenes with other clients are skipped" >&2; fi; \
	if command -v go >/dev/null && go build -o .build-interop/go-http Tools/LocalOrg/Interop/go-http/load.go; then \
		export OKTA_TEST_GO="$$PWD/.build-interop/go-http"; \
	else echo "test-shared-limits: Go is missing; the scenes with other clients have no program in Go" >&2; fi; \
	OKTA_TEST_SCENE_SEEDS=1-4 $(SWIFT) test $(TRAITS) --skip-build --filter DisturbedSceneTests
	OKTA_TEST_SCENES=all Tests/Redis/with-redis \
		$(SWIFT) test $(TRAITS) --skip-build --no-parallel --filter SharedProcessesTests

# The generated models read the recordings, so each misfit is a value that a program would not see.
misfits: setup ## Lists recorded values that do not match their declared field: make misfits TRAFFIC="a.jsonl b.jsonl"
	@test -n "$(TRAFFIC)" || { echo "name recordings: make misfits TRAFFIC=traffic.jsonl" >&2; exit 2; }
	@for file in $(TRAFFIC); do test -r "$$file" || { echo "no readable file: $$file" >&2; exit 2; }; done
	@output=$$(mktemp); trap 'rm -f "$$output"' EXIT; \
	OKTA_TRAFFIC="$$(printf '%s:' $(abspath $(TRAFFIC)))" $(SWIFT) test $(TRAITS) --filter TrafficTests >"$$output" 2>&1 \
		|| { cat "$$output" >&2; exit 2; }; \
	grep -E '^(traffic|misfits?):' "$$output"; ! grep -q '^misfit:' "$$output"

# The reference is recorded traffic of real orgs, not our reading of the documentation.
conformance: setup ## Compares a local org with recorded sessions: make conformance TRAFFIC="a.jsonl b.jsonl" [DETAILS=1]
	@test -n "$(TRAFFIC)" || { echo "name recordings: make conformance TRAFFIC=traffic.jsonl" >&2; exit 2; }
	@for file in $(TRAFFIC); do test -r "$$file" || { echo "no readable file: $$file" >&2; exit 2; }; done
	@$(SWIFT) build $(TRAITS) --product okta-conformance 2>&1 | tail -1
	@"$$($(SWIFT) build $(TRAITS) --show-bin-path)/okta-conformance" $(if $(DETAILS),--details) $(TRAFFIC)

# Published clients were written independently of this repository, so they find our own misreadings of the API.
interop: setup ## Runs published Okta clients for Python against a local org: make interop [CLIENTS="okta-sdk oktalib"]
	@command -v python3 >/dev/null || { echo "interop: Python 3 is needed" >&2; exit 2; }
	@$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@Tools/LocalOrg/Interop/interop --folder .build-interop --org $(LOCAL_ORG) $(CLIENTS)

interop-proxy: setup ## Runs the same clients with okta-proxy between them and the local org: make interop-proxy [CLIENTS=oktalib]
	@command -v python3 >/dev/null || { echo "interop-proxy: Python 3 is needed" >&2; exit 2; }
	@$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@$(SWIFT) build $(TRAITS) --product okta-proxy 2>&1 | tail -1
	@Tools/LocalOrg/Interop/interop --folder .build-interop --org $(LOCAL_ORG) \
		--proxy "$$($(SWIFT) build $(TRAITS) --show-bin-path)/okta-proxy" $(CLIENTS)

# MCP_SCHEMA_DIRECTORY=folder with <version>.json also validates each line against the protocol's published schemas.
test-mcp: setup ## Runs the Python package mcp against `okta mcp` and a local org.
	@command -v python3 >/dev/null || { echo "test-mcp: Python 3 is needed" >&2; exit 2; }
	@$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@$(SWIFT) build $(TRAITS) --product okta 2>&1 | tail -1
	@Tools/LocalOrg/Interop/interop --folder .build-interop --org $(LOCAL_ORG) \
		--okta "$$($(SWIFT) build $(TRAITS) --show-bin-path)/okta" mcp

# Swift 6.1 cannot build this program.
LOCAL_ORG = "$$($(SWIFT) build $(TRAITS) --show-bin-path)/okta-local-org"
COVERAGE := Tools/LocalOrg/Coverage.md
coverage: setup ## Writes the page that lists how faithfully a local org implements each action.
	@$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@page="$$(Tools/LocalOrg/coverage-page $(LOCAL_ORG))"; printf '%s\n' "$$page" >$(COVERAGE)

check-coverage: setup ## Fails if that page is out of date.
ifeq ($(TRAITS),--enable-all-traits)
	@$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@Tools/LocalOrg/coverage-page $(LOCAL_ORG) | diff -u $(COVERAGE) - \
		|| { echo "check-coverage: $(COVERAGE) is out of date; run: make coverage" >&2; exit 1; }
endif

# XCTest is disabled: its runner leaks, and it has no tests here. Tests of the rate limits with a simulated clock are
# skipped: they are long calculations on one thread, where a sanitizer finds nothing new, and they make other tests
# exceed their time limits. Those with real threads are included. Tests run one at a time for the same reason.
SANITIZERS ?= thread address
# -DOKTA_SANITIZE selects a lock that ThreadSanitizer understands: Runtime/OktaRuntime/Support/VisibleMutex.swift.
sanitize: setup ## Runs the tests of the runtime and of OktaOAuth under ThreadSanitizer, then under AddressSanitizer.
	@for sanitizer in $(SANITIZERS); do \
		LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitize/leaks.txt TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitize/races.txt \
		$(SWIFT) test $(TRAITS) --scratch-path .build-sanitize-$$sanitizer --sanitize $$sanitizer -Xswiftc -DOKTA_SANITIZE \
			--disable-xctest --no-parallel --filter '^(OktaRuntimeTests|OktaOAuthTests)\.' \
			--skip 'RateLimiter(Proof|Cancellation)?Tests'; \
	done

EXAMPLES := --package-path Examples --scratch-path .build-examples
demo: setup ## Regenerates, shows that nothing changed, builds, and lists the users of a local org.
	$(GENERATOR) generate
	$(SWIFT) build $(EXAMPLES) --product list-users
	$(SWIFT) build $(EXAMPLES) --product demo-org
	@bin="$$($(SWIFT) build $(EXAMPLES) --show-bin-path)"; \
	if [ -n "$${OKTA_CLIENT_ORGURL:-}$${OKTA_CLIENT_TOKEN:-}" ]; then "$$bin/list-users"; \
	else "$$bin/demo-org" Examples/acme.json -- "$$bin/list-users" 3; fi

# Only the example that signs in needs the server of okta-local-org.
examples: setup ## Builds the examples, and compares their output with their READMEs.
	$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@case "$(TRAITS)" in --enable-all-traits) export OKTA_LOCAL_ORG=$(LOCAL_ORG) ;; esac; \
	if [ -n "$${OKTA_LOCAL_ORG:-}" ] && command -v curl >/dev/null; then Examples/curl/try-local-org; fi; \
	$(SWIFT) test $(EXAMPLES)

# This example has its own build, like a package that depends on this one. It takes longer than all other examples
# together.
example-tests: setup ## Runs the tests of the example test-with-local-org.
	$(SWIFT) test --package-path Examples/test-with-local-org --scratch-path .build-example-tests

lint: setup ## Checks the format of handwritten sources, and searches for traps.
	@$(HAND_WRITTEN) | xargs $(SWIFT) format lint --strict --parallel
	@! $(HAND_WRITTEN) | xargs grep -nE 'try!|fatalError\(|as!|unowned\(unsafe\)|nonisolated\(unsafe\)' \
		|| { echo "lint: these trap or silence the compiler" >&2; exit 1; }
	@! git grep -n 'timeLimit(' -- 'Tests/*.swift' ':!Tests/BusyMachine' \
		|| { echo "lint: use the trait hangLimit, because a busy machine exceeds other limits" >&2; exit 1; }
	@! git grep -nE '[[:space:]]$$' -- '*.swift' '*.yaml' '*.md' Makefile ':!Tests/FuzzDocuments/Seeds' \
		|| { echo "lint: trailing white space" >&2; exit 1; }
	@.ci/folder-cycles --prove
	@.ci/folder-cycles $(LAYERED)
	@.ci/services
	@echo "lint: clean"

format: setup ## Formats handwritten sources.
	@$(HAND_WRITTEN) | xargs $(SWIFT) format --in-place --parallel

import: setup ## Adds missing facts from Okta's document to the catalog: make import OPENAPI=management.yaml
	@test -n "$(OPENAPI)" || { echo "name the document: make import OPENAPI=management.yaml" >&2; exit 2; }
	$(GENERATOR) import $(foreach file,$(OPENAPI),--openapi "$(file)")

# The fuzzers are separate packages, because the instrumentation applies to everything that they build. Findings are
# kept in .build-fuzz. AddressSanitizer is off: with both sanitizers, the package manager omits the coverage
# instrumentation that guides the fuzzer. Swift's crash handler is off: it would end the program before the fuzzer has
# written the input.
FUZZ_SECONDS ?= 600
FUZZERS ?= json yaml openapi
LIBFUZZER = -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -rss_limit_mb=1024 -timeout=10 -artifact_prefix=.build-fuzz/ \
	-verbosity=0 -print_final_stats=1
fuzz: $(addprefix fuzz-,$(FUZZERS)) ## Fuzzes the readers of JSON, YAML and OpenAPI: make fuzz FUZZERS=yaml FUZZ_SECONDS=600

fuzz-json: setup
	$(SWIFT) build -c release --package-path Tests/Fuzz --scratch-path .build-fuzz --sanitize fuzzer 2>&1 | tail -1
	mkdir -p .build-fuzz/corpus
	SWIFT_BACKTRACE=enable=no .build-fuzz/release/fuzz-json $(LIBFUZZER) -dict=Tests/Fuzz/json.dict .build-fuzz/corpus Tests/Fuzz/Seeds

fuzz-yaml fuzz-openapi: fuzz-%: setup
	$(SWIFT) build -c release --package-path Tests/FuzzDocuments --scratch-path .build-fuzz-documents --sanitize fuzzer \
		--product fuzz-$* 2>&1 | tail -1
	mkdir -p .build-fuzz/corpus-$*
	SWIFT_BACKTRACE=enable=no .build-fuzz-documents/release/fuzz-$* $(LIBFUZZER) -dict=Tests/FuzzDocuments/documents.dict .build-fuzz/corpus-$* \
		Tests/FuzzDocuments/Seeds/$*

# Type-checks generated sources against the runtime that was built.
TYPECHECK = swiftc -typecheck -warnings-as-errors -swift-version 6 -module-name Fuzzed -I $$bin/Modules -I $(CURDIR)/Runtime/CLibCurl \
	-Xcc -fmodule-map-file=$$bin/CByteScan.build/module.modulemap -Xcc -fmodule-map-file=$$bin/CCurlShim.build/module.modulemap
fuzz-generator: setup ## Runs the generator on random catalogs and documents: make fuzz-generator FUZZ_SECONDS=600
	$(SWIFT) build $(TRAITS) --product okta-generator 2>&1 | tail -1
	$(SWIFT) build $(TRAITS) --product fuzz-generator 2>&1 | tail -1
	$(SWIFT) build $(TRAITS) --target OktaRuntime 2>&1 | tail -1
	@mkdir -p .build-fuzz/generator; bin="$$($(SWIFT) build $(TRAITS) --show-bin-path)"; \
	"$$bin/fuzz-generator" --seconds $(FUZZ_SECONDS) $(if $(SEED),--seed $(SEED)) --generator "$$bin/okta-generator" \
		--work .build-fuzz/generator --compiler "$(TYPECHECK)"

update: setup ## Updates the catalogs to releases of Okta's documents: make update OPENAPI="management.yaml oauth.yaml" [SENTENCES=file]
	@test -n "$(OPENAPI)" || { echo "name the document: make update OPENAPI=management.yaml" >&2; exit 2; }
	$(GENERATOR) update $(foreach file,$(OPENAPI),--upstream "$(file)") $(if $(SENTENCES),--sentences "$(SENTENCES)")

drift: check ## Reports drift of the sources, and with OPENAPI=management.yaml also of the catalog from that document.
	@test -z "$(OPENAPI)" || $(GENERATOR) drift upstream $(OPENAPI)

docs: setup ## Builds the documentation site in .build/docs.
	SWIFT="$(SWIFT)" .ci/docs

api-check: setup ## Reports API changes that break callers since the last tag, or since SINCE=revision.
	@SWIFT="$(SWIFT)" .ci/api-check $(SINCE)

# The benchmarks are a package, built for release. On Linux they link the Swift library statically, as deployed programs
# do.
IS_LINUX := $(filter Linux,$(shell uname -s))
BENCHMARKS := --package-path Benchmarks --scratch-path .build-benchmarks $(if $(IS_LINUX),--static-swift-stdlib)
BENCH_BUILD = $(SWIFT) build -c release $(BENCHMARKS) --product $(1) 2>&1 | tail -1
BENCH := .build-benchmarks/release

# Measures a release build of the generator, and a clean debug build of module Okta without its dependencies.
bench-generate: setup ## Measures the generator, and the compilation of module Okta.
	@$(SWIFT) build -c release --product okta-generator 2>&1 | tail -1; $(call BENCH_BUILD,measure)
	@bin="$$($(SWIFT) build -c release --show-bin-path)"; \
	output=$$(mktemp -d); trap 'rm -rf "$$output" .build-bench' EXIT; \
	"$(BENCH)/measure" --label "generate into an empty folder" -- \
		"$$bin/okta-generator" generate --output "$$output/Generated" --test-support "$$output/Tests"; \
	"$(BENCH)/measure" --label "check that finds no difference" -- "$$bin/okta-generator" check; \
	$(SWIFT) build --scratch-path .build-bench --target OktaRuntime 2>&1 | tail -1; \
	"$(BENCH)/measure" --label "clean debug build of module Okta" -- \
		$(SWIFT) build --scratch-path .build-bench --target Okta

bench-drift: setup ## Measures `drift traffic` on long recordings, compared with SINCE=revision.
	@SWIFT="$(SWIFT)" Benchmarks/bench-drift $(SINCE)

# Both revisions read the same catalogs in one run. A run that takes longer than LIMIT seconds is ended.
LIMIT ?= 300
bench-scale: setup ## Measures how the generator's costs grow with the catalog, compared with SINCE=revision.
	@$(SWIFT) build $(TRAITS) -c release --product okta-generator 2>&1 | tail -1; $(call BENCH_BUILD,measure-scale)
	@if [ -n "$(SINCE)" ]; then \
		rm -rf .build-since/source; mkdir -p .build-since/source; \
		git archive "$(SINCE)" | tar -x -C .build-since/source; \
		$(SWIFT) build $(TRAITS) -c release --package-path .build-since/source --scratch-path .build-since/build \
			--product okta-generator 2>&1 | tail -1; \
	fi
	@bin="$$($(SWIFT) build $(TRAITS) -c release --show-bin-path)"; \
	since=; if [ -n "$(SINCE)" ]; then since="--generator $(SINCE)=$(CURDIR)/.build-since/build/release/okta-generator"; fi; \
	"$(BENCH)/measure-scale" --limit $(LIMIT) $$since --generator "now=$$bin/okta-generator"

# The prerequisites of all parts of bench-peers: the generator and the measured programs.
PEER_PRODUCTS := bench-json bench-client okta-client bench-growth measure-scale
peer-programs: baseline nginx
	@$(SWIFT) build -c release $(TRAITS) --product okta-generator 2>&1 | tail -1
	@for product in $(PEER_PRODUCTS); do $(call BENCH_BUILD,$$product); done
BENCH_PEERS = GENERATOR="$$($(SWIFT) build -c release $(TRAITS) --show-bin-path)/okta-generator" Benchmarks/bench-peers

bench-peers: peer-programs ## Compares with public peers, and writes Benchmarks/RESULTS.md: make bench-peers OPENAPI=management.yaml [PARTS="json clients"]
	@test -n "$(OPENAPI)$(PARTS)" || { echo "name Okta's document: make bench-peers OPENAPI=management.yaml" >&2; exit 2; }
	@$(BENCH_PEERS) $(if $(OPENAPI),--openapi "$(OPENAPI)") $(PARTS)

bench-check: peer-programs ## Fails if a ratio to a peer is worse than its guard in Benchmarks/Peers/rows.json.
	@$(BENCH_PEERS) --check $(PARTS)

# The comparisons need libsimdjson, and the sources that emit-baseline writes.
COMPARISON := Benchmarks/Comparison
baseline: setup
	@printf '#include <simdjson.h>\n' | c++ -x c++ -E - >/dev/null 2>&1 || { \
		command -v apt-get >/dev/null || { echo "simdjson with its headers is needed" >&2; exit 2; }; \
		echo "baseline: apt-get install libsimdjson-dev"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq libsimdjson-dev >/dev/null; }
	@$(call BENCH_BUILD,emit-baseline)
	$(BENCH)/emit-baseline --codable $(COMPARISON)/CodableModels/Emitted --readers $(COMPARISON)/bench-json/FieldSum.swift

bench-json: baseline ## Compares JSON and models with Foundation and simdjson.
	@$(call BENCH_BUILD,bench-json)
	$(BENCH)/bench-json
	$(BENCH)/bench-json --memory

# SINCE=revision compares with the module that the revision generates from the same catalog: CATALOG=folder, or that in
# Spec.
bench-models: $(if $(SINCE),setup,baseline) ## Measures build time and size of module Okta, compared with Codable structs or SINCE=revision.
	@if [ -n "$(SINCE)" ]; then SWIFT="$(SWIFT)" Benchmarks/compare-revisions.sh "$(SINCE)" $(CATALOG); \
	else SWIFT="$(SWIFT)" Benchmarks/compare-models.sh; fi

bench-runtime: setup nginx ## Compares the transport with other HTTP clients, and measures the memory of a long list.
	@$(call BENCH_BUILD,bench-client)
	Tests/Nginx/with-nginx Benchmarks/Runtime/run $(BENCH)/bench-client

# The counts depend less on other load on the machine than times do.
bench-instructions: setup nginx ## Counts the instructions of a call by each client, with callgrind.
	@command -v valgrind >/dev/null || { echo "valgrind is needed: apt-get install valgrind" >&2; exit 2; }
	@$(call BENCH_BUILD,bench-client)
	Tests/Nginx/with-nginx Benchmarks/Runtime/count-instructions $(BENCH)/bench-client

# The cost of the proxy is a part of the cost of sharing.
bench-shared-limits: setup nginx redis ## Measures the cost of sharing rate limits: files, Redis, round trips, many programs.
	@$(call BENCH_BUILD,bench-sharing)
	@Tests/Nginx/with-nginx Tests/Redis/with-redis Benchmarks/SharedLimits/run $(BENCH)/bench-sharing
	@$(MAKE) --no-print-directory bench-proxy

bench-local-org: setup wrk ## Measures the local org: requests per second, pages, seeds, searches.
	@$(SWIFT) build -c release $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@Benchmarks/LocalOrg/run "$$($(SWIFT) build -c release $(TRAITS) --show-bin-path)/okta-local-org"

bench-proxy: setup nginx wrk ## Compares okta-proxy with nginx: CPU per call, added time, memory.
	@$(SWIFT) build -c release $(TRAITS) --product okta-proxy 2>&1 | tail -1
	@Tests/Nginx/with-nginx Benchmarks/Proxy/run "$$($(SWIFT) build -c release $(TRAITS) --show-bin-path)/okta-proxy"

# The release build links the Swift library statically, has no symbols, and does not link libraries that it may never
# call: libcurl is loaded at the first call (Tools/okta/CLazyCurl). CCC_OVERRIDE_OPTIONS makes clang's driver edit its
# own command line: only the driver can put an option before the libraries that object files name, or replace a default
# option. Like Go's programs, the program is linked for a fixed address, and it exports nothing: 120,000 relocations and
# the symbol table would cost 8 MB at each start. The C++ library is linked statically if the machine has its archive,
# because little of it is used.
CLI_BUILD := -c release --traits CommandLine,Proxy --scratch-path .build-cli \
	$(if $(IS_LINUX),--static-swift-stdlib -Xlinker -s -Xlinker --no-export-dynamic)
comma := ,
HAS_CXX_ARCHIVE := $(if $(IS_LINUX),$(wildcard $(shell cc -print-file-name=libstdc++.a 2>/dev/null)))
CLI_LINK := $(if $(IS_LINUX),CCC_OVERRIDE_OPTIONS='^-Wl$(comma)--as-needed s/^-pie$$/-no-pie/ $(if \
	$(HAS_CXX_ARCHIVE),s/^-lstdc[+][+]$$/-l:libstdc++.a/ ^-static-libgcc)')
okta: setup ## Builds the programs okta and okta-proxy as released, and prints their paths.
	@$(CLI_LINK) $(SWIFT) build $(CLI_BUILD) --product okta 2>&1 | tail -1
	@$(CLI_LINK) $(SWIFT) build $(CLI_BUILD) --product okta-proxy 2>&1 | tail -1
	@for name in okta okta-proxy; do echo "$$($(SWIFT) build $(CLI_BUILD) --show-bin-path)/$$name"; done

bench-cli: setup ## Measures the command okta: its start and a long list, compared with Okta's SDK for Python.
	@$(CLI_LINK) $(SWIFT) build $(CLI_BUILD) --product okta 2>&1 | tail -1
	@$(SWIFT) build -c release $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@Benchmarks/CommandLine/run "$$($(SWIFT) build $(CLI_BUILD) --show-bin-path)/okta" \
		"$$($(SWIFT) build -c release $(TRAITS) --show-bin-path)/okta-local-org"

# In real time: 16 minutes for 10,000 rows. PaceTests verify the same with OKTA_MEASURE=pace in the time of an org without
# sockets.
bench-cli-pace: setup ## Measures how close a run over a set comes to its rate limit: make bench-cli-pace [ROWS=10000]
	@$(CLI_LINK) $(SWIFT) build $(CLI_BUILD) --product okta 2>&1 | tail -1
	@$(SWIFT) build -c release $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@ROWS=$(or $(ROWS),10000) Benchmarks/CommandLine/pace "$$($(SWIFT) build $(CLI_BUILD) --show-bin-path)/okta" \
		"$$($(SWIFT) build -c release $(TRAITS) --show-bin-path)/okta-local-org"

cli-picture: setup ## Draws the terminal picture of README.md from a real run against a local org.
	@$(SWIFT) build $(TRAITS) --product okta 2>&1 | tail -1
	@$(SWIFT) build $(TRAITS) --product okta-local-org 2>&1 | tail -1
	@Tools/okta/Picture/picture "$$($(SWIFT) build $(TRAITS) --show-bin-path)/okta" $(LOCAL_ORG) Tools/okta/Picture/terminal.svg

# Only the traits that the commands need are enabled, so that the bill of materials names only packages that are in
# them.
PLATFORM ?= $(shell uname -s | tr A-Z a-z)-$(shell uname -m)
cli-archive: setup ## Packs the commands okta and okta-proxy for this platform, with its bill of materials: make cli-archive PLATFORM=linux-x86_64
	@for product in okta okta-proxy; do $(CLI_LINK) $(SWIFT) build $(CLI_BUILD) --product $$product; done
	@okta="$$($(SWIFT) build $(CLI_BUILD) --show-bin-path)/okta"; \
	Tools/okta/Release/archive "$$okta" $(PLATFORM) .build-archive; \
	$(SWIFT) package --traits CommandLine,Proxy --scratch-path .build-cli show-dependencies --format json 2>/dev/null \
		| Tools/okta/Release/sbom "$$("$$okta" --version)" >".build-archive/okta-$$("$$okta" --version)-$(PLATFORM).cdx.json"

wrk:
	@if command -v wrk >/dev/null && command -v curl >/dev/null; then exit 0; fi; \
	if [ "$$(uname -s)" = Darwin ]; then echo "bench-local-org reads /proc: it needs Linux" >&2; exit 2; fi; \
	command -v apt-get >/dev/null || { echo "wrk and curl are needed; install them yourself" >&2; exit 2; }; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	echo "apt-get install wrk curl"; \
	$$sudo apt-get update -qq && $$sudo apt-get install -y -qq wrk curl >/dev/null

# RUNLEVEL=1 keeps the package from starting its server.
nginx:
	@PATH="$$PATH:/usr/sbin"; \
	if command -v nginx >/dev/null && command -v openssl >/dev/null; then exit 0; fi; \
	if [ "$$(uname -s)" = Darwin ]; then brew install --quiet nginx openssl; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "nginx and openssl are needed; install them yourself" >&2; exit 2; }; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	echo "apt-get install nginx openssl"; \
	$$sudo apt-get update -qq && $$sudo env RUNLEVEL=1 apt-get install -y -qq nginx openssl >/dev/null

# `okta logs ship` loads libpq if it is installed. The tests also need the server and `psql`.
postgres:
	@PATH="$$PATH:$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"; \
	if command -v initdb >/dev/null && command -v psql >/dev/null; then exit 0; fi; \
	if [ "$$(uname -s)" = Darwin ]; then brew install --quiet postgresql@16; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "PostgreSQL is needed; install it yourself" >&2; exit 2; }; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	echo "apt-get install postgresql"; \
	$$sudo apt-get update -qq && $$sudo env RUNLEVEL=1 apt-get install -y -qq postgresql postgresql-client >/dev/null

# RUNLEVEL=1 keeps the package from starting its server.
redis:
	@if command -v redis-server >/dev/null || command -v valkey-server >/dev/null; then exit 0; fi; \
	if [ "$$(uname -s)" = Darwin ]; then brew install --quiet redis; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "redis-server or valkey-server is needed; install it yourself" >&2; exit 2; }; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	echo "apt-get install redis-server"; \
	$$sudo apt-get update -qq && $$sudo env RUNLEVEL=1 apt-get install -y -qq redis-server >/dev/null

clean: ## Removes build products.
	rm -rf .build .build-* Benchmarks/.build Examples/.build Examples/*/.build Tests/*/.build
