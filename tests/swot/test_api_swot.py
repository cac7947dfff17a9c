"""Analyses, entries, recommendations and claims for programs."""

from decimal import Decimal

import pytest

from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_event,
    make_indicator,
    make_observation,
    make_policy,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

LISTS = ("analyses", "entries", "recommendations", "claims")


def codes(client, address, key="code"):
    rows = client.get(f"/api/v1/{address}").json()["results"]
    return [row[key] for row in rows]


def test_entry_names_what_it_rests_on(client):
    analysis = make_analysis(slug="guizhou")
    observation = make_observation(code="gz_2022")
    entry = make_entry(
        analysis=analysis,
        code="S1",
        observations=[observation],
        policies=[make_policy(code="P01")],
        claims=[make_claim(code="C01")],
        events=[make_event(code="E01")],
    )
    make_recommendation(analysis=analysis, code="R1", answers=[entry])

    row = client.get("/api/v1/analyses/guizhou/entries/S1").json()

    assert row["observations"] == [
        {
            "code": "gz_2022",
            "indicator": observation.indicator.code,
            "region": observation.region.code,
            "period": "2022",
            "breakdown": None,
            "vintage": None,
            "source": observation.source.code,
        }
    ]
    assert (row["policies"], row["claims"]) == (["P01"], ["C01"])
    assert (row["events"][0]["code"], row["events"][0]["date"]) == ("E01", "2018")
    assert row["recommendations"] == ["R1"]
    assert row["page_en"].endswith("/en/swot/analyses/guizhou/entries/S1/")


def test_drafts_are_left_out_of_every_relation(client):
    analysis = make_analysis()
    drafts = {
        "observations": [
            make_observation(code="draft_value", is_published=False),
            make_observation(
                code="draft_series", indicator=make_indicator(is_published=False)
            ),
        ],
        "policies": [make_policy(code="draft-P", is_published=False)],
        "claims": [make_claim(code="draft-C", is_published=False)],
    }
    entry = make_entry(
        analysis=analysis,
        **drafts,
        events=[make_event(code="draft-E", is_published=False)],
    )
    draft_entry = make_entry(
        analysis=analysis, quadrant="W", code="Wdraft", is_published=False
    )
    make_recommendation(analysis=analysis, answers=[entry, draft_entry], **drafts)
    make_recommendation(
        analysis=analysis, code="draft-R", answers=[entry], is_published=False
    )
    claim = make_claim(drafts["observations"])
    draft_entry.claims.add(claim)

    for name in LISTS:
        for suffix in ("", ".csv"):
            body = client.get(f"/api/v1/{name}{suffix}").getvalue()
            assert b"draft" not in body
            assert body.count(b"\n") == 2 or suffix == ""
    assert codes(client, "recommendations", "tows") == [[]]


def test_parts_of_a_draft_analysis_are_nowhere(client):
    analysis = make_analysis(slug="secret", is_published=False)
    claim = make_claim(code="C01")
    entry = make_entry(analysis=analysis, code="S1", claims=[claim])
    make_recommendation(analysis=analysis, code="R1", answers=[entry], claims=[claim])

    assert [codes(client, name, "page_en") for name in LISTS[:3]] == [[], [], []]
    assert client.get("/api/v1/analyses/secret/entries/S1").status_code == 404
    row = client.get("/api/v1/claims/C01").json()
    assert (row["entries"], row["recommendations"]) == ([], [])


def test_recommendation_answers_give_its_tows_kinds(client):
    analysis = make_analysis()
    answers = [
        make_entry(analysis=analysis, quadrant=letter, code=f"{letter}1")
        for letter in "SOT"
    ]
    make_recommendation(analysis=analysis, code="R1", answers=answers)

    (row,) = client.get("/api/v1/recommendations").json()["results"]
    text = client.get("/api/v1/recommendations.csv").getvalue().decode()

    assert (row["answers"], row["tows"]) == (["O1", "S1", "T1"], ["SO", "ST"])
    assert ",O1;S1;T1,SO;ST," in text


def test_filters_of_entries_and_recommendations(client):
    analysis, other = make_analysis(slug="one"), make_analysis(slug="two")
    entry = make_entry(analysis=analysis, quadrant="W", code="W1")
    make_entry(analysis=other, quadrant="S", code="S1")
    make_recommendation(analysis=analysis, code="R1", answers=[entry])
    make_recommendation(analysis=other, code="R2")

    assert codes(client, "entries?analysis=two") == ["S1"]
    assert codes(client, "entries?quadrant=W") == ["W1"]
    assert codes(client, "recommendations?analysis=two") == ["R2"]
    assert codes(client, "recommendations?answers=W1") == ["R1"]
    assert codes(client, f"analyses?region={other.region.code}", "slug") == ["two"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("verdict=no", ["C02"]),
        ("verdict=n/a", []),
        ("kind=external", ["C02"]),
        ("indicator=gdp", ["C01"]),
        ("indicator=hidden", []),
        ("entry=S1", ["C01"]),
        ("q=doubled", ["C02"]),
    ],
)
def test_filters_of_claims(client, query, expected):
    gdp, hidden = make_indicator(code="gdp"), make_indicator(code="hidden")
    observations = [
        make_observation(indicator=gdp),
        make_observation(indicator=gdp, period="2021"),
        make_observation(indicator=hidden, is_published=False),
    ]
    claim = make_claim(observations, code="C01")
    make_entry(code="S1", claims=[claim])
    make_claim(code="C02", verdict="no", kind="external", statement_en="Trade doubled.")

    assert codes(client, f"claims?{query}") == expected
    text = client.get(f"/api/v1/claims.csv?{query}").getvalue().decode()
    assert [code for code in ("C01", "C02") if f"\n{code}," in text] == expected


def test_claim_gives_its_interval_as_text_without_filling_zeros(client):
    make_claim(
        code="C01",
        interval_low=Decimal("36.6612"),
        interval_high=Decimal(400),
    )

    row = client.get("/api/v1/claims/C01").json()

    assert (row["interval_low"], row["interval_high"]) == ("36.6612", "400")


def test_texts_are_given_without_markup(client):
    make_entry(code="S1", body_zh_hans="[13亿元](obs:a)*起*", body_en="Since *then*")

    row = client.get("/api/v1/entries").json()["results"][0]
    table = client.get("/api/v1/entries.csv").content.decode()

    assert row["body_en"] == "Since then"
    assert row["body_zh"] == "13亿元起"
    assert "13亿元起,Since then" in table
