# The site and its worker in one image, from the lock files; see docs/operations.md.
# This Debian release has the PostgreSQL client of the version that compose.yaml starts:
# backups need the same version.
FROM node:22-trixie-slim AS assets
WORKDIR /site
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM python:3.12-slim-trixie
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/site/.venv/bin:$PATH
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /site cbec-evidence
WORKDIR /site
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=assets /site/node_modules node_modules
COPY . .
RUN SECRET_KEY=not-for-serving DATABASE_URL=sqlite://:memory: sh -c \
    "python manage.py compile_catalogues && python manage.py collectstatic --noinput" \
    && install -d -o cbec-evidence /var/lib/cbec-evidence
USER 10001
ENV IMPORT_DIRECTORY=/var/lib/cbec-evidence/imports PAGE_COPIES=/var/lib/cbec-evidence/page-copies
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "cbec_site.web_server", "--host", "0.0.0.0", "--port", "8000"]
