"""The command that lists contradicted and undecided numbers in the texts."""

import pytest
from django.core.management import call_command

from tests.factories import make_entry, make_indicator, make_observation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_it_lists_contradicted_and_unreadable_numbers(capsys):
    make_observation("46", code="trade", indicator=make_indicator(unit="CNY_100M"))
    entry = make_entry(
        is_published=False,
        body_zh_hans="[46亿元](obs:trade)，[47亿元](obs:trade)，[46亿件](obs:trade)",
        body_en="[4.6 billion yuan](obs:trade), [$4.6 billion](obs:trade)",
    )

    call_command("list_flagged_numbers")

    assert capsys.readouterr().out.splitlines() == [
        f"swot.entry {entry.pk} zh-hans: [47亿元](obs:trade) contradicted",
        f"swot.entry {entry.pk} zh-hans: [46亿件](obs:trade) another unit",
        f"swot.entry {entry.pk} en: [$4.6 billion](obs:trade) another currency",
        "3 flagged",
    ]
