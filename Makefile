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

docs:      ## the reference of keys and rules, from the code, into docs/reference/
	@.ci/setup course
	@$(PY) -m coursegen schema --write docs/reference

clean:     ## remove what was built
	rm -rf build docs/reference .pytest_cache .mypy_cache .ruff_cache
	find dist -mindepth 1 ! -name README.md -delete
