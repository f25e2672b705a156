# Everything one does with Baton, each in one word. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Baton needs Python 3.11 or newer. Say which one to use: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv .venv

PIP_INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
THIS_PROJECT := --no-deps --no-build-isolation --editable .

.venv/runtime: .venv/bin/python requirements.lock pyproject.toml
	$(PIP_INSTALL) --require-hashes -r requirements.lock
	$(PIP_INSTALL) $(THIS_PROJECT)
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.lock pyproject.toml
	$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	$(PIP_INSTALL) $(THIS_PROJECT)
	@touch $@ .venv/runtime

.PHONY: demo
demo: .venv/runtime ## Start a local workspace and the bot; prints the address to open
	@$(BIN)/python -m bot demo

.PHONY: tour
tour: .venv/runtime ## Play a team's whole day in a local workspace, and say what happens
	@$(BIN)/python -m bot demo --tour

.PHONY: demo-reset
demo-reset: ## Forget everything that was done in the demo
	rm -rf demo-data

.PHONY: run
run: .venv/runtime ## Run against a real Slack workspace, with the settings in .env
	@$(BIN)/python -m bot run

.PHONY: test
test: .venv/dev ## Run the tests, over SQLite and PostgreSQL (make soak: what is left out)
	$(BIN)/python -m pytest -n 3 --dist worksteal -q -rs

.PHONY: interop
interop: .venv/dev ## Try Bolt for JavaScript in the local workspace too (needs node; fetches Bolt)
	npm ci --no-audit --no-fund --prefix tests/sandbox/interop/javascript
	$(BIN)/python -m pytest -q -rs tests/sandbox/interop

.PHONY: soak
soak: .venv/dev ## Run the long tests: many kills, many rounds
	$(BIN)/python -m pytest -q -m soak --timeout 1800

.PHONY: check
check: .venv/dev ## Format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: .venv/dev ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: bench
bench: .venv/dev ## Measure, side by side with the bare libraries; and live through many weeks by chance
	$(BIN)/python -m bench
	$(BIN)/python -m pytest -q -m soak --timeout 1800 tests/services/escalations/machine

.PHONY: messages
messages: .venv/dev ## Bring the catalogues up to date with the texts in the source
	$(BIN)/pybabel -q extract -k t -k n:1,2 --no-wrap --sort-output --add-location file --project Baton -o bot/locales/baton.pot bot handlers schedules storage
	$(BIN)/pybabel -q update -D baton -i bot/locales/baton.pot -d bot/locales --no-fuzzy-matching --ignore-obsolete --no-wrap
	@rm bot/locales/baton.pot
	@for po in bot/locales/*/LC_MESSAGES/baton.po; do \
	  grep -vE '^"(Report-|POT-|PO-|Last-|Language-Team|Content-Transfer-|Generated-)[A-Za-z-]*: ' $$po > $$po.new && mv $$po.new $$po; \
	done

.PHONY: lock
lock: ## Resolve the exact versions anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -o requirements-dev.lock
