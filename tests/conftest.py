import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def study(django_db_setup, django_db_blocker):
    """The shipped study, loaded once for a module and taken back at its end.

    A module that uses it should use it in every test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_study", verbosity=0)
        yield
        transaction.set_rollback(True)
