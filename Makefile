# Newel. Plain `make` lists what there is to do.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

K8S_VERSION := 1.36.2
K8S_OLDEST  := 1.30.14

export NEWEL_CACHE ?= $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/newel
# The first JDK 25 found in JAVA_HOME, on the PATH or in the usual places; an explanation otherwise.
export JAVA_HOME := $(shell make/find-jdk 25)

MVN := ./mvnw -B -ntp
QUIET := -q

.PHONY: help
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: jdk
jdk:
	@make/find-jdk 25 --explain >/dev/null

.PHONY: build
build: jdk ## compile and package everything; leaves cli/target/newel
	$(MVN) $(QUIET) package -DskipTests
	@cli/train

.PHONY: test
test: jdk k8s ## all tests: unit, api (real API servers), node (a real node)
	@make/test

.PHONY: test-unit
test-unit: jdk ## only the tests that need no server
	$(MVN) verify -DexcludedGroups=api,node,install,bench,clients

.PHONY: test-install
test-install: jdk k8s ## on a real node: install, change under load, upgrade, remove; half an hour, not part of `make test`
	$(MVN) verify -pl e2e/scenarios -am -Dgroups=install -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: k8s
k8s: ## build (once) the API server binaries the tests use
	@e2e/k8s-binaries $(K8S_VERSION) $(K8S_OLDEST)

.PHONY: images
images: jdk ## build the images of operator, filter and model stub as tar files
	@e2e/images/build

.PHONY: sbom
sbom: jdk ## what is in the images: CycloneDX bills of material, checked against the jars
	@e2e/images/sbom

.PHONY: up
up: jdk ## bring up the demo system and leave it running
	@e2e/demo/up

.PHONY: down
down: ## end what `make up` started
	@e2e/demo/down

.PHONY: demo
demo: jdk ## run the main job end to end on a cluster of its own
	@e2e/demo/run

.PHONY: bench-operator
bench-operator: jdk k8s ## 1,000 models, 50 policies: rates and latencies beside the bare API server
	@make/bench-operator

.PHONY: bench-audit
bench-audit: jdk ## the audit log: durable appends at 1, 64 and 256 writers, offline verification of 1 M events
	$(MVN) $(QUIET) -pl audit test -Dtest=LogBench -DexcludedGroups= -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: bench-filter
bench-filter: jdk ## each stage of the filter and the whole, by JMH, beside a plain JSON parser
	@make/bench-filter

.PHONY: train
train: ## train the models of promptAttack and content: make train DATA=folder
	@make/train "$(DATA)"

.PHONY: bench-gateway
bench-gateway: jdk ## the filter beside nginx, Portkey and LiteLLM: latencies, rates, memory
	@$(MVN) $(QUIET) -pl sidecar -am package -DskipTests
	@make/bench-gateway $(BENCH)

.PHONY: fmt
fmt: jdk ## format all sources
	$(MVN) $(QUIET) process-sources -Dspotless.goal=apply

.PHONY: generate
generate: jdk ## regenerate CRDs, RBAC and reference pages
	@make/generate

.PHONY: clean
clean: ## remove what builds left in the working tree (the per-user cache stays)
	@make/clean
