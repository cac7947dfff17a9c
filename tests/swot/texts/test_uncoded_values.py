"""Values without a code are proposed too, and get one when a text names them."""

import pytest
from django.contrib.auth.models import Permission

from datasets.models import Observation
from swot.models import Entry
from swot.texts.codes import give_codes, suggested_code
from swot.texts.editor_notes import report
from tests.factories import make_entry, make_indicator, make_observation, make_region
from tests.swot.texts.test_text_admin import editor, page

pytestmark = pytest.mark.django_db

__all__ = ["editor"]

TEXT = "2022年贵州货物出口额为105.5亿元。"


@pytest.fixture
def series():
    return make_indicator(
        code="goods_exports",
        title_zh_hans="货物出口额",
        title_en="Goods exports",
        unit="CNY_100M",
    )


@pytest.fixture
def guizhou():
    return make_region(
        code="520000", name_zh_hans="贵州省", name_en="Guizhou", kind="province"
    )


@pytest.fixture
def uncoded(series, guizhou):
    return make_observation("105.5", indicator=series, region=guizhou)


def proposals(text):
    entry = make_entry(body_zh_hans=text, body_en="", is_published=False)
    (number,) = report(entry)["zh-hans"].unbound
    return number.proposals


def test_a_value_without_a_code_is_proposed_with_the_one_it_gets(uncoded):
    ((proposal, markdown),) = proposals(TEXT)

    assert proposal.is_sure
    assert proposal.code_for == uncoded.pk
    assert markdown == "[105.5亿元](obs:goods_exports_520000_2022)"
    assert not Observation.objects.exclude(code="").exists()


@pytest.mark.parametrize(
    "text",
    [
        "2021年贵州货物出口额为105.5亿元。",
        "2022年货物出口额为105.5亿元。",
        "贵州货物出口额为105.5亿元。",
    ],
)
def test_a_value_whose_region_or_year_is_not_named_is_not(uncoded, text):
    assert proposals(text) == ()


def test_binding_gives_the_code_and_keeps_the_history(editor, uncoded):
    change = Permission.objects.get(codename="change_observation")
    editor.get(page(Entry, "changelist")).wsgi_request.user.user_permissions.add(change)

    answer = editor.post(page(Entry, "codes"), {"observation": [uncoded.pk, "x"]})

    uncoded.refresh_from_db()
    assert answer.json() == {"codes": {str(uncoded.pk): "goods_exports_520000_2022"}}
    assert uncoded.code == "goods_exports_520000_2022"
    assert uncoded.history.first().history_change_reason == "named by a text"
    again = editor.post(page(Entry, "codes"), {"observation": [uncoded.pk]})
    assert again.json() == answer.json()


def test_those_who_may_not_change_values_are_told_so(editor, uncoded):
    user = editor.get(page(Entry, "changelist")).wsgi_request.user
    assert not user.has_perm("datasets.change_observation")

    answer = editor.post(page(Entry, "codes"), {"observation": [uncoded.pk]})

    assert answer.status_code == 403
    assert "data editor" in answer.json()["message"]
    assert not Observation.objects.exclude(code="").exists()
    assert editor.get(page(Entry, "codes")).status_code == 405


def test_a_code_that_is_taken_gets_a_number(series, guizhou, uncoded):
    for breakdown, code in (("a", "goods_exports_520000_2022"), ("b", "")):
        make_observation(
            "1", indicator=series, region=guizhou, breakdown=breakdown, code=code
        )
    other = Observation.objects.get(breakdown="b")

    given = give_codes([uncoded.pk, other.pk])

    assert given == {
        uncoded.pk: "goods_exports_520000_2022_2",
        other.pk: "goods_exports_520000_2022_b",
    }


@pytest.mark.parametrize(
    ("indicator", "period", "code"),
    [
        ("gdp", "2024-Q1", "gdp_520000_2024_Q1"),
        ("gdp", "2024-01-01/P9M", "gdp_520000_2024_01_01_P9M"),
        ("2", "2024", "v_2_520000_2024"),
        ("x" * 62, "2024", "x" * 62 + "_5"),
    ],
)
def test_suggested_codes_are_valid(guizhou, indicator, period, code):
    row = make_observation(
        "1", indicator=make_indicator(code=indicator), region=guizhou, period=period
    )

    assert suggested_code(row) == code
    assert give_codes([row.pk]) == {row.pk: code}
