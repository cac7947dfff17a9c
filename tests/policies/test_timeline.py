"""What the page of an act says about how each of its events is known."""

import csv

import pytest
from django.conf import settings
from django.utils.translation import override

from policies.force import Kind
from policies.importing.events import parse_line
from policies.timeline import Moment

OFFICIAL = "https://www.gov.cn/zhengce/page.htm"
NEWS = "http://en.people.cn/n3/2022/0127/c90000-9950104.html"
LAWYERS = "https://www.shndlaw.com/post/1758"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def stated(evidence, *, status="in_force", confidence="editor"):
    return Moment(
        Kind.STATED,
        "2026-11-26",
        status,
        evidence=evidence,
        confidence=confidence,
    )


@pytest.mark.parametrize("evidence", ["", "CBEC Evidence", f"own judgement: {NEWS}"])
def test_a_status_of_our_own_is_called_a_judgement(evidence):
    moment = stated(evidence)

    assert moment.is_judgement
    assert moment.judgement.startswith("The editors' own judgement")
    with override("zh-hans"):
        assert moment.judgement == "编辑自行判断：未查到废止或失效。"


@pytest.mark.parametrize("evidence", ["policies.csv", NEWS, OFFICIAL])
def test_a_status_that_somebody_states_is_no_judgement(evidence):
    moment = stated(evidence)

    assert not moment.is_judgement
    assert moment.judgement == ""


def test_only_a_status_is_judged():
    moment = Moment(Kind.EFFECTIVE, "2026-11-26", confidence="editor")

    assert not moment.is_judgement


def test_an_unknown_status_is_not_called_one_in_force():
    assert "found no statement" in stated("", status="unknown").judgement
    assert "no repeal" not in stated("", status="expired").judgement


@pytest.mark.parametrize(
    ("evidence", "confidence", "label"),
    [
        (OFFICIAL, "seen-official", "official page"),
        (OFFICIAL, "editor", "official page"),
        (OFFICIAL, "seen-secondary", "official page, as a secondary source names it"),
        (NEWS, "seen-secondary", "secondary source"),
        # An editor's tick does not make a newspaper an authority.
        (NEWS, "editor", "secondary source"),
        (LAWYERS, "editor", "law firm or consultancy, a secondary source"),
        (f"own judgement: {NEWS}", "editor", "secondary source"),
    ],
)
def test_kind_of_source_is_named(evidence, confidence, label):
    moment = stated(evidence, confidence=confidence)

    assert moment.source_label == label
    assert moment.evidence_url == evidence.removeprefix("own judgement: ")


@pytest.mark.parametrize(
    "evidence", ["", "policies.csv", "own judgement", "own judgement: the plan", "a b"]
)
def test_text_is_not_taken_for_an_address(evidence):
    assert stated(evidence).evidence_url == ""


def shipped():
    path = settings.BASE_DIR / "policies" / "fixtures" / "policies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_shipped_status_leads_to_where_the_act_is_named():
    events = [
        event
        for row in shipped()
        for event, _act in map(parse_line, row["events"].splitlines())
        if event.kind == Kind.STATED
    ]

    assert len(events) == 13
    for event in events:
        assert event.confidence == "editor"
        moment = stated(event.evidence, status=event.stated)
        assert moment.is_judgement
        assert moment.evidence_url


def test_shipped_acts_lead_somewhere_or_come_from_the_study_alone():
    """Facts hold nothing about these six but what the study says."""
    alone = set()
    for row in shipped():
        events = [event for event, _act in map(parse_line, row["events"].splitlines())]
        seen = any(e.is_public and "http" in e.evidence for e in events)
        if row["is_published"] == "yes" and not (seen or row["source_url"]):
            alone.add(row["code"])
            assert row["paper_location"], row["code"]

    assert alone == {"P05", "P06", "P08", "P16", "P17", "P20"}
