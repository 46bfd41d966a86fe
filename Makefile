# Every target sets up what it needs: a virtual environment with exactly the pinned versions.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATA ?= data
PORT ?= 3000
export GK_DATA ?= $(DATA)
# A history of runs a data folder: one over several would show the runs of one as those of another.
export DAGSTER_HOME ?= $(abspath $(GK_DATA))/dagster

.PHONY: run ui test lint docs pictures snapshot bench bench-repair bench-panel bench-claims bench-ocr bench-formats bench-feed bench-pages fuzz constraints clean

run: $(READY) $(DAGSTER_HOME)/dagster.yaml  ## read data/raw into the lake and the warehouse: YEARS=2019-2022 WORKERS=2
	$(BIN)/gk run $(if $(YEARS),--years "$(YEARS)") $(if $(WORKERS),--workers $(WORKERS))

# Started from the instance's folder, where Dagster does not take dagster.yaml for a second instance. `dg dev`, which it
# would rather be called by, is another package for the same server.
ui: $(READY) $(DAGSTER_HOME)/dagster.yaml  ## the Dagster UI on http://127.0.0.1:3000
	@echo "http://127.0.0.1:$(PORT) opens in half a minute; Ctrl-C ends it."
	@cd "$(DAGSTER_HOME)" && GK_DATA="$(abspath $(GK_DATA))" PYTHONWARNINGS='ignore:Function `dev_command`' \
		"$(CURDIR)/$(BIN)/dagster" dev --log-level warning -w "$(CURDIR)/workspace.yaml" -h 127.0.0.1 -p $(PORT)

test: $(READY)  ## all tests
	env -u DAGSTER_HOME -u GK_DATA -u GK_POSTGRES $(BIN)/python -m pytest -n 3 --dist loadfile

lint: $(READY) $(DAGSTER_HOME)/dagster.yaml  ## style and types, and that Dagster can load the definitions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/dagster definitions validate -w workspace.yaml

docs: $(READY)  ## the generated pages
	$(BIN)/gk dictionary > docs/dictionary.md
	$(BIN)/python -m gk_pipeline.warehouse.dbt_sources > docs/dbt_sources.yml
	PYTHONPATH=gk_pipeline_tests $(BIN)/python -m damage.page > docs/damage.md
	PYTHONPATH=gk_pipeline_tests $(BIN)/python -m formats.page > docs/formats.md
	PYTHONPATH=gk_pipeline_tests $(BIN)/python -m claims_page > docs/claims.md
	PYTHONPATH=gk_pipeline_tests $(BIN)/python -m queries_page

pictures: $(READY)  ## the screenshots of the README and the docs (needs chromium and fonts)
	env -u DAGSTER_HOME -u GK_DATA $(BIN)/python -m pytest -n 2 --dist loadfile --pictures docs/pictures \
		gk_pipeline_tests/test_ui.py gk_pipeline_tests/pictures/test_pages_in_browser.py

snapshot: $(READY)  ## the reviewed facts of the sample reports, after a change that is meant
	PYTHONPATH=gk_pipeline_tests $(BIN)/python gk_pipeline_tests/snapshot.py

bench: $(READY)  ## time of a document beside the forty-line label walk
	$(BIN)/python bench/reading.py

bench-repair: $(READY)  ## what becomes of damaged tables, written into docs/repair.md: TRIALS=900
	$(BIN)/python bench/repair.py --trials $(or $(TRIALS),900) --into docs/repair.md

bench-panel: $(READY)  ## what is found of what went wrong between the years of 200 bodies: ORDERS=10
	$(BIN)/python bench/panel.py --orders $(or $(ORDERS),10)

bench-claims: $(READY)  ## what is found of numbers in sentences, and of changed ones: REPORTS=2000
	$(BIN)/python bench/claims.py --reports $(or $(REPORTS),2000)

bench-ocr: $(READY)  ## what is right, in doubt and silently wrong in scanned samples (needs chromium and fonts): SEEDS=1
	PYTHONPATH=gk_pipeline_tests $(BIN)/python bench/ocr.py --seeds $(or $(SEEDS),1)

bench-pages: $(READY)  ## time and size of the pages of many reports: REPORTS=10000
	$(BIN)/python bench/pages.py --reports $(or $(REPORTS),10000)

bench-formats: $(READY)  ## time of each format's reader beside the library it rests on
	$(BIN)/python bench/formats.py

bench-feed: $(READY)  ## rows a second into a Postgres server of its own, from a big year: REPORTS=3000
	$(BIN)/python bench/feed.py --reports $(or $(REPORTS),3000)

fuzz: $(READY)  ## what comes of documents mutated at random: TRIALS=1000
	PYTHONPATH=gk_pipeline_tests $(BIN)/python -m fuzz.run $(or $(TRIALS),1000)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,ocr]'
	touch $@

$(DAGSTER_HOME)/dagster.yaml:  # once: from then on it is the operator's
	mkdir -p $(DAGSTER_HOME)
	cp dagster.yaml $@

constraints: $(READY)  ## pin what is installed now
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt

clean:  ## remove what was made; reports and corrections stay
	rm -rf $(VENV) $(DATA)/lake $(DATA)/pages $(DATA)/gk.duckdb $(DATA)/gk.duckdb.wal $(DATA)/dagster
