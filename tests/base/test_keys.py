"""Rows by many keys."""

import pytest

from cbec_site.base.keys import with_keys
from datasets.models import Indicator
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db


def test_rows_with_the_keys_are_found_and_no_others():
    first, _second, third = (make_indicator() for _number in range(3))

    found = with_keys(Indicator.objects.all(), [first.pk, third.pk, 10**12])

    assert {row.pk for row in found} == {first.pk, third.pk}
    assert not with_keys(Indicator.objects.all(), []).exists()


def test_a_thousand_keys_are_one_parameter():
    row = make_indicator()
    found = with_keys(Indicator.objects.all(), range(row.pk, row.pk + 1000))

    _sql, parameters = found.query.sql_with_params()

    assert len(parameters) == 1
    assert found.get() == row
