"""Policies and pilot zones for programs."""

import datetime

import pytest

from tests.factories import make_issuer, make_policy, make_region, make_topic, make_zone

pytestmark = pytest.mark.django_db


def codes(client, address):
    return [row["code"] for row in client.get(f"/api/v1/{address}").json()["results"]]


def test_policy_names_its_issuers_in_order(client):
    second, first = make_issuer(code="tax"), make_issuer(code="customs")
    make_policy([first, second], [make_topic(code="logistics")], code="P01")

    row = client.get("/api/v1/policies/P01").json()

    assert [issuer["code"] for issuer in row["issuers"]] == ["customs", "tax"]
    assert row["topics"][0]["code"] == "logistics"
    assert row["published"] == "2022-03"
    assert row["page_en"] == "http://testserver/en/policies/P01/"


def test_unconfirmed_number_and_date_are_nowhere(client):
    make_policy(
        code="P01",
        document_number="Secret 7",
        written_on=datetime.date(2019, 8, 7),
        written_precision="day",
        verification="Seen by nobody",
    )

    for address in ("policies", "policies.csv", "policies/P01"):
        body = client.get(f"/api/v1/{address}").getvalue().decode()
        assert "P01" in body
        for secret in ("Secret", "2019-08", "Seen by nobody"):
            assert secret not in body
    assert codes(client, "policies?q=Secret") == []


def test_confirmed_number_and_date_are_shown_and_found(client):
    make_policy(
        code="P01",
        document_number="No. 7",
        is_number_confirmed=True,
        written_on=datetime.date(2019, 8, 7),
        written_precision="month",
        is_written_confirmed=True,
    )

    row = client.get("/api/v1/policies?q=No. 7").json()["results"][0]

    assert (row["document_number"], row["written"]) == ("No. 7", "2019-08")


def test_draft_policy_is_nowhere(client):
    make_policy(code="P01", is_published=False)

    assert codes(client, "policies") == []
    assert b"P01" not in client.get("/api/v1/policies.csv").getvalue()
    assert client.get("/api/v1/policies/P01").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("level=national", ["P01"]),
        ("year=2020", ["P02"]),
        ("issuer=tax", ["P01"]),
        ("issuer=tax&issuer=customs", ["P01", "P02"]),
        ("topic=talent", ["P02"]),
        ("topic=talent&issuer=tax", []),
        ("status=expired", ["P02"]),
        ("in_table_1=true", ["P01"]),
        ("in_table_1=false", ["P02"]),
        ("q=warehouse", ["P01"]),
        ("q=中文 warehouse", ["P01"]),
        ("year=1999", []),
    ],
)
def test_filters_of_policies(client, query, expected):
    tax, customs, talent = make_issuer(code="tax"), make_issuer(code="customs"), None
    talent = make_topic(code="talent")
    make_policy(
        [tax, customs],
        [make_topic()],
        code="P01",
        level="national",
        in_table_1=True,
        title_en="On warehouses",
    )
    make_policy(
        [customs],
        [talent],
        code="P02",
        published_on=datetime.date(2020, 12, 31),
        status="expired",
    )

    assert codes(client, f"policies?{query}") == expected
    lines = client.get(f"/api/v1/policies.csv?{query}").getvalue().decode()
    assert [code for code in ("P01", "P02") if f"\n{code}," in lines] == expected


def test_cells_join_issuers_and_topics(client):
    make_policy(
        [make_issuer(code="b"), make_issuer(code="a")],
        [make_topic(code="x"), make_topic(code="y")],
    )

    text = client.get("/api/v1/policies.csv").getvalue().decode()

    assert ",b;a," in text and ",x;y," in text


def test_zone_shows_its_number_once_confirmed_and_its_province(client):
    province = make_region(code="520000")
    place = make_region(code="520100", parent=province)
    make_zone(code="guiyang", region=place, document_number="Secret 93")
    make_zone(code="zunyi", document_number="No. 47", is_number_confirmed=True)

    rows = client.get("/api/v1/pilot-zones").json()["results"]
    text = client.get("/api/v1/pilot-zones.csv").getvalue().decode()

    assert [row["document_number"] for row in rows] == [None, "No. 47"]
    assert rows[0]["province"]["code"] == "520000"
    assert rows[0]["approved"] == "2018-07"
    assert "Secret" not in text and "No. 47" in text


def test_filters_of_zones(client):
    province = make_region(code="520000")
    make_zone(code="a", region=make_region(code="520100", parent=province))
    make_zone(code="b", batch=5, approved_on=datetime.date(2020, 5, 6))
    make_zone(code="draft", is_published=False)

    assert codes(client, "pilot-zones") == ["a", "b"]
    assert codes(client, "pilot-zones?batch=5") == ["b"]
    assert codes(client, "pilot-zones?year=2018") == ["a"]
    assert codes(client, "pilot-zones?region=520000") == ["a"]
    assert codes(client, "pilot-zones?region=520100") == ["a"]
