"""The database that a bench runs on: DATABASE_URL, else a SQLite file."""

import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def prepare(directory):
    """Configure Django for a database of its own, a file in `directory` by default."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("SECRET_KEY", "only-for-the-bench")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{directory}/bench.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbec_site.settings")
    import django
    from django.conf import settings

    django.setup()
    # An in-memory database would flatter SQLite.
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = f"{directory}/test.sqlite3"


def prepare_study(directory):
    """The same with the shipped study, whose pages the test client may request."""
    prepare(directory)
    from django.conf import settings
    from django.core.management import call_command

    from policies.models import Policy

    warnings.simplefilter("ignore")
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    if not Policy.objects.exists():
        call_command("load_study", verbosity=0)
