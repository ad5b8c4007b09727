# Every target works from a fresh clone on a machine with Python 3.11, make and (as root or with sudo) apt.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo run test check fix bench clean

demo: .venv/ready        ## the demo regency, its 2020 book in all formats, served
	$(BIN)/sasando demo

run: .venv/ready         ## the office in ./sasando-data
	$(BIN)/sasando serve

test: .venv/ready        ## the whole suite, on SQLite and on PostgreSQL, with a real browser
	tools/system-packages
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n 2 --dist loadfile
	tools/on-postgres $(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser"

check: .venv/ready       ## style, the rooms' order, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache
	tools/in-empty-folder $(BIN)/sasando makemigrations --check --dry-run

fix: .venv/ready         ## format, and refresh the translation catalogue
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	tools/system-packages
	$(BIN)/python tools/catalogue.py

bench: .venv/ready       ## benchmarks beside their peers
	$(BIN)/python -m benchmarks

clean:                   ## everything that can be made again; the data folder stays
	rm -rf .venv build dist *.egg-info .ruff_cache .hypothesis .postgres

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -qq --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --no-deps --no-build-isolation -e .
	touch $@
