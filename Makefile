# Nutgraf's verbs. `make` alone lists them. Needs a Python from 3.11 on and make, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Each lock file names every package with its hashes. Without build isolation pip fetches nothing else.
INSTALL := $(PIP) install --quiet --require-hashes --no-build-isolation --use-pep517

# Cores for pytest; two workers on the two cores of the smallest machine we use.
WORKERS ?= auto

# Any PYTHON given wins. Otherwise the first that runs, is 3.11 or later and can make a virtual environment: a name on
# PATH proves nothing, since pyenv puts one there for each version, selected or not.
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3.14 python3 python)

.PHONY: help run test pytest test-browser test-spark lint fix docs bench-speed bench-http bench-bulk contract load soak
.PHONY: mutants lock sbom clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/runtime.stamp ## serve on http://127.0.0.1:8000 (PORT=… for another)
	$(BIN)/nutgraf serve

test: lint pytest ## everything that has to pass: lint, types, contracts, tests with coverage

pytest: $(VENV)/dev.stamp ## the tests alone, with branch coverage
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term

# One Chromium at a time: what it measures is a browser that has the machine to itself.
test-browser: $(VENV)/dev.stamp ## the page in Chromium (needs chromium; axe-core, as .ci/run installs it, for accessibility)
	$(BIN)/python -m pytest -m browser --no-cov tests/browser

# PySpark weighs 400 MB, so nothing but these tests installs it. One Spark at a time: it takes both cores for itself.
test-spark: $(VENV)/spark.stamp ## summaries on Spark, in a real JVM (needs java, 17 or later)
	$(BIN)/python -m pytest -m spark --no-cov --timeout=600 tests/bulk

lint: $(VENV)/dev.stamp ## ruff, mypy --strict, import contracts, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/codespell

fix: $(VENV)/dev.stamp ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/dev.stamp ## build the documentation into site/; a broken link fails
	$(BIN)/zensical build --clean --strict

bench-speed: $(VENV)/dev.stamp ## measure text to summary, beside peers in the same run; half an hour
	$(BIN)/python -m benchmarks.speed

bench-http: $(VENV)/dev.stamp ## measure requests a second and latency, with wrk; ten minutes
	$(BIN)/python -m benchmarks.http

bench-bulk: $(VENV)/dev.stamp ## measure files and batches beside sumy in a process pool; an hour, needs ../shared
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.bulk

mutants: $(VENV)/dev.stamp ## how many of 200 seeded small changes to the core the tests notice; twenty minutes
	$(BIN)/python -m benchmarks.mutants

contract: $(VENV)/dev.stamp ## 5,000 generated requests (CASES=…) with keys, without, and under a prefix; prints the count
	$(BIN)/python -m pytest -m contract -n $(WORKERS) --no-cov --timeout=3000 -rP tests/web/contract

# DURATION=30 (seconds) shortens each; ONLY=ten_times, slow_clients, rolling_restart or soak takes one.
load: $(VENV)/dev.stamp ## overload, slow clients, restarts against running servers, a minute each; prints the figures
	$(BIN)/python -m pytest -m load -n 0 --no-cov --timeout=900 -s -k "$(or $(ONLY),not soak)" tests/load tests/deploy

soak: $(VENV)/dev.stamp ## ten minutes at 70 % of capacity: memory at the end against the beginning, latency against a new server
	$(MAKE) load ONLY=soak

# `fewest`: one version for every Python, so that all of them give the same bytes and the same types.
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate --no-emit-index-url $(if $(UPGRADE),--upgrade)

lock: $(VENV)/dev.stamp ## write the lock files anew from pyproject.toml (UPGRADE=1 for newer versions)
	$(UV_COMPILE) pyproject.toml --extra lang --group dev -o requirements-dev.lock
	$(UV_COMPILE) pyproject.toml --extra lang -c requirements-dev.lock -o requirements.lock
	$(UV_COMPILE) pyproject.toml --extra lang --extra spark -c requirements-dev.lock -o requirements-spark.lock
	$(UV_COMPILE) --group build -c requirements-dev.lock -o requirements-build.lock

sbom: $(VENV)/dev.stamp ## write sbom.json (CycloneDX) and licences.md: what the image installs
	$(BIN)/python deploy/sbom.py .

clean: ## remove what make made, .venv too
	rm -rf $(VENV) mutants sbom.json licences.md node_modules site dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find service tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------------------- virtual environment
# Stamps make a second run instant. The project itself goes in last, editable and without its dependencies: the lock
# gave them.

$(VENV)/venv.stamp: requirements-build.lock
	@python=; for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	  then python=$$candidate; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo "Nutgraf needs Python 3.11 or later with its venv module (on Debian: apt-get install python3-venv)." >&2; \
	  echo "None of these is one: $(CANDIDATES). Name yours: make PYTHON=/path/to/python3" >&2; exit 1; fi; \
	echo "Making $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv --clear $(VENV)
	$(INSTALL) -r requirements-build.lock
	@touch $@

$(VENV)/runtime.stamp: $(VENV)/venv.stamp requirements.lock pyproject.toml
	$(INSTALL) -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp requirements-dev.lock
	$(INSTALL) -r requirements-dev.lock
	@touch $@

$(VENV)/spark.stamp: $(VENV)/dev.stamp requirements-spark.lock
	$(INSTALL) -r requirements-spark.lock
	@touch $@
