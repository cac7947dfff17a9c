"""Forms of new observations and claims are filled with all that the sentence says."""

import re

import pytest

from swot.texts.editor_notes import report
from tests.factories import make_analysis, make_entry, make_indicator, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ZH = "2023年贵州省出口总额超过512.3亿元。"
EN = "In 2023 the exports of Guizhou were more than CNY 51.23 billion."


@pytest.fixture
def number():
    make_indicator(title_zh_hans="进口总额", title_en="Imports", unit="CNY_100M")
    make_indicator(title_zh_hans="出口总额", title_en="Exports", unit="CNY_100M")
    region = make_region(code="520000", name_zh_hans="贵州省", name_en="Guizhou")
    analysis = make_analysis(region=region)
    entry = make_entry(
        analysis=analysis, body_zh_hans=ZH, body_en=EN, is_published=False
    )
    (number,) = report(entry)["zh-hans"].unbound
    return number


def selected(html, name):
    """(value, words) of the chosen option of a select."""
    part = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)[0]
    return re.search(r'<option value="([^"]*)" selected[^>]*>([^<]*)', part).groups()


def field(html, name):
    """What a text or number field holds."""
    tag = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>([^<]*)', html)
    value = re.search(r'value="([^"]*)"', tag[0])
    return value[1] if value else tag[1].strip()


def test_the_form_of_a_new_observation(admin_client, number):
    html = admin_client.get(number.observation_url).content.decode()

    assert "出口总额" in selected(html, "indicator")[1]
    assert "贵州省" in selected(html, "region")[1]
    assert field(html, "period") == "2023"
    assert field(html, "value") == "512.3"
    assert field(html, "decimals") == "1"
    assert selected(html, "unit")[0] == "CNY_100M"
    assert selected(html, "qualifier")[0] == "at_least"
    assert field(html, "note_zh_hans") == ZH
    assert field(html, "note_en") == EN


def test_the_form_of_a_new_claim(admin_client, number):
    html = admin_client.get(number.claim_url).content.decode()

    assert field(html, "statement_zh_hans") == ZH
    assert field(html, "statement_en") == EN
    assert field(html, "stated_low") == "512.3"
    assert field(html, "stated_decimals") == "1"
    assert field(html, "subject_period") == "2023"
    assert "贵州省" in selected(html, "subject_region")[1]
    assert selected(html, "comparison")[0] == "more_than"
    assert selected(html, "stated_unit")[0] == "CNY_100M"
