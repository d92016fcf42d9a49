# Two commands on a fresh machine: git clone, then make demo.
PYTHON ?= python3
PORT ?= 8000
RUN = @$(PYTHON) -m config.bootstrap

.DEFAULT_GOAL := help
.PHONY: help demo test quick fmt bench lock docs clean

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: ## start Itinera with demo data on this machine (PORT=8001, FRESH=1, PYTHON=python3.12)
	$(RUN) demo --port $(PORT) $(if $(FRESH),--fresh)

test: ## every check that CI runs, the journeys in a browser beside the tests
	$(RUN) --dev config.checks_run

quick: ## style and the tests that take no browser and no patience
	$(RUN) --dev config.checks_run --quick

fmt: ## format and correct the style where that is safe
	$(RUN) --dev ruff check --fix --exit-zero --quiet .
	$(RUN) --dev ruff format .

bench: ## measure lists, submitting, granting, placing (GROWTH=1: a list at up to a million dossiers; PLACING=1: all of placement)
	$(RUN) --dev bench $(if $(GROWTH),--growth --plans) $(if $(PLACING),--placing)

lock: ## write requirements.lock anew from pyproject.toml (UPGRADE=1 takes the newest versions)
	$(RUN) --dev config.lock $(if $(UPGRADE),--upgrade)

docs: ## write the generated pages: states, permissions, data
	@ITINERA_ENV=test SECRET_KEY=for-docs-only $(PYTHON) -m config.bootstrap --dev manage write_docs

clean: ## stop everything and remove what was made: var, .venv, caches
	@test ! -x .venv/bin/python || .venv/bin/python -m demo --stop
	@test ! -x .venv/bin/python || .venv/bin/python -m config.postgres stop --remove
	rm -rf var .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov
	rm -f .coverage .coverage.* coverage.xml
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
