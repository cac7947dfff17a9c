"""The site's production settings, with its pool, but without collected static files."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")

from cbec_site.settings import *

STATIC_ROOT = BASE_DIR / "var" / "nothing-collected"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
