# Two commands matter: `make run` and `make test`. Both set everything up first; both can be repeated.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: run test lint format check browser node screenshots messages lock sbom image bench slow overload soak scale fuzz train clean help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## set up, then serve everything (ARGS="--port 9000")
	@$(BIN)/folkmoot run $(ARGS)

test: $(VENV)/.dev browser node lint ## set up, then lint, types and the whole test suite
	$(BIN)/python -m pytest --numprocesses $$(( $$(nproc) + 1 )) --dist loadfile $(ARGS)

lint: $(VENV)/.dev ## ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: $(VENV)/.run ## look at dependencies, settings and the store
	$(BIN)/folkmoot check

browser: $(VENV)/.dev ## find a Chromium for the browser tests, or install one
	@PLAYWRIGHT=$(BIN)/playwright sh tests/browser.sh

node: ## find node and npm for the tests with other people's clients, or install them
	@sh tests/node.sh

screenshots: $(VENV)/.dev browser ## take the pictures of docs/images anew
	$(BIN)/python -m tests.browser.screenshots

messages: $(VENV)/.dev ## bring the catalogues of all languages up to date with what is said
	$(BIN)/python -m tests.catalogues

lock: $(VENV)/.dev ## pin all dependencies anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --group build --output-file requirements/run.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --group build --group dev --output-file requirements/dev.lock

sbom: $(VENV)/.dev ## list everything that is shipped, as CycloneDX, in dist/sbom.json
	@mkdir -p dist
	$(BIN)/python -W ignore -m cyclonedx_py requirements requirements/run.lock --pyproject pyproject.toml \
		--output-reproducible --output-format JSON --output-file dist/sbom.json

image: ## build the container image with whatever builder is here
	$(if $(shell command -v podman),podman,docker) build -t folkmoot .

bench: $(VENV)/.run ## send COUNT comments of DATA through the public API
	$(BIN)/python benchmarks/replay.py $(if $(DATA),--data $(DATA)) --count $(or $(COUNT),2000)

slow: $(VENV)/.run ## measure readers beside 2,000 slow, silent and dripping clients
	$(BIN)/python -m benchmarks.pressure.slow $(ARGS)

overload: $(VENV)/.run ## send ten times the sustainable rate for a minute, and check what becomes of it
	$(BIN)/python -m benchmarks.pressure.overload $(ARGS)

soak: $(VENV)/.run ## serve for MINUTES (20) and print memory and descriptors of each process
	$(BIN)/python -m benchmarks.pressure.soak --minutes $(or $(MINUTES),20) $(ARGS)

scale: $(VENV)/.dev browser ## read an article of ten thousand comments, and share a queue of five thousand
	MANY_COMMENTS=10000 HELD_COMMENTS=5000 $(BIN)/python -m pytest tests/browser/test_reading.py \
		tests/browser/test_desk.py -k "very_many or queue or band" $(ARGS)

fuzz: $(VENV)/.dev ## send parsers what strangers may send, for TIME seconds (600), until something breaks
	@end=$$(( $$(date +%s) + $(or $(TIME),600) )); while [ $$(date +%s) -lt $$end ]; do \
		FUZZ_EXAMPLES=$(or $(EXAMPLES),1000) SCHEMA_EXAMPLES=25 $(BIN)/python -m pytest tests/fuzz tests/properties \
			tests/web/test_openapi.py tests/wire/test_anything.py tests/models/test_classifier.py \
			tests/models/test_features.py tests/store/test_allowances.py tests/service/captcha \
			--hypothesis-seed=random --timeout 3600 $(ARGS) || exit 1; done

train: $(VENV)/.dev ## train the shipped classifier anew from the rows in FOLKMOOT_TRAINING_DATA
	@test -n "$(FOLKMOOT_TRAINING_DATA)" || { echo "set FOLKMOOT_TRAINING_DATA to the folder of labelled rows" >&2; exit 1; }
	$(BIN)/folkmoot model train --data "$(FOLKMOOT_TRAINING_DATA)" $(ARGS)

clean: ## remove what can be made again; the data folder stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# A machine may have Python without venv (Debian): then virtualenv makes the environment.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Folkmoot needs Python 3.11 or later; set PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
		$(PYTHON) -m pip install --quiet --target .virtualenv virtualenv && \
		PYTHONPATH=.virtualenv $(PYTHON) -m virtualenv --quiet $(VENV); }

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
