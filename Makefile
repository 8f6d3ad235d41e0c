.PHONY: course test lint bench docs clean help
PY := .venv/bin/python

help:      ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ :/'

course:    ## build modules/ into dist/
	@.ci/setup course
	@$(PY) -m coursegen build modules -o dist

test:      ## all tests, after formatter, linter and type checker
	@.ci/setup test
	@$(MAKE) --no-print-directory lint
	node --test tests/player/*.test.mjs
	$(PY) -m pytest

lint:      ## formatter, linter, type checker
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

bench:     ## time and memory, beside the floor in the same run
	@.ci/setup test
	@$(PY) tests/bench.py

docs:      ## the documentation as a site in build/docs, with the reference from the code
	@.ci/setup test
	@$(PY) -m coursegen schema --write docs/reference
	@$(PY) -m mkdocs build --quiet --strict
	@echo "open build/docs/index.html"

clean:     ## remove what was built
	rm -rf build docs/reference .pytest_cache .mypy_cache .ruff_cache
	find dist -mindepth 1 ! -name README.md -delete
