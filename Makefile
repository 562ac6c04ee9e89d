# The commands of the project; `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

.PHONY: help site test serve check demos format bench clean
.DEFAULT_GOAL := help

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

site: $(VENV)/site ## check the notes and write the site to site/
	@$(BIN)/commonplace build

serve: $(VENV)/site ## show the site at a local address, again after each change
	@$(BIN)/commonplace serve

check: $(VENV)/site ## check the notes and the registry, offline
	@$(BIN)/commonplace check --strict

demos: $(VENV)/site ## run the demos whose code has changed, and show what each check found
	@$(BIN)/commonplace demos

test: $(VENV)/dev ## everything that CI runs
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not in the project's format: run 'make format'."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/commonplace fmt --check
	@$(BIN)/commonplace check --strict
	@$(BIN)/pytest --numprocesses auto

format: $(VENV)/dev ## put code, refs.bib and front matter in their form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/commonplace fmt
	@for each in work topic path page; do $(BIN)/commonplace schema $$each > schemas/$$each.json || exit 1; done

bench: $(VENV)/dev ## measure, beside named peers
	@for each in benchmarks/bench_*.py; do $(BIN)/python $$each || exit 1; done

clean: ## remove what can be made again
	@rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

# An environment is made once, and again when the pins change; a half-made one is never taken for whole.
$(VENV)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not here. Say which with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and '$(PYTHON)' is $$($(PYTHON) -V). Say which with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "This Python cannot make an environment; on Debian and Ubuntu the package python3-venv is missing."; exit 1; }
	@touch $@

$(VENV)/site: requirements.txt pyproject.toml | $(VENV)/python
	@echo "Installing what the site needs (once) ..."
	@$(INSTALL) -r requirements.txt || { echo "The pinned packages could not be installed: is the package index within reach?"; exit 1; }
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/site
	@echo "Installing what the tests need (once) ..."
	@$(INSTALL) -r requirements-dev.txt || { echo "The pinned packages could not be installed: is the package index within reach?"; exit 1; }
	@touch $@
