# Needs Python 3.11 or newer and make; everything else is installed below .venv and
# node_modules. `make run` serves the site, `make test` runs every test.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto
BIN := .venv/bin
CATALOGUE := cbec_site/locale/zh_Hans/LC_MESSAGES/django
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
PYTEST := env -u DATABASE_URL $(BIN)/pytest -q -n $(WORKERS)
PYTEST_POSTGRES := $(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS)
# What a browser shows and sends does not hang on the database. The rounds that write
# through it are gone on both, the others on SQLite; their views are tested on both.
BROWSER_FLOWS := tests/browser/test_imports.py tests/browser/test_reader_reports.py
# For commands that need settings but no data.
BARE := env SECRET_KEY=not-for-serving DATABASE_URL=sqlite://:memory:
# Extras are kept: without them pip meets "coverage[toml]" unpinned as soon as a newer
# version than the pinned one exists.
UV_COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-header --python-version 3.11 --quiet

.PHONY: run test lint bench browser lock

run: .venv/.installed var/secret-key $(CATALOGUE).mo var/static-collected
	@exec env SECRET_KEY="$$(cat var/secret-key)" ALLOWED_HOSTS=localhost,127.0.0.1 \
		$(BIN)/python manage.py serve --port $(PORT)

test: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo browser
	@echo "== SQLite"
	@$(PYTEST) --ignore=tests/browser
	@echo "== SQLite, in the browser"
	@$(PYTEST) tests/browser
	@echo "== PostgreSQL"
	@$(PYTEST_POSTGRES) --ignore=tests/browser
	@echo "== PostgreSQL, in the browser"
	@$(PYTEST_POSTGRES) $(BROWSER_FLOWS)

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BARE) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BARE) $(BIN)/python manage.py check_catalogues

bench: .venv/.installed-dev $(CATALOGUE).mo
	@for script in tests/bench/bench_*.py; do \
		echo "== SQLite, $$script"; \
		env -u DATABASE_URL PYTHONPATH=. $(BIN)/python $$script || exit 1; \
		echo "== PostgreSQL, $$script"; \
		PYTHONPATH=. $(BIN)/python tests/postgres.py $(BIN)/python $$script || exit 1; \
	done

# A browser for the tests: one that is installed, else Playwright's, else Debian's.
browser: .venv/.installed-dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null \
		|| $(BIN)/playwright install chromium \
		|| { apt-get update && apt-get install --yes --no-install-recommends chromium; }

# After a change of *.in: pin what they ask for, with hashes.
lock: .venv/.installed-dev
	$(UV_COMPILE) requirements.in --output-file requirements.txt
	$(UV_COMPILE) requirements-dev.in --output-file requirements-dev.txt
	$(UV_COMPILE) requirements-node.in --output-file requirements-node.txt

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

# Where the machine has no npm, it comes from PyPI.
node_modules/.installed: package.json package-lock.json .npmrc | .venv/bin/python
	@command -v npm >/dev/null || $(PIP) -r requirements-node.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-audit --no-fund
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po .venv/.installed
	@$(BARE) $(BIN)/python manage.py compile_catalogues

var/secret-key: | .venv/bin/python
	@mkdir -p var
	@(umask 077; $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))" > $@)

var/static-collected: .venv/.installed node_modules/.installed $(shell find static)
	@mkdir -p var
	@$(BARE) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@
