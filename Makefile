# The front door. `make` alone lists what there is.
# Needs Python 3.11 or newer with venv and pip, git and make; everything else is locked in requirements/.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# What was compiled once is kept, wherever the caller's settings say otherwise: every start would compile it again.
unexport PYTHONDONTWRITEBYTECODE

# The first Python that is new enough; choose another with `make demo PYTHON=python3.13`.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p $(NEW_ENOUGH) 2>/dev/null && echo $$p && break; done)

# Ask pip no questions about itself, compare every file it fetches with the locked hash, and leave compiling to the
# first use: most modules of a closure are never imported.
PIP := -m pip --disable-pip-version-check --quiet install --no-input --no-deps --no-compile
# Wheels only, but for Spark and its client, which come as (pure Python) source.
LOCKED := --require-hashes --only-binary :all: --no-binary pyspark-client,pyspark --no-build-isolation

.PHONY: help demo test test-browser test-spark check bench docs references lock clean python

help: ## list the targets
	@echo "Xenotime turns rare-earth export-control law into its consequences."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "First time here? Run 'make demo', then open the page that it names."

demo: .venv/run/ready ## assess the example portfolio, stress April 2025, run a certificate's life, name the page
	.venv/run/bin/xenotime assess examples/magnet-maker
	.venv/run/bin/xenotime stress april-2025 --out examples/magnet-maker-report
	.venv/run/bin/xenotime demo examples/magnet-maker-report
	@echo "open examples/magnet-maker-report/demo.html"
	@echo "then run the programme in your browser: .venv/run/bin/xenotime serve --demo"

test: .venv/test/ready ## run every test; none is skipped
	.venv/test/bin/python -m pytest --numprocesses auto --dist loadfile

test-browser: .venv/browser/ready ## drive the pages in headless Chromium (needs Debian's chromium)
	.venv/browser/bin/python -m pytest tests/browser

test-spark: .venv/spark/ready ## decide on Apache Spark itself (needs a Java runtime of version 17 or newer)
	.venv/spark/bin/python -m pytest tests/spark

check: .venv/check/ready ## prove format, lint, types, import contracts, references, the books of law and house rules
	.venv/check/bin/ruff format --check .
	.venv/check/bin/ruff check .
	.venv/check/bin/mypy
	.venv/check/bin/lint-imports --no-logo
	.venv/check/bin/python docs/generate.py --check
	.venv/check/bin/xenotime law check
	.venv/check/bin/python -m pytest tests/house tests/docs/test_drift.py

# Claims whose peers need an environment of their own.
APART := $(addprefix benchmarks/,industries.py rules.py warehouses.py)

bench: .venv/bench/ready .venv/peers/ready .venv/rules/ready .venv/spark/ready ## measure speed beside a peer or a bound in the same run, as ratios
	@for claim in $(filter-out $(APART),$(wildcard benchmarks/*.py)); do \
		echo "== $$claim"; .venv/bench/bin/python $$claim || exit 1; done
	@echo "== benchmarks/industries.py"; .venv/peers/bin/python benchmarks/industries.py
	@for claim in benchmarks/rules.py benchmarks/warehouses.py; do \
		echo "== $$claim"; .venv/rules/bin/python $$claim || exit 1; done

docs: .venv/docs/ready ## build the documentation site in docs/_build
	.venv/docs/bin/python docs/generate.py --check
	.venv/docs/bin/sphinx-build -W --keep-going -q -b html docs docs/_build
	@echo "open docs/_build/index.html"

references: .venv/run/ready ## write docs/reference and the decision vectors again from the commands, books and tables
	.venv/run/bin/python docs/generate.py
	.venv/run/bin/xenotime law vectors --out tests/vectors/decisions --known 2026-11-21

lock: ## lock requirements again (needs uv)
	@cd requirements && for name in build core run test check docs bench browser peers rules spark; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header $$name.in --output-file $$name.txt || exit 1; done

clean: ## remove environments, caches and built files
	rm -rf .venv build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- environments: one for each purpose, made again when its lock or pyproject.toml changes -----
.venv/%/ready: requirements/%.txt requirements/build.txt pyproject.toml | python
	@echo "preparing .venv/$* …"
	@rm -rf .venv/$*
	@$(PYTHON) -m venv .venv/$* || { \
		echo "This Python cannot make an environment."; \
		echo "  expected: $(PYTHON) with venv and pip"; \
		echo "  next:     on Debian or Ubuntu, install python3-venv"; exit 1; }
	@.venv/$*/bin/python $(PIP) $(LOCKED) -r requirements/build.txt
	@.venv/$*/bin/python $(PIP) $(LOCKED) -r requirements/$*.txt
	@.venv/$*/bin/python $(PIP) --no-index --no-build-isolation --editable .
	@.venv/$*/bin/python -m pip --quiet --disable-pip-version-check uninstall -y $(LEAVE_OUT) flit-core wheel 2>/dev/null
	@.venv/$*/bin/python -m compileall -q src/xenotime
	@touch $@

# The demo's environment keeps its promise of 200 MB: what only installs leaves when it is done.
.venv/run/ready: LEAVE_OUT = setuptools pip

python:
	@test -n "$(PYTHON)" || { \
		echo "No Python that is new enough was found."; \
		echo "  expected: python3 of version 3.11 or newer on the path"; \
		echo "  found:    $$(python3 --version 2>/dev/null || echo none)"; \
		echo "  next:     install one, or name it: make demo PYTHON=/path/to/python3"; exit 1; }
