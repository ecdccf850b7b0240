# Makefile: the words a person types. `make help` lists them.
# SPDX-License-Identifier: Apache-2.0
PORT ?= 8080
DATA ?= data
.DEFAULT_GOAL := help
.NOTPARALLEL:

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 18

run: ## install what is missing, build, and serve a demonstration on 127.0.0.1 (PORT=8080, DATA=data)
	@scripts/install-debian scripts/packages.run
	@TARGETS='hoshi hoshi-test' scripts/build
	@exec build/hoshi serve --data '$(DATA)' --listen '127.0.0.1:$(PORT)' --demo

build: ## build only, into build/; says what is missing, installs nothing
	@scripts/install-debian --check scripts/packages.run
	@TARGETS='hoshi hoshi-test' scripts/build

test: ## install what is missing and run every test; ends with "N passed, N failed" (ONLY=part of a name)
	@scripts/install-debian scripts/packages.run scripts/packages.test
	@scripts/node --install
	@test/run $(ONLY)

fuzz: ## feed the readers made-up input for longer (SECONDS=60 a target)
	@scripts/install-debian scripts/packages.run scripts/packages.test
	@test/fuzz/run --seconds $(or $(SECONDS),60)

model: ## walk every life of a label for ten minutes (SECONDS=600); ends with "N states, 0 broken"
	@scripts/install-debian scripts/packages.run scripts/packages.test
	@TARGETS=test/model/model scripts/build
	@build/test/model/model --seconds $(or $(SECONDS),600) rules/*.cases

sim: ## ten years of a scheme with crashes, on both engines (SEED=1); the last line tells what came of it
	@scripts/install-debian scripts/packages.run scripts/packages.test
	@TARGETS=test/sim/sim scripts/build
	@test/sim/run $(or $(SEED),1)

bench: ## measure against nginx and bare SQLite, side by side; needs a quiet machine
	@scripts/install-debian scripts/packages.run scripts/packages.test scripts/packages.bench
	@bench/run

clean: ## remove what was built (never DATA)
	rm -rf build build-*

.PHONY: help run build test fuzz model sim bench clean
