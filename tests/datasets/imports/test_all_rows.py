"""Every row of a waiting file can be looked at before it is imported."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from cbec_site.accounts.roles import READER
from datasets.imports.kept_rows import read_page_number
from datasets.models import ImportBatch, Observation
from tests.datasets.imports.uploads import send
from tests.factories import (
    make_indicator,
    make_observation,
    make_region,
    make_source,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
YEARS = range(2001, 2013)
FILE = "indicator,region,period,value,unit,source\n" + "".join(
    f"exports,520000,{year},{year}.5,亿元,office\n" for year in YEARS
)


@pytest.fixture(autouse=True)
def few_shown(settings):
    settings.IMPORT_SHOWN = 5


@pytest.fixture(params=["in the request", "by the worker"])
def waiting(request, editor, settings):
    """The address of the preview of a file with a changed value and eleven new."""
    if request.param == "by the worker":
        settings.IMPORT_IN_REQUEST = 0
    make_observation(
        indicator=make_indicator(code="exports", title="出口额"),
        region=make_region(code="520000", name="贵州省"),
        source=make_source(code="office", title="统计局"),
        period="2012",
        value=2000,
        unit="CNY_100M",
    )
    return send(editor, FILE)


def rows(client, address, page=""):
    return client.get(f"{address}rows/", {"page": page}).context["rows"]


def test_pages_show_each_row_once_with_its_values(editor, waiting):
    preview = editor.get(waiting)
    assert f'href="{waiting}rows/"' in preview.content.decode()

    shown = [row for page in "123" for row in rows(editor, waiting, page)]

    found = sorted(
        (row.line, row.after.period, f"{row.after.value:f}") for row in shown
    )
    assert found == [(n + 2, f"{y}", f"{y}.5") for n, y in enumerate(YEARS)]
    (changed,) = [row for row in shown if row.before]
    assert (changed.before.value, changed.after.period) == (2000, "2012")
    assert rows(editor, waiting, "9")[0].line == rows(editor, waiting, "3")[0].line


def test_page_of_rows_links_to_the_pages_beside_it(editor, waiting):
    editor.get(waiting)
    page = editor.get(f"{waiting}rows/?page=2").content.decode()

    assert 'href="?page=1" rel="prev"' in page
    assert 'href="?page=3" rel="next"' in page
    assert "2008.5" in page


def test_stored_rows_are_deleted_once_they_are_imported(editor, waiting, settings):
    token = editor.get(waiting).context["plan"].token

    editor.post(waiting, {"token": token, "reason": "Yearbook"})

    assert Observation.objects.count() == 12
    # The rows of other waiting files are stored there too.
    kept = Path(settings.MEDIA_ROOT).glob("rows-*")
    numbers = {path.stem.rpartition("-")[2] for path in kept}
    assert waiting.rstrip("/").rpartition("/")[2] not in numbers
    assert editor.get(f"{waiting}rows/").status_code == 302


def test_rows_are_for_those_who_may_import(editor, waiting, client):
    user = make_user(username="reader")
    user.groups.add(Group.objects.get(name=READER))
    client.force_login(user)

    assert client.get(f"{waiting}rows/").status_code == 403
    assert ImportBatch.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 1), ("0", 1), ("2", 2), ("99", 4), ("-1", 1), ("二", 1), ("1e1", 1)],
)
def test_odd_page_number_is_read_as_a_valid_one(text, number):
    assert read_page_number(text, 4) == number
