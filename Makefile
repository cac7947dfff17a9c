# Needs Python 3.11 or newer and make; everything else is installed below .venv and
# node_modules. `make run` serves the site, `make test` runs every test.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto
BIN := .venv/bin
CATALOGUE := cbec_site/locale/zh_Hans/LC_MESSAGES/django
LOCAL = SECRET_KEY="$$(cat var/secret-key)" ALLOWED_HOSTS=localhost,127.0.0.1
TEST_ENV = SECRET_KEY=only-for-tests
UV_COMPILE = $(BIN)/uv pip compile --universal --generate-hashes \
	--no-emit-index-url --no-header --python-version 3.11 --quiet

.PHONY: run test lint bench browser lock

run: .venv/.installed var/secret-key $(CATALOGUE).mo var/static-collected
	@$(LOCAL) $(BIN)/python manage.py prepare
	@echo "简体中文  http://127.0.0.1:$(PORT)/zh-hans/"
	@echo "English   http://127.0.0.1:$(PORT)/en/"
	@echo "Admin     http://127.0.0.1:$(PORT)/admin/"
	@echo "API       http://127.0.0.1:$(PORT)/en/api/"
	@$(LOCAL) $(BIN)/granian --interface wsgi cbec_site.wsgi:application \
		--host 127.0.0.1 --port $(PORT) --workers 1 --log-level warning

test: .venv/.installed-dev node_modules/.installed $(CATALOGUE).mo browser
	@echo "== SQLite"
	@env -u DATABASE_URL $(BIN)/pytest -q -n $(WORKERS) --ignore=tests/browser
	@echo "== SQLite, in the browser"
	@env -u DATABASE_URL $(BIN)/pytest -q tests/browser
	@echo "== PostgreSQL"
	@$(BIN)/python tests/postgres.py $(BIN)/pytest -q -n $(WORKERS) --ignore=tests/browser
	@echo "== PostgreSQL, in the browser"
	@$(BIN)/python tests/postgres.py $(BIN)/pytest -q tests/browser

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(TEST_ENV) $(BIN)/python manage.py check_catalogues

bench: .venv/.installed-dev
	@for script in tests/bench/bench_*.py; do $(BIN)/python $$script || exit 1; done

# A browser for the tests: one that is installed, else Playwright's, else Debian's.
browser: .venv/.installed-dev
	@command -v chromium chromium-browser google-chrome >/dev/null \
		|| $(BIN)/playwright install --with-deps chromium \
		|| (apt-get update && apt-get install --yes chromium)

lock:
	$(UV_COMPILE) requirements.in --output-file requirements.txt
	$(UV_COMPILE) requirements-dev.in --output-file requirements-dev.txt
	$(UV_COMPILE) requirements-node.in --output-file requirements-node.txt

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.installed

# Where the machine has no npm, it comes from PyPI.
node_modules/.installed: package.json package-lock.json | .venv/bin/python
	@command -v npm >/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-node.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-audit --no-fund
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po .venv/.installed
	@$(TEST_ENV) $(BIN)/python manage.py compile_catalogues

var/secret-key: | .venv/bin/python
	@mkdir -p var
	@(umask 077; $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))" > $@)

var/static-collected: .venv/.installed node_modules/.installed $(shell find static -type f)
	@mkdir -p var
	@$(TEST_ENV) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@
