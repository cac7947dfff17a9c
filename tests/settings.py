"""The site's settings for tests: a key, fast hashing, plain static files."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from cbec_site.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tasks run at once; the tests of the worker start one of their own.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Static files are served from the source, without collecting them.
STATIC_ROOT = BASE_DIR / "var" / "nothing-collected"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each test has its own connection; the pool is tested elsewhere.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# A check of the connection would close the transaction that a test runs in.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
# pytest shows what a failed test has logged.
LOGGING["handlers"]["stderr"]["formatter"] = "plain"
