"""The file that PostgreSQL writes has the bytes of the one that Python writes."""

import copy
import re
from decimal import Decimal
from itertools import product

import pytest

from cbec_site.base.copied_csv import NUMBER
from cbec_site.base.csv_files import csv_pieces, csv_response
from cbec_site.base.formulas import FORMULA_STARTS, is_formula
from datasets.api import SERIES_ORDER
from datasets.models import Observation
from datasets.resources import OBSERVATION_COLUMNS, observation_rows
from tests.factories import make_observation

pytestmark = pytest.mark.django_db

TEXTS = [
    "",
    "plain",
    " spaces ",
    "a, b",
    'He said "so"',
    '"',
    "first\nsecond",
    "first\r\nsecond",
    "end\r",
    "\ttab",
    "\rreturn",
    "\\.",
    "\\N",
    "100%",
    "%s {0}",
    "=1+1",
    '=HYPERLINK("a", "b")',
    "+86 851",
    "-1.5",
    "+1.5",
    "-1.5\n",
    "-1,5",
    "-",
    "- point",
    "@name",
    "'quoted",
    "'=1",
    "−1",
    "＝1",
    "-١",
    "注，有逗号",
    "𠀀",
]
VALUES = "0 -0.1 0.5 1.5 2.5 -2.5 0.25 0.35 0.125 1.005 -0.004 999.9995 31.54"
EXACT = "0.000001 -0.000001 322215120.123456 123456789012345678.5"
FIELDS = ("note_zh_hans", "note_en", "vintage", "breakdown")


def copy_of(value, period):
    """An unsaved value of another period."""
    row = copy.copy(value)
    row.pk, row.period = None, period
    return row


@pytest.fixture
def odd_values():
    """A value for each odd text in each of its texts, and for each odd number."""
    first = make_observation("1.50", period="1000")
    numbers = [
        {"value": Decimal(value), "decimals": digits}
        for value, digits in product(f"{VALUES} {EXACT}".split(), range(7))
    ]
    texts = [{name: text[:20]} for text, name in product(TEXTS, FIELDS)]
    missing = [{"note_en": None}, {"value": None, "status": "Q"}]
    rows = []
    for year, changes in enumerate([*numbers, *texts, *missing], start=1001):
        row = copy_of(first, str(year))
        for name, value in changes.items():
            setattr(row, name, value)
        rows.append(row)
    Observation.objects.bulk_create(rows)
    return Observation.objects.published()


def test_file_has_the_bytes_that_python_writes(client, odd_values):
    file = client.get("/api/v1/observations.csv").getvalue()

    read = observation_rows(odd_values.order_by(*SERIES_ORDER))
    rows = b"".join(csv_pieces(OBSERVATION_COLUMNS, read))
    assert file.partition(b"\r\n")[2] == rows
    assert rows.count(b"\r\n") > len(TEXTS) * len(FIELDS)


def test_reader_who_disconnects_ends_the_query():
    ended = []

    def pieces():
        try:
            yield from (b"piece", b"piece", b"piece")
        finally:
            ended.append(True)

    response = csv_response("name", OBSERVATION_COLUMNS, pieces())
    assert response.streaming and not ended

    response.close()

    assert ended


@pytest.mark.parametrize("text", TEXTS)
def test_database_and_python_write_numbers_by_the_same_rule(text):
    is_number = bool(re.search(NUMBER, text))

    assert is_number == (text.startswith(FORMULA_STARTS) and not is_formula(text))
