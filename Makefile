# The commands of joinedup. `make` alone lists them. Works with GNU make 3.81 and later.
#
# PYTHON picks the interpreter that makes .venv; ARGS is passed on (make test ARGS=tests/graph).
# pip is called only when pyproject.toml or constraints.txt is newer than the stamp of the last
# install, so that everything runs without a network afterwards. Mirrors and certificates are
# pip's own business: PIP_INDEX_URL, PIP_CERT, pip.conf.

.DEFAULT_GOAL := help
.PHONY: help setup app test check lint bench docs constraints clean

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$each; break; }; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# An environment does not survive being moved: the stamps carry the folder they were made in.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
RUN := .venv/.run-$(HERE)
DEV := .venv/.dev-$(HERE)

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(DEV) ## Make .venv with the pinned versions, the tools for development among them

app: $(RUN) ## Open the app: local Neo4j, the sample, an answer with its evidence, the browser
	@$(BIN)/joinedup app $(ARGS)

test: $(DEV) ## Run every test (without a browser its tests skip and say so)
	@$(BIN)/python -m pytest $(ARGS)

check: lint ## Format, lint, types, layout, and the tests without database and browser
	@$(BIN)/python -m pytest --quiet -n $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )) --dist worksteal \
		-m "not integration and not browser and not slow" $(ARGS)

lint: $(DEV) ## Format, lint, types, layout
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports

bench: $(DEV) ## Measure loading, questions and analyses, side by side with peers
	@$(BIN)/python -m bench $(ARGS)

docs: $(DEV) ## Write the generated pages again, and the output shown in the README
	@for page in docs/generate/[a-z]*.py; do \
		$(BIN)/python -m docs.generate.$$(basename $$page .py) || exit 1; done

# Made with the oldest Python we support, so that every newer one can install the same.
constraints: ## Pin the newest versions that pyproject.toml allows (network, Python 3.11)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and \
		"The pins are made with Python 3.11: make constraints PYTHON=python3.11")'
	@rm -rf build/constraints
	@$(PYTHON) -m venv build/constraints
	@build/constraints/bin/python -m pip install --quiet --upgrade pip setuptools
	@build/constraints/bin/python -m pip install --quiet '.[dev]'
	@{ echo "# Every version that is installed and tested, chosen by 'make constraints' for all"; \
		echo "# extras. Packages that only another system needs (Windows, say) are not pinned."; \
		build/constraints/bin/python -m pip freeze --all --exclude pip --exclude joinedup; \
	} > build/constraints.txt
	@mv build/constraints.txt constraints.txt
	@rm -rf build

clean: ## Remove caches and builds; .venv and your data (.joinedup) stay
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made-$(HERE):
	@test -n "$(PYTHON)" || { echo "joinedup needs Python 3.11 or later, and none was found on" \
		"the PATH. Install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"joinedup needs Python 3.11 or later; $(PYTHON) is " + sys.version.split()[0] \
		+ ". Name another: make setup PYTHON=/path/to/python3")'
	@echo "Making .venv with $(PYTHON)"
	@grep -qsF "$(CURDIR)/.venv" .venv/pyvenv.cfg || $(PYTHON) -m venv --clear .venv
	@touch $@

# setuptools comes first and pinned: a build of its own environment would fetch any version.
define install
	@echo "Installing the pinned versions ($(1)); the first time this takes a minute or two"
	@$(PIP) install -c constraints.txt setuptools
	@$(PIP) install -c constraints.txt --no-build-isolation -e '$(1)'
endef

$(RUN): pyproject.toml constraints.txt | .venv/.made-$(HERE)
	$(call install,.)
	@touch $@

$(DEV): pyproject.toml constraints.txt | .venv/.made-$(HERE)
	$(call install,.[dev])
	@touch $(RUN) $@
