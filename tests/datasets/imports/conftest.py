"""An editor who imports, and what the files of `uploads` name."""

import pytest
from django.contrib.auth.models import Group

from cbec_site.accounts.roles import DATA_EDITOR
from tests.factories import make_indicator, make_region, make_source, make_user


@pytest.fixture
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


@pytest.fixture
def editor(client):
    user = make_user()
    user.groups.add(Group.objects.get(name=DATA_EDITOR))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def large(settings):
    """Every file is too large for one request."""
    settings.IMPORT_IN_REQUEST = 0
