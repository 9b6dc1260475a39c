# What can be done here; `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
CHECKS := check-style check-format check-types check-arrows check-spelling

.PHONY: help demo test sure endi bench screenshots clean dev checks $(CHECKS) check-tests

help: ## list what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: ## install, migrate, seed and serve a small cooperative on http://127.0.0.1:6543 (ARGS=--fresh starts over)
	@tools/prepare.sh demo
	@$(BIN)/endi-ext -c development.ini demo $(ARGS)

test: ## everything CI runs, from nothing: system packages, two virtual environments, MariaDB, a real enDI, the browser
	@tools/test.sh

dev: ## the virtual environment of a developer: .venv with every extra
	@tools/prepare.sh dev

sure: dev ## all checks at once, before a commit: style, types, arrows, spelling and the tests on SQLite and MariaDB
	@$(MAKE) --no-print-directory -j2 --output-sync=target $(CHECKS) check-tests

endi: ## bring up a private real enDI with the plugin on, and serve it
	@tools/prepare.sh endi
	@.venv-endi/bin/python tools/endi_host.py $(or $(ARGS),serve)

bench: ## measure for half an hour: var/bench/report.md (ARGS=--quick to see that it works)
	@tools/prepare.sh bench
	@tools/prepare.sh endi
	@$(BIN)/python -m benchmarks.run $(ARGS)

screenshots: dev ## photograph the pages of the demo for README.md and docs/
	@$(BIN)/python tools/screenshots.py $(ARGS)

clean: ## remove what was built or installed here; the demo's data in var/ stay
	rm -rf .venv .venv-endi build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

checks: $(CHECKS)

check-style:
	@$(BIN)/ruff check .

check-format:
	@$(BIN)/ruff format --check --quiet . || { echo "ruff format . would change some files"; exit 1; }

check-types:
	@$(BIN)/mypy

check-arrows:
	@PYTHONPATH=. $(BIN)/lint-imports --no-cache >var/arrows.log 2>&1 || { cat var/arrows.log; exit 1; }

check-spelling:
	@$(BIN)/codespell

check-tests:
	@$(BIN)/pytest -q -n 2 --ignore=tests/hosts/endi
