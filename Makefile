# Every target sets up what it needs: a virtual environment with exactly the pinned versions.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATA ?= data
PORT ?= 3000
export GK_DATA ?= $(DATA)
export DAGSTER_HOME ?= $(CURDIR)/.dagster_home

.PHONY: run ui test lint docs bench constraints clean

run: $(READY) $(DAGSTER_HOME)/dagster.yaml  ## read every year of data/raw into the lake and the warehouse
	$(BIN)/gk run

ui: $(READY) $(DAGSTER_HOME)/dagster.yaml  ## the Dagster UI on http://127.0.0.1:3000
	$(BIN)/dagster dev -w workspace.yaml -h 127.0.0.1 -p $(PORT)

test: $(READY)  ## all tests
	env -u DAGSTER_HOME -u GK_DATA $(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY) $(DAGSTER_HOME)/dagster.yaml  ## style and types, and that Dagster can load the definitions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/dagster definitions validate -w workspace.yaml

docs: $(READY)  ## the generated pages
	$(BIN)/gk dictionary > docs/dictionary.md

bench: $(READY)  ## time of a document beside the forty-line label walk
	$(BIN)/python bench/reading.py

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

$(DAGSTER_HOME)/dagster.yaml: dagster.yaml
	mkdir -p $(DAGSTER_HOME)
	cp dagster.yaml $@

constraints: $(READY)  ## pin what is installed now
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt

clean:  ## remove what was made; reports and corrections stay
	rm -rf $(VENV) $(DATA)/lake $(DATA)/gk.duckdb $(DATA)/gk.duckdb.wal .dagster_home
