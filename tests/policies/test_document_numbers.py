"""Document numbers in all forms in which they are written."""

import pytest

from policies.document_numbers import official_form, official_forms, parse_number
from tests.factories import make_policy


@pytest.mark.parametrize(
    ("text", "parts", "official"),
    [
        ("国函〔2020〕47号", ("国函", 2020, 47), "国函〔2020〕47号"),
        ("国函[2020]47号", ("国函", 2020, 47), "国函〔2020〕47号"),
        ("国函【２０２０】第０４７号", ("国函", 2020, 47), "国函〔2020〕47号"),
        ("黔府发（2018） 7 号", ("黔府发", 2018, 7), "黔府发〔2018〕7号"),
        (
            "海关总署公告2020年第75号",
            ("海关总署公告", 2020, 75),
            "海关总署公告2020年第75号",
        ),
        (
            "财政部 海关总署 税务总局公告2023年第4号",
            ("财政部 海关总署 税务总局公告", 2023, 4),
            "财政部 海关总署 税务总局公告2023年第4号",
        ),
        (
            "财政部、海关总署、税务总局 公告 2023 年第 04 号",
            ("财政部 海关总署 税务总局公告", 2023, 4),
            "财政部 海关总署 税务总局公告2023年第4号",
        ),
    ],
)
def test_a_number_has_parts_and_an_official_form(text, parts, official):
    number = parse_number(text)

    assert (number.mark, number.year, number.serial) == parts
    assert official_form(text) == official


@pytest.mark.parametrize(
    "text",
    [
        "",
        "国函",
        "国函〔20〕47号",
        "国函〔2020〕号",
        "国函〔2020〕0号",
        "国务院令第810号",
        "主席令第七号（2018）",
        "国函〔2020〕47号、48号",
    ],
)
def test_other_numbers_stay_as_printed(text):
    assert parse_number(text) is None
    assert official_form(text) == text


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("批复 国函（２０２０） 第047号", "批复 国函〔2020〕47号"),
        ("海关总署公告 2020 年 075 号 全文", "海关总署公告2020年第75号 全文"),
        ("国函[2020]47号和国函[2020]48号", "国函〔2020〕47号和国函〔2020〕48号"),
        # Neither is a number of an act.
        ("2020年第4季度", "2020年第4季度"),
        ("（2020）第4期", "（2020）第4期"),
    ],
)
def test_numbers_in_a_text_become_official(text, official):
    assert official_forms(text) == official


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "国函[2020]47号",
        "国函（2020）第047号",
        "国函【２０２０】47号",
        "国函 （２０２０） 第47号 政策",
        "政策 国函[2020]047号",
        "国函〔2020〕",
    ],
)
def test_an_act_is_found_by_its_number_in_any_form(client, query):
    for code, number in (("HIT", "国函〔2020〕47号"), ("NEAR", "国函〔2020〕48号")):
        make_policy(
            code=code, title="政策", document_number=number, is_number_confirmed=True
        )

    found = client.get("/api/v1/policies", {"q": query}).json()["results"]

    codes = [row["code"] for row in found]
    assert codes == (["HIT", "NEAR"] if query.endswith("〕") else ["HIT"])


@pytest.mark.django_db
def test_parts_are_published_once_the_number_is_confirmed(client):
    make_policy(code="A", document_number="国函〔2020〕47号", is_number_confirmed=True)
    make_policy(code="B", document_number="国函〔2020〕48号")

    rows = client.get("/api/v1/policies").json()["results"]

    assert [
        (row["number_mark"], row["number_year"], row["number_serial"]) for row in rows
    ] == [("国函", 2020, 47), (None, None, None)]
