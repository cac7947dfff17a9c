"""Acts, what they follow from, their zones, and what waits to be confirmed."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from policies.confirming import confirm_facts
from policies.importing.importer import policies
from policies.importing.snapshots import snapshot
from policies.lineage import days_between, lineage, related_acts
from policies.models import Policy, PolicyRelation, ProposedFact
from policies.resources import PolicyExport
from tests.factories import make_policy, make_policy_event, make_user, make_zone
from tests.sample_site import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = "code,title_zh_hans,level,events,relations\n"


def relate(policy, kind, other, **given):
    return PolicyRelation.objects.create(policy=policy, kind=kind, other=other, **given)


def chain():
    """A reply, a plan five days later, and a measure of the city."""
    days = [datetime.date(2020, 5, 1), datetime.date(2020, 5, 6), None]
    acts = [
        make_policy(
            code=code,
            title=code,
            published_on=day,
            published_precision="day" if day else "",
        )
        for code, day in zip(("TOP", "MID", "LOW"), days, strict=True)
    ]
    relate(acts[1], "implements", acts[0])
    relate(acts[2], "implements", acts[1])
    return acts


@pytest.mark.parametrize("start", ["TOP", "MID", "LOW"])
def test_lineage_is_the_same_from_each_of_its_acts(start):
    chain()

    steps = lineage(Policy.objects.get(code=start))

    assert [(step.act.code, step.depth, step.days) for step in steps] == [
        ("TOP", 0, None),
        ("MID", 1, 5),
        ("LOW", 2, None),
    ]


@pytest.mark.parametrize(
    ("above", "below", "days"),
    [
        ("2018-07-24 day yes", "2019-01-25 day yes", (185, True)),
        # An unconfirmed day, and a month, give no number of days.
        ("2018-07-24 day no", "2019-01-25 day yes", (None, False)),
        ("2018-07-24 day yes", "2019-01-01 month yes", (None, False)),
    ],
)
def test_days_are_counted_from_writing_where_publication_is_not_known(
    above, below, days
):
    acts = []
    for text in (above, below):
        day, precision, confirmed = text.split()
        acts.append(
            make_policy(
                written_on=datetime.date.fromisoformat(day),
                written_precision=precision,
                is_written_confirmed=confirmed == "yes",
            )
        )

    assert days_between(*acts) == days


def test_page_of_a_lineage_shows_the_days_between(client):
    written = {"written_precision": "day", "is_written_confirmed": True}
    top = make_policy(code="TOP", written_on=datetime.date(2022, 11, 14), **written)
    plan = make_policy(
        code="MID", written_on=datetime.date(2023, 11, 5), published_on=None,
        published_precision="", **written,
    )  # fmt: skip
    relate(plan, "implements", top)

    words = text_of(client.get("/en/policies/MID/lineage/"))

    assert "Written 14 November 2022, Published March 2022" in words
    assert "Written 5 November 2023, 356 days after the act above was written" in words
    assert words.count("Written 14 November") == 1


def test_lineage_of_circular_relations_ends():
    top, _middle, low = chain()
    relate(top, "implements", low)

    assert {step.act.code for step in lineage(top)} == {"TOP", "MID", "LOW"}


def test_drafts_and_withdrawn_relations_are_shown_nowhere(client):
    act = make_policy(code="P1")
    draft = make_policy(code="DRAFT", title_en="Hidden draft", is_published=False)
    other = make_policy(code="P2", title_en="Hidden relation")
    relate(act, "implements", draft)
    relate(act, "extends", other, confidence="recalled")
    make_policy_event(act, "amended", "2024-01-01", act=draft)

    for address in ("/en/policies/P1/", "/en/policies/P1/lineage/"):
        content = client.get(address).content.decode()
        assert "Hidden" not in content
    row = client.get("/api/v1/policies/P1").json()
    assert row["relations"] == []
    assert [event["act"] for event in row["events"] if event["kind"] == "amended"] == [
        None
    ]


def test_both_policies_show_their_relation(client):
    act, other = make_policy(code="P1"), make_policy(code="P2", title_en="Older")
    relate(act, "replaces", other)
    PolicyRelation.objects.create(policy=act, kind="repeals", other_name="国发1号")

    assert "Replaces: Older" in text_of(client.get("/en/policies/P1/"))
    assert "Repeals: 国发1号 not in the library" in text_of(
        client.get("/en/policies/P1/")
    )
    assert "Is replaced by:" in text_of(client.get("/en/policies/P2/"))


def test_an_act_lists_its_zones_and_a_zone_its_act(client):
    act = make_policy(code="REPLY")
    make_zone(code="one", approved_by=act)
    make_zone(
        code="two",
        approved_by=act,
        ended_on=datetime.date(2025, 4, 1),
        ended_precision="month",
    )

    assert "Pilot zones of this act" in text_of(client.get("/en/policies/REPLY/"))
    assert "ended April 2025" in text_of(client.get("/en/policies/REPLY/"))
    rows = client.get("/api/v1/pilot-zones").json()["results"]
    assert {(row["approved_by"], row["ended"]) for row in rows} == {
        ("REPLY", None),
        ("REPLY", "2025-04"),
    }


def test_confirming_writes_both_languages_and_the_day():
    act = make_policy(code="P1")
    for field, value in (
        ("summary_zh_hans", "新摘要"),
        ("summary_en", "New summary"),
        ("published", "2023-02-01"),
    ):
        ProposedFact.objects.create(policy=act, field=field, value=value)

    assert confirm_facts(ProposedFact.objects.all(), user=make_user()) == 3

    act = Policy.objects.get(code="P1")
    assert (act.summary_zh_hans, act.summary_en) == ("新摘要", "New summary")
    assert act.published_text == "2023-02-01"
    assert not ProposedFact.objects.exists()


def test_history_says_in_the_language_of_its_reader_what_was_confirmed(admin_client):
    act = make_policy(code="P1")
    ProposedFact.objects.create(policy=act, field="published", value="2023-02-01")
    with override("en"):
        confirm_facts(ProposedFact.objects.all(), user=make_user())
    address = reverse("admin:policies_policy_history", args=[act.pk])

    chinese, english = (
        admin_client.get(address, headers={"accept-language": code}).text
        for code in ("zh-hans", "en")
    )

    assert "已核实：发布日期" in chinese and "Confirmed" not in chinese
    assert "Confirmed: date published" in english


def test_events_and_relations_are_exported_and_read_back_unchanged():
    other = make_policy(code="P2")
    act = make_policy(code="P1")
    make_policy_event(act, "amended", "2024-12", act=other, evidence="See: page 2")
    make_policy_event(
        act, "repealed", "2025", act_name='令"5"号', confidence="recalled"
    )
    relate(act, "extends", other)
    PolicyRelation.objects.create(policy=act, kind="repeals", other_name="国发1号")
    exported = PolicyExport().export().csv

    outcome = policies.import_file(exported.encode())

    assert list(outcome.plan.errors) == []
    assert (outcome.plan.write_count, outcome.plan.unchanged) == (0, 2)


def test_a_file_adds_events_that_name_acts_further_down_and_is_undone():
    file = HEADER + (
        'N1,甲,national,"effective 2020-07-01\nreplaced 2024-01-01 by N2",\n'
        "N2,乙,national,,replaces N1\n"
    )

    outcome = policies.import_file(file.encode())

    assert outcome.is_accepted
    act = Policy.objects.get(code="N1")
    assert snapshot(act)["events"] == (
        "effective 2020-07-01 [editor]\nreplaced 2024-01-01 by N2 [editor]"
    )
    policies.undo(outcome.batch)
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("events", "relations"),
    [
        ("effective soon", ""),
        ("abolished 2024", ""),
        ("effective 2024 in_force", ""),
        ("stated 2024", ""),
        ("amended 2024 by NOWHERE", ""),
        ("amended 2024, amended 2024", ""),
        ("", "implements"),
        ("", "implements NOWHERE"),
    ],
)
def test_what_is_no_event_or_relation_is_refused(events, relations):
    events = events.replace(", ", "\n")
    plan = policies.plan(f'{HEADER}N1,甲,national,"{events}",{relations}\n'.encode())

    assert [problem.line for problem in plan.errors] == [2]


def test_a_status_in_a_file_is_a_statement_of_its_source():
    make_policy(code="P1", title="题", level="national", status="in_force")
    before = Policy.objects.get(code="P1").events.get()

    file = "code,title_zh_hans,level,status\nP1,题,national,已失效\n"
    outcome = policies.import_file(file.encode(), file_name="list.csv")

    newest = Policy.objects.get(code="P1").events.order_by("happened_on").last()
    assert (newest.kind, newest.stated, newest.evidence) == (
        "stated",
        "expired",
        "list.csv",
    )
    assert Policy.objects.get(code="P1").force().label == "Expired"
    policies.undo(outcome.batch)
    after = Policy.objects.get(code="P1").events.get()
    assert (after.happened_on, after.stated) == (before.happened_on, before.stated)


def test_policies_are_not_called_related_if_a_closer_relation_is_known():
    older, newer, other = (make_policy(code=code) for code in ("P1", "P2", "P3"))
    relate(older, "relates", newer)
    relate(newer, "extends", older)
    relate(older, "relates", other)

    assert [(r.kind, r.act.code) for r in related_acts(older)] == [
        ("relates", "P3"),
        ("extends", "P2"),
    ]
