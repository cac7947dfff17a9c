"""What every test may ask for."""

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test.utils import setup_databases, teardown_databases
from django.utils.translation import activate, get_language, override

# Nothing is timed on a busy machine, and no examples are kept between runs.
hypothesis.settings.register_profile("site", deadline=None, database=None)
hypothesis.settings.load_profile("site")


@pytest.fixture(scope="session", autouse=True)
def import_directory(tmp_path_factory):
    """Uploaded files of tests go here, not among those of the local site."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("imports")
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_modify_db_settings,
    django_db_keepdb,
    django_db_createdb,
):
    """A database made for the tests, whatever they ask for.

    pytest-django makes none when no test uses its own fixtures or marker; `study` and
    the browser's `site` would then write to the local site's.
    """
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, keepdb=keep)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def study(django_db_setup, django_db_blocker):
    """The shipped study, loaded once for a module and taken back at its end.

    A module that uses it should use it in every test, and none of them with
    `django_db(transaction=True)`: that empties the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_study", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def same_language():
    """A request leaves its language active; the next test does not inherit it."""
    before = get_language()
    yield
    activate(before)


@pytest.fixture(scope="module")
def english():
    """Messages in English, the language that the code is written in."""
    with override("en"):
        yield
