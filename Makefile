# Needs Python 3.11 or newer and make; everything else is installed below .venv and
# node_modules. `make run` serves the site, `make test` runs every test.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto
# One more for two cores: tests on a server wait for it.
WORKERS_POSTGRES ?= $(shell expr 3 \* $$(getconf _NPROCESSORS_ONLN) / 2)
BIN := .venv/bin
CATALOGUE := cbec_site/locale/zh_Hans/LC_MESSAGES/django
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
PYTEST := env -u DATABASE_URL $(BIN)/pytest -q -n $(WORKERS)
PYTEST_POSTGRES := $(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS_POSTGRES)
NOT_LONG := --ignore=tests/soak
# What a browser shows and sends does not depend on the database. Flows that write
# through it run on both databases, the others on SQLite; their views are tested on
# both.
BROWSER_FLOWS := tests/browser/test_imports.py tests/browser/test_reader_reports.py
# For commands that need settings but no data.
BARE := env SECRET_KEY=not-for-serving DATABASE_URL=sqlite://:memory:
# A Node.js installed from PyPI takes precedence over the machine's own.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
# Extras are kept: without them pip finds "coverage[toml]" unpinned as soon as there is
# a newer version than the pinned one. One version for every Python from 3.11 on
# (fewest): what runs in the image is what was tested here.
UV_COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-header --python-version 3.11 --fork-strategy fewest --quiet

# Some containers set it; every process that a test starts, and every run of the tests,
# would compile the whole site anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run quick test test-on-postgres soak lint format bench load browser lock audit licences guide walks

run: .venv/.installed var/secret-key $(CATALOGUE).mo var/static-collected
	@exec env SECRET_KEY="$$(cat var/secret-key)" ALLOWED_HOSTS=localhost,127.0.0.1 \
		LOG_FORMAT="$${LOG_FORMAT:-plain}" \
		$(BIN)/python manage.py serve --port $(PORT)

# To run between two changes, in less than a minute: SQLite, no browser, no processes
# that are killed or waited for, no pages, not the whole study, few
# examples of properties.
quick: .venv/.installed-dev $(CATALOGUE).mo
	@TIMES_AS_MANY_EXAMPLES=0.1 $(PYTEST) $(NOT_LONG) --ignore=tests/browser \
		-m "not pages and not processes and not whole"

test: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo browser
	@echo "== SQLite"
	@$(PYTEST) $(NOT_LONG) --ignore=tests/browser
	@echo "== SQLite, in the browser"
	@$(PYTEST) tests/browser
	@$(BIN)/python tests/postgres.py $(MAKE) --no-print-directory test-on-postgres

# On the server that DATABASE_URL names.
test-on-postgres:
	@echo "== PostgreSQL"
	@$(BIN)/pytest -q -n $(WORKERS_POSTGRES) $(NOT_LONG) --ignore=tests/browser
	@echo "== PostgreSQL, in the browser"
	@$(BIN)/pytest -q -n $(WORKERS) $(BROWSER_FLOWS)

# Long runs, of which `make test` has a sample: properties with many more
# examples, and tests/soak.
soak: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo browser
	@echo "== SQLite, many examples"
	@TIMES_AS_MANY_EXAMPLES=20 $(PYTEST) $(NOT_LONG) --ignore=tests/browser -m hypothesis
	@echo "== SQLite, long runs"
	@$(PYTEST) tests/soak
	@echo "== SQLite, every page in the browser, and the whole bake"
	@TIMES_AS_MANY_EXAMPLES=1 $(PYTEST) tests/browser/test_public_pages.py \
		tests/browser/test_week.py tests/browser/test_bake.py
	@echo "== PostgreSQL, long runs"
	@$(PYTEST_POSTGRES) tests/soak

lint: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(WITH_NODE) node_modules/.bin/eslint --max-warnings 0 .
	$(WITH_NODE) node_modules/.bin/prettier --check --log-level warn .
	$(BARE) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BARE) $(BIN)/python manage.py check_catalogues --admin

bench: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo \
		var/static-collected .venv/wagtail/.installed
	@for script in tests/bench/bench_*.py; do \
		echo "== SQLite, $$script"; \
		env -u DATABASE_URL $(WITH_NODE) PYTHONPATH=. $(BIN)/python $$script || exit 1; \
		echo "== PostgreSQL, $$script"; \
		PYTHONPATH=. $(BIN)/python tests/postgres.py $(BIN)/python $$script || exit 1; \
	done

# A browser for the tests: an installed one, else Debian's, else Playwright's.
browser: .venv/.installed-dev
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null \
		|| command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| { apt-get update && apt-get install --yes --no-install-recommends \
			chromium-headless-shell; } \
		|| $(BIN)/playwright install --only-shell chromium

# The pictures in docs/editors*.md: real screens in both languages.
guide: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo browser
	@GUIDE_PICTURES=docs/editors $(PYTEST) tests/browser/test_week.py -k policy

# Write the walks in docs/accessibility.md from the present pages.
walks: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo browser
	@WRITE_WALKS=1 $(PYTEST) -n 0 tests/browser/test_screen_reader.py

# Format Python, CSS and scripts as `make lint` requires.
format: .venv/.installed-dev node_modules/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(WITH_NODE) node_modules/.bin/eslint --fix .
	$(WITH_NODE) node_modules/.bin/prettier --write --log-level warn .

# Known vulnerabilities of what is installed, from PyPI and the npm registry. It also
# fails if a package could not be looked up (--strict), as that proves nothing.
audit: .venv/.installed-dev node_modules/.installed
	@clean=yes; \
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.txt \
		|| clean=no; \
	$(WITH_NODE) npm audit --audit-level=low || clean=no; \
	test $$clean = yes || { echo "audit: not passed. Weaknesses stand above; if none do," \
		"a service could not be asked, and this run says nothing." >&2; exit 1; }

# Hundreds of readers and two editors who import, on each database; needs a quiet
# machine. `make load LOAD="200 --seconds 600"`: 200 readers for 600 seconds; with
# `--share 0.8`, at that share of the rate they reach, and memory must not grow by over
# a tenth.
load: .venv/load/.installed $(CATALOGUE).mo var/static-collected
	@echo "== SQLite"
	@env -u DATABASE_URL PYTHONPATH=. $(BIN)/python tests/load/run.py $(LOAD)
	@echo "== PostgreSQL"
	@PYTHONPATH=. $(BIN)/python tests/postgres.py $(BIN)/python tests/load/run.py $(LOAD)

licences: .venv/.installed node_modules/.installed
	$(BARE) $(BIN)/python manage.py list_licences

# After a change of *.in or package.json: pin what they ask for, with hashes and without
# addresses. npm also records where packages ask for funding, which no build needs.
# `make lock NEWER=--upgrade` upgrades everything to the newest version.
lock: .venv/.installed-dev
	$(UV_COMPILE) $(NEWER) requirements.in --output-file requirements.txt
	$(UV_COMPILE) $(NEWER) requirements-dev.in --output-file requirements-dev.txt
	$(UV_COMPILE) $(NEWER) requirements-load.in --output-file requirements-load.txt
	$(UV_COMPILE) $(NEWER) requirements-wagtail.in --output-file requirements-wagtail.txt
	$(UV_COMPILE) requirements-node.in --output-file requirements-node.txt
	$(WITH_NODE) npm install --package-lock-only --no-audit --no-fund
	$(BIN)/python -c 'import json, pathlib; \
		path = pathlib.Path("package-lock.json"); lock = json.loads(path.read_text()); \
		[package.pop("funding", None) for package in lock["packages"].values()]; \
		path.write_text(json.dumps(lock, indent=2) + "\n")'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This needs \
	Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt | .venv/bin/python
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.installed

# Environments of their own: the load generator (load) and a site to compare with
# (wagtail).
.venv/%/.installed: requirements-%.txt | .venv/.installed-dev
	$(PYTHON) -m venv .venv/$*
	.venv/$*/$(PIP:$(BIN)/%=bin/%) -r $<
	@touch $@

# If the machine has no npm, or a Node.js too old for eslint, both come from PyPI.
node_modules/.installed: package.json package-lock.json .npmrc | .venv/bin/python
	@command -v npm >/dev/null && node -e 'const [major, minor] = \
		process.versions.node.split(".").map(Number); \
		process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' \
		|| $(PIP) -r requirements-node.txt
	$(WITH_NODE) npm ci --no-audit --no-fund
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po .venv/.installed
	@$(BARE) $(BIN)/python manage.py compile_catalogues

var/secret-key: | .venv/bin/python
	@mkdir -p var
	@(umask 077; $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))" \
		> $@.new && mv $@.new $@)

var/static-collected: .venv/.installed node_modules/.installed $(shell find static)
	@mkdir -p var
	@$(BARE) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@
