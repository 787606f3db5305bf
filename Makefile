# Everything a machine needs to run, test and change Avtaleflyt.
#
# Each step leaves a stamp or a product that later runs compare dates with, so
# that the second run takes seconds. Python's lock files name exact versions
# with hashes; nothing is fetched that they do not name.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PORT ?= 6543
CONFIG ?= development.ini
# More for pytest's command line, such as PYTEST="-k deadlines -x".
PYTEST ?=
# How many mutated texts and files make fuzz reads, and from which seed on.
FUZZ ?= 100000
FROM ?= 0
KINDS ?= unit functional $(if $(filter no,$(BROWSER)),,browser)

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
VENDOR := workflow_app/web/static/vendor
CATALOGUES := $(wildcard workflow_app/locale/*/LC_MESSAGES/*.po)

.PHONY: help setup serve test bench recall fuzz lint format lock catalogues clean

help: ## what can be asked for
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(STAMPS)/project $(STAMPS)/catalogues $(VENDOR)/inter/inter.css ## virtual environment, packages, front-end assets, catalogues

serve: setup ## set up, fill an empty database with demonstration data, serve on http://127.0.0.1:6543
	@$(BIN)/python tools/port.py $(PORT)
	@$(BIN)/avtaleflyt database upgrade --config $(CONFIG)
	@$(BIN)/avtaleflyt demo --config $(CONFIG)
	@exec $(BIN)/python tools/serve.py $(CONFIG) $(PORT)

test: setup $(STAMPS)/dev ## set up and run every test: unit, functional, browser (BROWSER=no: without)
	@[ "$(BROWSER)" = no ] || $(BIN)/python tools/browser.py
	@status=0; \
	for kind in $(KINDS); do \
	  [ "$$kind" = browser ] && jobs=0 || jobs=auto; \
	  $(BIN)/python -m pytest "tests/$$kind" -n "$$jobs" --dist loadgroup $(PYTEST) || status=1; \
	done; \
	$(BIN)/ruff check --quiet --select E9,F . || status=1; \
	exit $$status

bench: setup $(STAMPS)/dev ## the benchmarks, as JSON
	@$(BIN)/python -m tests.bench

recall: setup $(STAMPS)/dev ## how much the reader reads of clauses it was not built on, as JSON
	@$(BIN)/python -m tests.recall

fuzz: setup $(STAMPS)/dev ## 100,000 mutated texts and files (FUZZ=100000 FROM=0), and every test with invented input
	@$(BIN)/python -m tests.fuzz --count $(FUZZ) --from $(FROM)
	@AVTALEFLYT_FUZZ=long $(BIN)/python -m pytest tests -m "fuzz or hypothesis" -n auto $(PYTEST)

lint: setup $(STAMPS)/dev ## ruff, mypy --strict, catalogues complete
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python tools/catalogues.py check

format: $(STAMPS)/dev ## let ruff lay out the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

lock: $(STAMPS)/dev ## write the lock files anew from setup.cfg
	@$(BIN)/python tools/lock.py

catalogues: $(STAMPS)/dev ## bring locale/ up to date with the sentences in the code
	@$(BIN)/python tools/catalogues.py extract
	@$(BIN)/python tools/catalogues.py update

clean: ## remove what make made, but not var/ with the database
	rm -rf $(VENV) $(VENDOR) node_modules build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f workflow_app/locale/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the steps of the set-up -------------------------------------------------

$(STAMPS)/venv: tools/environment.py
	@for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" tools/environment.py $(VENV); \
	  fi; \
	done; \
	echo "make: Avtaleflyt needs Python 3.11 or newer on the PATH; on Debian: apt-get install python3 python3-venv" >&2; \
	exit 1

$(STAMPS)/requirements: requirements.txt $(STAMPS)/venv
	@echo "Installing Python packages"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(STAMPS)/project: setup.cfg pyproject.toml $(STAMPS)/requirements
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(STAMPS)/catalogues: $(CATALOGUES) tools/catalogues.py $(STAMPS)/requirements
	@$(BIN)/python tools/catalogues.py compile
	@touch $@

$(VENDOR)/inter/inter.css: package.json package-lock.json tools/assets.py | $(STAMPS)/venv
	@echo "Installing front-end assets"
	@$(BIN)/python tools/assets.py
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/requirements
	@echo "Installing what only the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
