"""Characters that XML cannot hold: refused at the field, harmless where stored."""

import io
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from cbec_site.base.characters import control_error
from cbec_site.base.formulas import workbook_text
from datasets.scenes.elements import escape
from policies.models import Policy
from swot.models import Report
from tests.factories import make_policy


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x0c", "\x1f", "\x7f", "\uffff"])
def test_a_control_character_is_named_with_its_place(char):
    said = control_error(f"first line{char}second line")

    assert f"U+{ord(char):04X}" in said
    assert "first line second" in said


@pytest.mark.parametrize("text", ["", "a\tb\r\nc", "贵州 é 😀", "\u200b\u3000"])
def test_text_that_xml_can_hold_is_left_alone(text):
    assert control_error(text) == ""


def test_workbook_and_picture_hold_a_space_instead():
    assert workbook_text("=a\x0bb") == "'=a b"
    assert escape("<\x0b>") == "&lt; &gt;"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Policy(code="P1", title_en="An\x0bact"), "title_en"),
        (Policy(code="P1", summary_zh_hans="第一行\x0b第二行"), "summary_zh_hans"),
        (Report(text="one\x0ctwo"), "text"),
    ],
)
def test_the_field_says_so(row, field):
    with pytest.raises(ValidationError) as raised:
        row.clean_fields()

    assert any("U+000" in message for message in raised.value.message_dict[field])


@pytest.mark.django_db
def test_stored_control_characters_break_neither_feed_nor_workbook(client):
    policy = make_policy(title_en="An\x0bact")

    feed = client.get("/en/policies/feed/")
    book = client.get("/en/policies/list.xlsx")

    assert feed.status_code == book.status_code == 200
    assert "An act" in [
        element.text for element in ElementTree.fromstring(feed.content).iter()
    ]
    content = b"".join(book) if book.streaming else book.content
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    assert "An act" in [cell.value for row in rows for cell in row], policy
