# Every target makes what it needs: on a fresh clone `make demo` or `make test` is the first thing to type.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PYTEST_ARGS ?=
SAMPLES ?=
FUZZ_EXAMPLES ?= 2000
LOAD_ARGS ?=
WALK_ACTIONS ?= 50000
MUTANTS_ARGS ?=
AZ := .venv-az
ANSIBLE := .venv-ansible
CUSTODIAN := .venv-custodian
NODE := .node
NODE_PORTAL := .node-portal

.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz walk mutants test-az clients test-clients lint bench load docs samples clean

help:  ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

setup: $(VENV)/.dev  ## the environment in .venv, with everything to work on the project

demo: $(VENV)/.runtime  ## watch a rolling upgrade, then a reimage
	@$(BIN)/vmss demo

test: $(VENV)/.dev  ## all tests
	@$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

fuzz: $(VENV)/.dev  ## wrong bodies at every place that takes one, others each time; FUZZ_EXAMPLES=N at each place
	@FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest -n auto tests/fuzz $(PYTEST_ARGS)

walk: $(VENV)/.dev  ## random stories over REST, what was promised must hold: WALK_ACTIONS=50000, about two minutes
	@$(BIN)/python -m tests.walk --actions $(WALK_ACTIONS)

mutants: $(VENV)/.mutants  ## small changes of the engine, of which a test has to notice 96 %: MUTANTS_ARGS='--sample 300 --seed 1', ten minutes and more
	@$(BIN)/python -m tests.mutants $(MUTANTS_ARGS)

test-az: $(VENV)/.dev $(AZ)/.there  ## the suite with the real Azure CLI, which gets an environment of its own
	@VMSS_AZ=$(CURDIR)/$(AZ)/bin/az $(BIN)/python -m pytest tests/az -n auto $(PYTEST_ARGS)

clients: $(ANSIBLE)/.there $(CUSTODIAN)/.there $(NODE)/.there $(NODE_PORTAL)/.there  ## Ansible, Cloud Custodian, JavaScript's clients, the portal's checks: `make test` runs their tests then

test-clients: $(VENV)/.dev clients  ## the tests with those alone
	@$(BIN)/python -m pytest tests/clients -n auto $(PYTEST_ARGS)

lint: $(VENV)/.dev  ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev  ## figures beside azure-mgmt-compute, as ratios
	@$(BIN)/python -m tests.benchmarks

load: $(VENV)/.dev  ## 64 connections with mixed requests on a server, for ten seconds
	@$(BIN)/python -m tests.benchmarks.load $(LOAD_ARGS)

docs: $(VENV)/.dev  ## docs/_build/index.html, read anew each time: what an earlier build knew hides a broken reference
	@$(BIN)/python -m sphinx -E -a -W -n --keep-going -q docs docs/_build
	@echo docs/_build/index.html

samples: $(VENV)/.dev  ## every sample, in every language, and a table of how it went
	@$(BIN)/python samples/run.py $(SAMPLES)

clean:  ## forget the environment and what was built
	rm -rf $(VENV) $(AZ) $(ANSIBLE) $(CUSTODIAN) $(NODE) $(NODE_PORTAL) dist docs/_build

# What is installed for an older Python ends in sixty lines about a compiler, and an environment of one stays for ever.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
ifeq ($(shell [ ! -d $(VENV) ] || $(BIN)/python $(NEW_ENOUGH) 2>/dev/null || echo old),old)
$(shell rm -rf $(VENV))
endif

$(BIN)/python:
	@$(PYTHON) $(NEW_ENOUGH) 2>/dev/null || { \
		echo "Python 3.11 or later is needed, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)."; \
		found=$$(for minor in 14 13 12 11; do command -v python3.$$minor; done); \
		if [ "$$found" ]; then echo "Here are:" $$found; echo "Type:     make $(MAKECMDGOALS) PYTHON=$$(echo "$$found" | head -n 1)"; \
		else echo "There is none on the PATH: install one from your system's packages or from https://www.python.org/downloads/"; fi; \
		exit 1; } >&2
	@$(PYTHON) -m venv $(VENV)

# Two stamps: a first look needs the client and the server, work on the project needs all.
$(VENV)/.runtime: pyproject.toml | $(BIN)/python
	@echo 'setting up $(VENV) (once) ...'
	@$(PIP) install --editable '.[server]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo 'setting up $(VENV) for development (once) ...'
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.runtime

$(VENV)/.mutants: pyproject.toml $(VENV)/.dev
	@$(PIP) install --editable '.[mutants]'
	@touch $@

# The version that the facts in the tests were measured with.
$(AZ)/.there:
	@echo 'setting up $(AZ) for the Azure CLI (once, about 700 MB) ...'
	@$(PYTHON) -m venv $(AZ)
	@$(AZ)/bin/python -m pip --disable-pip-version-check -qq install 'azure-cli==2.91.*'
	@touch $@

# The package `ansible` brings azure.azcollection, which says itself what it needs.
$(ANSIBLE)/.there:
	@echo 'setting up $(ANSIBLE) for Ansible (once, about 1.4 GB) ...'
	@$(PYTHON) -m venv $(ANSIBLE)
	@$(ANSIBLE)/bin/python -m pip --disable-pip-version-check -qq install 'ansible==12.3.*'
	@$(ANSIBLE)/bin/python -m pip --disable-pip-version-check -qq install \
		-r $(ANSIBLE)/lib/python3*/site-packages/ansible_collections/azure/azcollection/requirements.txt
	@touch $@

$(CUSTODIAN)/.there:
	@echo 'setting up $(CUSTODIAN) for Cloud Custodian (once, about 700 MB) ...'
	@$(PYTHON) -m venv $(CUSTODIAN)
	@$(CUSTODIAN)/bin/python -m pip --disable-pip-version-check -qq install 'c7n==0.9.53' 'c7n-azure==0.7.52'
	@touch $@

$(NODE)/.there: tests/clients/javascript/package.json
	@echo "setting up $(NODE) for Microsoft's clients for JavaScript (once, about 160 MB) ..."
	@mkdir -p $(NODE)
	@cp $< $(NODE)/package.json
	@npm install --prefix $(NODE) --no-package-lock --no-audit --no-fund --silent
	@touch $@

$(NODE_PORTAL)/.there: tests/portal/package.json
	@echo "setting up $(NODE_PORTAL) for the portal's checks: axe, eslint, tsc (once, about 60 MB) ..."
	@mkdir -p $(NODE_PORTAL)
	@cp $< $(NODE_PORTAL)/package.json
	@npm install --prefix $(NODE_PORTAL) --no-package-lock --no-audit --no-fund --silent
	@touch $@
