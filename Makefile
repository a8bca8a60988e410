# Everything that can be done with Erdkreis from its source. `make` explains the targets.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN = .venv/bin
# Half the machine each: the browser and the server under test want a core, too.
TEST_PROCESSES ?= 2
# Each takes its half file by file, and who is done first helps the other. What took long is named.
IN_PROCESSES = -n $(TEST_PROCESSES) --dist worksteal --durations=40 --durations-min=5

export ERDKREIS_DATA ?= $(CURDIR)/var

.DEFAULT_GOAL = help
.PHONY: help setup setup-dev run test test-postgres races browser check check-fast fmt bench golden messages look lock docs

help: ## explain the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: ## environment, locked dependencies, fonts, compiled messages
	@$(PYTHON) scripts/set_up.py

setup-dev:
	@$(PYTHON) scripts/set_up.py --dev

run: export ERDKREIS_URL ?= http://127.0.0.1:$(PORT)
run: setup ## serve the demo circle on http://127.0.0.1:$PORT
	@$(BIN)/erdkreis init
	@$(BIN)/erdkreis demo --if-empty
	@exec $(BIN)/erdkreis serve --port $(PORT)

test: setup-dev ## the whole suite, browser tests too
	@ERDKREIS_CHROMIUM=$$($(PYTHON) scripts/find_browser.py) && export ERDKREIS_CHROMIUM && \
	  $(BIN)/python -m pytest $(IN_PROCESSES) -q

# What asks no database, and what a browser shows of it, is the same on both.
test-postgres: setup-dev ## whatever asks the database, on a PostgreSQL started for it
	@$(PYTHON) scripts/with_postgres.py $(BIN)/python -m pytest $(IN_PROCESSES) -q -m "database and not browser"

races: setup-dev ## what happens at the same moment, on a PostgreSQL started for it
	@$(PYTHON) scripts/with_postgres.py $(BIN)/python -m pytest -q -m races

browser: setup-dev ## only the browser tests
	@ERDKREIS_CHROMIUM=$$($(PYTHON) scripts/find_browser.py) && export ERDKREIS_CHROMIUM && \
	  $(BIN)/python -m pytest $(IN_PROCESSES) -q -m browser

check-fast: setup-dev ## style, types, import contracts, templates, messages: no tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet src
	@$(BIN)/codespell src tests docs scripts *.md
	@$(BIN)/python scripts/messages.py check
	@$(BIN)/python -m django makemigrations --check --dry-run --settings erdkreis.config.settings >/dev/null \
	  || (echo "A model changed without its migration: run makemigrations." && exit 1)

check: check-fast test test-postgres ## all that continuous integration does

fmt: setup-dev ## format code
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

messages: setup-dev ## bring the German file up to date with the code
	@$(BIN)/python scripts/messages.py update

golden: export ERDKREIS_GOLDEN = write
golden: setup-dev ## paint docs/look and the golden drawings anew; look at them before you keep them
	@ERDKREIS_CHROMIUM=$$($(PYTHON) scripts/find_browser.py) && export ERDKREIS_CHROMIUM && \
	  $(BIN)/python -m pytest -q tests/browser/test_look.py tests/drawing

look: golden ## photograph everything: docs/look, the README, the guides
	@ERDKREIS_CHROMIUM=$$($(PYTHON) scripts/find_browser.py) && export ERDKREIS_CHROMIUM && \
	  $(BIN)/python scripts/readme_picture.py && $(BIN)/python scripts/guide_pictures.py

docs: setup-dev ## the documentation site, in site/; a broken link stops it
	@$(BIN)/python scripts/docs_site.py

lock: setup-dev ## lock the dependencies anew
	@$(PYTHON) scripts/lock.py

bench: setup-dev ## benchmarks, each beside its floor or peer
	@$(BIN)/python -m benchmarks
