"""Every province and prefecture under the names that yearbooks print."""

import csv
from pathlib import Path

import pytest
from django.db.models import QuerySet

from datasets.importing.names import Names, UnknownNameError
from datasets.importing.place_names import (
    ALIASES,
    english_name,
    short_name,
    split_languages,
)
from datasets.models import Region

FIXTURE = Path(__file__).parents[3] / "datasets" / "fixtures" / "regions.csv"


@pytest.fixture(scope="module")
def rows():
    with FIXTURE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def names(db, rows):
    # As they are, without an entry of each in the search index.
    QuerySet(Region).bulk_create(
        Region(code=row["code"], name=row["name_zh"], name_zh_hans=row["name_zh"],
               name_en=row["name_en"], kind=row["kind"])
        for row in rows
    )  # fmt: skip
    return Names()


def test_regions_are_listed_once(rows):
    for column in ("code", "name_zh", "name_en"):
        listed = [row[column] for row in rows]
        assert len(set(listed)) == len(listed)
    prefectures = [
        row for row in rows if row["kind"] == "city" and row["code"][4:] == "00"
    ]
    assert {row["parent"] for row in prefectures} >= {"520000", "530000", "650000"}
    assert all(row["parent"] == row["code"][:2] + "0000" for row in prefectures)
    guizhou = [row["code"] for row in rows if row["parent"] == "520000"]
    assert len(guizhou) == 10  # Nine prefectures and Guian.


def test_every_region_is_found_by_its_names(names, rows):
    for row in rows:
        for text in (row["code"], row["name_zh"], row["name_zh"].replace("", " ")):
            assert names.region(text).code == row["code"]
    for row in rows:
        if row["name_en"] not in ("Suzhou", "Fuzhou", "Yichun"):
            assert names.region(row["name_en"]).code == row["code"]


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("黔东南", "522600"), ("黔南州", "522700"), ("黔西南州", "522300"),
        ("六盘水", "520200"), ("毕节地区", "520500"), ("贵安", "CN-GUIAN"),
        ("西双版纳", "532800"), ("恩施州", "422800"), ("延边州", "222400"),
        ("巴音郭楞州", "652800"), ("海西州", "632800"), ("锡林郭勒", "152500"),
        ("阿里", "542500"), ("海南", "460000"), ("海南州", "632500"),
        ("吉林", "220000"), ("吉林市", "220200"), ("澳门", "820000"),
        ("香港特别行政区", "810000"), ("Hong Kong SAR", "810000"), ("台湾", "710000"),
        ("台湾省", "710000"), ("Macau", "820000"), ("中华人民共和国", "100000"),
        ("National Total", "100000"), ("CHN", "100000"), ("Xizang", "540000"),
        ("Guangxi Zhuang Autonomous Region", "450000"), ("Hubei Province", "420000"),
        ("湖北 Hubei", "420000"), ("Hubei 湖北", "420000"), ("全国 China", "100000"),
        ("苏州 Suzhou", "320500"), ("宿州 Suzhou", "341300"),
        ("黔南州 Qiannan Buyei and Miao Autonomous Prefecture", "522700"),
        ("Rikaze City", "540200"), ("日喀则 Xigaze", "540200"), ("Kashi", "653100"),
        ("Aba Prefecture", "513200"), ("Huhhot", "150100"), ("Ürümqi", "650100"),
        ("Xi’an", "610100"), ("Xian", "610100"), ("西安 Xi'an", "610100"),
    ],
)  # fmt: skip
def test_names_as_yearbooks_print_them(names, text, code):
    assert names.region(text).code == code


@pytest.mark.parametrize(
    "text",
    ["湖北 Hunan", "Suzhou", "Yulin", "州", "Atlantis", "亚特兰 Guizhou", "吉林地区"],
)
def test_names_of_two_places_or_none_are_refused(names, text):
    with pytest.raises(UnknownNameError):
        names.region(text)


def test_parts_of_names():
    assert short_name("黔西南布依族苗族自治州") == "黔西南"
    assert short_name("克孜勒苏柯尔克孜自治州") == "克孜勒苏"
    assert english_name("Ningxia Hui Autonomous Region") == "ningxia"
    assert split_languages("地区 Region") == ("地区", "Region")
    assert split_languages("B2B出口") is None


def test_alias_is_read_as_its_region(names):
    for code, text in ALIASES.items():
        for name in text.split():
            assert names.region(name).code == code


def test_autonomous_areas_named_without_their_administrative_level(names):
    right = {
        "广西区": "450000",
        "西藏区": "540000",
        "Liangshan Yi": "513400",
        "Qiandongnan Miao and Dong": "522600",
        "Dehong Dai and Jingpo": "533100",
    }
    assert {text: names.region(text).code for text in right} == right
    for wrong in ("贵州区", "凉山区", "Liangshan Miao", "Guizhou Miao", "Guiyang Yi"):
        with pytest.raises(UnknownNameError):
            names.region(wrong)
