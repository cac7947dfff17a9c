"""The site's settings for tests: a key, quick hashing, plain static files."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from cbec_site.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tasks run at once; the tests of the worker start one of their own.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Static files come from where they are kept, not from what was collected.
STATIC_ROOT = BASE_DIR / "var" / "nothing-collected"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each test's connection is its own; the pool has tests of its own.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# A check of the connection would close the transaction that a test runs in.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
# What a test logs is seen where it fails.
LOGGING["handlers"]["stderr"]["formatter"] = "plain"
